"""Event subscriptions of Track & Trace 2.2, held against its published description. The conformance suite has no scenarios of them."""
import base64
import hashlib
import hmac
import json
import re
import time

from .dcsa_tnt2 import BASE, check_events, sample
from .scenarios import Wrong

from test_webhooks import Receiver

PATH = f"{BASE}/event-subscriptions"
SECRET = base64.b64encode(bytes(range(64))).decode()
NEW_SECRET = base64.b64encode(bytes(range(32, 64))).decode()
SIGNATURE = re.compile(r"\s*([a-zA-Z0-9\-_+]+=[0-9a-fA-F]+)\s*")
FILTERS = {"eventType": ["EQUIPMENT", "TRANSPORT"], "carrierBookingReference": "FWBK4711"}


def check_letter(letter, name, secret, query, schemas):
    headers = letter["headers"]
    if headers.get("subscription-id") != name or headers.get("api-version") != "2.2.0":
        raise Wrong(f"the headers are {headers}")
    signature = SIGNATURE.fullmatch(headers.get("notification-signature", ""))
    wanted = hmac.new(base64.b64decode(secret), letter["body"], hashlib.sha256).hexdigest()
    if not signature or not hmac.compare_digest(signature[1], "sha256=" + wanted):
        raise Wrong("the signature is not that of the body")
    check_events(json.loads(letter["body"]), query, schemas)


class Subscriptions:
    def __init__(self, server, key, schemas):
        self.server, self.key, self.schemas = server, key, schemas
        self.receiver = Receiver(lambda letter: 204)
        self.made = None

    def ask(self, method, path, body=None, status=200, schema="subscription", error=None):
        answer = self.server.request(method, path, None if body is None else json.dumps(body), self.key, {"Content-Type": "application/json"})
        if (answer.status, answer.headers.get("api-version")) != (status, "2.2.0"):
            raise Wrong(f"{answer!r}, API-Version {answer.headers.get('api-version')}")
        if status == 204:
            return None if not answer.body else self.wrong("204 with a body")
        values, name = (answer.json if isinstance(answer.json, list) else [answer.json]), error or schema
        faults = [fault for value in values for fault in self.schemas.faults(value, name)] if self.schemas else []
        if faults:
            raise Wrong(f"not valid: {faults[:3]}")
        if SECRET in answer.body.decode() or NEW_SECRET in answer.body.decode():
            raise Wrong("the secret is shown")
        return answer.json

    @staticmethod
    def wrong(text):
        raise Wrong(text)

    def same(self, one, other):
        if one != other:
            raise Wrong(f"{one} is not {other}")

    def at(self):
        return f"{PATH}/{self.made['subscriptionID']}"

    def create(self):
        self.made = self.ask("POST", PATH, {"callbackUrl": self.receiver.url, "secret": SECRET, **FILTERS}, 201)
        self.same(self.made, {"subscriptionID": self.made.get("subscriptionID"), "callbackUrl": self.receiver.url, **FILTERS})

    def pushed(self, secret, query):
        """The sample's events that the filter wants, and no others, in the order in which they were sent."""
        before = len(self.receiver.letters)
        events = sample()
        for event in events:
            event["eventID"] = f"{before:08x}" + event["eventID"][8:]
        if self.server.post_events(events, self.key).status != 200:
            raise Wrong("the sample is not taken")
        listed = self.server.get(f"{BASE}/events?limit=1000&" + "&".join(f"{name}={value}" for name, value in query.items()), self.key).json
        wanted = [event for event in listed if event["eventID"] in {one["eventID"] for one in events}]
        end, told = time.monotonic() + 30, []
        while len(told) < len(wanted) and time.monotonic() < end:
            time.sleep(0.05)
            told = [event for letter in self.receiver.letters[before:] for event in json.loads(letter["body"])]
        if not wanted or told != wanted:
            raise Wrong(f"{len(told)} events were pushed, {len(wanted)} were due")
        for letter in self.receiver.letters[before:]:
            check_letter(letter, self.made["subscriptionID"], secret, query, self.schemas)

    def renew(self):
        self.ask("PUT", self.at() + "/secret", {"secret": NEW_SECRET}, 204)
        time.sleep(0.5)  # a letter that was leaving may have the old one
        self.pushed(NEW_SECRET, {"eventType": "EQUIPMENT,TRANSPORT", "carrierBookingReference": "FWBK4711"})

    def alter(self):
        changed = {**self.made, "eventType": ["SHIPMENT"]}
        self.same(self.ask("PUT", self.at(), changed), changed)
        self.same(self.ask("GET", self.at()), changed)
        time.sleep(0.5)
        self.pushed(NEW_SECRET, {"eventType": "SHIPMENT", "carrierBookingReference": "FWBK4711"})

    def refused(self, change):
        self.ask("POST", PATH, {"callbackUrl": self.receiver.url, "secret": SECRET, **change}, 400, error="inline_response_default_3")

    def end(self):
        self.ask("DELETE", self.at(), status=204)
        self.ask("GET", self.at(), status=404, error="inline_response_default_4")
        self.same(self.ask("GET", PATH), [])

    def scenarios(self):
        yield "POST", self.create
        yield "GET one", lambda: self.same(self.ask("GET", self.at()), self.made)
        yield "GET all", lambda: self.same(self.ask("GET", PATH), [self.made])
        yield "events are pushed and signed", lambda: self.pushed(SECRET, {"eventType": "EQUIPMENT,TRANSPORT", "carrierBookingReference": "FWBK4711"})
        yield "PUT a new secret", self.renew
        yield "PUT other filters", self.alter
        for change in ({"callbackUrl": ""}, {"secret": ""}, {"eventType": ["INVALID"]}, {"shipmentEventTypeCode": ["INVALID"]},
                       {"eventType": ["SHIPMENT"], "transportEventTypeCode": ["ARRI"]}):
            yield f"POST refuses {change}", lambda c=change: self.refused(c)
        yield "DELETE", self.end
