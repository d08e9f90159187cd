"""The command line, as a person and as a script use it."""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from fairway import CORPORA, Server, command, equipment_event

CODECO = """UNB+UNOA:2+HIT+OOL+261121:0915+R1'
UNH+1+CODECO:D:95B:UN:ITG14'
BGM+34+GATE1+9'
TDT+1++3'
NAD+CF+OOL:172:20'
EQD+CN+CSQU3054383+45G1:102:5++2+5'
RFF+BN:OOLU123456'
DTM+7:202611210913:203'
LOC+165+HKHKG:139:6+HIT:TER:ZZZ'
CNT+16:1'
UNT+10+1'
UNZ+1+R1'
"""


class Decode(unittest.TestCase):
    def test_one_json_object_a_message(self):
        done = command("decode", "-", stdin=CODECO.encode(), check=0)
        [message] = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(set(message) & {"format", "type", "ok", "diagnostics", "references", "events"},
                         {"format", "type", "ok", "diagnostics", "references", "events"})
        self.assertTrue(message["ok"])
        self.assertIn({"kind": "equipment", "value": "CSQU3054383"}, message["references"])
        self.assertEqual(message["events"][0]["milestone"], "gate_in")
        self.assertEqual(message["events"][0]["occurred"]["instant"], "2026-11-21T01:13:00Z")

    def test_status_1_when_a_message_is_not_ok(self):
        done = command("decode", "-", stdin=CODECO.replace("EQD+CN+", "XYZ+").encode())
        self.assertEqual(done.returncode, 1, done.stdout)
        errors = [d for line in done.stdout.splitlines() for d in json.loads(line)["diagnostics"] if d["severity"] == "error"]
        self.assertTrue(errors)
        for name in ("severity", "code", "message", "segment", "position", "offset"):
            self.assertIn(name, errors[0])

    def test_status_2_when_the_input_cannot_be_read(self):
        for arguments, stdin in (("/no/such/file", b""), ("-", b"hello"), ("-", b""), ("/tmp", b"")):
            done = command("decode", arguments, stdin=stdin)
            self.assertEqual(done.returncode, 2, (arguments, stdin, done.stdout))
            self.assertTrue(done.stderr.startswith("fairway: "), done.stderr)

    def test_the_wrong_check_digit_is_kept_and_flagged(self):
        done = command("decode", "-", stdin=CODECO.replace("CSQU3054383", "CSQU3054380").encode(), check=0)
        message = json.loads(done.stdout)
        self.assertIn({"kind": "equipment", "value": "CSQU3054380", "flag": "wrong_check_digit"}, message["references"])

    @unittest.skipUnless(CORPORA.exists(), "no ../shared/corpora beside the project")
    def test_the_public_samples(self):
        for name in ("D95BBAPLIE.edi", "D95BCOARRI.edi", "d04b_baplie.edi", "d00b_iftsta.edi", "d95b_coprar.edi", "example_order_ok.edi"):
            done = command("decode", CORPORA / "edifact" / name)
            self.assertEqual(done.returncode, 0, (name, done.stdout[:3000], done.stderr))
        self.assertEqual(command("decode", CORPORA / "edifact" / "example_order_error.edi").returncode, 1)
        self.assertEqual(command("decode", CORPORA / "dcsa" / "tnt-220-response.json").returncode, 0)


class WithServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.key = cls.server.add_party("Hongkong International Terminals", "terminal", "SMDG:HIT")
        cls.port = cls.server.add_party("Port", "operator")
        cls.env = {"FAIRWAY_URL": cls.server.url, "FAIRWAY_KEY": cls.key}

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def test_ingest_and_track(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "gate.edi").write_text(CODECO)
            done = command("ingest", folder, env=self.env, check=0)
            self.assertIn("1 accepted", done.stdout)
            again = command("ingest", Path(folder, "gate.edi"), "--url", self.server.url, "--key", self.key, "--json", check=0)
            self.assertEqual(json.loads(again.stdout)["repeated"], 1)
        for reference in ("CSQU3054383", "csqu 305438-3", "OOLU123456", "booking:OOLU123456"):
            done = command("track", reference, env=self.env, check=0)
            self.assertIn("gate in", done.stdout)
            self.assertIn("Hongkong International Terminals", done.stdout)
        journey = json.loads(command("track", "CSQU3054383", "--json", env=self.env, check=0).stdout)
        self.assertEqual(journey["events"][0]["place"]["UNLocationCode"], "HKHKG")

    def test_track_says_what_is_not_there(self):
        done = command("track", "MSCU9999999", env=self.env)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith("fairway: "), done.stderr)

    def test_wrong_key_and_no_server(self):
        done = command("track", "X", "--url", self.server.url, "--key", "fw_wrong")
        self.assertEqual(done.returncode, 2)
        self.assertIn("API key", done.stderr)
        done = command("ingest", "-", "--url", "http://127.0.0.1:1", stdin=CODECO.encode(), timeout=90)
        self.assertEqual(done.returncode, 2)

    def test_ingest_of_a_refused_file_is_status_1_and_names_it(self):
        done = command("ingest", "-", env=self.env, stdin=b'{"eventType":"EQUIPMENT"}')
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("-: ", done.stderr)

    def test_the_key_is_alone_on_standard_output(self):
        done = command("admin", "party", "add", "Alone", "--role", "haulier", "--store", self.server.store, check=0)
        self.assertRegex(done.stdout, r"\Afw_[0-9a-z]+_[0-9a-z]+\n\Z")
        listed = command("admin", "party", "list", "--store", self.server.store, check=0)
        self.assertIn("Alone", [json.loads(line)["name"] for line in listed.stdout.splitlines()])

    def test_admin_refusals(self):
        for arguments, word in ((("X", "--role", "pirate"), "role"), (("X", "--role", "carrier", "--id", "nocolon"), "identifier"),
                                (("X", "--role", "carrier", "--id", "SMDG:HIT"), "SMDG:HIT")):
            done = command("admin", "party", "add", *arguments, "--store", self.server.store)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(word, done.stderr)

    def test_x_run_sees_that_the_server_answers(self):
        root = Path(__file__).resolve().parents[2]
        wait = ["bash", "-c", f'. "{root}/tools/run.sh"; sleep 20 & wait_until_ready "$1" "$!"; status=$?; kill $!; exit $status', "bash"]
        self.assertEqual(subprocess.run([*wait, self.server.url], timeout=15).returncode, 0)

    def test_a_key_for_one_purpose(self):
        party = json.loads([line for line in command("admin", "party", "list", "--store", self.server.store, check=0).stdout.splitlines() if "Hongkong" in line][0])["id"]
        add = ("admin", "key", "add", party, "--store", self.server.store)
        gate = command(*add, "--label", "gate", "--scope", "send", "--expires", "2036-01-01T00:00:00+08:00", check=0).stdout.strip()
        self.assertEqual(self.server.get("/v1/me", gate).status, 200)
        self.assertEqual(self.server.get("/v1/journeys/X", gate).status, 403)
        for wrong in (("--scope", "all"), ("--expires", "tomorrow"), ("--expires", "2001-01-01T00:00:00Z")):
            refused = command(*add, *wrong, check=1)
            self.assertEqual(refused.stdout, "")
            self.assertIn(wrong[1][:4], refused.stderr)

    def test_a_key_withdrawn_stops_working(self):
        key = self.server.add_party("Fired", "carrier")
        self.assertEqual(self.server.get("/v1/me", key).status, 200)
        command("admin", "key", "withdraw", key.split("_")[1], "--store", self.server.store, check=0)
        import time
        time.sleep(2.2)  # kTrustSeconds of src/access
        self.assertEqual(self.server.get("/v1/me", key).status, 401)

    def test_export_of_ones_own_data(self):
        key = self.server.add_party("Exporter", "carrier")
        self.server.post_events([equipment_event(900 + i, "TGHU1234567") for i in range(3)], key)
        done = command("export", "--url", self.server.url, "--key", key, check=0)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual({line["eventID"] for line in lines if "eventID" in line}, {equipment_event(900 + i)["eventID"] for i in range(3)})
        self.assertFalse([line for line in lines if line["party"]["name"] == "Hongkong International Terminals"])


class WithoutServer(unittest.TestCase):
    def test_bad_options(self):
        with tempfile.TemporaryDirectory() as folder:
            store = ("--store", f"rocksdb:{folder}/store")
            for arguments in (("serve", "--store", "sqlite:x"), ("serve", *store, "--listen", "nowhere"), ("fly",), (), ("serve", "--workers", "0"),
                              ("export", "--store", f"rocksdb:{folder}/none")):
                done = command(*arguments)
                self.assertEqual(done.returncode, 2, arguments)
                self.assertTrue(done.stderr or done.stdout, arguments)

    def test_options_from_the_environment_and_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder, "fairway.toml")
            config.write_text(f'[serve]\nstore = "rocksdb:{folder}/from-file"\n')
            server = Server(store=f"rocksdb:{folder}/unused")
            listen = f"127.0.0.1:{server.port}"
            from fairway import BINARY
            process = subprocess.Popen([BINARY, "--config", str(config), "serve"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       env={**os.environ, "FAIRWAY_LISTEN": listen})
            self.assertIn(listen.encode(), process.stdout.readline())
            process.terminate()
            self.assertEqual(process.wait(10), 0)
            process.stdout.close()
            self.assertTrue(Path(folder, "from-file").is_dir())

    def test_everything_moves_by_export_and_import(self):
        with tempfile.TemporaryDirectory() as folder:
            with Server(store=f"rocksdb:{folder}/a") as server:
                key = server.add_party("Line", "carrier")
                server.post_events([equipment_event(i) for i in range(50)], key)
                server.post_edifact(CODECO, key)
                before = server.journey("MSCU1234566", key).json
                held = command("export", "--store", server.store)
                self.assertEqual(held.returncode, 2)
                self.assertIn("another process", held.stderr)
                server.stop()
                command("export", "--store", f"rocksdb:{folder}/a", "--out", f"{folder}/all.ndjson", check=0)
            command("import", "--store", f"rocksdb:{folder}/b", f"{folder}/all.ndjson", check=0)
            again = command("import", "--store", f"rocksdb:{folder}/b", f"{folder}/all.ndjson")
            self.assertEqual(again.returncode, 2, "a store that is not empty must not be imported into")
            with Server(store=f"rocksdb:{folder}/b", options=("--ledger-key", f"{folder}/a.ledger-key")) as copy:
                after = copy.journey("MSCU1234566", key).json
                self.assertEqual([e["entry"] for e in before["events"]], [e["entry"] for e in after["events"]])
                self.assertEqual(copy.post_events([equipment_event(1)], key).json["repeated"], 1)
