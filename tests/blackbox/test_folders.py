"""Folders that parties drop their files in: taken once, answered beside, moved away; drafts, links and pipes are left alone."""
import json
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path

from fairway import Server, command, equipment_event, until

GATE = ("UNB+UNOA:2+HIT+PCS+261122:0905+77'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE0001+9'TDT+20+001E+1++COS:172:20+++9321483:146:11:HOPE'"
        "NAD+CF+COS:160:20'EQD+CN+MSCU1234566+22G1:102:5++3+5'RFF+BN:BKG1'DTM+7:202611221000:203'LOC+165+HKHKG:139:6+HIT:72:306'CNT+16:1'UNT+10+1'UNZ+1+77'")


class Folders(unittest.TestCase):
    def setUp(self):
        self.scratch = Path(tempfile.mkdtemp(prefix="fairway-folder-"))
        self.addCleanup(shutil.rmtree, self.scratch, True)
        self.box = self.scratch / "box"
        self.box.mkdir()
        store = self.scratch / "store"
        self.server = Server(store=f"rocksdb:{store}", options=("--edi-folder", f"SMDG:HIT={self.box}"))
        self.key = self.server.add_party("Terminal", "terminal", "SMDG:HIT")
        self.server.start()
        self.addCleanup(self.server.close)

    def drop(self, name, text):
        """As an SFTP server does that renames when it is done."""
        draft = self.box / f".{name}.draft"
        draft.write_bytes(text if isinstance(text, bytes) else text.encode())
        draft.rename(self.box / name)

    def until(self, check, seconds=10):
        return until(self, check, seconds, lambda: f"{sorted(str(p.relative_to(self.box)) for p in self.box.rglob('*'))}\n{self.server.log}")

    def entries(self):
        return len(self.server.get("/v1/export", self.key).body.splitlines())

    def test_edifact_is_taken_and_answered(self):
        self.drop("gate.edi", GATE)
        self.until(lambda: (self.box / "done/gate.edi").exists())
        self.assertEqual((self.box / "done/gate.edi").read_text(), GATE)
        receipt = json.loads((self.box / "out/gate.edi.receipt.json").read_text())
        self.assertEqual([message["status"] for message in receipt["messages"]], ["accepted"])
        contrl = (self.box / "out/gate.edi.contrl.edi").read_text()
        self.assertIn("+CONTRL:", contrl)
        self.assertIn("UCI+77+HIT+PCS+7'", contrl.replace("\n", ""))
        self.assertEqual(self.server.journey("MSCU1234566", self.key).status, 200)
        self.assertIn('format="EDIFACT"', self.server.get("/metrics").body.decode())
        # The same again changes nothing, and keeps both files.
        before = self.entries()
        self.drop("gate.edi", GATE)
        self.until(lambda: len(list((self.box / "done").iterdir())) == 2)
        self.assertEqual(self.entries(), before)
        self.assertEqual(json.loads((self.box / "out/gate.edi.receipt.json").read_text())["messages"][0]["status"], "repeated")

    def test_json_is_taken(self):
        self.drop("events.json", json.dumps([equipment_event(1), equipment_event(2)]))
        self.until(lambda: (self.box / "done/events.json").exists())
        self.assertTrue((self.box / "out/events.json.receipt.json").exists())
        self.assertFalse((self.box / "out/events.json.contrl.edi").exists())

    def test_what_cannot_be_read_fails_with_a_reason(self):
        self.drop("nonsense.edi", "this is not EDI")
        self.drop("empty.edi", "")
        self.drop("x" * 240, "nor this")
        self.until(lambda: len(list((self.box / "failed").iterdir())) == 3)
        problem = json.loads((self.box / "out/nonsense.edi.error.json").read_text())
        self.assertTrue(problem["title"] and problem["code"])
        self.assertEqual(len(list((self.box / "out").iterdir())), 3)

    def test_too_large(self):
        with open(self.box / ".big", "wb") as big:
            big.truncate((64 << 20) + 1)
        (self.box / ".big").rename(self.box / "big.edi")
        self.until(lambda: (self.box / "failed/big.edi").exists())
        self.assertEqual(json.loads((self.box / "out/big.edi.error.json").read_text())["code"], "too_large")

    def test_a_file_that_still_grows_waits(self):
        with open(self.box / "slow.edi", "w") as slow:
            for part in (GATE[:40], GATE[40:90], GATE[90:200], GATE[200:]):
                slow.write(part)
                slow.flush()
                time.sleep(0.8)
                self.assertFalse((self.box / "done/slow.edi").exists())
        self.until(lambda: (self.box / "done/slow.edi").exists())
        self.assertFalse(list((self.box / "failed").iterdir()))

    def test_only_files_of_its_own(self):
        secret = self.scratch / "secret.json"
        secret.write_text(json.dumps([equipment_event(7, "SECU0000007")]))
        (self.box / "link.json").symlink_to(secret)
        os.mkfifo(self.box / "pipe.json")
        (self.box / "folder.json").mkdir()
        (self.box / "half.json.part").write_text(secret.read_text())
        time.sleep(2.5)
        self.assertEqual(sorted(path.name for path in self.box.iterdir()),
                         ["done", "failed", "folder.json", "half.json.part", "link.json", "out", "pipe.json"])
        self.assertEqual(self.server.journey("SECU0000007", self.key).status, 404)
        # A shelf that leads elsewhere is not written to.
        elsewhere = self.scratch / "elsewhere"
        elsewhere.mkdir()
        (self.box / "out").rmdir()
        (self.box / "out").symlink_to(elsewhere)
        self.drop("gate.edi", GATE)
        self.until(lambda: "waits" in self.server.log)
        self.assertEqual(list(elsewhere.iterdir()), [])
        (self.box / "out").unlink()
        (self.box / "out").mkdir()
        self.until(lambda: (self.box / "done/gate.edi").exists(), 15)

    def test_kill_and_go_on(self):
        for number in range(40):
            self.drop(f"{number}.json", json.dumps([equipment_event(number, f"KILU{number:07d}")]))
        for _ in range(5):
            time.sleep(1.15)
            self.server.kill()
            self.server.start()
        self.until(lambda: len(list((self.box / "done").iterdir())) == 40, 20)
        told = [json.loads(line).get("eventID") for line in self.server.get("/v1/export", self.key).body.splitlines()]
        self.assertEqual(sorted(event for event in told if event), sorted(equipment_event(n)["eventID"] for n in range(40)))
        self.assertEqual(self.server.stop()[0], 0)

    def test_bad_options(self):
        for option in (f"SMDG:NOBODY={self.box}", "SMDG:HIT=/nowhere/at/all", "SMDG:HIT", f"={self.box}"):
            fresh = command("serve", "--store", f"rocksdb:{self.scratch}/store2", "--listen", "127.0.0.1:0", "--edi-folder", option, timeout=20)
            self.assertEqual(fresh.returncode, 2, option)
            self.assertTrue(fresh.stderr.strip())


if __name__ == "__main__":
    unittest.main()
