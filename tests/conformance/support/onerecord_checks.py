"""ONE Record: what an answer must be like, whoever gave it. Pure functions of answers and documents; Wrong says what is wrong."""
import re

from .openapi import instant
from .scenarios import Wrong

API, CARGO, XSD = "https://onerecord.iata.org/ns/api#", "https://onerecord.iata.org/ns/cargo#", "http://www.w3.org/2001/XMLSchema#"
HTTP_DATE = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$")
STATUSES = {"REQUEST_" + name for name in ("PENDING", "ACCEPTED", "ACKNOWLEDGED", "REJECTED", "FAILED", "REVOKED")}
PAYLOADS = {"ChangeRequest": "hasChange", "VerificationRequest": "hasVerification", "SubscriptionRequest": "hasSubscription",
            "AccessDelegationRequest": "hasAccessDelegation"}
EVENT_TYPES = {"LOGISTICS_OBJECT_CREATED", "LOGISTICS_OBJECT_UPDATED", "LOGISTICS_EVENT_RECEIVED", "LOGISTICS_OBJECT_AVAILABLE"} | {
    f"{kind}_REQUEST_{status}" for kind in ("CHANGE", "ACCESS_DELEGATION", "SUBSCRIPTION", "VERIFICATION")
    for status in ("PENDING", "ACCEPTED", "ACKNOWLEDGED", "REJECTED", "FAILED", "REVOKED")}


def wrong_unless(good, text):
    if not good:
        raise Wrong(text)


def every(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def name_of(value):
    """The local name of a link or an IRI: REQUEST_PENDING of {"@id": "api:REQUEST_PENDING"}."""
    text = value.get("@id", value.get("@value", "")) if isinstance(value, dict) else value
    return re.split(r"[#/:]", str(text))[-1]


def text_of(value):
    return str(value["@value"]) if isinstance(value, dict) and "@value" in value else str(value)


def check_status(answer, status):
    wrong_unless(answer.status == status, f"status {answer.status} instead of {status}: {answer!r}")


def check_headers(answer, *names):
    for name in names:
        wrong_unless(answer.headers.get(name), f"no header {name}")
    if "last-modified" in names:
        wrong_unless(HTTP_DATE.match(answer.headers["last-modified"]), f"Last-Modified is {answer.headers['last-modified']}")


def check_document(answer, type_, status=200):
    """A JSON-LD document of that type, and its headers."""
    check_status(answer, status)
    check_headers(answer, "content-type", "content-language")
    wrong_unless(answer.headers["content-type"].startswith("application/ld+json"), f"Content-Type is {answer.headers['content-type']}")
    document = answer.json
    wrong_unless(isinstance(document, dict) and "@context" in document, "no object with a @context")
    wrong_unless(type_ in every(document.get("@type")), f"@type is {document.get('@type')}, not {type_}")
    wrong_unless(isinstance(document.get("@id"), str) and document["@id"], "no @id")
    return document


def check_made(answer, type_, place):
    """201 without a body, its Location below `place`."""
    check_status(answer, 201)
    check_headers(answer, "location", "type")
    wrong_unless(answer.headers["type"] == type_, f"Type is {answer.headers['type']}")
    wrong_unless(answer.headers["location"].startswith(place), f"Location is {answer.headers['location']}")
    wrong_unless(not answer.body, "a body")
    return answer.headers["location"]


def check_error(answer, status):
    """An api:Error whose detail has the status as its code."""
    document = check_document(answer, "api:Error", status)
    wrong_unless(text_of(document.get("api:hasTitle", "")), "no api:hasTitle")
    details = every(document.get("api:hasErrorDetail"))
    wrong_unless(details, "no api:hasErrorDetail")
    for detail in details:
        wrong_unless(detail.get("@type") == "api:ErrorDetail", f"a detail is a {detail.get('@type')}")
        wrong_unless(text_of(detail.get("api:hasCode")) == str(status), f"api:hasCode is {detail.get('api:hasCode')}")
        wrong_unless(text_of(detail.get("api:hasMessage", "")), "a detail has no api:hasMessage")
    return document


def check_server_information(answer):
    document = check_document(answer, "api:ServerInformation")
    check_headers(answer, "last-modified")
    for name in ("hasDataHolder", "hasServerEndpoint", "hasSupportedApiVersion", "hasSupportedContentType", "hasSupportedLanguage",
                 "hasSupportedOntology", "hasSupportedOntologyVersion"):
        wrong_unless(document.get("api:" + name), f"no api:{name}")
    wrong_unless("application/ld+json" in [text_of(one) for one in every(document["api:hasSupportedContentType"])], "JSON-LD is not supported")
    wrong_unless("@id" in document["api:hasDataHolder"], "api:hasDataHolder is no link")
    return document


def check_object(answer, address, type_, revision, latest=None):
    """A logistics object as GET answers it."""
    document = check_document(answer, type_)
    check_headers(answer, "last-modified", "revision", "latest-revision", "type", "location")
    latest = latest or revision
    told = (answer.headers["revision"], answer.headers["latest-revision"])
    wrong_unless(told == (str(revision), str(latest)), f"Revision and Latest-Revision are {told}")
    wrong_unless(answer.headers["type"] == type_.replace("cargo:", CARGO), f"Type is {answer.headers['type']}")
    wrong_unless(document["@id"] == address, f"@id is {document['@id']}")
    wrong_unless(text_of(document.get("api:hasRevision")) == str(revision), f"api:hasRevision is {document.get('api:hasRevision')}")
    return document


def check_request(answer, address, type_, status):
    """An action request as GET answers it."""
    document = check_document(answer, "api:" + type_)
    check_headers(answer, "last-modified", "type", "location")
    wrong_unless(answer.headers["type"] == API + type_, f"Type is {answer.headers['type']}")
    wrong_unless(document["@id"] == address, f"@id is {document['@id']}")
    wrong_unless(isinstance(document.get("api:" + PAYLOADS[type_]), dict), f"no api:{PAYLOADS[type_]}")
    wrong_unless("@id" in document.get("api:isRequestedBy", {}), "no api:isRequestedBy")
    for name in ("isRequestedAt", "hasRequestStatusSince"):
        try:
            instant(text_of(document.get("api:" + name)))
        except ValueError as none:
            raise Wrong(f"api:{name}: {none}") from none
    told = name_of(document.get("api:hasRequestStatus", ""))
    wrong_unless(told in STATUSES and told == status, f"the status is {told}, not {status}")
    return document


def check_audit_trail(answer, revision, requests):
    """`requests`: address → status."""
    document = check_document(answer, "api:AuditTrail")
    wrong_unless(text_of(document.get("api:hasLatestRevision")) == str(revision), f"api:hasLatestRevision is {document.get('api:hasLatestRevision')}")
    told = {one["@id"]: name_of(one.get("api:hasRequestStatus", "")) for one in every(document.get("api:hasActionRequest"))}
    wrong_unless(told == requests, f"the trail has {told}")
    return document


def check_events(answer, codes, total=None):
    """A list of logistics events with these codes, in this order."""
    document = check_document(answer, "api:Collection")
    total = len(codes) if total is None else total
    wrong_unless(text_of(document.get("api:hasTotalItems")) == str(total), f"api:hasTotalItems is {document.get('api:hasTotalItems')}")
    items = every(document.get("api:hasItem"))
    for item in items:
        wrong_unless(item.get("@type") == "cargo:LogisticsEvent" and "@id" in item, f"an item is a {item.get('@type')}")
        instant(text_of(item.get("cargo:creationDate")))
        instant(text_of(item.get("cargo:eventDate")))
    told = [item["cargo:eventCode"]["cargo:code"] for item in items]
    wrong_unless(told == codes, f"the codes are {told}, not {codes}")
    return document


def check_many(answer, outcome):
    """The answer to one event for several objects; `outcome`: address → status."""
    document = check_document(answer, "api:MultiStatusResponse", 207)
    results = every(document.get("api:hasCreationResult"))
    told = {one["api:hasLogisticsObject"]["@id"]: int(text_of(one["api:hasHTTPStatus"])) for one in results}
    wrong_unless(told == outcome, f"the outcome is {told}")
    created = sum(status == 201 for status in outcome.values())
    sums = [text_of(document.get("api:" + name)) for name in ("hasTotalItems", "hasTotalCreated", "hasTotalFailed")]
    wrong_unless(sums == [str(len(outcome)), str(created), str(len(outcome) - created)], f"the sums are {sums}")
    for one in results:
        wrong_unless(("api:hasLogisticsEvent" in one) == (told[one["api:hasLogisticsObject"]["@id"]] == 201), "an event without success, or the other way round")


def check_subscription(answer, topic_type, topic):
    document = check_document(answer, "api:Subscription")
    wrong_unless(name_of(document.get("api:hasTopicType", "")) == topic_type, f"api:hasTopicType is {document.get('api:hasTopicType')}")
    told = document.get("api:hasTopic", {})
    told = told.get("@id", told.get("@value")) if isinstance(told, dict) else told
    wrong_unless(str(told).replace("cargo:", CARGO) == topic, f"api:hasTopic is {told}")
    wrong_unless("@id" in document.get("api:hasSubscriber", {}), "no api:hasSubscriber")
    wrong_unless(document.get("api:hasContentType"), "no api:hasContentType")
    wrong_unless({name_of(one) for one in every(document.get("api:includeSubscriptionEventType"))} <= EVENT_TYPES, "an unknown event type")
    return document


def check_notification(body, event_type, address, triggered_by):
    """What a subscriber is sent."""
    wrong_unless(isinstance(body, dict) and body.get("@type") == "api:Notification", "no api:Notification")
    told = name_of(body.get("api:hasEventType", ""))
    wrong_unless(told in EVENT_TYPES and told == event_type, f"api:hasEventType is {told}")
    wrong_unless(body.get("api:hasLogisticsObject", {}).get("@id") == address, f"api:hasLogisticsObject is {body.get('api:hasLogisticsObject')}")
    type_ = body.get("api:hasLogisticsObjectType", {})
    wrong_unless(isinstance(type_, dict) and type_.get("@type") == XSD + "anyURI" and type_.get("@value", "").startswith("https://"),
                 f"api:hasLogisticsObjectType is {type_}")
    wrong_unless(body.get("api:isTriggeredBy", {}).get("@id") == triggered_by, f"api:isTriggeredBy is {body.get('api:isTriggeredBy')}")
    wrong_unless((event_type == "LOGISTICS_EVENT_RECEIVED") == ("api:hasLogisticsEvent" in body), "api:hasLogisticsEvent where it does not belong, or none")
    for one in every(body.get("api:hasChangedProperty")):
        wrong_unless(isinstance(one, dict) and one.get("@type") == XSD + "anyURI", f"api:hasChangedProperty has {one}")
