"""DCSA Commercial Schedules 1.0: computed from what was told of vessels' calls, for those who may see it."""
import json
import unittest
import uuid

from fairway import Server

BASE = "/dcsa/cs/v1"
DATES = "startDate=2026-01-01&endDate=2026-12-31"


def call(number, code, port, at, imo="9321483", voyage="001W", classifier="PLN", facility="", service="FE1", created="2026-01-01T00:00:00Z", name="Fairway Star",
         imported="", **more):
    place = {"UNLocationCode": port, **({"facilityCode": facility, "facilityCodeListProvider": "SMDG"} if facility else {})}
    vessel = {"vesselIMONumber": imo, "vesselName": name, "vesselOperatorCarrierCode": "OOL"}
    return {"eventID": str(uuid.UUID(int=number)), "eventType": "TRANSPORT", "eventClassifierCode": classifier, "eventDateTime": at,
            "eventCreatedDateTime": created, "transportEventTypeCode": code,
            "transportCall": {"transportCallID": f"{imo}-{voyage}-{port}", "modeOfTransport": "VESSEL", "carrierServiceCode": service,
                              "exportVoyageNumber": voyage, **({"importVoyageNumber": imported} if imported else {}), "vessel": vessel, **place}, **more}


def voyage(first, ports, **more):
    """Calls at (port, arrival, departure), each planned."""
    events = []
    for port, arrives, departs in ports:
        for code, at in (("ARRI", arrives), ("DEPA", departs)):
            if at:
                events.append(call(first + len(events), code, port, at, **more))
    return events


class Schedules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.port = cls.server.add_party("Port", "operator")
        cls.line = cls.server.add_party("Line", "carrier", "SMDG:OOL")
        cls.rival = cls.server.add_party("Rival", "carrier", "SMDG:MSC")
        events = voyage(1, [("HKHKG", "2026-02-01T08:00:00+08:00", "2026-02-02T08:00:00+08:00"),
                            ("SGSIN", "2026-02-06T08:00:00+08:00", "2026-02-07T08:00:00+08:00"),
                            ("NLRTM", "2026-03-01T08:00:00+01:00", "2026-03-03T08:00:00+01:00")])
        events += voyage(20, [("NLRTM", "", "2026-03-08T08:00:00+01:00"), ("SEGOT", "2026-03-10T08:00:00+01:00", "")],
                         imo="9074729", voyage="F1", service="NEF", name="Feeder")
        events += voyage(30, [("HKHKG", "", "2026-02-10T08:00:00+08:00"), ("NLRTM", "2026-03-20T08:00:00+01:00", "")],
                         imo="9839272", voyage="002W", name="Fairway Moon", facility="HIT")
        # The same vessel again, long after: its voyages are found from both ends, and are one each.
        events += voyage(60, [("HKHKG", "", "2026-09-02T08:00:00+08:00"), ("SGSIN", "2026-09-06T08:00:00+08:00", "")], voyage="009W")
        # What becomes of the plan: an estimate beside it, and a correction of that.
        events += [call(50, "ARRI", "SGSIN", "2026-02-06T20:00:00+08:00", classifier="EST", created="2026-02-01T00:00:00Z"),
                   call(51, "ARRI", "SGSIN", "2026-02-06T22:00:00+08:00", classifier="EST", created="2026-02-02T00:00:00Z"),
                   call(52, "ARRI", "HKHKG", "2026-02-01T09:00:00+08:00", classifier="ACT", created="2026-02-01T02:00:00Z")]
        answer = cls.server.post_events(events, cls.line)
        assert answer.status == 200, answer

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def asked(self, path, key=None):
        answer = self.server.get(f"{BASE}/{path}", key or self.line)
        self.assertEqual((answer.status, answer.headers["api-version"]), (200, "1.0.3"), answer)
        return answer.json

    @staticmethod
    def ports(schedule):
        return [c["location"]["UNLocationCode"] for v in schedule["vesselSchedules"] for c in v["transportCalls"]]

    def test_a_vessel_and_its_whole_voyage(self):
        [service] = self.asked("vessel-schedules?vesselIMONumber=9321483&startDate=2026-01-01&endDate=2026-04-01")
        self.assertEqual(service["carrierServiceCode"], "FE1")
        [vessel] = service["vesselSchedules"]
        self.assertEqual(vessel["vessel"], {"vesselIMONumber": "9321483", "name": "Fairway Star", "operatorCarrierCode": "OOL",
                                            "operatorCarrierCodeListProvider": "SMDG"})
        self.assertFalse(vessel["isDummyVessel"])
        self.assertEqual(self.ports(service), ["HKHKG", "SGSIN", "NLRTM"])
        hong_kong, singapore, _ = vessel["transportCalls"]
        self.assertEqual((hong_kong["transportCallReference"], hong_kong["carrierImportVoyageNumber"], hong_kong["carrierExportVoyageNumber"]),
                         ("9321483-001W-HKHKG", "001W", "001W"))
        self.assertEqual([(t["eventTypeCode"], t["eventClassifierCode"], t["eventDateTime"]) for t in singapore["timestamps"]],
                         [("ARRI", "PLN", "2026-02-06T08:00:00+08:00"), ("ARRI", "EST", "2026-02-06T22:00:00+08:00"),
                          ("DEPA", "PLN", "2026-02-07T08:00:00+08:00")])
        self.assertIn(("ARRI", "ACT"), [(t["eventTypeCode"], t["eventClassifierCode"]) for t in hong_kong["timestamps"]])

    def test_only_the_voyages_of_the_time_asked_for(self):
        for dates, ports in (("startDate=2026-01-01&endDate=2026-04-01", ["HKHKG", "SGSIN", "NLRTM"]), ("startDate=2026-08-01&endDate=2026-12-31", ["HKHKG", "SGSIN"])):
            [service] = self.asked(f"vessel-schedules?vesselIMONumber=9321483&{dates}")
            self.assertEqual(self.ports(service), ports)
        self.assertEqual(self.route("placeOfReceipt=HKHKG&placeOfDelivery=SGSIN"), [[("Fairway Star", "HKHKG", "SGSIN")]] * 2)

    def test_vessels_by_every_other_parameter(self):
        for query, vessels in (("vesselName=fairway%20star", {"9321483"}), ("carrierServiceCode=FE1", {"9321483", "9839272"}),
                               ("carrierServiceCode=FE1&carrierVoyageNumber=002W", {"9839272"}), ("carrierVoyageNumber=F1", {"9074729"}),
                               ("UNLocationCode=NLRTM", {"9321483", "9839272", "9074729"}), ("UNLocationCode=HKHKG&facilitySMDGCode=HIT", {"9839272"}),
                               ("vesselOperatorCarrierCode=OOL", {"9321483", "9839272", "9074729"}), ("UNLocationCode=SEGOT", {"9074729"}),
                               ("vesselIMONumber=9321483&vesselName=Other", set()), ("universalServiceReference=SR12345A", set()),
                               ("vesselIMONumber=9321483&startDate=2026-06-01&endDate=2026-08-01", set()), ("vesselIMONumber=9321483&startDate=2025-01-01&endDate=2025-02-01", set())):
            dated = query if "startDate" in query else f"{query}&{DATES}"
            found = {v["vessel"]["vesselIMONumber"] for s in self.asked(f"vessel-schedules?{dated}") for v in s["vesselSchedules"]}
            self.assertEqual(found, vessels, query)
        [service] = self.asked(f"vessel-schedules?UNLocationCode=SEGOT&{DATES}")
        self.assertEqual(self.ports(service), ["NLRTM", "SEGOT"], "the whole voyage")

    def test_a_port_from_a_day_on(self):
        by_terminal = self.asked("port-schedules?UNLocationCode=HKHKG&date=2026-02-01")
        self.assertEqual([(p["location"].get("facilitySMDGCode"), [v["vessel"]["name"] for v in p["vesselSchedules"]]) for p in by_terminal],
                         [(None, ["Fairway Star", "Fairway Star"]), ("HIT", ["Fairway Moon"])])
        partner = by_terminal[0]["vesselSchedules"][0]["servicePartners"][0]
        self.assertEqual((partner["carrierServiceCode"], partner["carrierExportVoyageNumber"]), ("FE1", "001W"))
        later = self.asked("port-schedules?UNLocationCode=HKHKG&date=2026-02-03")
        self.assertEqual([v["vessel"]["name"] for p in later for v in p["vesselSchedules"]], ["Fairway Star", "Fairway Moon"])
        self.assertEqual(self.asked("port-schedules?UNLocationCode=USLAX&date=2026-02-03"), [])

    def test_pages_of_a_port(self):
        first = self.server.get(f"{BASE}/port-schedules?UNLocationCode=HKHKG&date=2026-02-01&limit=1", self.line)
        second = self.server.get(f"{BASE}/port-schedules?UNLocationCode=HKHKG&date=2026-02-01&limit=1&cursor={first.headers['next-page-cursor']}", self.line)
        self.assertEqual(first.json + second.json, self.asked("port-schedules?UNLocationCode=HKHKG&date=2026-02-01"))
        self.assertNotIn("next-page-cursor", second.headers)

    def route(self, query):
        return [[(leg["transport"]["vessel"]["name"], leg["departure"]["location"]["UNLocationCode"], leg["arrival"]["location"]["UNLocationCode"])
                 for leg in solution["legs"]] for solution in self.asked(f"point-to-point-routes?{query}&departureStartDate=2026-01-01")]

    def test_direct_routes(self):
        self.assertEqual(self.route("placeOfReceipt=HKHKG&placeOfDelivery=NLRTM"),
                         [[("Fairway Star", "HKHKG", "NLRTM")], [("Fairway Moon", "HKHKG", "NLRTM")]])
        [first, _] = self.asked("point-to-point-routes?placeOfReceipt=HKHKG&placeOfDelivery=NLRTM&departureStartDate=2026-01-01")
        self.assertEqual((first["placeOfReceipt"]["dateTime"], first["placeOfDelivery"]["dateTime"]), ("2026-02-02T08:00:00+08:00", "2026-03-01T08:00:00+01:00"))
        self.assertEqual((first["transitTime"], first["solutionNumber"], first["receiptTypeAtOrigin"]), (28, 1, "CY"))
        self.assertEqual([c["location"]["UNLocationCode"] for c in first["legs"][0]["intermediateCalls"]], ["SGSIN"])
        self.assertEqual(self.route("placeOfReceipt=NLRTM&placeOfDelivery=HKHKG"), [], "never back in time")

    def test_routes_with_a_change_of_vessel(self):
        change = [("Fairway Star", "HKHKG", "NLRTM"), ("Feeder", "NLRTM", "SEGOT")]
        self.assertEqual(self.route("placeOfReceipt=HKHKG&placeOfDelivery=SEGOT"), [change], "the later vessel misses the feeder")
        self.assertEqual(self.route("placeOfReceipt=HKHKG&placeOfDelivery=SEGOT&maxTranshipment=1"), [change])
        self.assertEqual(self.route("placeOfReceipt=HKHKG&placeOfDelivery=SEGOT&maxTranshipment=0"), [])

    def test_routes_within_dates_and_by_type(self):
        asked = "placeOfReceipt=HKHKG&placeOfDelivery=NLRTM"
        only = [("departureEndDate=2026-02-02", 1), ("departureStartDate=2026-02-03", 1), ("arrivalEndDate=2026-03-01", 1), ("arrivalStartDate=2026-03-21", 0),
                ("arrivalStartDate=2026-01-01&receiptTypeAtOrigin=CY&deliveryTypeAtDestination=CY&cargoType=REEFER", 2),
                ("arrivalStartDate=2026-01-01&receiptTypeAtOrigin=SD", 0)]
        for query, count in only:
            self.assertEqual(len(self.asked(f"point-to-point-routes?{asked}&{query}")), count, query)

    def test_what_others_said_is_hidden(self):
        for path in (f"vessel-schedules?vesselIMONumber=9321483&{DATES}", "port-schedules?UNLocationCode=HKHKG&date=2026-02-01",
                     "point-to-point-routes?placeOfReceipt=HKHKG&placeOfDelivery=NLRTM&departureStartDate=2026-01-01"):
            self.assertEqual(self.asked(path, self.rival), [], path)
            self.assertTrue(self.asked(path, self.port), path)

    def test_a_retracted_call_is_none(self):
        self.server.post_events(call(70, "ARRI", "KRPUS", "2026-04-01T08:00:00+09:00", imo="9454436", voyage="R1"), self.line)
        self.assertEqual(len(self.asked("port-schedules?UNLocationCode=KRPUS&date=2026-01-01")), 1)
        gone = call(71, "ARRI", "KRPUS", "2026-04-01T08:00:00+09:00", imo="9454436", voyage="R1", retractsEventID=str(uuid.UUID(int=70)))
        self.assertEqual(self.server.post_events(gone, self.line).status, 200)
        self.assertEqual(self.asked("port-schedules?UNLocationCode=KRPUS&date=2026-01-01"), [])

    def test_bad_requests_in_the_words_of_the_standard(self):
        for query, property_ in (("vessel-schedules", "vesselIMONumber"), (f"vessel-schedules?{DATES}", "vesselIMONumber"),
                                 ("vessel-schedules?UNLocationCode=hk", "UNLocationCode"), ("port-schedules?date=2026-01-01", "UNLocationCode"),
                                 ("port-schedules?UNLocationCode=HKHKG", "date"), ("port-schedules?UNLocationCode=HKHKG&date=soon", "date"),
                                 ("point-to-point-routes?placeOfReceipt=HKHKG", "placeOfDelivery"), ("vessel-schedules?colour=red", "colour"),
                                 ("point-to-point-routes?placeOfReceipt=HKHKG&placeOfDelivery=SGSIN&maxTranshipment=many", "maxTranshipment"),
                                 ("point-to-point-routes?placeOfReceipt=HKHKG&placeOfDelivery=SGSIN&cargoType=GAS", "cargoType"),
                                 ("port-schedules?UNLocationCode=HKHKG&date=2026-01-01&limit=0", "limit")):
            answer = self.server.get(f"{BASE}/{query}", self.line)
            self.assertEqual(answer.status, 400, query)
            self.assertLessEqual({"httpMethod", "requestUri", "statusCode", "statusCodeText", "errorDateTime", "errors"}, set(answer.json))
            self.assertEqual(answer.json["errors"][0]["property"], property_, query)
            self.assertTrue(answer.json["errors"][0]["errorCodeText"] and answer.json["errors"][0]["errorCodeMessage"])
        self.assertEqual(self.server.get(f"{BASE}/port-schedules?UNLocationCode=HKHKG&date=2026-01-01").status, 401)


if __name__ == "__main__":
    unittest.main()
