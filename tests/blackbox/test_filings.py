"""/v1/filings: drafted, checked, confirmed by named persons, lodged with an authority, answered, amended; each side sees only its own."""
import datetime
import unittest

from fairway import until
from filing import WithAuthority, send


class Filings(WithAuthority):
    def test_from_draft_to_accepted(self):
        filing, lodgement = self.lodged(self.consignment())
        self.assertEqual(len(self.authority.letters[lodgement]), 1)
        self.authority.say(lodgement, "accepted", number="MO-1")
        accepted = self.until_state(filing, "accepted")
        self.assertEqual(accepted["number"], "MO-1")
        self.assertEqual([answer["status"] for answer in accepted["answers"]], ["accepted"])
        self.assertEqual({g["confirmed"]["person"] for g in accepted["groups"]}, {self.anna.id})
        self.assertEqual({g["confirmed"]["name"] for g in accepted["groups"]}, {"Anna"})

    def test_a_machine_neither_confirms_nor_lodges(self):
        filing = self.draft(self.consignment(), "mo/out")[0]["id"]
        digest = self.step(filing, "check", key=self.machine).json["digest"]
        for what, body in (("confirmations", {"groups": ["goods"], "digest": digest}), ("lodgements", {})):
            refused = self.step(filing, what, body, self.machine)
            self.assertEqual((refused.status, refused.json["code"]), (403, "forbidden"), what)
            self.assertIn("/v1/me/keys", refused.json["hint"])
        batch = send(self.server, "POST", "/v1/filings/batch", {"action": "lodge", "filings": [filing]}, self.machine)
        self.assertEqual(batch.status, 403)
        self.assertEqual(self.get(filing).json["state"], "checked")

    def test_nothing_unconfirmed_is_lodged_and_what_was_seen_is_confirmed(self):
        filing = self.draft(self.consignment(), "mo/out")[0]["id"]
        self.assertEqual(self.step(filing, "lodgements").status, 409)
        seen = self.step(filing, "check").json
        self.assertEqual(self.step(filing, "confirmations", {"groups": ["goods"]}).status, 400, "no digest")
        self.assertEqual(self.step(filing, "confirmations", {"groups": ["goods"], "digest": "00"}).status, 409, "another draft")
        some = self.step(filing, "confirmations", {"groups": ["goods", "parties"], "digest": seen["digest"]}).json
        self.assertEqual([g["group"] for g in some["groups"] if "confirmed" not in g], ["values"])
        self.assertEqual(self.step(filing, "lodgements").status, 409)
        withdrawn = self.server.request("DELETE", f"/v1/filings/{filing}/confirmations/goods", key=self.anna.key).json
        self.assertEqual({g["group"] for g in withdrawn["groups"] if "confirmed" in g}, {"parties"})

    def test_what_is_wrong_is_found_before_it_is_lodged(self):
        filing = self.draft(self.consignment(**{"grossMassKg": "0"}), "mo/out")[0]["id"]
        checked = self.step(filing, "check").json
        self.assertEqual(checked["state"], "draft")
        found = [f for f in checked["findings"] if f["rule"] == "MO1"][0]
        self.assertEqual((found["weight"], found["path"], found["source"]), ("blocking", "grossMassKg", "Law 7/2003"))
        self.assertEqual(self.confirm(filing).status, 409)
        self.assertEqual(checked["next"], "mend")

    def test_a_change_of_the_record_makes_an_amendment(self):
        consignment = self.consignment()
        filing, lodgement = self.lodged(consignment)
        self.authority.say(lodgement, "accepted", number="MO-2")
        self.until_state(filing, "accepted")
        unused = send(self.server, "PATCH", f"/v1/consignments/{consignment}", {"fields": {"marks": "SOL"}, "recordVersion": 1}, self.anna.key)
        self.assertEqual(unused.status, 200, unused)
        self.assertFalse(self.get(filing).json["stale"], "a field that it does not use")
        send(self.server, "PATCH", f"/v1/consignments/{consignment}", {"fields": {"grossMassKg": "1201"}, "recordVersion": 2}, self.anna.key)
        stale = self.get(filing).json
        self.assertTrue(stale["stale"])
        self.assertEqual(stale["next"], "amend")
        listed = self.server.get("/v1/filings?stale=yes", self.anna.key).json["filings"]
        self.assertIn(filing, [one["id"] for one in listed])
        self.assertEqual(self.step(filing, "lodgements", {"kind": "amendment", "reason": "weighed again"}).status, 409, "not checked")
        self.step(filing, "check")
        self.assertEqual(self.confirm(filing).status, 200)
        self.assertEqual(self.step(filing, "lodgements", {"kind": "amendment"}).status, 400, "no reason")
        amended = self.step(filing, "lodgements", {"kind": "amendment", "reason": "weighed again"})
        self.assertEqual(amended.status, 202, amended)
        second = amended.json["lodgements"][-1]["id"]
        until(self, lambda: second in self.authority.letters)
        self.assertIn(b"1201", self.authority.letters[second][0])
        self.authority.say(second, "amended", number="MO-2")
        until(self, lambda: self.get(filing).json["lodgements"][-1].get("outcome") == "amended")

    def test_a_rejection_is_mended(self):
        filing, lodgement = self.lodged(self.consignment())
        self.authority.say(lodgement, "rejected", text="no such exporter", remarks=[{"field": "consignor", "text": "unknown"}])
        rejected = self.until_state(filing, "rejected")
        self.assertEqual(rejected["answers"][0]["remarks"], [{"field": "consignor", "text": "unknown"}])
        first = self.server.get("/v1/filings?order=attention&limit=1", self.anna.key).json["filings"][0]
        self.assertEqual(first["state"], "rejected")

    def test_each_side_sees_only_its_own(self):
        consignment = self.consignment([{"party": self.lee.party, "regimes": ["sg"]}])
        ours = [one["id"] for one in self.draft(consignment)]
        theirs = [one["id"] for one in self.draft(consignment, who=self.lee)]
        self.assertEqual((len(ours), len(theirs)), (2, 1))
        for filing, who in ((ours[0], self.lee), (theirs[0], self.anna)):
            self.assertEqual(self.get(filing, who).status, 404)
            self.assertEqual(self.step(filing, "check", key=who.key).status, 404)
        self.assertEqual(send(self.server, "POST", "/v1/filings", {"consignment": consignment, "forms": ["sg/in"]}, self.anna.key).status, 409)
        listed = {one["id"] for one in self.server.get(f"/v1/filings?consignment={consignment}", self.anna.key).json["filings"]}
        self.assertEqual(listed, set(ours))
        self.assertEqual(self.server.get(f"/v1/filings/{theirs[0]}", self.port).status, 200)
        self.assertEqual(self.step(theirs[0], "check", key=self.port).status, 403)

    def test_what_differs_between_the_sides_is_told_without_the_others_words(self):
        consignment = self.consignment([{"party": self.lee.party, "regimes": ["sg"]}])
        self.draft(consignment)
        theirs = self.draft(consignment, who=self.lee)[0]["id"]
        laid = send(self.server, "PATCH", f"/v1/filings/{theirs}", {"fields": {"gross": "987654"}}, self.lee.key)
        self.assertEqual(laid.status, 200, laid)
        plan = self.server.get(f"/v1/consignments/{consignment}/plan", self.anna.key)
        self.assertIn("X1", [found["rule"] for found in plan.json["across"]])
        self.assertNotIn(b"987654", plan.body)

    def test_many_at_once(self):
        filings = [self.draft(self.consignment(), "mo/out")[0]["id"] for _ in range(5)]
        act = lambda body: send(self.server, "POST", "/v1/filings/batch", body, self.anna.key).json
        checked = act({"action": "check", "filings": filings})
        self.assertEqual((checked["done"], checked["refused"]), (5, 0))
        seen = [{"id": r["id"], "digest": r["filing"]["digest"]} for r in checked["results"]]
        seen[4]["digest"] = "00"
        confirmed = act({"action": "confirm", "filings": seen})
        self.assertEqual([r["ok"] for r in confirmed["results"]], [True, True, True, True, False])
        lodged = act({"action": "lodge", "filings": filings})
        self.assertEqual((lodged["done"], lodged["refused"]), (4, 1))
        self.assertEqual(lodged["results"][4]["problem"]["code"], "conflict")
        for filing in filings[:4]:
            self.until_state(filing, "lodged")

    def test_a_draft_is_made_once(self):
        consignment = self.consignment()
        first, again = self.draft(consignment, "mo/out"), self.draft(consignment, "mo/out")
        self.assertEqual(first[0]["id"], again[0]["id"])
        self.assertEqual(send(self.server, "POST", "/v1/filings", {"consignment": consignment, "forms": ["mo/nothing"]}, self.anna.key).status, 409)

    def test_formats(self):
        filing = self.draft(self.consignment(), "mo/out")[0]["id"]
        official = self.server.get(f"/v1/filings/{filing}?format=official", self.anna.key)
        self.assertEqual(official.json["fields"]["gross"], "1200")
        self.assertEqual(self.server.get(f"/v1/filings/{filing}?format=clay", self.anna.key).status, 400)


class Bundles(WithAuthority):
    def bundle(self, crossing_minutes, key=None, **what):
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=crossing_minutes)
        return send(self.server, "POST", "/v1/bundles", {"vehicle": "MO1234", "crossing": at.strftime("%Y-%m-%dT%H:%M:%SZ"), **what},
                    key or self.anna.key)

    def test_in_time_and_by_number(self):
        filing, lodgement = self.lodged(self.consignment(), "mo/road@1")
        self.assertEqual(self.bundle(60, filings=[filing]).status, 409, "not accepted yet")
        self.authority.say(lodgement, "accepted", number="CCRN0001")
        self.until_state(filing, "accepted")
        late = self.bundle(29, filings=[filing])
        self.assertEqual(late.status, 409)
        self.assertIn("30 are the least", late.json["detail"])
        self.assertEqual(self.bundle(60, key=self.lee.key, filings=[filing]).status, 404, "another's filing")
        bundled = self.bundle(60, key=self.lee.key, numbers=["CCRN0001"])
        self.assertEqual(bundled.status, 201, bundled)
        self.assertEqual(self.bundle(60, filings=[filing]).status, 409, "bundled already")
        self.assertEqual(self.server.get(f"/v1/bundles/{bundled.json['id']}", self.anna.key).status, 404, "the haulier's")
        undone = self.server.request("DELETE", f"/v1/bundles/{bundled.json['id']}", key=self.lee.key)
        self.assertEqual(undone.json["state"], "unbundled")
        self.assertEqual(self.bundle(31, filings=[filing]).status, 201)


if __name__ == "__main__":
    unittest.main()
