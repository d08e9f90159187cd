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
from filing import JSON, Person
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
    REGIMES, RELEASES = (), "3600000"  # milliseconds after which customs release

    def setUp(self):
        self.offices = {name: Office("--release-after", self.RELEASES).start() for name in ("hk-tsw", "cn-sw")}
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
        forwarder = Person(self.server, "fong@consol.example", "Consol Forwarding", "forwarder")
        names = [name for name in by_road() if name not in ("grossMassKg", "legs[1].document")]
        plain = [name.replace("[1]", "") for name in names]
        crossing = by_road()
        rows = [",".join(["reference", "grossMassKg", "legs.document", *plain])]
        quoted = ",".join('"' + crossing[name].replace('"', '""') + '"' for name in names)
        rows += [f"HBL{n:03},{100 + n},RM{n:08d},{quoted}" for n in range(self.BILLS)]
        sheet = self.server.request("POST", "/v1/consignments?file=bills.csv", "\n".join(rows) + "\n", forwarder.key, {"Content-Type": "text/csv"})
        self.assertEqual((sheet.status, sheet.json["created"], sheet.json["refused"]), (200, self.BILLS, 0), sheet)
        consignments = [one["id"] for one in sheet.json["consignments"]]

        filings = []
        for consignment in consignments:
            plan = self.ask(forwarder, "GET", f"/v1/consignments/{consignment}/plan")
            keys = {filing["key"] for filing in plan["filings"]}
            self.assertLessEqual({"hk/aci@1", "hk/1"}, keys)
            self.assertEqual(plan["typing"]["typed"], 0)
            filings.append(self.draft(forwarder, consignment, "hk/aci@1"))
        self.assertEqual(len(set(filings)), self.BILLS)

        checked = self.batch(forwarder, "check", filings)
        self.assertEqual({filing["state"] for filing in checked}, {"checked"})
        self.batch(forwarder, "confirm", [{"id": filing["id"], "digest": filing["digest"]} for filing in checked])
        self.batch(forwarder, "lodge", filings)

        def accepted():
            found, cursor = {}, ""
            while cursor is not None:
                page = self.ask(forwarder, "GET", f"/v1/filings?state=accepted&limit=100{cursor}")
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
        # From when it may cross: thirty minutes from now, and before the driver means to be there.
        earliest = datetime.datetime.fromisoformat(bundled["earliest"].replace("Z", "+00:00"))
        self.assertLessEqual(abs((earliest - datetime.datetime.now(datetime.timezone.utc)).total_seconds() - 30 * 60), 30)
        self.assertLessEqual(earliest, datetime.datetime.fromisoformat(crossing))
        # Customs on the other side have not accepted the road manifest: the driver is warned.
        self.assertEqual([finding["rule"] for finding in bundled["findings"]], ["V17"])

        # One number, one live bundle, whoever asks.
        for haulier in (rival, swift):
            refused = self.bundle(haulier, later(hours=1), 409, "XY99", numbers=[number])
            self.assertIn("bundled already", json.dumps(refused))
        self.ask(rival, "GET", f"/v1/bundles/{bundled['id']}", status=404)
        self.ask(rival, "DELETE", f"/v1/bundles/{bundled['id']}", status=404)
        until(self, lambda: {"bundled", "crossing_permitted"} <= set(self.milestones(shipper, f"equipment:{box}")), SECONDS)
        self.assertEqual(self.ask(swift, "GET", f"/v1/bundles/{bundled['id']}")["state"], "bundled")

        crossed = {"fairwayLand": "1.0", "messageID": "x-1", "type": "crossing", "event": "crossed", "at": later(), "controlPoint": "LMC",
                   "vehicle": "AB1234", "roadCargoReference": number, "equipment": box}
        sent = self.server.request("POST", "/v1/messages", json.dumps(crossed), swift.key, JSON)
        self.assertEqual(sent.status, 200, sent)
        until(self, lambda: "crossed" in self.milestones(swift, f"equipment:{box}"), SECONDS)
        until(self, lambda: self.ask(swift, "GET", f"/v1/bundles/{bundled['id']}")["state"] == "crossed", SECONDS)
        self.ask(swift, "DELETE", f"/v1/bundles/{bundled['id']}", status=409)


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
                                                       "place": "Lok Ma Chau", "addressees": [shipper.party, haulier.party], "text": "bring it to bay 4"}, 201)
        placed = time.monotonic()
        refused = self.bundle(haulier, crossing, 409, numbers=[number])
        self.assertLess(time.monotonic() - placed, 1)
        self.assertIn("DN-7", refused["detail"])

        for addressee in (shipper, haulier):
            seen = self.ask(addressee, "GET", f"/v1/holds/{hold['id']}")
            self.assertEqual((seen["kind"], seen["place"], seen["scope"], seen["stands"]), ("detention", "Lok Ma Chau", [f"equipment:{box}"], True))
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


BOOKING, BILL, BOX = "2600001111", "OOLU2600001111", "CSQU3054383"
ORDER = "WO-2026-204"
# What invoice and packing list say, as the exporter's own sheet of the order has it.
PAPERS = {
    "reference": ORDER, "consignor.name": "Baoan Knitwear Factory", "consignor.nameLocal": "深圳宝安针织厂", "consignor.address": "8 Xixiang Road, Shenzhen",
    "consignor.country": "CN", "consignor.uscc": "91510100569680768F", "exporter.name": "Wing On Trading Ltd",
    "exporter.address": "1 Kwai Tai Road, Kwai Chung", "exporter.country": "HK", "exporter.br": "12345678", "importer.name": "Wing On Trading Ltd",
    "importer.address": "1 Kwai Tai Road, Kwai Chung", "importer.country": "HK", "importer.br": "12345678", "consignee.name": "Rotterdam Fashion BV",
    "consignee.address": "Maasvlakte 1, Rotterdam", "consignee.country": "NL", "declarant.name": "Wing On Trading Ltd",
    "carrier.name": "Swift Lines Ltd", "carrier.code": "SWL1", "cn.declarant.name": "深圳捷通报关有限公司", "cn.declarant.uscc": "91310107132231740K",
    "invoice.number": "INV-204", "invoice.date": "2026-11-20", "invoice.currency": "USD", "invoice.amount": "12000", "invoice.incoterm": "FOB",
    "contract.number": "SC-2026-77", "exchange.rate": "7.8", "freight.amount": "900", "insurance.amount": "60", "packages": "100", "packageType": "CT",
    "grossMassKg": "260", "netMassKg": "540", "marks": "RF 204", "placeOfOrigin": "CNSZX", "placeOfLoading": "HKHKG", "placeOfDischarge": "NLRTM",
    "placeOfDelivery": "NLRTM", "countryOfDispatch": "CN", "countryOfDestination": "NL", "countryOfTrading": "HK",
    "goods.description": "T-shirts of cotton", "goods.descriptionLocal": "棉制针织T恤衫", "goods.hs": "610910", "goods.originCountry": "CN",
    "goods.quantity": "2400", "goods.unit": "H87", "goods.unitPrice": "5", "goods.amount": "12000", "goods.packages": "100", "goods.grossMassKg": "620",
    "goods.netMassKg": "540", "goods.containers": BOX, "containers.number": BOX, "containers.type": "45G1", "containers.load": "FULL",
    "containers.seals": "S1001", "documents.type": "PACKING-LIST", "documents.number": "PL-204", "documents.packages": "100",
    "documents.grossMassKg": "620", "legs[1].mode": "ROAD", "legs[1].from": "CNSZX", "legs[1].to": "HKHKG", "legs[1].vehicle": "AB1234",
    "legs[1].driver": "陈大文", "legs[1].driverCode": "D0001", "legs[1].controlPoint": "LMC", "legs[1].document": "5301202611240001",
    "legs[2].mode": "SEA", "legs[2].from": "HKHKG", "legs[2].to": "NLRTM", "legs[2].document": BILL,
}
# What is in no paper, and what no machine may guess: national digits, declared elements, the terms of the Mainland's customs.
TYPED = {
    "goods[1].hkhs": "61091000", "goods[1].cnCode": "6109100021", "goods[1].cnElements": "针织|男式|T恤衫|100%棉|无牌|A1",
    "cn.tradeMode": "0110", "cn.levyNature": "101", "cn.dutyMode": "1", "cn.customMaster": "5301", "cn.entyPort": "470201", "cn.district": "44031",
    "cn.distinatePort": "NLD060",
}


def booking_message():
    """The exporter's firm booking: voyage, vessel, places and the bill's number."""
    return f"""UNB+UNOC:3+WINGON:ZZZ+OOL:ZZZ+261122:0900+BF1'
UNH+1+IFTMBF:D:95B:UN'
BGM+335+BF0001+9'
DTM+137:202611211000:203'
RFF+BN:{BOOKING}'
TDT+20+047W+1++OOL:172:20+++9776171:146::OOCL HONG KONG'
LOC+9+HKHKG:139:6'
LOC+11+NLRTM:139:6'
GID+1+100:CT'
FTX+AAA+++T-shirts of cotton'
SGP+{BOX}+100'
EQD+CN+{BOX}+45G1:102:5++2+5'
UNT+12+1'
UNZ+1+BF1'
"""


class Exporter(Journey):
    """J1. The regimes are the program's own, but for the hours of Hong Kong's channel, so that it is open whenever the test runs."""
    RELEASES = "200"

    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp(prefix="fairway-regimes-")
        cls.addClassCleanup(shutil.rmtree, folder)
        shutil.copytree(ROOT / "tables/regimes/hk", Path(folder, "hk"))
        Path(folder, "hk", "hours.csv").write_text("authority,forms,opens,closes\nhk-tsw,*,00:00,24:00\n")
        cls.REGIMES = ("--regime", folder)

    def onboard(self):
        """(key of its founder, key of its machine, its party)."""
        token = invite(self.server, "ann@wingon.example", "Wing On Trading Ltd", "shipper", "--id", "BR:12345678", "--id", "ZZZ:WINGON")
        browser = Browser()
        status, session = browser.ask(self.server, "POST", "/v1/invitations/acceptance", {"token": token, "name": "Ann", "password": PASSWORD})
        self.assertEqual(status, 201, session)
        self.assertIn("12345678", json.dumps(session["party"]))
        status, made = browser.ask(self.server, "POST", "/v1/me/keys", {"label": "laptop"}, session["csrf"])
        self.assertEqual(status, 201, made)
        status, colleague = browser.ask(self.server, "POST", "/v1/invitations", {"email": "ben@wingon.example", "rights": ["read"]}, session["csrf"])
        self.assertEqual(status, 201, colleague)
        machine = command("admin", "key", "add", session["party"]["id"], "--store", self.server.store, check=0).stdout.strip()
        return made["key"], machine, session["person"]["id"]

    def entered(self, ann):
        """The consignment, after its sheet and its booking have come."""
        consignment = self.consignment(ann, TYPED, reference=ORDER, follows=[f"booking:{BOOKING}", f"equipment:{BOX}"])
        cells = {**PAPERS, "legs[1].departure": later(days=3), "legs[1].arrival": later(days=3, hours=4), "legs[2].departure": later(days=6)}
        rows = [",".join(cells), ",".join(f'"{value}"' for value in cells.values())]
        sheet = self.server.request("POST", "/v1/consignments?file=order.csv&replace=yes", "\n".join(rows), ann, {"Content-Type": "text/csv"})
        self.assertEqual((sheet.status, sheet.json["replaced"]), (200, 1), sheet)
        self.assertEqual(self.server.post_edifact(booking_message(), ann).status, 200)

        def voyage():
            record = self.ask(ann, "GET", f"/v1/consignments/{consignment}")["record"]
            return record["sources"][record["fields"]["legs[2].voyage"]["source"]] if "legs[2].voyage" in record["fields"] else None

        self.assertIn("BF0001", until(self, voyage, SECONDS)["document"])
        return consignment

    def test_entered_once_lodged_on_both_sides(self):
        ann, machine, person = self.onboard()
        consignment = self.entered(ann)

        # What has to be filed, by when, by whom; the wrong weight of the sheet is found on each side.
        plan = self.ask(ann, "GET", f"/v1/consignments/{consignment}/plan")
        filings = {filing["key"]: filing for filing in plan["filings"]}
        self.assertEqual(set(filings), {"cn/dec-export", "cn/road-out@1", "cn/road-loaded@1", "hk/aci@1", "hk/1", "hk/2", "hk/eman-sea@2"})
        self.assertEqual(filings["cn/dec-export"]["title"]["hans"], "出口货物报关单")
        for key, filing in filings.items():
            self.assertGreater(filing["deadline"]["latest"], later(), key)
        self.assertEqual({key: filing["filer"] for key, filing in filings.items() if key in ("cn/dec-export", "hk/aci@1", "hk/eman-sea@2")},
                         {"cn/dec-export": "exporter", "hk/aci@1": "shipper", "hk/eman-sea@2": "carrier"})
        # US$12,000 FOB at 7.8 is HK$93,600: 0.20 for the first 46,000, 48 further thousands.
        self.assertEqual(filings["hk/2"]["charge"]["total"], "6.20")
        lodged = ("cn/dec-export", "hk/aci@1", "hk/1", "hk/2")
        ids = {key: self.draft(ann, consignment, key) for key in lodged}
        for key, filing in ids.items():
            checked = self.ask(ann, "POST", f"/v1/filings/{filing}/check", {})
            self.assertEqual(checked["state"], "draft", key)
            found = {(f["rule"], f["weight"]) for f in checked["findings"]}
            self.assertLessEqual({("V13", "blocking"), ("V16", "warning")}, found, key)
            refused = self.ask(ann, "POST", f"/v1/filings/{filing}/lodgements", {"kind": "original"}, 409)
            self.assertNotEqual(refused["detail"], "")
        self.assertEqual([office.letters()["letters"] for office in self.offices.values()], [[], []])

        # Typed of all fields of all filings, each once, the correction with it: what is typed a second time would be a part of that.
        version = self.ask(ann, "GET", f"/v1/consignments/{consignment}")["recordVersion"]
        self.ask(ann, "PATCH", f"/v1/consignments/{consignment}", {"fields": {"grossMassKg": "620"}, "recordVersion": version})
        typing = self.ask(ann, "GET", f"/v1/consignments/{consignment}/plan")["typing"]
        self.assertEqual(typing["typed"], len(TYPED) + 1)
        self.assertGreater(typing["total"], 200)
        self.assertLessEqual(typing["typed"] / typing["total"], 0.10)
        self.assertAlmostEqual(typing["rate"], typing["typed"] / typing["total"])

        for key, filing in ids.items():
            self.ask(ann, "POST", f"/v1/filings/{filing}/check", {})
            self.ask(machine, "POST", f"/v1/filings/{filing}/lodgements", {"kind": "original"}, 403)
            self.lodge(ann, filing)
        for key, filing in ids.items():
            done = self.until_state(ann, filing, "closed")
            self.assertTrue(done["number"], key)
            self.assertEqual({group["confirmed"]["person"] for group in done["groups"]}, {person}, key)
            self.assertEqual(done["paid"], key in ("hk/1", "hk/2"), key)
        for office in self.offices.values():
            self.assertEqual(office.letters()["lodgedTwice"], [])

        # The bill and the container alike tell how it stands with both customs.
        def sides(reference):
            answer = self.server.journey(reference, ann)
            return {side["regime"]: side["state"] for side in answer.json["customs"] if side.get("equipment") == BOX} if answer.status == 200 else {}

        for reference in (f"transport_document:{BILL}", f"equipment:{BOX}"):
            until(self, lambda: sides(reference) == {"cn": "closed", "hk": "closed"}, SECONDS, state=lambda: str(sides(reference)))

    def test_an_invoice_and_a_packing_list_are_fed_once(self):
        ann, _, person = self.onboard()
        line = {"description": "T-shirts of cotton", "hs": "610910", "quantity": 2400, "unit": "H87", "amount": 12000}
        invoice = {"document": "invoice", "number": "INV-204", "date": "2026-11-20", "buyer": "Rotterdam Fashion BV", "currency": "USD",
                   "incoterm": "FOB", "amount": 12000, "lines": [line]}
        packing = {"document": "packing-list", "number": "PL-204", "packages": 100, "packageType": "CT", "grossMassKg": 620}
        self.ask(ann, "POST", "/v1/consignments", invoice, 400)
        made = self.ask(ann, "POST", "/v1/consignments", {"reference": ORDER, "documents": [invoice]}, 201)
        fed = self.ask(ann, "PATCH", f"/v1/consignments/{made['id']}", {"documents": [packing], "recordVersion": made["recordVersion"]})["record"]
        value = lambda path: fed["fields"].get(path, {}).get("value")
        self.assertEqual([value(path) for path in ("consignee.name", "invoice.amount", "goods[1].hs", "packages", "grossMassKg", "documents[2].number")],
                         ["Rotterdam Fashion BV", "12000", "610910", "100", "620", "PL-204"])
        source = fed["sources"][fed["fields"]["grossMassKg"]["source"]]
        self.assertEqual((source["kind"], source["person"], "PL-204" in source["document"]), ("message", person, True))
        wrong = self.ask(ann, "PATCH", f"/v1/consignments/{made['id']}", {"documents": [{"document": "letter"}], "recordVersion": 2}, 400)
        self.assertIn("document", json.dumps(wrong))

    def test_what_a_forwarder_was_given_ends_when_it_is_taken_back(self):
        ann, _, _ = self.onboard()
        consignment = self.entered(ann)
        forwarder = Person(self.server, "fong@consol.example", "Consol Forwarding", "forwarder")
        self.ask(forwarder, "GET", f"/v1/consignments/{consignment}", status=404)
        participants = [{"party": forwarder.party, "regimes": ["hk"], "edits": True}]
        self.ask(ann, "PUT", f"/v1/consignments/{consignment}/participants", {"participants": participants})
        filing = self.draft(forwarder, consignment, "hk/aci@1")
        plan = self.ask(forwarder, "GET", f"/v1/consignments/{consignment}/plan")
        self.assertEqual({filing["regime"] for filing in plan["filings"]}, {"hk"})

        grant = self.ask(ann, "POST", "/v1/grants", {"kind": "delegation", "to": forwarder.party, "scope": {"references": [f"equipment:{BOX}"]},
                                                     "purpose": "files for us", "expires": later(days=30)}, 201)["id"]
        self.assertEqual(self.milestones(forwarder, f"equipment:{BOX}"), [])
        self.ask(forwarder, "POST", f"/v1/grants/{grant}/acceptance")
        self.assertTrue(self.milestones(forwarder, f"equipment:{BOX}"))

        self.assertEqual(self.ask(ann, "DELETE", f"/v1/grants/{grant}")["state"], "revoked")
        self.ask(ann, "PUT", f"/v1/consignments/{consignment}/participants", {"participants": []})
        self.assertEqual(self.milestones(forwarder, f"equipment:{BOX}"), [])
        for target in (f"/v1/consignments/{consignment}", f"/v1/consignments/{consignment}/plan", f"/v1/filings/{filing}"):
            self.ask(forwarder, "GET", target, status=404)
        for step in ("check", "lodgements"):
            self.ask(forwarder, "POST", f"/v1/filings/{filing}/{step}", {}, 404)
        self.assertNotIn("Wing", json.dumps(self.ask(forwarder, "GET", "/v1/filings")))
        self.assertNotEqual(self.draft(ann, consignment, "hk/aci@1"), filing)


if __name__ == "__main__":
    unittest.main()
