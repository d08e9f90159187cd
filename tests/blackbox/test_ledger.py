"""The ledger from outside: what /ledger serves is checked with nothing but hashlib, and kill -9 never makes two trees of one log."""
import base64
import hashlib
import json
import os
import random
import tempfile
import threading
import time
import unittest
from pathlib import Path

from fairway import Cluster, Served, Server, command, equipment_event, until

ROUNDS = int(os.environ.get("FAIRWAY_LEDGER_KILLS", "25"))


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def leaf(entry):
    return sha256(b"\0", entry)


def root_of(leaves):
    """RFC 6962, 2.1, as it stands there."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", root_of(leaves[:split]), root_of(leaves[split:]))


def is_consistent(old, new, old_root, new_root, proof):
    """RFC 9162, 2.1.4.2."""
    if old == new or old == 0:
        return not proof and (old == 0 or old_root == new_root)
    proof = list(proof)
    if old & old - 1 == 0:
        proof.insert(0, old_root)
    if not proof:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha256(b"\1", c, fr), sha256(b"\1", c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha256(b"\1", sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


def is_included(index, size, hash_, proof, root):
    """RFC 9162, 2.1.3.2."""
    fn, sn, r = index, size - 1, hash_
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\1", p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1", r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def checkpoint(note):
    """(origin, size, root) of a signed note."""
    text, _, signatures = note.decode().rpartition("\n\n")
    assert signatures.startswith("— "), note
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root, validate=True)


def latest(server, name="checkpoint"):
    answer = server.get(f"/ledger/{name}", fresh=True, timeout=10)
    return checkpoint(answer.body) if answer.status == 200 else None


def settled(test, server):
    """The latest checkpoint once it has everything that the log has."""
    def all_in():
        all_of_them = server.get("/ledger/status").json["lag"]["entries"] == 0
        return latest(server) if all_of_them else None
    return until(test, all_in, 60, lambda: server.get("/ledger/status").body + server.log.encode())


def consistency(server, old, new):
    answer = server.get(f"/ledger/consistency?from={old}&to={new}")
    assert answer.status == 200, answer
    return [base64.b64decode(hash_) for hash_ in answer.json["proof"]]


def entries(server, size):
    """The tree's entries out of their bundles."""
    found = []
    for bundle in range((size + 255) // 256):
        width = min(256, size - bundle * 256)
        path = f"/ledger/tile/entries/{'x000/' if bundle > 999 else ''}{bundle % 1000:03d}" + (f".p/{width}" if width < 256 else "")
        body = server.get(path).body
        while body:
            length = int.from_bytes(body[:2])
            found.append(body[2:2 + length])
            body = body[2 + length:]
    return found


def expect_tree(test, server, found):
    """The root, from what anybody can read."""
    _, size, root = found
    logged = entries(server, size)
    test.assertEqual(len(logged), size)
    test.assertTrue(all(len(entry) == 33 and entry[0] == 1 for entry in logged))
    test.assertEqual(root_of([leaf(entry) for entry in logged]), root)


class Ledger(Served):
    OPTIONS = ("--ledger-batch-ms", "50")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.post_events([equipment_event(n, f"LEDU{n % 50:07d}") for n in range(1, 701)], cls.line)

    def test_tree_is_what_its_checkpoint_says(self):
        found = settled(self, self.server)
        self.assertEqual(found[0], f"127.0.0.1:{self.server.port}/ledger")
        self.assertGreater(found[1], 700)
        expect_tree(self, self.server, found)
        self.assertEqual(latest(self.server, "witnessed"), found, "nobody is asked to witness it")
        # Tiles of hashes say the same as the entries do.
        hashes = self.server.get("/ledger/tile/0/000").body
        self.assertEqual(hashes, b"".join(leaf(entry) for entry in entries(self.server, found[1])[:256]))
        self.assertEqual(self.server.get("/ledger/tile/1/000.p/1").body, root_of([hashes[i:i + 32] for i in range(0, 8192, 32)]))

    def test_answers_are_open_to_all_pages_and_kept_by_caches(self):
        found = settled(self, self.server)
        for path, kind, cache in (("checkpoint", "text/plain; charset=utf-8", "public, max-age=1"), ("witnessed", "text/plain; charset=utf-8", "public, max-age=1"),
                                  ("tile/0/000", "application/octet-stream", "public, max-age=31536000, immutable"),
                                  ("tile/entries/000", "application/octet-stream", "public, max-age=31536000, immutable"),
                                  (f"consistency?from=1&to={found[1]}", "application/json", "public, max-age=31536000, immutable"),
                                  ("key", "text/plain; charset=utf-8", "public, max-age=1"), ("policy", "text/plain; charset=utf-8", "public, max-age=1"),
                                  ("status", "application/json", "public, max-age=1")):
            answer = self.server.get("/ledger/" + path)
            self.assertEqual((answer.status, answer.headers["content-type"], answer.headers["cache-control"]), (200, kind, cache), path)
            self.assertEqual(answer.headers["access-control-allow-origin"], "*", path)
            self.assertEqual(answer.headers["cross-origin-resource-policy"], "cross-origin", path)
        tag = self.server.get("/ledger/key").headers["etag"]
        again = self.server.get("/ledger/key", headers={"If-None-Match": tag})
        self.assertEqual((again.status, again.body), (304, b""))

    def test_what_is_not_there(self):
        size = settled(self, self.server)[1]
        for path, status in (("tile/0/001.p/255x", 400), ("tile/0/1", 400), ("tile/64/000", 400), ("tile/0/000.p/0", 400), ("tile/0/999", 404), ("tile/5/000", 404),
                             (f"tile/0/{size // 256:03d}", 404), ("tile/0/..%2f", 404), ("tile/entries/999", 404), ("consistency", 400), ("consistency?from=2&to=1", 400),
                             ("consistency?from=1&to=99999999", 404), ("consistency?from=-1&to=1", 400), ("consistency?from=01&to=1", 400), ("other", 404)):
            self.assertEqual(self.server.get("/ledger/" + path).status, status, path)

    def test_proofs_hold(self):
        found = settled(self, self.server)
        logged = entries(self.server, found[1])
        for entry in (1, 2, 256, 257, 512, found[1]):
            answer = self.server.get(f"/v1/entries/{entry}/proof", self.rival)
            self.assertEqual(answer.status, 200, answer)
            head, _, note = answer.body.decode().partition("\n\n")
            kind, extra, index, *hashes = head.split("\n")
            self.assertEqual((kind, index), ("c2sp.org/tlog-proof@v1", f"index {entry - 1}"))
            self.assertEqual(base64.b64decode(extra.removeprefix("extra ")), logged[entry - 1])
            _, size, root = checkpoint(note.encode())
            self.assertTrue(is_included(entry - 1, size, leaf(logged[entry - 1]), [base64.b64decode(h) for h in hashes], root), entry)
        self.assertEqual(self.server.get("/v1/entries/1/proof").status, 401)
        for entry, status in (("0", 404), ("99999999", 404), ("01", 400), ("x", 400), ("18446744073709551616", 400)):
            self.assertEqual(self.server.get(f"/v1/entries/{entry}/proof", self.line).status, status, entry)
        self.assertIn("ask again", self.server.get("/v1/entries/99999999/proof", self.line).json["hint"])

    def test_office_and_figures(self):
        key = command("admin", "ledger", "key", "--store", self.server.store, check=0).stdout
        self.assertEqual(key, self.server.get("/ledger/key").body.decode())
        self.assertIn(key.strip(), self.server.get("/ledger/policy").body.decode())
        status = json.loads(command("admin", "ledger", "status", "--store", self.server.store, check=0).stdout)
        self.assertEqual(status["origin"], f"127.0.0.1:{self.server.port}/ledger")
        self.assertEqual(status["warnings"], [])
        metrics = self.server.get("/metrics").body.decode()
        for figure in ("size", "checkpoint", "lag_entries", "lag_seconds", "refusals"):
            self.assertIn(f'fairway_ledger{{figure="{figure}"}}', metrics)
        self.assertNotIn("warnings", self.server.get("/readyz").json)


class Moves(unittest.TestCase):
    def test_key_name_and_tree_outlive_the_store(self):
        with tempfile.TemporaryDirectory() as scratch:
            first = Server(store=f"rocksdb:{scratch}/a", options=("--ledger-origin", "port.example/ledger", "--ledger-batch-ms", "20"))
            with first:
                key = first.add_party("Line", "carrier")
                first.post_events([equipment_event(n) for n in range(1, 301)], key)
                before = settled(self, first)
                first.stop()
            vkey = command("admin", "ledger", "key", "--store", first.store, check=0).stdout
            self.assertTrue(vkey.startswith("port.example/ledger+"), vkey)
            self.assertEqual(json.loads(command("admin", "ledger", "status", "--store", first.store, check=0).stdout)["size"], before[1])
            self.assertEqual(os.stat(f"{scratch}/a.ledger-key").st_mode & 0o777, 0o600)
            command("export", "--store", first.store, "--out", f"{scratch}/lines", check=0)
            command("import", "--store", f"rocksdb:{scratch}/b", f"{scratch}/lines", check=0)

            # Without the key it is refused, and so is another name.
            refused = command("serve", "--store", f"rocksdb:{scratch}/b", "--listen", "127.0.0.1:0", check=2)
            self.assertIn("--ledger-key", refused.stderr)
            self.assertFalse(Path(f"{scratch}/b.ledger-key").exists(), "no new key is made for a log that has one")
            renamed = command("serve", "--store", first.store, "--listen", "127.0.0.1:0", "--ledger-origin", "other.example/ledger", check=2)
            self.assertIn("port.example/ledger", renamed.stderr)

            second = Server(store=f"rocksdb:{scratch}/b", options=("--ledger-key", f"{scratch}/a.ledger-key", "--ledger-batch-ms", "20"))
            with second:
                second.post_events([equipment_event(n) for n in range(301, 400)], key)
                after = settled(self, second)
                self.assertGreater(after[1], before[1])
                expect_tree(self, second, after)
                self.assertTrue(is_consistent(before[1], after[1], before[2], after[2], consistency(second, before[1], after[1])))
                self.assertEqual(second.get("/ledger/key").body.decode(), vkey)
                second.stop()

    def test_serving_without_a_ledger(self):
        with Server(options=("--ledger-key", "none")) as server:
            key = server.add_party("Line", "carrier")
            self.assertEqual(server.post_events([equipment_event(1)], key).status, 200)
            for path in ("/ledger/checkpoint", "/ledger/status", "/ledger/key", "/ledger/policy"):
                self.assertEqual(server.get(path).status, 404, path)
            self.assertFalse(Path(server.own_folder + ".ledger-key").exists())


class Killed(unittest.TestCase):
    """kill -9 under load: every checkpoint that anybody has seen is the beginning of every later one."""

    def rounds(self, server, rounds):
        random.seed(20261123)
        seen, number = {}, [0]
        server.start()
        key = server.add_party("Line", "carrier")
        for _ in range(rounds):
            stop = threading.Event()

            def write():
                while not stop.is_set():
                    number[0] += 1
                    events = [equipment_event(number[0] * 100 + i) for i in range(random.choice((1, 5, 60)))]
                    try:
                        server.post_events(events, key, fresh=True, timeout=20)
                    except Exception:
                        return

            def watch():
                while not stop.is_set():
                    try:
                        found = latest(server)
                    except Exception:
                        return
                    if found:
                        self.assertEqual(seen.setdefault(found[1], found[2]), found[2], f"two trees of {found[1]}")

            threads = [threading.Thread(target=write), threading.Thread(target=watch)]
            # A server on PostgreSQL takes over from the one that was killed only once that one's lease has run out.
            until(self, lambda: server.post_events([equipment_event(0)], key, fresh=True).status == 200)
            found = until(self, lambda: latest(server))
            seen[found[1]] = found[2]
            for thread in threads:
                thread.start()
            time.sleep(random.uniform(0.05, 0.6))
            server.kill()
            stop.set()
            for thread in threads:
                thread.join()
            server.start()
        server.post_events([equipment_event(1)], key)
        last = settled(self, server)
        self.assertGreater(len(seen), rounds)
        for size, root in sorted(seen.items()):
            self.assertTrue(is_consistent(size, last[1], root, last[2], consistency(server, size, last[1])), size)
        expect_tree(self, server, last)

    def test_rocksdb(self):
        server = Server(options=("--ledger-batch-ms", "10"))
        try:
            self.rounds(server, ROUNDS)
        finally:
            server.close()

    @unittest.skipUnless(os.environ.get("FAIRWAY_TEST_POSTGRES"), "no PostgreSQL 15 on this machine")
    def test_postgresql(self):
        port = int(os.environ["FAIRWAY_TEST_POSTGRES"].split(":")[-1].split("/")[0])
        with tempfile.TemporaryDirectory() as scratch:
            server = Server(store=Cluster(os.environ["FAIRWAY_TEST_POSTGRES_DIR"], port).fresh_database("ledger"),
                            options=("--ledger-batch-ms", "10", "--ledger-key", f"{scratch}/key", "--ledger-origin", "port.example/ledger"))
            try:
                self.rounds(server, 3)
            finally:
                server.close()
