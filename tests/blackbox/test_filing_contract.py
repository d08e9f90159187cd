"""openapi/fairway.yaml against what the routes of filing really answer: every one of them, each member described and of its type."""
import datetime
import json
import re
import unittest

from fairway import ROOT, until
from filing import FIELDS, Person, WithAuthority, send

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = yaml = None


class Description:
    """The part of the API's description that is tagged Filing, or is of personal keys."""

    def __init__(self):
        self.whole = yaml.safe_load((ROOT / "openapi/fairway.yaml").read_text())
        self.routes = {}
        for path, item in self.whole["paths"].items():
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$")
            for method, operation in item.items():
                if method != "parameters" and ("Filing" in operation["tags"] or path.startswith("/v1/me/keys")):
                    self.routes[operation["operationId"]] = (method.upper(), pattern, operation)

    def resolve(self, schema):
        while "$ref" in schema:
            place = self.whole
            for part in schema["$ref"][2:].split("/"):
                place = place[part]
            schema = place
        return schema

    def operation(self, method, path):
        found = [(name, one[2]) for name, one in self.routes.items() if one[0] == method and one[1].match(path)]
        return max(found, key=lambda one: path in self.whole["paths"] and one[1] in self.whole["paths"][path].values(), default=(None, None))

    def members(self, schema):
        """(properties, whether others may stand beside them)"""
        schema = self.resolve(schema)
        properties, is_open = dict(schema.get("properties", {})), "additionalProperties" in schema or "properties" not in schema
        for part in schema.get("allOf", []):
            more, _ = self.members(part)
            properties.update(more)
            is_open = False
        return properties, is_open

    def undescribed(self, schema, value, place=""):
        schema = self.resolve(schema)
        if isinstance(value, list) and "items" in schema:
            for item in value:
                yield from self.undescribed(schema["items"], item, place + "[]")
        if isinstance(value, dict):
            properties, is_open = self.members(schema)
            for name, member in value.items():
                if name in properties:
                    yield from self.undescribed(properties[name], member, f"{place}.{name}")
                elif not is_open:
                    yield f"{place}.{name}"

    def check(self, test, method, path, answer):
        name, operation = self.operation(method, path)
        test.assertIsNotNone(name, f"{method} {path} is not described")
        response = operation["responses"].get(str(answer.status))
        test.assertIsNotNone(response, f"{name}: {answer.status} is not described: {answer}")
        content = self.resolve(response).get("content", {})
        if "application/json" in content and answer.headers["content-type"] == "application/json":
            schema = content["application/json"]["schema"]
            jsonschema.Draft202012Validator({**schema, "components": self.whole["components"]}).validate(answer.json)
            test.assertEqual(list(self.undescribed(schema, answer.json)), [], name)
        return name


@unittest.skipUnless(jsonschema and yaml, "python3-jsonschema or python3-yaml is not there")
class Contract(WithAuthority):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customs = Person(cls.server, "ho@customs.example", "Customs", "authority")
        cls.description, cls.seen = Description(), set()

    def ask(self, method, target, body=None, key=None, status=None, **headers):
        answer = send(self.server, method, target, body, key or self.anna.key, **headers) if body is not None else \
            self.server.request(method, target, key=key or self.anna.key, headers=headers)
        self.seen.add(self.description.check(self, method, target.split("?")[0], answer))
        if status is not None:
            self.assertEqual(answer.status, status, answer)
        return answer

    def test_every_route_answers_as_described(self):
        self.records()
        filing = self.filings()
        self.bundles(filing)
        self.holds()
        self.keys()
        self.assertEqual(set(self.description.routes) - self.seen, set(), "routes that nobody has asked")

    def records(self):
        participants = [{"party": self.lee.party, "regimes": ["sg"], "edits": True}]
        made = self.ask("POST", "/v1/consignments", {"reference": "C-1", "fields": FIELDS, "participants": participants,
                                                     "follows": ["booking:BKG1"]}, status=201).json["id"]
        self.ask("POST", "/v1/consignments", {"reference": "C-1"}, status=409)
        sheet = self.server.request("POST", "/v1/consignments", "reference,grossMassKg\nS-1,5\nS-2,heavy\n", self.anna.key, {"Content-Type": "text/csv"})
        self.description.check(self, "POST", "/v1/consignments", sheet)
        at = f"/v1/consignments/{made}"
        self.ask("GET", "/v1/consignments?limit=1", status=200)
        self.ask("PATCH", at, {"fields": {"packages": "4"}, "recordVersion": 1}, status=200)
        self.ask("GET", at, status=200)
        self.ask("GET", at, key=self.lee.key, status=200)
        self.ask("GET", "/v1/consignments/cns_nothing", status=404)
        self.ask("GET", at + "/versions", status=200)
        invoice = {"document": "invoice", "number": "INV-7", "currency": "USD", "lines": [{"description": "Tiles", "quantity": 15000.5, "amount": 4999}]}
        fed = self.ask("PATCH", at, {"documents": [invoice], "recordVersion": 2}, status=200).json
        self.assertEqual(fed["record"]["fields"]["goods[1].quantity"]["value"], "15000.5")
        self.ask("PATCH", at, {"documents": [{"document": "novel"}], "recordVersion": 3}, status=400)
        self.ask("POST", at + "/confirmations", {"paths": ["packages"]}, status=200)
        self.ask("PUT", at + "/participants", {"participants": participants}, status=200)
        self.ask("GET", at + "/plan", status=200)

    def filings(self):
        made = self.consignment(**{"containers[1].number": "MSKU1234565"})
        drafts = self.ask("POST", "/v1/filings", {"consignment": made}, status=201).json["filings"]
        filing = next(one["id"] for one in drafts if one["key"] == "mo/road@1")
        at = f"/v1/filings/{filing}"
        self.ask("PATCH", at, {"fields": {"gross": "1201"}}, status=200)
        digest = self.ask("POST", at + "/check", {}, status=200).json["digest"]
        group = self.ask("POST", at + "/confirmations", {"digest": digest}, status=200).json["groups"][0]["group"]
        self.ask("DELETE", f"{at}/confirmations/{group}", status=200)
        self.ask("POST", at + "/lodgements", {}, status=409)
        batch = self.ask("POST", "/v1/filings/batch", {"action": "confirm", "filings": [{"id": filing, "digest": digest}, "fil_nothing"]}, status=200)
        self.assertEqual(batch.json["done"], 1)
        lodgement = self.ask("POST", at + "/lodgements", {}, status=202).json["lodgements"][0]["id"]
        self.until_state(filing, "lodged")
        self.authority.say(lodgement, "accepted", number="CCRN9", text="in order", remarks=[{"field": "gross", "text": "seen"}])
        self.until_state(filing, "accepted")
        self.ask("GET", at, status=200)
        official = self.server.get(f"{at}?format=official", self.anna.key)
        self.assertEqual((official.json["filing"], official.headers["content-disposition"]), (filing, f'attachment; filename="{filing}.json"'))
        for form, begin in (("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
            self.assertTrue(self.ask("GET", f"{at}?format={form}&language=zh-Hant", status=200).body.startswith(begin), form)
        self.assertTrue(self.ask("GET", at, Accept="application/pdf").body.startswith(b"%PDF"))
        self.ask("GET", "/v1/filings?order=attention", status=200)
        day = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).strftime("%Y-%m-%d")  # in Macao
        sheet = self.ask("GET", f"/v1/filings/sheet?day={day}", status=200).body.decode()
        self.assertIn(filing, sheet)
        self.assertTrue(self.ask("GET", f"/v1/filings/sheet?day={day}&format=pdf", status=200).body.startswith(b"%PDF"))
        self.assertNotIn(filing, self.ask("GET", "/v1/filings/sheet?day=2020-01-01", status=200).body.decode())
        self.ask("GET", "/v1/filings/sheet", status=400)
        return filing

    def bundles(self, filing):
        at = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        bundle = self.ask("POST", "/v1/bundles", {"vehicle": "MO4711", "crossing": at, "filings": [filing]}, status=201).json["id"]
        self.ask("GET", "/v1/bundles", status=200)
        self.ask("GET", f"/v1/bundles/{bundle}", status=200)
        self.ask("DELETE", f"/v1/bundles/{bundle}", status=200)

    def holds(self):
        wanted = {"kind": "inspection", "notice": "N9", "scope": ["equipment:MSKU1234565"], "addressees": [self.anna.party], "place": "Pier 3"}
        hold = self.ask("POST", "/v1/holds", wanted, self.customs.key, 201).json["id"]
        self.ask("GET", "/v1/holds", status=200)
        self.ask("GET", f"/v1/holds/{hold}", status=200)
        self.ask("POST", f"/v1/holds/{hold}/acknowledgements", {}, status=200)
        self.ask("POST", f"/v1/holds/{hold}/release", {"text": "in order"}, self.customs.key, 200)

    def keys(self):
        def page(method, path, status, body=None):
            code, _, text = self.anna.browser.go(self.server.url + path, method=method, body=body,
                                                 headers={"Content-Type": "application/json", "X-CSRF-Token": self.anna.session["csrf"]})
            self.assertEqual(code, status, text)
            answer = type("Page", (), {"status": code, "headers": {"content-type": "application/json"}, "json": json.loads(text)})
            self.seen.add(self.description.check(self, method, path, answer))
            return answer.json
        made = page("POST", "/v1/me/keys", 201, '{"label":"contract"}')
        made = page("POST", f"/v1/me/keys/{made['keyID']}/rotation", 201, "")
        page("GET", "/v1/me/keys", 200)
        page("DELETE", f"/v1/me/keys/{made['keyID']}", 200)


if __name__ == "__main__":
    unittest.main()
