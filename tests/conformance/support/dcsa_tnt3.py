"""Track & Trace 3.0: what is sent and asked (21 scenarios) and how the answers are looked at."""
import json
import urllib.parse

from .openapi import instant
from .scenarios import Wrong

BASE = "/dcsa/tnt/v3"
TYPES = ("SHIPMENT", "TRANSPORT", "EQUIPMENT", "IOT", "REEFER")
CODES = {
    "SHIPMENT": ("shipmentEventTypeCode", """AMCF AMCN AMDC AMPR AMRE APPR CACF CADC CANC CARE CMPL CONF DECL DRFT HOLD ISSU PENA PENM PENU PSAM
                 PSDL RECE REJE RELS REQS SUAM SUBM SUDL SURR UPCF UPCN UPDC UPDT UPRE VOID""".split()),
    "TRANSPORT": ("transportEventTypeCode", ["ARRI", "DEPA"]),
    "EQUIPMENT": ("equipmentEventTypeCode", "AVDO AVPU CROS CUSI CUSR CUSS DISC DROP GTIN GTOT INSP LOAD PICK RMVD RSEA STRP STUF".split()),
    "IOT": ("iotEventTypeCode", ["DETC"]),
    "REEFER": ("reeferEventTypeCode", ["MEAS", "ADJU"]),
}
BOOKING, BILL, BOX = "FWBK3003", "FWBL3003", "TCLU4265447"
EARLY, LATE = "2026-01-20T10:00:00Z", "2026-02-20T10:00:00+01:00"
PRIMARY = [{"carrierBookingReference": BOOKING}, {"carrierBookingReference": BOOKING, "equipmentReference": BOX},
           {"transportDocumentReference": BILL}, {"transportDocumentReference": BILL, "equipmentReference": BOX}, {"equipmentReference": BOX}]
ADDITIONAL = [{"eventTypes": "EQUIPMENT,IOT,REEFER"}, {"eventUpdatedDateTimeMin": "2026-02-01T00:00:00Z"},
              {"eventUpdatedDateTimeMax": "2026-02-01T00:00:00Z"},
              {"eventUpdatedDateTimeMin": "2026-02-20T09:00:00Z", "eventUpdatedDateTimeMax": "2026-02-20T17:00:00+08:00"},
              {"eventTypes": "TRANSPORT", "eventUpdatedDateTimeMin": "2026-01-01T00:00:00Z", "eventUpdatedDateTimeMax": "2026-12-31T00:00:00Z"}]


def event(kind, number, code, updated, **details):
    member = CODES[kind][0]
    return {"eventRouting": {"originatingParty": {"partyCode": "FWL", "codeListProvider": "SMDG", "codeListName": "LCL", "partyFunction": "CA"}},
            "eventID": f"fw-{kind}-{number}", "eventDateTime": "2026-01-20T09:00:00Z", "eventUpdatedDateTime": updated,
            "eventClassification": {"eventTypeCode": kind, "eventClassifierCode": "ACT", member: code}, **details}


def sample():
    """Two events of each type, updated early and late."""
    papers = {"documentReference": {"typeCode": "BKG", "reference": BOOKING},
              "additionalDocumentReferences": [{"typeCode": "TRD", "reference": BILL}], "shipmentReferences": [{"typeCode": "EQ", "reference": BOX}]}
    place = {"locationName": "Kwai Tsing", "UNLocationCode": "HKHKG", "facilityTypeCode": "POTE", "facility": {"facilityCode": "HIT", "facilityCodeListProvider": "SMDG"}}
    call = {"transportCall": {"transportCallReference": "tc-3", "transportCallSequenceNumber": 1, "modeOfTransport": "VESSEL",
                              "exportVoyageNumberOrReference": {"carrierVoyageNumber": "031W"}, "vesselTransport": {"vesselIMONumber": "9321483", "vesselName": "Fairway Star"}}}
    box = {"equipmentReference": BOX, "ISOEquipmentCode": "45R1", "emptyIndicatorCode": "LADEN"}
    of_box = {"documentReference": papers["documentReference"], "additionalDocumentReferences": papers["additionalDocumentReferences"]}
    reefer = {"temperatureUnit": "CEL", "internalSetpointTemperature": -18.0, "temperatureProbeMeasurements": [{"USDAProbeNumber": 1, "measuredTemperatureValue": -17.5}]}
    return [event("SHIPMENT", 1, "CONF", EARLY, shipmentDetails=papers), event("SHIPMENT", 2, "AMCF", LATE, shipmentDetails=papers),
            event("TRANSPORT", 1, "ARRI", EARLY, eventLocation=place, shipmentDetails=papers, transportDetails=call),
            event("TRANSPORT", 2, "DEPA", LATE, eventLocation=place, shipmentDetails=papers, transportDetails=call),
            event("EQUIPMENT", 1, "LOAD", EARLY, eventLocation=place, shipmentDetails=of_box, equipmentDetails=box),
            event("EQUIPMENT", 2, "AVPU", LATE, eventLocation=place, shipmentDetails=of_box, equipmentDetails=box),
            event("IOT", 1, "DETC", EARLY, shipmentDetails=of_box, equipmentDetails=box, iotDetails={"iotEventCode": "DRO"},
                  eventLocation={"geoCoordinate": {"latitude": "22.3333", "longitude": "114.1167"}}),
            event("IOT", 2, "DETC", LATE, shipmentDetails=of_box, equipmentDetails=box, iotDetails={"iotEventCode": "LOC"}),
            event("REEFER", 1, "MEAS", EARLY, shipmentDetails=of_box, equipmentDetails=box, reeferDetails=reefer),
            event("REEFER", 2, "ADJU", LATE, shipmentDetails=of_box, equipmentDetails=box, reeferDetails=reefer)]


def references_of(one):
    shipment = one.get("shipmentDetails", {})
    listed = [shipment.get("documentReference", {}), *shipment.get("additionalDocumentReferences", []), *shipment.get("shipmentReferences", [])]
    found = {(item.get("typeCode"), item.get("reference")) for item in listed}
    return found | {("EQ", one.get("equipmentDetails", {}).get("equipmentReference"))}


def holds(one, name, value):
    updated = instant(one["eventUpdatedDateTime"])
    return {
        "carrierBookingReference": lambda: ("BKG", value) in references_of(one),
        "transportDocumentReference": lambda: ("TRD", value) in references_of(one),
        "equipmentReference": lambda: ("EQ", value) in references_of(one),
        "eventTypes": lambda: one["eventClassification"]["eventTypeCode"] in value.split(","),
        "eventUpdatedDateTimeMin": lambda: updated >= instant(value),
        "eventUpdatedDateTimeMax": lambda: updated <= instant(value),
    }[name]()


def check_content(one):
    """What the schema cannot ask, since everything in it is optional."""
    for name in ("eventID", "eventDateTime", "eventUpdatedDateTime"):
        if not isinstance(one.get(name), str) or not one[name]:
            raise Wrong(f"no {name}")
    for name in ("eventDateTime", "eventUpdatedDateTime"):
        try:
            instant(one[name])
        except ValueError as none:
            raise Wrong(f"{name}: {none}") from none
    classes = one.get("eventClassification", {})
    kind = classes.get("eventTypeCode")
    if kind not in CODES or classes.get("eventClassifierCode") not in ("PLN", "EST", "ACT"):
        raise Wrong(f"the classification is {classes}")
    member, codes = CODES[kind]
    if classes.get(member) not in codes:
        raise Wrong(f"{member} is {classes.get(member)}")
    if kind == "TRANSPORT":
        call = one.get("transportDetails", {}).get("transportCall", {})
        if not any(f"{means}Transport" in call for means in ("vessel", "rail", "truck")):
            raise Wrong("the transportCall has no means of transport")
        vessel = call.get("vesselTransport")
        number = (vessel or {}).get("vesselIMONumber", "")
        if vessel is not None and not (number.isdigit() and len(number) in (7, 8)) and not vessel.get("vesselName"):
            raise Wrong(f"the vessel is {vessel}")
    box = one.get("equipmentDetails", {})
    if kind in ("EQUIPMENT", "IOT", "REEFER") and not (box.get("equipmentReference") and box.get("ISOEquipmentCode")):
        raise Wrong(f"the equipment is {box}")
    if kind == "IOT" and one.get("iotDetails", {}).get("iotEventCode") not in ("DRC", "DRO", "LOC"):
        raise Wrong("no iotEventCode")


def check_answer(body, query, schemas):
    if not isinstance(body, dict) or not isinstance(body.get("events"), list):
        raise Wrong("the root has no array \"events\"")
    faults = schemas.faults(body, "GetEventsResponse") if schemas else []
    if faults:
        raise Wrong(f"not valid: {faults[:3]}")
    if not body["events"]:
        raise Wrong("no event")
    for number, one in enumerate(body["events"]):
        try:
            check_content(one)
        except Wrong as wrong:
            raise Wrong(f"[{number}] {wrong}") from wrong
        for name, value in query.items():
            if not holds(one, name, value):
                raise Wrong(f"[{number}] does not satisfy {name}={value}")


class Tnt3:
    def __init__(self, server, key, schemas):
        self.server, self.key, self.schemas = server, key, schemas

    def checked(self, answer, schema):
        if answer.headers.get("api-version") != "3.0.0":
            raise Wrong(f"API-Version is {answer.headers.get('api-version')}")
        faults = self.schemas.faults(answer.json, schema) if self.schemas else []
        if faults:
            raise Wrong(f"not valid: {faults[:3]}")
        return answer

    def post(self, events):
        body = json.dumps({"events": events})
        return self.checked(self.server.request("POST", f"{BASE}/events", body, self.key, {"Content-Type": "application/json", "API-Version": "3.0.0"}),
                            "PostEventsResponse")

    def get(self, query):
        return self.checked(self.server.get(f"{BASE}/events?" + urllib.parse.urlencode(query, quote_via=urllib.parse.quote), self.key), "GetEventsResponse")

    def sent(self, kind):
        answer = self.post([one for one in sample() if one["eventClassification"]["eventTypeCode"] == kind])
        if answer.status != 200 or any(e["severity"] == "ERROR" for e in answer.json.get("feedbackElements", ())):
            raise Wrong(repr(answer))

    def asked(self, query):
        answer = self.get(query)
        if answer.status != 200:
            raise Wrong(repr(answer))
        check_answer(answer.json, query, self.schemas)
        there = {one["eventID"] for one in answer.json["events"]}
        lost = {one["eventID"] for one in sample() if all(holds(one, *part) for part in query.items())} - there
        if lost:
            raise Wrong(f"{sorted(lost)[:3]} satisfy every filter and are not there")

    def paged(self):
        query, seen, cursor = {"equipmentReference": BOX, "limit": "3"}, [], {}
        for _ in range(20):
            answer = self.get({**query, **cursor})
            check_answer(answer.json, {"equipmentReference": BOX}, self.schemas)
            seen.append([one["eventID"] for one in answer.json["events"]])
            if "next-page-cursor" not in answer.headers:
                break
            cursor = {"cursor": answer.headers["next-page-cursor"]}
        every = [name for page in seen for name in page]
        if len(seen) < 2 or seen[0] == seen[1] or len(every) != len(set(every)) or set(every) != {one["eventID"] for one in sample()}:
            raise Wrong(f"the pages are {seen}")

    def scenarios(self):
        for kind in TYPES:
            yield f"POST {kind}", lambda k=kind: self.sent(k)
        for kind in TYPES:
            yield f"GET {kind}", lambda k=kind: self.asked({"equipmentReference": BOX, "eventTypes": k})
        for query in PRIMARY:
            yield f"GET by {' and '.join(query)}", lambda q=query: self.asked(q)
        for query in ADDITIONAL:
            yield f"GET with {' and '.join(query)}", lambda q=query: self.asked({"carrierBookingReference": BOOKING, **q})
        yield "GET page by page", self.paged
