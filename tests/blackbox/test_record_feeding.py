"""What is told of what a consignment follows goes into its record, as far as its owner sees it."""
import json
import unittest

from fairway import Server, until

BOX, BOOKING = "CSQU3054383", "2600001111"

INSTRUCTION = f"""UNB+UNOC:3+SHIPCO:ZZZ+OOL:ZZZ+261122:0900+SI1'
UNH+1+IFTMIN:D:95B:UN'
BGM+340+SI0001+9'
DTM+137:202611211000:203'
RFF+BN:{BOOKING}'
TDT+20+047W+1++OOL:172:20+++9776171:146::OOCL HONG KONG'
LOC+9+HKHKG:139:6'
LOC+11+NLRTM:139:6'
NAD+CZ+SHIPCO:ZZZ:86+HARBOUR TRADING LTD'
NAD+CN+++ROTTERDAM FASHION BV'
GID+1+300:CT'
FTX+AAA+++GARMENTS'
SGP+{BOX}+300'
EQD+CN+{BOX}+45G1:102:5++2+5'
MEA+AAE+G+KGM:21500'
UNT+15+1'
UNZ+1+SI1'
"""


def load_list(voyage, document, sender="HIT"):
    """The terminal's report that the container is on board: names the carrier, and the container alone."""
    return f"""UNB+UNOC:3+{sender}:ZZZ+OOL:ZZZ+261124:2200+{document}'
UNH+1+COARRI:D:95B:UN:ITG14'
BGM+46+{document}+9'
TDT+20+{voyage}+1++OOL:172:20+++9776171:146::OOCL HONG KONG'
NAD+CF+OOL:172:20'
EQD+CN+{BOX}+45G1:102:5++2+5'
RFF+BN:{BOOKING}'
DTM+203:202611242100:203'
LOC+9+HKHKG:139:6'
SEL+HK12345+SH'
CNT+16:1'
UNT+11+1'
UNZ+1+{document}'
"""


class Feeding(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.shipper = self.server.add_party("Harbour Trading", "shipper", "ZZZ:SHIPCO")
        self.carrier = self.server.add_party("OOCL", "carrier", "SMDG:OOL")
        self.terminal = self.server.add_party("HIT", "terminal", "SMDG:HIT")
        self.stranger = self.server.add_party("Somebody", "shipper", "ZZZ:OTHER")
        self.server.start()

    def consignment(self, fields, key=None):
        body = {"fields": fields, "follows": [f"booking:{BOOKING}", f"equipment:{BOX}"]}
        answer = self.server.request("POST", "/v1/consignments", json.dumps(body), key or self.shipper, {"Content-Type": "application/json"})
        self.assertIn(answer.status, (200, 201), answer)
        answer = answer.json
        return (answer.get("consignments") or [answer])[0]["id"]

    def fields(self, consignment, key=None):
        return self.server.get(f"/v1/consignments/{consignment}", key or self.shipper).json["record"]["fields"]

    def value(self, consignment, path, key=None):
        return self.fields(consignment, key).get(path, {}).get("value")

    def test_what_the_owner_sent_goes_in_and_what_contradicts_is_told(self):
        consignment = self.consignment({"reference": "A-1", "packages": 301, "legs[1].mode": "SEA", "legs[1].from": "HKHKG",
                                        "legs[1].to": "NLRTM", "legs[1].voyage": "046W", "containers[1].number": BOX})
        self.assertEqual(self.server.post_edifact(INSTRUCTION, self.shipper).status, 200)
        until(self, lambda: self.value(consignment, "consignee.name") == "ROTTERDAM FASHION BV", 20)
        self.assertEqual(self.value(consignment, "goods[1].description"), "GARMENTS")
        self.assertEqual(self.value(consignment, "packages"), "301", "what was typed stays")
        self.assertEqual(self.value(consignment, "legs[1].voyage"), "047W", "what happened drives out what was typed")
        plan = self.server.get(f"/v1/consignments/{consignment}/plan", self.shipper).json
        conflicts = {finding["path"]: finding["message"]["en"] for finding in plan["across"] if finding["rule"] == "record.conflict"}
        self.assertIn("IFTMIN SI0001", conflicts["packages"])
        self.assertIn("046W", conflicts["legs[1].voyage"])
        record = self.server.get(f"/v1/consignments/{consignment}", self.shipper).json
        self.assertGreater(record["recordVersion"], 1)

    def test_others_who_follow_get_nothing_that_they_do_not_see(self):
        theirs = self.consignment({"reference": "X-1"}, self.stranger)
        carriers = self.consignment({"reference": "C-1"}, self.carrier)
        mine = self.consignment({"reference": "A-1"})
        self.assertEqual(self.server.post_edifact(INSTRUCTION, self.shipper).status, 200)
        self.assertEqual(self.server.post_edifact(load_list("047W", "L1"), self.terminal).status, 200)
        until(self, lambda: self.value(carriers, "containers[1].seals", self.carrier) == "HK12345", 20)  # it is named there
        until(self, lambda: self.value(mine, "consignee.name") == "ROTTERDAM FASHION BV", 20)
        late = self.consignment({"reference": "A-2"})  # gets what has been told before of its container
        until(self, lambda: self.value(late, "consignee.name") == "ROTTERDAM FASHION BV", 20)
        self.assertEqual(list(self.fields(theirs, self.stranger)), ["reference"])
        self.assertIsNone(self.value(mine, "containers[1].seals"), "the terminal's report names the carrier alone")


if __name__ == "__main__":
    unittest.main()
