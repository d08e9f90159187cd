"""Alerts: rules over journeys, told once by list, stream and webhook, through restarts and kill -9; nothing that the party may not see."""
import json
import os
import socket
import threading
import time
import unittest
from datetime import datetime, timedelta, timezone

from fairway import Cluster, Server, equipment_event
from test_webhooks import Receiver, proves, until

FAST = ("--callbacks-to-private", "--callback-attempts", "20", "--callback-pause", "0.1")
BOX, OTHER = "MSCU1234566", "MSCU7654328"


def at(hours):
    """So many hours from now, as Hong Kong writes it."""
    return (datetime.now(timezone.utc) + timedelta(hours=hours)).astimezone(timezone(timedelta(hours=8))).isoformat(timespec="seconds")


def move(number, code="LOAD", hours=0.0, classifier="ACT", box=BOX, said=0.0, **more):
    return {**equipment_event(number, box, code, at(hours), eventClassifierCode=classifier), "eventCreatedDateTime": at(said), **more}


def paper(number, code, hours=-1.0):
    """A bill of lading is held, or let go."""
    return {"eventID": f"00000000-0000-4000-8000-{number:012d}", "eventType": "SHIPMENT", "eventClassifierCode": "ACT", "eventDateTime": at(hours),
            "eventCreatedDateTime": at(hours), "shipmentEventTypeCode": code, "documentTypeCode": "TRD", "documentID": "LINBL0001",
            "documentReferences": [{"documentReferenceType": "TRD", "documentReferenceValue": "LINBL0001"}]}


class AlertStream:
    """The alerts of GET /v1/stream, read in a thread."""

    def __init__(self, server, key, after=None):
        self.alerts, self.events, self.connection = [], [], server.connect(timeout=60)
        headers = {"Authorization": f"Bearer {key}", **({"Last-Event-ID": str(after)} if after is not None else {})}
        self.connection.request("GET", "/v1/stream", headers=headers)
        self.response = self.connection.getresponse()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        kind, entry = None, None
        try:
            for line in iter(self.response.readline, b""):
                text = line.decode().rstrip("\n")
                if text.startswith("id: "):
                    entry = int(text[4:])
                elif text.startswith("event: "):
                    kind = text[7:]
                elif text.startswith("data: "):
                    (self.alerts if kind == "alert" else self.events).append((entry, json.loads(text[6:])))
        except (OSError, ValueError, AttributeError):
            pass

    def close(self):
        try:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Case(unittest.TestCase):
    options = FAST

    def setUp(self):
        self.server = Server(options=self.options).start()
        self.addCleanup(self.server.close)
        self.line = self.server.add_party("Line", "carrier", "SMDG:LIN")

    def ask(self, method, path, body=None, key=None, status=None):
        answer = self.server.request(method, path, None if body is None else json.dumps(body), key or self.line)
        if status is not None:
            self.assertEqual(answer.status, status, answer)
        return answer

    def rule(self, key=None, **rule):
        return self.ask("POST", "/v1/alert-rules", rule, key, 201).json

    def send(self, *events, key=None):
        answer = self.server.post_events(list(events), key or self.line)
        self.assertEqual(answer.status, 200, answer)

    def alerts(self, query="", key=None):
        return self.ask("GET", "/v1/alerts" + query, key=key, status=200).json["alerts"]

    def wait(self, count, query="", key=None, seconds=30):
        return until(self, lambda: [one for one in [self.alerts(query, key)] if len(one) >= count], seconds)[0]

    def quiet(self, count, seconds=1.0, key=None):
        """Nothing more comes."""
        time.sleep(seconds)
        self.assertEqual(len(self.alerts(key=key)), count)


class Alerts(Case):
    def test_late_by_list_stream_and_webhook(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        stream = AlertStream(self.server, self.line)
        self.addCleanup(stream.close)
        hook = self.ask("POST", "/v1/webhooks", {"url": receiver.url, "filter": {"alerts": ["all"]}}, status=201).json
        rule = self.rule(kinds=["late", "hold"], language="en")
        self.send(move(1, "LOAD", 24, "PLN", said=-48))
        self.quiet(0)
        self.send(move(2, "LOAD", 34, "EST", said=-1))
        alert = self.wait(1)[0]
        self.assertEqual((alert["kind"], alert["reason"], alert["subject"], alert["rule"]), ("late", "estimated_late", BOX, rule["id"]))
        self.assertEqual((alert["minutes"], alert["step"], alert["severity"]), (600, 0, "warning"))
        self.assertIn("10 h after the plan", alert["text"])
        self.assertIn("+08:00", alert["text"])
        self.assertEqual([(one["classifier"], one["party"]["name"]) for one in alert["evidence"]], [("planned", "Line"), ("estimated", "Line")])
        self.assertIn(f"equipment:{BOX}", alert["references"])
        self.assertEqual(alert["journey"], f"equipment:{BOX}")
        # The same at the stream and at the webhook, which tells no events.
        until(self, lambda: stream.alerts)
        self.assertEqual([told for _, told in stream.alerts], [alert])
        self.assertEqual(stream.alerts[0][0], alert["entry"])
        told = receiver.wait(1)
        self.assertEqual([(one["type"], one["alert"]) for one in told], [("alert", alert)])
        self.assertTrue(proves(receiver.letters[0], hook["secret"]))
        # A little later is no news, twice as late is.
        self.send(move(3, "LOAD", 35, "EST", said=-0.9))
        self.quiet(1)
        self.send(move(4, "LOAD", 37, "EST", said=-0.8))
        worse = self.wait(2)[0]
        self.assertEqual((worse["step"], worse["minutes"]), (1, 780))
        self.send(move(5, "LOAD", 34, "EST", said=-0.7), move(6, "LOAD", 37, "EST", said=-0.6))
        self.quiet(2)
        self.assertEqual(len(receiver.bodies()), 2)
        # From the past, too: the stream goes on where it was left.
        again = AlertStream(self.server, self.line, after=0)
        self.addCleanup(again.close)
        until(self, lambda: len(again.alerts) == 2)
        self.assertIn(b'"kind":"alert"', self.ask("GET", "/v1/export").body)

    def test_lists_and_what_has_been_seen(self):
        self.rule(kinds=["hold", "late"])
        self.send(move(1, "LOAD", 10, "PLN", said=-48), move(2, "LOAD", 40, "EST", said=-1))
        self.wait(1)
        self.send(move(3, "GTIN", 5, "PLN", OTHER, said=-48), move(4, "GTIN", 40, "EST", OTHER, said=-1))
        first, second = self.wait(2)
        self.assertGreater(first["entry"], second["entry"], "the newest first")
        self.assertEqual([one["subject"] for one in self.alerts(f"?reference=equipment:{OTHER}")], [OTHER])
        self.assertEqual(len(self.alerts("?kind=late")), 2)
        self.assertEqual(self.alerts("?kind=hold"), [])
        page = self.ask("GET", "/v1/alerts?limit=1").json
        rest = self.ask("GET", f"/v1/alerts?limit=1&cursor={page['next']}").json
        self.assertEqual(page["alerts"] + rest["alerts"], [first, second])
        self.assertNotIn("next", rest)
        seen = self.ask("POST", f"/v1/alerts/{first['alert']}/seen", status=200).json
        self.assertTrue(seen["seen"])
        self.assertEqual(self.ask("POST", f"/v1/alerts/{first['alert']}/seen").json["seen"], seen["seen"], "the moment stays")
        self.assertEqual([one["alert"] for one in self.alerts("?state=seen")], [first["alert"]])
        self.assertEqual([one["alert"] for one in self.alerts("?state=open")], [second["alert"]])
        self.assertEqual(self.ask("GET", f"/v1/alerts/{second['alert']}").json, second)
        for path in ("/v1/alerts?kind=x", "/v1/alerts?state=x", "/v1/alerts?cursor=zz", "/v1/alerts?limit=0", "/v1/alerts?reference=x"):
            self.ask("GET", path, status=400)
        self.ask("GET", "/v1/alerts/al_nothing", status=404)

    def test_rules(self):
        rule = self.rule(kinds=["late"], references=[f"equipment:{BOX}"], language="zh-Hant", lateHoursSea=12.5, freeDays=5,
                         freeDaysAt={"hkhkg/hit": 7}, label="mine")
        self.assertEqual((rule["lateHoursSea"], rule["freeDaysAt"]), (12.5, {"HKHKG/HIT": 7}))
        self.assertEqual(self.ask("GET", f"/v1/alert-rules/{rule['id']}").json, rule)
        self.assertEqual(self.ask("GET", "/v1/alert-rules").json["rules"], [rule])
        changed = self.ask("PUT", f"/v1/alert-rules/{rule['id']}", {"kinds": ["hold"]}, status=200).json
        self.assertEqual((changed["id"], changed["kinds"], "references" in changed), (rule["id"], ["hold"], False))
        for bad in ({"kinds": []}, {"kinds": ["x"]}, {"references": ["x"]}, {"language": "de"}, {"lateHoursSea": 0}, {"lateHoursSea": 1e9}, {"freeDays": -1},
                    {"freeDays": 2.5}, {"freeDaysAt": {"X": 1}}, {"more": 1}, {"since": 1}, [], {"label": "x" * 500}):
            self.ask("POST", "/v1/alert-rules", bad, status=400)
        rival = self.server.add_party("Rival", "carrier", "SMDG:RIV")
        self.ask("GET", f"/v1/alert-rules/{rule['id']}", key=rival, status=404)
        self.ask("DELETE", f"/v1/alert-rules/{rule['id']}", key=rival, status=404)
        self.ask("DELETE", f"/v1/alert-rules/{rule['id']}", status=204)
        self.ask("GET", f"/v1/alert-rules/{rule['id']}", status=404)
        self.send(move(1, "LOAD", 10, "PLN", said=-48), move(2, "LOAD", 40, "EST", said=-1))
        self.quiet(0)
        for _ in range(50):
            self.rule()
        self.ask("POST", "/v1/alert-rules", {}, status=413)

    def test_of_these_references_only_and_at_once(self):
        self.send(move(1, "LOAD", 10, "PLN", said=-48), move(2, "LOAD", 40, "EST", said=-1))
        self.send(move(3, "LOAD", 10, "PLN", OTHER, said=-48), move(4, "LOAD", 40, "EST", OTHER, said=-1))
        self.rule(references=[f"equipment:{BOX}"], language="zh-Hans")
        alert = self.wait(1)[0]  # it is late now, though nothing new was said
        self.assertEqual(alert["subject"], BOX)
        self.assertIn("较计划", alert["text"])
        self.send(move(5, "LOAD", 41, "EST", OTHER, said=-0.5))
        self.quiet(1)

    def test_what_was_over_before_the_rule_is_history(self):
        self.send(move(1, "LOAD", -100, "PLN", said=-200), move(2, "LOAD", -50))
        self.rule(references=[f"equipment:{BOX}"])
        self.send(move(3, "GTIN", -101))
        self.quiet(0)

    def test_a_paper_on_hold(self):
        self.rule(kinds=["hold"])
        self.send(paper(1, "ISSU", -9), paper(2, "HOLD", -5))
        alert = self.wait(1)[0]
        self.assertEqual((alert["kind"], alert["milestone"], alert["subject"], alert["severity"]), ("hold", "document_held", "LINBL0001", "critical"))
        self.send(paper(3, "RELS", -4))
        self.quiet(1)
        self.send(paper(4, "HOLD", -3))
        self.wait(2)

    def test_a_temperature(self):
        haulier = self.server.add_party("Swift", "haulier", "BR:12345678")
        shipper = self.server.add_party("Maker", "shipper", "BR:11111111")

        def measure(minute, value):
            message = {"fairwayLand": "1.0", "messageID": f"m{minute}", "type": "sensor", "device": "S1", "equipment": BOX, "shipper": "BR:11111111",
                       "at": f"2026-11-22T08:{minute:02}:00Z", "kind": "temperature", "value": value, "unit": "C"}
            answer = self.server.request("POST", "/v1/messages", json.dumps(message), haulier, {"Content-Type": "application/json"})
            self.assertEqual(answer.status, 200, answer)

        measure(0, -18)
        self.ask("PUT", f"/v1/thresholds/equipment:{BOX}", {"limits": [{"kind": "temperature", "unit": "C", "high": -15}]}, shipper, 200)
        self.rule(shipper, kinds=["temperature"])
        measure(10, -10.5)
        alert = self.wait(1, key=shipper)[0]
        self.assertEqual((alert["kind"], alert["subject"]), ("temperature", BOX))
        self.assertIn("-10.5 °C (≤ -15 °C)", alert["text"])
        measure(11, -10)
        self.quiet(1, key=shipper)

    def test_time_alone(self):
        self.rule(kinds=["late"], lateHoursOther=0.25)
        self.send(move(1, "GTIN", -0.25 + 3 / 3600, "PLN", said=-48))
        began = time.monotonic()
        alert = self.wait(1)[0]
        self.assertEqual(alert["reason"], "silent")
        self.assertGreater(time.monotonic() - began, 1.0)

    def test_a_vessel_that_is_late(self):
        self.rule(kinds=["late"])
        call = {"eventType": "TRANSPORT", "transportEventTypeCode": "ARRI", "eventClassifierCode": "PLN", "eventDateTime": at(24), "eventCreatedDateTime": at(-48),
                "eventID": "00000000-0000-4000-8000-0000000000f1",
                "transportCall": {"transportCallReference": "C1", "modeOfTransport": "VESSEL", "vessel": {"vesselIMONumber": "9321483", "vesselName": "HOPE"},
                                  "exportVoyageNumber": "1E", "location": {"UNLocationCode": "HKHKG"}}}
        self.send(call)
        self.send({**call, "eventID": "00000000-0000-4000-8000-0000000000f2", "eventClassifierCode": "EST", "eventDateTime": at(48), "eventCreatedDateTime": at(-1)})
        alert = self.wait(1)[0]
        self.assertEqual((alert["kind"], alert["milestone"], alert["place"]["unlocode"], alert["step"]), ("late", "arrived", "HKHKG", 1))

    def test_nobody_is_told_what_it_may_not_see(self):
        shipper = self.server.add_party("Shipper", "shipper", "BR:SHIP1")
        rival, operator = self.server.add_party("Rival", "carrier", "SMDG:RIV"), self.server.add_party("Port", "operator")
        keys = (self.line, shipper, rival, operator)
        streams = {key: AlertStream(self.server, key) for key in keys}
        for stream in streams.values():
            self.addCleanup(stream.close)
        for key in keys[:3]:
            self.rule(key, kinds=["late"])
        # The shipper is named on the plan and on the estimate of its own box; the other box is the line's alone.
        named = {"parties": [{"role": "CN", "scheme": "BR", "code": "SHIP1"}]}
        self.send(move(1, "LOAD", 10, "PLN", said=-48, **named), move(2, "LOAD", 40, "EST", said=-1, **named))
        self.send(move(3, "LOAD", 10, "PLN", OTHER, said=-48), move(4, "LOAD", 40, "EST", OTHER, said=-1))
        self.assertEqual({one["subject"] for one in self.wait(2)}, {BOX, OTHER})
        mine = self.wait(1, key=shipper)
        self.quiet(1, key=shipper)
        self.assertEqual([one["subject"] for one in mine], [BOX])
        self.assertNotIn(OTHER, json.dumps(mine))
        self.quiet(0, key=rival)
        self.quiet(0, key=operator)
        self.assertEqual([len(streams[key].alerts) for key in keys], [2, 1, 0, 0], "each its own, the operator none of others'")
        self.ask("GET", f"/v1/alerts/{mine[0]['alert']}", key=rival, status=404)
        self.ask("POST", f"/v1/alerts/{mine[0]['alert']}/seen", key=self.line, status=404)
        self.assertNotIn(mine[0]["alert"].encode(), self.ask("GET", "/v1/export", key=rival).body)
        reads = until(self, lambda: self.ask("GET", "/v1/access-log").json["reads"])
        self.assertIn("Shipper", {one["reader"]["name"] for one in reads})

    def test_webhooks_of_alerts_and_of_events_are_two(self):
        for bad in ({"alerts": ["x"]}, {"alerts": []}, {"alerts": ["late"], "milestones": ["loaded"]}):
            self.ask("POST", "/v1/webhooks", {"url": "http://127.0.0.1:1/", "filter": bad}, status=400)
        receiver = Receiver()
        self.addCleanup(receiver.close)
        self.ask("POST", "/v1/webhooks", {"url": receiver.url}, status=201)
        self.rule(kinds=["late"])
        self.send(move(1, "LOAD", 10, "PLN", said=-48), move(2, "LOAD", 40, "EST", said=-1))
        self.wait(1)
        time.sleep(0.5)
        self.assertEqual([one["type"] for one in receiver.wait(2)], ["event", "event"])


class Kill(Case):
    def test_each_fact_once(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        self.ask("POST", "/v1/webhooks", {"url": receiver.url, "filter": {"alerts": ["all"]}}, status=201)
        self.rule(kinds=["late"])
        boxes = [f"MSCU{number:06d}0" for number in range(60)]
        for turn in range(6):
            for number, box in enumerate(boxes[turn * 10:turn * 10 + 10]):
                first = 1000 + 100 * turn + 2 * number
                self.send(move(first, "LOAD", 10, "PLN", box, said=-48), move(first + 1, "LOAD", 40, "EST", box, said=-1))
            time.sleep(0.05 * turn)
            self.server.kill()
            self.server.start()
        told = self.wait(60, "?limit=200", seconds=60)
        time.sleep(1)
        told = self.alerts("?limit=200")
        self.assertEqual(len(told), 60)
        self.assertEqual(len({one["subject"] for one in told}), 60)
        until(self, lambda: len({one["alert"]["alert"] for one in receiver.bodies()}) == 60)
        letters = {}
        for body in receiver.bodies():
            letters.setdefault(body["alert"]["alert"], set()).add(body["delivery"])
        self.assertEqual({len(one) for one in letters.values()}, {1})

    def test_a_moment_is_not_forgotten(self):
        self.rule(kinds=["late"], lateHoursOther=0.25)
        self.send(move(1, "GTIN", -0.25 + 6 / 3600, "PLN", said=-48))
        time.sleep(1.5)
        self.server.kill()
        time.sleep(6)
        self.server.start()
        self.assertEqual(self.wait(1)[0]["reason"], "silent")
        self.server.kill()
        self.server.start()
        self.quiet(1)


@unittest.skipUnless(os.environ.get("FAIRWAY_TEST_POSTGRES"), "no PostgreSQL 15 on this machine")
class Servers(unittest.TestCase):
    def test_two_servers_tell_it_once(self):
        port = int(os.environ["FAIRWAY_TEST_POSTGRES"].split(":")[-1].split("/")[0])
        url = Cluster(os.environ["FAIRWAY_TEST_POSTGRES_DIR"], port).fresh_database("alerts")
        servers = [Server(store=url, options=FAST).start() for _ in range(2)]
        for one in servers:
            self.addCleanup(one.close)
        key = servers[0].add_party("Line", "carrier")
        self.assertEqual(servers[0].request("POST", "/v1/alert-rules", json.dumps({"kinds": ["late"]}), key).status, 201)
        count = 0
        for turn in range(3):
            holder = until(self, lambda: [one for one in servers if one.get("/readyz", fresh=True).json.get("sequencer")])[0]
            other = servers[1 - servers.index(holder)]
            for number in range(10):
                box = f"MSCU{count:06d}0"
                events = [move(2 * count + 100, "LOAD", 10, "PLN", box, said=-48), move(2 * count + 101, "LOAD", 40, "EST", box, said=-1)]
                self.assertEqual(other.post_events(events, key).status, 200)
                count += 1
            holder.kill()
            until(self, lambda: len(other.get("/v1/alerts?limit=200", key).json["alerts"]) >= count, 60)
            holder.start()
        time.sleep(1)
        told = servers[0].get("/v1/alerts?limit=200", key).json["alerts"]
        self.assertEqual((len(told), len({one["subject"] for one in told})), (count, count))


if __name__ == "__main__":
    unittest.main()
