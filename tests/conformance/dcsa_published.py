#!/usr/bin/env python3
"""DCSA Port Call 2.0, Arrival Notice 1.0, Commercial Schedules 1.0: the combinations of parameters that their suites ask, played by Fairway's
own checks against the shipped program; and wrong answers that the checks must flag. The published schemas are not held against the answers.
"""
import copy
import json
import sys
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from support import dcsa_published as standard  # noqa: E402
from support.scenarios import Skip, Tally, Wrong, flagged  # noqa: E402

from fairway import Server  # noqa: E402
from test_dcsa_arrival_notice import notice  # noqa: E402
from test_dcsa_port_call import event  # noqa: E402
from test_dcsa_schedules import voyage  # noqa: E402


def changed(good, change):
    body = copy.deepcopy(good)
    change(body)
    return body


class Player:
    def __init__(self, tally, server, key, name, path, check):
        self.tally, self.server, self.key, self.name, self.path, self.check = tally, server, key, name, path, check

    def get(self, query):
        answer = self.server.get(f"{self.path}?{urllib.parse.urlencode(query)}", self.key)
        if answer.status != 200 or "api-version" not in answer.headers:
            raise Wrong(f"{answer!r}")
        return answer

    def play(self, query):
        self.tally.play(f"{self.name}: {'&'.join(query)}", lambda: self.check(self.get(query).json, query))

    def post(self, title, body):
        def scenario():
            answer = self.server.request("POST", self.path, json.dumps(body), self.key, {"Content-Type": "application/json"})
            errors = [e for e in answer.json.get("feedbackElements", []) if e.get("severity") == "ERROR"]
            if answer.status != 200 or errors:
                raise Wrong(f"{answer!r}")
        self.tally.play(f"{self.name}: POST {title}", scenario)

    def pages(self, query):
        def scenario():
            first = self.get({**query, "limit": 1})
            if "next-page-cursor" not in first.headers:
                raise Wrong("no Next-Page-Cursor")
            second = self.get({**query, "limit": 1, "cursor": first.headers["next-page-cursor"]})
            for page in (first, second):
                self.check(page.json, query)
            if first.json == second.json:
                raise Wrong("the second page is the first")
        self.tally.play(f"{self.name}: paging", scenario)

    def wrong(self, query, changes):
        good = self.get(query).json
        self.tally.play(f"{self.name}: the checks take a right answer", lambda: self.check(good, query))
        for kind, change in changes.items():
            self.tally.play(f"{self.name}: the checks flag {kind}", lambda c=change: flagged(self.check, c(good), query))


def play_port_call(tally, server, key):
    player = Player(tally, server, key, "Port Call 2.0", "/dcsa/port-call/v2/events", standard.check_port_call)
    first, second = event(1, classifier="PLN"), event(2, "CARGO_OPERATIONS", "STRT", "REQ", "2026-01-25T08:00:00+08:00")
    player.post("one event", {"events": [first]})
    player.post("several events", {"events": [second, event(3, "PILOT_BOARDING_PLACE"), event(4, "BERTH", "DEPA", "ACT")]})
    asked = {name: standard.at(first, path)[0] for name, path in standard.PORT_CALL.items()}
    for name, value in asked.items():
        player.play({name: value})
    bounds = {"eventTimestampMin": "2026-01-24T00:00:00Z", "eventTimestampMax": "2026-01-24T23:00:00Z"}
    for query in ({"eventTimestampMin": bounds["eventTimestampMin"]}, bounds, {"vesselIMONumber": "9321483", **bounds},
                  {"UNLocationCode": "HKHKG", "portCallServiceTypeCode": "BERTH", **bounds}, asked):
        player.play(query)
    player.pages({"vesselIMONumber": "9321483"})
    player.wrong({"portCallServiceTypeCode": "BERTH"}, {
        "wrong attribute values": lambda good: changed(good, lambda b: b["events"][0]["portCallService"].update(portCallServiceTypeCode="DOCK")),
        "wrong date-times": lambda good: changed(good, lambda b: b["events"][0].update(eventUpdatedDateTime="yesterday")),
        "wrong event ids": lambda good: changed(good, lambda b: b["events"][0].update(eventID="1")),
        "wrong structure": lambda good: good["events"], "an answer without events": lambda good: {"events": []},
        "what was not asked for": lambda good: changed(good, lambda b: b["events"][0]["portCallService"].update(portCallServiceTypeCode="TOWAGE"))})


def play_notices(tally, server, key):
    player = Player(tally, server, key, "Arrival Notice 1.0", "/dcsa/an/v1/arrival-notices", standard.check_notices)
    basic = notice("CONF1")
    basic.pop("charges"), basic.pop("freeTimes")
    freighted, free = notice("CONF2", "MSCU7654320"), notice("CONF3", "MSCU7654336")
    freighted.pop("freeTimes"), free.pop("charges")
    for title, one in (("basic", basic), ("with free time", free), ("freighted", freighted), ("regular", notice("CONF4", "MSCU7654341"))):
        player.post(title, {"arrivalNotices": [one]})
    told = Player(tally, server, key, "Arrival Notice 1.0", "/dcsa/an/v1/arrival-notice-notifications", None)
    told.post("a notification", {"arrivalNoticeNotifications": [{"issueDateTime": "2026-03-04T00:00:00Z", "transportDocumentReference": "CONF5", "equipmentReferences": [
        "HLCU1234567"], "portOfDischarge": {"UNLocationCode": "SGSIN"}, "portOfDischargeArrivalDate": {"value": "2026-03-12", "classifier": "EST"}}]})
    dates = {"portOfDischargeArrivalDateMin": "2026-03-01", "portOfDischargeArrivalDateMax": "2026-03-31"}
    player.play({"transportDocumentReferences": "CONF1"})
    player.play({"transportDocumentReferences": "CONF1,CONF2"})
    player.play({"transportDocumentReferences": "CONF1", "equipmentReferences": "MSCU1234566"})
    player.play({"equipmentReferences": "MSCU1234566"})
    player.play({"equipmentReferences": "MSCU1234566", **dates})
    player.play({"portOfDischarge": "SGSIN", **dates})
    voyages = [{}, {"carrierImportVoyageNumber": "097E"}, {"universalImportVoyageReference": "2301W"}]
    services = [{}, {"carrierServiceCode": "FE1"}, {"universalServiceReference": "SR12345A"}]
    for vessel in ({"vesselIMONumber": "9321483"}, {"vesselName": "YM MASCULINITY"}):
        for of_voyage in voyages:
            for service in services if of_voyage else services[:1]:
                player.play({**vessel, **of_voyage, **service, **dates})
    player.pages({"portOfDischarge": "SGSIN"})
    player.wrong({"portOfDischarge": "SGSIN", **dates}, {
        "wrong attribute values": lambda good: changed(good, lambda b: b["arrivalNotices"][0]["transport"]["portOfDischarge"].update(UNLocationCode="NLRTM")),
        "wrong date-times": lambda good: changed(good, lambda b: b["arrivalNotices"][0].update(issueDateTime="soon")),
        "no reference": lambda good: changed(good, lambda b: b["arrivalNotices"][0].pop("transportDocumentReference")),
        "wrong structure": lambda good: good["arrivalNotices"], "an answer without notices": lambda good: {"arrivalNotices": []}})


def play_schedules(tally, server, key):
    base, window = "/dcsa/cs/v1/", {"startDate": "2026-01-01", "endDate": "2026-12-31"}
    vessels = Player(tally, server, key, "Commercial Schedules 1.0 vessels", base + "vessel-schedules", standard.check_vessel_schedules)
    for query in ({"carrierServiceCode": "FE1"}, {"vesselIMONumber": "9321483"}, {"vesselIMONumber": "9321483", "carrierServiceCode": "FE1"},
                  {"vesselIMONumber": "9321483", "carrierServiceCode": "FE1", "carrierVoyageNumber": "001W"},
                  {"carrierVoyageNumber": "001W", "carrierServiceCode": "FE1"}, {"UNLocationCode": "HKHKG"},
                  {"UNLocationCode": "HKHKG", "facilitySMDGCode": "HIT"}):
        vessels.play({**query, **window})
    for names in (["universalServiceReference"], ["vesselIMONumber", "universalServiceReference"], ["vesselIMONumber", "carrierServiceCode", "universalVoyageReference"],
                  ["vesselIMONumber", "universalServiceReference", "carrierVoyageNumber"], ["vesselIMONumber", "universalServiceReference", "universalVoyageReference"],
                  ["carrierVoyageNumber", "universalServiceReference"], ["universalVoyageReference", "carrierServiceCode"],
                  ["universalVoyageReference", "universalServiceReference"]):
        def not_known():
            raise Skip("universal references are not known: the answer is an empty list")
        tally.play(f"Commercial Schedules 1.0 vessels: {'&'.join(names)}", not_known)
    vessels.pages({"UNLocationCode": "NLRTM", **window})
    ports = Player(tally, server, key, "Commercial Schedules 1.0 ports", base + "port-schedules", standard.check_port_schedules)
    ports.play({"UNLocationCode": "HKHKG", "date": "2026-02-01"})
    ports.pages({"UNLocationCode": "HKHKG", "date": "2026-02-01"})
    routes = Player(tally, server, key, "Commercial Schedules 1.0 routes", base + "point-to-point-routes", standard.check_routes)
    values = {"departureStartDate": "2026-01-15", "departureEndDate": "2026-02-20", "arrivalStartDate": "2026-02-20", "arrivalEndDate": "2026-04-20",
              "maxTranshipment": "1", "receiptTypeAtOrigin": "CY", "deliveryTypeAtDestination": "CY"}
    coming = {"placeOfReceipt": "KRPUS", "placeOfDelivery": "JPTYO"}  # for what is asked without dates
    for query in standard.route_queries({"placeOfReceipt": "HKHKG", "placeOfDelivery": "NLRTM"}, values):
        routes.play(query if any(name in query for name in standard.DATES) else {**query, **coming})
    routes.pages({"placeOfReceipt": "HKHKG", "placeOfDelivery": "NLRTM", "departureStartDate": "2026-01-15"})
    wanted = {"placeOfReceipt": "HKHKG", "placeOfDelivery": "SEGOT", "departureStartDate": "2026-01-15"}
    routes.play(wanted)
    routes.wrong(wanted, {
        "wrong attribute values": lambda good: changed(good, lambda b: b[0]["placeOfReceipt"]["location"].update(UNLocationCode="CNSHA")),
        "wrong date-times": lambda good: changed(good, lambda b: b[0]["legs"][0]["departure"].update(dateTime="soon")),
        "legs out of order": lambda good: changed(good, lambda b: b[0]["legs"].reverse()),
        "wrong structure": lambda good: {"routes": good}, "an answer without routes": lambda good: []})


def sample():
    far = "2090-02-{:02}T08:00:00+09:00".format
    return (voyage(1, [("HKHKG", "2026-02-01T08:00:00+08:00", "2026-02-02T08:00:00+08:00"), ("NLRTM", "2026-03-01T08:00:00+01:00", "2026-03-03T08:00:00+01:00")])
            + voyage(20, [("NLRTM", "", "2026-03-08T08:00:00+01:00"), ("SEGOT", "2026-03-10T08:00:00+01:00", "")], imo="9074729", voyage="F1", service="NEF")
            + voyage(30, [("HKHKG", "", "2026-02-10T08:00:00+08:00"), ("NLRTM", "2026-03-20T08:00:00+01:00", "")], imo="9839272", voyage="002W", facility="HIT")
            + voyage(40, [("KRPUS", "", far(1)), ("JPTYO", far(3), "")], imo="9454436", voyage="003E", service="JK1"))


def main():
    tally = Tally()
    with Server() as server:
        line = server.add_party("Fairway Line", "carrier", "SMDG:OOL")
        play_port_call(tally, server, line)
        play_notices(tally, server, line)
    with Server() as server:
        line = server.add_party("Fairway Line", "carrier", "SMDG:OOL")
        sent = server.post_events(sample(), line)
        if sent.status != 200:
            raise AssertionError(f"the sample is not taken: {sent!r}")
        play_schedules(tally, server, line)
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
