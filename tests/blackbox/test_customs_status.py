"""Both customs' states on the journey, by container: out of answers of an authority, of its holds, and of what others say; each sees its own."""
import datetime
import time
import unittest

from fairway import until
from filing import Person, WithAuthority, send

BOX, SECOND, BILL = "MSCU1234566", "CSQU3054383", "OOLU2600001111"
WITH_BOXES = {"containers[1].number": BOX, "containers[1].load": "FULL", "containers[2].number": SECOND, "containers[2].load": "FULL",
              "documents[1].type": "BILL", "documents[1].number": BILL}


def customs_event(number, code, box, place, minute=0):
    """What a terminal says of customs, as DCSA writes it with our milestone beside it."""
    return {"eventID": f"00000000-0000-4000-8000-{number:012d}", "eventType": "EQUIPMENT", "eventClassifierCode": "ACT",
            "eventDateTime": f"2026-11-20T08:{minute:02d}:00+08:00", "eventCreatedDateTime": f"2026-11-20T08:{minute:02d}:30+08:00",
            "equipmentEventTypeCode": "INSP", "equipmentReference": box, "emptyIndicatorCode": "LADEN",
            "eventLocation": {"UNLocationCode": place}, "fairway": {"milestone": code}}


class CustomsStatus(WithAuthority):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customs = Person(cls.server, "officer@customs.example", "Customs", "authority")
        cls.rival = Person(cls.server, "rival@other.example", "Rival", "shipper")
        cls.terminal = cls.server.add_party("Terminal", "terminal", "SMDG:TML")

    def sides(self, reference, key, box=None):
        """{(container, side): status}, {} where nothing is known."""
        answer = self.server.journey(reference, key)
        if answer.status == 404:
            return {}
        self.assertEqual(answer.status, 200, answer)
        return {(s.get("equipment", s.get("document")), s.get("regime")): s for s in answer.json["customs"]}

    def wait_for(self, reference, key, unit, side, state):
        return until(self, lambda: (self.sides(reference, key).get((unit, side), {}).get("state") == state
                                    and self.sides(reference, key)[(unit, side)]), 30,
                     state=lambda: str({k: v["state"] for k, v in self.sides(reference, key).items()}))

    def test_answers_of_an_authority_show_by_container(self):
        consignment = self.consignment(participants=[{"party": self.lee.party, "regimes": ["sg"], "edits": True}], **WITH_BOXES)
        filing, lodgement = self.lodged(consignment)
        lodged = self.wait_for(f"equipment:{BOX}", self.anna.key, BOX, "mo", "lodged")
        self.assertEqual([d["form"] for d in lodged["declarations"]], ["mo/out"])
        self.authority.say(lodgement, "accepted", number="MO-77")
        accepted = self.wait_for(f"equipment:{BOX}", self.anna.key, BOX, "mo", "accepted")
        self.assertEqual((accepted["number"], accepted["party"]["id"]), ("MO-77", self.anna.party))
        self.assertEqual([step["state"] for step in accepted["history"]], ["lodged", "accepted"])
        self.authority.say(lodgement, "inspection", containers=[SECOND])
        self.authority.say(lodgement, "released", containers=[BOX])
        self.wait_for(f"equipment:{BOX}", self.anna.key, BOX, "mo", "released")
        self.wait_for(f"transport_document:{BILL}", self.anna.key, SECOND, "mo", "inspection")
        self.authority.say(lodgement, "paid")
        until(self, lambda: self.sides(f"equipment:{BOX}", self.anna.key)[(BOX, "mo")]["paid"], 30)
        # Who takes part sees it, and the operator; nobody else does.
        self.assertEqual(self.sides(f"equipment:{BOX}", self.lee.key)[(BOX, "mo")]["state"], "released")
        self.assertEqual(self.sides(f"equipment:{BOX}", self.port)[(BOX, "mo")]["state"], "released")
        for reference in (f"equipment:{BOX}", f"transport_document:{BILL}", "declaration:MO-77"):
            self.assertEqual(self.server.journey(reference, self.rival.key).status, 404, reference)
        # Event time, created time and classifier stand on each (V19); a repeat of the authority changes nothing.
        events = self.server.journey(f"equipment:{BOX}", self.anna.key).json["events"]
        self.assertTrue(all("created" in e and e["classifier"] == "actual" for e in events), events)
        ids = [e["eventID"] for e in events]
        self.assertEqual(len(ids), len(set(ids)))
        self.authority.say(lodgement, "released", containers=[BOX])
        self.assertEqual(self.get(filing).json["state"] in ("released", "accepted"), True)

    def test_a_hold_of_an_authority_stands_until_it_is_released(self):
        box = "TGHU4567004"
        placed = send(self.server, "POST", "/v1/holds",
                      {"kind": "detention", "notice": "N7", "scope": [f"equipment:{box}"], "reason": "examination", "place": "MOMFM",
                       "addressees": [self.anna.party]}, self.customs.key)
        self.assertEqual(placed.status, 201, placed)
        held = self.wait_for(f"equipment:{box}", self.anna.key, box, "mo", "held")
        self.assertEqual(held["party"]["id"], self.customs.party)
        self.assertEqual(self.server.journey(f"equipment:{box}", self.rival.key).status, 404)
        released = send(self.server, "POST", f"/v1/holds/{placed.json['id']}/release", {"text": "in order"}, self.customs.key)
        self.assertEqual(released.status, 200, released)
        until(self, lambda: self.sides(f"equipment:{box}", self.anna.key).get((box, "mo"), {}).get("state") != "held", 30)

    def test_what_others_say_of_either_side_stands_beside(self):
        box = "CMAU1234567"
        line = self.server.add_party("Line", "carrier", "SMDG:LNE")
        said = self.server.post_events([customs_event(1, "customs_held", box, "CNHUG"), customs_event(2, "customs_released", box, "HKHKG", 5)],
                                       self.terminal)
        self.assertEqual(said.status, 200, said)
        self.assertEqual(self.server.post_events([customs_event(3, "customs_held", box, "HKHKG")], line).status, 200)
        sides = self.sides(f"equipment:{box}", self.port)
        self.assertEqual({side: s["state"] for (_, side), s in sides.items()}, {"cn": "held", "hk": "released"})
        self.assertTrue(sides[(box, "hk")]["conflict"])
        self.assertEqual([s["state"] for s in sorted(sides[(box, "hk")]["said"], key=lambda s: s["party"]["name"])], ["held", "released"])
        self.assertFalse(sides[(box, "cn")]["conflict"])

    def test_reminders_come_with_their_steps(self):
        """A road cargo whose window closes in ten minutes is reminded of, once a step, to whoever files it."""
        rule = send(self.server, "POST", "/v1/alert-rules", {"kinds": ["deadline"], "language": "zh-Hant"}, self.anna.key)
        self.assertEqual(rule.status, 201, rule)
        soon = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
        consignment = self.consignment(**{"containers[1].number": "MSKU9070323", "legs[1].departure": soon})

        def told():
            alerts = self.server.get("/v1/alerts?kind=deadline", self.anna.key).json["alerts"]
            return [a for a in alerts if a["consignment"] == consignment]

        late = until(self, told, 30)[0]
        self.assertEqual((late["reason"], late["form"], late["severity"]), ("deadline_passed", "mo/road@1", "critical"))
        self.assertIn("逾期", late["text"])
        self.assertIn("equipment:MSKU9070323", late["references"])
        time.sleep(1)
        self.assertEqual(len(told()), 1)
        self.assertEqual(self.server.get("/v1/alerts?kind=deadline", self.lee.key).json["alerts"], [])


if __name__ == "__main__":
    unittest.main()
