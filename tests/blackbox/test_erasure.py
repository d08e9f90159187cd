"""Erasing an entry: gone from every answer, every file and every guess; everything else stands."""
import http.client
import json
import os
import threading
import time
import unittest
from pathlib import Path

from fairway import Cluster, Server, command, equipment_event, until

BOX, OTHER = "MSCU6639870", "MSCU1234566"
GATE = ("UNB+UNOA:2+HIT+OOL+261121:0915+R1'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE1+9'TDT+20+001E+1++COS:172:20+++9321483:146:11:HOPE'"
        f"NAD+CF+OOL:160:20'EQD+CN+{BOX}+22G1:102:5++2+5'DTM+7:202611210900:203'LOC+165+HKHKG:139:6+HIT:TER:ZZZ'CNT+16:1'UNT+9+1'UNZ+1+R1'")


def files_with(folder, text):
    return [str(file.relative_to(folder)) for file in Path(folder).rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


class Erasing(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.port = self.server.add_party("Port", "operator")
        self.line = self.server.add_party("Line", "carrier", "SMDG:OOL")

    def erase(self, entry, key=None, **more):
        wish = {"entry": entry, "authority": "Art. 17 GDPR", "reason": "no longer needed", **more}
        return self.server.request("POST", "/v1/erasures", json.dumps(wish), key or self.port)

    def erased(self, entry):
        """Once the entry is in the tree."""
        answer = until(self, lambda: next((a for a in [self.erase(entry)] if a.status != 503), None), 30)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def entries(self):
        lines = map(json.loads, self.export())
        return {line["entry"]["position"]: line["entry"] for line in lines if "entry" in line}

    def export(self):
        """Every line of the store: with the server away, since a folder has one owner."""
        self.server.stop()
        done = command("export", "--store", self.server.store, check=0)
        self.server.start()
        return done.stdout.splitlines()

    def send(self, number, box):
        answer = self.server.post_events([equipment_event(number, box)], self.line)
        self.assertEqual(answer.status, 200, answer)

    def test_an_erased_event_is_gone_and_the_others_stand(self):
        for number, box in ((1, OTHER), (2, BOX), (3, OTHER)):
            self.send(number, box)
        entry = next(position for position, kept in self.entries().items() if kept["kind"] == "event" and BOX in kept["body"])
        self.assertTrue(files_with(self.server.own_folder, BOX), "it is to be found before")
        self.assertEqual(self.server.journey(BOX, self.line).status, 200)
        stream = self.server.stream(self.line, after=entry - 1)
        self.addCleanup(stream.close)
        self.assertEqual(stream.next()[0], entry)
        until(self, lambda: self.server.get(f"/v1/entries/{entry}/proof", self.port).status == 200, 30)

        told = self.erased(entry)
        self.assertEqual([one["entry"] for one in told["erased"]], [entry])
        self.assertTrue(told["purged"], told)
        self.assertEqual(files_with(self.server.own_folder, BOX), [])
        self.assertEqual(self.server.journey(BOX, self.line).status, 404)
        self.assertEqual(self.server.journey(OTHER, self.line).status, 200)
        again = self.server.stream(self.line, after=entry - 1)
        self.addCleanup(again.close)
        self.assertGreater(again.next()[0], entry, "a cursor over it goes on behind it")
        for neighbour in (entry - 1, entry, entry + 1):
            self.assertEqual(self.server.get(f"/v1/entries/{neighbour}/proof", self.port).status, 200, neighbour)
        tombstone = self.server.get("/v1/erasures", self.port).json["erasures"][0]
        self.assertEqual((tombstone["entry"], tombstone["authority"], tombstone["kind"], tombstone["purged"]), (entry, "Art. 17 GDPR", "event", True))
        left = self.export()
        self.assertFalse([line for line in left if BOX in line])
        self.assertEqual(files_with(self.server.own_folder, BOX), [], "after a restart, too")
        kept = next(json.loads(line)["entry"] for line in left if f'"position":{entry},"kind"' in line)
        self.assertEqual((kept["kind"], kept["party"]), ("erased", ""))
        # What was sent is no repeat any more: it may come again.
        self.send(2, BOX)
        self.assertEqual(self.server.journey(BOX, self.line).status, 200)

    def test_a_message_goes_with_its_events(self):
        answer = self.server.post_edifact(GATE, self.line)
        self.assertEqual(answer.status, 200, answer)
        entries = self.entries()
        message = next(position for position, kept in entries.items() if kept["kind"] == "message")
        events = [position for position, kept in entries.items() if kept["kind"] == "event"]
        alone = self.erased(events[0])
        self.assertEqual(alone["stillIn"], [message])
        self.assertTrue(files_with(self.server.own_folder, BOX), "the message's text still has it")
        told = self.erased(message)
        self.assertIn(message, [one["entry"] for one in told["erased"]])
        self.assertEqual(self.server.journey(BOX, self.line).status, 404)
        self.assertFalse([line for line in self.export() if BOX in line])
        self.assertEqual(files_with(self.server.own_folder, BOX), [])

    def test_only_the_operator_erases(self):
        self.send(1, BOX)
        self.assertEqual(self.erase(4, self.line).status, 403)
        self.assertEqual(self.server.get("/v1/erasures", self.line).status, 403)
        self.assertEqual(self.server.request("POST", "/v1/erasures", "{}", self.port).status, 400)
        self.assertEqual(self.erase(1).status, 400, "a party is no such entry")
        self.assertEqual(self.erase(999).status, 404)

    def test_the_command_asks_the_server_or_works_on_the_store(self):
        for number in (1, 2):
            self.send(number, BOX)
        entries = [position for position, kept in self.entries().items() if kept["kind"] == "event"]
        words = ("--authority", "court order 7/26", "--reason", "sealed", "--store", self.server.store)
        first = until(self, lambda: next((d for d in [command("admin", "erase", entries[0], *words)] if d.returncode == 0), None), 30)
        self.assertTrue(json.loads(first.stdout)["purged"])
        time.sleep(1)
        self.server.stop()
        second = json.loads(command("admin", "erase", entries[1], *words, check=0).stdout)
        self.assertTrue(second["purged"])
        self.assertEqual(files_with(self.server.own_folder, BOX), [])
        listed = command("admin", "erasures", "--store", self.server.store, check=0).stdout.splitlines()
        self.assertEqual([json.loads(line)["entry"] for line in listed], [entries[1], entries[0]])
        self.assertEqual(command("admin", "erase", entries[1], *words).returncode, 1, "it is erased already")

    def test_killed_in_the_middle_it_is_all_or_nothing(self):
        for number in range(1, 13):
            self.send(number, BOX if number % 2 else OTHER)
        boxes = [position for position, kept in self.entries().items() if kept["kind"] == "event" and BOX in kept["body"]]
        until(self, lambda: self.server.get(f"/v1/entries/{boxes[-1]}/proof", self.port).status == 200, 30)
        for turn, entry in enumerate(boxes):
            def ask(entry=entry):
                try:
                    self.erase(entry)
                except (OSError, http.client.HTTPException):  # the server goes away under it
                    pass
            asking = threading.Thread(target=ask)
            asking.start()
            time.sleep(0.004 * turn)
            self.server.kill()
            asking.join()
            self.server.start()
            entries = self.entries()
            stones = [json.loads(kept["body"])["entry"] for kept in entries.values() if kept["kind"] == "erasure"]
            gone = entries[entry]["kind"] == "erased"
            self.assertEqual(gone, entry in stones)
            self.assertEqual(gone, BOX not in entries[entry]["body"])
            if not gone:
                self.erased(entry)
        self.assertEqual(self.server.journey(BOX, self.line).status, 404)
        # What a kill kept from being purged is purged at the start.
        until(self, lambda: all(one["purged"] for one in self.server.get("/v1/erasures", self.port).json["erasures"]), 30)
        until(self, lambda: not files_with(self.server.own_folder, BOX), 30, lambda: files_with(self.server.own_folder, BOX))
        self.assertEqual(self.server.journey(OTHER, self.line).status, 200)


@unittest.skipUnless(os.environ.get("FAIRWAY_TEST_POSTGRES"), "no PostgreSQL 15 on this machine")
class Servers(unittest.TestCase):
    def test_a_second_server_sees_it(self):
        port = int(os.environ["FAIRWAY_TEST_POSTGRES"].split(":")[-1].split("/")[0])
        url = Cluster(os.environ["FAIRWAY_TEST_POSTGRES_DIR"], port).fresh_database("erasure")
        servers = [Server(store=url).start() for _ in range(2)]
        for one in servers:
            self.addCleanup(one.close)
        port_key, line = servers[0].add_party("Port", "operator"), servers[0].add_party("Line", "carrier")
        for number, box in ((1, OTHER), (2, BOX)):
            self.assertEqual(servers[0].post_events([equipment_event(number, box)], line).status, 200)
        until(self, lambda: servers[1].journey(BOX, line).status == 200, 10)
        lines = [json.loads(one) for one in command("export", "--store", url, check=0).stdout.splitlines()]
        entry = next(one["entry"]["position"] for one in lines if "entry" in one and BOX in one["entry"]["body"])
        # By the server that does not give the positions.
        follower = next(one for one in servers if not one.get("/readyz", fresh=True).json.get("sequencer"))
        wish = json.dumps({"entry": entry, "authority": "a", "reason": "r"})
        answer = follower.request("POST", "/v1/erasures", wish, port_key)
        self.assertEqual(answer.status, 201, answer)
        for one in servers:
            until(self, lambda one=one: one.journey(BOX, line).status == 404, 10)
            self.assertEqual(one.journey(OTHER, line).status, 200)
        self.assertNotIn(BOX, command("export", "--store", url, check=0).stdout)


if __name__ == "__main__":
    unittest.main()
