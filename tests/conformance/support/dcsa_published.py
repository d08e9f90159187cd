"""Port Call 2.0, Arrival Notice 1.0, Commercial Schedules 1.0: how answers are looked at, written down from their OpenAPI documents."""
import itertools
import re
import uuid

from .openapi import instant
from .scenarios import Wrong

SERVICES = """BERTH CARGO_OPERATIONS PILOTAGE TOWAGE MOORING BUNKERING PILOT_BOARDING_PLACE ANCHORAGE SLUDGE SEA_PASSAGE ALL_FAST
              GANGWAY_DOWN_AND_SECURE VESSEL_READY_FOR_CARGO_OPERATIONS VESSEL_READY_TO_SAIL DISCHARGE_CARGO_OPERATIONS LOADING_CARGO_OPERATIONS
              LASHING SAFETY ANCHORAGE_OPERATIONS SHORE_POWER MOVES""".split()
CLASSIFIERS = ["EST", "REQ", "PLN", "ACT"]
VOYAGE = "NumberOrReference/carrierVoyageNumber"
PORT_CALL = {"UNLocationCode": "portCall/UNLocationCode", "portVisitReference": "portCall/portVisitReference",
             "carrierServiceName": "terminalCall/carrierServiceName", "carrierServiceCode": "terminalCall/serviceCodeOrReference/carrierServiceCode",
             "universalServiceReference": "terminalCall/serviceCodeOrReference/universalServiceReference",
             "terminalCallReference": "terminalCall/terminalCallReference", "carrierImportVoyageNumber": f"terminalCall/importVoyage{VOYAGE}",
             "carrierExportVoyageNumber": f"terminalCall/exportVoyage{VOYAGE}",
             "universalExportVoyageReference": "terminalCall/exportVoyageNumberOrReference/universalVoyageReference",
             "portCallServiceTypeCode": "portCallService/portCallServiceTypeCode", "vesselIMONumber": "vessel/vesselIMONumber",
             "vesselName": "vessel/vesselName", "vesselMMSINumber": "vessel/vesselMMSINumber", "portCallID": "portCall/portCallID",
             "portCallServiceID": "portCallService/portCallServiceID", "classifierCode": "timestamp/classifierCode"}
LEG = "transport/legs/*/vesselVoyage/"
NOTICE = {"transportDocumentReferences": "transportDocumentReference", "equipmentReferences": "utilizedTransportEquipments/*/equipment/equipmentReference",
          "portOfDischarge": "transport/portOfDischarge/UNLocationCode", "vesselIMONumber": LEG + "vesselIMONumber", "vesselName": LEG + "vesselName",
          "carrierImportVoyageNumber": LEG + "carrierImportVoyageNumber", "universalImportVoyageReference": LEG + "universalImportVoyageReference",
          "carrierServiceCode": LEG + "carrierServiceCode", "universalServiceReference": LEG + "universalServiceReference"}
DATES = ["departureStartDate", "departureEndDate", "arrivalStartDate", "arrivalEndDate"]


def need(holds, what):
    if not holds:
        raise Wrong(what)


def at(value, path):
    """The values at the path; * stands for each of a list."""
    values = [value]
    for step in path.split("/"):
        values = [item for v in values for item in (v if step == "*" and isinstance(v, list) else [v.get(step)] if isinstance(v, dict) else [])]
    return [v for v in values if v is not None]


def moment(text, what):
    try:
        return instant(text)
    except Exception as error:
        raise Wrong(f"{what} is no date-time: {text!r}") from error


def listed(body, name):
    need(isinstance(body, dict) and isinstance(body.get(name), list), f"the root is not an object with a list {name}")
    need(body[name], "there is nothing in the list")
    need(all(isinstance(item, dict) for item in body[name]), f"something in {name} is no object")
    return body[name]


def check_port_call(body, query):
    for event in listed(body, "events"):
        try:
            uuid.UUID(event.get("eventID"))
        except (TypeError, ValueError) as error:
            raise Wrong(f"eventID is no UUID: {event.get('eventID')!r}") from error
        moment(event.get("eventUpdatedDateTime"), "eventUpdatedDateTime")
        need(at(event, "portCallService/portCallServiceTypeCode")[0:1] and at(event, "portCallService/portCallServiceTypeCode")[0] in SERVICES,
             "portCallServiceTypeCode is none of the standard's")
        when = at(event, "timestamp/serviceDateTime")
        if when:
            moment(when[0], "serviceDateTime")
            need(at(event, "timestamp/classifierCode")[0] in CLASSIFIERS, "classifierCode is none of the standard's")
        for name, wanted in query.items():
            if name in PORT_CALL:
                need(wanted in at(event, PORT_CALL[name]), f"{name} is not {wanted}")
            elif name == "eventTimestampMin":
                need(moment(when[0], "serviceDateTime") >= instant(wanted), "before eventTimestampMin")
            elif name == "eventTimestampMax":
                need(moment(when[0], "serviceDateTime") <= instant(wanted), "after eventTimestampMax")


def check_notices(body, query):
    for notice in listed(body, "arrivalNotices"):
        moment(notice.get("issueDateTime"), "issueDateTime")
        need(notice.get("transportDocumentReference"), "no transportDocumentReference")
        [eta] = at(notice, "transport/portOfDischargeArrivalDate/value") or [""]
        need(re.fullmatch(r"\d{4}-\d\d-\d\d", eta), "portOfDischargeArrivalDate is no date")
        for name, wanted in query.items():
            if name in NOTICE:
                need(set(wanted.split(",")) & set(at(notice, NOTICE[name])), f"{name} is not {wanted}")
            elif name == "portOfDischargeArrivalDateMin":
                need(eta >= wanted, "before portOfDischargeArrivalDateMin")
            elif name == "portOfDischargeArrivalDateMax":
                need(eta <= wanted, "after portOfDischargeArrivalDateMax")


def check_timestamps(timestamps):
    need(isinstance(timestamps, list) and timestamps, "no timestamps")
    for one in timestamps:
        need(one.get("eventTypeCode") in ("ARRI", "DEPA") and one.get("eventClassifierCode") in ("PLN", "EST", "ACT"), "a code is none of the standard's")
        moment(one.get("eventDateTime"), "eventDateTime")


def root_list(body):
    need(isinstance(body, list) and body and all(isinstance(item, dict) for item in body), "the root is not a list of objects")
    return body


def check_vessel_schedules(body, query):
    for service in root_list(body):
        need(service.get("carrierServiceName") and service.get("carrierServiceCode"), "a service without its code or name")
        need(query.get("carrierServiceCode", service["carrierServiceCode"]) == service["carrierServiceCode"], "another service")
        need(service.get("vesselSchedules"), "a service without vessels")
        for vessel in service["vesselSchedules"]:
            need(isinstance(vessel.get("isDummyVessel"), bool), "isDummyVessel is missing")
            need(query.get("vesselIMONumber", vessel["vessel"].get("vesselIMONumber")) == vessel["vessel"].get("vesselIMONumber"), "another vessel")
            calls = vessel.get("transportCalls", [])
            for call in calls:
                need(call.get("transportCallReference") and call.get("carrierImportVoyageNumber"), "a call without reference or voyage")
                check_timestamps(call.get("timestamps"))
            for name, path in (("UNLocationCode", "location/UNLocationCode"), ("facilitySMDGCode", "location/facilitySMDGCode")):
                need(name not in query or query[name] in at(calls, "*/" + path), f"no call at {query.get(name)}")
            voyages = at(calls, "*/carrierImportVoyageNumber") + at(calls, "*/carrierExportVoyageNumber")
            need("carrierVoyageNumber" not in query or query["carrierVoyageNumber"] in voyages, "another voyage")


def check_port_schedules(body, query):
    for terminal in root_list(body):
        need(at(terminal, "location/UNLocationCode") == [query["UNLocationCode"]], "another port")
        for vessel in terminal.get("vesselSchedules", []):
            need(isinstance(vessel.get("isDummyVessel"), bool) and vessel.get("servicePartners"), "isDummyVessel or servicePartners is missing")
            for partner in vessel["servicePartners"]:
                need(all(partner.get(n) for n in ("carrierServiceName", "carrierServiceCode", "carrierImportVoyageNumber", "carrierExportVoyageNumber")),
                     "a partner without service or voyage")
            check_timestamps(vessel.get("timestamps"))
            need(any(t["eventDateTime"][:10] >= query["date"] for t in vessel["timestamps"]), "a vessel of an earlier day")


def check_stop(stop):
    need(isinstance(stop, dict) and stop.get("facilityTypeCode") and stop.get("location"), "a place without its type or location")
    return moment(stop.get("dateTime"), "dateTime")


def check_routes(body, query):
    for route in root_list(body):
        need(at(route, "placeOfReceipt/location/UNLocationCode") == [query["placeOfReceipt"]], "another place of receipt")
        need(at(route, "placeOfDelivery/location/UNLocationCode") == [query["placeOfDelivery"]], "another place of delivery")
        check_stop(route["placeOfReceipt"]), check_stop(route["placeOfDelivery"])
        legs = route.get("legs")
        need(legs, "no legs")
        times = [check_stop(leg.get(end)) for leg in legs for end in ("departure", "arrival")]
        need(times == sorted(times), "not in the order of time")
        for before, after in zip(legs, legs[1:]):
            need(at(before, "arrival/location/UNLocationCode") == at(after, "departure/location/UNLocationCode"), "a gap between two legs")
        need(all(at(leg, "transport/modeOfTransport")[0] in ("VESSEL", "BARGE") for leg in legs), "an unknown mode of transport")
        need(len(legs) - 1 <= int(query.get("maxTranshipment", 9)), "too many transhipments")
        days = {"departure": route["placeOfReceipt"]["dateTime"][:10], "arrival": route["placeOfDelivery"]["dateTime"][:10]}
        for end, day in days.items():
            need(query.get(end + "StartDate", day) <= day <= query.get(end + "EndDate", day), f"{end} on {day}")
        for name in ("receiptTypeAtOrigin", "deliveryTypeAtDestination"):
            need(query.get(name, route.get(name)) == route.get(name), f"another {name}")


def route_queries(base, values):
    """The 35 combinations of the suite: no dates, the four pairs of one bound each, all four; alone and with each of the others."""
    pairs = [{d: values[d], a: values[a]} for d, a in itertools.product(DATES[:2], DATES[2:])]
    dated = [*pairs, {name: values[name] for name in DATES}]
    most, receipt, delivery = ({name: values[name]} for name in ("maxTranshipment", "receiptTypeAtOrigin", "deliveryTypeAtDestination"))
    extras = [{}, most, receipt, delivery, {**receipt, **most}, {**delivery, **most}]
    queries = [{**base, **dates, **extra} for extra in extras for dates in dated]
    queries += [{**base, **extra} for extra in ({}, most, receipt, delivery)]
    return queries + [{**base, **dated[-1], **receipt, **delivery, **most}]
