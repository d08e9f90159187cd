"""ONE Record: a party's way to the server, and a server that takes notifications."""
import http.server
import json
import threading
import time

from .onerecord_checks import API, CARGO, XSD, check_made, check_status, wrong_unless

CONTEXT = {"cargo": CARGO, "api": API}
LD = "application/ld+json; version=2.3.0"
EXPANDED = 'application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"'
PIECE = {"cargo:coload": False, "cargo:goodsDescription": "Machine parts",
         "cargo:handlingInstructions": [{"@type": "cargo:HandlingInstructions", "cargo:description": "Keep upright"}]}


class Client:
    """One party's way to the server."""

    def __init__(self, server, key):
        self.server, self.key = server, key
        self.base = server.url + "/onerecord"

    def ask(self, method, target, body=None, **headers):
        fields = {"Accept": LD, **({"Content-Type": LD} if body is not None else {}), **{name.replace("_", "-"): text for name, text in headers.items()}}
        text = body if body is None or isinstance(body, (str, bytes)) else json.dumps({"@context": CONTEXT, **body})
        return self.server.request(method, "/onerecord" + target.removeprefix(self.base), text, self.key, headers=fields)

    def get(self, target, **headers):
        return self.ask("GET", target, **headers)

    def create(self, type_="cargo:Piece", **members):
        answer = self.ask("POST", "/logistics-objects", {"@type": type_, **members})
        return check_made(answer, type_.replace("cargo:", CARGO), self.base + "/logistics-objects/")

    def change(self, target, revision, *operations, about=None, **more):
        return self.ask("PATCH", target, {
            "@type": "api:Change", "api:hasLogisticsObject": {"@id": about or target}, "api:hasDescription": "a change",
            "api:hasOperation": [operation(target, *each) for each in operations],
            "api:hasRevision": {"@type": XSD + "positiveInteger", "@value": str(revision)}, **more})

    def requested(self, answer, type_):
        return check_made(answer, API + type_, self.base + "/action-requests/")

    def decide(self, request, status="REQUEST_ACCEPTED"):
        answer = self.ask("PATCH", request + "?status=" + status, "")
        check_status(answer, 204)
        return request

    def changed(self, target, revision, *operations):
        """A change that is asked for and accepted."""
        return self.decide(self.requested(self.change(target, revision, *operations), "ChangeRequest"))

    def add_event(self, target, code="DEP", at="2026-11-20T08:00:00Z"):
        answer = self.ask("POST", target + "/logistics-events", logistics_event(code, at))
        return check_made(answer, CARGO + "LogisticsEvent", target + "/logistics-events/")

    def subscribe(self, topic, subscriber, by_type=False, **more):
        kind = "LOGISTICS_OBJECT_TYPE" if by_type else "LOGISTICS_OBJECT_IDENTIFIER"
        return self.ask("POST", "/subscriptions", {
            "@type": "api:Subscription", "api:hasContentType": "application/ld+json", "api:hasSubscriber": {"@id": subscriber},
            "api:hasTopicType": {"@id": "api:" + kind}, "api:hasTopic": {"@type": XSD + "anyURI", "@value": topic}, **more})


def operation(target, op, property_, value, datatype=XSD + "string", subject=None):
    return {"@type": "api:Operation", "api:op": {"@id": "api:" + op}, "api:s": subject or target, "api:p": property_.replace("cargo:", CARGO),
            "api:o": [{"@type": "api:OperationObject", "api:hasDatatype": datatype.replace("cargo:", CARGO), "api:hasValue": value}]}


def logistics_event(code="DEP", at="2026-11-20T08:00:00Z", **more):
    return {"@type": "cargo:LogisticsEvent", "cargo:eventDate": {"@type": XSD + "dateTime", "@value": at}, "cargo:eventName": "an event",
            "cargo:eventCode": {"@type": "cargo:CodeListElement", "cargo:code": code}, "cargo:eventTimeType": {"@id": "cargo:ACTUAL"}, **more}


class Subscriber:
    """A server that takes notifications; `answers` gives the status of each."""

    def __init__(self, answers=None):
        self.bodies, self.lock = [], threading.Lock()
        answers = answers or (lambda: 204)
        subscriber = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status = answers() if self.path == "/notifications" else 404
                if status == 204:
                    with subscriber.lock:
                        subscriber.bodies.append(body)
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.organization = f"http://127.0.0.1:{self.server.server_address[1]}/logistics-objects/acme"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, count, seconds=40):
        end = time.monotonic() + seconds
        while len(self.bodies) < count and time.monotonic() < end:
            time.sleep(0.02)
        wrong_unless(len(self.bodies) >= count, f"{len(self.bodies)} notifications of {count} came")
        return list(self.bodies)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
