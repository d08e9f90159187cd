"""DCSA Port Call 2.0: what is told of a vessel's call comes back to whom it concerns, found by every parameter of the standard."""
import json
import unittest
import uuid

from fairway import Server, command

PATH = "/dcsa/port-call/v2/events"


def event(number, service="BERTH", code="ARRI", classifier="EST", at="2026-01-24T08:00:00+08:00", updated="2026-01-23T01:00:00Z", imo="9321483", **more):
    told = {"eventID": str(uuid.UUID(int=number)), "eventUpdatedDateTime": updated, "isFYI": False,
            "portCall": {"portCallID": str(uuid.UUID(int=7_000 + number)), "portVisitReference": f"VISIT{number}", "UNLocationCode": "HKHKG"},
            "terminalCall": {"terminalCallReference": f"TC{number}", "carrierServiceName": "Great Lion Service",
                             "serviceCodeOrReference": {"carrierServiceCode": "FE1", "universalServiceReference": "SR12345A"},
                             "exportVoyageNumberOrReference": {"carrierVoyageNumber": "2103S", "universalVoyageReference": "2301W"},
                             "importVoyageNumberOrReference": {"carrierVoyageNumber": "2103N"}},
            "portCallService": {"portCallServiceID": str(uuid.UUID(int=8_000 + number)), "portCallServiceTypeCode": service,
                                "portCallServiceEventTypeCode": code, "facilityTypeCode": "BRTH",
                                "serviceLocation": {"UNLocationCode": "HKHKG", "facility": {"facilityCode": "HIT", "facilityCodeListProvider": "SMDG"}}},
            "vessel": {"vesselIMONumber": imo, "vesselName": "King of the Seas", "vesselMMSINumber": "278111222", "draft": 12.5},
            "timestamp": {"classifierCode": classifier, "serviceDateTime": at, "remark": "as agreed"}}
    return {**told, **more}


class PortCall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.port = cls.server.add_party("Port", "operator")
        cls.terminal = cls.server.add_party("Terminal", "terminal", "SMDG:HIT")
        cls.line = cls.server.add_party("Line", "carrier", "SMDG:OOL")
        cls.rival = cls.server.add_party("Rival", "carrier", "SMDG:MSC")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def tell(self, *events, key=None, **headers):
        return self.server.request("POST", PATH, json.dumps({"events": events}), key or self.terminal,
                                   {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}})

    def asked(self, query, key=None):
        answer = self.server.get(f"{PATH}?{query}", key or self.terminal)
        self.assertEqual((answer.status, answer.headers["api-version"]), (200, "2.0.0"), answer)
        return answer.json["events"]

    def test_what_is_told_comes_back_as_it_was_told(self):
        sent = [event(1), event(2, "PILOTAGE", "STRT", "REQ"), event(3, "CARGO_OPERATIONS", "CMPL", "ACT"), event(4, "BERTH", "DEPA", "PLN")]
        answer = self.tell(*sent)
        self.assertEqual((answer.status, answer.json), (200, {"feedbackElements": []}), answer)
        for told in sent:
            self.assertEqual(self.asked(f"terminalCallReference={told['terminalCall']['terminalCallReference']}"), [told])

    def test_the_vessels_journey_has_arrival_and_departure(self):
        self.tell(event(10, imo="9074729"), event(11, "BERTH", "DEPA", "ACT", "2026-01-25T20:00:00+08:00", imo="9074729"),
                  event(12, "PILOT_BOARDING_PLACE", imo="9074729"))
        events = self.server.journey("vessel:9074729", self.terminal).json["events"]
        self.assertEqual({(e["milestone"], e["classifier"]) for e in events},
                         {("arrived", "estimated"), ("departed", "actual")})
        told = self.server.get("/v1/events?vesselIMONumber=9074729", self.terminal).json
        self.assertEqual([e["fairway"].get("milestone") for e in told], [None, None, "observed"])
        tnt = self.server.get("/dcsa/tnt/v2/events?vesselIMONumber=9074729&eventType=TRANSPORT", self.terminal).json
        self.assertEqual(sorted(e["transportEventTypeCode"] for e in tnt), ["ARRI", "DEPA"])

    def test_every_filter(self):
        told = event(20, imo="9839272", classifier="PLN", at="2026-03-01T00:00:00Z")
        told["vessel"]["vesselName"], told["vessel"]["vesselMMSINumber"] = "FilterStar", "311000001"
        told["terminalCall"]["carrierServiceName"] = "FilterService"
        self.tell(told)
        good = {"UNLocationCode": "HKHKG", "portVisitReference": "VISIT20", "carrierServiceName": "FilterService", "carrierServiceCode": "FE1",
                "universalServiceReference": "SR12345A", "terminalCallReference": "TC20", "carrierImportVoyageNumber": "2103N",
                "carrierExportVoyageNumber": "2103S", "universalExportVoyageReference": "2301W", "portCallServiceTypeCode": "BERTH",
                "vesselIMONumber": "9839272", "vesselName": "FilterStar", "vesselMMSINumber": "311000001",
                "portCallID": str(uuid.UUID(int=7_020)), "portCallServiceID": str(uuid.UUID(int=8_020)), "classifierCode": "PLN",
                "eventTimestampMin": "2026-03-01T00:00:00Z", "eventTimestampMax": "2026-03-01T08:00:00%2B08:00"}
        for name, value in good.items():
            found = self.asked(f"{name}={value}&limit=1000")
            self.assertIn(told["eventID"], [e["eventID"] for e in found], name)
            wrong = {"eventTimestampMin": "2026-03-01T00:00:01Z", "eventTimestampMax": "2026-02-28T23:59:59Z"}.get(name, "XXXXX")
            self.assertNotIn(told["eventID"], [e["eventID"] for e in self.asked(f"{name}={wrong}")], name)
        together = "&".join(f"{name}={value}" for name, value in good.items())
        self.assertEqual(self.asked(together), [told])

    def test_pages(self):
        self.tell(*[event(30 + i, imo="9454436") for i in range(5)])
        seen, cursor = [], ""
        while True:
            answer = self.server.get(f"{PATH}?vesselIMONumber=9454436&limit=2{cursor}", self.terminal)
            seen += [e["eventID"] for e in answer.json["events"]]
            if "next-page-cursor" not in answer.headers:
                break
            cursor = "&cursor=" + answer.headers["next-page-cursor"]
        self.assertEqual(seen, [str(uuid.UUID(int=30 + i)) for i in range(5)])
        self.assertEqual(self.server.get(f"{PATH}?vesselIMONumber=9454437{cursor}", self.terminal).status, 400)

    def test_refusals(self):
        for query in ("colour=red", "limit=0", "eventTimestampMin=soon", "vesselIMONumber=1&vesselIMONumber=2"):
            answer = self.server.get(f"{PATH}?{query}", self.terminal)
            self.assertEqual((answer.status, answer.json["feedbackElements"][0]["severity"]), (400, "ERROR"), query)
        self.assertEqual(self.server.get(PATH).status, 401)
        self.assertEqual(self.server.get(PATH, self.terminal, headers={"API-Version": "1"}).status, 400)
        bad = event(40, at="noon")
        mixed = self.tell(bad, event(41))
        self.assertEqual(mixed.status, 200)
        self.assertEqual([(e["severity"], e["propertyPath"]) for e in mixed.json["feedbackElements"]],
                         [("ERROR", "$.events[0].timestamp.serviceDateTime")])
        self.assertEqual(self.tell(bad).status, 400)
        for body in (b"{", b"[]", b'{"events":[]}', b'{"events":[{"eventClassification":{}}]}'):
            self.assertEqual(self.server.request("POST", PATH, body, self.terminal, {"Content-Type": "application/json"}).status, 400, body)
        body = json.dumps({"events": [event(42)]})
        self.assertEqual(self.server.request("POST", "/dcsa/tnt/v3/events", body, self.terminal, {"Content-Type": "application/json"}).status, 400)

    def test_told_again_a_later_word_corrects(self):
        self.tell(event(50, imo="9619907"))
        self.tell(event(50, imo="9619907", at="2026-01-24T12:00:00+08:00", updated="2026-01-23T05:00:00Z"))
        late = self.tell(event(50, imo="9619907", at="2026-01-24T10:00:00+08:00", updated="2026-01-23T02:00:00Z"))
        self.assertEqual([e["severity"] for e in late.json["feedbackElements"]], ["INFO"])
        self.assertEqual([e["timestamp"]["serviceDateTime"] for e in self.asked("vesselIMONumber=9619907")],
                         ["2026-01-24T08:00:00+08:00", "2026-01-24T12:00:00+08:00"])

    def test_a_call_that_is_omitted_is_no_arrival(self):
        told = event(60, imo="9632064")
        told["portCall"]["isOmitted"] = True
        self.tell(told)
        self.assertEqual(self.server.journey("vessel:9632064", self.terminal).status, 404)
        self.assertEqual(self.asked("vesselIMONumber=9632064"), [told])

    def test_it_reaches_the_party_that_it_is_addressed_to(self):
        self.tell(event(70, imo="9784257"))
        self.assertEqual(self.asked("vesselIMONumber=9784257", self.line), [])
        answer = self.tell(event(71, imo="9784257", classifier="REQ"), Request_Sending_Party="SMDG:HIT", Request_Receiving_Party="SMDG:OOL")
        self.assertEqual((answer.headers["response-sending-party"], answer.headers["response-receiving-party"]), ("SMDG:OOL", "SMDG:HIT"))
        [seen] = self.asked("vesselIMONumber=9784257", self.line)
        self.assertEqual((seen["eventID"], seen["timestamp"]["classifierCode"], seen["portCallService"]["portCallServiceTypeCode"]),
                         (str(uuid.UUID(int=71)), "REQ", "BERTH"))
        self.assertEqual(self.asked("vesselIMONumber=9784257", self.rival), [])
        self.assertEqual(self.tell(event(72), Request_Receiving_Party="nobody").status, 400)

    def test_arrivals_of_other_formats_are_berth_calls(self):
        arrival = {"eventID": str(uuid.UUID(int=80)), "eventType": "TRANSPORT", "eventClassifierCode": "ACT", "eventDateTime": "2026-01-01T00:00:00Z",
                   "eventCreatedDateTime": "2026-01-01T00:00:00Z", "transportEventTypeCode": "ARRI",
                   "transportCall": {"transportCallID": "c80", "modeOfTransport": "VESSEL", "UNLocationCode": "HKHKG", "facilityCode": "HIT",
                                     "facilityCodeListProvider": "SMDG", "vessel": {"vesselIMONumber": "9839430"}}}
        self.server.post_events(arrival, self.line)
        [seen] = self.asked("vesselIMONumber=9839430", self.line)
        self.assertEqual((seen["eventID"], seen["portCallService"]["portCallServiceEventTypeCode"], seen["timestamp"]["classifierCode"]),
                         (arrival["eventID"], "ARRI", "ACT"))

    def test_decode_shows_it(self):
        told = {"events": [event(90)]}
        shown = json.loads(command("decode", "-", stdin=json.dumps(told).encode(), check=0).stdout)
        self.assertEqual((shown["type"], shown["events"][0]["milestone"]), ("PORTCALL 2.0 BERTH ARRI EST -", "arrived"))
        self.assertEqual(json.loads(command("decode", "--raw", "-", stdin=json.dumps(told).encode(), check=0).stdout), told["events"][0])


if __name__ == "__main__":
    unittest.main()
