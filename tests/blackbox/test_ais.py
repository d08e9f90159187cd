"""AIS: feeds that the server follows, files that are sent, and what becomes of them on the journeys of boxes."""
import datetime
import json
import socket
import tempfile
import threading
import time
import unittest
from pathlib import Path

from fairway import CORPORA, Server, command, equipment_event, free_port

MMSI, IMO, BOX = 477123456, 9134270, "MSCU1234566"


class Bits:
    def __init__(self):
        self.bits = ""

    def number(self, value, count):
        self.bits += format(value & ((1 << count) - 1), f"0{count}b")
        return self

    def text(self, text, characters):
        for character in text.ljust(characters, "@"):
            self.number(ord(character) & 63, 6)
        return self

    def sentences(self, unix_s=None, sequence=1):
        fill = -len(self.bits) % 6
        bits = self.bits + "0" * fill
        sixes = [int(bits[i:i + 6], 2) for i in range(0, len(bits), 6)]
        payload = "".join(chr(six + 48 if six < 40 else six + 56) for six in sixes)
        parts = [payload[i:i + 56] for i in range(0, len(payload), 56)]
        tag = "" if unix_s is None else "\\" + checked(f"s:test,c:{unix_s}") + "\\"
        return "".join(f"{tag}!" + checked(f"AIVDM,{len(parts)},{i + 1},{sequence if len(parts) > 1 else ''},A,{part},{fill if i + 1 == len(parts) else 0}") + "\r\n"
                       for i, part in enumerate(parts))


def checked(body):
    total = 0
    for byte in body.encode():
        total ^= byte
    return f"{body}*{total:02X}"


def position(latitude, longitude, unix_s=None, mmsi=MMSI):
    bits = Bits().number(1, 6).number(0, 2).number(mmsi, 30).number(0, 4).number(128, 8).number(123, 10).number(1, 1)
    bits.number(round(longitude * 600000), 28).number(round(latitude * 600000), 27).number(2240, 12).number(215, 9).number(60, 6).number(0, 25)
    return bits.sentences(unix_s)


def voyage(destination, eta, unix_s=None):
    bits = Bits().number(5, 6).number(0, 2).number(MMSI, 30).number(0, 2).number(IMO, 30).text("VRAB7", 7).text("EVER DIADEM", 20)
    bits.number(70, 8).number(0, 30).number(1, 4).number(eta.month, 4).number(eta.day, 5).number(eta.hour, 5).number(eta.minute, 6)
    return bits.number(122, 8).text(destination, 20).number(0, 2).sentences(unix_s)


def way_in(now, without_times=False):
    """A ship tells its voyage, and comes into Hong Kong from the south."""
    at = (lambda seconds: None) if without_times else (lambda seconds: now - seconds)
    eta = datetime.datetime.fromtimestamp(now + 7200, datetime.timezone.utc)
    return voyage("CNSHA>HK HKG", eta, at(3601)) + position(22.00, 114.125, at(3600)) + position(22.15, 114.125, at(1800)) + position(22.33, 114.125, at(60))


class Receiver:
    """A TCP server that sends what it is given to whoever connects, and can hang up."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.connections, self.accepted = self.socket.getsockname()[1], [], threading.Semaphore(0)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections.append(connection)
            self.accepted.release()

    def send(self, text):
        self.connections[-1].sendall(text.encode())

    def hang_up(self):
        self.connections[-1].close()

    def close(self):
        self.socket.close()
        for connection in self.connections:
            connection.close()


def wait_for(what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def box_on_the_ship(now):
    """A box that is to be discharged from the ship in Hong Kong tomorrow."""
    at = datetime.datetime.fromtimestamp(now + 86400, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    call = {"transportCallReference": "TC1", "modeOfTransport": "VESSEL", "UNLocationCode": "HKHKG", "vessel": {"vesselIMONumber": str(IMO), "vesselName": "EVER DIADEM"}}
    return equipment_event(1, BOX, "DISC", at, eventClassifierCode="EST", transportCall=call)


class Feeds(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.store = f"rocksdb:{self.folder.name}/store"
        self.port = command("admin", "party", "add", "Port", "--role", "operator", "--store", self.store, check=0).stdout.strip()
        self.watch = command("admin", "party", "add", "Watch", "--role", "operator", "--id", "SMDG:WATCH", "--store", self.store, check=0).stdout.strip()

    def serve(self, *sources):
        options = [part for source in sources for part in ("--ais", source)] + ["--ais-party", "SMDG:WATCH"]
        server = Server(store=self.store, options=options).start()
        self.addCleanup(server.close)
        return server

    def calls(self, server, key):
        answer = server.journey(BOX, key)
        if answer.status != 200:
            return {}
        return {event["reason"]: event for event in answer.json["events"] if event.get("reason") in ("port-area", "voyage-data")}

    def test_a_ships_arrival_is_on_the_journey_of_a_box_on_it(self):
        receiver, now = Receiver(), int(time.time())
        self.addCleanup(receiver.close)
        server = self.serve(f"tcp:127.0.0.1:{receiver.port}")
        self.assertEqual(server.post_events([box_on_the_ship(now)], self.port).status, 200)
        self.assertTrue(receiver.accepted.acquire(timeout=10))
        receiver.send("# a comment\r\n!AIVDM,garbage*00\r\n" + way_in(now))
        calls = wait_for(lambda: len(self.calls(server, self.port)) == 2 and self.calls(server, self.port))
        for reason, event in calls.items():
            self.assertEqual((event["milestone"], event["classifier"], event["place"]["UNLocationCode"]), ("arrived", "estimated", "HKHKG"), reason)
            self.assertIn({"kind": "vessel", "value": str(IMO)}, [{k: r[k] for k in ("kind", "value")} for r in event["references"]])
        self.assertEqual(calls["voyage-data"]["remark"], "CNSHA>HK HKG")

    def test_a_feed_that_ends_is_taken_up_again(self):
        receiver, now = Receiver(), int(time.time())
        self.addCleanup(receiver.close)
        server = self.serve(f"tcp:127.0.0.1:{receiver.port}")
        server.post_events([box_on_the_ship(now)], self.port)
        sentences = way_in(now).splitlines(keepends=True)
        self.assertTrue(receiver.accepted.acquire(timeout=10))
        receiver.send("".join(sentences[:3]))
        receiver.hang_up()
        self.assertTrue(receiver.accepted.acquire(timeout=10))
        receiver.send("".join(sentences[3:]))
        wait_for(lambda: len(self.calls(server, self.port)) == 2)
        figures = server.get("/metrics").body.decode()
        self.assertIn(f'fairway_ais_feed{{figure="failures",source="tcp:127.0.0.1:{receiver.port}"}} 1', figures)
        self.assertIn(f'fairway_ais_feed{{figure="connected",source="tcp:127.0.0.1:{receiver.port}"}} 1', figures)

    def test_a_file_and_datagrams(self):
        now, port = int(time.time()), free_port()
        file = Path(self.folder.name, "heard.aivdm")
        file.write_text(way_in(now))
        server = self.serve(f"file:{file}", f"udp:127.0.0.1:{port}")
        server.post_events([box_on_the_ship(now)], self.port)
        wait_for(lambda: len(self.calls(server, self.port)) == 2)
        other = 477999888
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            def located():
                sender.sendto(position(10.0, 130.0, mmsi=other).rstrip().encode(), ("127.0.0.1", port))
                answer = server.journey(f"vessel_mmsi:{other}", self.port)
                return answer.status == 200 and [event for event in answer.json["events"] if event["milestone"] == "located"]
            events = wait_for(located)
        self.assertEqual(len(events), 1, "the same position again is none")
        self.assertEqual((events[0]["place"]["latitude"], events[0]["place"]["longitude"]), (10.0, 130.0))

    def test_a_server_stops_while_nothing_comes(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        server = self.serve(f"tcp:127.0.0.1:{receiver.port}", "tcp:127.0.0.1:1", f"udp:127.0.0.1:{free_port()}")
        time.sleep(0.5)
        status, seconds = server.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 5)

    def test_options_that_cannot_be(self):
        for options in (["--ais", "tcp:127.0.0.1:1"], ["--ais", "ftp:x", "--ais-party", "SMDG:WATCH"], ["--ais", "tcp:nowhere", "--ais-party", "SMDG:WATCH"],
                        ["--ais", "udp:0", "--ais-party", "SMDG:WATCH"], ["--ais", "udp:10110", "--ais-party", "SMDG:NOBODY"]):
            done = command("serve", "--store", self.store, "--listen", f"127.0.0.1:{free_port()}", *options)
            self.assertEqual(done.returncode, 2, options)
            self.assertTrue(done.stderr, options)


class Files(unittest.TestCase):
    def test_ingest(self):
        now = int(time.time())
        with tempfile.TemporaryDirectory() as folder, Server() as server:
            key = server.add_party("Port", "operator")
            server.post_events([box_on_the_ship(now)], key)
            file = Path(folder, "heard.aivdm")
            file.write_text(way_in(now))
            env = {"FAIRWAY_URL": server.url, "FAIRWAY_KEY": key}
            self.assertIn("4 accepted", command("ingest", file, env=env, check=0).stdout)
            self.assertIn("4 repeated", command("ingest", file, env=env, check=0).stdout)
            reasons = [event.get("reason") for event in server.journey(BOX, key).json["events"]]
            self.assertEqual(sorted(reason for reason in reasons if reason), ["port-area", "voyage-data"])
            file.write_text(way_in(now, without_times=True))
            self.assertIn("4 accepted", command("ingest", file, env=env, check=0).stdout)

    @unittest.skipUnless(CORPORA.exists(), "no ../shared/corpora beside the project")
    def test_decode_the_public_sample(self):
        sample = CORPORA / "ais" / "sample.aivdm"
        raw = [json.loads(line) for line in command("decode", "--raw", sample, check=0).stdout.splitlines()]
        expected = [json.loads(line) for line in (CORPORA / "ais" / "sample.aivdm.js.chk").read_text().splitlines() if line]
        self.assertEqual(raw, expected)
        done = command("decode", sample)
        self.assertEqual(done.returncode, 1, "it has a sentence without its mark")
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual({message["format"] for message in messages}, {"AIS"})
        self.assertEqual([m["diagnostics"][0]["code"] for m in messages if not m["ok"]], ["ais.sentence"])


if __name__ == "__main__":
    unittest.main()
