"""Holds JSON values against the schemas of an OpenAPI 3.0 file: as much of JSON Schema as those files use."""
import re
from datetime import datetime
from pathlib import Path

try:
    import yaml
except ImportError:
    yaml = None

UUID = re.compile(r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
DATE_TIME = re.compile(r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")
TYPES = {"string": str, "object": dict, "array": list, "boolean": bool, "integer": int, "number": (int, float)}
DEPTH_MAX = 40


def instant(text):
    """The point in time of an RFC 3339 date-time; ValueError for what is none."""
    if not isinstance(text, str) or not DATE_TIME.match(text):
        raise ValueError(f"{text!r} is not a date-time")
    return datetime.fromisoformat(re.sub(r"[Zz]$", "+00:00", text).upper())


class Schemas:
    """The components of one file; `of(path)` is None where it cannot be read."""

    def __init__(self, document):
        self.document = document

    @staticmethod
    def of(path: Path):
        if yaml is None or not path.exists():
            return None
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return Schemas(yaml.load(path.read_text(), loader))

    @staticmethod
    def why_not(path: Path):
        return "there is no YAML reader (python3-yaml)" if yaml is None else f"{path.name} is not there"

    def faults(self, value, name):
        """What is wrong with the value, one text each; nothing for a good one."""
        return list(self._faults(value, {"$ref": f"#/components/schemas/{name}"}, "$", 0))

    def _faults(self, value, schema, at, depth):
        if depth > DEPTH_MAX:
            yield f"{at}: nested too deep"
            return
        if "$ref" in schema:
            target = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            yield from self._faults(value, target, at, depth + 1)
            return
        for part in schema.get("allOf", ()):
            yield from self._faults(value, part, at, depth + 1)
        for words, wrong in (("anyOf", lambda good: good < 1), ("oneOf", lambda good: good != 1)):
            if words in schema:
                tried = [list(self._faults(value, part, at, depth + 1)) for part in schema[words]]
                if wrong(sum(not faults for faults in tried)):
                    yield f"{at}: fits not {words}: {min(tried, key=len)[:2]}"
        kind = schema.get("type")
        if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
            yield f"{at}: {value!r} is no {kind}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{at}: {value!r} is none of {schema['enum']}"
        if isinstance(value, str):
            yield from self._text_faults(value, schema, at)
        if isinstance(value, dict):
            for name in schema.get("required", ()):
                if name not in value:
                    yield f"{at}: no {name}"
            for name, part in schema.get("properties", {}).items():
                if name in value:
                    yield from self._faults(value[name], part, f"{at}.{name}", depth + 1)
        if isinstance(value, list) and "items" in schema:
            for index, item in enumerate(value):
                yield from self._faults(item, schema["items"], f"{at}[{index}]", depth + 1)

    @staticmethod
    def _text_faults(value, schema, at):
        if len(value) > schema.get("maxLength", len(value)):
            yield f"{at}: {value!r} is longer than {schema['maxLength']}"
        if len(value) < schema.get("minLength", 0):
            yield f"{at}: {value!r} is shorter than {schema['minLength']}"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at}: {value!r} is not like {schema['pattern']}"
        if schema.get("format") == "uuid" and not UUID.match(value):
            yield f"{at}: {value!r} is no UUID"
        if schema.get("format") == "date-time" and not DATE_TIME.match(value):
            yield f"{at}: {value!r} is no date-time"
