#!/usr/bin/env python3
"""./x bench [PART…]: Fairway and the rival baseline, loaded alike and measured in turn; a table of ratios with their floors.

Parts: intake single journey get stream parse access ais ledger filing (the default), and the long ones: scale restart.
A part whose rival is not there (no ../shared/rivals, no PostgreSQL, no Node) says so and is left out. Exit status 1 when a floor is missed.
"""
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from cluster import free_port  # noqa: E402

BINARY = ROOT / "build/release/fairway"
RIVALS = ROOT.parent / "shared" / "rivals"
CONTAINERS = 500_000
ROUNDS = 3
SECONDS = 5
PREFILL = int(os.environ.get("FAIRWAY_BENCH_PREFILL", "500000"))


def say(text):
    print(text, file=sys.stderr, flush=True)


class Fairway:
    profile, stream_path, post_path = "fairway", "/v1/stream", "/v1/events"

    def __init__(self, folder, options=()):
        self.folder, self.port, self.options = Path(folder), free_port(), options
        self.url, self.process, self.key = f"http://127.0.0.1:{self.port}", None, None

    def start(self):
        self.process = subprocess.Popen([BINARY, "serve", "--store", f"rocksdb:{self.folder}", "--listen", f"127.0.0.1:{self.port}", "--log-level", "warn",
                                         "--requests-per-second", "0", "--references-a-day", "0", *self.options], stdout=subprocess.DEVNULL)
        started = time.monotonic()
        while time.monotonic() - started < 120:
            try:
                urllib.request.urlopen(self.url + "/readyz", timeout=1)
                break
            except OSError:
                time.sleep(0.02)
        seconds = time.monotonic() - started
        if self.key is None:
            self.key = subprocess.run([BINARY, "admin", "party", "add", "Bench", "--role", "operator", "--store", f"rocksdb:{self.folder}"],
                                      capture_output=True, text=True, check=True).stdout.strip()
        return seconds

    def simulate(self, *arguments):
        subprocess.run([BINARY, "simulate", *arguments], check=True, capture_output=True)

    def processor_ticks(self):
        figures = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(figures[11]) + int(figures[12])

    def events_seen(self, key, reference):
        request = urllib.request.Request(f"{self.url}/v1/journeys/{reference}", headers={"Authorization": f"Bearer {key}"})
        try:
            return len(json.load(urllib.request.urlopen(request))["events"])
        except urllib.error.HTTPError:
            return 0

    def last_entry(self):
        text = urllib.request.urlopen(self.url + "/metrics").read().decode()
        return int(float(re.search(r'fairway_store\{figure="last_entry"\} (\S+)', text)[1]))

    def wait_for_ledger(self):
        """Until the tree has everything that the log has; at once where there is none."""
        while True:
            try:
                if json.load(urllib.request.urlopen(self.url + "/ledger/status"))["lag"]["entries"] == 0:
                    return
            except urllib.error.HTTPError:
                return
            time.sleep(0.1)

    def prefill(self, count):
        run = 0
        while self.last_entry() < count:
            run += 1
            wrk(self, "post", 4, 1000, SECONDS, run=f"pre{run}")
        return self.last_entry()

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()


class Baseline:
    profile, stream_path, post_path, key = "baseline", "/stream", "/events", None

    def __init__(self, folder):
        self.folder, self.port = Path(folder), free_port()
        self.url, self.process = f"http://127.0.0.1:{self.port}", None

    def install(self):
        """The rival in a folder of its own, with its npm packages; None or why it cannot be had."""
        if not (RIVALS / "baseline").is_dir():
            return "no ../shared/rivals/baseline beside the project"
        if not os.path.exists("/usr/lib/postgresql/15/bin/initdb"):
            return "no PostgreSQL 15 on this machine"
        shutil.copytree(RIVALS / "baseline", self.folder / "service", dirs_exist_ok=True)
        subprocess.run(["chmod", "-R", "u+w", str(self.folder)], check=True)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=self.folder / "service", capture_output=True, text=True)
        return None if done.returncode == 0 else f"npm could not install its packages: {done.stderr[-300:]}"

    def start(self):
        os.chmod(self.folder, 0o755)
        self.database = self.folder / "pg"
        subprocess.run(["sh", "pg.sh", "start", str(self.database)], cwd=self.folder / "service", check=True, stdout=subprocess.DEVNULL)
        self.psql("-qf", "schema.sql")
        self.process = subprocess.Popen(["node", "server.cjs"], cwd=self.folder / "service", env={**os.environ, "PORT": str(self.port)}, stdout=subprocess.DEVNULL)
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url + "/events?equipmentReference=X", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the baseline did not start")

    def psql(self, *arguments):
        subprocess.run(["psql", "-h", "/tmp", "-p", "15432", "-U", "bench", "bench", "-q", *arguments], cwd=self.folder / "service", check=True, stdout=subprocess.DEVNULL)

    def prefill(self, count):
        self.psql("-v", f"n={count}", "-f", "prefill.sql")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            subprocess.run(["sh", "pg.sh", "stop", str(self.database)], cwd=self.folder / "service", stdout=subprocess.DEVNULL)


def wrk(server, mode, connections, batch=1, seconds=SECONDS, run=None):
    """One measurement: requests a second and what the client saw."""
    run = run or f"r{time.monotonic_ns():x}"
    arguments = [server.profile, mode, str(CONTAINERS), str(batch), run] + ([server.key] if server.key else [])
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", str(ROOT / "bench/load.lua"), server.url, "--", *arguments],
                          capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    figures["per_second"] = figures["requests"] / figures["seconds"] * batch
    return figures


def listen(server, subscribers, rate, seconds=SECONDS):
    arguments = [server.url, server.stream_path, server.post_path, str(subscribers), str(rate), str(seconds)] + ([server.key] if server.key else [])
    done = subprocess.run(["node", str(ROOT / "bench/listen.mjs"), *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, ours, theirs, ratio, floor, note=""):
        verdict = "" if floor is None else ("ok" if ratio >= floor else "MISSED")
        self.rows.append((what, ours, theirs, f"{ratio:.2f}", "" if floor is None else f"{floor:g}", verdict, note))
        say("  " + " | ".join(self.rows[-1]))

    def add_cost(self, what, ours, theirs, ratio, ceiling):
        """A ratio that is to be small."""
        self.rows.append((what, ours, theirs, f"{ratio:.2f}", f"at most {ceiling:g}", "ok" if ratio <= ceiling else "MISSED", ""))
        say("  " + " | ".join(self.rows[-1]))

    def print(self):
        print("| what | Fairway | rival | ratio | floor | | note |\n|---|---:|---:|---:|---:|---|---|")
        for row in self.rows:
            print("| " + " | ".join(row) + " |")

    def missed(self):
        return any(row[5] == "MISSED" for row in self.rows)


def compare(table, what, floor, ours, theirs, measure):
    """Rounds in turn; the median of the pairwise ratios, and the medians of both figures."""
    pairs = []
    for _ in range(ROUNDS):
        rival = measure(theirs)
        own = measure(ours)
        pairs.append((own, rival))
    ratio = statistics.median(o["per_second"] / max(1, r["per_second"]) for o, r in pairs)
    middle = [statistics.median(p[i]["per_second"] for p in pairs) for i in (0, 1)]
    last_own, last_rival = pairs[-1]
    errors = sum(p[0].get("errors", 0) for p in pairs)
    note = f"p99 {last_own['p99_ms']} against {last_rival['p99_ms']} ms" if "p99_ms" in last_own else ""
    table.add(what, f"{middle[0]:,.0f}/s", f"{middle[1]:,.0f}/s", ratio, floor, note + (f", {errors} errors" if errors else ""))


def against_baseline(table, parts, scratch):
    baseline, fairway = Baseline(Path(scratch, "rival")), Fairway(Path(scratch, "store"))
    baseline.folder.mkdir()
    why = baseline.install()
    if why:
        say(f"left out: {', '.join(parts)}: {why}")
        return
    try:
        say("starting both and loading them alike")
        baseline.start()
        fairway.start()
        stored = fairway.prefill(PREFILL)
        baseline.prefill(stored)
        say(f"{stored:,} events in each")
        # Reading first: the faster writer would otherwise have the more to read.
        if "journey" in parts:
            compare(table, "journey GET, 16 connections", 3, fairway, baseline, lambda s: wrk(s, "journey", 16))
        if "get" in parts:
            compare(table, "GET by container, 16 connections", 3.4, fairway, baseline, lambda s: wrk(s, "get", 16))
        if "intake" in parts:
            compare(table, "durable events, batches of 100, 4 connections", 3, fairway, baseline, lambda s: wrk(s, "post", 4, 100))
            compare(table, "durable events, batches of 1,000, 4 connections", 3, fairway, baseline, lambda s: wrk(s, "post", 4, 1000))
        if "single" in parts:
            compare(table, "single durable POST, 64 connections", 7, fairway, baseline, lambda s: wrk(s, "post", 64))
        if "stream" in parts:
            compare(table, "stream deliveries, 100 subscribers, 20,000 events/s offered", 2, fairway, baseline, lambda s: listen(s, 100, 20_000))
    finally:
        fairway.stop()
        baseline.stop()


def ledger_part(table, scratch):
    """What the ledger costs: alone (ledger_sequence), and intake with one against intake without."""
    tool = ROOT / "build/release/bench/bench_ledger_sequence"
    if tool.exists():
        print(subprocess.run([tool], capture_output=True, text=True, check=True).stdout)
    servers = [Fairway(Path(scratch, "with")), Fairway(Path(scratch, "without"), ("--ledger-key", "none"))]
    try:
        for server in servers:
            server.start()
        for what, connections, batch in (("batches of 1,000, 4 connections", 4, 1000), ("single POSTs, 64 connections", 64, 1)):
            pairs, costs = [], []
            for _ in range(2 * ROUNDS):
                pair, cost = [], []
                for server in servers:
                    ticks, entries = server.processor_ticks(), server.last_entry()
                    pair.append(wrk(server, "post", connections, batch)["per_second"])
                    server.wait_for_ledger()
                    cost.append((server.processor_ticks() - ticks) / (server.last_entry() - entries))
                pairs.append(pair)
                costs.append(cost)
            middle = [statistics.median(pair[i] for pair in pairs) for i in (0, 1)]
            table.add(f"durable events with a ledger against without, {what}", f"{middle[0]:,.0f}/s", f"{middle[1]:,.0f}/s",
                      statistics.median(a / b for a, b in pairs), 0.9, f"processor time of an event {statistics.median(a / b for a, b in costs):.2f} times")
    finally:
        for server in servers:
            server.stop()


def filing_part(table):
    """Every filing of a consignment planned, filled and checked, on one thread, without a store."""
    printed = subprocess.run([ROOT / "build/release/bench/bench_filing"], capture_output=True, text=True, check=True).stdout
    print(printed)
    rate = float(re.search(r"^consignments planned, filled and checked +([0-9.]+)", printed, re.M).group(1))
    table.add("consignments planned, filled and checked, of one core", f"{rate:,.0f}/s", "1,000/s", rate / 1000, 1)


class Witnesses:
    """Four of `fairway witness`, and the policy by which three of them must have seen a checkpoint."""

    def __init__(self, folder, log_key):
        self.processes, lines = [], [f"log {log_key}"]
        for name in ("w0", "w1", "w2", "w3"):
            port, own = free_port(), ["witness", "--key", f"{folder}/{name}.key", "--name", f"{name}.example"]
            key = subprocess.run([BINARY, *own, "--print-key"], capture_output=True, text=True, check=True).stdout.strip()
            self.processes.append(subprocess.Popen([BINARY, *own, "--dir", f"{folder}/{name}", "--log", log_key, "--listen", f"127.0.0.1:{port}", "--log-level",
                                                    "warn"], stdout=subprocess.DEVNULL))
            lines.append(f"witness {name} {key} http://127.0.0.1:{port}")
        self.policy = Path(folder, "policy.txt")
        self.policy.write_text("\n".join(lines + ["group most 3 w0 w1 w2 w3", "quorum most", ""]))

    def stop(self):
        for process in self.processes:
            process.terminate()
            process.wait()


def events_of(run, number, count):
    when = "2026-11-22T00:00:00.000Z"
    return json.dumps([{"eventID": f"{run}-{number}-{i}", "eventType": "EQUIPMENT", "eventCreatedDateTime": when, "eventDateTime": when, "eventClassifierCode": "ACT",
                        "equipmentEventTypeCode": "GTIN", "equipmentReference": f"MSCU{(number * count + i) % 1000000:06d}0", "ISOEquipmentCode": "45G1",
                        "emptyIndicatorCode": "LADEN", "eventLocation": {"UNLocationCode": "HKHKG", "facilityCode": "HITT"}} for i in range(count)]).encode()


def witnessed_part(table, scratch, per_second=10_000, seconds=30):
    """From the answer to a submission until four witnesses' quorum has seen what was submitted, while 10,000 entries a second come in."""
    folder = Path(scratch, "witnessed")
    folder.mkdir()
    server = Fairway(folder / "store")
    server.start()
    log_key = urllib.request.urlopen(server.url + "/ledger/key").read().decode().strip()
    server.stop()
    witnesses = Witnesses(folder, log_key)
    server.options = ("--witness-policy", str(witnesses.policy))
    try:
        server.start()
        batch = per_second // 10
        answered, seen = [], []  # (time, last entry) of each submission; (time, size) of each witnessed checkpoint

        def watch():
            while not watch.done:
                try:
                    note = urllib.request.urlopen(server.url + "/ledger/witnessed").read().decode()
                    seen.append((time.monotonic(), int(note.split("\n")[1])))
                except urllib.error.HTTPError:
                    pass
                time.sleep(0.005)
        watch.done = False
        watcher = threading.Thread(target=watch)
        watcher.start()
        began = time.monotonic()
        for number in range(seconds * 10):
            request = urllib.request.Request(server.url + "/v1/events", events_of("w", number, batch),
                                             {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"})
            answer = json.load(urllib.request.urlopen(request))
            answered.append((time.monotonic(), max(entry["entry"] for entry in json.loads(answer["inclusion"]["receipt"])["promise"]["entries"])))
            time.sleep(max(0, began + (number + 1) / 10 - time.monotonic()))
        rate = batch * len(answered) / (time.monotonic() - began)
        time.sleep(2)
        watch.done = True
        watcher.join()
        waits = sorted(next((at - when for at, size in seen if size >= entry and at >= when), 99) for when, entry in answered)
        p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
        table.add_cost(f"seconds from receipt to a checkpoint that three of four witnesses cosigned, {rate:,.0f} entries/s, p99", f"{p99:.2f}",
                       f"p50 {p50:.2f}", p99, 1)
    finally:
        server.stop()
        witnesses.stop()


def parse_part(table, scratch):
    """EDIFACT parse and validate against the npm parsers, on the same file."""
    tool = ROOT / "build/release/bench/bench_edifact_parse"
    if not tool.exists() or not (RIVALS / "parsers").is_dir():
        say("left out: parse: no ../shared/rivals/parsers beside the project")
        return
    data = Path(scratch, "codeco.edi")
    subprocess.run([sys.executable, str(RIVALS / "parsers/gen_edi.py"), "codeco", "40", str(data)], check=True, stdout=subprocess.DEVNULL)
    # The npm parsers stop at a release character that falls at the end of a chunk: all are given the file without any.
    data.write_bytes(data.read_bytes().replace(b"?'", b" ").replace(b"?:", b" ").replace(b".? '", b".  '"))
    packages = Path(scratch, "parsers")
    packages.mkdir()
    for script in (RIVALS / "parsers").glob("*.cjs"):
        shutil.copy(script, packages)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "edifact", "ts-edifact", "htmlparser2"], cwd=packages, check=True, capture_output=True)
    pairs = []
    for _ in range(ROUNDS):
        rivals = []
        for name in ("edifact", "ts-edifact"):
            done = subprocess.run(["node", "edi_npm.cjs", str(data), name], cwd=packages, capture_output=True, text=True)
            found = re.search(r"([\d.]+) MB/cpu-s", done.stdout)
            rivals.append(float(found[1]) if found else 0)
        own = json.loads(subprocess.run([str(tool), str(data)], capture_output=True, text=True, check=True).stdout)["mb_per_cpu_s"]
        if not max(rivals):
            say("left out: parse: the npm parsers do not run here")
            return
        pairs.append((own, max(rivals)))
    own, rival = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    table.add("EDIFACT parse and validate, MB a CPU-second, against the fastest npm parser", f"{own:,.0f}", f"{rival:,.0f}",
              statistics.median(o / max(r, 0.1) for o, r in pairs), 3, "" if own >= 150 else "below 150 MB a CPU-second")


def who_sees_what(fairway, keys, messages):
    """Simulated boxes with a party beside the operator that sees the whole journey: (operator's key, party's key, box)."""
    boxes = set()
    for file in messages.rglob("*"):
        if file.is_file():
            boxes |= set(re.findall(r"\b[A-Z]{3}U\d{7}\b", file.read_text(errors="replace")))
    operator = next(key for key, role in keys if "operator" in role)
    shippers = [key for key, role in keys if "(shipper" in role]
    seen = []
    for box in sorted(boxes):
        whole = fairway.events_seen(operator, box)
        seen += [(operator, key, box) for key in shippers if whole and fairway.events_seen(key, box) == whole]
    return seen


def access_part(table, scratch):
    """What it costs to ask for a journey as a party, and not as the operator of whom nothing is checked; and what many grants cost."""
    folder = Path(scratch, "access")
    folder.mkdir()
    fairway, keys = Fairway(folder / "store"), folder / "keys"
    traffic = ("--seed", "7", "--boxes", "300", "--days", "30")
    fairway.simulate("--enrol", "--store", f"rocksdb:{fairway.folder}", "--keys", str(keys))
    named = [line.split(maxsplit=2)[1:] for line in keys.read_text().splitlines() if not line.startswith("#")]
    fairway.key = named[0][0]
    try:
        fairway.start()
        fairway.simulate(*traffic, "--to", fairway.url, "--keys", str(keys))
        fairway.simulate(*traffic, "--out", str(folder / "messages"))
        asked = who_sees_what(fairway, named, folder / "messages")
        for name, which in (("operator", 0), ("party", 1)):
            (folder / name).write_text("".join(f"{line[which]} {line[2]}\n" for line in asked))

        def microseconds(who):
            before = fairway.processor_ticks()
            done = subprocess.run(["wrk", "-t1", "-c2", "-d2s", "-s", str(ROOT / "bench/journeys.lua"), fairway.url, "--", str(folder / who)],
                                  capture_output=True, text=True, check=True)
            figures = json.loads(done.stdout.strip().splitlines()[-1])
            if figures["errors"]:
                raise RuntimeError(f"{figures['errors']} journeys were refused")
            return (fairway.processor_ticks() - before) * 1e6 / os.sysconf("SC_CLK_TCK") / figures["requests"]

        pairs = [(microseconds("party"), microseconds("operator")) for _ in range(15)]
        party, operator = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
        table.add_cost(f"processor time of a journey GET as a party against the operator's, {len(asked)} journeys", f"{party:.0f} µs", f"{operator:.0f} µs",
                       statistics.median(one / other for one, other in pairs), 1.15)
    finally:
        fairway.stop()
    figures = json.loads(subprocess.run([ROOT / "build/release/bench/bench_access_check"], capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    say(f"  the journey alone, without HTTP: {figures['party_us']} against {figures['operator_us']} µs, {figures['check']:.2f}")
    table.add_cost("a journey for a bank with 100,000 grants against one with ten", f"{figures['many_grants_us']:.0f} µs", f"{figures['ten_grants_us']:.0f} µs",
                   figures["grants"], 1.1)


def ais_part(table, scratch):
    """AIS messages a CPU-second, into values and as JSON, against gpsdecode (Debian's gpsd-clients) on the same file."""
    tool = ROOT / "build/release/bench/bench_ais_decode"
    if not tool.exists() or shutil.which("gpsdecode") is None:
        say("left out: ais: no gpsdecode on this machine (Debian: gpsd-clients)")
        return
    data = Path(scratch, "traffic.aivdm")
    data.write_bytes(subprocess.run([str(tool), "--write", "300000"], capture_output=True, check=True).stdout)
    rounds = []
    for _ in range(ROUNDS):
        before = os.times()
        with open(data, "rb") as sentences:
            lines = subprocess.run(["gpsdecode", "-j"], stdin=sentences, capture_output=True, check=True).stdout.count(b"\n")
        after = os.times()
        seconds = after.children_user + after.children_system - before.children_user - before.children_system
        own = json.loads(subprocess.run([str(tool), str(data)], capture_output=True, text=True, check=True).stdout)
        rounds.append((own["messages_per_cpu_s"], own["json_per_cpu_s"], lines / seconds))
    values, written, rival = (statistics.median(r[i] for r in rounds) for i in range(3))
    table.add("AIS messages a CPU-second into values, against gpsdecode's JSON", f"{values:,.0f}", f"{rival:,.0f}", values / rival, None,
              "" if values >= 3e6 else "below 3 million" if values >= 1e6 else "below 1 million")
    table.add("AIS messages a CPU-second as JSON, against gpsdecode", f"{written:,.0f}", f"{rival:,.0f}", statistics.median(r[1] / r[2] for r in rounds), 1)


def scale_part(table, scratch, restart):
    """From one to ten million events; then kill -9 and start again."""
    fairway = Fairway(Path(scratch, "scale"))
    try:
        fairway.start()
        fairway.prefill(1_000_000)
        first = statistics.median(wrk(fairway, "post", 4, 1000)["per_second"] for _ in range(3))
        fairway.prefill(10_000_000)
        last = statistics.median(wrk(fairway, "post", 4, 1000)["per_second"] for _ in range(3))
        table.add("ingest at ten million stored events against one million", f"{last:,.0f}/s", f"{first:,.0f}/s", last / first, 0.8)
        if restart:
            fairway.process.kill()
            fairway.process.wait()
            seconds = fairway.start()
            table.add("seconds allowed for a start after a crash with ten million events", f"{seconds:.1f} s", "30 s", 30 / max(seconds, 0.01), 1)
    finally:
        fairway.stop()


def main():
    known = ["intake", "single", "journey", "get", "stream", "parse", "access", "ais", "ledger", "filing", "scale", "restart"]
    parts = sys.argv[1:] or known[:10]
    unknown = [part for part in parts if part not in known]
    if unknown:
        say(f"unknown part: {', '.join(unknown)}; there are {' '.join(known)}")
        return 2
    table = Table()
    with tempfile.TemporaryDirectory(prefix="fairway-bench-", dir=os.environ.get("FAIRWAY_BENCH_DIR")) as scratch:
        os.chmod(scratch, 0o755)
        served = [part for part in parts if part in known[:5]]
        if served:
            against_baseline(table, served, scratch)
        if "parse" in parts:
            parse_part(table, scratch)
        if "access" in parts:
            access_part(table, scratch)
        if "ais" in parts:
            ais_part(table, scratch)
        if "ledger" in parts:
            ledger_part(table, scratch)
            witnessed_part(table, scratch)
        if "filing" in parts:
            filing_part(table)
        if "scale" in parts or "restart" in parts:
            scale_part(table, scratch, "restart" in parts)
    table.print()
    return 1 if table.missed() else 0


if __name__ == "__main__":
    sys.exit(main())
