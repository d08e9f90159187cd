#!/usr/bin/env python3
"""Runs the test suites that ./x test has built and adds up what they found.

A suite is a list of commands, each with a reader that counts its passed, failed and skipped tests. Commands run two at a time, in
waves (WAVES says which suites together); what a failing command printed is shown whole.
Ends in "N passed, N failed, N skipped"; exit status 1 when anything failed.

    tools/test.py [SUITE…]     suites: check unit threads transcripts conformance blackbox durability fuzz web
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from cluster import Cluster  # noqa: E402
from conformance import runners  # noqa: E402

TIMEOUT_S = 1200


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list = field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.notes += other.notes


@dataclass
class Job:
    name: str
    command: list
    read: object  # (output text, exit status, report path) -> Tally
    env: dict = field(default_factory=dict)
    report: Path | None = None


def read_gtest(_output, status, report):
    """GoogleTest's own JSON report; a run that died before writing it has failed once."""
    tally = Tally()
    try:
        suites = json.loads(report.read_text())["testsuites"]
    except (OSError, ValueError):
        return Tally(failed=1)
    for suite in suites:
        for test in suite["testsuite"]:
            if test.get("failures"):
                tally.failed += 1
            elif test["result"] == "SKIPPED" or test["status"] == "NOTRUN":
                tally.skipped += 1
                reason = (test.get("skipped") or [{}])[0].get("message", "")
                tally.notes.append(f"skipped {suite['name']}.{test['name']}: {reason.strip().splitlines()[-1] if reason.strip() else 'no reason given'}")
            else:
                tally.passed += 1
    if status != 0 and tally.failed == 0:
        tally.failed = 1  # the sanitizer ended the program
    return tally


def read_closing_line(output, status, _report):
    """The last line "N passed, N failed[, N skipped]" of our own runners."""
    found = re.findall(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", output, re.M)
    if not found:
        return Tally(failed=1)
    passed, failed, skipped = (int(n or 0) for n in found[-1])
    return Tally(passed, failed if failed or status == 0 else 1, skipped, re.findall(r"^skipped .*$", output, re.M))


def read_tap(output, status, _report):
    """The closing counts of node's test runner."""
    counts = {name: int(n) for name, n in re.findall(r"^(?:# |ℹ )(pass|fail|skipped|cancelled) (\d+)$", output, re.M)}
    if "pass" not in counts:
        return Tally(failed=1)
    failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    return Tally(counts["pass"], failed if failed or status == 0 else 1, counts.get("skipped", 0))


def gtest_jobs(preset, env, scratch, names=None, extra=()):
    jobs = []
    # The store's takes longest: it begins first.
    for binary in sorted((ROOT / "build" / preset / "tests").glob("test_*"), key=lambda file: (file.name != "test_store", file.name)):
        if not os.access(binary, os.X_OK) or binary.suffix or (names and binary.name not in names):
            continue
        report = scratch / f"{preset}-{binary.name}.json"
        jobs.append(Job(f"{preset} {binary.name}", [str(binary), f"--gtest_output=json:{report}", "--gtest_brief=1", *extra], read_gtest, env, report))
    return jobs or [Job(f"{preset} tests", ["false"], read_closing_line)]


def run(job):
    started = time.monotonic()
    try:
        done = subprocess.run(job.command, cwd=ROOT, env={**os.environ, **job.env}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=TIMEOUT_S)
        output, status = done.stdout.decode(errors="replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        output, status = (late.stdout or b"").decode(errors="replace") + f"\nno end after {TIMEOUT_S} s", 124
    tally = job.read(output, status, job.report)
    mark = "FAIL" if tally.failed else "ok  "
    print(f"{mark} {job.name}: {tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped ({time.monotonic() - started:.0f} s)", flush=True)
    for note in tally.notes:
        print(f"     {note}")
    if tally.failed:
        print("\n".join("     " + line for line in what_failed(output.splitlines())), flush=True)
    return tally


def what_failed(lines, after=30, last=120):
    """The lines from each of TAP's "not ok" on, then the last ones."""
    shown = []
    for number, line in enumerate(lines[:-last]):
        if line.lstrip().startswith("not ok"):
            shown += lines[number:min(number + after, len(lines) - last)]
    return shown + lines[-last:]


def suites(scratch, cluster):
    """Suite name → jobs."""
    binary = {"FAIRWAY_BIN": str(ROOT / "build/release/fairway")}
    sanitizers = {"ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0", "UBSAN_OPTIONS": "print_stacktrace=1", 
                  "TSAN_OPTIONS": f"halt_on_error=1:second_deadlock_stack=1:suppressions={ROOT}/tools/tsan-suppressions.txt"}
    postgres = {"FAIRWAY_TEST_POSTGRES": cluster.url, "FAIRWAY_TEST_POSTGRES_DIR": str(cluster.directory)} if cluster else {}
    python = [sys.executable]
    blackbox = sorted((ROOT / "tests/blackbox").glob("test_*.py"))
    durability = ("test_takeover.py", "test_kill.py")
    return {
        "check": [Job("check", [*python, "tools/check.py"], read_closing_line)],
        "unit": gtest_jobs("asan", {**sanitizers, **postgres, **binary}, scratch),
        # PostgreSQL's tests are for the other sanitizer: they would take minutes under this one.
        "threads": gtest_jobs("tsan", {**sanitizers, **binary}, scratch, {"test_store", "test_http"}, ["--gtest_filter=-*Postgres*:*DISABLED*"]),
        "transcripts": [Job("transcripts", [*python, "tests/transcript/run.py"], read_closing_line, binary)],
        "conformance": [Job(f"conformance {name}", [*python, str(file)], read_closing_line, binary) for name, file in runners().items()],
        "blackbox": [Job(f"blackbox {f.stem[5:]}", [*python, "tests/blackbox/run.py", str(f)], read_closing_line, {**binary, **postgres})
                     for f in blackbox if f.name not in durability],
        "durability": [Job(f"durability {name[5:-3]}", [*python, "tests/blackbox/run.py", f"tests/blackbox/{name}"], read_closing_line, {**binary, **postgres})
                       for name in durability],
        "fuzz": [Job("fuzz", [*python, "tools/fuzz.py", "--seconds", "20"], read_closing_line)],
        "web": [Job("web", ["node", "--test", *map(str, sorted((ROOT / "tests/web").glob("*.test.mjs")))], read_tap, binary)],
    }


# Suites of one wave share its two places, in this order; a wave begins when the one before it has ended. The takeover minds the clock and
# has the killing beside it, which mostly waits; fuzzing comes when the first of them is done. The browser is alone.
WAVES = (("check",), ("unit", "threads"), ("transcripts", "conformance", "blackbox"), ("durability", "fuzz"), ("web",))


def main():
    wanted = sys.argv[1:]
    total = Tally()
    with tempfile.TemporaryDirectory(prefix="fairway-test-") as scratch:
        os.chmod(scratch, 0o755)  # PostgreSQL runs as a user of its own where this is root
        with Cluster.start_or_none(Path(scratch) / "postgres") as cluster:
            known = suites(Path(scratch), cluster)
            unknown = [name for name in wanted if name not in known]
            if unknown:
                print(f"unknown suite: {', '.join(unknown)}; there are {' '.join(known)}", file=sys.stderr)
                return 2
            for wave in WAVES:
                jobs = [job for name in wave if not wanted or name in wanted for job in known[name]]
                with concurrent.futures.ThreadPoolExecutor(2) as pool:
                    for tally in pool.map(run, jobs):
                        total.add(tally)
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
