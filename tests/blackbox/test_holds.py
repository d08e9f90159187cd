"""/v1/holds: an authority holds, those who have to know acknowledge, what depends on it waits; the authority releases."""
import datetime
import time
import unittest

from fairway import until
from filing import Person, WithAuthority, send


class Holds(WithAuthority):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customs = Person(cls.server, "ho@customs.example", "Customs", "authority")

    def place(self, key=None, **more):
        return send(self.server, "POST", "/v1/holds",
                    {"kind": "detention", "notice": "N1", "scope": ["equipment:MSKU1234565"], "reason": "examination", "place": "Pier 3",
                     "addressees": [self.anna.party, self.lee.party], "text": "keep it there", **more}, key or self.customs.key)

    def bundle(self, filing):
        at = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return send(self.server, "POST", "/v1/bundles", {"vehicle": "MO1", "crossing": at, "filings": [filing]}, self.anna.key)

    def test_a_hold_blocks_bundling_within_a_second_until_it_is_released(self):
        fields = {"containers[1].number": "MSKU1234565"}
        filing, lodgement = self.lodged(self.consignment(**fields), "mo/road@1")
        self.authority.say(lodgement, "accepted", number="CCRN0002")
        self.until_state(filing, "accepted")
        hold = self.place()
        self.assertEqual(hold.status, 201, hold)
        placed = time.monotonic()
        refused = self.bundle(filing)
        self.assertLess(time.monotonic() - placed, 1)
        self.assertEqual(refused.status, 409)
        self.assertIn("N1", refused.json["detail"])
        released = send(self.server, "POST", f"/v1/holds/{hold.json['id']}/release", {"text": "in order"}, self.customs.key)
        self.assertEqual((released.json["stands"], released.json["releaseText"]), (False, "in order"))
        self.assertEqual(until(self, lambda: self.bundle(filing), 5).status, 201)

    def test_addressees_acknowledge_by_a_person(self):
        hold = self.place(scope=["transport_document:MOL1"]).json["id"]
        target = f"/v1/holds/{hold}/acknowledgements"
        self.assertEqual(send(self.server, "POST", target, {}, self.machine).status, 403)
        seen = send(self.server, "POST", target, {}, self.anna.key)
        self.assertEqual([(a["party"]["id"], a["person"]) for a in seen.json["acknowledgements"]], [(self.anna.party, self.anna.id)])
        told = self.server.get(f"/v1/holds/{hold}", self.customs.key).json["acknowledgements"][0]
        self.assertEqual(told["party"]["id"], self.anna.party)
        self.assertNotIn("person", told)
        self.assertEqual(send(self.server, "POST", target, {}, self.customs.key).status, 403, "not addressed to it")
        listed = self.server.get("/v1/holds?standing=yes", self.lee.key).json["holds"]
        self.assertIn(hold, [one["id"] for one in listed])

    def test_only_authorities_hold_and_only_the_one_that_did_releases(self):
        self.assertEqual(self.place(self.anna.key).status, 403)
        hold = self.place(scope=["transport_document:MOL2"], addressees=[self.lee.party]).json["id"]
        self.assertEqual(self.server.get(f"/v1/holds/{hold}", self.anna.key).status, 404)
        self.assertEqual(send(self.server, "POST", f"/v1/holds/{hold}/release", {}, self.lee.key).status, 403)
        other = Person(self.server, "fu@police.example", "Police", "authority")
        self.assertEqual(send(self.server, "POST", f"/v1/holds/{hold}/release", {}, other.key).status, 404)

    def test_what_is_no_hold_is_refused(self):
        for wrong in ({"kind": "maybe"}, {"scope": []}, {"scope": ["nonsense"]}, {"addressees": []}, {"addressees": ["pty_nobody"]}):
            self.assertIn(self.place(**wrong).status, (400, 404), wrong)


if __name__ == "__main__":
    unittest.main()
