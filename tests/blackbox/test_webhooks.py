"""Webhooks: signed, in order, until they have arrived; dead letters and replay; nothing that the party may not see; kill -9 on the way."""
import hashlib
import hmac
import http.server
import json
import os
import shutil
import tempfile
import threading
import time
import unittest
from collections import Counter

from fairway import Cluster, Server, equipment_event, until

FAST = ("--callbacks-to-private", "--callback-attempts", "3", "--callback-pause", "0.1")


class Receiver:
    """A real HTTP server that keeps what it is sent; `answers` gives the status of each request, a number of seconds to stay silent, or a byte drip."""

    def __init__(self, answers=None):
        self.letters, self.lock, self.answers = [], threading.Lock(), answers or (lambda letter: 200)
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                letter = {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body, "at": time.monotonic()}
                answer = receiver.answers(letter)
                letter["answer"] = answer
                with receiver.lock:
                    receiver.letters.append(letter)
                if callable(answer):
                    return answer(self)
                self.send_response(answer)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/hook?of=tests"

    def bodies(self, taken=None):
        with self.lock:
            return [json.loads(letter["body"]) for letter in self.letters if taken is None or letter["answer"] == taken]

    def wait(self, count, seconds=60, taken=200):
        end = time.monotonic() + seconds
        while len(self.bodies(taken)) < count and time.monotonic() < end:
            time.sleep(0.02)
        return self.bodies(taken)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def numbers(bodies):
    return [int(body["event"]["eventID"][-12:]) for body in bodies if body["type"] == "event"]


def proves(letter, secret):
    """Checked as docs/howto/receive-webhooks.md says, and not with any code of ours."""
    parts = [part.split("=", 1) for part in letter["headers"]["fairway-signature"].split(",")]
    moment = dict(parts)["t"]
    assert abs(time.time() - int(moment)) < 60
    wanted = hmac.new(secret.encode(), moment.encode() + b"." + letter["body"], hashlib.sha256).hexdigest()
    return any(name == "v1" and hmac.compare_digest(value, wanted) for name, value in parts)


class Webhooks(unittest.TestCase):
    def setUp(self):
        self.server = Server(options=FAST).start()
        self.addCleanup(self.server.close)
        self.line = self.server.add_party("Line", "carrier", "SMDG:LIN")
        self.receivers = []

    def receiver(self, answers=None):
        made = Receiver(answers)
        self.addCleanup(made.close)
        return made

    def ask(self, method, path, body=None, key=None):
        return self.server.request(method, path, None if body is None else json.dumps(body), key or self.line)

    def hook(self, receiver, key=None, **more):
        made = self.ask("POST", "/v1/webhooks", {"url": receiver.url, **more}, key)
        self.assertEqual(made.status, 201, made)
        return made.json

    def send(self, first, count=1, key=None, **more):
        sent = self.server.post_events([equipment_event(n, **more) for n in range(first, first + count)], key or self.line)
        self.assertEqual(sent.status, 200, sent)

    def test_signed_and_in_order(self):
        receiver = self.receiver()
        self.send(1, 5)  # before there is a webhook
        hook = self.hook(receiver, label="gate")
        self.assertTrue(hook["secret"].startswith("whsec_"))
        self.send(10, 60)
        self.assertEqual(numbers(receiver.wait(60)), list(range(10, 70)))
        letter = receiver.letters[0]
        body = json.loads(letter["body"])
        self.assertEqual(letter["path"], "/hook?of=tests")
        self.assertTrue(proves(letter, hook["secret"]))
        self.assertFalse(proves(letter, "whsec_another"))
        self.assertEqual(letter["headers"]["fairway-delivery"], body["delivery"])
        self.assertEqual(letter["headers"]["idempotency-key"], body["delivery"])
        self.assertEqual((body["webhook"], body["event"]["party"]["name"]), (hook["id"], "Line"))
        self.assertEqual(len({json.loads(one["body"])["delivery"] for one in receiver.letters}), 60)
        until(self, lambda: self.ask("GET", "/v1/webhooks/" + hook["id"]).json["delivered"] == 60)
        shown = self.ask("GET", "/v1/webhooks/" + hook["id"]).json
        self.assertNotIn("secret", shown)
        self.assertEqual([one["id"] for one in self.ask("GET", "/v1/webhooks").json["webhooks"]], [hook["id"]])
        self.assertEqual(len(self.ask("GET", f"/v1/webhooks/{hook['id']}/deliveries?state=delivered").json["deliveries"]), 50)
        self.assertNotIn(hook["secret"].encode(), self.ask("GET", "/v1/export").body)
        self.assertIn(b'"kind":"callback"', self.ask("GET", "/v1/export").body)
        self.assertIn('outcome="delivered"', self.server.get("/metrics").body.decode())

    def test_from_an_earlier_entry(self):
        receiver = self.receiver()
        self.send(1, 300)
        self.hook(receiver, after=0)
        self.assertEqual(numbers(receiver.wait(300)), list(range(1, 301)))

    def test_filter(self):
        receiver = self.receiver()
        self.hook(receiver, filter={"references": ["equipment:MSCU1111119"], "milestones": ["gate_out"]})
        self.send(1, container="MSCU1111119")
        self.send(2, container="MSCU2222228", code="GTOT")
        self.send(3, container="MSCU1111119", code="GTOT")
        self.send(4, container="MSCU1111119", code="GTOT")
        self.assertEqual(numbers(receiver.wait(2)), [3, 4])

    def test_again_after_an_error_and_a_silence(self):
        tries = Counter()

        def answers(letter):
            number = numbers([json.loads(letter["body"])])[0]
            tries[number] += 1
            if number == 2 and tries[2] == 1:
                return 500
            if number == 3 and tries[3] == 1:
                return lambda handler: handler.connection.close()
            return 200

        receiver = self.receiver(answers)
        self.hook(receiver)
        self.send(1, 5)
        self.assertEqual(numbers(receiver.wait(5)), [1, 2, 3, 4, 5])
        ids = [(numbers([json.loads(one["body"])])[0], one["headers"]["fairway-delivery"]) for one in receiver.letters]
        self.assertEqual((tries[2], tries[3], len(set(ids))), (2, 2, 5), "a letter that is sent again has the same id")

    def test_a_slow_receiver_holds_up_nobody_else(self):
        gone = threading.Event()
        self.addCleanup(gone.set)
        slow = [self.receiver(lambda letter: lambda handler: gone.wait(60)) for _ in range(12)]
        rival = self.server.add_party("Rival", "operator")
        for one in slow:
            self.hook(one, rival)
        good = self.receiver()
        self.hook(good)
        began = time.monotonic()
        self.send(1, 20)
        self.assertEqual(numbers(good.wait(20, seconds=45)), list(range(1, 21)))
        first = time.monotonic() - began
        self.assertLess(first, 5, "twelve that nobody knew to be silent")
        began = time.monotonic()
        self.send(100, 20)  # by now it is known who is slow
        self.assertEqual(numbers(good.wait(40, seconds=20)), list(range(1, 21)) + list(range(100, 120)))
        print(f"(beside twelve silent receivers 20 letters took {first:.1f} s, and the next 20 {time.monotonic() - began:.1f} s)", flush=True)
        status, seconds = self.server.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 6)

    def test_an_answer_that_drips_ends(self):
        gone = threading.Event()
        self.addCleanup(gone.set)

        def drip(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            while not gone.wait(0.5):
                handler.wfile.write(b"x" * 10000)
                handler.wfile.flush()

        receiver = self.receiver(lambda letter: drip)
        hook = self.hook(receiver)
        self.send(1)
        found = until(self, lambda: self.ask("GET", f"/v1/webhooks/{hook['id']}/deliveries?state=waiting").json["deliveries"], 30)
        self.assertIn("too", found[0]["error"])

    def test_dead_letters_and_replay(self):
        well = threading.Event()
        receiver = self.receiver(lambda letter: 200 if well.is_set() or numbers([json.loads(letter["body"])])[0] > 3 else 503)
        hook = self.hook(receiver)
        dead = f"/v1/webhooks/{hook['id']}/deliveries"
        self.send(1, 4)
        self.assertEqual(numbers(receiver.wait(1)), [4], "what cannot be delivered lets the next one go")
        letters = until(self, lambda: [one for one in [self.ask("GET", dead + "?state=dead").json["deliveries"]] if len(one) == 3])[0]
        self.assertEqual([(one["attempts"], one["status"], one["state"]) for one in letters], [(3, 503, "dead")] * 3)
        page = self.ask("GET", dead + "?limit=2").json
        self.assertEqual(len(page["deliveries"]), 2)
        self.assertEqual(self.ask("GET", dead + "?limit=2&cursor=" + page["next"]).json["deliveries"], letters[2:])
        well.set()
        one = self.ask("POST", f"{dead}/{letters[1]['delivery']}/replay")
        self.assertEqual((one.status, one.json), (202, {"replaying": 1}))
        self.assertEqual(numbers(receiver.wait(2)), [4, 2])
        self.assertEqual(receiver.bodies(200)[1]["delivery"], letters[1]["delivery"])
        until(self, lambda: len(self.ask("GET", dead).json["deliveries"]) == 2)
        self.assertEqual(self.ask("POST", f"{dead}/{letters[1]['delivery']}/replay").status, 404)
        self.assertEqual(self.ask("POST", dead + "/replay").json, {"replaying": 2})
        self.assertEqual(numbers(receiver.wait(4)), [4, 2, 1, 3])
        until(self, lambda: not self.ask("GET", dead).json["deliveries"])
        self.send(50)
        self.assertEqual(numbers(receiver.wait(5))[-1], 50)

    def test_rotation(self):
        receiver = self.receiver()
        hook = self.hook(receiver)
        rotated = self.ask("POST", f"/v1/webhooks/{hook['id']}/secret?overlap=3")
        self.assertEqual(rotated.status, 201, rotated)
        fresh = rotated.json["secret"]
        self.assertNotEqual(fresh, hook["secret"])
        time.sleep(0.4)
        self.send(1)
        receiver.wait(1)
        self.assertTrue(proves(receiver.letters[-1], hook["secret"]) and proves(receiver.letters[-1], fresh))
        time.sleep(3)
        self.send(2)
        receiver.wait(2)
        self.assertTrue(proves(receiver.letters[-1], fresh))
        self.assertFalse(proves(receiver.letters[-1], hook["secret"]))

    def test_ping(self):
        receiver = self.receiver()
        hook = self.hook(receiver)
        tested = self.ask("POST", f"/v1/webhooks/{hook['id']}/test").json
        self.assertEqual((tested["delivered"], tested["status"]), (True, 200))
        self.assertEqual(receiver.bodies()[0]["type"], "ping")
        self.assertTrue(proves(receiver.letters[0], hook["secret"]))
        self.ask("PATCH", "/v1/webhooks/" + hook["id"], {"url": "http://127.0.0.1:1/"})
        tested = self.ask("POST", f"/v1/webhooks/{hook['id']}/test").json
        self.assertFalse(tested["delivered"])
        self.assertIn("reached", tested["error"])

    def test_pause_change_delete(self):
        receiver, other = self.receiver(), self.receiver()
        hook = self.hook(receiver)
        path = "/v1/webhooks/" + hook["id"]
        self.assertEqual(self.ask("PATCH", path, {"state": "paused"}).json["state"], "paused")
        time.sleep(0.4)
        self.send(1, 3)
        time.sleep(0.6)
        self.assertEqual(receiver.bodies(), [])
        self.assertEqual(self.ask("PATCH", path, {"state": "active", "url": other.url}).status, 200)
        self.assertEqual(numbers(other.wait(3)), [1, 2, 3], "what came meanwhile waits in the log")
        self.assertEqual(self.ask("DELETE", path).status, 204)
        self.assertEqual(self.ask("GET", path).status, 404)
        time.sleep(0.4)
        self.send(4)
        time.sleep(0.6)
        self.assertEqual(numbers(other.bodies()), [1, 2, 3])
        self.assertEqual(receiver.bodies(), [])

    def test_nobody_is_told_what_it_may_not_see(self):
        shipper, rival = self.server.add_party("Shipper", "shipper", "BR:SHIP1"), self.server.add_party("Rival", "carrier", "SMDG:RIV")
        bank = self.server.add_party("Bank", "bank", "BR:BANK1")
        told = {key: self.receiver() for key in (self.line, shipper, rival, bank)}
        for key, receiver in told.items():
            self.hook(receiver, key)
        named = [{"role": "CN", "scheme": "BR", "code": "SHIP1"}]
        event = equipment_event(1, parties=named + [{"role": "CZ", "scheme": "BR", "code": "SECRETMARK"}], declaredValue="VALUEMARK")
        self.assertEqual(self.server.post_events([event, equipment_event(2, "MSCU7777779")], self.line).status, 200)
        self.send(9, key=rival, container="RIVU0000001")
        self.send(8, key=shipper, container="SHIU0000001")
        self.assertEqual(numbers(told[self.line].wait(2)), [1, 2])
        self.assertEqual(numbers(told[shipper].wait(2)), [1, 8])
        self.assertEqual(numbers(told[rival].wait(1)), [9])
        time.sleep(0.5)
        self.assertEqual([len(told[key].bodies()) for key in (self.line, shipper, rival, bank)], [2, 2, 1, 0])
        # The same text as GET /v1/stream shows each.
        for key in (self.line, shipper):
            stream = self.server.stream(key, after=0)
            self.assertEqual([event for _, event in stream.take(2)], [body["event"] for body in told[key].bodies()])
            stream.close()
        reads = until(self, lambda: self.ask("GET", "/v1/access-log").json["reads"])
        self.assertEqual({one["reader"]["name"] for one in reads if one["channel"] == "callback"}, {"Shipper"})

    def test_rights_and_errors(self):
        receiver = self.receiver()
        hook = self.hook(receiver)
        reader = self.ask("POST", "/v1/keys", {"scopes": ["read"]}).json["key"]
        manager = self.ask("POST", "/v1/keys", {"scopes": ["manage"]}).json["key"]
        other = self.server.add_party("Other", "carrier", "SMDG:OTH")
        self.assertEqual(self.ask("GET", "/v1/webhooks", key=reader).status, 403)
        self.assertEqual(self.ask("POST", "/v1/webhooks", {"url": receiver.url}, manager).status, 403)
        for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test"), ("GET", "/deliveries"),
                             ("POST", "/deliveries/replay")):
            answer = self.ask(method, f"/v1/webhooks/{hook['id']}{path}", {} if method == "PATCH" else None, other)
            self.assertEqual((answer.status, answer.headers["content-type"]), (404, "application/problem+json"), (method, path))
        for body in ({}, {"url": "ftp://x/"}, {"url": "http://u:p@x/"}, {"url": "http://x/#f"}, {"url": 7}, {"url": "http://"}, {"url": "http://x/", "filter": 1},
                     {"url": "http://x/", "filter": {"milestones": ["no"]}}, {"url": "http://x/", "filter": {"colour": ["red"]}},
                     {"url": "http://x/", "secret": "mine"}, {"url": "http://x/", "after": -1}, {"url": "http://x/ y"}, []):
            answer = self.ask("POST", "/v1/webhooks", body)
            self.assertEqual(answer.status, 400, body)
        self.assertEqual(self.ask("POST", "/v1/webhooks", {"url": "http://x/" + "y" * 3000}).status, 413)
        self.assertEqual(self.ask("PATCH", "/v1/webhooks/" + hook["id"], {"state": "asleep"}).status, 400)
        for _ in range(49):
            self.assertEqual(self.ask("POST", "/v1/webhooks", {"url": receiver.url}).status, 201)
        self.assertEqual(self.ask("POST", "/v1/webhooks", {"url": receiver.url}).status, 413)


class Private(unittest.TestCase):
    def test_private_addresses_are_refused(self):
        with Server(options=("--callback-attempts", "1")) as server:
            key = server.add_party("Line", "carrier")
            for url in ("https://127.0.0.1/x", "https://10.0.0.1/", "https://[::1]:8443/", "https://169.254.169.254/latest", "http://example.com/"):
                self.assertEqual(server.request("POST", "/v1/webhooks", json.dumps({"url": url}), key).status, 400, url)
            made = server.request("POST", "/v1/webhooks", json.dumps({"url": "https://localhost:9/"}), key)  # a name may lead anywhere
            self.assertEqual(made.status, 201, made)
            tested = server.request("POST", f"/v1/webhooks/{made.json['id']}/test", None, key).json
            self.assertFalse(tested["delivered"])
            self.assertIn("not on the open internet", tested["error"])
            server.post_events([equipment_event(1)], key)
            dead = until(self, lambda: server.get(f"/v1/webhooks/{made.json['id']}/deliveries", key).json["deliveries"])
            self.assertIn("not on the open internet", dead[0]["error"])


class Kill(unittest.TestCase):
    def test_nothing_is_lost(self):
        server, receiver = Server(options=FAST), Receiver()
        self.addCleanup(server.close)
        self.addCleanup(receiver.close)
        server.start()
        key = server.add_party("Line", "carrier")
        made = server.request("POST", "/v1/webhooks", json.dumps({"url": receiver.url}), key)
        self.assertEqual(made.status, 201)
        sent = 0
        for round_number in range(8):
            for _ in range(4):
                self.assertEqual(server.post_events([equipment_event(n) for n in range(sent, sent + 25)], key).status, 200)
                sent += 25
            receiver.wait(sent - 80 + 10 * round_number)
            server.kill()
            server.start()
        end = time.monotonic() + 30
        while len(set(numbers(receiver.bodies()))) < sent and time.monotonic() < end:
            time.sleep(0.05)
        told = numbers(receiver.bodies())
        firsts = list(dict.fromkeys(told))
        self.assertEqual(firsts, list(range(sent)), "each of them, in order")
        ids = {}
        for body in receiver.bodies():
            ids.setdefault(numbers([body])[0], set()).add(body["delivery"])
        self.assertEqual({len(one) for one in ids.values()}, {1})
        self.assertLessEqual(len(told) - sent, 8, "a crash repeats at most the one that was on its way")
        print(f"({sent} events over 8 kills, {len(told) - sent} repeated)", flush=True)


@unittest.skipUnless(os.environ.get("FAIRWAY_TEST_POSTGRES"), "no PostgreSQL 15 on this machine")
class Servers(unittest.TestCase):
    def test_another_server_goes_on(self):
        port = int(os.environ["FAIRWAY_TEST_POSTGRES"].split(":")[-1].split("/")[0])
        url = Cluster(os.environ["FAIRWAY_TEST_POSTGRES_DIR"], port).fresh_database("webhooks")
        folder = tempfile.mkdtemp(prefix="fairway-webhooks-")
        self.addCleanup(shutil.rmtree, folder, True)
        servers = [Server(store=url, options=(*FAST, "--secret-file", f"{folder}/secret")).start() for _ in range(2)]
        receiver = Receiver()
        for one in (*servers, receiver):
            self.addCleanup(one.close)
        key = servers[0].add_party("Line", "carrier")
        self.assertEqual(servers[1].request("POST", "/v1/webhooks", json.dumps({"url": receiver.url}), key).status, 201)
        sent = 0
        for _ in range(3):
            holder = until(self, lambda: [one for one in servers if one.get("/readyz", fresh=True).json.get("sequencer")])[0]
            other = servers[1 - servers.index(holder)]
            self.assertEqual(other.post_events([equipment_event(n) for n in range(sent, sent + 40)], key).status, 200)
            sent += 40
            receiver.wait(sent - 20)
            holder.kill()
            firsts = until(self, lambda: [told for told in [list(dict.fromkeys(numbers(receiver.bodies())))] if len(told) == sent], 30)[0]
            self.assertEqual(firsts, list(range(sent)))
            holder.start()
        told = receiver.bodies()
        self.assertEqual(len({(numbers([body])[0], body["delivery"]) for body in told}), sent)
        self.assertLessEqual(len(told) - sent, 6)


if __name__ == "__main__":
    unittest.main()
