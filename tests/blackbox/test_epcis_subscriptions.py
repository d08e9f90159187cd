"""EPCIS subscriptions: named queries told at a URL, at once or by the clock, signed, again where they were not taken, and nothing that is not to be seen."""
import base64
import datetime
import hashlib
import hmac
import json
import time
import unittest

from fairway import Server
from test_epcis import document, object_event
from test_webhooks import FAST, Receiver, until

EACH_SECOND = {"second": "*"}


def events_of(bodies):
    return [event for body in bodies for event in body["epcisBody"]["queryResults"]["resultsBody"]["eventList"]]


def ids(bodies):
    return [int(event["eventID"][-12:]) for event in events_of(bodies)]


class Subscriptions(unittest.TestCase):
    def setUp(self):
        self.server = Server(options=FAST).start()
        self.addCleanup(self.server.close)
        self.terminal = self.server.add_party("Terminal", "terminal", "GLN:4012345000115")
        self.ask("POST", "/queries", {"name": "gates", "query": {"EQ_bizStep": ["arriving", "departing"]}}, status=201)

    def ask(self, method, path, body=None, key=None, status=None, **headers):
        fields = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
        text = None if body is None else body if isinstance(body, str) else json.dumps(body)
        answer = self.server.request(method, "/epcis" + path, text, key or self.terminal, fields)
        if status is not None:
            self.assertEqual(answer.status, status, answer)
        return answer

    def receiver(self, answers=None):
        made = Receiver(answers)
        self.addCleanup(made.close)
        return made

    def subscribe(self, receiver, query="gates", key=None, headers=None, **more):
        made = self.ask("POST", f"/queries/{query}/subscriptions", {"dest": receiver.url, **more}, key, status=201, **(headers or {}))
        self.assertEqual(made.headers["location"], f"/epcis/queries/{query}/subscriptions/{made.json['subscriptionID']}")
        return made.json

    def capture(self, *events, key=None):
        self.ask("POST", "/capture", document(*events), key, status=202)

    def queried(self, number, key=None):
        """The event as GET /epcis/events writes it."""
        found = self.ask("GET", f"/events?EQ_eventID=urn:uuid:00000000-0000-4000-8000-{number:012d}", key=key, status=200).json
        return events_of([found])[0]

    def test_a_stream_is_told_at_once(self):
        receiver = self.receiver()
        self.capture(object_event(1))  # before there is a subscription
        made = self.subscribe(receiver, stream=True, signatureToken="13df38d8275b13f05704629e5f1cf3d45d6132d5")
        self.assertEqual(set(made), {"subscriptionID", "queryName", "dest", "createdAt", "stream"})
        self.capture(object_event(2), object_event(3, "loading"), object_event(4, "departing"))
        until(self, lambda: ids(receiver.bodies()) == [2, 4])
        body = receiver.bodies()[0]
        self.assertEqual((body["type"], body["schemaVersion"]), ("EPCISQueryDocument", "2.0"))
        results = body["epcisBody"]["queryResults"]
        self.assertEqual((results["queryName"], results["subscriptionID"]), ("gates", made["subscriptionID"]))
        self.assertEqual(events_of(receiver.bodies()), [self.queried(2), self.queried(4)])
        for letter in receiver.letters:
            self.assertEqual(letter["headers"]["content-type"], "application/json")
            self.assertEqual(letter["path"], "/hook?of=tests")
            mac = hmac.new(b"13df38d8275b13f05704629e5f1cf3d45d6132d5", letter["body"], hashlib.sha256).digest()
            self.assertEqual(letter["headers"]["gs1-signature"], base64.b64encode(mac).decode())
        path = f"/queries/gates/subscriptions/{made['subscriptionID']}"
        until(self, lambda: "lastNotifiedAt" in self.ask("GET", path, status=200).json)
        shown = self.ask("GET", path, status=200)
        self.assertEqual(shown.headers["content-type"], "application/json")
        detail = shown.json
        self.assertRegex(detail.pop("lastNotifiedAt"), r"^20\d\d-")
        self.assertEqual(detail, made)
        self.assertNotIn("13df38d8", self.server.request("GET", "/v1/export", key=self.terminal).body.decode())

    def test_without_a_token_there_is_no_signature(self):
        receiver = self.receiver()
        self.subscribe(receiver, stream=True)
        self.capture(object_event(1))
        until(self, lambda: ids(receiver.bodies()) == [1])
        self.assertNotIn("gs1-signature", receiver.letters[0]["headers"])

    def test_each_second(self):
        receiver = self.receiver()
        made = self.subscribe(receiver, schedule=EACH_SECOND)
        self.assertEqual((made["schedule"], made["reportIfEmpty"]), (EACH_SECOND, False))
        began = time.monotonic()
        for number in range(1, 41):
            self.capture(object_event(number))
            time.sleep(0.05)
        until(self, lambda: ids(receiver.bodies()) == list(range(1, 41)))
        letters = len(receiver.bodies())
        self.assertLess(letters, time.monotonic() - began + 3, "a letter a second carries what came since")
        time.sleep(1.5)
        self.assertEqual(len(receiver.bodies()), letters, "nothing to say is nothing said")

    def test_what_waits_for_its_moment(self):
        receiver = self.receiver()
        now = datetime.datetime.now(datetime.timezone.utc)
        far, near = now + datetime.timedelta(hours=12), now + datetime.timedelta(seconds=15)
        self.subscribe(receiver, schedule={"hour": str(far.hour)})
        other = self.receiver()
        self.subscribe(other, schedule={"second": str(near.second)})
        self.capture(*[object_event(number) for number in range(1, 101)])
        time.sleep(1)
        self.assertLess(datetime.datetime.now(datetime.timezone.utc), near.replace(microsecond=0), "this machine is too slow for the test")
        self.assertEqual((receiver.bodies(), other.bodies()), ([], []))
        until(self, lambda: ids(other.bodies()) == list(range(1, 101)))
        self.assertEqual([len(events_of([body])) for body in other.bodies()], [30, 30, 30, 10], "all of it at that moment, a page a letter")
        self.assertEqual(receiver.bodies(), [])

    def test_a_report_of_nothing(self):
        receiver = self.receiver()
        began = time.monotonic()
        self.subscribe(receiver, schedule=EACH_SECOND, reportIfEmpty=True, signatureToken="t")
        bodies = receiver.wait(4, 20)
        self.assertLess(len(bodies), time.monotonic() - began + 2, "one a moment")
        self.assertEqual(ids(bodies), [])
        self.assertEqual([body["epcisBody"]["queryResults"]["resultsBody"] for body in bodies], [{"eventList": []}] * len(bodies))
        self.assertEqual(len({letter["headers"]["idempotency-key"] for letter in receiver.letters}), len(receiver.letters))
        self.capture(object_event(1), object_event(2, "loading"))
        until(self, lambda: ids(receiver.bodies()) == [1])
        until(self, lambda: events_of(receiver.bodies()[-1:]) == [])
        self.assertEqual(ids(receiver.bodies()), [1], "and nothing again")

    def test_again_until_it_is_taken(self):
        tries = []

        def answers(letter):
            tries.append(letter["headers"]["idempotency-key"])
            return 503 if len(tries) < 3 else 200

        receiver = self.receiver(answers)
        self.subscribe(receiver, stream=True)
        self.capture(object_event(1))
        until(self, lambda: ids(receiver.bodies(200)) == [1])
        self.assertEqual((len(tries), len(set(tries))), (3, 1))

    def test_reports_of_nothing_that_nobody_takes_are_given_up(self):
        receiver = self.receiver(lambda letter: 200 if events_of([json.loads(letter["body"])]) else 500)
        made = self.subscribe(receiver, schedule=EACH_SECOND, reportIfEmpty=True)
        until(self, lambda: len(receiver.bodies(500)) >= 4)
        self.capture(object_event(1))
        until(self, lambda: ids(receiver.bodies(200)) == [1])
        self.assertNotIn("state", self.ask("GET", f"/queries/gates/subscriptions/{made['subscriptionID']}", status=200).json)

    def test_from_an_earlier_time_on(self):
        receiver, all_of_it = self.receiver(), self.receiver()
        self.capture(object_event(1))
        time.sleep(1.1)
        moment = datetime.datetime.now(datetime.timezone.utc).isoformat()
        self.capture(object_event(2), object_event(3))
        self.subscribe(receiver, stream=True, initialRecordTime=moment)
        self.subscribe(all_of_it, stream=True, initialRecordTime="2020-04-04T20:33:31.116-06:00")
        until(self, lambda: ids(receiver.bodies()) == [2, 3])
        until(self, lambda: ids(all_of_it.bodies()) == [1, 2, 3])

    def test_epcs_as_links(self):
        receiver = self.receiver()
        made = self.subscribe(receiver, stream=True, headers={"GS1_EPC_Format": "Always_GS1_Digital_Link"})
        self.assertEqual(made["epcFormat"], "Always_GS1_Digital_Link")
        self.capture(object_event(1, epcList=["urn:epc:id:sscc:4012345.0000000111"]))
        until(self, lambda: ids(receiver.bodies()) == [1])
        self.assertTrue(events_of(receiver.bodies())[0]["epcList"][0].startswith("https://id.gs1.org/00/"))

    def test_nobody_is_told_what_it_may_not_see(self):
        line, rival = self.server.add_party("Line", "carrier", "GLN:4023333000000"), self.server.add_party("Rival", "shipper", "GLN:4012345000009")
        told = {key: self.receiver() for key in (self.terminal, line, rival)}
        hidden = {key: self.receiver() for key in (self.terminal, line)}
        for key, receiver in told.items():
            if key != self.terminal:
                self.ask("POST", "/queries", {"name": "gates", "query": {"EQ_bizStep": ["arriving"]}}, key, status=201)
            self.subscribe(receiver, key=key, stream=True)
        for key, receiver in hidden.items():
            self.ask("POST", "/queries", {"name": "on-the-way", "query": {"EQ_disposition": "in_transit"}}, key, status=201)
            self.subscribe(receiver, "on-the-way", key, stream=True)
        holder = [{"type": "possessing_party", "destination": "urn:epc:id:pgln:4023333.00000"}]
        order = [{"type": "po", "bizTransaction": "urn:x:po:77"}]
        self.capture(object_event(1, destinationList=holder, bizTransactionList=order, disposition="in_transit", epcList=["urn:epc:id:bic:MSCU6639870"]),
                     object_event(2, epcList=["urn:epc:id:bic:TOLU2566419"]))
        self.capture(object_event(3, epcList=["urn:epc:id:bic:CSQU3054383"]), key=rival)
        until(self, lambda: ids(told[self.terminal].bodies()) == [1, 2])
        until(self, lambda: ids(hidden[self.terminal].bodies()) == [1])
        until(self, lambda: ids(told[rival].bodies()) == [3])
        until(self, lambda: ids(told[line].bodies()) == [1])
        time.sleep(0.5)
        self.assertEqual([ids(told[key].bodies()) for key in (self.terminal, line, rival)], [[1, 2], [1], [3]])
        self.assertEqual(hidden[line].bodies(), [], "nothing is found by what is hidden")
        seen = self.queried(1, line)
        self.assertEqual(events_of(told[line].bodies()), [seen])
        self.assertNotIn("disposition", seen)
        for secret in (b"in_transit", b"po:77", b"destinationList"):
            self.assertNotIn(secret, told[line].letters[0]["body"])
            self.assertIn(secret, told[self.terminal].letters[0]["body"])
        # And the same of what came before, which is found in another way.
        late = self.receiver()
        self.subscribe(late, key=line, stream=True, initialRecordTime="2020-01-01T00:00:00Z")
        until(self, lambda: events_of(late.bodies()) == [seen])

    def test_what_is_asked_for_wrongly(self):
        receiver = self.receiver()
        path = "/queries/gates/subscriptions"
        good = {"dest": receiver.url, "stream": True}
        wrong = "SubscriptionControlsException"
        for body, status, kind in (
                ("{", 400, wrong), ("[]", 400, wrong), ({"stream": True}, 400, wrong), ({**good, "dest": "ftp://a/"}, 400, wrong),
                ({**good, "dest": 5}, 400, wrong), ({"dest": receiver.url}, 400, wrong), ({**good, "schedule": EACH_SECOND}, 400, wrong),
                ({"dest": receiver.url, "schedule": {"second": "60"}}, 400, wrong), ({"dest": receiver.url, "schedule": {}}, 400, wrong),
                ({"dest": receiver.url, "schedule": {"dayOfMonth": "30", "month": "2"}}, 400, wrong), ({**good, "reportIfEmpty": True}, 400, wrong),
                ({**good, "initialRecordTime": "yesterday"}, 400, wrong), ({**good, "destination": "x"}, 400, wrong),
                ({**good, "signatureToken": "x" * 300}, 413, "QueryTooLargeException")):
            answer = self.ask("POST", path, body)
            self.assertEqual((answer.status, answer.json["type"]), (status, "epcisException:" + kind), (body, answer))
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
        self.ask("POST", "/queries", {"name": "few", "query": {"maxEventCount": 5}}, status=201)
        self.assertEqual(self.ask("POST", "/queries/few/subscriptions", good, status=400).json["type"], "epcisException:" + wrong)
        for method, where in (("POST", "/queries/none/subscriptions"), ("GET", "/queries/none/subscriptions"), ("GET", path + "/none"), ("DELETE", path + "/none")):
            answer = self.ask(method, where, good if method == "POST" else None, status=404)
            self.assertEqual(answer.json["type"], "epcisException:NoSuchNameException")
        self.assertEqual(self.ask("POST", path, good, Accept="application/xml").json["type"], "epcisException:NotAcceptableException")
        self.assertEqual(self.server.request("POST", "/epcis" + path, json.dumps(good)).json["type"], "epcisException:SecurityException")
        self.assertEqual(self.ask("GET", path, status=200).json, [])
        for where in (path, path + "/x"):
            self.assertIn("GET", self.server.request("OPTIONS", "/epcis" + where).headers["allow"])

    def test_a_subscription_is_its_partys_own_and_ends(self):
        receiver, rival = self.receiver(), self.server.add_party("Rival", "shipper", "GLN:4012345000009")
        path = "/queries/gates/subscriptions"
        made = [self.subscribe(receiver, stream=True)["subscriptionID"] for _ in range(3)]
        self.ask("POST", "/queries", {"name": "gates", "query": {"EQ_bizStep": ["arriving"]}}, rival, status=201)
        self.ask("POST", "/queries", {"name": "others", "query": {"EQ_bizStep": ["loading"]}}, status=201)
        for key, where in ((rival, path), (None, "/queries/others/subscriptions")):
            self.assertEqual(self.ask("GET", where, key=key, status=200).json, [])
            self.ask("GET", f"{where}/{made[0]}", key=key, status=404)
            self.ask("DELETE", f"{where}/{made[0]}", key=key, status=404)
        self.assertEqual([one["subscriptionID"] for one in self.ask("GET", path, status=200).json], sorted(made))
        page = self.ask("GET", path + "?perPage=2", status=200)
        link = page.headers["link"]
        rest = self.ask("GET", link[link.index("<") + 1:link.index(">")].removeprefix("/epcis"), status=200)
        self.assertEqual([one["subscriptionID"] for one in page.json + rest.json], sorted(made))
        self.assertEqual(self.server.get("/v1/webhooks", self.terminal).json["webhooks"], [], "they are no webhooks")
        self.assertEqual(self.server.get("/v1/webhooks/" + made[0], self.terminal).json["kind"], "epcis")
        self.ask("DELETE", f"{path}/{made[0]}", status=204)
        self.ask("GET", f"{path}/{made[0]}", status=404)
        self.capture(object_event(1))
        until(self, lambda: ids(receiver.bodies()) == [1, 1])
        # With the query its subscriptions go.
        self.ask("DELETE", "/queries/gates", status=204)
        self.ask("GET", path, status=404)
        self.ask("GET", f"{path}/{made[1]}", status=404)
        time.sleep(0.4)
        self.capture(object_event(2))
        time.sleep(0.6)
        self.assertEqual(ids(receiver.bodies()), [1, 1])
        self.ask("POST", "/queries", {"name": "gates", "query": {"EQ_bizStep": ["arriving"]}}, status=201)
        self.assertEqual(self.ask("GET", path, status=200).json, [])

    def test_they_survive_a_kill(self):
        receiver = self.receiver()
        self.subscribe(receiver, schedule=EACH_SECOND, signatureToken="t")
        self.capture(object_event(1))
        until(self, lambda: ids(receiver.bodies()) == [1])
        self.capture(object_event(2))
        self.server.kill()
        self.server.start()
        self.capture(object_event(3))
        until(self, lambda: [number for number in sorted(set(ids(receiver.bodies())))] == [1, 2, 3])
        self.assertIn("gs1-signature", receiver.letters[-1]["headers"])


if __name__ == "__main__":
    unittest.main()
