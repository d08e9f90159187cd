#!/usr/bin/env python3
"""Runs every fuzz target for a while, two at a time, each from its saved corpus and the samples beside the project where they are.

    tools/fuzz.py [--seconds N] [TARGET…]

A crash leaves its input in build/fuzz/crashes and fails; ends in "N passed, N failed".
"""
import argparse
import concurrent.futures
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "fuzz"
SEEDS = {"fuzz_edifact": ["edifact"], "fuzz_dcsa": ["dcsa"], "fuzz_dcsa3": ["dcsa"]}


def run(target, seconds):
    corpus, crashes = BUILD / "corpus" / target.name, BUILD / "crashes"
    corpus.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(exist_ok=True)
    seeds = [str(p) for p in (ROOT.parent / "shared" / "corpora" / name for name in SEEDS.get(target.name, [])) if p.is_dir()]
    done = subprocess.run([str(target), str(corpus), *seeds, f"-max_total_time={seconds}", "-rss_limit_mb=4096", "-timeout=20", "-verbosity=0",
                           "-print_final_stats=1", f"-artifact_prefix={crashes}/{target.name}-"], capture_output=True, text=True, errors="replace")
    runs = next((line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line), "0")
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {target.name}: {runs} inputs in {seconds} s", flush=True)
    if done.returncode != 0:
        print("\n".join(done.stderr.splitlines()[-60:]), flush=True)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("target", nargs="*")
    options = parser.parse_args()
    targets = [t for t in sorted((BUILD / "fuzz").glob("fuzz_*")) if t.is_file() and not t.suffix and (not options.target or t.name in options.target)]
    if not targets:
        print("no fuzz targets: ./x fuzz builds them", file=sys.stderr)
        return 2
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        good = list(pool.map(lambda t: run(t, options.seconds), targets))
    print(f"{sum(good)} passed, {len(good) - sum(good)} failed, 0 skipped")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
