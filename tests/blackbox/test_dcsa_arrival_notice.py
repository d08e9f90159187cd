"""DCSA Arrival Notice 1.0: notices are told, corrected by later ones, and found by those whom they name."""
import json
import unittest

from fairway import Server, equipment_event

PATH = "/dcsa/an/v1/arrival-notices"
NOTIFICATIONS = "/dcsa/an/v1/arrival-notice-notifications"


def notice(bill, box="MSCU1234566", issued="2026-03-04T00:00:00Z", eta="2026-03-12", imo="9321483", **more):
    return {"issueDateTime": issued, "carrierCode": "HLCU", "carrierCodeListProvider": "NMFTA", "transportDocumentReference": bill,
            "documentParties": [{"partyFunction": "CN", "partyName": "Consignee Ltd",
                                 "identifyingCodes": [{"codeListProvider": "GLEIF", "partyCode": "LEICONSIGNEE", "codeListName": "LEI"}]}],
            "transport": {"portOfDischarge": {"UNLocationCode": "SGSIN", "facility": {"facilityCode": "PSAPPT", "facilityCodeListProvider": "SMDG"}},
                          "portOfDischargeArrivalDate": {"value": eta, "classifier": "EST"},
                          "placeOfDelivery": {"UNLocationCode": "MYPKG"}, "placeOfDeliveryArrivalDate": {"value": "2026-03-14", "classifier": "EST"},
                          "legs": [{"vesselVoyage": {"vesselName": "YM MASCULINITY", "vesselIMONumber": imo, "carrierServiceCode": "FE1",
                                                     "universalServiceReference": "SR12345A", "carrierImportVoyageNumber": "097E",
                                                     "universalImportVoyageReference": "2301W"}}]},
            "freeTimes": [{"typeCodes": ["DET"], "duration": 10, "timeUnit": "CD"}],
            "utilizedTransportEquipments": [{"equipment": {"equipmentReference": box, "ISOEquipmentCode": "42G1"}}],
            "charges": [{"chargeName": "THC", "currencyAmount": 355.5, "currencyCode": "USD"}], **more}


def day(event):
    return event["occurred"].get("local", event["occurred"]["instant"])[:10]


class ArrivalNotice(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.line = cls.server.add_party("Line", "carrier", "SCAC:HLCU")
        cls.consignee = cls.server.add_party("Consignee", "shipper", "GLEIF:LEICONSIGNEE")
        cls.terminal = cls.server.add_party("Terminal", "terminal", "SMDG:PSAPPT")
        cls.rival = cls.server.add_party("Rival", "carrier", "SMDG:MSC")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def tell(self, *notices, path=PATH, member="arrivalNotices"):
        return self.server.request("POST", path, json.dumps({member: notices}), self.line, {"Content-Type": "application/json"})

    def asked(self, query, key=None):
        answer = self.server.get(f"{PATH}?{query}", key or self.line)
        self.assertEqual((answer.status, answer.headers["api-version"]), (200, "1.0.0"), answer)
        return answer.json["arrivalNotices"]

    def test_a_notice_comes_back_as_it_was_told(self):
        sent = notice("AN1", arrivalNoticeVisualization={"name": "an.pdf", "content": "QQ=="})
        self.assertEqual(self.tell(sent).json, {"feedbackElements": []})
        self.assertEqual(self.asked("transportDocumentReferences=AN1"), [sent])
        self.assertNotIn("charges", self.asked("transportDocumentReferences=AN1&removeCharges=true")[0])
        self.assertNotIn("arrivalNoticeVisualization", self.asked("transportDocumentReferences=AN1&includeVisualization=false")[0])

    def test_the_journey_knows_when_it_will_arrive(self):
        self.tell(notice("AN2", "MSCU7654320"))
        events = self.server.journey("MSCU7654320", self.line).json["events"]
        self.assertEqual({(e["milestone"], e["classifier"], e["place"]["UNLocationCode"], day(e)) for e in events},
                         {("notified", "actual", "SGSIN", "2026-03-04"), ("arrived", "estimated", "SGSIN", "2026-03-12"),
                          ("arrived", "estimated", "MYPKG", "2026-03-14")})

    def test_only_the_last_of_a_notice_is_listed(self):
        self.tell(notice("AN3", "MSCU7654336"))
        later = notice("AN3", "MSCU7654336", "2026-03-06T00:00:00Z", "2026-03-13", label="Second")
        self.tell(later)
        self.assertEqual(self.asked("transportDocumentReferences=AN3"), [later])
        held = [e for e in self.server.journey("MSCU7654336", self.line).json["events"] if e["status"] not in ("retracted", "corrected")]
        self.assertEqual(sorted(day(e) for e in held), ["2026-03-06", "2026-03-13", "2026-03-14"])
        late = self.tell(notice("AN3", "MSCU7654336", "2026-03-05T00:00:00Z"))
        self.assertEqual({e["severity"] for e in late.json["feedbackElements"]}, {"INFO"})

    def test_every_filter(self):
        sent = notice("AN4", "MSCU7654341", eta="2026-05-12", imo="9074729")
        sent["transport"]["legs"][0]["vesselVoyage"]["vesselName"] = "Filter Star"
        self.tell(sent, notice("AN5", "MSCU7654357"))
        for query in ("transportDocumentReferences=OTHER,AN4", "equipmentReferences=MSCU7654341,XXXU0000000", "vesselIMONumber=9074729",
                      "vesselName=Filter%20Star", "portOfDischarge=SGSIN&portOfDischargeArrivalDateMin=2026-05-12",
                      "vesselIMONumber=9074729&carrierImportVoyageNumber=097E&carrierServiceCode=FE1",
                      "vesselIMONumber=9074729&universalImportVoyageReference=2301W&universalServiceReference=SR12345A",
                      "equipmentReferences=MSCU7654341&portOfDischargeArrivalDateMin=2026-05-01&portOfDischargeArrivalDateMax=2026-05-12"):
            self.assertEqual([n["transportDocumentReference"] for n in self.asked(query)], ["AN4"], query)
        for query in ("transportDocumentReferences=OTHER", "vesselIMONumber=9074729&carrierServiceCode=FE2",
                      "transportDocumentReferences=AN4&portOfDischargeArrivalDateMax=2026-05-11", "transportDocumentReferences=AN4&portOfDischarge=NLRTM"):
            self.assertEqual(self.asked(query), [], query)
        both = self.asked("transportDocumentReferences=AN4,AN5")
        self.assertEqual(len(both), 2)
        first = self.server.get(f"{PATH}?transportDocumentReferences=AN4,AN5&limit=1", self.line)
        second = self.server.get(f"{PATH}?transportDocumentReferences=AN4,AN5&limit=1&cursor={first.headers['next-page-cursor']}", self.line)
        self.assertEqual(first.json["arrivalNotices"] + second.json["arrivalNotices"], both)

    def test_who_is_named_sees_it_as_far_as_its_role_goes(self):
        self.tell(notice("AN6", "MSCU7654362"))
        self.assertEqual(self.asked("transportDocumentReferences=AN6", self.rival), [])
        [whole] = self.asked("transportDocumentReferences=AN6", self.consignee)
        self.assertEqual(whole["charges"][0]["chargeName"], "THC")
        self.assertEqual(whole["freeTimes"][0]["duration"], 10)

    def test_one_who_may_not_see_charges_sees_none(self):
        self.tell(notice("AN7", "MSCU7654378", documentParties=[{"partyFunction": "CG", "partyName": "Agent", "identifyingCodes": [
            {"codeListProvider": "SMDG", "partyCode": "MSC"}]}]))
        [seen] = self.asked("transportDocumentReferences=AN7", self.rival)
        self.assertNotIn("charges", seen)
        self.assertEqual(seen["utilizedTransportEquipments"][0]["equipment"]["equipmentReference"], "MSCU7654378")
        self.assertEqual(seen["transport"]["portOfDischarge"]["UNLocationCode"], "SGSIN")

    def test_notifications_tell_but_are_no_notices(self):
        told = {"issueDateTime": "2026-03-04T00:00:00Z", "transportDocumentReference": "AN8", "equipmentReferences": ["MSCU7654383"],
                "portOfDischarge": {"UNLocationCode": "SGSIN"}, "portOfDischargeArrivalDate": {"value": "2026-03-12", "classifier": "EST"}}
        answer = self.tell(told, path=NOTIFICATIONS, member="arrivalNoticeNotifications")
        self.assertEqual((answer.status, answer.json), (200, {"feedbackElements": []}))
        self.assertEqual({e["milestone"] for e in self.server.journey("MSCU7654383", self.line).json["events"]}, {"notified", "arrived"})
        self.assertEqual(self.asked("transportDocumentReferences=AN8"), [])
        self.assertEqual(self.server.get(NOTIFICATIONS, self.line).status, 405)

    def test_refusals(self):
        for query in ("colour=red", "portOfDischargeArrivalDateMin=soon", "removeCharges=perhaps", "limit=none"):
            self.assertEqual(self.server.get(f"{PATH}?{query}", self.line).status, 400, query)
        mixed = self.tell({"transportDocumentReference": "AN9"}, notice("AN10", "MSCU7654399"))
        self.assertEqual((mixed.status, {(e["severity"], e["propertyPath"]) for e in mixed.json["feedbackElements"]}),
                         (200, {("ERROR", "$.arrivalNotices[0].issueDateTime")}))
        self.assertEqual(self.tell({"issueDateTime": "2026-03-04T00:00:00Z"}).status, 400)
        self.assertEqual(self.tell(notice("AN11"), path=NOTIFICATIONS).status, 400)
        self.server.post_events(equipment_event(1, "MSCU7654404"), self.line)
        self.assertEqual(self.asked("equipmentReferences=MSCU7654404"), [], "other events are no notices")


if __name__ == "__main__":
    unittest.main()
