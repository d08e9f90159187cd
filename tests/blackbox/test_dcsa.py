"""The APIs of DCSA beyond what their conformance scenarios ask (tests/conformance/dcsa.py): errors, pages, what is hidden."""
import json
import unittest

from fairway import Server, equipment_event

EVENTS = "/dcsa/tnt/v2/events"


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.port = cls.server.add_party("Port", "operator")
        cls.line = cls.server.add_party("Line", "carrier", "SMDG:OOL")
        cls.rival = cls.server.add_party("Rival", "carrier", "SMDG:MSC")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()


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


if __name__ == "__main__":
    unittest.main()
