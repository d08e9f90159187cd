"""Drives the shipped program from outside: starts servers on scratch stores, adds parties, speaks HTTP."""
import gzip
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("FAIRWAY_BIN", str(ROOT / "build/release/fairway"))
CORPORA = ROOT.parent / "shared" / "corpora"
sys.path.insert(0, str(ROOT / "tools"))
from cluster import Cluster, free_port  # noqa: E402,F401


def command(*arguments, stdin=b"", env=None, check=None, timeout=60):
    """Runs one verb; returns the CompletedProcess with text output."""
    done = subprocess.run([BINARY, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout, env={**os.environ, **(env or {})})
    done.stdout, done.stderr = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    if check is not None and done.returncode != check:
        raise AssertionError(f"{arguments}: status {done.returncode}, not {check}\n{done.stdout}\n{done.stderr}")
    return done


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:400]!r}"


class Server:
    """A `fairway serve` of its own. With `store` None it keeps a RocksDB store in a scratch folder."""

    def __init__(self, store=None, folder=None, options=(), env=None):
        self.own_folder = None
        if store is None:
            self.own_folder = folder or tempfile.mkdtemp(prefix="fairway-")
            store = f"rocksdb:{self.own_folder}"
        self.store, self.options, self.env = store, list(options), env or {}
        self.port, self.process, self.log = free_port(), None, ""
        self.connections = threading.local()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def connect(self, timeout=None):
        """A connection that nothing has been sent over."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def start(self, timeout=30):
        self.process = subprocess.Popen([BINARY, "serve", "--store", self.store, "--listen", f"127.0.0.1:{self.port}", *self.options],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **self.env})
        threading.Thread(target=self._read_log, args=(self.process.stderr,), daemon=True).start()
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.process.poll() is not None:
                time.sleep(0.1)
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log}")
            try:
                if self.request("GET", "/healthz", fresh=True, timeout=2).status == 200:
                    return self
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"the server did not come up:\n{self.log}")

    def _read_log(self, pipe):
        for line in iter(pipe.readline, b""):
            self.log = (self.log + line.decode(errors="replace"))[-20000:]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, timeout=10):
        """SIGTERM; returns (exit status, seconds it took)."""
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout)
        return status, time.monotonic() - started

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        if self.own_folder:
            shutil.rmtree(self.own_folder, ignore_errors=True)
            Path(self.own_folder + ".ledger-key").unlink(missing_ok=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def add_party(self, name, role, *identifiers):
        """The new party's API key."""
        ids = [part for identifier in identifiers for part in ("--id", identifier)]
        done = command("admin", "party", "add", name, "--role", role, *ids, "--store", self.store, check=0)
        return done.stdout.strip()

    def request(self, method, target, body=None, key=None, headers=None, fresh=False, timeout=30):
        """One request over this thread's kept connection, connecting again where it was closed."""
        fields = dict(headers or {})
        if key:
            fields["Authorization"] = f"Bearer {key}"
        if isinstance(body, str):
            body = body.encode()
        for attempt in (1, 2):
            kept = getattr(self.connections, "kept", None)
            if kept is None or fresh or attempt == 2:
                kept = self.connections.kept = self.connect()
            kept.timeout = timeout
            if kept.sock is not None:
                kept.sock.settimeout(timeout)
            try:
                kept.request(method, target, body=body, headers=fields)
                response = kept.getresponse()
                return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
            except (http.client.RemoteDisconnected, http.client.CannotSendRequest, BrokenPipeError, ConnectionResetError):
                kept.close()
                self.connections.kept = None
                if fresh or attempt == 2:
                    raise

    def get(self, target, key=None, **options):
        return self.request("GET", target, key=key, **options)

    def post_edifact(self, text, key, **options):
        return self.request("POST", "/v1/messages", text, key, {"Content-Type": "application/edifact", **options.pop("headers", {})}, **options)

    def post_events(self, events, key, zipped=False, **options):
        body = json.dumps(events).encode()
        headers = {"Content-Type": "application/json"}
        if zipped:
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        return self.request("POST", "/v1/events", body, key, headers, **options)

    def journey(self, reference, key, query=""):
        return self.get("/v1/journeys/" + urllib.parse.quote(reference, safe="") + query, key)

    def stream(self, key, after=None, references=()):
        return EventStream(self, key, after, references)


class EventStream:
    """Reads GET /v1/stream message by message."""

    def __init__(self, server, key, after=None, references=()):
        self.connection = server.connect(timeout=20)
        headers = {"Authorization": f"Bearer {key}"}
        if after is not None:
            headers["Last-Event-ID"] = str(after)
        target = "/v1/stream?" + "&".join(f"reference={urllib.parse.quote(reference)}" for reference in references)
        self.connection.request("GET", target, headers=headers)
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def next(self):
        """(entry, event) of the next message; comments are passed over."""
        entry, data = None, None
        while True:
            line = self.response.readline()
            if not line:
                raise EOFError("the stream ended")
            line = line.decode().rstrip("\n")
            if line.startswith("id: "):
                entry = int(line[4:])
            elif line.startswith("data: "):
                data = json.loads(line[6:])
            elif line == "" and data is not None:
                return entry, data

    def take(self, count):
        return [self.next() for _ in range(count)]

    def close(self):
        """Ends the stream, and a thread's wait for its next message with it."""
        if self.connection.sock is not None:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.connection.close()


class Served(unittest.TestCase):
    """Tests that share one server. Each of PARTIES has its key in an attribute of its name."""
    OPTIONS = ()
    PARTIES = {"port": ("Port", "operator"), "line": ("Line", "carrier", "SMDG:OOL"), "rival": ("Rival", "carrier", "SMDG:MSC")}

    @classmethod
    def setUpClass(cls):
        cls.server = Server(options=cls.OPTIONS).start()
        for name, party in cls.PARTIES.items():
            setattr(cls, name, cls.server.add_party(*party))

    @classmethod
    def tearDownClass(cls):
        cls.server.close()


def until(test, check, seconds=60, state=lambda: ""):
    """What `check` says once it says something; after so many seconds the test fails with `state`, how things stand."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(0.05)
    test.fail(f"it did not come to that {state()}")


def equipment_event(number, container="MSCU1234566", code="GTIN", at="2026-11-21T08:00:00+08:00", **more):
    """A DCSA 2.2 equipment event with an id made from `number`."""
    return {"eventID": f"00000000-0000-4000-8000-{number:012d}", "eventType": "EQUIPMENT", "eventClassifierCode": "ACT", "eventDateTime": at,
            "eventCreatedDateTime": at, "equipmentEventTypeCode": code, "equipmentReference": container, "emptyIndicatorCode": "LADEN",
            "eventLocation": {"UNLocationCode": "HKHKG"},
            "documentReferences": [{"documentReferenceType": "BKG", "documentReferenceValue": f"BKG{container[4:9]}"}], **more}
