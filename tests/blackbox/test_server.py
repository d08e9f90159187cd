"""The server under everyday, hostile and failing conditions."""
import gzip
import json
import socket
import threading
import time
import unittest

from fairway import CORPORA, Served, Server, equipment_event


class Breadth(Served):
    OPTIONS = ("--references-a-day", "3", "--requests-per-second", "1")

    def test_a_party_cannot_read_the_port_number_by_number(self):
        self.server.post_events(equipment_event(700), self.line)
        known = equipment_event(700)["equipmentReference"]
        answers = [self.server.get(f"/v1/journeys/{box}", self.rival).status for box in (known, "ABCU1234560", "ABCU1234576")]
        self.assertEqual(answers, [404, 404, 404])
        for target in (f"/v1/journeys/{known[:-1]}0", "/v1/events?equipmentReference=ABCU9999990", "/v1/stream?reference=equipment:ABCU9999990"):
            refused = self.server.get(target, self.rival)
            self.assertEqual((refused.status, refused.json["code"]), (429, "throttled"), target)
            self.assertGreaterEqual(int(refused.headers["retry-after"]), 1)
        self.assertEqual(self.server.get(f"/v1/journeys/{known}", self.rival).status, 404, "asked for before")
        self.assertEqual(self.server.get(f"/v1/journeys/{known}", self.line).status, 200, "the others are not concerned")
        self.assertIn('fairway_breadth_alerts_total{at="limit"} 1', self.server.get("/metrics").body.decode())

    def test_a_party_that_reads_too_fast_waits(self):
        answers = [self.server.get("/v1/me", self.line) for _ in range(40)]
        refused = [answer for answer in answers if answer.status == 429]
        self.assertTrue(refused)
        self.assertGreaterEqual(int(refused[0].headers["retry-after"]), 1)
        self.assertEqual(self.server.post_events(equipment_event(701), self.line).status, 200, "sending is not reading")
        self.assertEqual({self.server.get("/v1/me", self.port).status for _ in range(40)}, {200}, "nor is the operator limited")


class Keys(Served):
    def ask(self, method, path, key, body=None):
        return self.server.request(method, path, None if body is None else json.dumps(body), key)

    def test_an_organisation_gives_rotates_and_withdraws_its_keys(self):
        made = self.ask("POST", "/v1/keys", self.line, {"label": "gate", "scopes": ["send"], "expires": "2036-01-01T00:00:00+08:00"})
        self.assertEqual(made.status, 201)
        gate = made.json["key"]
        self.assertEqual(self.server.post_events(equipment_event(800), gate).status, 200)
        self.assertEqual(self.server.get("/v1/journeys/X", gate).status, 403, "it only sends")
        self.assertEqual(self.ask("GET", "/v1/keys", gate).status, 403)
        listed = self.ask("GET", "/v1/keys", self.line)
        self.assertNotIn(b"argon2", listed.body)
        self.assertIn("gate", [key.get("label") for key in listed.json["keys"]])

        rotated = self.ask("POST", f"/v1/keys/{made.json['keyID']}/rotation?overlap=0", self.line)
        self.assertEqual(rotated.status, 201)
        self.assertEqual(self.server.post_events(equipment_event(801), rotated.json["key"]).status, 200)
        self.assertEqual(self.ask("DELETE", f"/v1/keys/{rotated.json['keyID']}", self.rival).status, 404, "another's key does not exist")
        self.assertEqual(self.ask("DELETE", f"/v1/keys/{rotated.json['keyID']}", self.line).status, 200)
        end = time.monotonic() + 10
        while self.server.post_events(equipment_event(802), rotated.json["key"]).status != 401:
            self.assertLess(time.monotonic(), end)
            time.sleep(0.1)
        self.assertEqual({key["status"] for key in self.ask("GET", "/v1/keys", self.line).json["keys"]}, {"active", "expired", "withdrawn"})

    def test_a_key_gives_no_more_than_it_has(self):
        made = self.ask("POST", "/v1/keys", self.line, {"scopes": ["manage"]})
        self.assertEqual(self.ask("POST", "/v1/keys", made.json["key"], {"scopes": ["read"]}).status, 403)
        self.assertEqual(self.ask("POST", "/v1/keys", made.json["key"], {"scopes": ["manage"]}).status, 201)
        own = self.ask("GET", "/v1/keys", self.line).json["keys"][0]
        self.assertEqual(self.ask("POST", f"/v1/keys/{own['keyID']}/rotation", made.json["key"]).status, 403)

    def test_wrong_wishes(self):
        for body, place in (({"scopes": ["all"]}, "all"), ({"expires": "2001-01-01T00:00:00Z"}, "2001"), ({"label": "x" * 101}, "101 bytes")):
            refused = self.ask("POST", "/v1/keys", self.line, body)
            self.assertEqual(refused.status, 400)
            self.assertIn(place, refused.json["detail"])


class Health(Served):
    def test_health_readiness_metrics(self):
        self.assertEqual(self.server.get("/healthz").json["status"], "ok")
        self.assertEqual(self.server.get("/readyz").json["status"], "ready")
        self.server.post_events(equipment_event(1), self.line)
        metrics = self.server.get("/metrics").body.decode()
        for name in ("fairway_http_request_seconds_bucket", 'fairway_events_total{fate="accepted"}', 'fairway_store{figure="last_entry"}'):
            self.assertIn(name, metrics)

    def test_security_headers(self):
        headers = self.server.get("/healthz").headers
        self.assertIn("default-src 'none'", headers["content-security-policy"])
        self.assertNotIn("unsafe", headers["content-security-policy"])
        self.assertEqual(headers["x-content-type-options"], "nosniff")

    def test_the_description_is_served(self):
        self.assertIn(b"openapi: 3.1", self.server.get("/openapi.yaml").body[:400])

    def test_sigterm_finishes_what_it_acknowledged_within_five_seconds(self):
        with Server() as server:
            key = server.add_party("Line", "carrier")
            acknowledged, stop = [], threading.Event()

            def send(base):
                for number in range(base, base + 100000):
                    if stop.is_set():
                        return
                    try:
                        if server.post_events(equipment_event(number), key).status == 200:
                            acknowledged.append(number)
                    except OSError:
                        return

            senders = [threading.Thread(target=send, args=(i * 1000000,)) for i in range(4)]
            for sender in senders:
                sender.start()
            stream = server.stream(key, after=0)
            time.sleep(0.7)
            status, seconds = server.stop()
            stop.set()
            for sender in senders:
                sender.join()
            stream.close()
            self.assertEqual(status, 0, server.log)
            self.assertLess(seconds, 5)
            self.assertGreater(len(acknowledged), 10)
            server.start()
            held = {event["eventID"] for event in export(server, key)}
            self.assertEqual({equipment_event(n)["eventID"] for n in acknowledged} - held, set())


def export(server, key):
    lines = [json.loads(line) for line in server.get("/v1/export", key, timeout=60).body.splitlines()]
    return [line for line in lines if "eventID" in line]


class Events(Served):
    def test_pages_without_loss_or_repeat(self):
        for start in range(0, 250, 50):
            self.server.post_events([equipment_event(10000 + start + i, "TCLU7654321") for i in range(50)], self.line)
        for sort in ("", "&sort=eventCreatedDateTime:DESC"):
            seen, cursor = [], ""
            while True:
                page = self.server.get(f"/v1/events?equipmentReference=TCLU7654321&limit=40{sort}{cursor}", self.line)
                self.assertEqual(page.status, 200, page)
                seen += [event["eventID"] for event in page.json]
                if "next-page-cursor" not in page.headers:
                    break
                self.assertEqual(len(page.json), 40)
                self.assertIn("cursor=", page.headers["next-page"])
                cursor = "&cursor=" + page.headers["next-page-cursor"]
            self.assertEqual(len(seen), 250)
            self.assertEqual(len(set(seen)), 250)
        everything = self.server.get("/v1/events?limit=1000", self.line).json
        self.assertGreaterEqual(len(everything), 250)

    def test_gzip_in(self):
        answer = self.server.post_events([equipment_event(20000 + i) for i in range(20)], self.line, zipped=True)
        self.assertEqual((answer.status, answer.json["accepted"]), (200, 20))
        broken = self.server.request("POST", "/v1/events", gzip.compress(b"[]" * 100)[:-6], self.line, {"Content-Encoding": "gzip"})
        self.assertEqual(broken.status, 400)

    def test_a_gzip_bomb_is_refused(self):
        bomb = gzip.compress(b"[" + b" " * (150 << 20) + b"]", 9)
        answer = self.server.request("POST", "/v1/events", bomb, self.line, {"Content-Encoding": "gzip"}, timeout=60)
        self.assertEqual(answer.status, 413, answer)

    def test_one_broken_event_does_not_lose_the_others(self):
        events = [equipment_event(30000), {**equipment_event(30001), "equipmentEventTypeCode": "FLY"}, equipment_event(30002)]
        answer = self.server.post_events(events, self.line)
        self.assertEqual(answer.status, 207, answer)
        self.assertEqual([m["status"] for m in answer.json["messages"]], ["accepted", "refused", "accepted"])
        self.assertTrue(any("FLY" in json.dumps(m) for m in answer.json["messages"][1:2]))

    def test_banks_may_not_send(self):
        bank = self.server.add_party("Bank", "bank")
        self.assertEqual(self.server.post_events(equipment_event(1), bank).status, 403)

    def test_ten_thousand_events_and_not_one_more(self):
        good = self.server.post_events([equipment_event(40000 + i, "BIGU0000001") for i in range(10000)], self.line, timeout=120)
        self.assertEqual((good.status, good.json["accepted"]), (200, 10000))
        more = self.server.post_events([equipment_event(60000 + i) for i in range(10001)], self.line, timeout=120)
        self.assertEqual(more.status, 413, more)

    @unittest.skipUnless(CORPORA.exists(), "no ../shared/corpora beside the project")
    def test_the_public_samples_can_be_tracked(self):
        for name, references in (("edifact/D95BCOARRI.edi", ["FCIU9908030", "9000157890"]), ("edifact/D95BBAPLIE.edi", ["OOLU4293959"]),
                                 ("edifact/d00b_iftsta.edi", ["TRHU4561222", "ABCD224O4023815X", "24O4023815"]),
                                 ("dcsa/tnt-220-response.json", ["APZU4812090"])):
            answer = self.server.request("POST", "/v1/messages", (CORPORA / name).read_bytes(), self.line)
            self.assertIn(answer.status, (200, 207), (name, answer))
            for reference in references:
                journey = self.server.journey(reference, self.line)
                self.assertEqual(journey.status, 200, (name, reference, journey))
                self.assertTrue(journey.json["events"], (name, reference))
                self.assertIn("source", journey.json["events"][0])


class Streams(Served):
    def test_live_events_arrive_and_resume_without_loss_or_repeat(self):
        stream = self.server.stream(self.line)
        self.server.post_events([equipment_event(i, "STRU0000001") for i in range(10)], self.line)
        first = stream.take(4)
        stream.close()
        self.server.post_events([equipment_event(100 + i, "STRU0000001") for i in range(10)], self.line)
        resumed = self.server.stream(self.line, after=first[-1][0])
        self.server.post_events([equipment_event(200 + i, "STRU0000001") for i in range(10)], self.line)
        rest = resumed.take(26)
        resumed.close()
        ids = [event["eventID"] for _, event in first + rest]
        self.assertEqual(ids, [equipment_event(n)["eventID"] for n in [*range(10), *range(100, 110), *range(200, 210)]])
        entries = [entry for entry, _ in first + rest]
        self.assertEqual(entries, sorted(set(entries)))
        self.assertEqual(first[0][1]["party"]["name"], "Line")

    def test_a_stranger_hears_nothing(self):
        stranger, owner = self.server.stream(self.rival), self.server.stream(self.line)
        self.server.post_events(equipment_event(500, "PRIV0000001"), self.line)
        own = equipment_event(501, "RIVU0000001")
        self.server.post_events(own, self.rival)
        self.assertEqual(stranger.next()[1]["eventID"], own["eventID"])
        self.assertEqual(owner.next()[1]["eventID"], equipment_event(500)["eventID"])
        stranger.close()
        owner.close()

    def test_a_stream_of_some_references(self):
        stream = self.server.stream(self.port, references=["equipment:ONEU0000001", "booking:BKG00000X"])
        self.server.post_events([equipment_event(600, "TWOU0000001"), equipment_event(601, "ONEU0000001")], self.line)
        self.assertEqual(stream.next()[1]["eventID"], equipment_event(601)["eventID"])
        stream.close()
        many = "&".join(f"reference=booking:B{i}" for i in range(101))
        self.assertEqual(self.server.get("/v1/stream?" + many, self.port).status, 413)

    def test_wrong_position(self):
        self.assertEqual(self.server.get("/v1/stream", self.line, headers={"Last-Event-ID": "soon"}).status, 400)
        self.assertEqual(self.server.get("/v1/stream").status, 401)


class Hostile(Served):
    def raw(self, data, read=True):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as peer:
            try:
                peer.sendall(data)
                return peer.recv(65536) if read else b""
            except (ConnectionResetError, BrokenPipeError):
                return b""

    def test_garbage_leaves_the_server_serving(self):
        for data in (b"\x00" * 4096, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                     b"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20000 + b"\r\n"):
            self.raw(data)
            self.assertEqual(self.server.get("/healthz", fresh=True).status, 200, data[:40])

    def test_hostile_messages(self):
        deep = b"[" * 100000
        bodies = [deep, b"UNB+UNOA:2+A+B'" * 1000, b"UNA" + b"\xff" * 1000, "UNH+1+CODECO:D:95B:UN'BGM+34'".encode(), b"{" + b'"a":' * 5000,
                  b"UNH+1+CODECO:D:95B:UN'" + b"FTX+" + b"x" * 200000 + b"'UNT+2+1'", b"\xef\xbb\xbf{}", b"[]", b"[1,2,3]", b'[{"eventType":null}]',
                  "UNH+1+CODECO:D:95B:UN'EQD+CN+\x00\x01'UNT+3+1'".encode()]
        for body in bodies:
            answer = self.server.request("POST", "/v1/messages", body, self.line)
            self.assertIn(answer.status, (200, 207, 400, 413, 415, 422), (body[:40], answer))
            self.assertIn(b"{", answer.body)
        self.assertEqual(self.server.get("/readyz").status, 200)

    def test_an_enormous_body_is_refused(self):
        head = f"POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.line}\r\nContent-Length: {1 << 40}\r\n\r\n".encode()
        self.assertIn(b" 413 ", self.raw(head + b"x" * 1000))
        self.assertEqual(self.server.get("/healthz", fresh=True).status, 200)

    def test_hostile_references(self):
        for reference in ("%00", "a" * 5000, "equipment:", "nokind:x", "%F0%9F%9A%A2", "../../etc/passwd", "'; drop table entry; --"):
            answer = self.server.get("/v1/journeys/" + reference.replace(" ", "%20"), self.line)
            self.assertIn(answer.status, (400, 404, 414), (reference, answer))

    def test_wrong_charset_is_kept_or_refused_not_mangled(self):
        latin = "UNB+UNOC:3+A+B+261121:0915+L1'UNH+1+IFTSTA:D:00B:UN'BGM+23+X+9'FTX+AAI+++Zürich'UNT+4+1'UNZ+1+L1'".encode("latin-1")
        answer = self.server.request("POST", "/v1/messages", latin, self.line)
        self.assertIn(answer.status, (200, 207, 422), answer)
        exported = self.server.get("/v1/export", self.line).body.decode()
        self.assertIn("Zürich", exported)

    def test_contrl_when_asked(self):
        text = "UNB+UNOA:2+OOL+HIT+261121:0915+C1'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+C1+9'TDT+1++3'NAD+CF+OOL:172:20'EQD+CN+CSQU3054383+45G1:102:5++2+5'DTM+7:202611210913:203'LOC+165+HKHKG:139:6'CNT+16:1'UNT+9+1'UNZ+1+C1'"
        answer = self.server.post_edifact(text, self.line, headers={"Accept": "application/edifact"})
        self.assertEqual(answer.headers["content-type"], "application/edifact")
        self.assertIn(b"CONTRL", answer.body)
        self.assertIn(b"UCI+C1+OOL+HIT+", answer.body)
        broken = self.server.post_edifact(text.replace("UNT+9+1", "UNT+7+1").replace("C1", "C2"), self.line, headers={"Accept": "application/edifact"})
        self.assertIn(b"UCM+", broken.body)
