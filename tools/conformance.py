#!/usr/bin/env python3
"""./x conformance: plays the scenarios of the standards against the shipped program.

A runner a standard, tests/conformance/STANDARD.py; each prints a line a scenario and ends in "N passed, N failed, N skipped".

    tools/conformance.py [STANDARD…]
"""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def runners():
    """Standard → its runner."""
    return {file.stem: file for file in sorted((ROOT / "tests/conformance").glob("*.py"))}


def main():
    known = runners()
    unknown = [name for name in sys.argv[1:] if name not in known]
    if unknown:
        print(f"unknown standard: {', '.join(unknown)}; there are {' '.join(known)}", file=sys.stderr)
        return 2
    total, broken = [0, 0, 0], False
    for name in sys.argv[1:] or known:
        env = {"FAIRWAY_BIN": str(ROOT / "build/release/fairway"), **os.environ}
        with subprocess.Popen([sys.executable, str(known[name])], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as runner:
            closing = None
            for line in runner.stdout:
                print(line, end="", flush=True)
                closing = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped\n", line) or closing
        broken |= runner.returncode != 0 or closing is None
        total = [sum(pair) for pair in zip(total, map(int, closing.groups() if closing else (0, 1, 0)))]
    if len(known) > 1 and len(sys.argv) != 2:
        print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if broken or total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
