#!/usr/bin/env python3
"""Time-stamping authorities for tests, good and bad: timestamp_authority.py FOLDER. Makes their keys and certificates with openssl, listens on a
free port of the loopback, and writes the port to FOLDER/port once it does. The path says which authority answers."""
import http.server
import os
import subprocess
import sys
import threading

FOLDER = sys.argv[1]
CONFIG = """
[tsa]
default_tsa = {name}
[{name}]
dir = {folder}
serial = {folder}/{name}.serial
crypto_device = builtin
signer_cert = {folder}/{name}.pem
certs = {folder}/{ca}.pem
signer_key = {folder}/{name}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""
LOCK = threading.Lock()


def openssl(*words, data=None):
    return subprocess.run(["openssl", *words], input=data, capture_output=True, check=True, cwd=FOLDER).stdout


def make_authority(ca):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", ca + ".key", "-out", ca + ".pem",
            "-subj", "/O=Test/CN=" + ca, "-days", "30")


def make_signer(name, ca, days, usage="critical,timeStamping"):
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
            "-subj", "/O=Test/CN=" + name)
    with open(os.path.join(FOLDER, name + ".ext"), "w") as file:
        file.write("extendedKeyUsage=" + usage + "\nbasicConstraints=critical,CA:FALSE\n")
    openssl("x509", "-req", "-in", name + ".csr", "-CA", ca + ".pem", "-CAkey", ca + ".key", "-set_serial", str(abs(hash(name)) % 10**9 + 1),
            "-days", str(days), "-extfile", name + ".ext", "-out", name + ".pem")
    with open(os.path.join(FOLDER, name + ".cnf"), "w") as file:
        file.write(CONFIG.format(name=name, ca=ca, folder=FOLDER))


def reply_to(query, name):
    with LOCK:
        with open(os.path.join(FOLDER, "query.tsq"), "wb") as file:
            file.write(query)
        return openssl("ts", "-reply", "-config", name + ".cnf", "-queryfile", "query.tsq")


def query_over(digest):
    return openssl("ts", "-query", "-digest", digest, "-sha256", "-cert")


def digest_in(query):
    lines = openssl("ts", "-query", "-in", "/dev/stdin", "-text", data=query).decode().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Message data"))
    return "".join("".join(line.split(" - ", 1)[1][:49].replace("-", " ").split()) for line in lines[at + 1:at + 3])


def answer(path, query):
    if path == "/good":
        return reply_to(query, "good")
    if path == "/untrusted":
        return reply_to(query, "untrusted")
    if path == "/expired":
        return reply_to(query, "expired")
    if path == "/wrong-imprint":
        return reply_to(query_over("00" * 32), "good")
    if path == "/wrong-nonce":
        return reply_to(query_over(digest_in(query)), "good")
    if path == "/cut":
        return reply_to(query, "good")[:-9]
    if path == "/refusal":  # PKIStatusInfo: rejection
        return bytes.fromhex("30053003020102")
    return b"\x30\x82\xff\xff garbage"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["content-length"]))
        if self.headers["content-type"] != "application/timestamp-query":
            self.send_error(415)
            return
        if self.path == "/unavailable":
            self.send_error(503)
            return
        body = b"x" * 400_000 if self.path == "/endless" else answer(self.path, query)
        self.send_response(200)
        self.send_header("content-type", "text/html" if self.path == "/page" else "application/timestamp-reply")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    make_authority("ca")
    make_authority("stranger")
    make_signer("good", "ca", 10)
    make_signer("untrusted", "stranger", 10)
    make_signer("expired", "ca", -1)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(os.path.join(FOLDER, "port.new"), "w") as file:
        file.write(str(server.server_port))
    os.rename(os.path.join(FOLDER, "port.new"), os.path.join(FOLDER, "port"))
    server.serve_forever()


main()
