"""The APIs of DCSA beyond what their conformance scenarios ask (tests/conformance/dcsa.py): errors, pages, what is hidden."""
import concurrent.futures
import json
import time
import unittest

from fairway import Served, equipment_event

EVENTS = "/dcsa/tnt/v2/events"


class Tnt2(Served):
    def test_errors_are_in_the_words_of_the_standard(self):
        wanted = {"httpMethod", "requestUri", "statusCode", "statusCodeText", "errorDateTime", "errors"}
        cases = ((f"{EVENTS}?eventType=SHIP", self.line, 400, "Bad Request"), (EVENTS, None, 401, "Unauthorized"),
                 (f"{EVENTS}/nothing", self.line, 404, "Not Found"))
        for target, key, status, text in cases:
            answer = self.server.get(target, key)
            self.assertEqual((answer.status, set(answer.json)), (status, wanted), target)
            body = answer.json
            self.assertEqual((body["httpMethod"], body["requestUri"], body["statusCode"], body["statusCodeText"]), ("GET", target, status, text))
            self.assertTrue(body["errors"][0]["reason"] and body["errors"][0]["message"])
            self.assertEqual((answer.headers["api-version"], answer.headers["content-type"]), ("2.2.0", "application/json"))
        self.assertEqual(self.server.get(EVENTS).headers["www-authenticate"], "Bearer")

    def test_the_version_of_the_request_is_that_of_the_address(self):
        for version, status in (("2", 200), ("2.2.0", 200), ("3", 400), ("two", 400)):
            self.assertEqual(self.server.get(EVENTS, self.line, headers={"API-Version": version}).status, status, version)

    def test_a_page_knows_those_around_it(self):
        self.server.post_events([equipment_event(100 + i, "PAGU0000001") for i in range(7)], self.line)
        asked = f"{EVENTS}?equipmentReference=PAGU0000001&limit=2"
        ids = [equipment_event(100 + i)["eventID"] for i in range(7)]

        def page(target):
            answer = self.server.get(target, self.line)
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.headers["current-page"], target)
            return answer, [event["eventID"] for event in answer.json]

        first, seen = page(asked)
        self.assertNotIn("prev-page", first.headers)
        self.assertEqual(seen, ids[:2])
        self.assertEqual(page(first.headers["last-page"])[1], ids[5:])
        pages, target = [], asked
        while target:
            answer, seen = page(target)
            pages.append((answer, seen))
            target = answer.headers.get("next-page")
        self.assertEqual([seen for _, seen in pages], [ids[0:2], ids[2:4], ids[4:6], ids[6:]])
        for before, (answer, _) in zip(pages, pages[1:]):
            self.assertEqual(page(answer.headers["prev-page"])[1], before[1])
            self.assertEqual(page(answer.headers["first-page"])[1], ids[:2])

    def test_far_back_a_page_before_is_forgotten_not_wrong(self):
        self.server.post_events([equipment_event(200 + i, "FARU0000001") for i in range(20)], self.line)
        target, pages = f"{EVENTS}?equipmentReference=FARU0000001&limit=1", []
        while target:
            pages.append(self.server.get(target, self.line))
            target = pages[-1].headers.get("next-page")
        back, steps = pages[-1], len(pages) - 1
        while "prev-page" in back.headers:
            back, steps = self.server.get(back.headers["prev-page"], self.line), steps - 1
            self.assertEqual(back.body, pages[steps].body)
        self.assertEqual(steps, len(pages) - 16)

    def test_times_as_they_come(self):
        event = equipment_event(300, "TIMU0000001", at="2026-01-02T03:04:05+08:00")
        self.server.post_events(event, self.line)
        for words in ("eventCreatedDateTime=2026-01-02T03:04:05+08:00", "eventCreatedDateTime%3Aeq=2026-01-01T19:04:05Z",
                      "eventCreatedDateTime:gte=2026-01-02T03:04:05%2B08:00&eventCreatedDateTime%3alte=2026-01-02T03:04:05%2008:00"):
            answer = self.server.get(f"{EVENTS}?equipmentReference=TIMU0000001&{words}", self.line)
            self.assertEqual([e["eventID"] for e in answer.json], [event["eventID"]], words)
        self.assertEqual(self.server.get(f"{EVENTS}?equipmentReference=TIMU0000001&eventCreatedDateTime:gt=2026-01-01T19:04:05Z", self.line).json, [])

    def test_one_event_by_its_id(self):
        event = equipment_event(400, "ONEU0000001")
        self.server.post_events(event, self.line)
        for key in (self.line, self.port):
            self.assertEqual(self.server.get(f"{EVENTS}/{event['eventID']}", key).json["equipmentReference"], "ONEU0000001")
        hidden, unknown = (self.server.get(f"{EVENTS}/{i}", self.rival) for i in (event["eventID"], equipment_event(401)["eventID"]))
        self.assertEqual((hidden.status, unknown.status), (404, 404))
        self.assertEqual(hidden.json["errors"][0]["reason"], unknown.json["errors"][0]["reason"])

    def test_what_is_hidden_is_not_found_by_asking(self):
        self.server.post_events(equipment_event(500, "HIDU0000001"), self.line)
        asked = f"{EVENTS}?equipmentReference=HIDU0000001&UNLocationCode=HKHKG"
        self.assertEqual(len(self.server.get(asked, self.line).json), 1)
        self.assertEqual(self.server.get(asked, self.rival).json, [])

    def test_a_named_party_sees_what_it_is_named_in_and_is_noted(self):
        event = equipment_event(600, "NAMU8888881", parties=[{"role": "CA", "scheme": "SMDG", "code": "MSC"}])
        self.server.post_events(event, self.line)
        self.assertEqual(self.server.get(f"{EVENTS}/{event['eventID']}", self.rival).status, 200)
        self.assertEqual(len(self.server.get(f"{EVENTS}?equipmentReference=NAMU8888881", self.rival).json), 1)

    def test_what_2_2_has_no_code_for_stays_out_of_its_answers(self):
        odd = {**equipment_event(700, "ODDU0000001"), "eventID": "gate-7", "references": [{"referenceType": "XYZ", "referenceValue": "1"}],
               "seals": [{"sealNumber": "S1", "sealType": "GLUE"}]}
        flown = {"eventID": equipment_event(701)["eventID"], "eventType": "TRANSPORT", "eventClassifierCode": "ACT", "eventDateTime": "2026-01-01T00:00:00Z",
                 "eventCreatedDateTime": "2026-01-01T00:00:00Z", "transportEventTypeCode": "ARRI",
                 "transportCall": {"transportCallID": "c", "modeOfTransport": "AIR"}, "references": [{"referenceType": "EQ", "referenceValue": "ODDU0000001"}]}
        self.assertEqual(self.server.post_events([odd, flown], self.line).status, 200)
        [event] = self.server.get(f"{EVENTS}?equipmentReference=ODDU0000001", self.line).json
        self.assertRegex(event["eventID"], "^[0-9a-f]{8}-[0-9a-f-]{27}$")
        self.assertEqual(event["fairway"]["eventID"], "gate-7")
        self.assertNotIn("XYZ", json.dumps(event.get("references", [])))
        self.assertEqual(event["seals"], [{"sealNumber": "S1", "sealType": "BLT"}])
        self.assertEqual(self.server.get(f"{EVENTS}/gate-7", self.line).json["eventID"], event["eventID"])
        self.assertEqual(len(self.server.get("/v1/events?equipmentReference=ODDU0000001", self.line).json), 2, "Fairway's own answer says all")

    def test_a_schedule_is_asked_for_in_vain(self):
        self.assertEqual(self.server.get(f"{EVENTS}?scheduleID=8eb9a4c4-392f-4ed1-9d3b-6d5d4d2f0e4a", self.line).json, [])


class Tnt3(Served):
    """What later, late and withdrawn tellings of a claim come to."""

    def tell(self, event_id, box, updated, code="GTIN", key=None, **more):
        event = {"eventRouting": {"originatingParty": {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"}}, "eventID": event_id,
                 "eventDateTime": "2026-01-20T09:00:00Z", "eventUpdatedDateTime": updated, "eventClassification": {
                     "eventTypeCode": "EQUIPMENT", "eventClassifierCode": "ACT", "equipmentEventTypeCode": code},
                 "equipmentDetails": {"equipmentReference": box, "ISOEquipmentCode": "22G1"}, **more}
        return self.send([event], key)

    def send(self, events, key=None):
        return self.server.request("POST", "/dcsa/tnt/v3/events", json.dumps({"events": events}), key or self.line, {"Content-Type": "application/json"})

    def held(self, box):
        """The events of the container's journey that still hold."""
        answer = self.server.journey(box, self.line)
        return [e for e in answer.json["events"] if e["status"] not in ("retracted", "corrected")] if answer.status == 200 else []

    def told(self, box):
        answer = self.server.get(f"/dcsa/tnt/v3/events?equipmentReference={box}", self.line)
        return [(e["eventID"], e.get("isRetracted", False), e["eventUpdatedDateTime"]) for e in answer.json["events"]]

    def test_one_that_said_that_it_was_not_is_retracted(self):
        self.tell("h", "CLAU0000011", "2026-01-20T10:00:00Z", isRetracted=False)
        self.tell("h", "CLAU0000011", "2026-01-20T12:00:00Z", isRetracted=True)
        self.assertEqual(self.told("CLAU0000011"), [("h", False, "2026-01-20T10:00:00Z"), ("h", True, "2026-01-20T12:00:00Z")])

    def test_a_later_telling_corrects_and_a_late_one_changes_nothing(self):
        self.assertEqual(self.tell("a", "CLAU0000001", "2026-01-20T10:00:00Z").status, 200)
        self.assertEqual(self.tell("a", "CLAU0000001", "2026-01-20T12:00:00Z", "GTOT").json, {"feedbackElements": []})
        self.assertEqual([e["milestone"] for e in self.held("CLAU0000001")], ["gate_out"])
        late = self.tell("a", "CLAU0000001", "2026-01-20T11:00:00Z", "LOAD")
        self.assertEqual([e["severity"] for e in late.json["feedbackElements"]], ["INFO"])
        self.assertEqual(self.told("CLAU0000001"), [("a", False, "2026-01-20T10:00:00Z"), ("a", False, "2026-01-20T12:00:00Z")])
        events = self.server.get("/v1/events?equipmentReference=CLAU0000001", self.line).json
        self.assertEqual(events[1]["correctsEventID"], events[0]["eventID"])
        self.tell("a", "CLAU0000001", "2026-01-20T12:00:00Z", "GTOT")
        self.tell("a", "CLAU0000001", "2026-01-20T10:00:00Z")
        self.assertEqual(len(self.told("CLAU0000001")), 2, "told again, nothing is new")

    def test_a_claim_is_its_originating_partys(self):
        other = {"eventRouting": {"originatingParty": {"partyCode": "MSC", "codeListProvider": "SMDG", "codeListName": "LCL"}}}
        self.tell("b", "CLAU0000002", "2026-01-20T12:00:00Z")
        self.tell("b", "CLAU0000002", "2026-01-20T10:00:00Z", **other)
        self.tell("b", "CLAU0000002", "2026-01-20T10:00:00Z", key=self.rival)
        self.assertNotIn("correctsEventID", json.dumps(self.server.get("/v1/events?equipmentReference=CLAU0000002", self.port).json))
        self.assertEqual(len(self.server.get("/v1/events?equipmentReference=CLAU0000002", self.port).json), 3)

    def test_what_is_retracted_is_gone_with_all_that_was_told_before(self):
        for hour, code in ((10, "GTIN"), (11, "GTOT"), (12, "LOAD")):
            self.tell("c", "CLAU0000003", f"2026-01-20T{hour}:00:00Z", code)
        self.assertEqual(self.send([{"eventRouting": {"originatingParty": {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"}},
                                     "eventID": "c", "isRetracted": True, "eventUpdatedDateTime": "2026-01-20T13:00:00Z"}]).status, 200)
        self.assertEqual([retracted for _, retracted, _ in self.told("CLAU0000003")], [False] * 3 + [True] * 3)
        self.assertEqual(self.held("CLAU0000003"), [])
        self.tell("c", "CLAU0000003", "2026-01-20T12:30:00Z", "DISC")
        self.assertEqual(len(self.told("CLAU0000003")), 6, "written before the withdrawal")
        self.tell("c", "CLAU0000003", "2026-01-20T14:00:00Z", "DISC")
        self.assertEqual(len(self.told("CLAU0000003")), 7, "told anew")

    def test_a_retraction_comes_before_what_it_retracts(self):
        gone = {"eventRouting": {"originatingParty": {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"}}, "eventID": "d",
                "isRetracted": True, "eventUpdatedDateTime": "2026-01-20T13:00:00Z"}
        self.assertEqual(self.send([gone]).json, {"feedbackElements": []})
        self.tell("d", "CLAU0000004", "2026-01-20T12:00:00Z")
        self.assertEqual(self.told("CLAU0000004"), [])

    def test_tellings_of_one_claim_in_one_body(self):
        events = [{"eventID": "e", "eventDateTime": "2026-01-20T09:00:00Z", "eventUpdatedDateTime": f"2026-01-{day:02}T10:00:00Z", "eventClassification": {
            "eventTypeCode": "EQUIPMENT", "eventClassifierCode": "ACT", "equipmentEventTypeCode": "GTIN"},
            "equipmentDetails": {"equipmentReference": "CLAU0000005"}} for day in (3, 1, 4, 2, 5)]
        self.assertEqual(self.send(events).status, 200)
        self.assertEqual([updated[8:10] for _, _, updated in self.told("CLAU0000005")], ["03", "04", "05"])

    def test_a_claim_told_very_often_still_has_one_telling_that_holds(self):
        for number in range(70):
            self.tell("f", "CLAU0000006", f"2026-01-{1 + number // 24:02}T{number % 24:02}:00:00Z")
        self.assertEqual([e["created"]["instant"] for e in self.held("CLAU0000006")], ["2026-01-03T21:00:00Z"])
        self.send([{"eventRouting": {"originatingParty": {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"}}, "eventID": "f", "isRetracted": True,
                    "eventUpdatedDateTime": "2026-02-01T00:00:00Z"}])
        self.assertEqual(self.held("CLAU0000006"), [])

    def test_tellings_at_one_moment_leave_one_that_holds(self):
        def tell(minute):
            end = time.monotonic() + 30
            while True:
                answer = self.tell("g", "CLAU0000010", f"2026-01-20T10:{minute:02}:00Z")
                if answer.status == 200 or time.monotonic() > end:
                    return answer.status
                self.assertEqual(answer.status, 503, answer)
                self.assertIn("retry-after", answer.headers)

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            self.assertEqual(set(pool.map(tell, range(16))), {200})
        self.assertEqual([e["created"]["instant"] for e in self.held("CLAU0000010")], ["2026-01-20T10:15:00Z"])

    def test_each_refusal_is_a_feedback_element(self):
        good = self.send([{"eventID": "x", "eventClassification": {"eventTypeCode": "IOT"}}, {"eventID": "g", "eventDateTime": "2026-01-20T09:00:00Z",
                          "eventUpdatedDateTime": "2026-01-20T10:00:00Z", "eventClassification": {"eventTypeCode": "IOT", "eventClassifierCode": "ACT", "iotEventTypeCode": "DETC"},
                          "iotDetails": {"iotEventCode": "DRO"}, "equipmentDetails": {"equipmentReference": "CLAU0000007"}}])
        self.assertEqual(good.status, 200)
        self.assertTrue(all(e["propertyPath"].startswith("$.events[0]") for e in good.json["feedbackElements"] if e["severity"] == "ERROR"), good)
        for body in ([{"eventID": "x"}], [7]):
            refused = self.send(body)
            self.assertEqual(refused.status, 400)
            self.assertIn("ERROR", [e["severity"] for e in refused.json["feedbackElements"]])
        for body in (b"{", b"[]", b'{"eventType":"EQUIPMENT"}'):
            refused = self.server.request("POST", "/dcsa/tnt/v3/events", body, self.line, {"Content-Type": "application/json"})
            self.assertEqual((refused.status, refused.headers["api-version"]), (400, "3.0.0"), body)

    def test_nothing_found_is_an_empty_list(self):
        answer = self.server.get("/dcsa/tnt/v3/events?carrierBookingReference=NONE", self.line)
        self.assertEqual((answer.status, answer.json, answer.headers["api-version"]), (200, {"events": []}, "3.0.0"))
        self.assertEqual(self.server.get("/dcsa/tnt/v3/events?colour=red", self.line).status, 400)
        self.assertEqual(self.server.get("/dcsa/tnt/v3/events?carrierBookingReference=NONE&limit=100000", self.line).status, 200)

    def test_what_others_said_is_hidden_and_what_names_is_shown(self):
        self.tell("h", "CLAU0000008", "2026-01-20T10:00:00Z")
        self.assertEqual(self.server.get("/dcsa/tnt/v3/events?equipmentReference=CLAU0000008", self.rival).json, {"events": []})
        self.tell("i", "CLAU0000009", "2026-01-20T10:00:00Z", eventRouting={
            "originatingParty": {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"},
            "destinationParty": {"partyCode": "MSC", "codeListProvider": "SMDG", "codeListName": "LCL"}})
        self.assertEqual([e["eventID"] for e in self.server.get("/dcsa/tnt/v3/events?equipmentReference=CLAU0000009", self.rival).json["events"]], ["i"])

    def test_events_of_2_2_are_answered_as_3_0(self):
        self.server.post_events(equipment_event(900, "OLDU0000001"), self.line)
        [event] = self.server.get("/dcsa/tnt/v3/events?equipmentReference=OLDU0000001", self.line).json["events"]
        self.assertEqual(event["eventRouting"]["originatingParty"], {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"})
        self.assertEqual((event["eventID"], event["eventClassification"]["equipmentEventTypeCode"]), (equipment_event(900)["eventID"], "GTIN"))
        self.assertEqual(event["eventLocation"]["UNLocationCode"], "HKHKG")


class Vgm(Served):
    PATH = "/dcsa/vgm/v1/vgm-declarations"

    def declaration(self, name, box, declared="2026-01-20T10:00:00Z", weight=24000.5, unit="KGM", **more):
        return {"routingDetails": {"originatingParty": {"partyCode": "OOL", "codeListProvider": "SMDG", "codeListName": "LCL"}},
                "declarationReference": name, "declarationDateTime": declared, "authorizedPersonSignatory": "JANE DOE",
                "equipmentDetails": {"equipmentReference": box, "ISOEquipmentCode": "22G1", "tareWeight": {"value": 2200, "unit": "KGM"}},
                "shipmentDetails": {"carrierBookingReference": f"B{box}"}, "vesselVoyageDetails": {"vesselName": "Fairway Star"},
                "VGM": {"weight": {"value": weight, "unit": unit}, "method": "SM1", "dateTime": "2026-01-20T09:00:00+08:00",
                        "location": {"UNLocationCode": "HKHKG"}}, **more}

    def tell(self, *declarations, key=None):
        return self.server.request("POST", self.PATH, json.dumps({"VGMDeclarations": declarations}), key or self.line, {"Content-Type": "application/json"})

    def told(self, box, query=""):
        answer = self.server.get(f"{self.PATH}?equipmentReference={box}{query}", self.line)
        self.assertEqual((answer.status, answer.headers["api-version"]), (200, "1.0.1"), answer)
        return answer.json["VGMDeclarations"]

    def test_a_declaration_comes_out_as_it_went_in(self):
        sent = self.declaration("v1", "VGMU0000001")
        self.assertEqual(self.tell(sent).json, {"feedbackElements": []})
        self.assertEqual(self.told("VGMU0000001"), [sent])
        [event] = self.server.journey("VGMU0000001", self.line).json["events"]
        self.assertEqual((event["milestone"], event["equipment"]["vgmKg"], event["equipment"]["tareKg"]), ("weighed", 24000.5, 2200))
        self.assertEqual(event["occurred"]["local"], "2026-01-20T09:00:00+08:00")

    def test_pounds_are_kilograms(self):
        self.tell(self.declaration("v2", "VGMU0000002", weight=1000, unit="LBR"))
        [event] = self.server.journey("VGMU0000002", self.line).json["events"]
        self.assertAlmostEqual(event["equipment"]["vgmKg"], 453.59237)
        self.assertEqual(self.told("VGMU0000002")[0]["VGM"]["weight"], {"value": 1000, "unit": "LBR"})

    def test_later_ones_hold_and_retracted_ones_do_not(self):
        self.tell(self.declaration("v3", "VGMU0000003"))
        self.tell(self.declaration("v3", "VGMU0000003", "2026-01-20T12:00:00Z", 25000))
        self.tell(self.declaration("v3", "VGMU0000003", "2026-01-20T11:00:00Z", 1))
        self.assertEqual([d["VGM"]["weight"]["value"] for d in self.told("VGMU0000003")], [24000.5, 25000])
        gone = {"routingDetails": self.declaration("", "")["routingDetails"], "declarationReference": "v3", "isRetracted": True}
        self.assertEqual(self.tell(gone).status, 200)
        self.assertEqual([d.get("isRetracted", False) for d in self.told("VGMU0000003")], [False, False, True, True])

    def test_one_that_said_that_it_was_not_is_retracted(self):
        self.tell(self.declaration("v9", "VGMU0000009", isRetracted=False))
        self.assertEqual([d["isRetracted"] for d in self.told("VGMU0000009")], [False])
        self.tell(self.declaration("v9", "VGMU0000009", "2026-01-20T12:00:00Z", isRetracted=True))
        self.assertEqual([d["isRetracted"] for d in self.told("VGMU0000009")], [False, True])

    def test_filters_and_refusals(self):
        self.tell(self.declaration("v4", "VGMU0000004"), self.declaration("v5", "VGMU0000004", "2026-02-20T10:00:00Z"))
        self.server.post_events(equipment_event(950, "VGMU0000004"), self.line)
        self.assertEqual([d["declarationReference"] for d in self.told("VGMU0000004")], ["v4", "v5"], "other events are no declarations")
        self.assertEqual([d["declarationReference"] for d in self.told("VGMU0000004", "&declarationDateTimeMin=2026-02-01T00:00:00Z")], ["v5"])
        self.assertEqual(self.server.get(f"{self.PATH}?eventTypes=IOT", self.line).status, 400)
        self.assertEqual(self.server.get(f"{self.PATH}?equipmentReference=VGMU0000004", self.rival).json, {"VGMDeclarations": []})
        bad = self.tell(self.declaration("v6", "VGMU0000005", weight="heavy"), self.declaration("v7", "VGMU0000005"))
        self.assertEqual([(e["severity"], e["propertyPath"]) for e in bad.json["feedbackElements"]], [("ERROR", "$.VGMDeclarations[0].VGM.weight")])
        self.assertEqual([d["declarationReference"] for d in self.told("VGMU0000005")], ["v7"])
        self.assertEqual(self.tell({"declarationReference": "v8"}).status, 400)
        self.assertEqual(self.server.request("POST", self.PATH, b'{"events":[]}', self.line, {"Content-Type": "application/json"}).status, 400)


if __name__ == "__main__":
    unittest.main()
