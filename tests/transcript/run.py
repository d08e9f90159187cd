#!/usr/bin/env python3
"""Plays the transcripts of tests/transcript/cases; README.md beside it says how they are written.

    tests/transcript/run.py [CASE…]      ends in "N passed, N failed, N skipped"
"""
import fnmatch
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "blackbox"))
from fairway import CORPORA, Server, command  # noqa: E402


class Skip(Exception):
    pass


def steps(path):
    """(verb, arguments, text, line number) of each step."""
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("--- "):
            words = line[4:].split()
            found.append((words[0], words[1:], [], number))
        elif found:
            found[-1][2].append(line)
    return [(verb, arguments, "\n".join(text).strip("\n"), number) for verb, arguments, text, number in found]


def body_of(text):
    match = re.fullmatch(r"<(\S+)", text.strip())
    if not match:
        return text.encode()
    path = CORPORA / match[1]
    if not path.exists():
        raise Skip(f"no {match[1]} beside the project")
    return path.read_bytes()


def differs(expected, actual, where="$"):
    """Why `actual` does not contain `expected`, or None."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return f"{where}: not an object but {actual!r}"
        for name, value in expected.items():
            if name not in actual:
                return f"{where}.{name}: missing"
            reason = differs(value, actual[name], f"{where}.{name}")
            if reason:
                return reason
        return None
    if isinstance(expected, list):
        if not isinstance(actual, list):
            return f"{where}: not an array but {actual!r}"
        open_end = expected[-1:] == ["..."]
        wanted = expected[:-1] if open_end else expected
        if len(actual) < len(wanted) or (len(actual) > len(wanted) and not open_end):
            return f"{where}: {len(actual)} elements, not {len(wanted)}: {json.dumps(actual)[:400]}"
        return next(filter(None, (differs(e, a, f"{where}[{i}]") for i, (e, a) in enumerate(zip(wanted, actual)))), None)
    if isinstance(expected, str) and "*" in expected and isinstance(actual, str):
        return None if fnmatch.fnmatchcase(actual, expected) else f"{where}: {actual!r} is not like {expected!r}"
    return None if expected == actual else f"{where}: {actual!r}, not {expected!r}"


class Player:
    def __init__(self):
        self.server, self.keys, self.answer, self.output = None, {}, None, None

    def close(self):
        if self.server:
            self.server.close()

    def need_server(self):
        if self.server is None:
            self.server = Server().start()
        return self.server

    def party(self, arguments, _text):
        options = [a.split("=", 1) for a in arguments[1:]]
        role = next(value for name, value in options if name == "role")
        ids = [value for name, value in options if name == "id"]
        self.keys[arguments[0]] = self.need_server().add_party(arguments[0], role, *ids)

    def request(self, arguments, text):
        method, target = arguments[:2]
        key = self.keys[arguments[3]] if arguments[2:3] == ["as"] else None
        head, _, body = text.partition("\n\n") if not text.startswith("\n") else ("", "", text[1:])
        headers = dict(re.split(r":\s*", line, maxsplit=1) for line in head.splitlines() if line)
        self.answer = self.need_server().request(method, target, body_of(body) if body.strip() else None, key, headers)

    def response(self, arguments, text):
        if self.answer.status != int(arguments[0]):
            return f"status {self.answer.status}, not {arguments[0]}: {self.answer.body[:800].decode(errors='replace')}"
        return differs(json.loads(text), self.answer.json) if text.strip() else None

    def decode(self, arguments, text):
        done = command("decode", "-", stdin=body_of(text))
        self.output = done.stdout
        if done.returncode != int(arguments[0] if arguments else 0):
            return f"exit status {done.returncode}: {done.stdout[:2000]} {done.stderr}"
        return None

    def output_step(self, _arguments, text):
        actual = [json.loads(line) for line in self.output.splitlines()]
        expected = json.loads("[" + text + "]") if not text.strip().startswith("[") else json.loads(text)
        return differs(expected, actual)

    VERBS = {"party": party, "request": request, "response": response, "decode": decode, "output": output_step}


def play(path):
    player = Player()
    try:
        for verb, arguments, text, number in steps(path):
            try:
                reason = Player.VERBS[verb](player, arguments, text)
            except (AssertionError, KeyError, ValueError, OSError, StopIteration) as problem:
                reason = f"{type(problem).__name__}: {problem}"
            if reason:
                return f"{path.name}:{number}: {verb}: {reason}"
        return None
    finally:
        player.close()


def main():
    passed = failed = skipped = 0
    for path in sorted((HERE / "cases").glob("*.txt")):
        if sys.argv[1:] and path.stem not in sys.argv[1:]:
            continue
        try:
            reason = play(path)
        except Skip as why:
            skipped += 1
            print(f"skipped {path.stem}: {why}")
            continue
        passed, failed = passed + (reason is None), failed + (reason is not None)
        print(f"{'ok  ' if reason is None else 'FAIL'} {path.stem}{'' if reason is None else ': ' + reason}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
