"""The journeys J1, J2, J5 and J7 from end to end: on the regimes of Hong Kong and the Mainland as they are in the program, with a simulated
authority at the end of either channel. What a step does in detail is tested elsewhere; here the steps have to fit each other."""
import datetime
import json
import shutil
import tempfile
import time
import unittest
from pathlib import Path

from fairway import ROOT, Server, command, until
from filing import JSON, Person, machine_of, send
from test_identity import PASSWORD, Browser, invite
from test_lodgement import Office

SECONDS = 30


def later(**span):
    """An instant so long from now, as the land boundary writes it."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    return (datetime.datetime.now(zone) + datetime.timedelta(**span)).isoformat(timespec="seconds")


def by_road(number=1, **more):
    """Toys from Shenzhen that stay in Hong Kong, as somebody's machine enters them."""
    crossing = later(hours=6)
    return {"consignor.name": "Shenzhen Works Ltd", "consignor.address": "8 Shennan Road, Shenzhen", "consignor.country": "CN",
            "consignee.name": "Wing On Toys Ltd", "consignee.address": "12/F, 88 Queen's Road Central, Hong Kong", "consignee.country": "HK",
            "consignee.br": "12345678", "placeOfOrigin": "CNSZX", "placeOfDelivery": "HKHKG",
            "packages": "10", "packageType": "CT", "grossMassKg": str(100 + number), "netMassKg": "90",
            "invoice.number": f"INV-{number}", "invoice.currency": "HKD", "invoice.amount": "1200", "invoice.incoterm": "CIF",
            "goods[1].description": "Toys", "goods[1].hs": "950300", "goods[1].hkhs": "95030000", "goods[1].quantity": "100",
            "goods[1].unit": "H87", "goods[1].originCountry": "CN", "goods[1].amount": "1200", "goods[1].packages": "10",
            "legs[1].mode": "ROAD", "legs[1].from": "CNSZX", "legs[1].to": "HKHKG", "legs[1].vehicle": "AB1234", "legs[1].controlPoint": "LMC",
            "legs[1].document": f"RM{number:08d}", "legs[1].departure": later(hours=3), "legs[1].arrival": crossing, **more}


class Journey(unittest.TestCase):
    """A server of its own, the offices of both customs, and those who take part."""
    REGIMES = ()

    def setUp(self):
        self.offices = {name: Office("--release-after", "3600000").start() for name in ("hk-tsw", "cn-sw")}
        for office in self.offices.values():
            self.addCleanup(office.close)
        authorities = [word for name, office in self.offices.items() for word in ("--authority", f"{name}={office.url}")]
        self.server = Server(options=[*authorities, *self.REGIMES])
        self.addCleanup(self.server.close)
        self.server.start()

    def ask(self, who, method, target, body=None, status=200):
        answer = self.server.request(method, target, None if body is None else json.dumps(body), getattr(who, "key", who), JSON)
        self.assertEqual(answer.status, status, (method, target, answer))
        return answer.json if answer.body else None

    def consignment(self, who, fields, **more):
        return self.ask(who, "POST", "/v1/consignments", {"fields": fields, **more}, 201)["id"]

    def batch(self, who, action, filings, **more):
        answer = self.ask(who, "POST", "/v1/filings/batch", {"action": action, "filings": filings, **more})
        self.assertEqual(answer["refused"], 0, [r for r in answer["results"] if not r["ok"]][:2])
        return [result["filing"] for result in answer["results"]]

    def draft(self, who, consignment, form):
        return self.ask(who, "POST", "/v1/filings", {"consignment": consignment, "forms": [form]}, 201)["filings"][0]["id"]

    def get(self, who, filing):
        return self.ask(who, "GET", f"/v1/filings/{filing}")

    def confirm(self, who, filing):
        seen = self.get(who, filing)
        groups = [group["group"] for group in seen["groups"]]
        return self.ask(who, "POST", f"/v1/filings/{filing}/confirmations",
                        {"groups": groups, "lookedAt": groups, "digest": seen["digest"]})

    def until_state(self, who, filing, *states):
        return until(self, lambda: next((f for f in [self.get(who, filing)] if f["state"] in states), None), SECONDS,
                     state=lambda: str(self.get(who, filing)["state"]))

    def lodge(self, who, filing, **how):
        """Confirmed and on its way."""
        checked = self.ask(who, "POST", f"/v1/filings/{filing}/check", {})
        self.assertEqual([f for f in checked["findings"] if f["weight"] == "blocking"], [])
        self.confirm(who, filing)
        return self.ask(who, "POST", f"/v1/filings/{filing}/lodgements", {"kind": "original", **how}, 202)

    def road_cargo(self, who, number=1, **fields):
        """Accepted advance information: (consignment, filing, its CCRN)."""
        consignment = self.consignment(who, by_road(number, **fields))
        filing = self.draft(who, consignment, "hk/aci@1")
        self.lodge(who, filing)
        return consignment, filing, self.until_state(who, filing, "accepted")["number"]

    def bundle(self, who, crossing, status, vehicle="AB1234", **what):
        return self.ask(who, "POST", "/v1/bundles", {"vehicle": vehicle, "crossing": crossing, "controlPoint": "LMC", **what}, status)

    def milestones(self, who, reference):
        answer = self.server.journey(reference, getattr(who, "key", who))
        return [event["milestone"] for event in answer.json["events"]] if answer.status == 200 else []


class Forwarder(Journey):
    """J2."""
    BILLS = 200

    def test_two_hundred_house_bills_in_one_sheet_and_their_advance_information_in_one_batch(self):
        self.forwarder = Person(self.server, "fong@consol.example", "Consol Forwarding", "forwarder")
        names = [name for name in by_road() if name not in ("grossMassKg", "legs[1].document")]
        plain = [name.replace("[1]", "") for name in names]
        crossing = by_road()
        rows = [",".join(["reference", "grossMassKg", "legs.document", *plain])]
        quoted = ",".join('"' + crossing[name].replace('"', '""') + '"' for name in names)
        rows += [f"HBL{n:03},{100 + n},RM{n:08d},{quoted}" for n in range(self.BILLS)]
        sheet = self.server.request("POST", "/v1/consignments?file=bills.csv", "\n".join(rows) + "\n", self.forwarder.key, {"Content-Type": "text/csv"})
        self.assertEqual((sheet.status, sheet.json["created"], sheet.json["refused"]), (200, self.BILLS, 0), sheet)
        consignments = [one["id"] for one in sheet.json["consignments"]]

        filings = []
        for consignment in consignments:
            plan = self.ask(self.forwarder, "GET", f"/v1/consignments/{consignment}/plan")
            keys = {filing["key"] for filing in plan["filings"]}
            self.assertLessEqual({"hk/aci@1", "hk/1"}, keys)
            self.assertEqual(plan["typing"]["typed"], 0)
            filings.append(self.draft(self.forwarder, consignment, "hk/aci@1"))
        self.assertEqual(len(set(filings)), self.BILLS)

        checked = self.batch(self.forwarder, "check", filings)
        self.assertEqual({filing["state"] for filing in checked}, {"checked"})
        self.batch(self.forwarder, "confirm", [{"id": filing["id"], "digest": filing["digest"]} for filing in checked])
        self.batch(self.forwarder, "lodge", filings)

        def accepted():
            found, cursor = {}, ""
            while cursor is not None:
                page = self.ask(self.forwarder, "GET", f"/v1/filings?state=accepted&limit=100{cursor}")
                found |= {filing["id"]: filing["number"] for filing in page["filings"]}
                cursor = f"&cursor={page['next']}" if page.get("next") else None
            return found if len(found) == self.BILLS else None

        numbers = until(self, accepted, SECONDS)
        self.assertEqual(set(numbers), set(filings))
        self.assertEqual(len(set(numbers.values())), self.BILLS)
        self.assertTrue(all(number.startswith("CCRN") for number in numbers.values()))
        told = self.offices["hk-tsw"].letters()
        self.assertEqual((len(told["letters"]), told["lodgedTwice"], told["differing"]), (self.BILLS, [], []))

    def test_what_is_bundled_is_unbundled_amended_and_bundled_again(self):
        forwarder = Person(self.server, "fong@consol.example", "Consol Forwarding", "forwarder")
        haulier = Person(self.server, "wong@swift.example", "Swift Haulage", "haulier")
        consignment, filing, number = self.road_cargo(forwarder)
        crossing = later(hours=6)
        bundled = self.bundle(haulier, crossing, 201, numbers=[number])
        self.ask(forwarder, "PATCH", f"/v1/consignments/{consignment}", {"fields": {"grossMassKg": "150"}, "recordVersion": 1})
        stale = self.get(forwarder, filing)
        self.assertTrue(stale["stale"])

        for step, body in (("check", {}), ("lodgements", {"kind": "amendment", "reason": "weighed again"})):
            refused = self.ask(forwarder, "POST", f"/v1/filings/{filing}/{step}", body, 409)
            self.assertIn(bundled["id"], json.dumps(refused))
            self.assertIn("unbundle", refused["hint"])
        self.assertEqual(len(self.offices["hk-tsw"].letters()["letters"]), 1)

        self.assertEqual(self.ask(haulier, "DELETE", f"/v1/bundles/{bundled['id']}")["state"], "unbundled")
        self.bundle(haulier, crossing, 409, numbers=[number])  # stale: amended first
        self.lodge(forwarder, filing, kind="amendment", reason="weighed again")
        amended = until(self, lambda: next((f for f in [self.get(forwarder, filing)] if f["lodgements"][-1].get("outcome") == "amended"), None), SECONDS)
        self.assertEqual((amended["state"], amended["number"], amended["stale"]), ("accepted", number, False))
        again = self.bundle(haulier, crossing, 201, numbers=[number])
        self.assertEqual((again["state"], again["filings"]), ("bundled", [filing]))


class Haulier(Journey):
    """J5."""

    def test_from_the_number_to_the_crossing(self):
        shipper = Person(self.server, "yu@toys.example", "Shenzhen Works", "shipper")
        swift = Person(self.server, "wong@swift.example", "Swift Haulage", "haulier")
        rival = Person(self.server, "ho@rival.example", "Rival Haulage", "haulier")
        box = "MSCU1234566"
        _, filing, number = self.road_cargo(shipper, **{"containers[1].number": box, "containers[1].load": "FULL"})

        late = self.bundle(swift, later(minutes=29), 409, numbers=[number])
        self.assertIn("V11", json.dumps(late))
        self.assertIn("30 are the least", late["detail"])
        crossing = later(minutes=31)
        bundled = self.bundle(swift, crossing, 201, numbers=[number])
        self.assertEqual((bundled["state"], bundled["filings"]), ("bundled", [filing]))
        # Customs on the other side have not accepted the road manifest: the driver is warned.
        self.assertEqual([finding["rule"] for finding in bundled["findings"]], ["V17"])

        # One number, one live bundle, whoever asks.
        for haulier in (rival, swift):
            refused = self.bundle(haulier, later(hours=1), 409, "XY99", numbers=[number])
            self.assertIn("bundled already", json.dumps(refused))
        self.ask(rival, "GET", f"/v1/bundles/{bundled['id']}", status=404)
        self.ask(rival, "DELETE", f"/v1/bundles/{bundled['id']}", status=404)
        until(self, lambda: "bundled" in self.milestones(shipper, f"equipment:{box}"), SECONDS)
        self.assertEqual(self.ask(swift, "GET", f"/v1/bundles/{bundled['id']}")["state"], "bundled")

        crossed = {"fairwayLand": "1.0", "messageID": "x-1", "type": "crossing", "event": "crossed", "at": later(), "controlPoint": "LMC",
                   "vehicle": "AB1234", "roadCargoReference": number, "equipment": box}
        sent = self.server.request("POST", "/v1/messages", json.dumps(crossed), swift.key, JSON)
        self.assertEqual(sent.status, 200, sent)
        until(self, lambda: "crossed" in self.milestones(swift, f"equipment:{box}"), SECONDS)


class Customs(Journey):
    """J7."""

    def test_a_detention_notice_is_known_acknowledged_obeyed_and_lifted(self):
        shipper = Person(self.server, "yu@toys.example", "Shenzhen Works", "shipper")
        haulier = Person(self.server, "wong@swift.example", "Swift Haulage", "haulier")
        stranger = Person(self.server, "eve@elsewhere.example", "Elsewhere", "haulier")
        officer = Person(self.server, "officer@customs.example", "Customs", "authority")
        box = "CSQU3054383"
        _, filing, number = self.road_cargo(shipper, **{"containers[1].number": box, "containers[1].load": "FULL"})
        crossing = later(hours=2)

        hold = self.ask(officer, "POST", "/v1/holds", {"kind": "detention", "notice": "DN-7", "scope": [f"equipment:{box}"], "reason": "examination",
                                                       "place": "HKHKG", "addressees": [shipper.party, haulier.party], "text": "bring it to bay 4"}, 201)
        placed = time.monotonic()
        refused = self.bundle(haulier, crossing, 409, numbers=[number])
        self.assertLess(time.monotonic() - placed, 1)
        self.assertIn("DN-7", refused["detail"])

        for addressee in (shipper, haulier):
            seen = self.ask(addressee, "GET", f"/v1/holds/{hold['id']}")
            self.assertEqual((seen["kind"], seen["place"], seen["scope"], seen["stands"]), ("detention", "HKHKG", [f"equipment:{box}"], True))
            self.ask(addressee, "POST", f"/v1/holds/{hold['id']}/acknowledgements", {})
        self.ask(stranger, "GET", f"/v1/holds/{hold['id']}", status=404)
        known = self.ask(officer, "GET", f"/v1/holds/{hold['id']}")["acknowledgements"]
        self.assertEqual({one["party"]["id"] for one in known}, {shipper.party, haulier.party})

        def side():
            journey = self.server.journey(f"equipment:{box}", shipper.key).json
            return next((s["state"] for s in journey.get("customs", []) if s.get("regime") == "hk"), None)

        until(self, lambda: side() == "held", SECONDS, state=lambda: str(side()))
        self.ask(haulier, "POST", f"/v1/holds/{hold['id']}/release", {}, 403)
        self.assertFalse(self.ask(officer, "POST", f"/v1/holds/{hold['id']}/release", {"text": "in order"})["stands"])
        self.bundle(haulier, crossing, 201, numbers=[number])
        until(self, lambda: side() != "held", SECONDS, state=lambda: str(side()))

    def test_each_look_of_the_authority_leaves_an_entry(self):
        shipper = Person(self.server, "yu@toys.example", "Shenzhen Works", "shipper")
        officer = Person(self.server, "officer@customs.example", "Customs", "authority")
        box = "MSKU9070323"
        self.road_cargo(shipper, **{"containers[1].number": box, "containers[1].load": "FULL"})
        until(self, lambda: self.milestones(shipper, f"equipment:{box}"), SECONDS)
        self.assertEqual(self.server.journey(f"equipment:{box}", officer.key).status, 404, "no legal basis yet")
        self.ask(officer, "POST", "/v1/grants", {"kind": "legal_basis", "scope": {"references": [f"equipment:{box}"]}, "reason": "Cap. 60 s. 20, case 42",
                                                 "expires": later(days=30)}, 201)
        self.assertTrue(self.milestones(officer, f"equipment:{box}"))

        def looks():
            reads = self.ask(shipper, "GET", "/v1/access-log")["reads"]
            return [read for read in reads if read["basis"] == "legal_basis" and f"equipment:{box}" in read["references"]]

        self.assertIn("case 42", json.dumps(until(self, looks, SECONDS)))


if __name__ == "__main__":
    unittest.main()
