"""Lodging at a simulated authority by the shipped program: killed between every two steps, and at random moments, with outages, repeats and
closed hours: every letter is lodged once, and every answer counts once."""
import json
import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request
from pathlib import Path

from fairway import BINARY, Server, command, free_port, until
from test_identity import sign_up

STEPS = ["letter read", "letter sent", "sending noted", "answers fetched", "answer taken", "cursor kept"]
ENDED_BY_TEST = 86

# A regime of the test's own: what Hong Kong wants may change, lodging does not.
REGIME = {
    "regime.csv": "key,value\ntitle_en,Test\nzone,Asia/Hong_Kong\ncurrency,HKD\nterritory,ZZ\ncalendar_sundays,no\n",
    "forms.csv": "form,family,title_en,title_hant,title_hans,per,needed_when,items_when,filer,authority,message,deadline,deadline_from,charge,"
                 "charge_value,levied_value,reason_en,reason_hant,reason_hans,source,from,to\n"
                 "entry,entry,Entry,,,consignment,yes,,importer,zz-customs,cusdec,,,,,,always,,,test,,\n"
                 "note,note,Note,,,consignment,yes,,importer,zz-customs,json,,,,,,always,,,test,,\n",
    "fields.csv": "forms,field,per,title_en,title_hant,title_hans,type,required,value,length,list,group,source,from,to\n"
                  "*,importer.name,form,Importer,,,text,yes,importer.name,105,,parties,test,,\n"
                  "*,consignee.name,form,Consignee,,,text,no,importer.name,105,,parties,test,,\n"
                  "*,packages,form,Packages,,,decimal,no,packages,8,,goods,test,,\n",
}


class Office:
    """A `fairway simulate authority` with a state file, so that it may be killed as well."""

    def __init__(self, *options, state=None):
        self.port, self.options, self.process, self.log = free_port(), list(options), None, ""
        self.folder = tempfile.mkdtemp(prefix="fairway-office-")
        self.state = state or f"{self.folder}/state"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen([BINARY, "simulate", "authority", "--listen", f"127.0.0.1:{self.port}", "--state", self.state,
                                         "--delay-ms", "30", "--release-after", "60", *self.options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline().decode()
        if self.url not in line:
            raise AssertionError(f"the authority did not come up: {line}{self.process.stderr.read().decode()}")
        threading.Thread(target=self._read_log, args=(self.process.stderr,), daemon=True).start()
        return self

    def _read_log(self, pipe):
        for line in iter(pipe.readline, b""):
            self.log = (self.log + line.decode(errors="replace"))[-20000:]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def letters(self):
        with urllib.request.urlopen(f"{self.url}/letters", timeout=10) as answer:
            return json.load(answer)

    def close(self):
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Trader:
    """A party's person, by a personal key: drafts, confirms and lodges."""

    def __init__(self, server):
        self.server = server
        browser, session = sign_up(server, email=f"anna{random.randrange(10**9)}@trader.example", name="Trader", role="shipper")
        status, issued = browser.ask(server, "POST", "/v1/me/keys", {"label": "test"}, session["csrf"])
        assert status == 201, issued
        self.key = issued["secret"] if "secret" in issued else issued["key"]

    def ask(self, method, target, body=None, expect=(200, 201, 202)):
        answer = self.server.request(method, target, json.dumps(body) if body is not None else None, key=self.key,
                                     headers={"Content-Type": "application/json"})
        assert answer.status in expect, f"{method} {target}: {answer}"
        return answer.json()

    def draft(self):
        """The filings of a new consignment, confirmed."""
        made = self.ask("POST", "/v1/consignments", {"fields": {"importer.name": "Wing On Ltd", "packages": "3", "goods[1].description": "tea"}})
        drafted = self.ask("POST", "/v1/filings", {"consignment": made["id"], "forms": ["zz/entry", "zz/note"]})
        ids = [one["id"] for one in drafted["filings"]]
        for one in ids:
            self.ask("POST", f"/v1/filings/{one}/check", {})
            whole = self.get(one)
            groups = [group["group"] for group in whole["groups"]]
            self.ask("POST", f"/v1/filings/{one}/confirmations", {"groups": groups, "lookedAt": groups, "digest": whole["digest"]})
        return ids

    def lodge(self, filing, **how):
        return self.ask("POST", f"/v1/filings/{filing}/lodgements", {"kind": "original", **how})

    def get(self, filing):
        return self.ask("GET", f"/v1/filings/{filing}")


class Lodgement(unittest.TestCase):
    def setUp(self):
        self.regimes = tempfile.mkdtemp(prefix="fairway-regimes-")
        folder = Path(self.regimes, "zz")
        folder.mkdir()
        for name, text in REGIME.items():
            (folder / name).write_text(text)
        self.addCleanup(shutil.rmtree, self.regimes, ignore_errors=True)

    def office(self, *options):
        office = Office(*options).start()
        self.addCleanup(office.close)
        return office

    def serve(self, address, **environment):
        server = Server(options=["--regime", self.regimes, "--authority", f"zz-customs={address}"], env=environment)
        self.addCleanup(server.close)
        return server.start()

    def await_closed(self, trader, filings, seconds=60):
        states = {}

        def closed():
            for one in filings:
                states[one] = trader.get(one)["state"]
            return all(state == "closed" for state in states.values())

        until(self, closed, seconds, lambda: str(states))

    def check_once(self, trader, office, filings, letters=None):
        """Each filing's letter was taken once, and no answer counts twice."""
        told = office.letters()
        self.assertEqual(told["lodgedTwice"], [])
        self.assertEqual(told["differing"], [])
        self.assertEqual(len(told["letters"]), letters or len(filings))
        for one in filings:
            whole = trader.get(one)
            answers = [answer["id"] for answer in whole["answers"]]
            self.assertEqual(len(answers), len(set(answers)))
            self.assertFalse(any(answer.get("contradicts") for answer in whole["answers"]), whole["answers"])
            self.assertTrue(whole["number"])

    def test_a_filing_goes_out_and_comes_back_closed(self):
        office = self.office("--inspect", "100")
        server = self.serve(office.url)
        trader = Trader(server)
        filings = trader.draft()
        for one in filings:
            trader.lodge(one)
        self.await_closed(trader, filings)
        self.check_once(trader, office, filings)
        statuses = [answer["status"] for answer in trader.get(filings[0])["answers"]]
        for status in ("received", "accepted", "inspection", "released", "closed"):
            self.assertIn(status, statuses)

    def test_killed_between_every_two_steps(self):
        for step in STEPS:
            for time_ in (1, 2):
                with self.subTest(step=step, time=time_):
                    office = self.office("--seed", str(time_), "--outage", "20", "--duplicate", "40", "--inspect", "40")
                    server = self.serve(office.url)
                    trader = Trader(server)
                    filings = trader.draft()
                    self.assertEqual(server.stop()[0], 0)
                    server.env["FAIRWAY_LODGING_ENDS_AT"] = f"{step}#{time_}"
                    server.start()
                    for one in filings:
                        try:
                            trader.lodge(one)
                        except (AssertionError, OSError):  # it may have died meanwhile, with the order or without it
                            break
                    self.assertEqual(server.process.wait(60), ENDED_BY_TEST)
                    del server.env["FAIRWAY_LODGING_ENDS_AT"]
                    server.start()
                    for one in filings:
                        if not trader.get(one)["lodgements"]:
                            trader.lodge(one)
                    self.await_closed(trader, filings)
                    self.check_once(trader, office, filings)
                    server.close()
                    office.close()

    def test_server_and_authority_killed_at_random_moments(self):
        office = self.office("--outage", "10", "--duplicate", "30", "--inspect", "30")
        server = self.serve(office.url)
        trader = Trader(server)
        filings = [one for _ in range(6) for one in trader.draft()]
        for one in filings:
            trader.lodge(one)
        dice = random.Random(int(os.environ.get("FAIRWAY_SEED", "7")))
        for _ in range(8):
            time.sleep(dice.uniform(0.05, 0.6))
            victim = server if dice.random() < 0.6 else office
            victim.kill()
            if dice.random() < 0.3:
                time.sleep(0.3)
            victim.start()
        self.await_closed(trader, filings, 120)
        self.check_once(trader, office, filings)

    def test_an_outage_is_waited_out(self):
        port = free_port()
        server = self.serve(f"http://127.0.0.1:{port}")
        trader = Trader(server)
        filings = trader.draft()
        for one in filings:
            trader.lodge(one)
        time.sleep(1.5)
        self.assertEqual(trader.get(filings[0])["state"], "lodging")
        office = Office()
        office.port = port
        office.start()
        self.addCleanup(office.close)
        self.await_closed(trader, filings)
        self.check_once(trader, office, filings)

    def test_a_rejection_is_mended_and_lodged_again(self):
        office = self.office("--reject", "100")
        server = self.serve(office.url)
        trader = Trader(server)
        filings = trader.draft()[:1]
        trader.lodge(filings[0])
        until(self, lambda: trader.get(filings[0])["state"] == "rejected", 30)
        remarks = [remark for answer in trader.get(filings[0])["answers"] for remark in answer["remarks"]]
        self.assertTrue(any(remark.get("field") for remark in remarks), remarks)
        office.kill()
        office.options = ["--seed", "2"]
        office.state += "-2"
        office.start()
        trader.ask("POST", f"/v1/filings/{filings[0]}/check", {})
        whole = trader.get(filings[0])
        groups = [group["group"] for group in whole["groups"]]
        trader.ask("POST", f"/v1/filings/{filings[0]}/confirmations", {"groups": groups, "lookedAt": groups, "digest": whole["digest"]})
        trader.lodge(filings[0])
        # The other office counts its answers anew, and the one before it is not asked again.
        until(self, lambda: len(office.letters()["letters"]) == 1, 30)

    def test_a_cancellation(self):
        office = self.office("--release-after", "3600000")
        server = self.serve(office.url)
        trader = Trader(server)
        filings = trader.draft()[:1]
        trader.lodge(filings[0])
        until(self, lambda: trader.get(filings[0])["state"] == "accepted", 30)
        trader.lodge(filings[0], kind="cancellation", reason="sold elsewhere")
        until(self, lambda: trader.get(filings[0])["state"] == "cancelled", 30)
        self.check_once(trader, office, filings, letters=2)

    def test_closed_hours_are_waited_for(self):
        now = time.gmtime(time.time() + 8 * 3600)  # in Hong Kong
        minute = now.tm_hour * 60 + now.tm_min
        opens = (minute + 120) % 1440
        closes = (minute + 180) % 1440
        hours = f"authority,forms,opens,closes\nzz-customs,*,{opens // 60:02}:{opens % 60:02},{closes // 60:02}:{closes % 60:02}\n"
        Path(self.regimes, "zz", "hours.csv").write_text(hours)
        office = self.office()
        server = self.serve(office.url)
        trader = Trader(server)
        filings = trader.draft()
        for one in filings:
            trader.lodge(one)
        time.sleep(2)
        self.assertEqual(office.letters()["letters"], [])
        self.assertEqual(trader.get(filings[0])["state"], "lodging")
        server.stop()
        Path(self.regimes, "zz", "hours.csv").write_text("authority,forms,opens,closes\nzz-customs,*,00:00,24:00\n")
        server.start()
        self.await_closed(trader, filings)
        self.check_once(trader, office, filings)

    def test_through_a_folder(self):
        folder = tempfile.mkdtemp(prefix="fairway-customs-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        server = self.serve(f"folder:{folder}")
        trader = Trader(server)
        filing = trader.draft()[1]
        trader.lodge(filing)
        letter = until(self, lambda: next(iter(Path(folder, "out").glob("ldg_*.json")), None), 20)
        self.assertEqual(json.loads(letter.read_text())["fields"]["importer.name"], "Wing On Ltd")
        Path(folder, "in", "broken.json").write_text("nothing")
        answer = {"id": "a1", "lodgement": letter.stem, "status": "accepted", "number": "N1", "at": "2026-11-24T02:00:00Z"}
        Path(folder, "in", "a1.tmp").write_text(json.dumps(answer))
        Path(folder, "in", "a1.tmp").rename(Path(folder, "in", "a1.json"))
        until(self, lambda: trader.get(filing)["state"] == "accepted", 20)
        until(self, lambda: Path(folder, "in", "done", "a1.json").exists(), 20)
        until(self, lambda: Path(folder, "in", "failed", "broken.json.error.json").exists(), 20)
        self.assertEqual(trader.get(filing)["number"], "N1")

    def test_options_that_cannot_be_used(self):
        for authority in ("nothing", "zz=ftp://x", "zz=folder:/nonexistent/fairway"):
            done = command("serve", "--authority", authority, "--listen", "127.0.0.1:0", "--store", f"rocksdb:{tempfile.mkdtemp()}")
            self.assertNotEqual(done.returncode, 0, authority)


if __name__ == "__main__":
    unittest.main()
