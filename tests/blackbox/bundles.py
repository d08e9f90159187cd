"""Evidence bundles written and read once more, apart from the program's own code: docs/reference/ledger.md, "The evidence bundle"."""
import json
import struct
import subprocess
import tempfile
import zlib


def zip_of(parts):
    """The one spelling of a bundle's zip. `parts`: (name, bytes) in order."""
    out, directory = b"", b""
    for name, data in parts:
        facts = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name.encode()
        out += b"PK\x03\x04" + facts + name.encode() + data
    return out + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)


def parts_of(data):
    """(name, bytes) in order."""
    parts, at = [], 0
    while data[at:at + 4] == b"PK\x03\x04":
        size, name = struct.unpack_from("<IH", data, at + 22)
        start = at + 30 + name
        parts.append((data[at + 30:start].decode(), data[start:start + size]))
        at = start + size
    return parts


def shown_in(opening):
    """The fields that an opening shows, as the entry's own JSON once more: what is hidden is left out."""
    record = {}
    for field in json.loads(opening)["fields"]:
        if "path" not in field:
            continue
        *way, last = [step.replace("~1", "/").replace("~0", "~") for step in field["path"].split("/")]
        at = record
        for step in way:
            at = at.setdefault(step, {})
        at[last] = json.loads(field["value"])
    return record


def text_of(bundle):
    """All that a bundle says, as text: each shown event a line of JSON, then every part as it stands, the PDF's words among them."""
    parts = parts_of(bundle)
    lines = [json.dumps(shown_in(data).get("body", {})) for name, data in parts if name.startswith("openings/")]
    for name, data in parts:
        lines.append(" ".join(words_of(data).split()) if name.endswith(".pdf") else data.decode(errors="replace"))
    return "\n".join(lines)


def words_of(pdf):
    """What poppler's pdftotext reads in it; "" where that is not installed."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        try:
            return subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True, check=True).stdout.decode()
        except FileNotFoundError:
            return ""
