"""`fairway file` on files: no server, no store."""
import json
import os
import tempfile
import time
import unittest
from pathlib import Path

from fairway import command

RECORD = {"fields": {
    "reference": "A-1", "consignor.name": "Wing On Ltd", "consignor.nameLocal": "永安有限公司", "consignor.country": "HK",
    "consignor.address": "1 Example Road, Kwai Chung", "exporter.name": "Wing On Ltd", "consignee.name": "Lamp BV", "consignee.country": "NL",
    "invoice.number": "INV-1", "invoice.currency": "USD", "invoice.amount": "15000", "invoice.incoterm": "FOB", "packages": 40,
    "packageType": "CT", "grossMassKg": 820, "countryOfDispatch": "HK", "countryOfDestination": "NL", "placeOfLoading": "HKHKG",
    "placeOfDischarge": "NLRTM", "goods[1].description": "Desk lamps", "goods[1].hs": "940521", "goods[1].originCountry": "CN",
    "goods[1].quantity": 400, "goods[1].unit": "EA", "goods[1].netMassKg": 500, "goods[1].grossMassKg": 560, "goods[1].amount": 15000,
    "containers[1].number": "CSQU3054383", "legs[1].mode": "SEA", "legs[1].from": "HKHKG", "legs[1].to": "NLRTM",
    "legs[1].departure": "2026-11-24T10:00:00+08:00"}}

IFTMIN = """UNB+UNOC:3+SHIPCO:ZZZ+OOL:ZZZ+261122:0900+SI1'
UNH+1+IFTMIN:D:95B:UN'
BGM+340+SI0001+9'
RFF+BN:2600001111'
TDT+20+047W+1++OOL:172:20+++9776171:146::OOCL HONG KONG'
LOC+9+HKHKG:139:6'
LOC+11+NLRTM:139:6'
NAD+CZ+++WING ON LIMITED'
GID+1+41:CT'
SGP+CSQU3054383+41'
EQD+CN+CSQU3054383+45G1:102:5++2+5'
MEA+AAE+G+KGM:21500'
SEL+HK12345+SH'
UNT+13+1'
UNZ+1+SI1'
"""


class FileCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    def plans(self, *arguments, **options):
        done = command("file", *arguments, "--json", **options)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


class Plan(FileCase):
    def test_a_record_is_planned_without_server_or_store(self):
        status, [plan] = self.plans("plan", self.write("record.json", RECORD), "--date", "2026-11-24")
        self.assertEqual(status, 0)
        self.assertEqual(plan["reference"], "A-1")
        self.assertEqual(set(plan) >= {"filings", "exempted", "across", "typing"}, True)
        exports = [f for f in plan["filings"] if f["regime"] == "hk"]
        self.assertTrue(exports, plan)
        for filing in exports:
            self.assertTrue(filing["title"]["en"] and filing["title"]["hant"] and filing["title"]["hans"])
            self.assertTrue(filing["filer"] and filing["authority"])
        self.assertEqual(self.plans("plan", "-", "--only", "cn", stdin=json.dumps(RECORD).encode())[1][0]["reference"], "A-1")

    def test_people_get_a_table_in_their_language(self):
        path = self.write("record.json", RECORD)
        english = command("file", "plan", path, "--date", "2026-11-24", check=0).stdout
        self.assertIn("missing", english)
        self.assertIn("typed:", english)
        chinese = command("file", "plan", path, "--date", "2026-11-24", "--lang", "zh-Hant", check=0).stdout
        self.assertTrue(any("\u4e00" <= c <= "\u9fff" for c in chinese))
        self.assertNotEqual(english, chinese)

    def test_what_cannot_be_read_says_where(self):
        for content, words in [('{"fields":{"grossMass":"1"}}', "did you mean grossMassKg?"),
                               ('{"fields":{"grossMassKg":"heavy"}}', "grossMassKg: heavy"),
                               ("reference,goods.hscode\nA,1\n", "did you mean goods[1].hs?"),
                               ("", "nothing in the file"), ("what,ever\n1,2\n", "fairway file template")]:
            done = command("file", "plan", self.write("wrong.csv", content), check=2)
            self.assertIn(words, done.stderr)
        self.assertIn("cannot read", command("file", "plan", self.folder / "none.json", check=2).stderr)
        self.assertIn("no such regime", command("file", "plan", self.write("r.json", RECORD), "--only", "xx", check=2).stderr)

    def test_a_check_that_blocks_is_1(self):
        wrong = {"fields": {**RECORD["fields"], "goods[1].netMassKg": 600}}
        done = command("file", "check", self.write("record.json", wrong), "--date", "2026-11-24")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("!", done.stdout)
        self.assertIn("→", done.stdout)
        status, [plan] = self.plans("check", self.write("record.json", wrong), "--date", "2026-11-24")
        self.assertEqual(status, 1)
        rules = {finding["rule"] for filing in plan["filings"] for finding in filing["findings"]}
        self.assertIn("V13", {rule.split(".")[0] for rule in rules}, rules)

    def test_messages_and_invoices_are_merged_and_conflicts_told(self):
        invoice = {"document": "invoice", "number": "INV-1", "date": "2026-11-20", "seller": "Wing On Ltd", "incoterm": "CIF"}
        status, [plan] = self.plans("plan", self.write("record.json", RECORD), "--feed", self.write("si.edi", IFTMIN), "--feed",
                                    self.write("invoice.json", invoice), "--date", "2026-11-24")
        self.assertEqual(status, 0)
        conflicts = {finding["path"]: finding["message"]["en"] for finding in plan["across"] if finding["rule"] == "record.conflict"}
        self.assertIn("packages", conflicts)
        self.assertIn("40", conflicts["packages"])
        self.assertIn("IFTMIN SI0001", conflicts["packages"])
        self.assertIn("invoice INV-1", conflicts["invoice.incoterm"])
        done = command("file", "plan", self.write("record.json", RECORD), "--feed",
                       self.write("other.json", {"document": "invoice", "lines": [{"colour": "red"}]}), check=2)
        self.assertIn("lines[0].colour", done.stderr)


class Sheets(FileCase):
    def test_the_template_is_a_sheet(self):
        template = command("file", "template", check=0).stdout
        status, [plan] = self.plans("plan", self.write("template.csv", template), "--date", "2026-11-24")
        self.assertEqual(status, 0)
        self.assertEqual(plan["reference"], "EXAMPLE-1")
        self.assertTrue(plan["filings"])

    def test_wrong_cells_are_named_and_the_others_are_planned(self):
        sheet = "reference,consignor.name,grossMassKg\nA,Wing On,heavy\nB,Wing On,10\n"
        status, [refused, plan] = self.plans("plan", self.write("house-bills.csv", sheet))
        self.assertEqual(status, 1)
        self.assertEqual(refused["refused"][0]["field"], "C2")
        self.assertIn("house-bills.csv row 2, column grossMassKg (C2)", refused["refused"][0]["message"]["en"])
        self.assertTrue(refused["refused"][0]["cure"]["hant"])
        self.assertIn("filings", plan)
        self.assertIn("C2", command("file", "plan", self.write("house-bills.csv", sheet), check=1).stdout)

    def test_200_house_bills_in_one_sheet(self):
        template = command("file", "template", check=0).stdout.splitlines()
        rows = [template[0]] + [line.replace("EXAMPLE-1", f"HB-{i}") for i in range(200) for line in template[1:]]
        path = self.write("house-bills.csv", "\n".join(rows))
        begin = time.monotonic()
        status, plans = self.plans("plan", path, "--date", "2026-11-24")
        self.assertEqual(status, 0)
        self.assertEqual([plan["reference"] for plan in plans], [f"HB-{i}" for i in range(200)])
        self.assertLess(time.monotonic() - begin, 20 if os.environ.get("FAIRWAY_SLOW") else 10)


class Server(FileCase):
    def test_no_server_is_2_and_bad_options_too(self):
        for arguments in [("status",), ("status", "fil_x"), ("confirm", "fil_x", "--all"), ("lodge", "fil_x"), ("plan", "cns_x"), ("check", "fil_x")]:
            command("file", *arguments, "--url", "http://127.0.0.1:1", check=2)
        command("file", "confirm", "fil_x", check=2)
        command("file", "lodge", "fil_x", "--amend", check=2)
        command("file", "lodge", "fil_x", "--amend", "--cancel", "--reason", "x", check=2)
        command("file", check=2)


if __name__ == "__main__":
    unittest.main()
