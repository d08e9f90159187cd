#!/usr/bin/env python3
"""DCSA: the scenarios of the Conformance-Gateway, played by Fairway's own checks against the shipped program.

Track & Trace 2.2: 51 scenarios; 3.0: 21 scenarios; Verified Gross Mass 1.0: 7 scenarios and what its description asks beyond them; and, for
each, four kinds of wrong answers that the checks must flag. The subscriptions of 2.2, of which the suite has none, by the published description.
"""
import copy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from support import dcsa_subscriptions, dcsa_tnt2, dcsa_tnt3, dcsa_vgm  # noqa: E402
from support.openapi import Schemas  # noqa: E402
from support.scenarios import Skip, Tally, Wrong, flagged  # noqa: E402

from fairway import CORPORA, Server  # noqa: E402


def wrong_answers(good):
    """The four kinds of wrong answers to eventType=EQUIPMENT & equipmentEventTypeCode=LOAD, from a right one."""
    def changed(change):
        body = copy.deepcopy(good)
        change(body[0])
        return body

    yield "wrong attribute values", changed(lambda event: event.update(equipmentEventTypeCode="DISC"))
    yield "wrong date-times", changed(lambda event: event.update(eventDateTime="yesterday"))
    yield "wrong event ids", changed(lambda event: event.pop("eventID"))
    yield "wrong structure", {"events": good}
    yield "wrong structure, deeper", [{"event": event} for event in good]


def play_tnt2(tally):
    path = CORPORA / "dcsa" / "TNT_v2.2.0-resolved.yaml"
    schemas = Schemas.of(path)

    def published():
        if schemas is None:
            raise Skip(f"no answer is held against the published schemas: {Schemas.why_not(path)}")
        for event in dcsa_tnt2.sample():
            faults = schemas.faults(event, dcsa_tnt2.SCHEMA_OF[event["eventType"]])
            if faults:
                raise Wrong(f"the sample itself: {faults}")

    tally.play("TNT 2.2: schemas", published)
    with Server() as server:
        line = server.add_party("Fairway Line", "carrier", "SMDG:FWL")
        sent = server.post_events(dcsa_tnt2.sample(), line)
        if sent.status != 200:
            raise AssertionError(f"the sample is not taken: {sent!r}")
        suite = dcsa_tnt2.Tnt2(server, line, schemas)
        for title, scenario in suite.scenarios():
            tally.play(f"TNT 2.2: {title}", scenario)
        query = {"eventType": "EQUIPMENT", "equipmentEventTypeCode": "LOAD"}
        good = suite.get(query).json
    tally.play("TNT 2.2: the checks take a right answer", lambda: dcsa_tnt2.check_events(good, query, schemas))
    for kind, body in wrong_answers(good):
        tally.play(f"TNT 2.2: the checks flag {kind}", lambda b=body: flagged(dcsa_tnt2.check_events, b, query, schemas))
    tally.play("TNT 2.2: the checks flag an answer without events", lambda: flagged(dcsa_tnt2.check_events, [], query, schemas))


def wrong_events(good):
    """The same for an answer of 3.0 with an EQUIPMENT event."""
    def changed(change):
        body = copy.deepcopy(good)
        change(body["events"][0])
        return body

    yield "wrong attribute values", changed(lambda event: event["eventClassification"].update(equipmentEventTypeCode="FLY"))
    yield "wrong date-times", changed(lambda event: event.update(eventUpdatedDateTime="2026-13-01T00:00:00Z"))
    yield "wrong event ids", changed(lambda event: event.update(eventID=""))
    yield "wrong structure", good["events"]
    yield "wrong structure, deeper", changed(lambda event: event.pop("equipmentDetails"))


def play_tnt3(tally):
    path = CORPORA / "dcsa" / "TNT_v3.0.0.yaml"
    schemas = Schemas.of(path)

    def published():
        if schemas is None:
            raise Skip(f"no answer is held against the published schemas: {Schemas.why_not(path)}")
        faults = schemas.faults({"events": dcsa_tnt3.sample()}, "PostEventsRequest")
        if faults:
            raise Wrong(f"the sample itself: {faults}")

    tally.play("TNT 3.0: schemas", published)
    with Server() as server:
        line = server.add_party("Fairway Line", "carrier", "SMDG:FWL")
        suite = dcsa_tnt3.Tnt3(server, line, schemas)
        for title, scenario in suite.scenarios():
            tally.play(f"TNT 3.0: {title}", scenario)
        query = {"equipmentReference": dcsa_tnt3.BOX, "eventTypes": "EQUIPMENT"}
        good = suite.get(query).json
    tally.play("TNT 3.0: the checks take a right answer", lambda: dcsa_tnt3.check_answer(good, query, schemas))
    for kind, body in wrong_events(good):
        tally.play(f"TNT 3.0: the checks flag {kind}", lambda b=body: flagged(dcsa_tnt3.check_answer, b, query, schemas))


def play_subscriptions(tally):
    schemas = Schemas.of(CORPORA / "dcsa" / "TNT_v2.2.0-resolved.yaml")
    with Server(options=["--callbacks-to-private"]) as server:
        suite = dcsa_subscriptions.Subscriptions(server, server.add_party("Fairway Line", "carrier", "SMDG:FWL"), schemas)
        for title, scenario in suite.scenarios():
            tally.play(f"TNT 2.2 subscriptions: {title}", scenario)
        letters, name = suite.receiver.letters, suite.made["subscriptionID"]
        suite.receiver.close()
    check = dcsa_subscriptions.check_letter
    good, secret = letters[0], dcsa_subscriptions.SECRET
    tally.play("TNT 2.2 subscriptions: the checks take a right letter", lambda: check(good, name, secret, {}, schemas))
    for kind, bad in (("a body changed on the way", {**good, "body": good["body"] + b" "}),
                      ("another's name", {**good, "headers": {**good["headers"], "subscription-id": ""}}),
                      ("no signature", {**good, "headers": {"subscription-id": name, "api-version": "2.2.0"}})):
        tally.play(f"TNT 2.2 subscriptions: the checks flag {kind}", lambda b=bad: flagged(check, b, name, secret, {}, schemas))
    tally.play("TNT 2.2 subscriptions: the checks flag another's secret", lambda: flagged(check, good, name, dcsa_subscriptions.NEW_SECRET, {}, schemas))


def wrong_declarations(good):
    """The same for an answer with declarations of a gross mass."""
    def changed(change):
        body = copy.deepcopy(good)
        change(body["VGMDeclarations"][0])
        return body

    yield "wrong attribute values", changed(lambda one: one["VGM"]["weight"].update(unit="TNE"))
    yield "wrong attribute values, lighter than nothing", changed(lambda one: one["VGM"]["weight"].update(value=0))
    yield "wrong date-times", changed(lambda one: one.update(declarationDateTime="2026-13-01T00:00:00Z"))
    yield "wrong references", changed(lambda one: one.update(declarationReference=""))
    yield "wrong structure", good["VGMDeclarations"]
    yield "wrong structure, deeper", changed(lambda one: one.pop("equipmentDetails"))


def play_vgm(tally):
    with Server() as server:
        suite = dcsa_vgm.Vgm(server, server.add_party("Fairway Line", "carrier", "SMDG:FWL"))
        for title, scenario in suite.scenarios():
            tally.play(f"VGM 1.0: {title}", scenario)
        query = {"equipmentReference": dcsa_vgm.BOX}
        good = suite.get(query).json
    tally.play("VGM 1.0: the checks take a right answer", lambda: dcsa_vgm.check_answer(good, query))
    for kind, body in wrong_declarations(good):
        tally.play(f"VGM 1.0: the checks flag {kind}", lambda b=body: flagged(dcsa_vgm.check_answer, b, query))


def main():
    tally = Tally()
    play_tnt2(tally)
    play_subscriptions(tally)
    play_tnt3(tally)
    play_vgm(tally)
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
