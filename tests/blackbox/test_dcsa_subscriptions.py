"""DCSA Track & Trace 2.2, event subscriptions: kept and shown as the standard has it; letters signed, in order, until they have arrived, and nothing that
the party may not see."""
import base64
import hashlib
import hmac
import json
import re
import time
import unittest
import uuid
from collections import Counter

from fairway import Server, equipment_event
from test_webhooks import FAST, Receiver, until

PATH = "/dcsa/tnt/v2/event-subscriptions"
KEY, OTHER_KEY = bytes(range(32)), bytes(range(100, 164))


def secret(key):
    return base64.b64encode(key).decode()


def proves(letter, key):
    """Checked as the standard says, and not with any code of ours: one header, the body as it came, the secret's bytes as key."""
    found = re.fullmatch(r"\s*([a-zA-Z0-9\-_+]+)=([0-9a-fA-F]+)\s*", letter["headers"]["notification-signature"])
    return found[1] == "sha256" and hmac.compare_digest(found[2], hmac.new(key, letter["body"], hashlib.sha256).hexdigest())


def numbers(letters):
    return [int(event["eventID"][-12:]) for letter in letters for event in letter]


class Subscriptions(unittest.TestCase):
    def setUp(self):
        self.server = Server(options=FAST).start()
        self.addCleanup(self.server.close)
        self.line = self.server.add_party("Line", "carrier", "SMDG:LIN")

    def receiver(self, answers=None):
        made = Receiver(answers or (lambda letter: 204))
        self.addCleanup(made.close)
        return made

    def ask(self, method, path, body=None, key=None):
        return self.server.request(method, path, None if body is None else json.dumps(body), key or self.line)

    def subscribe(self, receiver, key=None, **filters):
        made = self.ask("POST", PATH, {"callbackUrl": receiver.url, "secret": secret(KEY), **filters}, key)
        self.assertEqual(made.status, 201, made)
        return made.json

    def send(self, first, count=1, key=None, **more):
        sent = self.server.post_events([equipment_event(n, **more) for n in range(first, first + count)], key or self.line)
        self.assertEqual(sent.status, 200, sent)

    def told(self, receiver, count, seconds=60):
        """The events that have arrived, once there are `count` of them."""
        end = time.monotonic() + seconds
        while len(numbers(receiver.bodies(204))) < count and time.monotonic() < end:
            time.sleep(0.02)
        return numbers(receiver.bodies(204))

    def test_kept_and_shown(self):
        wish = {"callbackUrl": "http://127.0.0.1:9/hook?shipperRef=1", "eventType": ["EQUIPMENT"], "carrierBookingReference": "BKG1"}
        made = self.ask("POST", PATH, {**wish, "secret": secret(KEY)})
        self.assertEqual((made.status, made.headers["api-version"], made.headers["cache-control"]), (201, "2.2.0", "no-store"))
        name = made.json["subscriptionID"]
        self.assertEqual(str(uuid.UUID(name)), name)
        self.assertEqual(made.json, {"subscriptionID": name, **wish})
        self.assertEqual(self.ask("GET", f"{PATH}/{name}").json, made.json)
        self.assertEqual(self.ask("GET", f"{PATH}/{name.upper()}").json, made.json)
        self.assertEqual(self.ask("GET", PATH).json, [made.json])
        changed = {"subscriptionID": name, "callbackUrl": "http://127.0.0.1:9/other", "equipmentEventTypeCode": ["GTIN", "GTOT"], "UNLocationCode": "HKHKG"}
        answer = self.ask("PUT", f"{PATH}/{name}", changed)
        self.assertEqual((answer.status, answer.json), (200, changed), "what is left out is gone")
        self.assertEqual(self.ask("GET", f"{PATH}/{name}").json, changed)
        rotated = self.ask("PUT", f"{PATH}/{name}/secret", {"secret": secret(OTHER_KEY)})
        self.assertEqual((rotated.status, rotated.body, rotated.headers["api-version"]), (204, b"", "2.2.0"))
        ended = self.ask("DELETE", f"{PATH}/{name}")
        self.assertEqual((ended.status, ended.body), (204, b""))
        for method, path in (("GET", ""), ("DELETE", ""), ("PUT", ""), ("PUT", "/secret")):
            self.assertEqual(self.ask(method, f"{PATH}/{name}{path}", changed if method == "PUT" else None).status, 404, method + path)
        self.assertEqual(self.ask("GET", PATH).json, [])
        exported = self.ask("GET", "/v1/export").body
        self.assertIn(b'"kind":"callback"', exported)
        self.assertNotIn(secret(KEY).encode(), exported)

    def test_lists_as_texts_and_texts_as_lists(self):
        made = self.subscribe(self.receiver(), eventType="SHIPMENT, EQUIPMENT", equipmentReference=["MSCU1111119", "MSCU2222228"], shipmentEventTypeCode=[],
                              vesselIMONumber=None, transportDocumentReference="")
        del made["subscriptionID"], made["callbackUrl"]
        self.assertEqual(made, {"eventType": ["SHIPMENT", "EQUIPMENT"], "equipmentReference": "MSCU1111119,MSCU2222228"})

    def test_refused(self):
        good = {"callbackUrl": "http://127.0.0.1:9/", "secret": secret(KEY)}
        for change in ({"callbackUrl": None}, {"callbackUrl": "ftp://a/"}, {"callbackUrl": 7}, {"callbackUrl": "https://u:p@a.example/"},
                       {"secret": None}, {"secret": "not base 64!"}, {"secret": secret(KEY[:31])}, {"secret": secret(KEY * 3)}, {"secret": 7},
                       {"eventType": ["OPERATIONS"]}, {"eventType": {"a": 1}}, {"eventType": [["SHIPMENT"]]}, {"shipmentEventTypeCode": ["GTIN"]},
                       {"documentTypeCode": ["X"]}, {"equipmentReference": "X" * 16}, {"transportDocumentTypeCode": ["BOX"]},
                       {"eventType": ["SHIPMENT"], "transportEventTypeCode": ["ARRI"]}, {"shipmentEventTypeCode": ["DRFT"], "equipmentEventTypeCode": ["GTIN"]},
                       {"scheduleID": str(uuid.uuid4())}, {"subscriptionID": str(uuid.uuid4())}, {"eventCreatedDateTime": "2026-01-01T00:00:00Z"},
                       {"limit": "1"}, {"colour": "red"}):
            answer = self.ask("POST", PATH, {**good, **change})
            self.assertEqual(answer.status, 400, (change, answer))
            self.assertEqual((answer.json["httpMethod"], answer.json["requestUri"], answer.json["statusCode"]), ("POST", PATH, 400))
            self.assertTrue(answer.json["errors"][0]["message"])
        self.assertEqual(self.ask("POST", PATH, [good]).status, 400)
        self.assertEqual(self.server.request("POST", PATH, b"{", self.line).status, 400)
        made = self.ask("POST", PATH, good).json
        path = f"{PATH}/{made['subscriptionID']}"
        for body in ({}, {"callbackUrl": ""}, {**good}, {"callbackUrl": good["callbackUrl"], "subscriptionID": str(uuid.uuid4())},
                     {"callbackUrl": good["callbackUrl"], "eventType": ["X"]}):
            self.assertEqual(self.ask("PUT", path, body).status, 400, body)
        for body in ({}, {"secret": "c2hvcnQ="}, {"secret": secret(KEY), "more": 1}, []):
            self.assertEqual(self.ask("PUT", path + "/secret", body).status, 400, body)
        self.assertEqual(self.ask("GET", path).json, made, "nothing of it has changed")
        for path in ("/none", "/" + str(uuid.uuid4()), "/%2e%2e"):
            self.assertEqual(self.ask("GET", PATH + path).status, 404, path)
        for query in ("limit=0", "limit=x", "cursor=x", "colour=red", "sort=callbackUrl:UP"):
            self.assertEqual(self.ask("GET", f"{PATH}?{query}").status, 400, query)
        self.assertEqual(self.server.request("GET", PATH, None, self.line, {"API-Version": "3"}).status, 400)
        self.assertEqual(self.server.get(PATH).status, 401)

    def test_pages(self):
        made = [self.subscribe(self.receiver(), carrierBookingReference=f"BKG{n}")["subscriptionID"] for n in (3, 1, 2, 5, 4)]
        self.assertEqual([one["subscriptionID"] for one in self.ask("GET", PATH).json], made, "as they were made")
        found = self.ask("GET", PATH + "?sort=carrierBookingReference:DESC").json
        self.assertEqual([one["carrierBookingReference"] for one in found], ["BKG5", "BKG4", "BKG3", "BKG2", "BKG1"])
        pages, answer = [], self.ask("GET", PATH + "?limit=2&sort=carrierBookingReference")
        first = answer
        while True:
            self.assertIn("first-page", answer.headers)
            pages.append([one["carrierBookingReference"][-1] for one in answer.json])
            if "next-page" not in answer.headers:
                break
            by_cursor = self.ask("GET", f"{PATH}?limit=2&sort=carrierBookingReference&cursor={answer.headers['next-page-cursor']}")
            answer = self.ask("GET", answer.headers["next-page"])
            self.assertEqual(answer.json, by_cursor.json)
        self.assertEqual(pages, [["1", "2"], ["3", "4"], ["5"]])
        back = self.ask("GET", answer.headers["prev-page"])
        self.assertEqual([one["carrierBookingReference"][-1] for one in back.json], ["3", "4"])
        self.assertEqual([one["carrierBookingReference"][-1] for one in self.ask("GET", first.headers["last-page"]).json], ["4", "5"])
        self.assertNotIn("prev-page", first.headers)
        cursor = first.headers["next-page-cursor"]
        self.assertEqual(self.ask("GET", f"{PATH}?limit=2&cursor={cursor}").status, 400, "a cursor belongs to its query")

    def test_signed_in_order_as_the_list_of_events(self):
        receiver = self.receiver()
        self.send(1, 3)  # before there is a subscription
        name = self.subscribe(receiver)["subscriptionID"]
        self.send(10, 250)
        self.assertEqual(self.told(receiver, 250), list(range(10, 260)))
        for letter in receiver.letters:
            self.assertTrue(proves(letter, KEY))
            self.assertFalse(proves(letter, OTHER_KEY))
            self.assertFalse(proves({**letter, "body": letter["body"] + b" "}, KEY), "whatever is changed on the way shows")
            self.assertEqual((letter["headers"]["subscription-id"], letter["headers"]["api-version"]), (name, "2.2.0"))
            self.assertEqual((letter["path"], letter["headers"]["content-type"]), ("/hook?of=tests", "application/json"))
            self.assertNotIn("fairway-previous-signature", letter["headers"])
        sizes = [len(json.loads(letter["body"])) for letter in receiver.letters]
        self.assertLess(len(sizes), 250, "several in one letter")
        self.assertLessEqual(max(sizes), 100)
        listed = self.server.get("/dcsa/tnt/v2/events?limit=1000", self.line).json
        self.assertEqual([event for body in receiver.bodies() for event in body], listed[3:], "word for word what GET answers")

    def test_filters(self):
        events = [equipment_event(1, "MSCU1111119"), equipment_event(2, "MSCU2222228", code="GTOT"), equipment_event(3, "MSCU1111119", code="GTOT")]
        events.append({"eventID": "00000000-0000-4000-8000-000000000004", "eventType": "SHIPMENT", "eventClassifierCode": "ACT",
                       "eventDateTime": "2026-11-21T08:00:00Z", "eventCreatedDateTime": "2026-11-21T08:00:00Z", "shipmentEventTypeCode": "CONF",
                       "documentTypeCode": "BKG", "documentID": "BKG11111"})
        events.append({"eventID": "00000000-0000-4000-8000-000000000005", "eventType": "TRANSPORT", "eventClassifierCode": "EST",
                       "eventDateTime": "2026-11-21T08:00:00Z", "eventCreatedDateTime": "2026-11-21T08:00:00Z", "transportEventTypeCode": "ARRI",
                       "transportCall": {"transportCallID": "TC1", "carrierServiceCode": "FE1", "exportVoyageNumber": "031W", "UNLocationCode": "CNYTN",
                                         "modeOfTransport": "VESSEL", "vessel": {"vesselIMONumber": "9321483"}},
                       "references": [{"referenceType": "EQ", "referenceValue": "MSCU2222228"}]})
        wanted = [({"eventType": ["SHIPMENT"]}, [4]), ({"equipmentReference": "MSCU1111119"}, [1, 3]),
                  ({"equipmentReference": "MSCU1111119", "equipmentEventTypeCode": ["GTOT"]}, [3]), ({"carrierBookingReference": "BKG11111"}, [1, 3, 4]),
                  ({"bookingReference": "BKG11111", "eventType": ["EQUIPMENT"]}, [1, 3]), ({"shipmentEventTypeCode": ["CONF", "RECE"]}, [4]),
                  ({"documentTypeCode": ["BKG"]}, [4]), ({"transportEventTypeCode": ["ARRI"]}, [5]), ({"transportCallID": "TC1"}, [5]),
                  ({"vesselIMONumber": "9321483"}, [5]), ({"exportVoyageNumber": "031W"}, [5]), ({"carrierVoyageNumber": "031W"}, [5]),
                  ({"carrierServiceCode": "FE1"}, [5]), ({"UNLocationCode": "CNYTN"}, [5]), ({"UNLocationCode": "HKHKG"}, [1, 2, 3]),
                  ({"equipmentReference": "MSCU2222228"}, [2, 5]), ({"equipmentReference": "MSCU2222228,MSCU1111119"}, [1, 2, 3, 5]),
                  ({"transportDocumentReference": "NONE1"}, []), ({}, [1, 2, 3, 4, 5])]
        receivers = [self.receiver() for _ in wanted]
        for receiver, (filters, _) in zip(receivers, wanted):
            self.subscribe(receiver, **filters)
        sent = self.server.post_events(events, self.line)
        self.assertEqual(sent.status, 200, sent)
        for receiver, (filters, expected) in zip(receivers, wanted):
            self.assertEqual(self.told(receiver, len(expected)), expected, filters)
            query = "&".join(f"{name}={value if isinstance(value, str) else ','.join(value)}" for name, value in filters.items())
            listed = self.server.get("/dcsa/tnt/v2/events?" + query, self.line).json
            self.assertEqual(numbers([listed]), expected, "GET finds the same")
        time.sleep(0.5)
        self.assertEqual([len(numbers(receiver.bodies())) for receiver in receivers], [len(expected) for _, expected in wanted])

    def test_again_until_it_has_arrived(self):
        tries = Counter()

        def answers(letter):
            first = numbers([json.loads(letter["body"])])[0]
            tries[first] += 1
            if first == 2 and tries[2] == 1:
                return 500
            if first == 3 and tries[3] == 1:
                return lambda handler: handler.connection.close()
            return 204

        receiver = self.receiver(answers)
        self.subscribe(receiver)
        time.sleep(0.4)
        for number in range(1, 5):
            self.send(number)
            until(self, lambda n=number: n in numbers(receiver.bodies(204)))
        self.assertEqual(numbers(receiver.bodies(204)), [1, 2, 3, 4])
        self.assertEqual((tries[2], tries[3]), (2, 2))
        ids = {(numbers([json.loads(one["body"])])[0], one["headers"]["fairway-delivery"]) for one in receiver.letters}
        self.assertEqual(len(ids), 4, "a letter that is sent again has the same id")

    def test_dead_letters(self):
        well = []
        receiver = self.receiver(lambda letter: 204 if well or numbers([json.loads(letter["body"])])[0] != 1 else 503)
        name = self.subscribe(receiver)["subscriptionID"]
        time.sleep(0.4)
        self.send(1)
        deliveries = f"/v1/webhooks/{name}/deliveries"
        [dead] = until(self, lambda: self.ask("GET", deliveries).json["deliveries"])
        self.assertEqual((dead["state"], dead["attempts"], dead["status"]), ("dead", 3, 503))
        self.send(2)
        self.assertEqual(self.told(receiver, 1), [2], "what cannot be delivered lets the next one go")
        self.assertEqual(self.ask("GET", "/v1/webhooks/" + name).json["kind"], "dcsa_tnt2")
        self.assertEqual(self.ask("GET", "/v1/webhooks").json["webhooks"], [])
        rival = self.server.add_party("Rival", "carrier", "SMDG:RIV")
        self.assertEqual(self.ask("GET", deliveries, key=rival).status, 404)
        self.assertEqual(self.ask("POST", deliveries + "/replay", key=rival).status, 404)
        well.append(True)
        self.assertEqual(self.ask("POST", deliveries + "/replay").json, {"replaying": 1})
        self.assertEqual(self.told(receiver, 2), [2, 1])
        self.assertTrue(proves(receiver.letters[-1], KEY))

    def test_rotation(self):
        receiver = self.receiver()
        path = PATH + "/" + self.subscribe(receiver)["subscriptionID"]

        def next_letter(number):
            time.sleep(0.4)
            self.send(number)
            until(self, lambda: number in numbers(receiver.bodies(204)))
            letter = receiver.letters[-1]
            previous = letter["headers"].get("fairway-previous-signature")
            beside = previous and {**letter, "headers": {"notification-signature": previous}}
            return [proves(letter, key) for key in (KEY, OTHER_KEY)], beside and [proves(beside, key) for key in (KEY, OTHER_KEY)]

        self.assertEqual(next_letter(1), ([True, False], None))
        self.assertEqual(self.ask("PUT", path + "/secret?overlap=3", {"secret": secret(OTHER_KEY)}).status, 204)
        self.assertEqual(next_letter(2), ([False, True], [True, False]), "the new one signs, and the old one beside it")
        time.sleep(3)
        self.assertEqual(next_letter(3), ([False, True], None))
        self.assertEqual(self.ask("PUT", path + "/secret?overlap=0", {"secret": secret(KEY)}).status, 204)
        self.assertEqual(next_letter(4), ([True, False], None))
        self.assertEqual(self.ask("PUT", path + "/secret?overlap=-1", {"secret": secret(KEY)}).status, 400)

    def test_what_waits_is_signed_anew(self):
        up = []

        def later(handler):
            handler.send_response(503)
            handler.send_header("retry-after", "2")
            handler.send_header("content-length", "0")
            handler.end_headers()

        receiver = self.receiver(lambda letter: 204 if up else later)
        path = PATH + "/" + self.subscribe(receiver)["subscriptionID"]
        self.send(1)
        until(self, lambda: receiver.letters)
        self.assertTrue(proves(receiver.letters[0], KEY))
        self.assertEqual(self.ask("PUT", path + "/secret?overlap=0", {"secret": secret(OTHER_KEY)}).status, 204)
        up.append(True)
        self.assertEqual(self.told(receiver, 1), [1])
        self.assertTrue(proves(receiver.letters[-1], OTHER_KEY))

    def test_changed_and_ended(self):
        receiver, other = self.receiver(), self.receiver()
        path = PATH + "/" + self.subscribe(receiver)["subscriptionID"]
        self.assertEqual(self.ask("PUT", path, {"callbackUrl": other.url, "equipmentEventTypeCode": ["GTOT"]}).status, 200)
        time.sleep(0.4)
        self.send(1)
        self.send(2, code="GTOT")
        self.assertEqual(self.told(other, 1), [2])
        self.assertEqual(self.ask("DELETE", path).status, 204)
        time.sleep(0.4)
        self.send(3, code="GTOT")
        time.sleep(0.6)
        self.assertEqual((numbers(receiver.bodies()), numbers(other.bodies())), ([], [2]))

    def test_after_a_crash(self):
        receiver = self.receiver()
        name = self.subscribe(receiver)["subscriptionID"]
        self.send(1, 20)
        self.told(receiver, 20)
        self.server.kill()
        self.server.start()
        self.assertEqual(self.ask("GET", PATH).json[0]["subscriptionID"], name)
        self.send(100, 20)
        told = self.told(receiver, 40)
        self.assertEqual(list(dict.fromkeys(told)), list(range(1, 21)) + list(range(100, 120)), "nothing is lost; at most the last letter came twice")
        self.assertTrue(proves(receiver.letters[-1], KEY), "and the secret has not been lost")

    def test_nobody_is_told_what_it_may_not_see(self):
        shipper, rival = self.server.add_party("Shipper", "shipper", "BR:SHIP1"), self.server.add_party("Rival", "carrier", "SMDG:RIV")
        told = {key: self.receiver() for key in (self.line, shipper, rival)}
        for key, receiver in told.items():
            self.subscribe(receiver, key)
        # A filter finds nothing out that is hidden: the booking is not the rival's to see, whatever it asks for.
        curious = self.receiver()
        self.subscribe(curious, rival, carrierBookingReference="BKG12345")
        named = [{"role": "CN", "scheme": "BR", "code": "SHIP1"}]
        sent = self.server.post_events([equipment_event(1, parties=named), equipment_event(2, "MSCU7777779")], self.line)
        self.assertEqual(sent.status, 200, sent)
        self.send(9, key=rival, container="RIVU0000001")
        self.assertEqual(self.told(told[self.line], 2), [1, 2])
        self.assertEqual(self.told(told[shipper], 1), [1])
        self.assertEqual(self.told(told[rival], 1), [9])
        time.sleep(0.5)
        self.assertEqual([len(numbers(one.bodies())) for one in (*told.values(), curious)], [2, 1, 1, 0])
        for key, receiver in told.items():
            listed = self.server.get("/dcsa/tnt/v2/events", key).json
            self.assertEqual([event for body in receiver.bodies() for event in body], listed, "each as its own GET shows it")
        reads = until(self, lambda: self.ask("GET", "/v1/access-log").json["reads"])
        self.assertIn("Shipper", {one["reader"]["name"] for one in reads if one["channel"] == "callback"})

    def test_those_of_others_do_not_exist(self):
        rival = self.server.add_party("Rival", "carrier", "SMDG:RIV")
        made = self.subscribe(self.receiver())
        path = f"{PATH}/{made['subscriptionID']}"
        self.assertEqual(self.ask("GET", PATH, key=rival).json, [])
        bodies = {"GET": None, "DELETE": None, "PUT": {"callbackUrl": "http://127.0.0.1:9/"}}
        for method, body in bodies.items():
            self.assertEqual(self.ask(method, path, body, rival).status, 404, method)
        self.assertEqual(self.ask("PUT", path + "/secret", {"secret": secret(OTHER_KEY)}, rival).status, 404)
        hook = self.ask("POST", "/v1/webhooks", {"url": "http://127.0.0.1:9/"}).json
        self.assertEqual(self.ask("GET", f"{PATH}/{hook['id']}").status, 404, "a webhook is none")
        self.assertEqual(self.ask("GET", path).json, made)

    def test_rights(self):
        def key_with(*rights):
            made = self.ask("POST", "/v1/keys", {"label": "k", "scopes": list(rights)})
            self.assertEqual(made.status, 201, made)
            return made.json["key"]

        body = {"callbackUrl": "http://127.0.0.1:9/", "secret": secret(KEY)}
        reads, manages = key_with("read"), key_with("manage")
        self.assertEqual(self.ask("POST", PATH, body, reads).status, 403)
        self.assertEqual(self.ask("GET", PATH, key=reads).status, 403)
        self.assertEqual(self.ask("POST", PATH, body, manages).status, 403, "what it is told is what it may read")
        name = self.ask("POST", PATH, body).json["subscriptionID"]
        self.assertEqual(self.ask("PUT", f"{PATH}/{name}", {"callbackUrl": body["callbackUrl"]}, manages).status, 403)
        self.assertEqual(self.ask("DELETE", f"{PATH}/{name}", key=manages).status, 204)


class OpenInternet(unittest.TestCase):
    def test_only_its_addresses_are_called(self):
        with Server() as server:
            line = server.add_party("Line", "carrier", "SMDG:LIN")
            for url, status in (("https://127.0.0.1/", 400), ("http://example.com/", 400), ("https://[::1]/", 400), ("https://example.com/hook", 201)):
                body = json.dumps({"callbackUrl": url, "secret": secret(KEY)})
                self.assertEqual(server.request("POST", PATH, body, line).status, status, url)


if __name__ == "__main__":
    unittest.main()
