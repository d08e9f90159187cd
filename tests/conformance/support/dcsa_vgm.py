"""Verified Gross Mass 1.0: what is sent and asked and how the answers are looked at.

The conformance suite has 7 scenarios: a POST, a GET by each of five combinations of references and one by anything else. The description asks
for more combinations and for pages than the suite does; those are played, too.
"""
import json
import urllib.parse

from .openapi import instant
from .scenarios import Wrong

PATH = "/dcsa/vgm/v1/vgm-declarations"
BOOKING, BILL, BOX, OTHER_BOX = "FWBK1001", "FWBL1001", "CSQU3054383", "MSKU6639870"
EARLY, LATE = "2026-01-20T10:00:00Z", "2026-02-20T10:00:00+01:00"
UNITS, METHODS = ("KGM", "LBR"), ("SM1", "SM2")

SUITE = [{"carrierBookingReference": BOOKING}, {"carrierBookingReference": BOOKING, "equipmentReference": BOX},
         {"transportDocumentReference": BILL}, {"transportDocumentReference": BILL, "carrierBookingReference": BOOKING}, {"equipmentReference": BOX}]
TIMES = [{"declarationDateTimeMin": "2026-02-20T09:00:00Z"}, {"declarationDateTimeMax": "2026-02-01T00:00:00Z"},
         {"declarationDateTimeMin": "2026-01-20T18:00:00+08:00", "declarationDateTimeMax": "2026-12-31T00:00:00Z"}]
DESCRIBED = [{"transportDocumentReference": BILL, "equipmentReference": BOX}] + [
    {**references, **times} for references in (*SUITE, {"transportDocumentReference": BILL, "equipmentReference": BOX}) for times in TIMES]


def declaration(name, box, declared, weight, unit="KGM", method="SM1", **papers):
    return {"routingDetails": {"originatingParty": {"partyCode": "FWL", "codeListProvider": "SMDG", "codeListName": "LCL", "partyFunction": "CA"}},
            "declarationReference": name, "declarationDateTime": declared, "authorizedPersonSignatory": "JANE DOE",
            "responsibleParty": {"partyName": "Acme Inc.", "contactDetails": {"name": "Jane Doe", "email": "jane.doe@example.com"}},
            "equipmentDetails": {"equipmentReference": box, "ISOEquipmentCode": "22G1", "tareWeight": {"value": 2200, "unit": "KGM"}},
            "shipmentDetails": papers, "vesselVoyageDetails": {"vesselName": "Fairway Star"},
            "VGM": {"weight": {"value": weight, "unit": unit}, "method": method, "dateTime": "2026-01-20T09:00:00+08:00",
                    "location": {"UNLocationCode": "HKHKG"}}}


def sample():
    both = {"carrierBookingReference": BOOKING, "transportDocumentReference": BILL}
    return [declaration("fw-vgm-1", BOX, EARLY, 24000.5, **both), declaration("fw-vgm-2", BOX, LATE, 24010, method="SM2", **both),
            declaration("fw-vgm-3", OTHER_BOX, EARLY, 50000, unit="LBR", **both),
            declaration("fw-vgm-4", OTHER_BOX, LATE, 22680, carrierBookingReference="FWBK9"),
            declaration("fw-vgm-5", BOX, LATE, 24020, transportDocumentReference="FWBL9")]


def holds(one, name, value):
    declared = instant(one["declarationDateTime"])
    return {
        "carrierBookingReference": lambda: one.get("shipmentDetails", {}).get(name) == value,
        "transportDocumentReference": lambda: one.get("shipmentDetails", {}).get(name) == value,
        "equipmentReference": lambda: one.get("equipmentDetails", {}).get(name) == value,
        "declarationDateTimeMin": lambda: declared >= instant(value),
        "declarationDateTimeMax": lambda: declared <= instant(value),
    }[name]()


def check_content(one):
    """What the suite wants one declaration of a message to show, of every one of them."""
    weight = one.get("VGM", {}).get("weight", {})
    if not isinstance(weight.get("value"), (int, float)) or isinstance(weight.get("value"), bool) or weight["value"] <= 0:
        raise Wrong(f"VGM.weight is {weight}")
    if weight.get("unit") not in UNITS or one["VGM"].get("method") not in METHODS:
        raise Wrong(f"VGM is {one['VGM']}")
    if not one.get("equipmentDetails", {}).get("equipmentReference", "").strip():
        raise Wrong("no equipmentReference")
    papers = one.get("shipmentDetails", {})
    if not papers.get("carrierBookingReference", "").strip() and not papers.get("transportDocumentReference", "").strip():
        raise Wrong("neither carrierBookingReference nor transportDocumentReference")
    responsible = one.get("responsibleParty", {})
    if not responsible.get("partyName", "").strip() and not responsible.get("contactDetails", {}).get("name", "").strip():
        raise Wrong(f"responsibleParty is {responsible}")
    if not one.get("authorizedPersonSignatory", "").strip():
        raise Wrong("no authorizedPersonSignatory")
    if not isinstance(one.get("declarationReference"), str) or not one["declarationReference"]:
        raise Wrong("no declarationReference")
    for time in (one.get("declarationDateTime"), one["VGM"].get("dateTime")):
        try:
            instant(time)
        except ValueError as none:
            raise Wrong(str(none)) from none


def check_answer(body, query):
    if not isinstance(body, dict) or not isinstance(body.get("VGMDeclarations"), list):
        raise Wrong("the root has no array \"VGMDeclarations\"")
    if not body["VGMDeclarations"]:
        raise Wrong("no declaration")
    for number, one in enumerate(body["VGMDeclarations"]):
        if not isinstance(one, dict):
            raise Wrong(f"[{number}] is no object")
        try:
            check_content(one)
        except Wrong as wrong:
            raise Wrong(f"[{number}] {wrong}") from wrong
        for name, value in query.items():
            if not holds(one, name, value):
                raise Wrong(f"[{number}] does not satisfy {name}={value}")


class Vgm:
    def __init__(self, server, key):
        self.server, self.key = server, key

    def checked(self, answer, status=200):
        if (answer.status, answer.headers.get("api-version")) != (status, "1.0.1"):
            raise Wrong(f"{answer!r}, API-Version {answer.headers.get('api-version')}")
        return answer

    def post(self, declarations, status=200):
        body = json.dumps({"VGMDeclarations": declarations})
        return self.checked(self.server.request("POST", PATH, body, self.key, {"Content-Type": "application/json", "API-Version": "1.0.1"}), status)

    def get(self, query):
        words = urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
        return self.checked(self.server.get(f"{PATH}?{words}", self.key, headers={"API-Version": "1.0.1"}))

    def sent(self):
        feedback = self.post(sample()).json.get("feedbackElements")
        if not isinstance(feedback, list) or any(element["severity"] == "ERROR" for element in feedback):
            raise Wrong(f"the feedback is {feedback}")

    def asked(self, query):
        body = self.get(query).json
        check_answer(body, query)
        lost = [one for one in sample() if all(holds(one, *part) for part in query.items()) and one not in body["VGMDeclarations"]]
        if lost:
            raise Wrong(f"{[one['declarationReference'] for one in lost]} satisfy every filter and are not there as they were sent")

    def nothing(self):
        body = self.get({"carrierBookingReference": "FWBK0000"}).json
        if body != {"VGMDeclarations": []}:
            raise Wrong(f"the answer is {body}")

    def paged(self):
        query, seen, cursor = {"equipmentReference": BOX, "limit": "2"}, [], {}
        for _ in range(20):
            answer = self.get({**query, **cursor})
            seen.append([one["declarationReference"] for one in answer.json["VGMDeclarations"]])
            if "next-page-cursor" not in answer.headers:
                break
            cursor = {"cursor": answer.headers["next-page-cursor"]}
        every = [name for page in seen for name in page]
        if len(seen) < 2 or sorted(every) != sorted(one["declarationReference"] for one in sample() if holds(one, "equipmentReference", BOX)):
            raise Wrong(f"the pages are {seen}")

    def retracted(self):
        """What is retracted is told so, and what was told before it can be left out by who reads it."""
        one = {**declaration("fw-vgm-9", "TCLU4265447", EARLY, 20000, carrierBookingReference="FWBK3"), "isRetracted": True, "declarationDateTime": LATE}
        self.post([{**one, "isRetracted": False, "declarationDateTime": EARLY}])
        self.post([one])
        last = self.get({"equipmentReference": "TCLU4265447"}).json["VGMDeclarations"][-1]
        if not last.get("isRetracted") or last.get("declarationReference") != "fw-vgm-9":
            raise Wrong(f"the last telling is {last}")

    def refused(self, change):
        bad = declaration("fw-vgm-bad", BOX, EARLY, 1, carrierBookingReference=BOOKING)
        change(bad)
        feedback = self.post([bad], status=400).json["feedbackElements"]
        if not any(element["severity"] == "ERROR" and element.get("message") for element in feedback):
            raise Wrong(f"the feedback is {feedback}")

    def scenarios(self):
        yield "POST", self.sent
        for query in SUITE:
            yield f"GET by {' and '.join(query)}", lambda q=query: self.asked(q)
        yield "GET by anything else", lambda: self.asked(TIMES[0])
        for query in DESCRIBED:
            yield f"GET by {' and '.join(query)}", lambda q=query: self.asked(q)
        yield "GET what is not there", self.nothing
        yield "GET page by page", self.paged
        yield "a retraction", self.retracted
        yield "POST refuses a weight that is none", lambda: self.refused(lambda one: one["VGM"]["weight"].update(value="heavy"))
        yield "POST refuses a declaration without equipment", lambda: self.refused(lambda one: one.pop("equipmentDetails"))
