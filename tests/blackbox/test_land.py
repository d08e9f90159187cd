"""Land transport and sensors: JSON, sheets and MQTT, as a firm with nothing else sends them."""
import io
import json
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

from fairway import ROOT, Served, Server, command, equipment_event, free_port
from test_failing import SmallDisk

SCHEMAS = ROOT / "openapi" / "schemas" / "land"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BROKER = shutil.which("mosquitto") or ("/usr/sbin/mosquitto" if Path("/usr/sbin/mosquitto").exists() else None)

EXAMPLES = [
    {"type": "truck-job", "event": "assigned", "at": "2026-11-22T08:30:00+08:00", "transportOrder": "TO-1", "equipment": "CSQU3054383", "vehicle": "AB1234"},
    {"type": "gate-appointment", "event": "gate-in", "at": "2026-11-22T09:00:00+08:00", "windowEnd": "2026-11-22T10:00:00+08:00", "equipment": "CSQU3054383",
     "unlocode": "HKHKG", "facility": "HIT"},
    {"type": "road-cargo", "at": "2026-11-22T08:30:00+08:00", "roadCargoReference": "RC00000001", "controlPoint": "shenzhen-bay", "direction": "outbound",
     "expectedAt": "2026-11-22T12:00:00+08:00", "shipperName": "Maker", "consigneeName": "Buyer", "equipment": "CSQU3054383",
     "goodsItems": [{"goods": "toys", "packages": 3, "packageType": "carton", "grossKg": 30.5}]},
    {"type": "bundling", "at": "2026-11-22T09:30:00+08:00", "roadCargoReference": "RC00000001", "vehicle": "AB1234", "direction": "outbound"},
    {"type": "crossing", "event": "crossed", "at": "2026-11-22T12:05:00+08:00", "controlPoint": "Shenzhen Bay", "vehicle": "AB1234", "roadCargoReference": "RC00000001"},
    {"type": "e-lock", "event": "arm", "at": "2026-11-22T11:00:00+08:00", "electronicLock": "EL7", "equipment": "CSQU3054383"},
    {"type": "position", "transportOrder": "TO-1", "vehicle": "AB1234",
     "positions": [{"at": "2026-11-22T11:30:00+08:00", "latitude": 22.4, "longitude": 114.0}, {"at": "2026-11-22T11:40:00+08:00", "latitude": 22.5, "longitude": 113.9}]},
    {"type": "rail", "event": "load", "at": "2026-11-23T08:30:00+08:00", "equipment": "CSQU3054383", "wagon": "3185123", "train": "X8401", "unlocode": "CNSNZ"},
    {"type": "barge", "event": "discharge", "at": "2026-11-21T08:30:00+08:00", "equipment": "CSQU3054383", "barge": "SUI GANG 3", "voyage": "112", "unlocode": "HKHKG"},
    {"type": "sensor", "device": "S1", "equipment": "CSQU3054383", "at": "2026-11-22T11:00:00+08:00",
     "readings": [{"kind": "temperature", "value": -18.2, "unit": "CEL"}, {"kind": "door", "value": "closed"}]},
    {"type": "gate-appointment", "event": "refused", "at": "2026-11-22T08:30:00+08:00", "windowBegin": "2026-11-23T09:00:00+08:00",
     "windowEnd": "2026-11-23T10:00:00+08:00", "equipment": "CSQU3054383", "unlocode": "HKHKG", "facility": "HIT", "reason": "no slots left"},
    {"type": "availability", "event": "held", "at": "2026-11-22T08:30:00+08:00", "equipment": "CSQU3054383", "reason": "freight"},
    {"type": "empty-return", "event": "instructed", "at": "2026-11-22T08:30:00+08:00", "equipment": "CSQU3054383", "unlocode": "HKHKG", "facility": "DEPOT"},
    {"type": "outage", "event": "began", "at": "2026-11-22T08:30:00+08:00", "windowEnd": "2026-11-22T12:00:00+08:00", "unlocode": "HKHKG", "facility": "HIT",
     "reason": "appointment system"},
]


def example(number):
    return {"fairwayLand": "1.0", "messageID": f"ex-{number}", **EXAMPLES[number]}


def workbook(rows):
    """A workbook of one sheet with these rows of texts."""
    def cell(text):
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    sheet = "".join("<row>" + "".join(map(cell, row)) + "</row>" for row in rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="Sheet1" r:id="rId1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>')
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
    return out.getvalue()


class Land(Served):
    PARTIES = {"haulier": ("Swift Haulage", "haulier", "BR:12345678"), "shipper": ("Maker", "shipper", "BR:11111111")}

    def send(self, body, content_type, key=None):
        return self.server.request("POST", "/v1/messages", body, key or self.haulier, {"Content-Type": content_type})

    def test_messages_are_taken_in_once_and_seen_on_the_journey(self):
        body = json.dumps([example(n) for n in range(len(EXAMPLES))])
        first = self.send(body, "application/json")
        self.assertEqual(first.status, 200, first.body)
        self.assertEqual((first.json["accepted"], first.json["refused"]), (14, 0), first.body)
        again = self.send(body, "application/vnd.fairway.land+json")
        self.assertEqual(again.status, 200)
        self.assertEqual((again.json["accepted"], again.json["repeated"]), (0, 14), again.body)
        text = self.server.journey("CSQU3054383", self.haulier).body.decode()
        for milestone in ("assigned", "gate_in", "document_submitted", "crossed", "bundled", "lock_armed", "located", "loaded", "discharged", "measured", "door_closed",
                          "appointment_refused", "hold_placed", "return_instructed", "outage_began"):
            self.assertIn(f'"{milestone}"', text)

    def test_the_certificate_shows_refusals_and_outages(self):
        self.send(json.dumps([example(n) for n in range(len(EXAMPLES))]), "application/json")
        answer = self.server.get("/v1/journeys/CSQU3054383/certificate?freeDays=2", self.haulier)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json["format"], "fairway-certificate")
        kinds = {line["kind"] for line in answer.json["timeline"]}
        self.assertLessEqual({"move", "refusal", "hold", "instruction", "outage"}, kinds)
        for line in answer.json["timeline"]:
            self.assertIn({"path": "body/milestone", "value": json.dumps(line["milestone"])}, line["says"])
        self.assertEqual(answer.json["freeTime"][0]["lastDay"], "2026-11-23")  # discharged on the 21st
        self.assertEqual(self.server.get("/v1/journeys/CSQU3054383/certificate?freeDays=x", self.haulier).status, 400)
        self.assertEqual(self.server.get("/v1/journeys/CSQU3054383/certificate", self.shipper).status, 404)

    def test_a_wrong_row_names_its_cell_and_the_right_ones_go_in(self):
        sheet = ("type,messageID,event,at,equipment,barge,unlocode\r\nbarge,s1,load,2026-11-20 08:30,MSCU1234566,SUI GANG 3,CNCAN\r\n"
                 "barge,s2,sink,2026-11-20 09:30,MSCU1234566,SUI GANG 3,CNCAN\r\nbarge,s3,depart,2026-11-20 10:30,MSCU1234566,SUI GANG 3,CNCAN\r\n")
        for content_type, body in (("text/csv", sheet), (XLSX, workbook([line.split(",") for line in sheet.strip().split("\r\n")]))):
            answer = self.send(body, content_type)
            self.assertEqual(answer.status, 207, answer.body)
            text = answer.body.decode()
            self.assertIn('"position":"C3"', text)
            self.assertIn("load, depart, arrive, discharge", text)
        journey = self.server.journey("MSCU1234566", self.haulier)
        self.assertEqual(journey.status, 200)
        self.assertIn('"departed"', journey.body.decode())

    def test_templates_are_there_for_everybody_and_are_read_back(self):
        listed = self.server.get("/v1/templates").json["templates"]
        self.assertEqual(len(listed), 13)
        for template in listed:
            sheet = self.server.get(template["path"])
            self.assertEqual(sheet.status, 200)
            self.assertTrue(sheet.headers["content-type"].startswith("text/csv"))
            self.assertTrue(sheet.body.startswith(b"\xef\xbb\xbftype,messageID,"), sheet.body)
        self.assertEqual(self.server.get("/v1/templates/lorry.csv").status, 404)

    def test_other_encodings_are_refused_with_the_cure(self):
        answer = self.send("type,vehicle\n位置,x\n".encode("big5"), "text/csv")
        self.assertEqual(answer.status, 415)
        self.assertIn("CSV UTF-8", answer.json["hint"])

    def test_the_command_line_knows_the_formats(self):
        done = command("decode", "-", "--raw", stdin=b"type,vehicle,at\nposition,AB 1,now\n", check=0)
        self.assertEqual(json.loads(done.stdout), {"type": "position", "at": "now", "vehicle": ["AB 1"]})
        done = command("decode", "-", stdin=workbook([["type", "vehicle", "at", "latitude", "longitude"], ["position", "AB1", "2026-11-22T08:30:00Z", "1", "2"]]), check=0)
        self.assertEqual(json.loads(done.stdout)["events"][0]["milestone"], "located")

    def test_the_schemas_are_served_and_hold_the_examples(self):
        names = {path.name for path in SCHEMAS.glob("*.json")}
        self.assertEqual(len(names), 15)
        for name in names:
            self.assertEqual(self.server.get(f"/schemas/land/{name}").status, 200, name)
        try:
            from jsonschema import Draft202012Validator
            from referencing import Registry, Resource
        except ImportError:
            self.skipTest("no jsonschema with referencing here")
        resources = [(name, Resource.from_contents(json.loads((SCHEMAS / name).read_text()))) for name in names]
        schema = json.loads((SCHEMAS / "messages.json").read_text())
        validator = Draft202012Validator(schema, registry=Registry().with_resources(resources))
        for n in range(len(EXAMPLES)):
            self.assertEqual([error.message for error in validator.iter_errors(example(n))], [], EXAMPLES[n])
        for broken in ({"type": "lorry"}, {**EXAMPLES[3], "direction": "up"}, {key: value for key, value in EXAMPLES[5].items() if key != "electronicLock"}):
            self.assertTrue(list(validator.iter_errors({"fairwayLand": "1.0", **broken})), broken)


class Thresholds(unittest.TestCase):
    BOX = "equipment:CSQU3054383"
    LIMITS = {"limits": [{"kind": "temperature", "unit": "C", "high": -15, "minutes": 30, "hysteresis": 1}]}

    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.haulier = self.server.add_party("Swift Haulage", "haulier", "BR:12345678")
        self.shipper = self.server.add_party("Maker", "shipper", "BR:11111111")
        self.stranger = self.server.add_party("Rival", "shipper", "BR:22222222")

    def ask(self, method, key, body=None, reference=BOX):
        return self.server.request(method, f"/v1/thresholds/{reference}", json.dumps(body) if body else None, key)

    def measure(self, minute, value, unit="C", device="S1"):
        message = {"fairwayLand": "1.0", "messageID": f"m{device}{minute}", "type": "sensor", "device": device, "equipment": "CSQU3054383", "shipper": "BR:11111111",
                   "at": f"2026-11-22T{8 + minute // 60:02}:{minute % 60:02}:00Z", "kind": "temperature", "value": value, "unit": unit}
        answer = self.server.request("POST", "/v1/messages", json.dumps(message), self.haulier, {"Content-Type": "application/json"})
        self.assertEqual(answer.status, 200, answer.body)

    def excursions(self, key):
        lines = self.server.get("/v1/export", key).body.decode().splitlines()
        return [json.loads(line) for line in lines if '"excursion"' in line and '"readings"' in line]

    def wait_for(self, count, key):
        end = time.monotonic() + 20
        while len(self.excursions(key)) < count:
            self.assertLess(time.monotonic(), end, self.server.log)
            time.sleep(0.1)
        time.sleep(1)
        self.assertEqual(len(self.excursions(key)), count)

    def test_an_excursion_is_told_once_to_those_who_see_the_consignment(self):
        self.measure(0, -18)
        self.assertEqual(self.ask("PUT", self.stranger, self.LIMITS).status, 404, "what one does not see one cannot watch")
        self.assertEqual(self.ask("GET", self.shipper).status, 404)
        self.assertEqual(self.ask("PUT", self.shipper, self.LIMITS).status, 200)
        self.assertEqual(self.ask("GET", self.shipper).json["limits"][0]["high"], -15)
        self.assertEqual(self.ask("GET", self.haulier).status, 404, "another's limits are nobody's business")
        for minute, value, unit in ((10, -10, "C"), (12, -15.5, "C"), (25, 14, "F"), (35, -12, "C")):  # 14 F are −10 C
            self.measure(minute, value, unit)
        time.sleep(1.5)
        self.assertEqual(self.excursions(self.shipper), [], "not as long as the limit bears")
        self.measure(36, -18, device="S2")
        self.measure(41, -11)
        self.measure(50, -11)
        self.wait_for(1, self.shipper)
        found = self.excursions(self.shipper)[0]
        self.assertEqual((found["milestone"], found["occurred"]["instant"]), ("excursion", "2026-11-22T08:41:00Z"))
        self.assertEqual(found["party"]["name"], "Maker")
        self.assertEqual([round(reading["value"], 1) for reading in found["readings"]], [-10, -15.5, -10, -12, -11])
        self.assertEqual(found["readings"][0]["high"], -15)
        self.assertEqual(found["original"]["evidence"], ["mS110", "mS112", "mS125", "mS135", "mS141"])
        self.assertEqual(len(self.excursions(self.haulier)), 1, "who measured sees it")
        self.assertEqual(self.excursions(self.stranger), [])
        self.assertIn('"excursion"', self.server.journey("CSQU3054383", self.shipper).body.decode())

    def test_a_restart_neither_repeats_nor_forgets(self):
        self.measure(0, -18)
        self.assertEqual(self.ask("PUT", self.shipper, self.LIMITS).status, 200)
        self.measure(10, -10)
        time.sleep(1.5)
        self.server.kill()
        self.server.start()
        self.measure(45, -10)
        self.wait_for(1, self.shipper)
        self.server.kill()
        self.server.start()
        self.measure(46, -10)
        self.measure(50, -18)
        self.wait_for(1, self.shipper)
        self.measure(60, -10)
        self.measure(95, -10)
        self.wait_for(2, self.shipper)
        self.assertEqual(self.ask("DELETE", self.shipper).status, 200)
        self.assertEqual(self.ask("DELETE", self.shipper).status, 404)
        self.measure(100, -18)
        self.measure(110, 5)
        self.measure(170, 5)
        self.wait_for(2, self.shipper)

    def test_wrong_limits_are_refused_with_the_reason(self):
        self.measure(0, -18)
        for limits, words in (([], "no limits"), ([{"kind": "temperature", "unit": "C"}], "without low and high"), ([{"kind": "mood", "low": 1}], "not a kind"),
                              ([{"kind": "temperature", "unit": "%", "low": 1}], "not a unit"), ([{"kind": "temperature", "low": 2, "high": 1}], "low is above high"),
                              ([{"kind": "light", "high": 1, "minutes": -1}], "minutes"), ([{"kind": "light", "high": 1}] * 2, "already")):
            answer = self.ask("PUT", self.shipper, {"limits": limits})
            self.assertEqual(answer.status, 400, answer.body)
            self.assertIn(words, answer.body.decode())
        self.assertEqual(self.ask("PUT", self.shipper, self.LIMITS, "lorry:1").status, 400)


@unittest.skipUnless(BROKER, "no mosquitto here")
class Mqtt(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.port = free_port()
        configuration = Path(self.folder) / "broker.conf"
        configuration.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {self.folder}/\nuser root\n")
        self.configuration, self.broker = str(configuration), None
        self.start_broker()
        self.server = Server(options=("--mqtt", f"127.0.0.1:{self.port}", "--mqtt-topic", "sensors/+/readings", "--mqtt-topic", "yard/#=BR:12345678"))
        self.haulier = self.server.start().add_party("Swift Haulage", "haulier", "BR:12345678")
        self.wait_until_connected()

    def tearDown(self):
        self.server.close()
        self.stop_broker()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start_broker(self):
        self.broker = subprocess.Popen([BROKER, "-c", self.configuration], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.fail("the broker did not come up")

    def stop_broker(self):
        if self.broker.poll() is None:
            self.broker.terminate()
            self.broker.wait(10)

    def wait_until_connected(self, times=1):
        end = time.monotonic() + 20
        while self.server.log.count("MQTT: connected") < times:
            self.assertLess(time.monotonic(), end, self.server.log)
            time.sleep(0.05)
        time.sleep(0.5)  # the subscription follows the connection

    def publish(self, topic, message):
        """One QoS 1 message by a client of our own making: CONNECT, PUBLISH, PUBACK."""
        def packet(kind, body):
            length, encoded = len(body), b""
            while True:
                length, digit = divmod(length, 128)
                encoded += bytes([digit | (0x80 if length else 0)])
                if not length:
                    return bytes([kind]) + encoded + body
        def text(value):
            return len(value).to_bytes(2, "big") + value
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
            connection.sendall(packet(0x10, text(b"MQTT") + b"\x04\x02\x00\x3c" + text(b"test-publisher")))
            self.assertEqual(connection.recv(4)[:1], b"\x20")
            connection.sendall(packet(0x32, text(topic.encode()) + b"\x00\x01" + payload))
            self.assertEqual(connection.recv(4)[:1], b"\x40")
            connection.sendall(b"\xe0\x00")

    def reading(self, number, value):
        return {"fairwayLand": "1.0", "messageID": f"r{number}", "type": "sensor", "device": "S9", "equipment": "CSQU3054383",
                "at": f"2026-11-22T08:{number:02}:00Z", "kind": "temperature", "value": value, "unit": "C"}

    def events(self):
        lines = self.server.get("/v1/export", self.haulier).body.decode().splitlines()
        return [json.loads(line) for line in lines if '"measured"' in line]

    def wait_for(self, count):
        end = time.monotonic() + 30
        while len(self.events()) < count:
            self.assertLess(time.monotonic(), end, self.server.log)
            time.sleep(0.1)
        self.assertEqual(len(self.events()), count)

    def test_what_is_published_is_taken_in_once(self):
        self.publish("yard/gate1/cold", self.reading(1, -18))
        self.publish("sensors/BR:12345678/readings", [self.reading(2, -17), self.reading(3, -16)])
        self.publish("sensors/nobody/readings", self.reading(4, -15))
        self.publish("yard/x", b"not JSON")
        self.publish("yard/gate1/cold", self.reading(1, -18))
        self.publish("yard/gate1/cold", self.reading(5, -14))
        self.wait_for(4)
        self.assertIn("is refused", self.server.log)

    def test_nothing_is_lost_over_a_kill_or_a_broker_that_was_away(self):
        self.publish("yard/a", self.reading(1, 1))
        self.wait_for(1)
        self.server.kill()
        for number in range(2, 12):
            self.publish("yard/a", self.reading(number, number))
        self.server.log = ""
        self.server.start()
        self.wait_for(11)
        self.wait_until_connected()
        self.stop_broker()
        time.sleep(0.5)
        self.start_broker()
        self.wait_until_connected(2)
        self.publish("yard/a", self.reading(12, 12))
        self.wait_for(12)

    def test_what_is_published_while_the_server_is_down_waits(self):
        status, seconds = self.server.stop()
        self.assertEqual(status, 0)
        self.assertLess(seconds, 5)
        self.server.log = ""
        self.publish("yard/a", self.reading(1, 1))
        self.server.start()
        self.wait_for(1)
        self.assertEqual(self.events()[0]["readings"][0]["value"], 1)

    def test_a_full_disk_leaves_the_messages_with_the_broker(self):
        disk = SmallDisk(192)
        self.addCleanup(disk.close)
        server = Server(folder=f"{disk.path}/store", options=("--mqtt", f"127.0.0.1:{self.port}", "--mqtt-topic", "yard/#=BR:12345678", "--mqtt-client-id", "small"))
        self.addCleanup(server.close)
        self.server.close()
        self.server = server
        self.haulier = server.start().add_party("Swift Haulage", "haulier", "BR:12345678")
        self.wait_until_connected()
        ballast = Path(disk.path, "ballast")
        ballast.write_bytes(b"\0" * (140 << 20))
        for number in range(0, 400_000, 200):
            batch = [equipment_event(number + i, f"DISK{i % 100:07d}", remark="x" * 500) for i in range(200)]
            if server.post_events(batch, self.haulier).status != 200:
                break
        self.assertEqual(server.get("/readyz").status, 503, "the disk never filled")
        self.publish("yard/a", self.reading(1, 1))
        self.publish("yard/a", self.reading(2, 2))
        end = time.monotonic() + 20
        while "trying again" not in server.log:
            self.assertLess(time.monotonic(), end, server.log)
            time.sleep(0.1)
        self.assertEqual(self.events(), [])
        ballast.unlink()
        self.wait_for(2)

    def test_a_topic_needs_its_sender(self):
        done = command("serve", "--store", "rocksdb:" + self.folder + "/none", "--mqtt", "127.0.0.1:1", "--mqtt-topic", "yard/x")
        self.assertEqual(done.returncode, 2)
        self.assertIn("TOPIC=PARTY", done.stderr)


if __name__ == "__main__":
    unittest.main()
