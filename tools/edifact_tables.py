#!/usr/bin/env python3
"""Writes src/gateway/edifact/tables_generated_directories.cc from the texts of the UN/EDIFACT directories, and from Python's codecs
tables_generated_character_sets.cc.

    tools/edifact_tables.py [DIRECTORIES] [--out FOLDER]

DIRECTORIES holds the directories as published: d95b.zip and so on, each a zip of zips (default ../shared/corpora/edifact-directories
beside the project). The output is deterministic; a test generates it again and compares. The notation of the rows is explained in
src/gateway/edifact/directory.h.
"""
import argparse
import io
import pathlib
import re
import zipfile

PROJECT = pathlib.Path(__file__).resolve().parent.parent
RELEASES = ["95B", "96A", "99B", "00B", "03B", "13B", "16A"]
MESSAGES = """APERAK BAPLIE CODECO CODENO COARRI COPARN COPINO COPRAR COSTCO COSTOR CUSCAR CUSDEC CUSRES DESADV IFCSUM IFTMBC IFTMBF
    IFTMCS IFTMIN IFTSAI IFTSTA ORDERS VERMAS""".split()
KINDS = ["Messages", "Segments", "Composites", "Elements"]
NEWEST_FIRST = str.maketrans("01", "10")   # digits of an older directory, which stand further left, sort first
RULE = re.compile(r"^[-\u2500]{40,}\s*$")  # the line between two entries of a directory
MARKS = r"[\s+*#|\-X]*"                    # change indicators in front of an entry


def texts_of(archive):
    """Every text of a directory's zip of zips by its file name, upper case, as lines."""
    found = {}
    with zipfile.ZipFile(archive) as outer:
        for name in outer.namelist():
            if not name.lower().endswith(".zip") or "__MACOSX" in name:
                continue
            with zipfile.ZipFile(io.BytesIO(outer.read(name))) as inner:
                for member in inner.namelist():
                    if not member.endswith("/") and "__MACOSX" not in member:
                        text = inner.read(member).decode("cp437").replace("\r", "")
                        found[member.rsplit("/", 1)[-1].upper()] = text.split("\n")
    return found


def text(texts, release, *stems):
    for stem in stems:
        if f"{stem}.{release}" in texts:
            return texts[f"{stem}.{release}"]
    raise SystemExit(f"D.{release}: none of {', '.join(stems)} found")


def entries(lines):
    """(head line, body lines) of every entry that stands between two rules."""
    head, body = None, []
    for i, line in enumerate(lines):
        if RULE.match(line):
            if head:
                yield head, body
            rest = (l for l in lines[i + 1:] if l.strip())
            head, body = next(rest, None), []
        elif head is not None and line != head:
            body.append(line)
    if head:
        yield head, body


def read_elements(lines):
    """{"1001": "an..3"}"""
    elements = {}
    for head, body in entries(lines):
        name = re.match(MARKS + r"(\d{4})\s+\S", head)
        representation = re.search(r"^\s+Repr:\s*(an|a|n)\s*(\.\.)?\s*(\d+)", "\n".join(body), re.M)
        if name and representation:
            elements[name[1]] = "".join(part or "" for part in representation.groups())
    return elements


def positions(body):
    """The numbered lines of an entry, each joined with the line that its name runs on to: (tag, rest after the name)."""
    for i, line in enumerate(body):
        start = re.match(r"^\d{3}" + MARKS + r"([A-Z]?\d{3,4})\s+(.*)$", line)
        if not start:
            continue
        rest = start[2]
        if not re.search(r"\s[MC](\s+\d+)?(\s+an?\S+|\s+n\S+)?\s*$", rest):
            rest += " " + body[i + 1].strip()
        yield start[1], rest


def read_composites(lines, elements):
    """{"C002": "1001 1131 3055 1000"}; "!" marks a mandatory component."""
    composites = {}
    for head, body in entries(lines):
        name = re.match(MARKS + r"([CSE]\d{3})\s+\S", head)
        if not name:
            continue
        parts = []
        for tag, rest in positions(body):
            status = re.search(r"\s([MC])\s+((?:an|a|n)(?:\.\.)?\d+)\s*$", rest)
            if not status or elements.get(tag) != status[2]:
                raise SystemExit(f"{name[1]}: cannot read {tag} {rest!r}")
            parts.append(tag + ("!" if status[1] == "M" else ""))
        composites[name[1]] = " ".join(parts)
    return composites


def read_segments(lines):
    """{"EQD": "8053! C237 C224 8077 8249 8169"}; "x5" marks an element that may repeat."""
    segments = {}
    for head, body in entries(lines):
        name = re.match(MARKS + r"([A-Z]{3})\s+\S", head)
        if not name:
            continue
        parts = []
        for tag, rest in positions(body):
            status = re.search(r"\s([MC])(?:\s+(\d+))?(?:\s+(?:an|a|n)(?:\.\.)?\d+)?\s*$", rest)
            if not status:
                raise SystemExit(f"{name[1]}: cannot read {tag} {rest!r}")
            repeats = int(status[2] or 1)
            parts.append(tag + ("!" if status[1] == "M" else "") + (f"x{repeats}" if repeats > 1 else ""))
        segments[name[1]] = " ".join(parts)
    return segments


def read_message(name, lines):
    """"UNH! BGM! FTX9 SG1x9[RFF! DTM9] … UNT!" from the last segment table, up to its UNT."""
    start = max(i for i, line in enumerate(lines) if re.search(r"Segment table", line))
    out, depth = [], 0
    for line in lines[start:]:
        group = re.match(r"^\d{4,5}.*?Segment group\s+(\d+)\s.*?\s([MC])\s+(\d+)", line)
        segment = re.match(r"^\d{4,5}" + MARKS + r"([A-Z]{3})\s.*?\s([MC])\s+(\d+)(.*)$", line)
        if group:
            out.append(f"SG{group[1]}{'!' if group[2] == 'M' else ''}x{group[3]}[")
            depth += 1
        elif segment:
            tag, status, repeats, box = segment.groups()
            closes = sum(box.count(corner) for corner in "+\u2518\u2534")
            out.append(tag + ("!" if status == "M" else "") + (repeats if repeats != "1" else "") + "]" * closes)
            depth -= closes
            if tag == "UNT":
                break
    if depth != 0 or not out or not out[-1].startswith("UNT"):
        raise SystemExit(f"{name}: its segment table does not close ({depth})")
    return " ".join(out).replace("[ ", "[")


def read_directory(texts, release):
    """The four tables of a directory, in the order of KINDS."""
    elements = read_elements(text(texts, release, "EDED", "TRED"))
    composites = read_composites(text(texts, release, "EDCD", "TRCD"), elements)
    segments = read_segments(text(texts, release, "EDSD", "TRSD"))
    messages = {m: read_message(m, texts[f"{m}_D.{release}"]) for m in MESSAGES if f"{m}_D.{release}" in texts}
    used = {re.split("[!x]", part)[0] for row in segments.values() for part in row.split()}
    missing = used - elements.keys() - composites.keys()
    if missing:
        raise SystemExit(f"D.{release}: segments use unknown elements {sorted(missing)}")
    return messages, segments, composites, elements


def pool_rows(kind, tables):
    """Each distinct row of one kind once, by name and then the oldest first, with a binary digit for each release that has it."""
    having = {}
    for i, table in enumerate(tables):
        for row in table.items():
            having.setdefault(row, ["0"] * len(tables))[i] = "1"
    lines = [f"constexpr DirectoryRow k{kind}[] = {{"]
    for (name, row), digits in sorted(having.items(), key=lambda entry: (entry[0][0], "".join(entry[1]).translate(NEWEST_FIRST))):
        lines += wrap(f'    {{"{name}", ', row, f', 0b{"".join(digits)}}},')
    return "\n".join(lines + ["};"])


def wrap(head, row, tail, width=132):
    """A row on one line, or where that would be too long its text as adjoining string literals."""
    if len(head) + len(row) + 2 + len(tail) <= width:
        return [f'{head}"{row}"{tail}']
    out, rest = [head.rstrip()], row
    while rest:
        cut = len(rest) if len(rest) <= width - 20 else rest.rfind(" ", 0, width - 10) + 1
        out.append(f'     "{rest[:cut]}"')
        rest = rest[cut:]
    out[-1] += tail
    return out


def generate(directories):
    """The pools, and the directories as bits of their rows; `directories` are (release, tables) with the oldest first."""
    pools = [pool_rows(kind, [tables[i] for _, tables in directories]) for i, kind in enumerate(KINDS)]
    texts = []
    for i, (release, _) in enumerate(directories):
        bit = "0b" + "".join("1" if i == j else "0" for j in range(len(directories)))
        texts.append(f'    {{"{release}", {", ".join(f"{{k{kind}, {bit}}}" for kind in KINDS)}}},')
    return f"""// Generated by tools/edifact_tables.py from the UN/EDIFACT directories D.{", D.".join(release for release, _ in directories)}.
// Do not edit. The digits behind a row say which of these have it, in this order.
#include "gateway/edifact/directory.h"

namespace fairway::gateway::edifact {{
namespace {{

{(chr(10) * 2).join(pools)}

constexpr DirectoryText kTexts[] = {{
{chr(10).join(texts)}
}};

}}  // namespace

extern const std::span<const DirectoryText> kDirectoryTexts = kTexts;

}}  // namespace fairway::gateway::edifact
"""


def code_points(codec, first, last):
    """The characters of a single-byte codec as char16_t literals, ten a line; U+FFFD where it has none."""
    codes = [ord(bytes([byte]).decode(codec, "replace")) for byte in range(first, last + 1)]
    lines = [", ".join(f"0x{code:04X}" for code in codes[i:i + 10]) for i in range(0, len(codes), 10)]
    return ",\n    ".join(lines)


def generate_character_sets():
    parts = [2, 3, 4, 5, 6, 7, 8, 9, 15]
    tables = [f"extern const UpperHalf kIso8859_{part} = {{\n    {code_points(f'iso8859_{part}', 0xA0, 0xFF)}}};\n" for part in parts]
    tables.append(f"extern const std::array<char16_t, 32> kWindows1252 = {{\n    {code_points('cp1252', 0x80, 0x9F)}}};\n")
    return """// Generated by tools/edifact_tables.py. Do not edit.
#include "gateway/edifact/charset_tables.h"

namespace fairway::gateway::edifact {

""" + "\n".join(tables) + """
}  // namespace fairway::gateway::edifact
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("directories", nargs="?", type=pathlib.Path, default=PROJECT / "../shared/corpora/edifact-directories")
    arguments.add_argument("--out", type=pathlib.Path, default=PROJECT / "src/gateway/edifact")
    options = arguments.parse_args()
    directories = [(r, read_directory(texts_of(options.directories / f"d{r.lower()}.zip"), r)) for r in RELEASES]
    (options.out / "tables_generated_directories.cc").write_text(generate(directories))
    (options.out / "tables_generated_character_sets.cc").write_text(generate_character_sets())


if __name__ == "__main__":
    main()
