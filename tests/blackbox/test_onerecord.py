"""ONE Record: what the official collection asserts, folder by folder, and the rules that it does not reach."""
import json
import time
import unittest

from fairway import Server

API, CARGO, XSD = "https://onerecord.iata.org/ns/api#", "https://onerecord.iata.org/ns/cargo#", "http://www.w3.org/2001/XMLSchema#"
CONTEXT = {"cargo": CARGO, "api": API}
LD = "application/ld+json; version=2.0.0-dev"


def full(name):
    """cargo:Piece as its IRI."""
    prefix, _, rest = name.partition(":")
    return CONTEXT[prefix] + rest if prefix in CONTEXT else name


def every(value):
    return value if isinstance(value, list) else [] if value is None else [value]


class Client:
    def __init__(self, server, key):
        self.server, self.key = server, key
        self.base = server.url + "/onerecord"

    def ask(self, method, path, body=None, **headers):
        path = path.removeprefix(self.base)
        fields = {"Accept": LD, **({"Content-Type": LD} if body is not None else {}), **{k.replace("_", "-"): v for k, v in headers.items()}}
        text = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
        return self.server.request(method, "/onerecord" + path, text, self.key, headers=fields)

    def create(self, type_, **members):
        answer = self.ask("POST", "/logistics-objects", {"@context": CONTEXT, "@type": type_, **members})
        assert answer.status == 201, answer
        return answer.headers["location"]

    def change(self, target, revision, *operations, about=None):
        return self.ask("PATCH", target, {
            "@context": CONTEXT, "@type": "api:Change", "api:hasLogisticsObject": {"@id": about or target}, "api:hasDescription": "a change",
            "api:hasOperation": [operation(target, *each) for each in operations],
            "api:hasRevision": {"@type": XSD + "positiveInteger", "@value": str(revision)}})


def operation(target, op, property_, value, datatype=XSD + "string", subject=None):
    return {"@type": "api:Operation", "api:op": {"@id": "api:" + op}, "api:s": subject or target, "api:p": full(property_),
            "api:o": [{"@type": "api:OperationObject", "api:hasDatatype": full(datatype), "api:hasValue": value}]}


PIECE = {"cargo:coload": False, "cargo:handlingInstructions": [{
    "@type": "cargo:HandlingInstructions", "cargo:handlingInstructionsType": "SPH", "cargo:description": "Valuable Cargo",
    "cargo:handlingInstructionsTypeCode": "VAL"}]}
EVENT = {"@context": {"cargo": CARGO}, "@type": "cargo:LogisticsEvent",
         "cargo:creationDate": {"@type": XSD + "dateTime", "@value": "2023-04-01T10:38:01.000Z"},
         "cargo:eventDate": {"@type": XSD + "dateTime", "@value": "2023-04-01T10:38:01.000Z"},
         "cargo:eventCode": {"@type": "cargo:CodeListElement", "cargo:code": "DEP", "cargo:codeListName": "Departure"},
         "cargo:eventName": "Consignment departed on a specific flight", "cargo:partialEventIndicator": False,
         "cargo:eventTimeType": {"@type": "cargo:EventTimeType", "@id": "cargo:ACTUAL"}}


class OneRecord(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.carrier = Client(cls.server, cls.server.add_party("Carrier", "carrier", "IATA:160"))
        cls.agent = Client(cls.server, cls.server.add_party("Agent", "forwarder", "IATA:AGT"))
        cls.rival = Client(cls.server, cls.server.add_party("Rival", "forwarder", "IATA:RIV"))
        cls.me = {name: cls.server.request("GET", "/v1/me", None, getattr(cls, name).key).json["party"]["id"] for name in ("carrier", "agent", "rival")}

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def wants_error(self, answer, status):
        self.assertEqual(answer.status, status, answer)
        self.assertTrue(answer.headers["content-type"].startswith("application/ld+json"))
        self.assertEqual(answer.headers["content-language"], "en-US")
        error = answer.json
        self.assertEqual(error["@type"], "api:Error")
        self.assertIn("@id", error)
        self.assertIn("api:hasTitle", error)
        self.assertEqual(error["api:hasErrorDetail"]["api:hasCode"], str(status))
        self.assertIn("api:hasMessage", error["api:hasErrorDetail"])
        return error

    def accept(self, client, request, status="REQUEST_ACCEPTED"):
        return client.ask("PATCH", request + "?status=" + status, "")

    # Server Information

    def test_server_information(self):
        for path in ("/", ""):
            answer = self.carrier.ask("GET", path)
            self.assertEqual(answer.status, 200, answer)
            for field in ("content-type", "content-language", "last-modified"):
                self.assertIn(field, answer.headers)
            document = answer.json
            self.assertEqual(document["@id"], self.carrier.base + "/")
            for name in ("hasDataHolder", "hasServerEndpoint", "hasSupportedContentType", "hasSupportedLanguage", "hasSupportedOntology",
                         "hasSupportedOntologyVersion", "hasSupportedApiVersion"):
                self.assertIn("api:" + name, document)
            self.assertEqual(self.carrier.ask("GET", document["api:hasDataHolder"]["@id"]).status, 200)

    def test_who_is_unknown_gets_an_error_of_the_api(self):
        self.wants_error(Client(self.server, "fw_nobody_none").ask("GET", "/"), 401)

    # Logistics Objects

    def test_objects_are_created_and_read(self):
        answer = self.carrier.ask("POST", "/logistics-objects", {"@context": CONTEXT, "@type": "cargo:Piece", **PIECE})
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.headers["type"], CARGO + "Piece")
        piece = answer.headers["location"]
        self.assertTrue(piece.startswith(self.carrier.base + "/logistics-objects/"))
        shown = self.carrier.ask("GET", piece)
        self.assertEqual(shown.status, 200, shown)
        self.assertEqual((shown.headers["type"], shown.headers["revision"], shown.headers["latest-revision"]), (CARGO + "Piece", "1", "1"))
        for field in ("content-type", "content-language", "last-modified"):
            self.assertIn(field, shown.headers)
        document = shown.json
        self.assertEqual((document["@id"], document["@type"]), (piece, "cargo:Piece"))
        self.assertEqual(document["cargo:coload"], {"@type": XSD + "boolean", "@value": "false"})
        instructions = document["cargo:handlingInstructions"]
        self.assertTrue(instructions["@id"].startswith("internal:"))
        self.assertEqual((instructions["@type"], instructions["cargo:description"]), ("cargo:HandlingInstructions", "Valuable Cargo"))
        shipment = self.carrier.create("cargo:Shipment", **{"cargo:goodsDescription": "Materials", "cargo:pieces": [{"@id": piece}]})
        plain = self.carrier.ask("GET", shipment).json
        self.assertEqual(plain["cargo:pieces"], {"@id": piece})
        embedded = self.carrier.ask("GET", shipment + "?embedded=true").json["cargo:pieces"]
        self.assertEqual((embedded["@id"], embedded["@type"]), (piece, "cargo:Piece"))
        self.assertEqual(embedded["cargo:coload"]["@value"], "false")
        expanded = self.carrier.ask("GET", piece, Accept='application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"').json
        self.assertEqual(expanded[0]["@type"], [CARGO + "Piece"])

    def test_what_is_no_object_is_refused(self):
        self.wants_error(self.carrier.ask("GET", "/logistics-objects/notExistingLO"), 404)
        self.wants_error(self.carrier.ask("POST", "/logistics-objects", {"@context": CONTEXT, "@type": "cargo:Value"}), 400)
        self.wants_error(self.carrier.ask("POST", "/logistics-objects", "{"), 400)
        self.wants_error(self.carrier.ask("POST", "/logistics-objects", {"@context": "https://evil.example/context", "@type": "cargo:Piece"}), 400)
        self.wants_error(self.carrier.ask("POST", "/logistics-objects", "<x/>", Content_Type="text/xml"), 415)
        self.wants_error(self.carrier.ask("GET", "/", Accept="text/turtle"), 415)
        self.wants_error(self.carrier.ask("GET", "/", Accept="application/ld+json; version=1.2"), 415)
        named = {"@context": CONTEXT, "@type": "cargo:Piece", "@id": self.carrier.base + "/logistics-objects/my-piece"}
        self.assertEqual(self.carrier.ask("POST", "/logistics-objects", named).status, 201)
        self.wants_error(self.carrier.ask("POST", "/logistics-objects", named), 409)
        self.wants_error(self.agent.ask("POST", "/logistics-objects", named), 409)

    def test_a_change_is_asked_for_accepted_and_kept_in_the_trail(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        asked = self.carrier.change(piece, 1, ("ADD", "cargo:goodsDescription", "Materials"),
                                    ("ADD", "cargo:coload", "true", XSD + "boolean"), ("DELETE", "cargo:coload", "false", XSD + "boolean"))
        self.assertEqual(asked.status, 201, asked)
        self.assertEqual(asked.headers["type"], API + "ChangeRequest")
        request = asked.headers["location"]
        self.assertEqual(self.carrier.ask("GET", piece).headers["revision"], "1")
        self.assertEqual(self.accept(self.carrier, request).status, 204)
        self.assertEqual(self.accept(self.carrier, request).status, 204)
        shown = self.carrier.ask("GET", piece)
        self.assertEqual((shown.headers["revision"], shown.headers["latest-revision"]), ("2", "2"))
        self.assertEqual(shown.json["cargo:coload"]["@value"], "true")
        self.assertEqual(shown.json["cargo:goodsDescription"], "Materials")
        trail = self.carrier.ask("GET", piece + "/audit-trail")
        self.assertEqual(trail.status, 200, trail)
        self.assertEqual(trail.json["api:hasLatestRevision"]["@value"], "2")
        self.assertEqual(trail.json["api:hasChangeRequest"]["@id"], request)
        self.assertEqual(trail.json["api:hasActionRequest"]["api:hasRequestStatus"]["@id"], "api:REQUEST_ACCEPTED")
        self.assertNotIn("api:hasActionRequest", self.carrier.ask("GET", piece + "/audit-trail?status=PENDING").json)
        self.assertNotIn("api:hasActionRequest", self.carrier.ask("GET", piece + "/audit-trail?updated-to=20200101T000000Z").json)

    def test_an_embedded_object_is_added_changed_and_deleted(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)

        def apply(revision, *operations):
            asked = self.carrier.change(piece, revision, *operations)
            self.assertEqual(asked.status, 201, asked)
            self.assertEqual(self.accept(self.carrier, asked.headers["location"]).status, 204)
            return self.carrier.ask("GET", piece).json

        after = apply(1, ("ADD", "cargo:grossWeight", "_:b0", "cargo:Value"), ("ADD", "cargo:unit", "KGM", XSD + "string", "_:b0"),
                      ("ADD", "cargo:numericalValue", "20.0", XSD + "double", "_:b0"))
        node = after["cargo:grossWeight"]["@id"]
        self.assertTrue(node.startswith("internal:"))
        after = apply(2, ("DELETE", "cargo:numericalValue", "20.0", XSD + "double", node), ("ADD", "cargo:numericalValue", "25.0", XSD + "double", node))
        self.assertEqual(after["cargo:grossWeight"]["cargo:numericalValue"], {"@type": XSD + "double", "@value": "25.0"})
        after = apply(3, ("DELETE", "cargo:unit", "KGM", XSD + "string", node), ("DELETE", "cargo:numericalValue", "25.0", XSD + "double", node),
                      ("DELETE", "cargo:grossWeight", node, "cargo:Value"))
        self.assertNotIn("cargo:grossWeight", after)

    def test_changes_that_cannot_be_are_refused_and_change_nothing(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        other = self.carrier.create("cargo:Piece", **PIECE)
        fine = ("ADD", "cargo:goodsDescription", "x")
        self.wants_error(self.carrier.change(piece, 2, fine), 422)
        self.wants_error(self.carrier.change(piece, 1, fine, about=other), 400)
        self.wants_error(self.carrier.change(piece, 1, fine, ("DELETE", "cargo:coload", "true", XSD + "boolean")), 422)
        self.wants_error(self.carrier.change(piece, 1, ("ADD", "cargo:events", piece + "/logistics-events/x", "cargo:LogisticsEvent")), 400)
        self.wants_error(self.carrier.change(piece, 1, ("ADD", "cargo:name", "x", XSD + "string", other)), 422)
        self.wants_error(self.carrier.ask("PATCH", piece, {"@context": CONTEXT, "@type": "api:Change", "api:hasOperation": [{"api:subject": piece}]}), 400)
        shown = self.carrier.ask("GET", piece)
        self.assertEqual(shown.headers["revision"], "1")
        self.assertNotIn("cargo:goodsDescription", shown.json)

    def test_accepting_one_change_rejects_the_others_of_its_revision(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        first, second, third = (self.carrier.change(piece, 1, ("ADD", "cargo:goodsDescription", text)).headers["location"] for text in "abc")
        self.assertEqual(self.accept(self.carrier, third, "REQUEST_REJECTED").status, 204)
        self.assertEqual(self.accept(self.carrier, second).status, 204)
        self.wants_error(self.accept(self.carrier, first), 422)
        rejected = self.carrier.ask("GET", first).json
        self.assertEqual(rejected["api:hasRequestStatus"]["@id"], "api:REQUEST_REJECTED")
        self.assertEqual(rejected["api:hasError"]["api:hasErrorDetail"]["api:hasCode"], "409")
        self.assertEqual(rejected["api:hasRequestStatusHistory"]["api:hasRequestStatus"]["@id"], "api:REQUEST_PENDING")
        trail = self.carrier.ask("GET", piece + "/audit-trail?status=REJECTED").json
        self.assertEqual({each["@id"] for each in trail["api:hasActionRequest"]}, {first, third})

    def test_history(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        before = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        time.sleep(1.1)
        request = self.carrier.change(piece, 1, ("DELETE", "cargo:coload", "false", XSD + "boolean")).headers["location"]
        self.accept(self.carrier, request)
        old = self.carrier.ask("GET", piece + "?at=" + before)
        self.assertEqual((old.status, old.headers["revision"], old.headers["latest-revision"]), (200, "1", "2"), old)
        self.assertEqual(old.json["@id"], piece + "?at=" + before)
        self.assertIn("cargo:coload", old.json)
        self.wants_error(self.carrier.ask("GET", piece + "?at=20190926T075830Z"), 404)
        self.wants_error(self.carrier.ask("GET", piece + "?at=21990926T075830Z"), 400)
        self.wants_error(self.carrier.ask("GET", piece + "?at=yesterday"), 400)

    def test_verification(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        body = {"@context": CONTEXT, "@type": "api:Verification", "api:hasLogisticsObject": {"@id": piece}, "api:hasRevision": 1,
                "api:hasError": [{"@type": "api:Error", "api:hasTitle": "The gross weight is missing"}]}
        asked = self.carrier.ask("POST", piece, body)
        self.assertEqual((asked.status, asked.headers["type"]), (201, API + "VerificationRequest"), asked)
        self.assertEqual(self.accept(self.carrier, asked.headers["location"], "REQUEST_ACKNOWLEDGED").status, 204)
        self.assertEqual(self.carrier.ask("GET", asked.headers["location"]).json["api:hasRequestStatus"]["@id"], "api:REQUEST_ACKNOWLEDGED")
        self.wants_error(self.carrier.ask("POST", piece, {**body, "api:hasRevision": 7}), 422)

    # Logistics Events

    def test_events(self):
        shipment = self.carrier.create("cargo:Shipment", **{"cargo:goodsDescription": "x"})
        answer = self.carrier.ask("POST", shipment + "/logistics-events", {**EVENT, "cargo:eventFor": {"@type": "cargo:Shipment", "@id": shipment}})
        self.assertEqual((answer.status, answer.headers["type"]), (201, CARGO + "LogisticsEvent"), answer)
        event = self.carrier.ask("GET", answer.headers["location"])
        self.assertEqual((event.status, event.headers["type"]), (200, CARGO + "LogisticsEvent"), event)
        self.assertIn("last-modified", event.headers)
        document = event.json
        self.assertEqual(document["@id"], answer.headers["location"])
        self.assertEqual(document["cargo:eventDate"], {"@type": XSD + "dateTime", "@value": "2023-04-01T10:38:01Z"})
        self.assertNotEqual(document["cargo:creationDate"]["@value"], "2023-04-01T10:38:01Z")
        self.assertEqual(document["cargo:eventCode"]["cargo:code"], "DEP")
        self.assertEqual(document["cargo:eventTimeType"]["@id"], "cargo:ACTUAL")
        self.assertEqual(document["cargo:eventFor"]["@id"], shipment)
        self.wants_error(self.carrier.ask("POST", "/logistics-objects/NotExistingLO/logistics-events", EVENT), 404)
        self.wants_error(self.carrier.ask("GET", shipment + "/logistics-events/none"), 404)
        self.wants_error(self.carrier.ask("POST", shipment + "/logistics-events", {**EVENT, "cargo:eventDate": None}), 400)

    def test_lists_of_events(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        empty = self.carrier.ask("GET", piece + "/logistics-events").json
        self.assertEqual((empty["@id"], empty["api:hasTotalItems"], "api:hasItem" in empty), (piece + "/logistics-events", 0, False))
        for code, day in (("MAN", "03"), ("DEP", "01"), ("ARR", "02")):
            body = {**EVENT, "cargo:eventCode": {"@id": f"https://onerecord.iata.org/ns/code-lists/StatusCode#{code}"},
                    "cargo:eventDate": f"2026-04-{day}T00:00:00Z"}
            self.assertEqual(self.carrier.ask("POST", piece + "/logistics-events", body).status, 201)

        def codes(query):
            answer = self.carrier.ask("GET", piece + "/logistics-events" + query)
            self.assertEqual(answer.status, 200, answer)
            items = [each["cargo:eventCode"]["@id"].rpartition("#")[2] for each in every(answer.json.get("api:hasItem"))]
            return items, answer.json["api:hasTotalItems"]

        self.assertEqual(codes(""), (["MAN", "DEP", "ARR"], 3))
        self.assertEqual(codes("?event-code=DEP"), (["DEP"], 1))
        self.assertEqual(codes("?event-code=MAN,https://onerecord.iata.org/ns/code-lists/StatusCode%23ARR"), (["MAN", "ARR"], 2))
        self.assertEqual(codes("?sort=ASC-eventDate"), (["DEP", "ARR", "MAN"], 3))
        self.assertEqual(codes("?sort=DESC-creationDate&limit=1&skip=1"), (["DEP"], 3))
        self.assertEqual(codes("?occurred-after=20260401T120000Z&occurred-before=20260402T120000Z"), (["ARR"], 1))
        self.assertEqual(codes("?created-before=20200101T000000Z"), ([], 0))
        self.wants_error(self.carrier.ask("GET", piece + "/logistics-events?sort=up"), 400)
        self.assertEqual(self.carrier.ask("HEAD", piece + "/logistics-events").status, 200)

    def test_one_event_for_several_objects(self):
        mine = self.carrier.create("cargo:Piece", **PIECE)
        theirs = self.rival.create("cargo:Piece", **PIECE)
        gone = self.carrier.base + "/logistics-objects/none"
        answer = self.carrier.ask("POST", "/logistics-events", {**EVENT, "cargo:eventFor": [{"@id": each} for each in (mine, theirs, gone)]})
        self.assertEqual(answer.status, 207, answer)
        document = answer.json
        self.assertEqual((document["api:hasTotalItems"], document["api:hasTotalCreated"], document["api:hasTotalFailed"]), (3, 1, 2))
        outcome = {each["api:hasLogisticsObject"]["@id"]: each["api:hasHTTPStatus"] for each in document["api:hasCreationResult"]}
        self.assertEqual(outcome, {mine: 201, theirs: 404, gone: 404})
        self.assertEqual(self.carrier.ask("GET", mine + "/logistics-events").json["api:hasTotalItems"], 1)
        self.wants_error(self.carrier.ask("POST", "/logistics-events", EVENT), 400)

    # Subscriptions

    def test_subscriptions(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        company = self.carrier.create("cargo:Company", **{"cargo:name": "Acme"})
        for kind, topic in (("LOGISTICS_OBJECT_IDENTIFIER", piece), ("LOGISTICS_OBJECT_TYPE", CARGO + "Shipment")):
            path = f"/subscriptions?topicType={API.replace('#', '%23')}{kind}&topic={topic.replace('#', '%23')}"
            answer = self.carrier.ask("GET", path)
            self.assertEqual((answer.status, answer.json["@type"]), (200, "api:Subscription"), answer)
            self.assertEqual(answer.json["api:hasTopic"]["@id"].replace("cargo:", CARGO), topic)
            self.assertEqual(answer.json["api:hasTopicType"]["@id"], "api:" + kind)
            self.assertEqual(len(answer.json["api:includeSubscriptionEventType"]), 3)
            self.assertIn("@id", answer.json["api:hasSubscriber"])
            body = {"@context": CONTEXT, "@type": "api:Subscription", "api:hasContentType": "application/ld+json", "api:hasSubscriber": {"@id": company},
                    "api:hasTopicType": {"@id": "api:" + kind}, "api:hasTopic": {"@type": XSD + "anyURI", "@value": topic}}
            asked = self.carrier.ask("POST", "/subscriptions", body)
            self.assertEqual((asked.status, asked.headers["type"]), (201, API + "SubscriptionRequest"), asked)
            self.assertTrue(asked.headers["location"].startswith(self.carrier.base + "/action-requests/"))
            self.assertEqual(self.carrier.ask("GET", path).json["api:hasSubscriber"]["@id"], company)
            self.assertEqual(self.carrier.ask("DELETE", asked.headers["location"]).status, 204)
            self.assertNotEqual(self.carrier.ask("GET", path).json["api:hasSubscriber"]["@id"], company)
        self.wants_error(self.carrier.ask("GET", "/subscriptions?topicType=LOGISTICS_OBJECT_TYPE&topic=" + CARGO.replace("#", "%23") + "Value"), 400)
        self.wants_error(self.carrier.ask("GET", "/subscriptions?topicType=LOGISTICS_OBJECT_TYPE"), 400)

    def test_notifications(self):
        body = {"@context": CONTEXT, "@type": "api:Notification", "api:hasEventType": {"@id": "api:LOGISTICS_OBJECT_CREATED"},
                "api:hasLogisticsObject": {"@id": "https://elsewhere.example/logistics-objects/1"}}
        self.assertEqual(self.carrier.ask("POST", "/notifications", body).status, 204)
        self.wants_error(self.carrier.ask("POST", "/notifications", {"@context": CONTEXT, "@type": "api:Change"}), 400)

    # Access Delegations and who sees what

    def delegation(self, client, target, delegate, *permissions):
        return client.ask("POST", "/access-delegations", {
            "@context": CONTEXT, "@type": "api:AccessDelegation", "api:hasDescription": "for handling",
            "api:hasPermission": [{"@id": "api:" + each} for each in permissions or ("GET_LOGISTICS_OBJECT",)],
            "api:isRequestedFor": [{"@id": client.base + "/logistics-objects/" + delegate}], "api:hasLogisticsObject": [{"@id": target}]})

    def test_nobody_else_sees_an_object_until_its_holder_lets_them(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        for method, path in (("GET", ""), ("GET", "/audit-trail"), ("GET", "/logistics-events"), ("PATCH", ""), ("POST", "")):
            unseen = self.agent.ask(method, piece + path, None if method == "GET" else {})
            self.wants_error(unseen, 404)
        asked = self.delegation(self.agent, piece, self.me["agent"])
        self.assertEqual((asked.status, asked.headers["type"]), (201, API + "AccessDelegationRequest"), asked)
        request = asked.headers["location"]
        self.wants_error(self.rival.ask("GET", request), 404)
        self.wants_error(self.accept(self.agent, request), 403)
        self.wants_error(self.agent.ask("GET", piece), 404)
        self.assertEqual(self.accept(self.carrier, request).status, 204)
        self.assertEqual(self.agent.ask("GET", piece).status, 200)
        self.wants_error(self.rival.ask("GET", piece), 404)
        self.wants_error(self.agent.ask("POST", piece + "/logistics-events", EVENT), 403)
        grants = self.server.request("GET", "/v1/grants?direction=received", None, self.agent.key).json["grants"]
        self.assertIn("ONE Record: for handling", [each["purpose"] for each in grants])
        self.assertEqual(self.carrier.ask("DELETE", request).status, 204)
        self.wants_error(self.agent.ask("GET", piece), 404)

    def test_a_delegation_for_another_waits_for_that_other(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        request = self.delegation(self.carrier, piece, self.me["rival"]).headers["location"]
        self.assertEqual(self.accept(self.carrier, request).status, 204)
        self.wants_error(self.rival.ask("GET", piece), 404)
        offered = [each for each in self.server.request("GET", "/v1/grants?direction=received&state=offered", None, self.rival.key).json["grants"]]
        self.assertEqual(self.server.request("POST", f"/v1/grants/{offered[0]['id']}/acceptance", "", self.rival.key).status, 200)
        self.assertEqual(self.rival.ask("GET", piece).status, 200)

    def test_delegations_that_name_nobody_are_refused(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        company = self.carrier.create("cargo:Company", **{"cargo:name": "GHA"}).rpartition("/")[2]
        self.assertEqual(self.delegation(self.carrier, piece, company).status, 201)
        self.wants_error(self.delegation(self.carrier, piece, "nobody"), 400)
        self.wants_error(self.delegation(self.carrier, piece, self.me["agent"], "EVERYTHING"), 400)
        self.wants_error(self.delegation(self.carrier, self.carrier.base + "/logistics-objects/none", self.me["agent"]), 400)

    def test_an_event_of_a_waybill_is_seen_in_its_journey(self):
        waybill = self.carrier.create("cargo:Waybill", **{"cargo:waybillType": {"@id": "cargo:MASTER"}, "cargo:waybillPrefix": "160", "cargo:waybillNumber": "12345675"})
        body = {**EVENT, "cargo:eventDate": "2026-11-20T08:00:00Z", "cargo:eventLocation": {"@type": "cargo:Location", "cargo:locationCodes": {"cargo:code": "HKHKG"}}}
        self.assertEqual(self.carrier.ask("POST", waybill + "/logistics-events", body).status, 201)
        journey = self.server.request("GET", "/v1/journeys/air_waybill:160-12345675", None, self.carrier.key)
        self.assertEqual(journey.status, 200, journey)
        self.assertIn('"departed"', journey.body if isinstance(journey.body, str) else journey.body.decode())

    # Action Requests

    def test_action_requests(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        company = self.carrier.create("cargo:Company", **{"cargo:name": "Acme"})
        body = {"@context": CONTEXT, "@type": "api:Subscription", "api:hasContentType": "application/ld+json", "api:hasSubscriber": {"@id": company},
                "api:hasTopicType": {"@id": "api:LOGISTICS_OBJECT_IDENTIFIER"}, "api:includeSubscriptionEventType": [{"@id": "api:LOGISTICS_OBJECT_UPDATED"}],
                "api:hasTopic": {"@id": piece}}
        request = self.carrier.ask("POST", "/subscriptions", body).headers["location"]
        shown = self.carrier.ask("GET", request)
        self.assertEqual((shown.status, shown.headers["type"]), (200, API + "SubscriptionRequest"), shown)
        for field in ("content-type", "content-language", "last-modified"):
            self.assertIn(field, shown.headers)
        document = shown.json
        self.assertEqual((document["@id"], document["@type"]), (request, "api:SubscriptionRequest"))
        self.assertIn("api:hasSubscription", document)
        self.assertEqual(document["api:isRequestedBy"]["@id"], self.carrier.base + "/logistics-objects/" + self.me["carrier"])
        self.assertEqual(document["api:isRequestedAt"]["@type"], XSD + "dateTime")
        self.assertNotIn("urn:fairway", json.dumps(document))
        approved = self.accept(self.carrier, request)
        self.assertEqual((approved.status, approved.headers["type"], approved.headers["location"]), (204, API + "SubscriptionRequest", request))
        self.assertEqual(self.carrier.ask("DELETE", request).status, 204)
        self.assertEqual(self.carrier.ask("GET", request).json["api:hasRequestStatus"]["@id"], "api:REQUEST_REVOKED")
        self.wants_error(self.accept(self.carrier, request), 422)
        self.wants_error(self.carrier.ask("GET", "/action-requests/none"), 404)
        self.wants_error(self.carrier.ask("PATCH", request + "?status=DONE", ""), 400)

    def test_only_who_asked_takes_a_change_back(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        request = self.delegation(self.agent, piece, self.me["agent"], "GET_LOGISTICS_OBJECT", "PATCH_LOGISTICS_OBJECT").headers["location"]
        self.accept(self.carrier, request)
        change = self.agent.change(piece, 1, ("ADD", "cargo:goodsDescription", "x")).headers["location"]
        self.wants_error(self.accept(self.agent, change), 403)
        self.assertEqual(self.agent.ask("DELETE", change).status, 204)
        self.wants_error(self.accept(self.carrier, change), 422)
        self.assertEqual(self.carrier.ask("GET", piece).headers["revision"], "1")

    def test_everything_is_there_after_a_restart(self):
        piece = self.carrier.create("cargo:Piece", **PIECE)
        request = self.carrier.change(piece, 1, ("ADD", "cargo:goodsDescription", "kept")).headers["location"]
        self.accept(self.carrier, request)
        event = self.carrier.ask("POST", piece + "/logistics-events", EVENT).headers["location"]
        before = [self.carrier.ask("GET", path).body for path in (piece, piece + "/audit-trail", event, request)]
        self.server.kill()
        self.server.start()
        self.assertEqual([self.carrier.ask("GET", path).body for path in (piece, piece + "/audit-trail", event, request)], before)


if __name__ == "__main__":
    unittest.main()
