"""`fairway file charge` and `fairway file deadline`: the answer alone, and the working with --json."""
import json
import tempfile
import unittest
from pathlib import Path

from fairway import command


def charge(form, value, *options):
    return command("file", "charge", "--form", form, "--value", value, *options)


def due(form, value, *options):
    done = charge(form, value, *options)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", done.stderr
    return done.stdout


def latest(what, date, *options):
    done = command("file", "deadline", what, "--date", date, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Charge(unittest.TestCase):
    def test_the_vectors_of_the_law(self):
        for value, expected in (("1", "0.20"), ("46000", "0.20"), ("46001", "0.40"), ("47000", "0.40"), ("47001", "0.50"), ("100000", "7.00"),
                                ("500000", "57.00"), ("1643000", "199.90"), ("1644000", "200.00"), ("5000000", "200.00")):
            for form in ("1", "2"):
                self.assertEqual(due(form, value), expected + "\n", (form, value))

    def test_values_at_the_edge(self):
        for value, expected in (("0", "0.20"), ("0.01", "0.20"), ("46000.01", "0.40"), ("46000.00", "0.20"), ("999999999999999999", "200.00"),
                                ("1,644,000", "200.00"), ("+47001", "0.50")):
            self.assertEqual(due("1", value), expected + "\n", value)

    def test_each_form(self):
        self.assertEqual(due("1A", "5000000"), "0.20\n")
        self.assertEqual(due("1B", "5000000"), "0.00\n")
        self.assertEqual(due("2B", "5000000"), "0.00\n")
        self.assertEqual(due("2A", "100000"), "37.00\n")
        self.assertEqual(due("2A", "100000", "--hk-made-clothing"), "37.00\n")
        self.assertEqual(due("2A", "100000", "--hk-made-clothing", "40000.50"), "19.30\n")
        self.assertEqual(due("2a", "5000000"), "1700.00\n")

    def test_a_levy_is_of_form_2a_alone(self):
        for form in ("1", "1A", "1B", "2", "2B"):
            done = charge(form, "100000", "--hk-made-clothing")
            self.assertEqual((done.returncode, done.stdout), (2, ""), form)
            self.assertIn("2A", done.stderr)

    def test_late(self):
        for value, days, expected in (("20000", 0, "0.00"), ("20000", 1, "20.00"), ("20000.01", 1, "40.00"), ("20000", 30, "20.00"),
                                      ("20000", 31, "40.00"), ("20000", 61, "40.00"), ("20000", 62, "100.00"), ("20001", 62, "200.00"),
                                      ("20001", 31, "80.00")):
            self.assertEqual(due("1B", value, "--days-late", days, "--date", "2026-11-24"), expected + "\n", (value, days))
        # On top of the charge; 31 January and one month is 28 February, 29 in 2024.
        self.assertEqual(due("1", "100000", "--days-late", 1, "--date", "2026-11-24"), "47.00\n")
        self.assertEqual(due("2A", "100000", "--days-late", 1, "--date", "2026-11-24"), "77.00\n")
        self.assertEqual(due("1B", "1", "--days-late", 28, "--date", "2026-01-31"), "20.00\n")
        self.assertEqual(due("1B", "1", "--days-late", 29, "--date", "2026-01-31"), "40.00\n")
        self.assertEqual(due("1B", "1", "--days-late", 29, "--date", "2024-01-31"), "20.00\n")

    def test_the_law_of_the_day(self):
        self.assertEqual(due("1", "5000000", "--date", "2018-08-01"), "200.00\n")
        self.assertEqual(due("1", "5000000", "--date", "2018-07-31"), "619.50\n")
        self.assertEqual(due("1", "100000", "--date", "2012-07-31"), "14.00\n")
        # The day is Hong Kong's.
        self.assertEqual(due("1", "5000000", "--date", "2018-07-31T16:00:00Z"), "200.00\n")

    def test_json_has_the_working(self):
        answer = json.loads(due("2A", "100000", "--days-late", 40, "--date", "2026-11-24", "--json"))
        self.assertEqual((answer["charge"], answer["currency"], answer["total"]), ("2A", "HKD", "117.00"))
        self.assertEqual((answer["daysLate"], answer["lastDay"], answer["date"]), (40, "2026-12-08", "2026-11-24"))
        self.assertEqual([(line["what"], line["amount"]) for line in answer["lines"]],
                         [("charge", "7.00"), ("levy", "30.00"), ("late penalty", "80.00")])
        self.assertEqual(answer["lines"][0]["working"], "0.20 + 54 × 0.125 = 6.95, rounded up to 7.00")
        self.assertTrue(all("Cap." in line["source"] for line in answer["lines"]))

    def test_what_cannot_be_answered(self):
        for form, value, options in (("3", "1", ()), ("", "1", ()), ("1", "-1", ()), ("1", "abc", ()), ("1", "", ()), ("1", "1e3", ()), ("1", "1234,50", ()),
                                     ("1", "1000000000000000000", ()), ("1", "1", ("--days-late", "-1")), ("1", "1", ("--days-late", "x")),
                                     ("1", "1", ("--days-late", "99999999999")), ("1", "1", ("--date", "2026-02-30")), ("1", "1", ("--date", "now")),
                                     ("2A", "100", ("--hk-made-clothing", "101")), ("2A", "100", ("--hk-made-clothing=-1",)), ("1", "1", ("--only", "xx"))):
            done = charge(form, value, *options)
            self.assertEqual((done.returncode, done.stdout), (2, ""), (form, value, options))
            self.assertTrue(done.stderr, (form, value, options))
        self.assertEqual(command("file", "charge", "--form", "1").returncode, 2)
        self.assertEqual(command("file", "charge", "--value", "1").returncode, 2)


class Deadline(unittest.TestCase):
    def calendar(self, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "calendar.csv"
        path.write_text(text)
        return str(path)

    def test_fourteen_days_in_hong_kong(self):
        for what in ("import-declaration", "export-declaration", "cargo-manifest"):
            self.assertEqual(latest(what, "2026-01-01T10:00:00+08:00"), "2026-01-15T23:59:59+08:00\n")
        for date, expected in (("2026-01-01T00:00:00+08:00", "2026-01-15"), ("2026-01-01T23:59:59+08:00", "2026-01-15"),
                               ("2026-01-02T00:00:00+08:00", "2026-01-16"), ("2026-01-01T15:59:59Z", "2026-01-15"), ("2026-01-01T16:00:00Z", "2026-01-16"),
                               ("2025-12-31T20:00:00-08:00", "2026-01-15"), ("2026-01-01", "2026-01-15"), ("2026-01-01T23:00:00", "2026-01-15")):
            self.assertEqual(latest("import-declaration", date), expected + "T23:59:59+08:00\n", date)

    def test_holidays(self):
        for date, expected in (("2026-01-04", "2026-01-19"),   # day 14 a Sunday
                               ("2026-02-03", "2026-02-20"),   # Lunar New Year's Day and two more
                               ("2026-03-20", "2026-04-08"),   # Good Friday up to the day after Easter Monday
                               ("2025-01-15", "2025-02-01"),   # 29 to 31 January 2025
                               ("2025-12-11", "2025-12-27"),   # Christmas
                               ("2027-01-23", "2027-02-10"),   # Lunar New Year 2027: the second day is a Sunday
                               ("2026-01-03", "2026-01-17"),   # a Saturday is a day like others
                               ("2026-02-10", "2026-02-24")):  # holidays on the way count
            self.assertEqual(latest("import-declaration", date), expected + "T23:59:59+08:00\n", date)

    def test_a_calendar_takes_the_place_of_the_built_in(self):
        gale = self.calendar("date,kind\n2026-01-19,gale\n2026-01-20,black-rain\n")
        # Day 14 a Sunday, the Monday a gale, the Tuesday black rain.
        self.assertEqual(latest("import-declaration", "2026-01-04", "--calendar", gale), "2026-01-21T23:59:59+08:00\n")
        self.assertEqual(latest("import-declaration", "2026-01-05", "--calendar", gale), "2026-01-21T23:59:59+08:00\n")
        # No Lunar New Year in it; Sundays are holidays by law.
        self.assertEqual(latest("import-declaration", "2026-02-03", "--calendar", gale), "2026-02-17T23:59:59+08:00\n")
        self.assertEqual(latest("import-declaration", "2026-02-01", "--calendar", gale), "2026-02-16T23:59:59+08:00\n")
        empty = self.calendar("date,kind\n")
        self.assertEqual(latest("import-declaration", "2026-02-01", "--calendar", empty), "2026-02-16T23:59:59+08:00\n")

    def test_road_cargo(self):
        self.assertEqual(latest("road-cargo", "2026-11-24T14:00:00+08:00"), "2026-11-24T13:30:00+08:00\n")
        self.assertEqual(latest("road-cargo", "2026-11-24T06:00:00Z"), "2026-11-24T13:30:00+08:00\n")
        self.assertEqual(latest("road-cargo", "2026-11-24T14:00:00"), "2026-11-24T13:30:00+08:00\n")
        answer = json.loads(latest("road-cargo", "2026-11-24T14:00:00+08:00", "--json"))
        self.assertEqual((answer["earliest"], answer["latest"]), ("2026-11-10T14:00:00+08:00", "2026-11-24T13:30:00+08:00"))

    def test_json_has_the_working(self):
        answer = json.loads(latest("import-declaration", "2026-01-04", "--json"))
        self.assertEqual((answer["deadline"], answer["regime"], answer["latest"]), ("import-declaration", "hk", "2026-01-19T23:59:59+08:00"))
        self.assertEqual([reminder[:10] for reminder in answer["reminders"]], ["2026-01-11", "2026-01-14", "2026-01-16", "2026-01-17"])
        self.assertIn("2026-01-18 is no day to count to (Sunday): on to 2026-01-19", answer["working"])
        self.assertIn("Cap. 60E", answer["source"])

    def test_a_year_that_the_calendar_does_not_have_is_said(self):
        done = command("file", "deadline", "import-declaration", "--date", "2035-01-01", check=0)
        self.assertEqual(done.stdout, "2035-01-15T23:59:59+08:00\n")
        self.assertIn("2035", done.stderr)
        self.assertEqual(command("file", "deadline", "import-declaration", "--date", "2026-06-01", check=0).stderr, "")

    def test_what_cannot_be_answered(self):
        for what, options in (("nothing", ("--date", "2026-01-01")), ("import-declaration", ()), ("import-declaration", ("--date", "")),
                              ("import-declaration", ("--date", "yesterday")), ("import-declaration", ("--date", "2026-02-30")),
                              ("import-declaration", ("--date", "2026-01-01T25:00:00Z")), ("road-cargo", ("--date", "2026-01-01")),
                              ("import-declaration", ("--date", "2026-01-01", "--calendar", "/no/such/file")),
                              ("import-declaration", ("--date", "2026-01-01", "--calendar", self.calendar("day,what\n2026-01-01,holiday\n"))),
                              ("import-declaration", ("--date", "2026-01-01", "--calendar", self.calendar("date,kind\n2026-01-41,holiday\n"))),
                              ("import-declaration", ("--date", "2026-01-01", "--calendar", self.calendar("date,kind\n2026-01-01,sunny\n"))),
                              ("import-declaration", ("--date", "2026-01-01", "--only", "xx"))):
            done = command("file", "deadline", what, *options)
            self.assertEqual((done.returncode, done.stdout), (2, ""), (what, options))
            self.assertTrue(done.stderr, (what, options))


if __name__ == "__main__":
    unittest.main()
