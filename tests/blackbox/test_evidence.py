"""Evidence: bundles from a running server, for those who may see; checked by `fairway verify` without it.

With FAIRWAY_EVIDENCE_CASES=DIR the cases of Verdicts are left there, with what each must come to in cases.json, for other verifiers.
"""
import json
import os
import random
import shutil
import tempfile
import unittest
from pathlib import Path

from bundles import parts_of, shown_in, text_of, words_of, zip_of
from fairway import Server, command, equipment_event, until
from test_neutral_ground import BOX, MARKS, ROLES, SHOWS, World


def fetched(test, ask, path, who):
    """The answer, once the log has come so far."""
    def answer():
        got = ask("GET", path, who)
        return got if got.status != 503 else None
    return until(test, answer, 30)


class OfAConsignment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world, cls.folder = World(), Path(tempfile.mkdtemp(prefix="fairway-evidence-"))

    @classmethod
    def tearDownClass(cls):
        cls.world.server.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def bundle(self, who, path=f"/v1/journeys/{BOX}/evidence"):
        got = fetched(self, self.world.ask, path, who)
        self.assertEqual(got.status, 200, got)
        return got.body

    def kept(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def policy(self):
        return self.kept("policy.txt", self.world.server.get("/ledger/policy").body)

    def test_from_the_server_to_the_verdict(self):
        self.bundle("shipper")  # so that the log has come so far
        out = self.folder / "out.zip"
        command("evidence", BOX, "-o", out, "--url", self.world.server.url, "--key", self.world.keys["shipper"], check=0)
        own = command("verify", out, check=0)
        self.assertIn("HOLDS", own.stdout)
        self.assertIn("taken from this file itself", own.stdout)
        given = command("verify", out, "--policy", self.policy(), check=0)
        self.assertNotIn("taken from this file itself", given.stdout)
        asked = command("verify", out, "--url", self.world.server.url, check=0)
        self.assertEqual(asked.stdout, given.stdout)
        report = json.loads(command("verify", out, "--policy", self.policy(), "--json", check=0).stdout)
        self.assertEqual((report["verdict"], report["kind"], report["policy"], report["about"]), ("holds", "bundle", "given", f"equipment:{BOX}"))
        self.assertEqual(len(report["entries"]), 6)
        piped = command("evidence", BOX, "-o", "-", "--url", self.world.server.url, "--key", self.world.keys["shipper"], check=0)
        self.assertTrue(piped.stdout.startswith("PK"))

    def test_one_entry(self):
        entry = next(event["entry"] for event in self.world.ask("GET", f"/v1/journeys/{BOX}", "shipper").json["events"])
        data = self.bundle("shipper", f"/v1/entries/{entry}/evidence")
        self.assertEqual([name for name, _ in parts_of(data)][:5],
                         ["manifest.json", "seal", "policy.txt", f"openings/{entry}.json", f"proofs/{entry}.tlog-proof"])
        out = self.folder / "entry.zip"
        command("evidence", f"entry:{entry}", "-o", out, "--url", self.world.server.url, "--key", self.world.keys["shipper"], check=0)
        self.assertIn(f"entry {entry}", command("verify", out, check=0).stdout)

    def test_the_zip_is_spelt_as_the_reference_says(self):
        data = self.bundle("shipper")
        self.assertEqual(zip_of(parts_of(data)), data)
        manifest = json.loads(parts_of(data)[0][1])
        self.assertEqual([part["name"] for part in manifest["parts"]], [name for name, _ in parts_of(data)[2:]])

    def test_each_is_shown_what_a_journey_shows_it(self):
        """The fields that are opened, put together again, are the event as the journey writes it for that party."""
        own = {"entry", "receivedAt", "party", "status", "conflict"}  # the journey's words about the event
        for who in [*ROLES, "operator", "sender"]:
            answer = self.world.ask("GET", f"/v1/journeys/{BOX}", who)
            if answer.status == 404:
                self.assertEqual(self.world.ask("GET", f"/v1/journeys/{BOX}/evidence", who).status, 404, who)
                continue
            events = {event["entry"]: {k: v for k, v in event.items() if k not in own} for event in answer.json["events"]}
            openings = {name: shown_in(data) for name, data in parts_of(self.bundle(who)) if name.startswith("openings/")}
            self.assertEqual(len(openings), len(events), who)
            for entry, event in events.items():
                record = openings[f"openings/{entry}.json"]
                self.assertEqual(record["kind"], "event")
                body = record["body"]
                for name in ("references", "parties"):  # lists come back as numbered members, with gaps where something is hidden
                    if isinstance(body.get(name), dict):
                        body[name] = [body[name][place] for place in sorted(body[name], key=int)]
                for name in ("readings", "seals"):
                    self.assertNotIsInstance(body.get(name), dict)
                self.assertEqual(body, event, who)

    def test_what_is_hidden_stands_nowhere_in_the_bytes(self):
        for role in ROLES:
            if role == "bank":
                continue
            said = text_of(self.bundle(role))
            for mark in set(MARKS) - set(SHOWS):
                with self.subTest(role=role, mark=mark):
                    self.assertEqual(mark in said, role in MARKS[mark])

    def test_a_rival_finds_nothing(self):
        entries = [event["entry"] for event in self.world.ask("GET", f"/v1/journeys/{BOX}", "operator").json["events"]]
        missing = self.world.ask("GET", "/v1/entries/99999999/evidence", "rival")
        self.assertEqual(missing.status, 404)
        for entry in entries:
            hidden = self.world.ask("GET", f"/v1/entries/{entry}/evidence", "rival")
            self.assertEqual((hidden.status, hidden.json["title"], hidden.json.get("detail")), (404, missing.json["title"], missing.json.get("detail")))
        self.assertEqual(self.world.ask("GET", f"/v1/journeys/{BOX}/evidence", "rival").status, 404)
        self.assertEqual(self.world.ask("GET", "/v1/entries/1/evidence", "rival").status, 404, "an entry that is no event, and of others")
        for nonsense in ("0", "-1", "x", "1x", "18446744073709551616"):
            self.assertIn(self.world.ask("GET", f"/v1/entries/{nonsense}/evidence", "rival").status, (400, 404), nonsense)

    def test_a_bank_sees_what_it_was_granted(self):
        entry = next(event["entry"] for event in self.world.ask("GET", f"/v1/journeys/{BOX}", "operator").json["events"] if event["milestone"] == "gate_in")
        self.assertEqual(self.world.ask("GET", f"/v1/entries/{entry}/evidence", "bank").status, 404)
        given = self.world.ask("POST", "/v1/grants", "shipper", {"kind": "consent", "to": "BR:BANKMARK", "scope": {"references": [f"equipment:{BOX}"]},
                                                                "fields": ["milestones"], "purpose": "credit 4711", "expires": "2027-06-01T00:00:00Z"})
        self.assertEqual(given.status, 201, given)
        self.assertEqual(self.world.ask("POST", f"/v1/grants/{given.json['id']}/acceptance", "bank").status, 200)
        data = self.bundle("bank", f"/v1/entries/{entry}/evidence")
        said = text_of(data)
        self.assertIn("gate_in", said)
        for mark in ("GOODSMARK", "VALUEMARK", "CONSIGNEEMARK", "DELIVERYMARK", "HBLMARK"):
            self.assertNotIn(mark, said)
        report = json.loads(command("verify", self.kept("bank.zip", data), "--policy", self.policy(), "--json", check=0).stdout)
        self.assertGreater(report["entries"][0]["hidden"], 0)
        self.assertEqual(self.world.ask("DELETE", f"/v1/grants/{given.json['id']}", "shipper").status // 100, 2)

    def test_the_owner_hears_of_it(self):
        self.bundle("shipper")

        def told():
            reads = self.world.ask("GET", "/v1/access-log", "sender").json["reads"]
            return any(read["reader"]["name"] == "the shipper" and read["channel"] == "export" for read in reads)
        until(self, told, 10)

    def test_languages(self):
        for language, title in (("en", "Statement of evidence"), ("zh-Hant", "證據說明"), ("zh-Hans", "证据说明")):
            parts = dict(parts_of(self.bundle("shipper", f"/v1/journeys/{BOX}/evidence?language={language}")))
            page = parts["statement.html"].decode()
            self.assertIn(f'<html lang="{language}">', page)
            self.assertIn(f"<h1>{title}</h1>", page)
            said = words_of(parts["statement.pdf"])
            if said:
                self.assertIn(title, said)
        self.assertEqual(self.world.ask("GET", f"/v1/journeys/{BOX}/evidence?language=tlh", "shipper").status, 400)

    def test_what_cannot_be_checked_is_said(self):
        policy = self.policy()
        self.assertEqual(command("verify", self.folder / "nothing").returncode, 2)
        self.assertEqual(command("verify", self.kept("text", b"no evidence")).returncode, 2)
        good = self.kept("good.zip", self.bundle("shipper"))
        self.assertEqual(command("verify", good, "--policy", self.kept("bad-policy", b"log nonsense\n")).returncode, 2)
        entry = next(event["entry"] for event in self.world.ask("GET", f"/v1/journeys/{BOX}", "shipper").json["events"])
        proof = self.kept("one.tlog-proof", self.world.ask("GET", f"/v1/entries/{entry}/proof", "shipper").body)
        bare = command("verify", proof)
        self.assertEqual(bare.returncode, 2)
        self.assertIn("--policy", bare.stderr)
        self.assertIn("HOLDS", command("verify", proof, "--policy", policy, check=0).stdout)
        self.assertEqual(command("verify", "-", stdin=good.read_bytes()).returncode, 0)
        self.assertEqual(command("evidence", "ABCU0000001", "-o", "-", "--url", self.world.server.url, "--key", self.world.keys["shipper"]).returncode, 1)


class Receipts(unittest.TestCase):
    """What the log promised whoever sent something, and whether that was kept."""

    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.folder = Path(tempfile.mkdtemp(prefix="fairway-receipts-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.line = self.server.add_party("Line", "carrier", "SMDG:OOL")
        self.policy = self.kept("policy.txt", self.server.get("/ledger/policy").body)

    def kept(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def sent(self, number, **more):
        answer = self.server.post_events([equipment_event(number, **more)], self.line)
        self.assertEqual(answer.status, 200, answer)
        text = answer.json["inclusion"]["receipt"]
        return self.kept(f"{number}.receipt.json", text), [entry["entry"] for entry in json.loads(text)["promise"]["entries"]]

    def bundle_of(self, entry):
        ask = lambda method, path, key: self.server.request(method, path, None, key)
        return self.kept(f"{entry}.zip", fetched(self, ask, f"/v1/entries/{entry}/evidence", self.line).body)

    def test_a_promise_that_was_kept(self):
        receipt, (entry,) = self.sent(1)
        promised = command("verify", receipt, "--policy", self.policy, check=0)
        self.assertIn(f"promised to have entry {entry} in its tree by 20", promised.stdout)
        kept = command("verify", receipt, "--policy", self.policy, "--bundle", self.bundle_of(entry), check=0)
        self.assertIn("honoured", kept.stdout)
        report = json.loads(command("verify", receipt, "--policy", self.policy, "--json", check=0).stdout)
        self.assertEqual((report["verdict"], report["kind"]), ("holds", "receipt"))

    def test_what_settles_nothing_is_no_proof(self):
        (receipt, (entry,)), (_, (other,)) = self.sent(1), self.sent(2)
        for option, file in (("--bundle", self.bundle_of(other)), ("--checkpoint", self.kept("note", self.server.get("/ledger/checkpoint").body))):
            done = command("verify", receipt, "--policy", self.policy, option, file)
            self.assertEqual(done.returncode, 1, done)
            self.assertIn(f"undecidable, entry {entry}", done.stdout)

    def test_errors_name_the_cure(self):
        receipt, _ = self.sent(1)
        bare = command("verify", receipt)
        self.assertEqual(bare.returncode, 2)
        self.assertIn("--policy", bare.stderr)
        changed = self.kept("changed.json", receipt.read_text().replace("MSCU", "TRHU").replace('"index":0', '"index":1'))
        self.assertEqual(command("verify", changed, "--policy", self.policy).returncode, 1)
        self.assertEqual(command("verify", receipt, "--policy", self.policy, "--checkpoint", self.folder / "nothing").returncode, 2)


class Verdicts(unittest.TestCase):
    """Good bundles and bad ones, each with what it must come to."""

    @classmethod
    def setUpClass(cls):
        wanted = os.environ.get("FAIRWAY_EVIDENCE_CASES")
        cls.folder = Path(wanted or tempfile.mkdtemp(prefix="fairway-cases-"))
        cls.folder.mkdir(parents=True, exist_ok=True)
        cls.keep = wanted is not None
        cls.server = Server().start()
        cls.line = cls.server.add_party("Line", "carrier", "SMDG:OOL")
        sent = cls.server.post_events([equipment_event(number, code=code) for number, code in enumerate(("GTIN", "LOAD", "DISC", "GTOT"))], cls.line)
        assert sent.status == 200, sent
        cls.cases = []

    @classmethod
    def tearDownClass(cls):
        if cls.keep:
            (cls.folder / "cases.json").write_text(json.dumps(cls.cases, indent=1) + "\n")
        else:
            shutil.rmtree(cls.folder, ignore_errors=True)
        cls.server.close()

    def case(self, name, data, verdict, policy="policy.txt"):
        """Writes it, and holds the program to the verdict."""
        path = self.folder / name
        path.write_bytes(data)
        self.cases.append({"file": name, "policy": policy, "verdict": verdict})
        options = ["--policy", self.folder / policy] if policy else []
        done = command("verify", path, *options)
        self.assertEqual(done.returncode, 0 if verdict == "holds" else 1, f"{name}: {done.stdout}{done.stderr}")
        self.assertIn("HOLDS" if verdict == "holds" else "FAILS", done.stdout)

    def good(self):
        def answer():
            got = self.server.get("/v1/journeys/MSCU1234566/evidence", self.line)
            return got.body if got.status == 200 else None
        return until(self, answer, 30)

    def test_all(self):
        (self.folder / "policy.txt").write_bytes(self.server.get("/ledger/policy").body)
        good = self.good()
        parts = parts_of(good)
        self.case("good.zip", good, "holds")
        self.case("good-own-policy.zip", good, "holds", policy=None)
        self.tampered(good, parts)
        with Server() as other:
            (self.folder / "other-policy.txt").write_bytes(until(self, lambda: other.get("/ledger/policy").body, 10))
            self.case("other-log.zip", good, "fails", policy="other-policy.txt")

    def tampered(self, good, parts):
        chosen = random.Random(7)
        for number, at in enumerate(sorted(chosen.sample(range(len(good)), 40))):
            changed = bytearray(good)
            changed[at] ^= 1 << chosen.randrange(8)
            self.case(f"byte-{number}.zip", bytes(changed), "fails")
        # The zip made anew, so that only what is in it can tell.
        for place, (name, data) in enumerate(parts):
            changed = bytearray(data)
            changed[len(data) // 2] ^= 1
            self.case(f"part-{place}.zip", zip_of([*parts[:place], (name, bytes(changed)), *parts[place + 1:]]), "fails")
            self.case(f"without-{place}.zip", zip_of([*parts[:place], *parts[place + 1:]]), "fails")
        self.case("swapped.zip", zip_of([*parts[:3], parts[4], parts[3], *parts[5:]]), "fails")
        self.case("added.zip", zip_of([*parts, ("more.txt", b"more")]), "fails")
        self.case("cut.zip", good[:-1], "fails")
        self.case("longer.zip", good + b"\0", "fails")
        self.case("date.zip", good.replace(b"\x21\x00", b"\x22\x00", 1), "fails")


if __name__ == "__main__":
    unittest.main()
