"""TLS from outside: certificates that change under a running server, and certificates that act for an organisation."""
import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from fairway import BINARY, Server, command, equipment_event

BOX = equipment_event(1)["equipmentReference"]


class Authority:
    """Issues certificates into a folder of its own, with the openssl program."""

    def __init__(self, name="Test Authority"):
        self.folder = Path(tempfile.mkdtemp(prefix="fairway-tls-"))
        self.file = self.folder / "ca.pem"
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}",
                      "-keyout", "ca.key", "-out", "ca.pem")

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=True, capture_output=True)

    def issue(self, name, days=30):
        """NAME.pem and NAME.key, put in their place in one step each."""
        self._openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/O=Harbour Haulage/CN={name}",
                      "-keyout", "new.key", "-out", "new.csr")
        (self.folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        self._openssl("x509", "-req", "-in", "new.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days,
                      "-extfile", "names", "-out", "new.pem")
        os.replace(self.folder / "new.key", self.folder / f"{name}.key")
        os.replace(self.folder / "new.pem", self.folder / f"{name}.pem")
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class TlsServer(Server):
    """A server whose certificate is the authority's; it is asked with the client certificate, where there is one."""

    def __init__(self, authority, options=(), client=None):
        certificate, key = authority.issue("server")
        super().__init__(options=["--tls-certificate", str(certificate), "--tls-key", str(key), *options])
        self.authority, self.client = authority, client

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def context(self, client=None):
        context = ssl.create_default_context(cafile=self.authority.file)
        if client:
            context.load_cert_chain(*client)
        return context

    def connect(self, timeout=None):
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=self.context(self.client))

    def ask_as(self, client, method, target, body=None, headers=None):
        """(status, JSON) of one request with that client certificate and no key."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.context(client))
        connection.request(method, target, None if body is None else json.dumps(body), {"Content-Type": "application/json", **(headers or {})})
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text)

    def certificate(self):
        """What a new connection is shown, as PEM."""
        return ssl.get_server_certificate(("127.0.0.1", self.port))


class Certified(unittest.TestCase):
    def setUp(self):
        self.authority = Authority()
        self.addCleanup(self.authority.close)

    def serve(self, *options):
        server = TlsServer(self.authority, options)
        self.addCleanup(server.close)
        return server.start()

    def eventually(self, condition, seconds=15):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "it never came true")
            time.sleep(0.1)


class Serving(Certified):
    def test_the_commands_reach_it(self):
        server = self.serve()
        key = server.add_party("Line", "carrier")
        self.assertEqual(server.post_events(equipment_event(1), key).status, 200)
        self.assertEqual(server.get("/healthz").headers["strict-transport-security"], "max-age=31536000")
        server_options = ("--url", server.url, "--key", key)
        done = command("track", BOX, *server_options, "--ca", self.authority.file, check=0)
        self.assertIn(BOX, done.stdout)
        command("track", BOX, *server_options, env={"FAIRWAY_CA": str(self.authority.file)}, check=0)
        untrusted = command("track", BOX, *server_options, check=2)
        self.assertIn("certificate verify failed", untrusted.stderr)
        plain = command("track", BOX, "--url", server.url.replace("https:", "http:"), "--key", key, check=2)
        self.assertIn("https://", plain.stderr)
        unreadable = command("track", BOX, *server_options, "--ca", "/no/such/file", check=2)
        self.assertIn("/no/such/file", unreadable.stderr)

    def test_a_certificate_is_exchanged_while_a_stream_is_open(self):
        server = self.serve()
        key = server.add_party("Line", "carrier")
        stream = server.stream(key)
        old = server.certificate()
        self.authority.issue("server")
        server.process.send_signal(signal.SIGHUP)
        self.eventually(lambda: server.certificate() != old)
        server.post_events(equipment_event(1), key)
        self.assertIn(BOX, json.dumps(stream.next()[1]), "the stream goes on")
        stream.close()

        renewed = server.certificate()
        (self.authority.folder / "server.pem").write_text("no certificate")
        server.process.send_signal(signal.SIGHUP)
        self.eventually(lambda: "the TLS certificate stays as it was" in server.log)
        self.assertEqual(server.certificate(), renewed)
        self.authority.issue("server", days=3)  # found without a signal
        self.eventually(lambda: server.certificate() != renewed)
        self.eventually(lambda: "the TLS certificate ends on" in server.log)
        self.assertEqual(server.stop()[0], 0)

    def test_what_cannot_work_is_said_at_the_start(self):
        certificate, _ = self.authority.issue("server")
        folder = tempfile.mkdtemp(prefix="fairway-")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        serve = ("serve", "--store", f"rocksdb:{folder}", "--listen", "127.0.0.1:0", "--tls-certificate", certificate)
        self.assertEqual(command(*serve).returncode, 2, "a certificate without its key")
        done = command(*serve, "--tls-key", self.authority.folder / "ca.key", check=2)
        self.assertIn("ca.key", done.stderr)
        self.assertEqual(command(*serve, "--tls-key", certificate, "--behind-tls-proxy").returncode, 2)


class PlainServing(unittest.TestCase):
    def test_only_a_tls_proxy_in_front_makes_it_secure(self):
        for options, expected in (((), None), (("--behind-tls-proxy",), "max-age=31536000")):
            with Server(options=options) as server:
                self.assertEqual(server.get("/healthz").headers.get("strict-transport-security"), expected)
                self.assertNotIn("plain HTTP", server.log, "nobody reads along on loopback")

    def test_a_public_address_without_tls_is_warned_of(self):
        isolated = ["unshare", "--map-root-user", "--net"]  # a network of its own, where nobody is
        if subprocess.run([*isolated, "true"], capture_output=True).returncode != 0:
            self.skipTest("no network namespaces here")
        for options, warned in (((), True), (("--behind-tls-proxy",), False)):
            with tempfile.TemporaryDirectory(prefix="fairway-") as folder:
                server = subprocess.Popen([*isolated, BINARY, "serve", "--store", f"rocksdb:{folder}", "--listen", "0.0.0.0:0", *options],
                                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                self.assertIn(b"Fairway serves", server.stdout.readline())
                server.terminate()
                self.assertEqual(b"plain HTTP on a public address" in server.communicate(timeout=10)[1], warned)


class Acting(Certified):
    """A client certificate instead of a key."""

    def setUp(self):
        super().setUp()
        self.members = Authority("Members")
        self.addCleanup(self.members.close)
        self.server = self.serve("--tls-client-ca", str(self.members.file))
        self.line = self.server.add_party("Line", "carrier")
        self.rival = self.server.add_party("Rival", "carrier")
        self.gate = self.members.issue("gate")

    def register(self, key, client, **more):
        return self.server.request("POST", "/v1/certificates", json.dumps({"certificate": client[0].read_text(), **more}), key)

    def test_a_certificate_acts_for_its_organisation_until_it_is_withdrawn(self):
        status, refused = self.server.ask_as(self.gate, "GET", "/v1/me")
        self.assertEqual((status, refused["code"]), (401, "unauthorized"))
        made = self.register(self.line, self.gate, label="gate")
        self.assertEqual(made.status, 201, made)
        self.assertEqual((made.json["label"], made.json["subject"], made.json["status"]), ("gate", "CN=gate,O=Harbour Haulage", "active"))
        self.assertEqual(self.server.ask_as(self.gate, "GET", "/v1/me")[1]["party"]["name"], "Line")
        self.assertEqual(self.server.ask_as(self.gate, "POST", "/v1/events", equipment_event(1))[0], 200)
        done = command("track", BOX, "--url", self.server.url, "--ca", self.authority.file, "--client-certificate", self.gate[0],
                       "--client-key", self.gate[1], check=0)
        self.assertIn(BOX, done.stdout)
        self.assertEqual(self.server.ask_as(None, "GET", "/v1/me")[0], 401)
        self.assertEqual(self.server.ask_as(self.gate, "GET", "/v1/me", headers={"Authorization": f"Bearer {self.rival}"})[1]["party"]["name"],
                         "Rival", "a key is the stronger word")
        self.assertEqual(self.server.ask_as(self.gate, "GET", "/v1/me", headers={"Sec-Fetch-Site": "cross-site"})[0], 401, "from a page")

        self.assertEqual(self.register(self.rival, self.gate).status, 409)
        listed = self.server.get("/v1/certificates", self.line).json["certificates"]
        self.assertEqual([one["id"] for one in listed], [made.json["fingerprint"]])
        self.assertEqual(self.server.get("/v1/certificates", self.rival).json["certificates"], [])
        target = "/v1/certificates/" + made.json["id"]
        self.assertEqual(self.server.request("DELETE", target, key=self.rival).status, 404, "another's does not exist")
        self.assertEqual(self.server.request("DELETE", target, key=self.line).status, 200)
        self.eventually(lambda: self.server.ask_as(self.gate, "GET", "/v1/me")[0] == 401)
        self.assertEqual(self.server.get("/v1/certificates", self.line).json["certificates"][0]["status"], "withdrawn")

    def test_a_certificate_is_given_no_more_than_one_has(self):
        made = self.register(self.line, self.gate, scopes=["manage"])
        self.assertEqual(made.json["scopes"], ["manage"])
        other = self.members.issue("other")
        body = {"certificate": other[0].read_text()}
        self.assertEqual(self.server.ask_as(self.gate, "POST", "/v1/certificates", body)[0], 403)
        self.assertEqual(self.server.ask_as(self.gate, "POST", "/v1/certificates", {**body, "scopes": ["manage"]})[0], 201)
        self.assertEqual(self.server.ask_as(self.gate, "POST", "/v1/events", equipment_event(2))[0], 403)

    def test_only_good_certificates_are_taken(self):
        strangers = Authority("Strangers")
        self.addCleanup(strangers.close)
        with self.assertRaises(OSError):
            self.server.ask_as(strangers.issue("gate"), "GET", "/healthz")
        self.assertEqual(self.register(self.line, (self.gate[1],)).status, 400, "a key is no certificate")
        self.assertEqual(self.server.request("POST", "/v1/certificates", "{}", self.line).status, 400)


if __name__ == "__main__":
    unittest.main()
