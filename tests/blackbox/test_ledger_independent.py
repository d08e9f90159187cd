"""The ledger under the eyes of somebody else's client: tests/interop/tlog, over Go's own note and tlog packages."""
import base64
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

from fairway import ROOT, Served, Server, equipment_event, until

GOPATH = "/usr/share/gocode"
PROGRAM = ROOT / "tests/interop/tlog/main.go"


def why_not():
    if shutil.which("go") is None:
        return "no Go on this machine"
    if not Path(GOPATH, "src/golang.org/x/mod/sumdb/tlog").exists():
        return "no golang.org/x/mod on this machine"
    return ""


class Tampering(http.server.ThreadingHTTPServer):
    """Passes the ledger on, with one byte of one path flipped."""

    def __init__(self, origin, path, at):
        self.origin, self.path, self.at, self.flipped = origin, path, at, 0
        super().__init__(("127.0.0.1", 0), Forward)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Forward(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            with urllib.request.urlopen(self.server.origin + self.path) as response:
                status, body = response.status, bytearray(response.read())
        except urllib.error.HTTPError as error:
            status, body = error.code, bytearray()
        if self.path.startswith(self.server.path):
            body[self.server.at % len(body)] ^= 1
            self.server.flipped += 1
        self.send_response(status)
        self.end_headers()
        self.wfile.write(bytes(body))

    def log_message(self, *_):
        pass


@unittest.skipIf(why_not(), why_not())
class IndependentClient(Served):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="fairway-go-")
        cls.program = os.path.join(cls.folder, "tlog")
        env = {**os.environ, "GO111MODULE": "off", "GOPATH": GOPATH, "GOCACHE": os.path.join(cls.folder, "cache"), "GOFLAGS": ""}
        subprocess.run(["go", "build", "-o", cls.program, str(PROGRAM)], env=env, check=True, timeout=600)
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def tlog(self, *arguments, text=""):
        return subprocess.run([self.program, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=120)

    def key(self):
        return until(self, lambda: self.server.get("/ledger/key").body.decode().strip())

    def size(self):
        answer = self.server.get("/ledger/checkpoint")
        return int(answer.body.split(b"\n")[1]) if answer.status == 200 else 0

    def send(self, numbers):
        answer = self.server.post_events([equipment_event(n, f"INDU{n % 50:07d}") for n in numbers], self.line)
        self.assertEqual(answer.status, 200, answer)
        last = max(entry for message in answer.json["messages"] for entry in message["entries"])
        until(self, lambda: self.size() >= last)

    def check(self, url=None, older=()):
        return self.tlog("check", (url or self.server.url) + "/ledger", self.key(), *older)

    def test_every_leaf_and_every_size(self):
        self.send(range(10))
        first = self.check()
        self.assertEqual(first.returncode, 0, first.stderr)
        size, root = first.stdout.split()
        self.send(range(10, 310))
        second = self.check(older=(size, root))
        self.assertEqual(second.returncode, 0, second.stderr)
        self.assertGreaterEqual(int(second.stdout.split()[0]), 300, "more than one tile")
        lied = self.check(older=(size, second.stdout.split()[1]))
        self.assertNotEqual(lied.returncode, 0, "a root that the log never had")

    def test_one_flipped_byte_is_found(self):
        self.send(range(400, 430))
        self.assertEqual(self.check().returncode, 0)
        for path in ("/ledger/checkpoint", "/ledger/tile/0/000", "/ledger/tile/entries/000"):
            for at in (0, 40, 77, -40):
                with self.subTest(path=path, at=at):
                    proxy = Tampering(self.server.url, path, at)
                    try:
                        done = self.check(proxy.url)
                        self.assertNotEqual(done.returncode, 0, done.stdout)
                        self.assertGreater(proxy.flipped, 0)
                    finally:
                        proxy.shutdown()
                        proxy.server_close()

    def test_notes_are_one_format(self):
        until(self, self.size)
        text = self.server.get("/ledger/checkpoint").body.decode()
        opened = self.tlog("verify", self.key(), text=text)
        self.assertEqual(opened.stdout, text[:text.rindex("\n\n") + 1], opened.stderr)
        self.assertNotEqual(self.tlog("verify", self.key(), text=text.replace("\n", "0\n", 1)).returncode, 0)

    def test_a_receipt_is_the_logs_promise(self):
        body = json.dumps([equipment_event(900, "INDU0000900"), equipment_event(901, "INDU0000901")]).encode()
        answer = self.server.request("POST", "/v1/events", body, self.line, {"Content-Type": "application/json"})
        inclusion = answer.json["inclusion"]
        receipt = json.loads(inclusion["receipt"])
        promise = receipt["promise"]
        self.assertEqual(base64.b64decode(promise["sent"]), hashlib.sha256(body).digest())
        held = [entry for message in answer.json["messages"] for entry in message["entries"]]
        self.assertEqual([entry["entry"] for entry in promise["entries"]], held)
        self.assertIn("00000000-0000-4000-8000-000000000901", [entry.get("event") for entry in promise["entries"]])
        compact = json.dumps(promise, separators=(",", ":"), ensure_ascii=False)
        self.assertIn(compact, inclusion["receipt"], "the promise stands there byte for byte")
        node = hashlib.sha256(b"\0" + compact.encode()).digest()
        for level, sibling in enumerate(map(base64.b64decode, receipt["path"])):
            left, right = (sibling, node) if receipt["index"] >> level & 1 else (node, sibling)
            node = hashlib.sha256(b"\1" + left + right).digest()
        opened = self.tlog("verify", self.key(), text=receipt["note"])
        first, origin, root, by = opened.stdout.splitlines()
        self.assertEqual((first, origin, base64.b64decode(root)), ("fairway-receipt/v1", self.key().split("+")[0], node))
        self.assertEqual(datetime.fromisoformat(inclusion["by"].replace("Z", "+00:00")).timestamp(), int(by))
        self.assertLess(abs(int(by) - time.time() - 60), 10)
        # Whoever sends it again is promised the same entries.
        again = self.server.request("POST", "/v1/events", body, self.line, {"Content-Type": "application/json"})
        self.assertEqual(json.loads(again.json["inclusion"]["receipt"])["promise"], promise)

    def test_what_is_refused_is_promised_nothing(self):
        answer = self.server.post_events([{"eventID": "x"}], self.line)
        self.assertIsNone(answer.json["inclusion"]["receipt"], answer)
        self.assertEqual(answer.json["inclusion"]["why"], "nothing was accepted")
        with Server(options=["--ledger-key", "none"]) as silent:
            key = silent.add_party("Line", "carrier", "SMDG:OOL")
            answer = silent.post_events([equipment_event(1)], key)
            self.assertEqual(answer.json["inclusion"], {"receipt": None, "why": "this server keeps no ledger"})


if __name__ == "__main__":
    unittest.main()
