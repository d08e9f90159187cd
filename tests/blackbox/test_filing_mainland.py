"""The Mainland buyer (J9): its broker is invited, pulls the 报关单 draft out of the exporter's record, completes what only it knows, lodges by
a folder, and both sides read what customs said. Each side sees its own filing alone."""
import json
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from fairway import Server
from test_identity import sign_up

BATCH = "5301202611240001"
BOX = "CSQU3054383"
ORDER = "LJPR"  # of the receipts: 入库, 审结, 放行, 结关
RECORD = {
    "reference": "WO-2026-118",
    "consignor.name": "Wing On Trading Ltd", "consignor.address": "1 Kwai Tai Road, Kwai Chung", "consignor.country": "HK",
    "consignor.br": "12345678",
    "consignee.name": "Shenzhen Yongan Trading Co Ltd", "consignee.nameLocal": "深圳永安贸易有限公司",
    "consignee.address": "深圳市福田区1号", "consignee.country": "CN", "consignee.uscc": "91510100569680768F",
    "declarant.name": "Wing On Trading Ltd",
    "invoice.number": "INV-118", "invoice.currency": "USD", "invoice.amount": "12000", "invoice.incoterm": "CIF",
    "contract.number": "SC-2026-77", "freight.amount": "300", "insurance.amount": "50", "exchange.rate": "7.8",
    "packages": "100", "packageType": "CT", "grossMassKg": "620", "netMassKg": "540",
    "countryOfDispatch": "HK", "placeOfOrigin": "HKHKG", "placeOfDelivery": "CNSZX",
    "goods[1].description": "T-shirts of cotton", "goods[1].descriptionLocal": "棉制针织T恤衫", "goods[1].hs": "610910",
    "goods[1].hkhs": "61091000", "goods[1].originCountry": "VN", "goods[1].quantity": "2400", "goods[1].unit": "H87",
    "goods[1].unitPrice": "5", "goods[1].amount": "12000", "goods[1].netMassKg": "540", "goods[1].grossMassKg": "620",
    "goods[1].containers": BOX,
    "containers[1].number": BOX, "containers[1].type": "45G1", "containers[1].load": "FULL", "containers[1].seals": "S1001",
    "legs[1].mode": "ROAD", "legs[1].from": "HKHKG", "legs[1].to": "CNSZX", "legs[1].vehicle": "ZAB12", "legs[1].driver": "陈大文",
    "legs[1].controlPoint": "LMC", "legs[1].document": BATCH, "legs[1].master": "HKG0001",
    "legs[1].departure": "2026-11-24T09:00:00+08:00", "legs[1].arrival": "2026-11-24T11:00:00+08:00",
    "legs[1].manifestAccepted": "yes",
}
# What nobody on the other side can know.
COMPLETED = {
    "goods[1].cnCode": "6109100021", "goods[1].cnElements": "针织|男式|T恤衫|100%棉|无牌|A1",
    "cn.tradeMode": "0110", "cn.levyNature": "101", "cn.dutyMode": "1", "cn.customMaster": "5301", "cn.entyPort": "470201",
    "cn.district": "44031", "cn.dest": "440300", "cn.goodsPlace": "深圳市福田区1号仓",
    "cn.specialRelation": "no", "cn.priceInfluence": "no", "cn.royalty": "no",
    "cn.declarant.name": "深圳捷通报关有限公司", "cn.declarant.uscc": "91310107132231740K",
}


class Person:
    """Somebody with a browser: asks, and is answered with what was expected."""

    def __init__(self, case, server, email, name, role):
        self.case, self.server = case, server
        self.browser, session = sign_up(server, email=email, name=name, role=role)
        self.csrf, self.party = session["csrf"], session["party"]["id"]

    def ask(self, method, path, body=None, status=200):
        got, answer = self.browser.ask(self.server, method, path, body, self.csrf)
        self.case.assertEqual(got, status, (method, path, answer))
        return answer

    def official(self, filing):
        status, headers, text = self.browser.go(self.server.url + f"/v1/filings/{filing}?format=official")
        self.case.assertEqual(status, 200, text)
        return headers, text


def value(filing, name):
    return next((field.get("value", "") for field in filing["fields"] if field["name"] == name), "")


def receipt(channel, note):
    return (f"<DEC_RESULT><CUS_CIQ_NO>I20260000000000001</CUS_CIQ_NO><ENTRY_ID>530120261000000851</ENTRY_ID>"
            f"<NOTICE_DATE>2026-11-24T1{ORDER.index(channel)}:15:03</NOTICE_DATE><CHANNEL>{channel}</CHANNEL><NOTE>{note}</NOTE></DEC_RESULT>")


class Mainland(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.server = Server(options=["--authority", f"cn-sw=folder:{self.folder}"])
        self.addCleanup(self.server.close)
        self.server.start()
        self.exporter = Person(self, self.server, "ann@wingon.example", "Wing On Trading Ltd", "shipper")
        self.broker = Person(self, self.server, "li@jietong.example", "深圳捷通报关有限公司", "forwarder")

    def consignment(self):
        made = self.exporter.ask("POST", "/v1/consignments", {"reference": "WO-2026-118", "fields": RECORD}, 201)
        self.exporter.ask("PUT", f"/v1/consignments/{made['id']}/participants",
                          {"participants": [{"party": self.broker.party, "regimes": ["cn"], "edits": True}]})
        return made["id"]

    def drop(self, name, text):
        """An answer of customs."""
        place = self.folder / "in" / name
        place.with_suffix(".part").write_text(text, encoding="utf-8")
        place.with_suffix(".part").rename(place)

    def until(self, what, holds, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := holds():
                return found
            time.sleep(0.1)
        self.fail(what)

    def completed(self, consignment):
        seen = self.broker.ask("GET", f"/v1/consignments/{consignment}")
        self.broker.ask("PATCH", f"/v1/consignments/{consignment}", {"fields": COMPLETED, "recordVersion": seen["recordVersion"]})
        filing = self.broker.ask("POST", "/v1/filings", {"consignment": consignment, "forms": ["cn/dec-import"]}, 201)["filings"][0]["id"]
        return self.broker.ask("POST", f"/v1/filings/{filing}/check")

    def lodged(self, consignment):
        """The filing, and the DecMessage that went out."""
        filing = self.completed(consignment)
        blocking = [finding for finding in filing["findings"] if finding["weight"] == "blocking"]
        self.assertEqual(blocking, [])
        groups = [group["group"] for group in filing["groups"]]
        looked = [group["group"] for group in filing["groups"] if group["lookAt"]]
        self.broker.ask("POST", f"/v1/filings/{filing['id']}/confirmations",
                        {"groups": groups, "lookedAt": looked, "digest": filing["digest"]})
        self.broker.ask("POST", f"/v1/filings/{filing['id']}/lodgements", {"kind": "original"}, 202)
        letter = self.until("no letter went out", lambda: next(iter((self.folder / "out").glob("*.xml")), None))
        return filing["id"], letter

    def state(self, filing):
        return self.broker.ask("GET", f"/v1/filings/{filing}")["state"]

    def customs(self, person, regime, state):
        status, journey = person.browser.ask(self.server, "GET", f"/v1/journeys/equipment:{BOX}")
        sides = journey.get("customs", []) if status == 200 else []
        return next((side for side in sides if side["regime"] == regime and side["state"] == state and side["equipment"] == BOX), None)

    def test_the_brokers_draft_flags_what_only_it_can_say(self):
        consignment = self.consignment()
        plan = self.broker.ask("GET", f"/v1/consignments/{consignment}/plan")["plan"]
        by_key = {filing["key"]: filing for filing in plan["filings"]}
        self.assertEqual(by_key["cn/dec-import"]["title"]["zh-Hans"], "进口货物报关单")
        self.assertFalse([key for key in by_key if key.startswith("hk/")])
        made = self.broker.ask("POST", "/v1/filings", {"consignment": consignment, "forms": ["cn/dec-import"]}, 201)["filings"][0]
        filing = self.broker.ask("POST", f"/v1/filings/{made['id']}/check")
        self.assertEqual(value(filing, "TradeName"), "深圳永安贸易有限公司")
        self.assertEqual(value(filing, "VoyageNo"), BATCH)
        self.assertEqual(value(filing, "TrafName"), "")
        self.assertEqual(value(filing, "GrossWet"), "620")
        for name in ("TradeMode", "CutMode", "AgentName", "item[1].CodeTS", "item[1].GModel"):
            self.assertIn(name, filing["missing"])
        elements = next(finding for finding in filing["findings"] if finding["rule"] == "cn.elements")
        self.assertIn("请补充申报要素", elements["message"]["zh-Hans"])
        self.assertEqual(elements["path"], "goods[1].cnElements")

    def test_each_side_sees_its_own_filing_alone(self):
        consignment = self.consignment()
        theirs = self.broker.ask("POST", "/v1/filings", {"consignment": consignment, "forms": ["cn/dec-import"]}, 201)["filings"][0]["id"]
        ours = self.exporter.ask("POST", "/v1/filings", {"consignment": consignment}, 201)["filings"]
        self.assertTrue(ours)
        self.assertEqual({filing["regime"] for filing in ours}, {"hk"})
        self.exporter.ask("GET", f"/v1/filings/{theirs}", status=404)
        self.broker.ask("GET", f"/v1/filings/{ours[0]['id']}", status=404)
        self.assertEqual({filing["id"] for filing in self.broker.ask("GET", "/v1/filings")["filings"]}, {theirs})
        seen = self.broker.ask("GET", f"/v1/consignments/{consignment}")["record"]["fields"]
        self.assertIn("consignee.uscc", seen)
        self.assertNotIn("consignor.br", seen)
        self.assertNotIn("exchange.rate", seen)
        refused = self.broker.ask("PATCH", f"/v1/consignments/{consignment}",
                                  {"fields": {"consignor.br": "87654321"}, "recordVersion": 1}, 403)
        self.assertIn("consignor.br", json.dumps(refused))
        stranger = Person(self, self.server, "eve@elsewhere.example", "Elsewhere", "forwarder")
        stranger.ask("GET", f"/v1/consignments/{consignment}", status=404)

    def test_from_the_record_to_closed(self):
        consignment = self.consignment()
        filing, letter = self.lodged(consignment)
        space = "{http://www.chinaport.gov.cn/dec}"
        message = ElementTree.parse(letter).getroot()
        said = lambda path: message.findtext("/".join(space + step for step in path.split("/")))  # noqa: E731
        self.assertEqual(message.tag, space + "DecMessage")
        self.assertEqual(said("DecHead/TradeCoScc"), "91510100569680768F")
        self.assertEqual(said("DecHead/VoyageNo"), BATCH)
        self.assertEqual(said("DecHead/AgentName"), "深圳捷通报关有限公司")
        self.assertEqual(said("DecLists/DecList/CodeTS"), "6109100021")
        self.assertEqual(said("DecLists/DecList/SecondQty"), "540")
        self.assertEqual(said("DecContainers/Container/GoodsNo"), "1")
        lodgement = said("DecSign/ClientSeqNo")
        self.assertEqual(letter.stem, lodgement)
        self.drop("Successed_1.xml", f"<DecImportResponse><ResponseCode>0</ResponseCode><ClientSeqNo>{lodgement}</ClientSeqNo>"
                                     f"<SeqNo>I20260000000000001</SeqNo></DecImportResponse>")
        self.until("the unified number did not come",
                   lambda: self.broker.ask("GET", f"/v1/filings/{filing}").get("number") == "I20260000000000001")
        for channel, note, state in (("L", "入库", "lodged"), ("J", "审结", "accepted"), ("P", "放行", "released"), ("R", "结关", "closed")):
            self.drop(f"Receipt_{channel}.xml", receipt(channel, note))
            self.until(f"not {state}", lambda state=state: self.state(filing) == state)
        # Buyer's broker and exporter alike read on the container's journey what the Mainland's customs said.
        for person in (self.broker, self.exporter):
            closed = self.until("the journey does not know", lambda person=person: self.customs(person, "cn", "closed"))
            self.assertEqual(closed["number"], "I20260000000000001")
        # The same receipt again has no effect.
        self.drop("Receipt_P_again.xml", receipt("P", "放行"))
        self.until("the receipt was not taken", lambda: not list((self.folder / "in").glob("*.xml")))
        self.assertEqual(self.state(filing), "closed")
        self.assertEqual([answer["text"] for answer in self.broker.ask("GET", f"/v1/filings/{filing}")["answers"]],
                         ["", "入库", "审结", "放行", "结关"])

    def test_a_code_that_nobody_knows_changes_nothing(self):
        filing, letter = self.lodged(self.consignment())
        self.drop("Successed_1.xml", f"<DecImportResponse><ResponseCode>0</ResponseCode><ClientSeqNo>{letter.stem}</ClientSeqNo>"
                                     f"<SeqNo>I20260000000000001</SeqNo></DecImportResponse>")
        self.until("the unified number did not come",
                   lambda: self.broker.ask("GET", f"/v1/filings/{filing}").get("number") == "I20260000000000001")
        before = self.state(filing)
        self.drop("Receipt_new.xml", receipt("L", "x").replace("<CHANNEL>L", "<CHANNEL>?"))
        self.until("the receipt was not taken", lambda: not list((self.folder / "in").glob("*.xml")))
        self.assertEqual(self.state(filing), before)


if __name__ == "__main__":
    unittest.main()
