#!/usr/bin/env python3
"""Writes commitment_vectors.json: what docs/reference/ledger.md says of commitments, worked out a second time and without the program.

The fields of each body are written down by hand; ChaCha20 (RFC 8439) stands below.
"""
import base64
import hashlib
import json
import struct
from pathlib import Path


def rotate(x, n):
    return (x << n | x >> 32 - n) & 0xFFFFFFFF


def quarter(s, a, b, c, d):
    s[a] = (s[a] + s[b]) & 0xFFFFFFFF; s[d] = rotate(s[d] ^ s[a], 16)
    s[c] = (s[c] + s[d]) & 0xFFFFFFFF; s[b] = rotate(s[b] ^ s[c], 12)
    s[a] = (s[a] + s[b]) & 0xFFFFFFFF; s[d] = rotate(s[d] ^ s[a], 8)
    s[c] = (s[c] + s[d]) & 0xFFFFFFFF; s[b] = rotate(s[b] ^ s[c], 7)


def chacha20_stream(key, count):
    out = b""
    for counter in range((count + 63) // 64):
        first = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), counter, 0, 0, 0]
        state = list(first)
        for _ in range(10):
            for column in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
                quarter(state, *column)
        out += struct.pack("<16I", *((x + y) & 0xFFFFFFFF for x, y in zip(first, state)))
    return out[:count]


# RFC 8439, A.1, test vector 1.
assert chacha20_stream(bytes(32), 64).hex().startswith("76b8e0ada0f13d90405d6ae55386bd28")


def commit(fields, salt):
    stream = chacha20_stream(salt, 32 * len(fields))
    hashes = []
    for i, (path, value) in enumerate(fields):
        path = path.encode()
        hashes.append(hashlib.sha256(b"\x10" + stream[32 * i:32 * i + 32] + struct.pack(">H", len(path)) + path + value.encode()).digest())
    return b"\x01" + hashlib.sha256(b"\x11" + b"".join(hashes)).digest()


def vector(what, body, fields, kind="event", party="pty_7k2m9q4xwa", received=1795422000000000, salt=bytes(range(32))):
    fields = [("kind", f'"{kind}"'), ("party", f'"{party}"'), ("received", str(received)), *fields]
    return {"what": what, "kind": kind, "party": party, "received": received, "body": body, "salt": salt.hex(),
            "fields": [{"path": path, "value": value} for path, value in fields], "entry": commit(fields, salt).hex()}


def in_base64(body):
    return [("body", '"' + base64.b64encode(body.encode()).decode() + '"')]


BODY = ('{"eventID":"0c6f","milestone":"discharged","occurred":{"instant":"2026-11-21T00:00:00Z","zone":"given"},"place":{"UNLocationCode":"HKHKG",'
        '"latitude":22.30}, "references":[{"kind":"equipment","value":"MSCU6639870"},{"kind":"booking","value":"B1"}],"equipment":{"seals":[{"number":"A"}],'
        '"vgmKg":1.0e3},"parties":[],"transport":{},"cargo":null}')
VECTORS = [
    vector("an event", BODY, [
        ("body/eventID", '"0c6f"'), ("body/milestone", '"discharged"'),
        ("body/occurred", '{"instant":"2026-11-21T00:00:00Z","zone":"given"}'),
        ("body/place/UNLocationCode", '"HKHKG"'), ("body/place/latitude", "22.30"),
        ("body/references/0", '{"kind":"equipment","value":"MSCU6639870"}'), ("body/references/1", '{"kind":"booking","value":"B1"}'),
        ("body/equipment/seals", '[{"number":"A"}]'), ("body/equipment/vgmKg", "1.0e3"),
        ("body/parties", "[]"), ("body/transport", "{}"), ("body/cargo", "null")]),
    vector("names with what paths escape", '{"a/b":1,"c~d":2,"\\u0065\\/":3,"港":4,"":5}',
           [("body/a~1b", "1"), ("body/c~0d", "2"), ("body/e~1", "3"), ("body/港", "4"), ("body/", "5")]),
    vector("a name that stands twice", '{"a":1,"a":2}', [("body/a", "1"), ("body/a", "2")]),
    vector("blanks", ' { "a" : [ 1 , { "b" : 2 } ] , "c" : [ ] } ', [("body/a/0", "1"), ("body/a/1", '{ "b" : 2 }'), ("body/c", "[ ]")]),
    vector("an empty object", "{}", [("body", "{}")]),
    vector("an empty object with blanks", " { }\n", [("body", "{ }")]),
    vector("no object", "[1]", in_base64("[1]")),
    vector("no JSON", '{"a":tru}', in_base64('{"a":tru}')),
    vector("no JSON either", '{"a":1} ', [("body/a", "1")]),
    vector("an empty body", "", in_base64(""), kind="message"),
    vector("a name that is too long", '{"' + "n" * 1020 + '":1}', in_base64('{"' + "n" * 1020 + '":1}')),
    vector("a name that is just short enough", '{"' + "n" * 1019 + '":1}', [("body/" + "n" * 1019, "1")]),
    vector("a salt of its own", '{"action":"given"}', [("body/action", '"given"')], kind="key", salt=bytes(range(32, 64))),
]
VECTORS[8]["what"] = "a blank behind the object"
Path(__file__).with_suffix(".json").write_text(json.dumps({"vectors": VECTORS}, indent=1, ensure_ascii=False) + "\n")
