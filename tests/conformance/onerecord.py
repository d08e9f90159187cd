#!/usr/bin/env python3
"""ONE Record 2.3: what its API asks for, part by part, played by Fairway's own checks against the shipped program.

The checks are shown to be able to fail: they take the examples that IATA publishes, and flag answers that are wrong in one place.
"""
import copy
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from support import onerecord as one_record  # noqa: E402
from support import onerecord_checks as checks  # noqa: E402
from support.onerecord_client import LD, PIECE, Client  # noqa: E402
from support.scenarios import Skip, Tally, Wrong, flagged  # noqa: E402

from fairway import CORPORA, Answer, Server  # noqa: E402

EXAMPLES = CORPORA / "onerecord" / "examples"
OPTIONS = ("--callbacks-to-private", "--callback-attempts", "5", "--callback-pause", "0.1")


def example(name):
    path = EXAMPLES / name
    if not path.exists():
        raise Skip(f"{name} is not there")
    return json.loads(path.read_text())


def taken_notifications():
    """The checks take the published notifications."""
    for number, event_type in ((1, "LOGISTICS_OBJECT_CREATED"), (2, "LOGISTICS_OBJECT_CREATED"), (4, "LOGISTICS_EVENT_RECEIVED"),
                               (5, "CHANGE_REQUEST_ACCEPTED"), (6, "LOGISTICS_OBJECT_AVAILABLE")):
        body = example(f"Notification_example{number}.json")
        checks.check_notification(body, event_type, body["api:hasLogisticsObject"]["@id"], body.get("api:isTriggeredBy", {}).get("@id"))


def taken_errors():
    for name, status in (("Error_400.json", 400), ("Error_403.json", 403), ("Error_404.json", 404)):
        checks.check_error(Answer(status, {"content-type": LD, "content-language": "en-US"}, json.dumps(example(name))), status)


def sent_examples(client):
    """The published objects and events are taken by the server, and come back with what they said."""
    for name in ("Piece.json", "Company.json", "Shipment_with_Piece.json", "Sensor.compacted.json", "Sensor.expanded.json"):
        body = example(name)
        for one in body if isinstance(body, list) else [body]:
            one.pop("@id", None)  # another server's address
        answer = client.ask("POST", "/logistics-objects", json.dumps(body))
        checks.check_status(answer, 201)
        checks.check_status(client.get(answer.headers["location"]), 200)
    target = client.create()
    event = client.ask("POST", target + "/logistics-events", json.dumps(example("LogisticsEvent.json")))
    checks.check_made(event, checks.CARGO + "LogisticsEvent", target + "/logistics-events/")
    for number in range(1, 7):
        checks.check_status(client.ask("POST", "/notifications", json.dumps(example(f"Notification_example{number}.json"))), 204)


def altered(answer, change=None, status=None, **headers):
    """The answer with one thing wrong."""
    document = copy.deepcopy(answer.json)
    if change is not None:
        change(document)
    return Answer(status or answer.status, {**answer.headers, **{name.replace("_", "-"): text for name, text in headers.items()}}, json.dumps(document))


def wrong_answers(client):
    """(what is wrong, check, arguments…) from right answers of the server."""
    piece = client.create(**PIECE)
    shown, missing = client.get(piece), client.get("/logistics-objects/none")
    of_piece = (piece, "cargo:Piece", 1)
    yield "an object under another address", checks.check_object, altered(shown, lambda d: d.update({"@id": piece + "x"})), *of_piece
    yield "an object of another class", checks.check_object, altered(shown, lambda d: d.update({"@type": "cargo:Value"})), *of_piece
    yield "an object without its context", checks.check_object, altered(shown, lambda d: d.pop("@context")), *of_piece
    yield "a Revision that is not the object's", checks.check_object, altered(shown, revision="2"), *of_piece
    yield "a Last-Modified that is no date of HTTP", checks.check_object, altered(shown, last_modified="2026-11-20T08:00:00Z"), *of_piece
    yield "a body that is not called JSON-LD", checks.check_object, altered(shown, content_type="text/html"), *of_piece
    yield "an error with status 200", checks.check_error, altered(missing, status=200), 404
    yield "an error whose code is not its status", checks.check_error, altered(missing, lambda d: d["api:hasErrorDetail"].update({"api:hasCode": "500"})), 404
    yield "an error without a title", checks.check_error, altered(missing, lambda d: d.pop("api:hasTitle")), 404
    yield "an error that is an object", checks.check_error, altered(shown, status=404), 404
    info = client.get("/")
    yield "server information without its versions", checks.check_server_information, altered(info, lambda d: d.pop("api:hasSupportedApiVersion"))
    trail = client.get(piece + "/audit-trail")
    yield "a trail of another revision", checks.check_audit_trail, altered(trail, lambda d: d.update({"api:hasLatestRevision": 7})), 1, {}
    yield "a trail without a request", checks.check_audit_trail, trail, 1, {piece: "REQUEST_PENDING"}
    client.add_event(piece, "DEP")
    events = client.get(piece + "/logistics-events")
    yield "a list that leaves an event out", checks.check_events, altered(events, lambda d: d.pop("api:hasItem")), ["DEP"]
    yield "a list of other events", checks.check_events, events, ["ARR"]
    request = client.requested(client.change(piece, 1, ("ADD", "cargo:upid", "U1")), "ChangeRequest")
    asked = client.get(request)
    yield "a request of no known status", checks.check_request, altered(asked, lambda d: d.update({"api:hasRequestStatus": {"@id": "api:DONE"}})), request, "ChangeRequest", "DONE"
    yield "a request without who asked", checks.check_request, altered(asked, lambda d: d.pop("api:isRequestedBy")), request, "ChangeRequest", "REQUEST_PENDING"
    yield "a 201 without a Location", checks.check_made, Answer(201, {"type": checks.CARGO + "Piece"}, b""), checks.CARGO + "Piece", piece
    body = {"@type": "api:Notification", "api:hasEventType": {"@id": "api:LOGISTICS_OBJECT_UPDATED"}, "api:hasLogisticsObject": {"@id": piece},
            "api:hasLogisticsObjectType": {"@type": checks.XSD + "anyURI", "@value": checks.CARGO + "Piece"}, "api:isTriggeredBy": {"@id": request}}
    told = ("LOGISTICS_OBJECT_UPDATED", piece, request)
    checks.check_notification(body, *told)
    for what, wrong in (("of another type", {"api:hasEventType": {"@id": "api:SOMETHING"}}), ("of another object", {"api:hasLogisticsObject": {"@id": "x"}}),
                        ("that does not say what triggered it", {"api:isTriggeredBy": {}}), ("with an event that is none", {"api:hasLogisticsEvent": {"@id": "x"}}),
                        ("whose class is a text", {"api:hasLogisticsObjectType": "Piece"})):
        yield f"a notification {what}", checks.check_notification, {**body, **wrong}, *told


def main():
    tally = Tally()
    tally.play("the checks take the published notifications", taken_notifications)
    tally.play("the checks take the published errors", taken_errors)
    with Server(options=OPTIONS) as server:
        carrier = Client(server, server.add_party("Fairway Air", "carrier", "IATA:999"))
        agent = Client(server, server.add_party("Fairway Agent", "forwarder", "IATA:FWA"))
        agent_id = server.request("GET", "/v1/me", None, agent.key).json["party"]["id"]
        suite = one_record.Suite(carrier, agent, Client(server, "fw_nobody_none"), agent_id)
        for title, scenario in suite.scenarios():
            tally.play(title, scenario)
        tally.play("the published objects, events and notifications are taken", lambda: sent_examples(carrier))
        for what, check, *arguments in wrong_answers(carrier):
            tally.play(f"the checks flag {what}", lambda c=check, a=arguments: flagged(c, *a))
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
