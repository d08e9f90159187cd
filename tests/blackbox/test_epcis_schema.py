"""Every sample document of GS1, changed in every way that its schema knows, judged by EPCIS-JSON-Schema.json and by `fairway decode`.

Fairway may be stricter, for the reasons listed in STRICTER; it is never laxer.
"""
import collections
import copy
import json
import os
import re
import tempfile
import unittest
from pathlib import Path

from fairway import CORPORA, command

try:
    import jsonschema
except ImportError:
    jsonschema = None

FOLDER = CORPORA / "epcis"
URI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>\\^`{|}]+$")
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")

# What the text of the standard asks for and the schema does not: the diagnostic code, and why.
STRICTER = {
    "epcis.prefix_undeclared": "a name whose prefix @context does not declare",
    "epcis.context_remote": "a context other than GS1's",
    "epcis.context_invalid": "a namespace that is no URI",
    "epcis.epc_uri": "an EPC that is not written as the Tag Data Standard says",
    "epcis.member_unknown": "an unprefixed member in readPoint or bizLocation, whose members the schema leaves open",
    "epcis.rule": "an aggregation that is not only observed has a parentID",
}


def checker():
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("uri")(lambda value: not isinstance(value, str) or bool(URI.match(value)))
    formats.checks("date-time")(lambda value: not isinstance(value, str) or bool(TIME.match(value)))
    schema = json.loads((FOLDER / "EPCIS-JSON-Schema.json").read_text())
    return jsonschema.Draft7Validator(schema, format_checker=formats)


WRONG = ("", "not a word", 17, -1.5, True, None, [], {}, ["urn:x:y"], [17], {"id": 5}, "urn:example:own", "2024-01-01", "shipping", "in_transit", "+99:00",
         "urn:epcglobal:cbv:bizstep:shipping", "urn:epc:id:sgtin:1.2.3", "https://id.gs1.org/01/12")


def mutations(value, path=()):
    """(what was changed, function that changes a copy) for every member and item below `value`."""
    if isinstance(value, dict):
        for name in value:
            yield f"{path} without {name}", path, lambda parent, name=name: parent.pop(name)
            for wrong in WRONG:
                yield f"{path} {name} = {wrong!r}", path, lambda parent, name=name, wrong=wrong: parent.__setitem__(name, copy.deepcopy(wrong))
            if name != "@context":
                yield from mutations(value[name], path + (name,))
        yield f"{path} with a bare member", path, lambda parent: parent.__setitem__("unheardOf", "x")
        yield f"{path} with a foreign member", path, lambda parent: parent.__setitem__("foreign:member", "x")
    elif isinstance(value, list):
        yield f"{path} emptied", path, lambda parent: parent.clear()
        if value:
            yield f"{path} doubled", path, lambda parent: parent.append(copy.deepcopy(parent[0]))
            yield f"{path} with a number", path, lambda parent: parent.append(5)
        for index, item in enumerate(value):
            yield from mutations(item, path + (index,))


# All of some 11,000 take minutes; each run takes one in so many, and EPCIS_MUTANTS=1 takes all.
EVERY = int(os.environ.get("EPCIS_MUTANTS", "50"))


def inside_extension(path):
    return any(isinstance(step, str) and (":" in step or step == "epcisHeader") for step in path)


def changed(document, path, change):
    mutant = copy.deepcopy(document)
    parent = mutant
    for step in path:
        parent = parent[step]
    change(parent)
    return mutant


def judged(document, folder):
    """(valid, error codes) of a whole document by `fairway decode`."""
    path = Path(folder) / "document.jsonld"
    path.write_text(json.dumps(document))
    done = command("decode", path)
    if done.returncode not in (0, 1):
        return False, {"document"}
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    errors = {finding["code"] for message in messages for finding in message["diagnostics"] if finding["severity"] == "error"}
    return all(message["ok"] for message in messages), errors


@unittest.skipUnless(FOLDER.exists() and jsonschema, "the EPCIS samples or python3-jsonschema are not there")
class Schema(unittest.TestCase):
    def test_every_mutant_of_every_sample_is_judged_as_by_the_schema(self):
        schema, tally, wrong = checker(), collections.Counter(), []
        with tempfile.TemporaryDirectory() as folder:
            for sample in sorted(FOLDER.glob("*.jsonld")):
                document = json.loads(sample.read_text())
                if "epcisBody" not in document:
                    continue
                self.assertTrue(schema.is_valid(document), sample.name)
                self.assertEqual(judged(document, folder), (True, set()), sample.name)
                for number, (what, path, change) in enumerate(mutations(document)):
                    if number % EVERY != 0 or inside_extension(path):
                        continue
                    mutant = changed(document, path, change)
                    if mutant.get("type") not in ("EPCISDocument", "EPCISQueryDocument"):
                        continue  # no document of the schema's any more
                    by_schema = schema.is_valid(mutant)
                    valid, errors = judged(mutant, folder)
                    stricter = by_schema and not valid and errors <= set(STRICTER)
                    tally["agree" if valid == by_schema else "stricter" if stricter else "differ"] += 1
                    if valid != by_schema and not stricter:
                        wrong.append(f"{sample.name}: {what}: schema {by_schema}, fairway {valid} {sorted(errors)}")
        print(f"mutants: {dict(tally)}")
        self.assertGreater(tally["agree"], 5000 / EVERY)
        self.assertEqual(wrong, [], "\n".join(wrong[:50]))


if __name__ == "__main__":
    unittest.main()
