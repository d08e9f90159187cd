"""/v1/consignments: entered once, in versions, by whom; who sees what; sheets."""
import shutil
import unittest

from fairway import Server
from filing import FIELDS, Person, machine_of, send, two_sides


class Consignments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.regimes = two_sides()
        cls.server = Server(options=["--regime", cls.regimes]).start()
        cls.anna = Person(cls.server, "anna@sol.example", "Casa Sol", "shipper")
        cls.lee = Person(cls.server, "lee@lion.example", "Lion Traders", "shipper")
        cls.eve = Person(cls.server, "eve@rival.example", "Rival", "shipper")
        cls.port = cls.server.add_party("Port", "operator")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        shutil.rmtree(cls.regimes)

    def make(self, **more):
        answer = send(self.server, "POST", "/v1/consignments", {"fields": FIELDS, **more}, self.anna.key)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def get(self, made, who, path=""):
        return self.server.get(f"/v1/consignments/{made['id']}{path}", getattr(who, "key", who))

    def patch(self, made, fields, version, who=None, **headers):
        return send(self.server, "PATCH", f"/v1/consignments/{made['id']}", {"fields": fields, "recordVersion": version},
                    (who or self.anna).key, **headers)

    def value(self, made, path, who=None):
        return self.get(made, who or self.anna).json["record"]["fields"].get(path, {}).get("value")

    def test_what_a_person_types_says_so_and_what_a_machine_sends_too(self):
        made = self.make()
        record = made["record"]
        source = record["sources"][record["fields"]["grossMassKg"]["source"]]
        self.assertEqual((source["kind"], source["person"]), ("typed", self.anna.id))
        machine = machine_of(self.server, self.anna)
        sent = send(self.server, "POST", "/v1/consignments", {"fields": {"packages": "4"}}, machine).json["record"]
        source = sent["sources"][sent["fields"]["packages"]["source"]]
        self.assertEqual((source["kind"], source.get("person", "")), ("message", ""))

    def test_a_change_is_a_version_and_the_old_one_stays(self):
        made = self.make()
        changed = self.patch(made, {"grossMassKg": "1300", "invoice.amount": None}, 1)
        self.assertEqual(changed.json["recordVersion"], 2)
        self.assertEqual(changed.headers["etag"], '"2"')
        self.assertEqual(self.value(made, "grossMassKg"), "1300")
        self.assertIsNone(self.value(made, "invoice.amount"))
        self.assertEqual(self.get(made, self.anna, "?version=1").json["record"]["fields"]["grossMassKg"]["value"], "1200")
        self.assertEqual(self.get(made, self.anna, "?version=9").status, 404)
        versions = self.get(made, self.anna, "/versions").json["versions"]
        self.assertEqual([v["recordVersion"] for v in versions], [1, 2])
        self.assertEqual(versions[1]["changed"], ["invoice.amount", "grossMassKg"] if versions[1]["changed"][0].startswith("inv") else
                         ["grossMassKg", "invoice.amount"])
        self.assertEqual(versions[1]["person"], self.anna.id)
        first = self.get(made, self.anna, "/versions?limit=1").json
        self.assertEqual([v["recordVersion"] for v in self.get(made, self.anna, f"/versions?cursor={first['next']}").json["versions"]], [2])

    def test_who_is_slower_hears_of_it(self):
        made = self.make()
        self.assertEqual(self.patch(made, {"packages": "3"}, 1).status, 200)
        late = self.patch(made, {"packages": "4"}, 1)
        self.assertEqual((late.status, late.json["code"]), (409, "conflict"))
        self.assertEqual(self.value(made, "packages"), "3")
        blind = send(self.server, "PATCH", f"/v1/consignments/{made['id']}", {"fields": {"packages": "5"}}, self.anna.key)
        self.assertEqual(blind.status, 400)
        by_tag = send(self.server, "PATCH", f"/v1/consignments/{made['id']}", {"fields": {"packages": "5"}}, self.anna.key, **{"If-Match": '"2"'})
        self.assertEqual(by_tag.status, 200, by_tag)

    def test_a_wrong_field_changes_nothing_and_is_named(self):
        made = self.make()
        wrong = self.patch(made, {"packages": "7", "grossMasKg": "1"}, 1)
        self.assertEqual(wrong.status, 400)
        self.assertIn("grossMas", wrong.json["detail"])
        self.assertIsNone(self.value(made, "packages"))

    def test_a_reference_is_of_one_consignment(self):
        made = self.make(reference="PO-1")
        again = send(self.server, "POST", "/v1/consignments", {"reference": "PO-1"}, self.anna.key)
        self.assertEqual((again.status, again.json["detail"]), (409, made["id"]))
        self.assertEqual(send(self.server, "POST", "/v1/consignments", {"reference": "PO-1"}, self.eve.key).status, 201, "another's")
        found = self.server.get("/v1/consignments?q=po-1", self.anna.key).json["consignments"]
        self.assertEqual([one["id"] for one in found], [made["id"]])

    def test_strangers_see_nothing_and_the_operators_look_is_noted(self):
        made = self.make()
        for path in ("", "/plan", "/versions", "?version=1"):
            self.assertEqual(self.get(made, self.eve, path).status, 404, path)
        self.assertEqual(self.patch(made, {"packages": "1"}, 1, self.eve).status, 404)
        self.assertNotIn(made["id"], self.server.get("/v1/consignments", self.eve.key).body.decode())
        self.assertEqual(self.get(made, self.port).json["part"], "operator")
        self.assertEqual(send(self.server, "PATCH", f"/v1/consignments/{made['id']}", {"fields": {"packages": "1"}, "recordVersion": 1},
                              self.port).status, 403)
        reads = self.server.get("/v1/access-log", self.anna.key).json["reads"]
        self.assertIn(("filing", "operator", [f"consignment:{made['id']}"]), [(r["channel"], r["basis"], r["references"]) for r in reads])

    def test_a_participant_sees_what_its_own_forms_use(self):
        made = self.make(reference="SECRET-7", participants=[{"party": self.lee.party, "regimes": ["sg"], "edits": True}])
        seen = self.get(made, self.lee).json
        self.assertEqual(set(seen["record"]["fields"]), {"consignee.name", "grossMassKg"})
        self.assertNotIn("SECRET-7", str(seen))
        source = seen["record"]["sources"][seen["record"]["fields"]["grossMassKg"]["source"]]
        self.assertEqual(source.get("person", ""), "", "which person of another organisation typed it")
        refused = self.patch(made, {"invoice.amount": "1"}, 1, self.lee)
        self.assertEqual((refused.status, refused.json["detail"]), (403, "invoice.amount"))
        self.assertEqual(self.patch(made, {"grossMassKg": "1250"}, 1, self.lee).status, 200)
        self.assertEqual(self.value(made, "grossMassKg"), "1250")
        versions = self.get(made, self.lee, "/versions").json["versions"]
        self.assertEqual([v["changed"] for v in versions], [["consignee.name", "grossMassKg"], ["grossMassKg"]])
        self.assertEqual(send(self.server, "PUT", f"/v1/consignments/{made['id']}/participants", {"participants": []}, self.lee.key).status, 403)
        gone = send(self.server, "PUT", f"/v1/consignments/{made['id']}/participants", {"participants": []}, self.anna.key)
        self.assertEqual(gone.status, 200, gone)
        self.assertEqual(self.get(made, self.lee).status, 404)

    def test_each_side_plans_its_own(self):
        made = self.make(participants=[{"party": self.lee.party, "regimes": ["sg"]}])
        ours, theirs = self.get(made, self.anna, "/plan").json, self.get(made, self.lee, "/plan").json
        self.assertEqual({f["key"] for f in ours["filings"]}, {"mo/out", "mo/road@1"})
        self.assertEqual([(o["key"], o["party"]["id"]) for o in ours["others"]], [("sg/in", self.lee.party)])
        self.assertEqual({f["key"] for f in theirs["filings"]}, {"sg/in"})
        self.assertEqual(theirs["others"], [])
        self.assertNotIn("5000", str(theirs))
        self.assertGreater(ours["typing"]["total"], 0)

    def test_two_do_not_file_for_one_regime(self):
        both = [{"party": self.lee.party, "regimes": ["sg"]}, {"party": self.eve.party, "regimes": ["sg"]}]
        self.assertEqual(send(self.server, "POST", "/v1/consignments", {"participants": both}, self.anna.key).status, 400)
        unknown = [{"party": self.lee.party, "regimes": ["xx"]}]
        self.assertEqual(send(self.server, "POST", "/v1/consignments", {"participants": unknown}, self.anna.key).status, 400)

    def test_a_machine_confirms_nothing(self):
        made = self.make()
        target, body = f"/v1/consignments/{made['id']}/confirmations", {"paths": ["grossMassKg"]}
        refused = send(self.server, "POST", target, body, machine_of(self.server, self.anna))
        self.assertEqual(refused.status, 403)
        self.assertIn("/v1/me/keys", refused.json["hint"])
        confirmed = send(self.server, "POST", target, body, self.anna.key)
        self.assertEqual(confirmed.json["record"]["fields"]["grossMassKg"]["confirmed"]["person"], self.anna.id)

    def test_two_hundred_house_bills_in_one_sheet(self):
        heading = "reference,consignor.name,consignee.name,grossMassKg,goods.description\n"
        rows = [f"HBL{n:03},Casa Sol,Lion Traders,{100 + n},Tiles\n" for n in range(200)]
        rows[17] = "HBL017,Casa Sol,Lion Traders,heavy,Tiles\n"
        csv = {"Content-Type": "text/csv"}
        answer = self.server.request("POST", "/v1/consignments?file=bills.csv", heading + "".join(rows), self.anna.key, csv)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.json["created"], answer.json["refused"]), (199, 1))
        refused = [one for one in answer.json["consignments"] if one["status"] == "refused"]
        self.assertEqual((refused[0]["reference"], refused[0]["findings"][0]["field"]), ("HBL017", "D19"))
        one = answer.json["consignments"][0]
        record = self.get(one, self.anna).json["record"]
        source = record["sources"][record["fields"]["grossMassKg"]["source"]]
        self.assertEqual((source["kind"], "bills.csv" in source["document"]), ("sheet", True))
        again = self.server.request("POST", "/v1/consignments", heading + rows[0] + rows[1].replace("101", "999"), self.anna.key, csv).json
        self.assertEqual([(c["status"], c["problem"]["detail"]) for c in again["consignments"]][0], ("refused", one["id"]))
        again = self.server.request("POST", "/v1/consignments?replace=yes", heading + rows[0] + rows[1].replace("101", "999"), self.anna.key, csv).json
        self.assertEqual((again["created"], again["replaced"]), (0, 2))
        self.assertEqual(self.value(again["consignments"][1], "grossMassKg"), "999")
        self.assertEqual(self.get(one, self.anna).json["recordVersion"], 1, "nothing in it had changed")


if __name__ == "__main__":
    unittest.main()
