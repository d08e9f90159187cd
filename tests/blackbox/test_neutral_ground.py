"""Neutral ground: every role sees of a consignment what it needs to know, on every way out; grants; who looked."""
import json
import re
import threading
import time
import unittest

from bundles import text_of
from fairway import Server, command, equipment_event

BOX, BOOKING, BILL = "MSCU1234566", "BKGMATRIX1", "BILLMATRIX1"
SITE = "SITE1"
SOON = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 30 * 86400))

# The need-to-know table of the trade, written down once more, apart from the program's own: who sees which mark.
# shipper forwarder line terminal haulier warehouse customs bank buyer peer_port; what a consent opens is asked for separately.
ROLES = ("shipper", "forwarder", "carrier", "terminal", "haulier", "warehouse", "authority", "bank", "buyer", "peer_port")
ALL = set(ROLES) - {"bank"}
MARKS = {
    # which events
    "GATEMARK": ALL,                                                # gate-in at the terminal SITE1
    "ELSEWHEREMARK": ALL - {"terminal"},                            # gate-out at another place
    "LOADMARK": ALL - {"terminal", "haulier", "warehouse"},         # loaded elsewhere: no haulier's or warehouse's business
    "RELEASEMARK": ALL - {"peer_port"},                             # the paper that releases
    "BOOKINGMARK": ALL - {"terminal", "haulier", "warehouse"},      # the booking confirmed
    # what of them
    "GOODSMARK": {"shipper", "forwarder", "carrier", "warehouse", "authority", "buyer", "peer_port"},
    "VALUEMARK": {"shipper", "authority"},
    "CONSIGNEEMARK": {"shipper", "forwarder", "carrier", "authority", "buyer", "peer_port"},
    "DELIVERYMARK": {"shipper", "forwarder", "haulier", "authority", "buyer"},
    "LINEMARK": ALL,
    "HBLMARK": {"shipper", "forwarder", "warehouse", "authority", "buyer"},
    "ORDERMARK": {"shipper", "forwarder", "authority"},
}


def event(number, marks, **more):
    at = f"2026-11-2{number}T08:00:00+08:00"
    made = {"eventID": f"00000000-0000-4000-8000-00000000a{number:03d}", "eventClassifierCode": "ACT", "eventDateTime": at, "eventCreatedDateTime": at,
            "changeRemark": marks.get("remark"), "declaredValue": marks.get("value"), **more}
    return {key: value for key, value in made.items() if value is not None}


class World:
    """One consignment that a line tells everything about, and a party in each role that it names."""

    def __init__(self, options=()):
        self.server, self.last = Server(options=options).start(), 0
        self.keys = {"operator": self.server.add_party("Port", "operator"), "sender": self.server.add_party("Sender", "carrier", "SMDG:SND")}
        for role in ROLES:
            if role != "buyer":
                self.keys[role] = self.server.add_party(f"the {role}", role, f"BR:{role.upper()}MARK", *([f"SMDG:{SITE}"] if role == "terminal" else []))
        self.keys["rival"] = self.server.add_party("Rival", "carrier", "SMDG:RIV")
        self.tell()
        guest = self.ask("POST", "/v1/guest-links", "sender", {"reference": f"equipment:{BOX}", "role": "shipper", "label": "buyer", "expires": SOON})
        assert guest.status == 201, guest
        self.keys["buyer"], self.guest = guest.json["key"], guest.json["grant"]

    def ask(self, method, path, who, body=None):
        return self.server.request(method, path, None if body is None else json.dumps(body), self.keys[who])

    def tell(self):
        parties = [{"role": "CN", "scheme": "BR", "code": "SHIPPERMARK"}, {"role": "FW", "scheme": "BR", "code": "FORWARDERMARK"}]
        named = [{"role": "XX", "scheme": "BR", "code": f"{role.upper()}MARK"} for role in ROLES if role not in ("shipper", "forwarder", "buyer")]
        papers = [{"documentReferenceType": "BKG", "documentReferenceValue": BOOKING}]
        equipment = {"eventType": "EQUIPMENT", "equipmentReference": BOX, "emptyIndicatorCode": "LADEN", "documentReferences": papers}
        told = [
            event(0, {}, eventType="SHIPMENT", shipmentEventTypeCode="CONF", documentTypeCode="BKG", documentID=BOOKING, reason="BOOKINGMARK",
                  references=[{"referenceType": "EQ", "referenceValue": BOX}, {"referenceType": "PO", "referenceValue": "ORDERMARK"}], parties=parties + named),
            event(1, {"remark": "GOODSMARK", "value": "VALUEMARK"}, **equipment, equipmentEventTypeCode="GTIN",
                  eventLocation={"UNLocationCode": "HKHKG", "facilityCode": SITE, "facilityCodeListProvider": "SMDG"}, delayReasonCode="GATEMARK",
                  parties=[{"role": "CN", "scheme": "BR", "code": "CONSIGNEEMARK"}, {"role": "DP", "scheme": "BR", "code": "DELIVERYMARK"},
                           {"role": "CA", "scheme": "BR", "code": "LINEMARK"}]),
            event(2, {}, **equipment, equipmentEventTypeCode="GTOT", eventLocation={"UNLocationCode": "HKHKG", "facilityCode": "SITE2", "facilityCodeListProvider": "SMDG"},
                  references=[{"referenceType": "PO", "referenceValue": "ORDERMARK"}]),
            event(3, {}, **equipment, equipmentEventTypeCode="LOAD", eventLocation={"UNLocationCode": "HKHKG", "facilityCode": "SITE3", "facilityCodeListProvider": "SMDG"}),
            event(4, {}, eventType="SHIPMENT", shipmentEventTypeCode="RELS", documentTypeCode="TRD", documentID=BILL,
                  references=[{"referenceType": "EQ", "referenceValue": BOX}]),
        ]
        self.sent = self.server.post_events(told, self.keys["sender"])
        assert self.sent.status == 200, self.sent
        gate = self.server.post_edifact(
            "UNB+UNOA:2+SND+PCS+261122:0905+77'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE0001+9'TDT+20+001E+1++SND:172:20+++9321483:146:11:HOPE'"
            f"NAD+CF+SND:160:20'EQD+CN+{BOX}+22G1:102:5++3+5'RFF+BN:{BOOKING}'RFF+BH:HBLMARK'DTM+7:202611221000:203'"
            f"LOC+165+HKHKG:139:6+{SITE}:72:306'CNT+16:1'UNT+10+1'UNZ+1+77'", self.keys["sender"])
        assert gate.status == 200, gate

    def consent(self, giver, to, box):
        self.server.post_events([equipment_event(999, box, "INSP")], self.keys[giver])
        given = self.ask("POST", "/v1/grants", giver, {"kind": "consent", "to": f"BR:{to.upper()}MARK", "scope": {"references": [f"equipment:{box}"]},
                                                       "purpose": "a test", "expires": SOON})
        assert self.ask("POST", f"/v1/grants/{given.json['id']}/acceptance", to).status == 200, given

    def routes(self):
        """Every way out, as the text that a party gets there."""
        base = self.server.url

        def stream(who):
            """What a stream from the beginning says up to an event that is sent while it is read, which comes last."""
            self.last += 1
            sender, box = {"buyer": ("sender", BOX), "bank": ("sender", "LASTBANK001")}.get(who, (who, f"LAST000{self.last:04d}"))
            if who == "bank":  # which sends nothing, and sees nothing without a consent
                self.consent(sender, who, box)
            events = self.server.stream(self.keys[who], after=0)
            sent = self.server.post_events([equipment_event(self.last, box, "INSP")], self.keys[sender])
            assert sent.status == 200, sent
            texts = []
            while not texts or f"-{self.last:012d}" not in texts[-1]:
                texts.append(json.dumps(events.next()[1]))
            events.close()
            return "\n".join(texts[:-1])

        def tracked(who):
            return command("track", BOX, "--json", "--url", base, "--key", self.keys[who]).stdout

        def listed(query):
            return lambda who: self.ask("GET", "/v1/events?" + query, who).body.decode()

        def evidence(who):
            """All that stands in a bundle, opened fields and papers for people; a bundle is to be had a second after the events."""
            for _ in range(200):
                answer = self.ask("GET", f"/v1/journeys/{BOX}/evidence", who)
                if answer.status != 503:
                    return text_of(answer.body) if answer.status == 200 else answer.body.decode()
                time.sleep(0.1)
            raise AssertionError(answer)

        return {
            "evidence": evidence,
            "journey": lambda who: "".join(self.ask("GET", f"/v1/journeys/{reference}", who).body.decode() for reference in (BOX, BOOKING, BILL)),
            "events": listed("limit=100"),
            "events by container": listed(f"equipmentReference={BOX}"),
            "events by booking": listed(f"carrierBookingReference={BOOKING}"),
            "export": lambda who: "\n".join(line for line in self.ask("GET", "/v1/export", who).body.decode().splitlines() if '"eventID"' in line),
            "stream": stream,
            "track": tracked,
        }


# How each event shows in whatever form a route gives it.
SHOWS = {
    "GATEMARK": r'"gate_in"|"GTIN"', "ELSEWHEREMARK": r'"gate_out"|"GTOT"', "LOADMARK": r'"loaded"|"LOAD"', "RELEASEMARK": r'"document_released"|"RELS"',
    "BOOKINGMARK": r'"document_confirmed"|"CONF"',
}


def events_in(text):
    """The text of the events alone: what a journey derives (what is expected next) is no event."""
    out = []
    for line in text.replace("}{", "}\n{").splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        items = value if isinstance(value, list) else value.get("events", [value]) if isinstance(value, dict) else []
        out += [item for item in items if isinstance(item, dict) and "eventID" in item]
    return "\n".join(json.dumps(item) for item in out)


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()

    @classmethod
    def tearDownClass(cls):
        cls.world.server.close()

    def test_every_role_every_field_every_route(self):
        for route, read in self.world.routes().items():
            whole = events_in(read("operator"))
            carried = [mark for mark in MARKS if re.search(SHOWS.get(mark, mark), whole)]
            # The paper that releases names the box and not the booking.
            left_out = {"RELEASEMARK"} if route == "events by booking" else set()
            self.assertEqual(set(MARKS) - set(carried), left_out, f"{route}: {whole[:300]}")
            for role in ROLES + ("rival",):
                text = read(role)
                shown = events_in(text)
                for mark in carried:
                    with self.subTest(route=route, role=role, mark=mark):
                        allowed = role in MARKS[mark]
                        found = re.search(SHOWS.get(mark, mark), shown) is not None
                        self.assertEqual(found, allowed)
                        if not allowed and mark not in SHOWS:
                            self.assertNotIn(mark, text, "it shows beside the events")

    def test_what_is_hidden_is_not_found_by_asking_for_it(self):
        for role in ("terminal", "haulier", "carrier", "rival", "bank"):
            self.assertEqual(self.world.ask("GET", "/v1/journeys/purchase_order:ORDERMARK", role).status, 404, role)
        unknown = self.world.ask("GET", "/v1/journeys/ABCU0000001", "rival")
        hidden = self.world.ask("GET", f"/v1/journeys/{BOX}", "rival")
        self.assertEqual({k: v for k, v in hidden.json.items() if k not in ("detail", "instance")},
                         {k: v for k, v in unknown.json.items() if k not in ("detail", "instance")})
        self.assertEqual(set(hidden.headers), set(unknown.headers))


    def test_what_comes_next_is_left_out_where_it_may_have_happened_unseen(self):
        expected = {who: [next_["milestone"] for next_ in self.world.ask("GET", f"/v1/journeys/{BOX}", who).json.get("expected", [])]
                    for who in ("operator", "carrier", "haulier", "warehouse")}
        self.assertTrue(expected["operator"])
        self.assertEqual(expected["carrier"], expected["operator"])
        for who in ("haulier", "warehouse"):
            self.assertNotIn("loaded", expected[who])

    def test_no_cursor_tells_how_much_is_hidden(self):
        for first in range(0, 21_000, 1_000):  # more than one request looks at
            sent = self.world.server.post_events([equipment_event(100_000 + first + i, "TRIU1234565", "INSP") for i in range(1_000)], self.world.keys["sender"])
            self.assertEqual(sent.status, 200)
        filtered = "/v1/events?equipmentReference=TRIU1234565&equipmentEventTypeCode=GTIN"
        self.assertIn("next-page-cursor", {name.lower() for name in self.world.ask("GET", filtered, "sender").headers}, "its own go on")
        for query in (filtered, "/v1/events?equipmentReference=TRIU1234565"):
            hidden, unknown = self.world.ask("GET", query, "rival"), self.world.ask("GET", query.replace("TRIU1234565", "ABCU0000001"), "rival")
            self.assertEqual((hidden.body, set(hidden.headers)), (unknown.body, set(unknown.headers)))

    def test_nothing_shown_takes_its_time(self):
        for path in (f"/v1/journeys/{BOX}", "/v1/journeys/ABCU0000001", f"/v1/events?equipmentReference={BOX}", "/v1/events?equipmentReference=ABCU0000001"):
            began = time.monotonic()
            self.world.ask("GET", path, "rival")
            self.assertGreaterEqual(time.monotonic() - began, 0.0099, path)


class Grants(unittest.TestCase):
    def setUp(self):
        self.world = World(options=("--requests-per-second", "0"))
        self.addCleanup(self.world.server.close)

    def give(self, giver, **wish):
        return self.world.ask("POST", "/v1/grants", giver, {"expires": "2036-01-01T00:00:00Z", "purpose": "a test", **wish})

    def test_a_bank_reads_by_consent_until_it_is_revoked(self):
        ask, box = self.world.ask, f"/v1/journeys/{BOX}"
        self.assertEqual(ask("GET", box, "bank").status, 404, "named on a document, and yet without consent")
        offer = self.give("shipper", kind="consent", to="BR:BANKMARK", scope={"references": [f"equipment:{BOX}"]}, fields=["milestones", "party_names"])
        self.assertEqual(offer.status, 201, offer)
        grant = offer.json["id"]
        self.assertEqual(ask("GET", box, "bank").status, 404, "an offer opens nothing")
        self.assertEqual(ask("POST", f"/v1/grants/{grant}/acceptance", "shipper").status, 403)
        self.assertEqual(ask("POST", f"/v1/grants/{grant}/acceptance", "rival").status, 404)
        self.assertEqual(ask("POST", f"/v1/grants/{grant}/acceptance", "bank").json["state"], "accepted")
        seen = ask("GET", box, "bank")
        self.assertEqual(seen.status, 200)
        self.assertIn("CONSIGNEEMARK", seen.body.decode())
        for mark in ("GOODSMARK", "VALUEMARK", "ORDERMARK"):
            self.assertNotIn(mark, seen.body.decode())
        self.assertNotIn("document_released", json.dumps(seen.json["events"]))
        self.assertEqual(ask("DELETE", f"/v1/grants/{grant}", "shipper").json["state"], "revoked")
        self.assertEqual(ask("GET", box, "bank").status, 404, "on the next request")
        self.assertEqual(ask("POST", f"/v1/grants/{grant}/acceptance", "bank").status, 409)

    def test_nobody_grants_what_it_does_not_see(self):
        refused = self.give("rival", kind="nomination", to="BR:HAULIERMARK", scope={"references": [f"equipment:{BOX}"]})
        self.assertEqual(refused.status, 404, refused)
        # A haulier's own part goes on to another haulier, and no further.
        haulier2 = self.world.keys["haulier2"] = self.world.server.add_party("Second haulier", "haulier", "BR:SECOND")
        grant = self.give("haulier", kind="nomination", to="BR:SECOND", scope={"references": [f"equipment:{BOX}"]}).json["id"]
        self.world.ask("POST", f"/v1/grants/{grant}/acceptance", "haulier2")
        text = self.world.ask("GET", f"/v1/journeys/{BOX}", "haulier2").body.decode()
        self.assertIn("DELIVERYMARK", text)
        self.assertNotIn("VALUEMARK", text)
        self.assertNotIn('"loaded"', json.dumps(json.loads(text)["events"]))
        self.assertTrue(haulier2)

    def test_a_delegation_makes_a_declarant(self):
        self.assertNotIn("VALUEMARK", self.world.ask("GET", f"/v1/journeys/{BOX}", "forwarder").body.decode())
        grant = self.give("shipper", kind="delegation", to="BR:FORWARDERMARK", scope={"all": True}).json["id"]
        self.world.ask("POST", f"/v1/grants/{grant}/acceptance", "forwarder")
        self.assertIn("VALUEMARK", self.world.ask("GET", f"/v1/journeys/{BOX}", "forwarder").body.decode())
        self.world.ask("DELETE", f"/v1/grants/{grant}", "forwarder")
        self.assertNotIn("VALUEMARK", self.world.ask("GET", f"/v1/journeys/{BOX}", "forwarder").body.decode())

    def test_a_guest_follows_one_journey(self):
        me = self.world.ask("GET", "/v1/me", "buyer").json
        self.assertEqual(me["guest"]["reference"], f"equipment:{BOX}")
        self.assertEqual(self.world.ask("GET", f"/v1/journeys/{BOX}", "buyer").status, 200)
        self.assertEqual(self.world.server.post_events(equipment_event(77), self.world.keys["buyer"]).status, 403)
        self.assertEqual(self.give("buyer", kind="consent", to="BR:BANKMARK", scope={"references": [f"equipment:{BOX}"]}).status, 403)
        # Another box of the same booking is another's business.
        other = equipment_event(78, container="CSQU3054383")
        other["documentReferences"] = [{"documentReferenceType": "BKG", "documentReferenceValue": BOOKING}]
        self.assertEqual(self.world.server.post_events(other, self.world.keys["sender"]).status, 200)
        self.assertEqual(self.world.ask("GET", "/v1/journeys/CSQU3054383", "buyer").status, 404)
        self.assertNotIn("CSQU3054383", self.world.ask("GET", f"/v1/journeys/{BOX}", "buyer").body.decode())
        self.assertIn("CSQU3054383", self.world.ask("GET", f"/v1/journeys/{BOX}", "shipper").body.decode())
        self.world.ask("DELETE", f"/v1/grants/{self.world.guest['id']}", "sender")
        self.assertEqual(self.world.ask("GET", f"/v1/journeys/{BOX}", "buyer").status in (401, 404), True)

    def test_wrong_wishes_say_what_is_wrong(self):
        references = {"references": [f"equipment:{BOX}"]}
        for wish, place in (({"kind": "gift"}, "gift"), ({"kind": "consent", "to": "BR:NOBODY", "scope": references}, "NOBODY"),
                            ({"kind": "consent", "to": "BR:BANKMARK", "scope": {"all": True}}, "scope"),
                            ({"kind": "consent", "to": "BR:BANKMARK", "scope": references, "purpose": " "}, "purpose"),
                            ({"kind": "consent", "to": "BR:BANKMARK", "scope": references, "expires": "2020-01-01T00:00:00Z"}, "expires"),
                            ({"kind": "nomination", "to": "BR:BANKMARK", "scope": references}, "bank"),
                            ({"kind": "consent", "to": "BR:SHIPPERMARK", "scope": references}, "to"),
                            ({"kind": "legal_basis", "scope": references, "reason": "curiosity"}, "shipper")):
            answer = self.give("shipper", **wish)
            self.assertIn(answer.status, (400, 403, 404), wish)
            self.assertIn(place, json.dumps(answer.json), wish)

    def test_lists_are_paged(self):
        made = [self.give("shipper", kind="consent", to="BR:BANKMARK", scope={"references": [f"equipment:{BOX}"]}).json["id"] for _ in range(7)]
        seen, cursor = [], ""
        while True:
            page = self.world.ask("GET", f"/v1/grants?direction=received&state=offered&limit=3{cursor}", "bank").json
            seen += [grant["id"] for grant in page["grants"]]
            if "next" not in page:
                break
            cursor = "&cursor=" + page["next"]
        self.assertEqual(seen, made[::-1])

    def test_revocation_under_load(self):
        """While a bank reads and listens, its consent ends: the next request is empty, and within a second the stream is silent."""
        grant = self.give("shipper", kind="consent", to="BR:BANKMARK", scope={"references": [f"equipment:{BOX}"]}).json["id"]
        self.world.ask("POST", f"/v1/grants/{grant}/acceptance", "bank")
        server, stop, late, heard = self.world.server, threading.Event(), [], []
        revoked = [None]

        def read():
            while not stop.is_set():
                began = time.monotonic()
                status = server.get(f"/v1/journeys/{BOX}", self.world.keys["bank"]).status
                if revoked[0] is not None and began > revoked[0] and status != 404:
                    late.append(status)

        def say():
            number = 5000
            while not stop.is_set():
                number += 1
                server.post_events(equipment_event(number, container=BOX, at="2026-11-22T08:00:00+08:00"), self.world.keys["sender"])
                time.sleep(0.02)

        def listen():
            events = server.stream(self.world.keys["bank"])
            try:
                while True:
                    events.next()
                    heard.append(time.monotonic())
            except (EOFError, OSError, ValueError, AttributeError):
                pass

        threads = [threading.Thread(target=task, daemon=True) for task in (read, read, say, listen)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        self.assertTrue(heard, "the stream brought nothing before")
        self.world.ask("DELETE", f"/v1/grants/{grant}", "shipper")
        revoked[0] = time.monotonic()
        time.sleep(2.5)
        stop.set()
        for thread in threads[:3]:
            thread.join(10)
        self.assertEqual(late, [])
        self.assertLess(max(heard) - revoked[0], 1.0)


class WhoLooked(unittest.TestCase):
    def setUp(self):
        self.world = World(options=("--sealed-days", "0"))
        self.addCleanup(self.world.server.close)

    def told(self, who, query=""):
        return self.world.ask("GET", "/v1/access-log" + query, who).json

    def test_the_owner_sees_every_channel_and_ground(self):
        ask = self.world.ask
        ask("GET", f"/v1/journeys/{BOX}", "shipper")
        ask("GET", f"/v1/events?equipmentReference={BOX}", "forwarder")
        ask("GET", "/v1/export", "operator")
        listening = self.world.server.stream(self.world.keys["carrier"], after=0)
        listening.next()
        ask("GET", f"/v1/journeys/{BOX}", "rival")
        reads = self.told("sender")["reads"]
        found = {(read["reader"]["name"], read["channel"], read["basis"]) for read in reads}
        self.assertLessEqual({("the shipper", "journey", "named"), ("the forwarder", "events", "named"), ("Port", "export", "operator"),
                              ("the carrier", "stream", "named")}, found)
        self.assertNotIn("Rival", {read["reader"]["name"] for read in reads}, "who saw nothing has not looked")
        of_shipper = next(read for read in reads if read["reader"]["name"] == "the shipper")
        self.assertIn(f"equipment:{BOX}", of_shipper["references"])
        self.assertEqual(self.told("shipper")["reads"], [], "nobody is told of looks at others' data")
        ask("GET", f"/v1/journeys/{BOX}", "sender")
        self.assertNotIn("Sender", {read["reader"]["name"] for read in self.told("sender")["reads"]}, "one's own data is no look")

    def test_the_giver_of_a_consent_is_told(self):
        grant = self.world.ask("POST", "/v1/grants", "shipper", {"kind": "consent", "to": "BR:BANKMARK", "scope": {"references": [f"equipment:{BOX}"]},
                                                                 "purpose": "letter of credit 7", "expires": "2036-01-01T00:00:00Z"}).json["id"]
        self.world.ask("POST", f"/v1/grants/{grant}/acceptance", "bank")
        self.world.ask("GET", f"/v1/journeys/{BOX}", "bank")
        for owner in ("sender", "shipper"):
            read = next(read for read in self.told(owner)["reads"] if read["reader"]["name"] == "the bank")
            self.assertEqual((read["basis"], read["grant"], read["purpose"]), ("grant", grant, "letter of credit 7"))

    def test_sealed_readings_open_after_their_time(self):
        self.world.server.post_events(equipment_event(900, container="CSQU3054383"), self.world.keys["sender"])
        basis = {"kind": "legal_basis", "scope": {"references": ["equipment:CSQU3054383"]}, "reason": "case 42", "expires": "2036-01-01T00:00:00Z", "sealed": True}
        self.assertEqual(self.world.ask("GET", "/v1/journeys/CSQU3054383", "authority").status, 404)
        self.assertEqual(self.world.ask("POST", "/v1/grants", "authority", basis).json["state"], "accepted")
        self.assertEqual(self.world.ask("GET", "/v1/journeys/CSQU3054383", "authority").status, 200)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            reads = [read for read in self.told("sender")["reads"] if read["basis"] == "legal_basis"]
            if reads:
                break
            time.sleep(0.1)
        self.assertEqual([read["purpose"] for read in reads], ["case 42"])

    def test_pages_and_filters(self):
        for _ in range(3):
            self.world.ask("GET", f"/v1/journeys/{BOX}", "shipper")
            self.told("sender")  # writes down what waits
        first = self.told("sender", "?limit=2")
        self.assertEqual(len(first["reads"]), 2)
        rest = self.told("sender", f"?limit=200&cursor={first['next']}")
        numbers = [read["id"] for read in first["reads"] + rest["reads"]]
        self.assertEqual(len(numbers), len(set(numbers)))
        self.assertEqual(self.told("sender", "?reader=pty_nobody")["reads"], [])
        self.assertEqual(self.told("sender", "?until=2020-01-01T00:00:00Z")["reads"], [])
        self.assertEqual(self.world.ask("GET", "/v1/access-log?limit=0", "sender").status, 400)


class Sealed(unittest.TestCase):
    def test_a_sealed_reading_is_not_told_before_its_time(self):
        world = World()
        self.addCleanup(world.server.close)
        world.server.post_events(equipment_event(901, container="CSQU3054383"), world.keys["sender"])
        world.ask("POST", "/v1/grants", "authority", {"kind": "legal_basis", "scope": {"references": ["equipment:CSQU3054383"]}, "reason": "case 43",
                                                      "expires": "2036-01-01T00:00:00Z", "sealed": True})
        self.assertEqual(world.ask("GET", "/v1/journeys/CSQU3054383", "authority").status, 200)
        time.sleep(1.5)
        self.assertEqual(world.ask("GET", "/v1/access-log", "sender").json["reads"], [])
        self.assertNotIn("case 43", world.ask("GET", "/v1/export", "sender").body.decode())
