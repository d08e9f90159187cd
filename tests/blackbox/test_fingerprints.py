"""Fingerprints of documents: the second bank is told that it was registered before and on what day, and not by whom."""
import datetime
import json
import unittest

from fairway import Served, command


class Fingerprints(Served):
    PARTIES = {"port": ("Port", "operator"), "north": ("Bank of the North", "bank"), "south": ("Bank of the South", "bank"),
               "insurer": ("Mutual", "insurer"), "line": ("Line", "carrier", "SMDG:OOL")}

    def fingerprint(self, key, text, *options, check=0):
        done = command("fingerprint", "-", *options, "--url", self.server.url, "--key", key, stdin=text.encode(), check=check)
        return json.loads(done.stdout) if check == 0 else done

    def test_the_second_is_told_of_the_first_without_a_name(self):
        today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        document = "bill of lading 4711"
        first = self.fingerprint(self.north, document, "--register", "--kind", "bill_of_lading")
        self.assertEqual(first["others"], {"count": 0})
        before = self.fingerprint(self.south, document, "--check")
        second = self.fingerprint(self.south, document, "--register")
        for told in (before, second):
            self.assertIn(told["others"]["first"], (today, (datetime.date.fromisoformat(today) + datetime.timedelta(1)).isoformat()))
            self.assertEqual(told["others"]["count"], 1)
            self.assertEqual(told["fingerprint"], first["fingerprint"])
        me = self.server.get("/v1/me", self.north).json
        for told in (before, second, self.server.get("/v1/fingerprints", self.south).json):
            text = json.dumps(told)
            for secret in ("North", me["party"]["id"], "pty_", "bill_of_lading", first["registered"]):
                self.assertNotIn(secret, text)
        own = self.server.get("/v1/fingerprints", self.north).json["fingerprints"]
        mine = next(one for one in own if one["fingerprint"] == first["fingerprint"])
        self.assertEqual(mine["others"]["count"], 1, "the first is told of the second")
        self.assertNotIn("pty_", json.dumps(own))
        self.fingerprint(self.north, document, "--withdraw")
        self.assertEqual(self.fingerprint(self.insurer, document, "--check")["others"]["count"], 1)
        self.assertEqual(self.fingerprint(self.south, document, "--check"), {"fingerprint": first["fingerprint"], "own": True, "others": {"count": 0}})

    def test_one_byte_makes_another_document_and_a_number_has_many_spellings(self):
        self.assertNotEqual(self.fingerprint(self.north, "a"), self.fingerprint(self.north, "a "))
        self.assertEqual(self.fingerprint(self.north, "a"), self.fingerprint(self.insurer, "a"))

        def numbered(key, number):
            done = command("fingerprint", "--carrier", "mscu", "--number", number, "--url", self.server.url, "--key", key, check=0)
            return json.loads(done.stdout)["fingerprint"]
        self.assertEqual(numbered(self.north, "BL 123-456"), numbered(self.south, "bl123456"))
        self.assertNotEqual(numbered(self.north, "BL123456"), numbered(self.south, "BL123457"))

    def test_the_key_is_one_and_stays(self):
        keys = {self.server.get("/v1/fingerprints/key", key).json["publicKey"] for key in (self.north, self.south, self.insurer)}
        self.assertEqual(len(keys), 1)
        before = self.fingerprint(self.north, "kept", "--public-key", keys.copy().pop())
        self.server.stop()
        self.server.start()
        self.assertEqual(self.fingerprint(self.north, "kept"), before)
        refused = self.fingerprint(self.north, "kept", "--public-key", "AAAA", check=1)
        self.assertIn("another key", refused.stderr)

    def test_what_is_refused(self):
        for key in (self.port, self.line):
            self.assertEqual(self.server.get("/v1/fingerprints", key).status, 403)
            self.assertEqual(self.server.request("POST", "/v1/fingerprints/evaluate", '{"blinded":""}', key).status, 403)
        identity = '{"blinded":"' + "A" * 43 + '="}'
        for body in ("", "[]", "{}", identity, '{"blinded":"AA=="}', '{"blinded":"????"}'):
            self.assertEqual(self.server.request("POST", "/v1/fingerprints/evaluate", body, self.north).status, 400, body)
        for body in ('{"fingerprint":"' + "A" * 64 + '"}', '{"fingerprint":1}', '{"fingerprint":"' + "a" * 64 + '","expires":"2020-01-01T00:00:00Z"}'):
            self.assertEqual(self.server.request("POST", "/v1/fingerprints", body, self.north).status, 400, body)
        self.assertEqual(self.server.request("DELETE", "/v1/fingerprints/" + "a" * 64, key=self.north).status, 404)

    def test_no_event_and_no_journey_of_it(self):
        self.fingerprint(self.north, "quiet", "--register")
        self.assertNotIn("fingerprint", self.server.get("/v1/export", self.line).body.decode())


if __name__ == "__main__":
    unittest.main()
