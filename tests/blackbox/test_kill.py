"""kill -9 at random moments under load, fifty times on each engine: every acknowledged event is there once."""
import json
import os
import random
import threading
import time
import unittest
from collections import Counter

from fairway import Cluster, Server, equipment_event

ROUNDS = 50


class Load:
    """Writers that remember what was acknowledged; they end when the server goes."""

    def __init__(self, server, key, first):
        self.acknowledged, self.lock = [], threading.Lock()
        self.threads = [threading.Thread(target=self._write, args=(server, key, first + i * 100000)) for i in range(4)]
        for thread in self.threads:
            thread.start()

    def _write(self, server, key, number):
        while True:
            numbers = list(range(number, number + random.choice((1, 1, 5, 40))))
            number = numbers[-1] + 1
            try:
                answer = server.post_events([equipment_event(n, f"KILU{n % 50:07d}") for n in numbers], key, fresh=True, timeout=20)
            except OSError:
                return
            except Exception:  # an answer cut off in the middle
                return
            if answer.status != 200:
                return
            with self.lock:
                self.acknowledged += numbers

    def wait_for_first(self, seconds=30):
        """On PostgreSQL a server that was killed holds its lease for some seconds more."""
        end = time.monotonic() + seconds
        while not self.acknowledged and time.monotonic() < end:
            time.sleep(0.005)

    def join(self):
        for thread in self.threads:
            thread.join()


def kill_rounds(test, server):
    random.seed(20261122)
    server.start()
    key = server.add_party("Line", "carrier")
    acknowledged = []
    for round_number in range(ROUNDS):
        load = Load(server, key, round_number * 1000000)
        load.wait_for_first()
        time.sleep(random.uniform(0.0, 0.3))
        server.kill()
        load.join()
        acknowledged += load.acknowledged
        server.start()
    test.assertGreater(len(acknowledged), 10 * ROUNDS)
    held = Counter()
    positions = []
    for line in server.get("/v1/export", key, timeout=120).body.splitlines():
        record = json.loads(line)
        positions.append(record["entry"])
        if "eventID" in record:
            held[record["eventID"]] += 1
    lost = [n for n in acknowledged if held[equipment_event(n)["eventID"]] == 0]
    test.assertEqual(lost, [])
    test.assertEqual([event for event, count in held.items() if count != 1], [])
    test.assertEqual(positions, list(range(positions[0], positions[0] + len(positions))), "the log has a gap")
    status, _ = server.stop()
    test.assertEqual(status, 0, server.log)


class Kill(unittest.TestCase):
    def test_rocksdb(self):
        server = Server()
        try:
            kill_rounds(self, server)
        finally:
            server.close()

    @unittest.skipUnless(os.environ.get("FAIRWAY_TEST_POSTGRES"), "no PostgreSQL 15 on this machine")
    def test_postgresql(self):
        port = int(os.environ["FAIRWAY_TEST_POSTGRES"].split(":")[-1].split("/")[0])
        server = Server(store=Cluster(os.environ["FAIRWAY_TEST_POSTGRES_DIR"], port).fresh_database("kill"))
        try:
            kill_rounds(self, server)
        finally:
            server.close()
