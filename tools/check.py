#!/usr/bin/env python3
"""./x check: what the repository holds itself to. Each rule prints the places that break it; ends in "N passed, N failed".

Rules: format (clang-format-19), include graph (a room includes only rooms below it), banned words, function and file length,
links in Markdown, generated tables named as such, tidy (clang-tidy-19 on the C++ files that differ from the last commit).
"""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CPP = (".h", ".cc")

# The ladder of ARCHITECTURE.md, bottom up. A room includes rooms of the rungs below its own, never a mate on its rung.
LADDER = [["base"], ["model"], ["gateway", "store", "http", "paper"], ["access", "journey", "ledger", "refdata"], ["filing"], ["simulate"], ["intake"], ["exchange"], ["app"]]
RUNG = {room: rung for rung, rooms in enumerate(LADDER) for room in rooms}

# (pattern, files it may stand in, why)
BANNED = [
    (r"\bco_(await|yield|return)\b", r"^$", "g++ 12 miscompiles coroutines"),
    (r"\bsystem_clock\b", r"^src/base/", "time comes from base/env.h"),
    (r"std::regex", r"^$", "slow, and its stack depth follows the input"),
    (r"#include <boost/(?!json)", r"^src/http/.*\.cc$|^src/http/channel\.h$", "Boost stays behind src/http"),
    (r"#include <(boost/json|boost/json\.hpp)", r"^src/base/json\.h$|_json\.cc$", "Boost.JSON comes in by base/json.h"),
    (r"\bstd::cout\b|\bprintf\(", r"^src/app/|^tests/|^bench/|^fuzz/", "a library does not print"),
    (r"\b(TODO|FIXME|HACK)\b", r"^$", "an issue is the place for it"),
    (r"/(work|farm)/", r"^$", "no path of one machine"),
]

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 500


def tracked(*suffixes):
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [f for f in out.split("\n") if f and f.endswith(suffixes) and (ROOT / f).is_file()]


def hand_written(files):
    return [f for f in files if "generated" not in f]


def check_format():
    files = hand_written(tracked(*CPP))
    found = []
    for start in range(0, len(files), 40):
        run = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *files[start:start + 40]], cwd=ROOT, capture_output=True, text=True)
        found += sorted({line.split(":")[0] for line in run.stderr.splitlines() if "error:" in line})
    return [f"{f}: run clang-format-19 -i on it" for f in found]


def check_includes():
    found = []
    for file in tracked(*CPP):
        parts = file.split("/")
        if parts[0] != "src" or parts[1] not in RUNG:
            continue
        for number, line in enumerate((ROOT / file).read_text(errors="replace").splitlines(), 1):
            match = re.match(r'#include "([a-z_]+)/', line)
            if match and match[1] in RUNG and match[1] != parts[1] and RUNG[match[1]] >= RUNG[parts[1]]:
                found.append(f"{file}:{number}: {parts[1]} may not include {match[1]}")
    return found


def check_banned():
    found = []
    for file in tracked(".h", ".cc", ".py", ".sh", ".ts", ".tsx", ".md", ".yaml", ".txt"):
        if file == "tools/check.py":
            continue
        text = (ROOT / file).read_text(errors="replace")
        for pattern, allowed, why in BANNED:
            if re.search(allowed, file) and allowed != r"^$":
                continue
            if not file.endswith(CPP) and not pattern.startswith((r"\b(TODO", "/(")):
                continue
            for match in re.finditer(pattern, text):
                found.append(f"{file}:{text.count(chr(10), 0, match.start()) + 1}: '{match[0]}': {why}")
    return found


def check_lengths():
    found = []
    for file in hand_written(tracked(".h", ".cc", ".py", ".ts", ".tsx", ".sh")):
        lines = (ROOT / file).read_text(errors="replace").splitlines()
        if len(lines) > FILE_LINES_MAX:
            found.append(f"{file}: {len(lines)} lines, more than {FILE_LINES_MAX}: is it still one subject?")
        if file.endswith(".cc") and file.startswith("src/"):
            found += long_functions(file, lines)
    return found


def long_functions(file, lines):
    """A function body in house style opens with a line that ends in '{' and closes with '}' in the same column."""
    found = []
    for start, line in enumerate(lines):
        if not line.endswith("{") or line.startswith("namespace") or not re.search(r"\)[^=]*\{$", line):
            continue
        indent = len(line) - len(line.lstrip())
        if indent > 2:
            continue
        for end in range(start + 1, len(lines)):
            if re.match(r" {%d}\}" % indent, lines[end]):
                if end - start > FUNCTION_LINES_MAX:
                    found.append(f"{file}:{start + 1}: a function of {end - start} lines, more than {FUNCTION_LINES_MAX}")
                break
    return found


def check_links():
    found = []
    for file in tracked(".md"):
        base = (ROOT / file).parent
        for match in re.finditer(r"\]\(([^)#\s]+)(#[^)]*)?\)", (ROOT / file).read_text(errors="replace")):
            target = match[1]
            if re.match(r"[a-z]+:", target):
                continue
            if not (base / target).exists():
                found.append(f"{file}: no such file: {target}")
    return found


def check_readmes():
    rooms = sorted(p for p in (ROOT / "src").iterdir() if p.is_dir())
    return [f"{room.relative_to(ROOT)}: no README.md" for room in rooms if not (room / "README.md").exists()]


def check_tidy():
    changed = subprocess.run(["git", "diff", "--name-only", "HEAD", "--", "src"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    files = [f for f in changed if f.endswith(".cc") and "generated" not in f and (ROOT / f).exists()]
    database = next((p for p in ("build/release", "build/asan", "build/dev") if (ROOT / p / "compile_commands.json").exists()), None)
    if not files or database is None:
        return []
    run = subprocess.run(["clang-tidy-19", "-quiet", "-p", database, *files], cwd=ROOT, capture_output=True, text=True)
    return [line for line in run.stdout.splitlines() if re.search(r": (warning|error): ", line)]


RULES = [
    ("format", check_format),
    ("include graph", check_includes),
    ("banned words", check_banned),
    ("lengths", check_lengths),
    ("links", check_links),
    ("a README in each room", check_readmes),
    ("tidy on changed files", check_tidy),
]


def main():
    failed = 0
    for name, rule in RULES:
        found = rule()
        failed += bool(found)
        print(f"{'FAIL' if found else 'ok  '} {name}")
        for line in found[:40]:
            print("     " + line)
        if len(found) > 40:
            print(f"     and {len(found) - 40} more")
    print(f"{len(RULES) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
