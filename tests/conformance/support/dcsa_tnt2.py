"""Track & Trace 2.2: what the conformance suite of DCSA asks (51 scenarios) and how it looks at the answers."""
import urllib.parse

from .openapi import instant
from .scenarios import Wrong

BASE = "/dcsa/tnt/v2"
SCHEMA_OF = {"SHIPMENT": "shipmentEvent", "TRANSPORT": "transportEvent", "EQUIPMENT": "equipmentEvent"}
CODE_OF = {"SHIPMENT": "shipmentEventTypeCode", "TRANSPORT": "transportEventTypeCode", "EQUIPMENT": "equipmentEventTypeCode"}

CREATED = "2025-03-14T09:26:53Z"
BOOKING, BILL, BOX, OTHER_BOX = "FWBK4711", "FWBL0815", "CSQU3054383", "MSKU6639870"
CALL = "8f3bd2a0-6f0e-4a53-9d1f-6a1c6a1f0b77"

# The forms in which the suite asks for times.
TIMES = [{"eventCreatedDateTime:eq": CREATED}] + [
    {f"eventCreatedDateTime:{low}": "2001-01-01T14:12:56+01:00", f"eventCreatedDateTime:{high}": "2050-01-30T14:12:56+01:00"}
    for low in ("gt", "gte") for high in ("lt", "lte")]
PAPERS = [{"carrierBookingReference": BOOKING}, {"transportDocumentReference": BILL}]
CALLS = [{"transportCallID": CALL}, {"vesselIMONumber": "9321483"}, {"exportVoyageNumber": "031W"}, {"carrierServiceCode": "FE1"},
         {"UNLocationCode": "HKHKG"}]
BOXES = [{"equipmentReference": BOX}]

GOOD = {
    "SHIPMENT": [{"shipmentEventTypeCode": "DRFT"}, *TIMES, {"documentTypeCode": "SHI"}, *PAPERS, *BOXES],
    "TRANSPORT": [*TIMES, *PAPERS, {"transportEventTypeCode": "ARRI"}, *CALLS, *BOXES],
    "EQUIPMENT": [*TIMES, *PAPERS, *CALLS, {"equipmentEventTypeCode": "LOAD"}, *BOXES],
}
BAD = {
    "SHIPMENT": [{"eventType": "INVALID"}, {"shipmentEventTypeCode": "INVALID"}, {"documentTypeCode": "INVALID"},
                 {"eventType": "SHIPMENT", "transportEventTypeCode": "ARRI"}],
    "TRANSPORT": [{"eventType": "INVALID"}, {"eventType": "TRANSPORT", "shipmentEventTypeCode": "DRFT"}],
    "EQUIPMENT": [{"eventType": "INVALID"}, {"equipmentEventTypeCode": "INVALID"},
                  {"eventType": "EQUIPMENT", "shipmentEventTypeCode": "DRFT"}],
}


def sample():
    """Events of each type, some within each filter and some without."""
    papers = [{"documentReferenceType": "BKG", "documentReferenceValue": BOOKING}, {"documentReferenceType": "TRD", "documentReferenceValue": BILL}]
    other_papers = [{"documentReferenceType": "BKG", "documentReferenceValue": "FWBK9999"}]
    box, other_box = [{"referenceType": "EQ", "referenceValue": BOX}], [{"referenceType": "EQ", "referenceValue": OTHER_BOX}]
    call = {"transportCallID": CALL, "carrierServiceCode": "FE1", "exportVoyageNumber": "031W", "importVoyageNumber": "031E",
            "UNLocationCode": "HKHKG", "facilityCode": "HIT", "facilityCodeListProvider": "SMDG", "facilityTypeCode": "POTE",
            "modeOfTransport": "VESSEL", "vessel": {"vesselIMONumber": "9321483", "vesselName": "Fairway Star", "vesselFlag": "HK"}}
    other_call = {"transportCallID": "b9a1", "carrierServiceCode": "AE7", "exportVoyageNumber": "002N", "UNLocationCode": "CNYTN",
                  "modeOfTransport": "VESSEL", "vessel": {"vesselIMONumber": "9074729"}}
    later, local = "2025-04-01T00:00:00Z", "2025-03-14T17:26:53+08:00"  # the second is CREATED elsewhere
    events = [
        {"shipmentEventTypeCode": "DRFT", "documentTypeCode": "SHI", "documentID": "SI-1", "references": box, "at": CREATED},
        {"shipmentEventTypeCode": "CONF", "documentTypeCode": "BKG", "documentID": BOOKING, "references": box, "at": local},
        {"shipmentEventTypeCode": "ISSU", "documentTypeCode": "TRD", "documentID": BILL, "references": other_box, "at": later},
        {"shipmentEventTypeCode": "RECE", "documentTypeCode": "CBR", "documentID": BOOKING, "references": other_box, "at": later},
        {"transportEventTypeCode": "ARRI", "transportCall": call, "documentReferences": papers, "references": box, "at": CREATED},
        {"transportEventTypeCode": "DEPA", "transportCall": call, "documentReferences": papers, "references": box, "at": local},
        {"transportEventTypeCode": "ARRI", "transportCall": other_call, "documentReferences": other_papers, "at": later},
        {"equipmentEventTypeCode": "LOAD", "equipmentReference": BOX, "transportCall": call, "documentReferences": papers, "at": CREATED,
         "eventLocation": {"UNLocationCode": "HKHKG", "locationName": "Kwai Tsing"}, "seals": [{"sealNumber": "S1", "sealSource": "CAR", "sealType": "BLT"}]},
        {"equipmentEventTypeCode": "DISC", "equipmentReference": OTHER_BOX, "transportCall": call, "at": local,
         "eventLocation": {"UNLocationCode": "CNYTN"}},
        {"equipmentEventTypeCode": "GTIN", "equipmentReference": OTHER_BOX, "documentReferences": other_papers, "references": box, "at": later},
    ]
    for number, event in enumerate(events):
        kind = next(name for name, code in CODE_OF.items() if code in event)
        event.update(eventID=f"5a5a0000-0000-4000-8000-{number:012d}", eventType=kind, eventClassifierCode="ACT",
                     eventCreatedDateTime=event["at"], eventDateTime=event.pop("at"))
        if kind == "EQUIPMENT":
            event.update(emptyIndicatorCode="LADEN", ISOEquipmentCode="22G1")
    return events


def holds_paper(event, code, value):
    named = any(r.get("documentReferenceType") == code and r.get("documentReferenceValue") == value for r in event.get("documentReferences", ()))
    return named or (event.get("documentTypeCode") == code and event.get("documentID") == value)


def holds_time(event, operator, value):
    written, asked = instant(event["eventCreatedDateTime"]), instant(value)
    return {"eq": written == asked, "gt": written > asked, "gte": written >= asked, "lt": written < asked, "lte": written <= asked}[operator]


def holds(event, name, value):
    """Whether the event satisfies one filter, looked for where the suite looks."""
    call = event.get("transportCall", {})
    if name.startswith("eventCreatedDateTime"):
        return holds_time(event, name.partition(":")[2] or "eq", value)
    if name == "carrierBookingReference":
        return holds_paper(event, "BKG", value)
    if name == "transportDocumentReference":
        return holds_paper(event, "TRD", value)
    if name == "equipmentReference":
        listed = any(r.get("referenceType") == "EQ" and r.get("referenceValue") == value for r in event.get("references", ()))
        return listed or event.get("equipmentReference") == value
    if name == "UNLocationCode":
        places = [call.get("UNLocationCode"), call.get("location", {}).get("UNLocationCode")]
        return value in places + ([event.get("eventLocation", {}).get("UNLocationCode")] if event["eventType"] == "EQUIPMENT" else [])
    if name == "vesselIMONumber":
        return call.get("vessel", {}).get("vesselIMONumber") == value
    if name in ("transportCallID", "exportVoyageNumber", "carrierServiceCode"):
        return call.get(name) == value
    return event.get(name) in value.split(",")


def check_events(body, query, schemas):
    """Wrong where the body of an answer is not what was asked for; what is left unchecked without schemas is their affair alone."""
    if not isinstance(body, list):
        raise Wrong("the root is no array")
    if not body:
        raise Wrong("no event")
    for number, event in enumerate(body):
        if not isinstance(event, dict) or event.get("eventType") not in SCHEMA_OF:
            raise Wrong(f"[{number}] is no event at root level")
        for required in ("eventID", "eventClassifierCode", "eventDateTime", "eventCreatedDateTime", CODE_OF[event["eventType"]]):
            if required not in event:
                raise Wrong(f"[{number}] has no {required}")
        for time in ("eventDateTime", "eventCreatedDateTime"):
            try:
                instant(event[time])
            except ValueError as none:
                raise Wrong(f"[{number}].{time}: {none}") from none
        faults = schemas.faults(event, SCHEMA_OF[event["eventType"]]) if schemas else []
        if faults:
            raise Wrong(f"[{number}] is not valid: {faults[:3]}")
        for name, value in query.items():
            if not holds(event, name, value):
                raise Wrong(f"[{number}] does not satisfy {name}={value}")


def check_refusal(answer, schemas):
    if answer.status != 400:
        raise Wrong(f"{answer.status}, not 400")
    body = answer.json
    missing = {"httpMethod", "requestUri", "statusCode", "statusCodeText", "errorDateTime", "errors"} - set(body)
    if missing:
        raise Wrong(f"the error says no {missing}")
    if body["statusCode"] != 400 or body["httpMethod"] != "GET" or not all(e.get("reason") and e.get("message") for e in body["errors"]):
        raise Wrong(f"the error is not that of the request: {body}")
    if schemas and schemas.faults(body, "inline_response_default"):
        raise Wrong(f"the error is not valid: {schemas.faults(body, 'inline_response_default')}")


class Tnt2:
    def __init__(self, server, key, schemas):
        self.server, self.key, self.schemas = server, key, schemas

    def get(self, query, **more):
        words = urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
        answer = self.server.get(f"{BASE}/events" + ("?" + words if words else ""), self.key, **more)
        if answer.headers.get("api-version") != "2.2.0":
            raise Wrong(f"API-Version is {answer.headers.get('api-version')}")
        return answer

    def asked(self, query):
        answer = self.get(query)
        if answer.status != 200:
            raise Wrong(repr(answer))
        check_events(answer.json, query, self.schemas)
        lost = {e["eventID"] for e in sample() if all(holds(e, *one) for one in query.items())} - {e["eventID"] for e in answer.json}
        if lost:
            raise Wrong(f"{len(lost)} events that satisfy every filter are not there: {sorted(lost)[:3]}")

    def refused(self, query):
        check_refusal(self.get(query), self.schemas)

    def paged(self, kind):
        first = self.get({"eventType": kind, "limit": "1"})
        check_events(first.json, {"eventType": kind}, self.schemas)
        if len(first.json) != 1 or "next-page-cursor" not in first.headers:
            raise Wrong(f"the first page has {len(first.json)} events and the headers {sorted(first.headers)}")
        second = self.get({"eventType": kind, "limit": "1", "cursor": first.headers["next-page-cursor"]})
        check_events(second.json, {"eventType": kind}, self.schemas)
        if second.json == first.json:
            raise Wrong("the second page is the first one")
        following = self.server.get(first.headers["next-page"], self.key)
        if following.json != second.json:
            raise Wrong("Next-Page leads elsewhere than Next-Page-Cursor")

    def scenarios(self):
        for kind in GOOD:
            for query in GOOD[kind]:
                yield f"{kind} {words_of(query)}", lambda q={"eventType": kind, **query}: self.asked(q)
            for query in BAD[kind]:
                yield f"{kind} refuses {words_of(query)}", lambda q=query: self.refused(q)
            yield f"{kind} page by page", lambda k=kind: self.paged(k)
        yield "any event", lambda: self.asked({})


def words_of(query):
    return " ".join(f"{name}={value}" for name, value in query.items())
