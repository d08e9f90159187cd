"""EPCIS 2.0 over HTTP: capture, query, page, name; and nobody sees another's event that access does not show."""
import json
import tempfile
import time
import unittest
import urllib.parse

from fairway import CORPORA, Served, Server, command

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
BOX = "urn:epc:id:bic:CSQU3054383"


def object_event(number, step="arriving", at="2026-11-21T08:00:00.000+08:00", **more):
    """An ObjectEvent about one container, with an eventID made from `number`."""
    return {"type": "ObjectEvent", "eventID": f"urn:uuid:00000000-0000-4000-8000-{number:012d}", "eventTime": at, "eventTimeZoneOffset": "+08:00",
            "action": "OBSERVE", "bizStep": step, "epcList": [BOX], "readPoint": {"id": "urn:epc:id:sgln:4012345.00011.987"}, **more}


def document(*events, prefixes=None):
    return {"@context": [CONTEXT, *([prefixes] if prefixes else [])], "type": "EPCISDocument", "schemaVersion": "2.0",
            "creationDate": "2026-11-21T08:00:00Z", "epcisBody": {"eventList": list(events)}}


class Epcis(Served):
    PARTIES = {"port": ("Port", "operator"), "terminal": ("Terminal", "terminal", "GLN:4012345000115"),
               "shipper": ("Shipper", "shipper", "GLN:4000001000005"), "line": ("Line", "carrier", "GLN:4023333000000"),
               "rival": ("Rival", "shipper", "GLN:4012345000009")}

    def ask(self, method, path, key, body=None, **headers):
        text = None if body is None else body if isinstance(body, (str, bytes)) else json.dumps(body)
        fields = {"Content-Type": "application/ld+json", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.server.request(method, "/epcis" + path, text, key, fields)

    def capture(self, key, *events, prefixes=None, **headers):
        """The finished capture job."""
        taken = self.ask("POST", "/capture", key, document(*events, prefixes=prefixes), **headers)
        self.assertEqual(taken.status, 202, taken)
        job = self.server.get(taken.headers["location"], key)
        self.assertEqual(job.status, 200)
        return job.json

    def events(self, key, query="", path="/events"):
        answer = self.ask("GET", path + (query and "?" + query), key)
        self.assertEqual(answer.status, 200, answer)
        return answer.json["epcisBody"]["queryResults"]["resultsBody"]["eventList"]

    def ids(self, key, query=""):
        return [event["eventID"] for event in self.events(key, query)]

    def test_discovery(self):
        for path in ("", "/", "/events", "/capture", "/epcs", "/queries"):
            options = self.ask("OPTIONS", path, None)
            self.assertEqual(options.status, 204, path)
            self.assertEqual(options.headers["gs1-epcis-version"], "2.0.0")
            self.assertEqual(options.headers["gs1-capture-error-behaviour"], "all")
            self.assertIn("GET", options.headers["allow"])
        root = self.ask("GET", "/", self.terminal)
        self.assertEqual(root.json["type"], "Collection")
        self.assertIn("bizSteps", root.json["member"])

    def test_errors_have_the_types_of_epcis(self):
        for answer, status, kind in (
                (self.ask("GET", "/events", None), 401, "SecurityException"),
                (self.ask("GET", "/events?EQ_nothing=1", self.terminal), 400, "QueryParameterException"),
                (self.ask("GET", "/events?GE_eventTime=yesterday", self.terminal), 400, "QueryParameterException"),
                (self.ask("GET", "/events?eventCountLimit=5", self.terminal), 400, "QueryParameterException"),
                (self.ask("GET", "/events?nextPageToken=1", self.terminal), 400, "QueryParameterException"),
                (self.ask("GET", "/events/urn%3Auuid%3Anone", self.terminal), 404, "NoSuchResourceException"),
                (self.ask("GET", "/queries/none", self.terminal), 404, "NoSuchNameException"),
                (self.ask("GET", "/capture/none", self.terminal), 404, "NoSuchResourceException"),
                (self.ask("POST", "/capture", self.terminal, "{}"), 415, "UnsupportedMediaTypeException"),
                (self.ask("POST", "/capture", self.terminal, document(), GS1_Capture_Error_Behaviour="sometimes"), 400, "ValidationException"),
                (self.ask("POST", "/capture", self.terminal, "a,b", Content_Type="text/csv"), 415, "UnsupportedMediaTypeException"),
                (self.ask("POST", "/events", self.terminal, {"@context": CONTEXT, **object_event(1, "sailing")}), 400, "ValidationException")):
            self.assertEqual((answer.status, answer.json["type"]), (status, "epcisException:" + kind), answer)
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            self.assertEqual(answer.json["status"], status)

    def test_an_event_is_given_back_as_it_was_captured(self):
        event = object_event(10, bizTransactionList=[{"type": "bol", "bizTransaction": "urn:epcglobal:cbv:bt:4012345000009:HLCU1234567"}],
                             sensorElementList=[{"sensorReport": [{"type": "Temperature", "value": -18.5, "uom": "CEL"}]}], **{"ex:reefer": {"ex:setPoint": "-18"}})
        job = self.capture(self.terminal, event, prefixes={"ex": "https://ns.example.com/"})
        self.assertEqual((job["success"], job["running"], job["captured"], job["errors"]), (True, False, 1, []))
        got = self.ask("GET", "/events/" + urllib.parse.quote(event["eventID"], safe=""), self.terminal).json
        self.assertEqual(got.pop("@context"), [CONTEXT, {"ex": "https://ns.example.com/"}])
        self.assertRegex(got.pop("recordTime"), r"^20\d\d-")
        self.assertEqual(got, event)

    def test_what_was_captured_is_in_the_journey(self):
        box = ["urn:epc:id:bic:MSCU6639870"]
        self.capture(self.terminal, object_event(20, "loading", epcList=box), object_event(21, "stocking", at="2026-11-22T08:00:00+08:00", epcList=box))
        journey = self.server.journey("MSCU6639870", self.terminal)
        self.assertEqual(journey.status, 200)
        self.assertIn("loaded", journey.body.decode())
        self.assertIn("observed", journey.body.decode())

    def test_without_an_event_id_the_event_hash_is_its_id(self):
        event = object_event(30)
        del event["eventID"]
        taken = self.ask("POST", "/events", self.terminal, {"@context": CONTEXT, **event})
        self.assertEqual(taken.status, 201, taken)
        with tempfile.NamedTemporaryFile(suffix=".jsonld") as file:
            file.write(json.dumps(document(event)).encode())
            file.flush()
            event_hash = command("decode", "--hash", file.name, check=0).stdout.strip()
        self.assertRegex(event_hash, r"^ni:///sha-256;[0-9a-f]{64}\?ver=CBV2.0$")
        self.assertEqual(self.server.get(taken.headers["location"], self.terminal).json["eventID"], event_hash)

    def test_an_event_id_is_used_once(self):
        event = {"@context": CONTEXT, **object_event(40)}
        self.assertEqual(self.ask("POST", "/events", self.terminal, event).status, 201)
        again = self.ask("POST", "/events", self.terminal, event)
        self.assertEqual((again.status, again.json["type"]), (409, "epcisException:ResourceAlreadyExistsException"))
        self.assertEqual(self.ask("POST", "/events", self.rival, event).status, 201, "another party's event under the same id is another event")
        job = self.capture(self.terminal, object_event(40))
        self.assertEqual((job["success"], job["repeated"], job["captured"]), (True, 1, 0), "a document sent again changes nothing")

    def test_rollback_and_proceed(self):
        good, bad = object_event(50), object_event(51, "sailing")
        job = self.capture(self.terminal, good, bad)
        self.assertEqual((job["success"], job["captured"], job["captureErrorBehaviour"]), (False, 0, "rollback"))
        self.assertEqual(job["errors"][0]["type"], "epcisException:ValidationException")
        self.assertIn("/epcisBody/eventList/1/bizStep", job["errors"][0]["detail"])
        self.assertEqual(self.ids(self.terminal, "EQ_eventID=" + good["eventID"]), [])
        job = self.capture(self.terminal, good, bad, GS1_Capture_Error_Behaviour="proceed")
        self.assertEqual((job["success"], job["captured"], job["captureErrorBehaviour"], len(job["errors"])), (False, 1, "proceed", 1))
        self.assertEqual(self.ids(self.terminal, "EQ_eventID=" + good["eventID"]), [good["eventID"]])
        job = self.capture(self.terminal, object_event(52), {**good, "action": "DELETE"})
        self.assertEqual((job["success"], job["captured"]), (False, 0))
        self.assertEqual(job["errors"][0]["type"], "epcisException:ResourceAlreadyExistsException")
        self.assertEqual(self.ids(self.terminal, "EQ_eventID=" + object_event(52)["eventID"]), [])

    def test_nobody_sees_anothers_event(self):
        secret = object_event(60, "packing", epcList=["urn:epc:id:sscc:4012345.0000000777"])
        self.capture(self.terminal, secret)
        own = urllib.parse.quote(secret["eventID"], safe="")
        sscc = urllib.parse.quote("https://id.gs1.org/00/040123450000007770", safe="")
        self.assertEqual(self.ask("GET", "/events/" + own, self.terminal).status, 200)
        self.assertEqual(self.ask("GET", f"/epcs/{sscc}/events", self.terminal).status, 200)
        for path in ("/events/" + own, f"/epcs/{sscc}"):
            self.assertEqual(self.ask("GET", path, self.rival).status, 404, path)
        for query in ("EQ_eventID=" + own, "MATCH_anyEPC=" + sscc, "EQ_bizStep=packing", "orderBy=eventTime"):
            self.assertNotIn(secret["eventID"], self.ids(self.rival, query), query)
            self.assertIn(secret["eventID"], self.ids(self.port, query + "&perPage=1000"), "the operator sees everything")
        self.assertNotIn("urn:epc:id:sscc:4012345.0000000777", self.ask("GET", "/epcs?perPage=1000", self.rival).json["member"])

    def test_who_is_named_sees_it(self):
        told = object_event(61, "shipping", epcList=["urn:epc:id:bic:CSQU3054383"],
                            destinationList=[{"type": "possessing_party", "destination": "urn:epc:id:pgln:4000001.00000"}])
        self.capture(self.terminal, told)
        path = "/events/" + urllib.parse.quote(told["eventID"], safe="")
        self.assertEqual(self.ask("GET", path, self.shipper).status, 200)
        self.assertEqual(self.ask("GET", path, self.rival).status, 404)
        readings = self.server.get("/v1/access-log", self.terminal)
        end = time.monotonic() + 10
        while b'"readings":[]' in readings.body and time.monotonic() < end:
            time.sleep(0.2)
            readings = self.server.get("/v1/access-log", self.terminal)
        self.assertIn("CSQU3054383", readings.body.decode(), "its owner is told who looked")

    def test_what_is_redacted_is_not_given_in_full(self):
        told = object_event(62, "shipping", epcList=[BOX], disposition="in_transit", action="ADD", ilmd={"ex:price": "9"}, **{"ex:secret": "x"},
                            quantityList=[{"epcClass": "urn:epc:class:lgtin:4012345.012345.7", "quantity": 5}],
                            bizTransactionList=[{"type": "bol", "bizTransaction": "urn:x:bol:HLCU7654321"}, {"type": "po", "bizTransaction": "urn:x:po:77"}],
                            destinationList=[{"type": "possessing_party", "destination": "urn:epc:id:pgln:4023333.00000"}])
        self.assertTrue(self.capture(self.terminal, told, prefixes={"ex": "https://ns.example.com/"})["success"])
        path = "/events/" + urllib.parse.quote(told["eventID"], safe="")
        got = self.ask("GET", path, self.line)
        self.assertEqual(got.status, 200, got)
        for name in ("type", "eventID", "eventTime", "eventTimeZoneOffset", "bizStep", "epcList", "readPoint"):
            self.assertEqual(got.json[name], told[name], name)
        for secret in (b"secret", b"ilmd", b"quantity", b"in_transit", b"po:77", b"ns.example.com"):
            self.assertNotIn(secret, got.body)
        for query, found in (("EQ_bizStep=shipping", True), ("EQ_disposition=in_transit", False), ("EXISTS_ex:secret=", False), ("GE_quantity=1", False),
                             ("EQ_bizTransaction_po=urn:x:po:77", False)):
            self.assertEqual(told["eventID"] in self.ids(self.line, query), found, query)

    def test_queries(self):
        sensor = {"sensorMetadata": {"startTime": "2026-11-20T00:00:00Z"}, "sensorReport": [{"type": "Temperature", "minValue": -20.5, "maxValue": -17, "uom": "CEL"}]}
        packed = object_event(72, "packing", "2026-11-03T08:00:00+08:00", action="ADD")
        del packed["epcList"]
        job = self.capture(
            self.shipper,
            object_event(70, "shipping", "2026-11-01T08:00:00+08:00", epcList=["urn:epc:id:sgtin:0614141.107346.2017"], disposition="in_transit",
                         sourceList=[{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}], **{"ex:temper": 5, "ex:box": {"ex:lid": "shut"}}),
            object_event(71, "receiving", "2026-11-02T08:00:00+08:00", epcList=["https://id.gs1.org/01/10614141073464/21/2018"], sensorElementList=[sensor],
                         bizTransactionList=[{"type": "po", "bizTransaction": "urn:x:po:1"}]),
            {**packed, "type": "AggregationEvent", "parentID": "urn:epc:id:sscc:4012345.0000000888",
             "childEPCs": ["urn:epc:id:sgtin:0614141.107346.2017"], "childQuantityList": [{"epcClass": "urn:epc:class:lgtin:4012345.012345.7", "quantity": 12.5, "uom": "KGM"}]},
            {**object_event(73, "commissioning", "2026-11-04T08:00:00+08:00"), "action": "ADD", "ilmd": {"ex:lot": {"ex:number": "L7"}}},
            prefixes={"ex": "https://ns.example.com/"})
        self.assertTrue(job["success"], job)
        name = {f"urn:uuid:00000000-0000-4000-8000-{number:012d}": number for number in range(70, 80)}
        for query, expected in (
                ("EQ_bizStep=shipping", [70]),
                ("EQ_bizStep=shipping|receiving", [70, 71]),
                ("EQ_bizStep=https%3A%2F%2Fref.gs1.org%2Fcbv%2FBizStep-shipping", [70]),
                ("EQ_disposition=in_transit", [70]),
                ("eventType=AggregationEvent", [72]),
                ("EQ_action=ADD", [72, 73]),
                ("GE_eventTime=2026-11-02T00:00:00Z&LT_eventTime=2026-11-03T00:00:00Z", [71]),
                ("GE_eventTime=2026-11-02T00:00:00Z", [71, 72, 73]),
                ("GE_recordTime=2020-01-01T00:00:00Z&EQ_bizStep=shipping", [70]),
                ("LT_recordTime=2020-01-01T00:00:00Z", []),
                ("MATCH_epc=urn:epc:id:sgtin:0614141.107346.2017", [70, 72]),
                ("MATCH_epc=https://id.gs1.org/01/10614141073464/21/2017", [70, 72]),
                ("MATCH_epc=urn:epc:id:sgtin:0614141.107346.2018", [71]),
                ("MATCH_epc=urn:epc:idpat:sgtin:0614141.107346.*", [70, 71, 72]),
                ("MATCH_epc=urn:epc:id:sscc:4012345.0000000888", []),
                ("MATCH_parentID=urn:epc:id:sscc:4012345.0000000888", [72]),
                ("MATCH_anyEPC=urn:epc:id:sscc:4012345.0000000888", [72]),
                ("MATCH_epcClass=urn:epc:class:lgtin:4012345.012345.7", [72]),
                ("MATCH_anyEPCClass=urn:epc:class:lgtin:4012345.012345.8", []),
                ("GE_quantity=12.5", [72]), ("GT_quantity=12.5", []), ("LE_quantity=13", [72]),
                ("EQ_bizTransaction_po=urn:x:po:1", [71]), ("EQ_bizTransaction_bol=urn:x:po:1", []),
                ("EQ_source_owning_party=urn:epc:id:pgln:4012345.00225", [70]),
                ("EQ_readPoint=https://id.gs1.org/414/4012345000115/254/987&EQ_action=ADD", [72, 73]),
                ("WD_readPoint=https://id.gs1.org/414/4012345000115&EQ_action=ADD", [72, 73]),
                ("EQ_readPoint=https://id.gs1.org/414/4012345000115&EQ_action=ADD", []),
                ("EQ_type=Temperature", [71]), ("EQ_type=gs1:Temperature", [71]), ("LT_minValue_CEL=-20", [71]), ("GT_maxValue_CEL=-17", []),
                ("GE_startTime=2026-11-19T00:00:00Z", [71]),
                ("EXISTS_ex:temper=", [70]), ("EQ_ex:temper=5", [70]), ("GT_ex:temper=4", [70]), ("LT_ex:temper=5", []),
                ("EQ_https://ns.example.com/temper=5", [70]),
                ("EXISTS_ex:lid=", []), ("EQ_INNER_ex:lid=shut", [70]), ("EXISTS_INNER_ex:lid=", [70]),
                ("EQ_ILMD_ex:number=L7", []), ("EQ_INNER_ILMD_ex:number=L7", [73]), ("EXISTS_ILMD_ex:lot=", [73]),
                ("EQATTR_readPoint_urn:x:a=1", []),
                ("EXISTS_errorDeclaration=true", [])):
            found = sorted(name[i] for i in self.ids(self.shipper, query) if i in name)
            self.assertEqual(found, expected, query)

    def test_order_pages_and_limits(self):
        times = ("2026-10-03", "2026-10-01", "2026-10-05", "2026-10-02", "2026-10-04")
        self.capture(self.shipper, *(object_event(80 + i, "storing", f"{day}T00:00:00+08:00") for i, day in enumerate(times)))
        query = "EQ_bizStep=storing"

        def days(more):
            return [event["eventTime"][:10] for event in self.events(self.shipper, f"{query}&{more}")]

        self.assertEqual(days("orderBy=eventTime"), sorted(times, reverse=True))
        self.assertEqual(days("orderBy=eventTime&orderDirection=ASC"), sorted(times))
        self.assertEqual(days("orderBy=eventTime&eventCountLimit=2"), sorted(times, reverse=True)[:2])
        self.assertEqual(days("orderBy=recordTime&orderDirection=ASC"), list(times))
        too_many = self.ask("GET", f"/events?{query}&maxEventCount=3", self.shipper)
        self.assertEqual((too_many.status, too_many.json["type"]), (413, "epcisException:QueryTooLargeException"))
        for order, expected in (("orderBy=eventTime", sorted(times, reverse=True)), ("orderBy=eventTime&orderDirection=ASC", sorted(times)), ("", list(times))):
            path, seen = f"/epcis/events?{query}&{order}&perPage=2", []
            for _ in range(4):
                page = self.server.get(path, self.shipper)
                self.assertEqual(page.status, 200, page)
                seen += [event["eventTime"][:10] for event in page.json["epcisBody"]["queryResults"]["resultsBody"]["eventList"]]
                if "link" not in page.headers:
                    break
                self.assertIn('rel="next"', page.headers["link"])
                self.assertIn("gs1-next-page-token-expires", page.headers)
                path = page.headers["link"][1:page.headers["link"].index(">")]
            self.assertEqual(seen, expected, order)

    def test_epcs_as_digital_links(self):
        event = object_event(140, "stocking", epcList=["urn:epc:id:sscc:4012345.0000000111"])
        self.capture(self.shipper, event)
        path = "/events/" + urllib.parse.quote(event["eventID"], safe="")
        self.assertEqual(self.ask("GET", path, self.shipper).headers["gs1-epc-format"], "Never_Translates")
        got = self.ask("GET", path, self.shipper, GS1_EPC_Format="Always_GS1_Digital_Link")
        self.assertEqual(got.headers["gs1-epc-format"], "Always_GS1_Digital_Link")
        self.assertEqual((got.json["epcList"], got.json["readPoint"], got.json["eventID"]),
                         (["https://id.gs1.org/00/040123450000001112"], {"id": "https://id.gs1.org/414/4012345000115/254/987"}, event["eventID"]))
        for wish in ({"GS1_EPC_Format": "Always_EPC_URN"}, {"Accept": "application/xml"}):
            refused = self.ask("GET", path, self.shipper, **wish)
            self.assertEqual((refused.status, refused.json["type"]), (406, "epcisException:NotAcceptableException"))

    def test_collections(self):
        self.capture(self.rival, object_event(90, "repairing", disposition="damaged", bizLocation={"id": "urn:epc:id:sgln:4012345.00012.0"}))
        for collection, member in (("bizSteps", "repairing"), ("dispositions", "damaged"), ("epcs", BOX), ("eventTypes", "ObjectEvent"),
                                   ("bizLocations", "urn:epc:id:sgln:4012345.00012.0"), ("readPoints", "urn:epc:id:sgln:4012345.00011.987")):
            listed = self.ask("GET", f"/{collection}?perPage=1000", self.rival)
            self.assertIn(member, listed.json["member"], collection)
            path = f"/{collection}/{urllib.parse.quote(member, safe='')}"
            self.assertEqual(self.ask("GET", path, self.rival).json["member"], ["events"])
            self.assertIn(object_event(90)["eventID"], [event["eventID"] for event in self.events(self.rival, "perPage=1000", path + "/events")])
        self.assertEqual(self.ask("GET", "/bizSteps/destroying", self.rival).status, 404)
        pages, path = [], "/epcis/bizSteps?perPage=1"
        while path:
            page = self.server.get(path, self.rival)
            pages += page.json["member"]
            path = page.headers["link"][1:page.headers["link"].index(">")] if "link" in page.headers else None
        self.assertEqual(pages, sorted(set(pages)))

    def test_named_queries(self):
        self.capture(self.rival, object_event(100, "sampling"))
        definition = {"name": "samples", "query": {"eventType": ["ObjectEvent"], "EQ_bizStep": ["sampling", "inspecting"], "GE_eventTime": "2026-01-01T00:00:00Z"}}
        made = self.ask("POST", "/queries", self.rival, definition)
        self.assertEqual((made.status, made.headers["location"]), (201, "/epcis/queries/samples"))
        again = self.ask("POST", "/queries", self.rival, definition)
        self.assertEqual((again.status, again.json["type"]), (409, "epcisException:ResourceAlreadyExistsException"))
        for wrong in ({"name": "a b", "query": {}}, {"name": "x"}, {"name": "x", "query": {"EQ_nothing": ["1"]}}, {"name": "x", "query": {"EQ_bizStep": [{}]}}):
            self.assertEqual(self.ask("POST", "/queries", self.rival, wrong).status, 400, wrong)
        self.assertEqual(self.ask("GET", "/queries/samples", self.rival).json, definition)
        self.assertEqual(self.ask("GET", "/queries/samples", self.shipper).status, 404, "a name is its party's own")
        self.assertEqual([query["name"] for query in self.ask("GET", "/queries", self.rival).json["member"]], ["samples"])
        found = self.ask("GET", "/queries/samples/events", self.rival).json["epcisBody"]["queryResults"]
        self.assertEqual(found["queryName"], "samples")
        self.assertEqual([event["eventID"] for event in found["resultsBody"]["eventList"]], [object_event(100)["eventID"]])
        self.assertEqual(self.ask("DELETE", "/queries/samples", self.rival).status, 204)
        self.assertEqual(self.ask("DELETE", "/queries/samples", self.rival).status, 404)

    def test_a_declared_error_takes_the_event_back(self):
        event = object_event(110, "unloading", epcList=["urn:epc:id:bic:MSCU1234566"])
        self.capture(self.terminal, event)
        declared = {**event, "errorDeclaration": {"declarationTime": "2026-11-23T00:00:00Z", "reason": "did_not_occur"}}
        job = self.capture(self.terminal, declared)
        self.assertTrue(job["success"], job)
        self.assertEqual(len(self.ids(self.terminal, "EQ_eventID=" + event["eventID"])), 2, "the declaration deletes nothing")
        self.assertEqual(len(self.ids(self.terminal, "EQ_eventID=" + event["eventID"] + "&EXISTS_errorDeclaration=true")), 1)
        self.assertIn("errorDeclaration", self.ask("GET", "/events/" + event["eventID"], self.terminal).json)

    def test_xml_and_query_documents_are_captured(self):
        xml = ('<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-11-21T08:00:00Z"><EPCISBody><EventList>'
               "<ObjectEvent><eventTime>2026-11-21T08:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><baseExtension>"
               "<eventID>urn:uuid:00000000-0000-4000-8000-000000000120</eventID></baseExtension><epcList><epc>urn:epc:id:bic:CSQU3054383</epc></epcList>"
               "<action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:inspecting</bizStep></ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>")
        taken = self.ask("POST", "/capture", self.terminal, xml, Content_Type="application/xml")
        self.assertTrue(self.server.get(taken.headers["location"], self.terminal).json["success"])
        got = self.ask("GET", "/events/urn%3Auuid%3A00000000-0000-4000-8000-000000000120", self.terminal).json
        self.assertEqual((got["bizStep"], got["epcList"]), ("inspecting", [BOX]))
        found = self.ask("GET", "/events?EQ_eventID=" + got["eventID"], self.terminal)
        taken = self.ask("POST", "/capture", self.rival, found.body)
        self.assertEqual(self.server.get(taken.headers["location"], self.rival).json["captured"], 1, "an answer can be captured elsewhere")

    def test_jobs_are_listed_and_are_ones_own(self):
        before = len(self.ask("GET", "/capture?perPage=1000", self.rival).json)
        self.capture(self.rival, object_event(130))
        jobs = self.ask("GET", "/capture?perPage=1000", self.rival).json
        self.assertEqual(len(jobs), before + 1)
        self.assertEqual(self.ask("GET", "/capture/" + jobs[-1]["captureID"], self.shipper).status, 404)
        first = self.ask("GET", "/capture?perPage=1", self.rival)
        self.assertEqual([job["captureID"] for job in first.json], [jobs[0]["captureID"]])

    @unittest.skipUnless((CORPORA / "epcis").exists(), "the EPCIS samples are not there")
    def test_every_sample_is_captured_and_found(self):
        for sample in sorted((CORPORA / "epcis").glob("*.jsonld")):
            if "epcisBody" not in json.loads(sample.read_text()):
                continue
            taken = self.ask("POST", "/capture", self.port, sample.read_bytes())
            self.assertEqual(taken.status, 202, sample.name)
            job = self.server.get(taken.headers["location"], self.port).json
            self.assertTrue(job["success"] or "ResourceAlreadyExists" in json.dumps(job), (sample.name, job))


class Restart(unittest.TestCase):
    def test_jobs_and_named_queries_survive(self):
        with Server() as server:
            key = server.add_party("Terminal", "terminal")
            fields = {"Content-Type": "application/json"}
            taken = server.request("POST", "/epcis/capture", json.dumps(document(object_event(1))), key, fields)
            server.request("POST", "/epcis/queries", json.dumps({"name": "mine", "query": {"EQ_bizStep": ["arriving"]}}), key, fields)
            server.stop()
            server.connections.kept = None
            server.start()
            end = time.monotonic() + 10
            while server.get(taken.headers["location"], key).status != 200 and time.monotonic() < end:
                time.sleep(0.1)
            self.assertTrue(server.get(taken.headers["location"], key).json["success"])
            events = server.get("/epcis/queries/mine/events", key).json["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
            self.assertEqual(len(events), 1)


if __name__ == "__main__":
    unittest.main()
