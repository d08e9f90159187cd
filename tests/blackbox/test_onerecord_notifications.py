"""ONE Record notifications: what a subscriber's own server is told, in which order, how often, and what it is never told."""
import http.server
import json
import threading
import time
import unittest

from fairway import Server

API, CARGO, XSD = "https://onerecord.iata.org/ns/api#", "https://onerecord.iata.org/ns/cargo#", "http://www.w3.org/2001/XMLSchema#"
CONTEXT = {"cargo": CARGO, "api": API}
LD = "application/ld+json; version=2.3.0"
FAST = ("--callbacks-to-private", "--callback-attempts", "3", "--callback-pause", "0.1")


class OtherServer:
    """Somebody's ONE Record server, as far as POST …/notifications goes; `answers` gives the status of each."""

    def __init__(self, answers=None):
        self.letters, self.lock, self.answers = [], threading.Lock(), answers or (lambda letter: 204)
        other = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                text = self.rfile.read(int(self.headers["content-length"]))
                letter = {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": json.loads(text)}
                letter["answer"] = other.answers(letter)
                with other.lock:
                    other.letters.append(letter)
                self.send_response(letter["answer"])
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}/api/1r"
        self.organization = self.base + "/logistics-objects/acme"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def taken(self):
        with self.lock:
            return [letter for letter in self.letters if letter["answer"] == 204]

    def wait(self, count, seconds=40):
        """The bodies of the first `count` letters that were taken."""
        end = time.monotonic() + seconds
        while len(self.taken()) < count and time.monotonic() < end:
            time.sleep(0.02)
        found = [letter["body"] for letter in self.taken()]
        assert len(found) >= count, f"{len(found)} of {count} came: {[event_of(one) for one in found]}"
        return found

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def event_of(body):
    return body["api:hasEventType"]["@id"].removeprefix("api:")


def object_of(body):
    return body["api:hasLogisticsObject"]["@id"]


class Client:
    def __init__(self, server, key):
        self.server, self.key, self.base = server, key, server.url + "/onerecord"
        self.id = server.request("GET", "/v1/me", None, key).json["party"]["id"]

    def ask(self, method, path, body=None):
        fields = {"Accept": LD, **({"Content-Type": LD} if body is not None else {})}
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        return self.server.request(method, "/onerecord" + path.removeprefix(self.base), text, self.key, headers=fields)

    def made(self, method, path, body):
        answer = self.ask(method, path, {"@context": CONTEXT, **body})
        assert answer.status == 201, answer
        return answer.headers["location"]

    def create(self, type_="cargo:Piece", **members):
        return self.made("POST", "/logistics-objects", {"@type": type_, **members})

    def add_event(self, target, code="DEP"):
        return self.made("POST", target + "/logistics-events", {
            "@type": "cargo:LogisticsEvent", "cargo:eventDate": "2026-11-20T08:00:00Z",
            "cargo:eventCode": {"@type": "cargo:CodeListElement", "cargo:code": code}})

    def change(self, target, revision, value, **more):
        return self.made("PATCH", target, {
            "@type": "api:Change", "api:hasLogisticsObject": {"@id": target}, "api:hasDescription": "a change",
            "api:hasRevision": {"@type": XSD + "positiveInteger", "@value": str(revision)},
            "api:hasOperation": [{"@type": "api:Operation", "api:op": {"@id": "api:ADD"}, "api:s": target, "api:p": CARGO + "goodsDescription",
                                  "api:o": [{"@type": "api:OperationObject", "api:hasDatatype": XSD + "string", "api:hasValue": value}]}], **more})

    def decide(self, request, status="REQUEST_ACCEPTED"):
        answer = self.ask("PATCH", request + "?status=" + status, "")
        assert answer.status == 204, answer
        return request

    def subscription(self, topic, other, by_type=False, **more):
        return {"@type": "api:Subscription", "api:hasContentType": "application/ld+json",
                "api:hasSubscriber": {"@id": other if isinstance(other, str) else other.organization},
                "api:hasTopicType": {"@id": "api:LOGISTICS_OBJECT_TYPE" if by_type else "api:LOGISTICS_OBJECT_IDENTIFIER"},
                "api:hasTopic": {"@type": XSD + "anyURI", "@value": topic}, **more}

    def subscribe(self, topic, other, by_type=False, **more):
        return self.made("POST", "/subscriptions", self.subscription(topic, other, by_type, **more))

    def let_in(self, target, client, *permissions):
        """An access delegation to `client`, asked for by it and accepted."""
        wanted = permissions or ("GET_LOGISTICS_OBJECT", "GET_LOGISTICS_EVENT")
        return self.decide(client.made("POST", "/access-delegations", {
            "@type": "api:AccessDelegation", "api:hasDescription": "for handling", "api:hasPermission": [{"@id": "api:" + one} for one in wanted],
            "api:isRequestedFor": [{"@id": self.base + "/logistics-objects/" + client.id}], "api:hasLogisticsObject": [{"@id": target}]}))


class Notifications(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(options=FAST).start()
        cls.carrier = Client(cls.server, cls.server.add_party("Carrier", "carrier", "IATA:160"))
        cls.agent = Client(cls.server, cls.server.add_party("Agent", "forwarder", "IATA:AGT"))
        cls.rival = Client(cls.server, cls.server.add_party("Rival", "forwarder", "IATA:RIV"))

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def other(self, answers=None):
        made = OtherServer(answers)
        self.addCleanup(made.close)
        return made

    def ended(self, client, request):
        self.addCleanup(lambda: client.ask("DELETE", request))
        return request

    def followed(self, client, topic, other, by_type=False, **more):
        """A subscription that stands."""
        request = client.subscribe(topic, other, by_type, **more)
        if not by_type:
            self.carrier.decide(request)
        return self.ended(client, request)

    def settled(self, client, request):
        """What is known of the callback that goes with a subscription."""
        return self.server.request("GET", "/v1/webhooks/" + request.rpartition("/")[2], None, client.key)

    # What is told

    def test_what_happens_to_an_object_is_told_in_order(self):
        other = self.other()
        piece = self.carrier.create()
        self.carrier.let_in(piece, self.agent)
        request = self.agent.subscribe(piece, other)
        self.carrier.add_event(piece, "FOH")  # before the holder has accepted
        self.carrier.decide(request)
        self.ended(self.agent, request)
        change = self.carrier.change(piece, 1, "Materials")
        self.carrier.decide(change)
        events = [self.carrier.add_event(piece, code) for code in ("DEP", "ARR", "DLV")]
        bodies = other.wait(4)
        self.assertEqual([event_of(body) for body in bodies], ["LOGISTICS_OBJECT_UPDATED", *3 * ["LOGISTICS_EVENT_RECEIVED"]])
        updated = bodies[0]
        self.assertEqual(updated["@type"], "api:Notification")
        self.assertEqual(updated["api:hasLogisticsObject"], {"@id": piece})
        self.assertEqual(updated["api:hasLogisticsObjectType"], {"@type": XSD + "anyURI", "@value": CARGO + "Piece"})
        self.assertEqual(updated["api:hasChangedProperty"], {"@type": XSD + "anyURI", "@value": CARGO + "goodsDescription"})
        self.assertEqual(updated["api:isTriggeredBy"]["@id"], request)
        self.assertEqual([body["api:hasLogisticsEvent"]["@id"] for body in bodies[1:]], events)
        letter = other.letters[0]
        self.assertEqual(letter["path"], "/api/1r/notifications")
        self.assertTrue(letter["headers"]["content-type"].startswith("application/ld+json"))
        self.assertTrue(letter["headers"]["accept"].startswith("application/ld+json"))
        self.assertEqual(updated["@id"], "urn:uuid:" + letter["headers"]["idempotency-key"])
        self.assertNotIn("onerecord:", json.dumps(bodies))
        self.assertNotIn("urn:fairway", json.dumps(bodies))
        self.assertEqual(len({body["@id"] for body in bodies}), 4)

    def test_only_the_event_types_that_are_asked_for(self):
        other, piece = self.other(), self.carrier.create()
        self.followed(self.carrier, piece, other, **{"api:includeSubscriptionEventType": {"@id": "api:LOGISTICS_EVENT_RECEIVED"}})
        self.carrier.decide(self.carrier.change(piece, 1, "x"))
        self.carrier.add_event(piece)
        self.assertEqual([event_of(body) for body in other.wait(1)], ["LOGISTICS_EVENT_RECEIVED"])

    def test_a_type_and_the_objects_themselves(self):
        other = self.other()
        self.followed(self.carrier, CARGO + "ULD", other, True, **{"api:sendLogisticsObjectBody": True})
        uld = self.carrier.create("cargo:ULD", **{"cargo:uldSerialNumber": "12345"})
        self.carrier.create("cargo:Piece")
        self.carrier.decide(self.carrier.change(uld, 1, "Flowers"))
        created, updated = other.wait(2)
        self.assertEqual((event_of(created), event_of(updated)), ("LOGISTICS_OBJECT_CREATED", "LOGISTICS_OBJECT_UPDATED"))
        shown = created["api:hasLogisticsObject"]
        self.assertEqual((shown["@id"], shown["@type"], shown["cargo:uldSerialNumber"]), (uld, "cargo:ULD", "12345"))
        self.assertNotIn("cargo:goodsDescription", shown)
        self.assertEqual(updated["api:hasLogisticsObject"]["cargo:goodsDescription"], "Flowers")
        self.assertEqual(updated["api:hasLogisticsObject"]["api:hasRevision"]["@value"], "2")

    def test_an_event_for_several_objects_is_told_of_each(self):
        other, pieces = self.other(), [self.carrier.create() for _ in range(2)]
        for piece in pieces:
            self.followed(self.carrier, piece, other)
        answer = self.carrier.ask("POST", "/logistics-events", {
            "@context": CONTEXT, "@type": "cargo:LogisticsEvent", "cargo:eventDate": "2026-11-20T08:00:00Z", "cargo:eventCode": {"cargo:code": "DEP"},
            "cargo:eventFor": [{"@id": piece} for piece in pieces]})
        self.assertEqual(answer.status, 207, answer)
        self.assertEqual({object_of(body) for body in other.wait(2)}, set(pieces))

    # Action requests

    def test_what_becomes_of_a_request_is_told_to_who_made_it(self):
        other, piece = self.other(), self.carrier.create()
        self.carrier.let_in(piece, self.agent, "GET_LOGISTICS_OBJECT", "PATCH_LOGISTICS_OBJECT", "GET_LOGISTICS_EVENT")
        flag = {"api:notifyRequestStatusChange": True}
        only_events = {"api:includeSubscriptionEventType": {"@id": "api:LOGISTICS_EVENT_RECEIVED"}}
        subscription = self.followed(self.agent, piece, other, **only_events)
        silent = self.agent.change(piece, 1, "unasked")
        self.carrier.decide(silent, "REQUEST_REJECTED")
        wanted = self.agent.change(piece, 1, "asked", **flag)
        lost = self.agent.change(piece, 1, "too late", **flag)
        self.carrier.decide(wanted)
        told = other.wait(2)
        self.assertEqual({(event_of(body), body["api:isTriggeredBy"]["@id"]) for body in told},
                         {("CHANGE_REQUEST_ACCEPTED", wanted), ("CHANGE_REQUEST_REJECTED", lost)})
        self.assertEqual({object_of(body) for body in told}, {piece})
        self.agent.ask("DELETE", subscription)
        second = self.other()
        request = self.followed(self.agent, piece, second, **only_events, **flag)
        self.assertEqual([(event_of(body), body["api:isTriggeredBy"]["@id"]) for body in second.wait(1)], [("SUBSCRIPTION_REQUEST_ACCEPTED", request)])
        verification = self.agent.made("POST", piece, {
            "@type": "api:Verification", "api:hasLogisticsObject": {"@id": piece}, "api:hasRevision": 2,
            "api:hasError": [{"@type": "api:Error", "api:hasTitle": "The gross weight is missing"}]})
        self.carrier.decide(verification)
        self.assertEqual(event_of(second.wait(2)[1]), "VERIFICATION_REQUEST_ACKNOWLEDGED")
        self.carrier.let_in(piece, self.agent)
        self.assertEqual(event_of(second.wait(3)[2]), "ACCESS_DELEGATION_REQUEST_ACCEPTED")

    def test_the_holder_hears_that_there_is_something_to_decide_and_nobody_else_does(self):
        holder, reader, piece = self.other(), self.other(), self.carrier.create()
        self.carrier.let_in(piece, self.agent, "GET_LOGISTICS_OBJECT", "PATCH_LOGISTICS_OBJECT")
        self.carrier.let_in(piece, self.rival)
        flag = {"api:notifyRequestStatusChange": True}
        self.followed(self.carrier, piece, holder, **flag)
        holder.wait(1)  # its own subscription was accepted
        self.followed(self.rival, piece, reader, **flag)
        reader.wait(1)
        change = self.agent.change(piece, 1, "x")
        told = [body for body in holder.wait(3) if body["api:isTriggeredBy"]["@id"] == change]
        self.assertEqual([event_of(body) for body in told], ["CHANGE_REQUEST_PENDING"])
        self.agent.ask("DELETE", change)
        self.assertEqual(event_of(holder.wait(4)[3]), "CHANGE_REQUEST_REVOKED")
        self.carrier.add_event(piece)
        reader.wait(2)
        self.assertEqual([event_of(body) for body in reader.wait(2)], ["SUBSCRIPTION_REQUEST_ACCEPTED", "LOGISTICS_EVENT_RECEIVED"])

    # Who may see it

    def test_need_to_know(self):
        mine, theirs = self.other(), self.other()
        self.followed(self.agent, CARGO + "Piece", mine, True, **{"api:sendLogisticsObjectBody": True})
        self.followed(self.rival, CARGO + "Piece", theirs, True, **{"api:sendLogisticsObjectBody": True})
        hidden = self.carrier.create(**{"cargo:goodsDescription": "secret"})
        self.carrier.add_event(hidden)
        shown = self.carrier.create()
        self.carrier.let_in(shown, self.agent)
        self.carrier.add_event(shown)
        self.assertEqual([(event_of(body), object_of(body)) for body in mine.wait(1)], [("LOGISTICS_EVENT_RECEIVED", shown)])
        own = self.rival.create()
        self.assertEqual([object_of(body) for body in theirs.wait(1)], [own])
        noted = self.server.request("GET", "/v1/access-log", None, self.carrier.key)
        until = time.monotonic() + 10
        while b"callback" not in noted.body and time.monotonic() < until:
            time.sleep(0.2)
            noted = self.server.request("GET", "/v1/access-log", None, self.carrier.key)
        self.assertIn(b'"callback"', noted.body)
        refused = self.rival.ask("POST", "/subscriptions", {"@context": CONTEXT, **self.rival.subscription(shown, theirs)})
        self.assertEqual(refused.status, 400, refused)

    def test_who_may_see_the_consignment_is_told_of_its_objects(self):
        other, stranger = self.other(), self.other()
        self.followed(self.agent, CARGO + "Waybill", other, True)
        self.followed(self.rival, CARGO + "Waybill", stranger, True)
        # The carrier tells of the waybill, and lets the agent see the consignment, not the object.
        number = "160-12345675"
        event = {"@context": CONTEXT, "@type": "cargo:LogisticsEvent", "cargo:eventDate": "2026-11-20T08:00:00Z", "cargo:eventCode": {"cargo:code": "RCS"},
                 "cargo:eventFor": {"@type": "cargo:Waybill", "cargo:waybillPrefix": "160", "cargo:waybillNumber": "12345675"}}
        sent = self.server.request("POST", "/v1/messages", json.dumps(event), self.carrier.key, headers={"Content-Type": "application/ld+json"})
        self.assertIn(sent.status, (200, 201, 202), sent)
        grant = self.server.request("POST", "/v1/grants", json.dumps({
            "kind": "consent", "to": self.agent.id, "scope": {"references": ["air_waybill:" + number]}, "purpose": "handling",
            "expires": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))}), self.carrier.key,
            headers={"Content-Type": "application/json"})
        self.assertEqual(grant.status, 201, grant)
        accepted = self.server.request("POST", f"/v1/grants/{grant.json['id']}/acceptance", "", self.agent.key)
        self.assertEqual(accepted.status, 200, accepted)
        waybill = self.carrier.create("cargo:Waybill", **{"cargo:waybillPrefix": "160", "cargo:waybillNumber": "12345675"})
        self.assertEqual([(event_of(body), object_of(body)) for body in other.wait(1)], [("LOGISTICS_OBJECT_CREATED", waybill)])
        own = self.rival.create("cargo:Waybill")
        self.assertEqual([object_of(body) for body in stranger.wait(1)], [own])

    def test_rights_are_asked_again_at_each_attempt(self):
        closed = threading.Event()
        other, piece = self.other(lambda letter: 503 if not closed.is_set() else 204), self.carrier.create()
        delegation = self.carrier.let_in(piece, self.agent)
        request = self.followed(self.agent, piece, other)
        self.carrier.add_event(piece)
        end = time.monotonic() + 20
        while not other.letters and time.monotonic() < end:
            time.sleep(0.01)
        self.assertTrue(other.letters, "the first attempt")
        self.assertEqual(self.carrier.ask("DELETE", delegation).status, 204)
        refused = len(other.letters)
        closed.set()
        end = time.monotonic() + 20
        while self.settled(self.agent, request).json.get("waiting") and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(other.taken(), [], "the letter that was on its way tells nothing any more")
        self.assertLessEqual(len(other.letters), refused + 1)

    # Until when

    def test_a_subscription_that_is_taken_back_is_silent(self):
        for by in ("DELETE", "PATCH", "holder"):
            other, piece = self.other(), self.carrier.create()
            self.carrier.let_in(piece, self.agent)
            request = self.agent.subscribe(piece, other)
            self.carrier.decide(request)
            self.carrier.add_event(piece)
            other.wait(1)
            ended = {"DELETE": lambda: self.agent.ask("DELETE", request), "PATCH": lambda: self.agent.ask("PATCH", request + "?status=REQUEST_REVOKED", ""),
                     "holder": lambda: self.carrier.ask("PATCH", request + "?status=REQUEST_REVOKED", "")}[by]()
            self.assertEqual(ended.status, 204, ended)
            self.assertEqual(self.settled(self.agent, request).status, 404)
            self.carrier.add_event(piece)
            probe = self.other()  # what comes after it in the log has come: so would this have
            self.followed(self.carrier, piece, probe)
            self.carrier.add_event(piece)
            probe.wait(1)
            self.assertEqual(len(other.letters), 1)

    def test_a_subscription_that_is_refused_or_expires_is_silent(self):
        refused, short, piece = self.other(), self.other(), self.carrier.create()
        self.carrier.let_in(piece, self.agent)
        self.carrier.decide(self.agent.subscribe(piece, refused), "REQUEST_REJECTED")
        soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3))
        self.followed(self.agent, piece, short, **{"api:expiresAt": {"@type": XSD + "dateTime", "@value": soon}})
        self.carrier.add_event(piece)
        short.wait(1)
        time.sleep(3.5)
        self.carrier.add_event(piece)
        probe = self.other()
        self.followed(self.carrier, piece, probe)
        self.carrier.add_event(piece)
        probe.wait(1)
        self.assertEqual((len(short.letters), len(refused.letters)), (1, 0))
        past = self.agent.ask("POST", "/subscriptions", {"@context": CONTEXT, **self.agent.subscription(
            piece, short, **{"api:expiresAt": {"@type": XSD + "dateTime", "@value": "2020-01-01T00:00:00Z"}})})
        self.assertEqual(past.status, 400, past)

    # Guaranteed delivery

    def test_again_until_it_is_taken_with_the_same_id(self):
        tries = []
        other = self.other(lambda letter: tries.append(letter["body"]["@id"]) or (503 if len(tries) < 3 else 204))
        piece = self.carrier.create()
        self.followed(self.carrier, piece, other)
        self.carrier.add_event(piece)
        other.wait(1)
        self.assertEqual((len(tries), len(set(tries))), (3, 1))

    def test_dead_letters_are_kept_and_sent_again(self):
        well = threading.Event()
        other, piece = self.other(lambda letter: 204 if well.is_set() else 500), self.carrier.create()
        request = self.followed(self.carrier, piece, other)
        self.carrier.add_event(piece, "DEP")
        path = "/v1/webhooks/" + request.rpartition("/")[2]
        end = time.monotonic() + 30
        dead = []
        while not dead and time.monotonic() < end:
            dead = self.server.request("GET", path + "/deliveries?state=dead", None, self.carrier.key).json["deliveries"]
            time.sleep(0.05)
        self.assertEqual((len(dead), dead[0]["attempts"], dead[0]["status"]), (1, 3, 500))
        shown = self.settled(self.carrier, request).json
        self.assertEqual((shown["kind"], shown["url"]), ("onerecord", other.base + "/notifications"))
        self.assertEqual(self.settled(self.rival, request).status, 404)
        listed = self.server.request("GET", "/v1/webhooks", None, self.carrier.key).json["webhooks"]
        self.assertEqual([one for one in listed if one["id"] == shown["id"]], [], "it was not made as a webhook")
        for change in ({"url": "http://127.0.0.1:1/x"}, {"filter": {}}):
            self.assertEqual(self.server.request("PATCH", path, json.dumps(change), self.carrier.key).status, 400)
        well.set()
        self.assertEqual(self.server.request("POST", path + "/deliveries/replay", "", self.carrier.key).status, 202)
        self.assertEqual(event_of(other.wait(1)[0]), "LOGISTICS_EVENT_RECEIVED")

    def test_nothing_is_lost_by_a_crash(self):
        server = Server(options=FAST).start()
        self.addCleanup(server.close)
        carrier = Client(server, server.add_party("Carrier", "carrier", "IATA:160"))
        well = threading.Event()
        other = self.other(lambda letter: 204 if well.is_set() else 503)
        piece = carrier.create()
        carrier.decide(carrier.subscribe(piece, other))
        events = [carrier.add_event(piece) for _ in range(5)]
        server.kill()
        well.set()
        server.start()
        told = [body["api:hasLogisticsEvent"]["@id"] for body in other.wait(5)]
        self.assertEqual(list(dict.fromkeys(told)), events)

    # Subscriptions that cannot be kept, or need no call

    def test_what_cannot_be_called_is_refused(self):
        piece = self.carrier.create()
        for organization in ("ftp://elsewhere.example/logistics-objects/1", "https://elsewhere.example/company", "https://elsewhere.example/logistics-objects/",
                             "https://user@elsewhere.example/logistics-objects/1", "https://elsewhere.example/logistics-objects/1?x=1"):
            answer = self.carrier.ask("POST", "/subscriptions", {"@context": CONTEXT, **self.carrier.subscription(piece, organization)})
            self.assertEqual(answer.status, 400, (organization, answer))
        answer = self.carrier.ask("POST", "/subscriptions", {"@context": CONTEXT, **self.carrier.subscription(
            piece, "https://elsewhere.example/logistics-objects/1", **{"api:includeSubscriptionEventType": {"@id": "api:EVERYTHING"}})})
        self.assertEqual(answer.status, 400, answer)

    def test_private_addresses_are_not_called_where_the_operator_does_not_say_so(self):
        server = Server().start()
        self.addCleanup(server.close)
        carrier = Client(server, server.add_party("Carrier", "carrier", "IATA:160"))
        piece = carrier.create()
        for organization in ("http://elsewhere.example/logistics-objects/1", "https://127.0.0.1/logistics-objects/1", "https://10.0.0.1/1r/logistics-objects/1"):
            answer = carrier.ask("POST", "/subscriptions", {"@context": CONTEXT, **carrier.subscription(piece, organization)})
            self.assertEqual(answer.status, 400, (organization, answer))

    def test_an_organization_of_this_server_is_not_called(self):
        piece = self.carrier.create()
        company = self.carrier.create("cargo:Company", **{"cargo:name": "Acme"})
        request = self.followed(self.carrier, piece, company)
        self.assertEqual(self.carrier.ask("GET", request).json["api:hasRequestStatus"]["@id"], "api:REQUEST_ACCEPTED")
        self.assertEqual(self.settled(self.carrier, request).status, 404)

    def test_more_subscriptions_than_a_party_may_have_fail_when_they_are_accepted(self):
        server = Server(options=FAST).start()
        self.addCleanup(server.close)
        carrier = Client(server, server.add_party("Carrier", "carrier", "IATA:160"))
        piece, other = carrier.create(), self.other()
        for _ in range(50):
            carrier.decide(carrier.subscribe(piece, other))
        one_more = carrier.subscribe(piece, other)
        self.assertEqual(carrier.ask("PATCH", one_more + "?status=REQUEST_ACCEPTED", "").status, 422)
        shown = carrier.ask("GET", one_more).json
        self.assertEqual(shown["api:hasRequestStatus"]["@id"], "api:REQUEST_FAILED")
        self.assertIn("api:hasError", shown)

    # Notifications of others

    def test_what_others_tell_is_kept_for_whose_key_it_came_with(self):
        news = {"@context": CONTEXT, "@type": "api:Notification", "api:hasEventType": {"@id": "api:LOGISTICS_OBJECT_UPDATED"},
                "api:hasLogisticsObject": {"@id": "https://elsewhere.example/logistics-objects/told-us"}}
        answer = self.agent.ask("POST", "/notifications", news)
        self.assertEqual((answer.status, answer.body), (204, b""), answer)
        mine = self.server.request("GET", "/v1/export", None, self.agent.key).body
        self.assertIn(b"https://elsewhere.example/logistics-objects/told-us", mine)
        self.assertIn(b'"notified"', mine)
        self.assertNotIn(b"told-us", self.server.request("GET", "/v1/export", None, self.rival.key).body)
        self.assertEqual(self.server.request("POST", "/onerecord/notifications", json.dumps(news), headers={"Content-Type": LD}).status, 401)
        for bad in ({**news, "@type": "api:Change"}, {key: value for key, value in news.items() if key != "api:hasEventType"}):
            self.assertEqual(self.agent.ask("POST", "/notifications", bad).status, 400)


if __name__ == "__main__":
    unittest.main()
