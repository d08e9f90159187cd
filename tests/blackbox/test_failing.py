"""A full disk and a lost database: 503, nothing lost, nothing refused that appears later, and recovery without help."""
import ctypes
import json
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fairway import Cluster, Server, equipment_event, free_port

PATIENCE_S = 30


def event_ids(server, key):
    lines = [json.loads(line) for line in server.get("/v1/export", key, timeout=60).body.splitlines()]
    return [line["eventID"] for line in lines if "eventID" in line]


def wait_until(condition, what):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {PATIENCE_S} s: {what}")


class SmallDisk:
    """A tmpfs of a few megabytes, where this process may mount one."""

    def __init__(self, megabytes):
        self.path = tempfile.mkdtemp(prefix="fairway-small-")
        self.libc = ctypes.CDLL(None, use_errno=True)
        if self.libc.mount(b"fairway", self.path.encode(), b"tmpfs", 0, f"size={megabytes}m".encode()) != 0:
            os.rmdir(self.path)
            raise unittest.SkipTest(f"cannot mount a small disk: {os.strerror(ctypes.get_errno())}")

    def close(self):
        self.libc.umount2(self.path.encode(), 2)
        os.rmdir(self.path)


class FullDisk(unittest.TestCase):
    def test_refuses_writes_keeps_reading_and_recovers(self):
        disk = SmallDisk(192)
        server = None
        try:
            server = Server(folder=f"{disk.path}/store").start()
            key = server.add_party("Line", "carrier")
            accepted, refused, number = [], [], 0
            ballast = Path(disk.path, "ballast")
            ballast.write_bytes(b"\0" * (140 << 20))
            while not refused and number < 400000:
                batch = [equipment_event(number + i, f"DISK{i % 100:07d}", remark="x" * 500) for i in range(200)]
                answer = server.post_events(batch, key)
                (accepted if answer.status == 200 else refused).extend(event["eventID"] for event in batch)
                if answer.status != 200:
                    self.assertEqual(answer.status, 503, answer)
                    self.assertEqual(answer.json["code"], "unavailable")
                    self.assertIn("retry-after", answer.headers)
                number += 200
            self.assertTrue(refused, "the disk never filled")
            self.assertEqual(server.get("/readyz").status, 503)
            self.assertEqual(server.get("/healthz").status, 200)
            self.assertEqual(server.journey("DISK0000001", key).status, 200, "reading must go on")
            ballast.unlink()
            probe = equipment_event(900000, "DISK9999999")
            wait_until(lambda: server.post_events(probe, key).status == 200, "writes after space came back")
            wait_until(lambda: server.get("/readyz").status == 200, "ready")
            held = event_ids(server, key)
            self.assertEqual(set(accepted) - set(held), set(), "acknowledged events are lost")
            self.assertEqual(set(refused) & set(held), set(), "refused events appeared")
            server.kill()
            server.start()
            self.assertEqual(event_ids(server, key), held)
        finally:
            if server:
                server.close()
            disk.close()


@unittest.skipUnless(os.path.exists("/usr/lib/postgresql/15/bin/initdb"), "no PostgreSQL 15 on this machine")
class LostDatabase(unittest.TestCase):
    def test_answers_503_and_recovers_when_it_is_back(self):
        with tempfile.TemporaryDirectory(prefix="fairway-pg-") as folder:
            os.chmod(folder, 0o755)
            cluster = Cluster(Path(folder, "pg"), free_port()).start()
            server = None
            try:
                server = Server(store=cluster.url).start()
                key = server.add_party("Line", "carrier")
                accepted = [equipment_event(n) for n in range(20)]
                self.assertEqual(server.post_events(accepted, key).status, 200)
                cluster.stop()
                answer = server.post_events(equipment_event(500), key, timeout=60)
                self.assertEqual(answer.status, 503, answer)
                self.assertEqual(answer.json["code"], "unavailable")
                self.assertEqual(server.get("/readyz", timeout=60).status, 503)
                self.assertEqual(server.get("/healthz").status, 200)
                cluster.start()
                wait_until(lambda: server.get("/readyz", timeout=60).status == 200, "ready")
                wait_until(lambda: server.post_events(equipment_event(501), key, timeout=60).status == 200, "writes after the database came back")
                held = event_ids(server, key)
                self.assertEqual({event["eventID"] for event in accepted} - set(held), set())
                self.assertEqual(len(held), len(set(held)))
            finally:
                if server:
                    server.close()
                subprocess.run([str(Path(__file__).resolve().parents[2] / "tools/postgres_cluster.sh"), "stop", str(cluster.directory)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
