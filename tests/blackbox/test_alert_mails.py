"""Alerts by mail, to a real SMTP server: reason, evidence and link, several in one, again until taken, TLS and a password."""
import asyncio
import email
import email.policy
import json
import logging
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

sys.path.append("/usr/lib/python3/dist-packages")  # where Debian keeps aiosmtpd, whichever Python runs this
try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    SMTP = None

from fairway import Server
from test_alerts import BOX, FAST, OTHER, Case, move
from test_webhooks import until

logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)  # of handshakes that are meant to fail
logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)


class MailServer:
    """A real SMTP server that keeps what it is sent; `reply` gives the answer to each message."""

    def __init__(self, reply=None, tls=None, users=None):
        self.mails, self.reply, self.users, self.port = [], reply or (lambda mail: "250 OK"), users or {}, None
        self.logins, started = [], threading.Event()
        server = self

        class Handler:
            async def handle_DATA(self, _, session, envelope):
                mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
                answer = server.reply(mail)
                if answer.startswith("2"):
                    server.mails.append({"from": envelope.mail_from, "to": envelope.rcpt_tos, "mail": mail, "tls": session.ssl is not None,
                                         "at": time.monotonic()})
                return answer

        def authenticate(_, session, envelope, mechanism, data):
            ok = server.users.get(data.login.decode()) == data.password.decode()
            server.logins.append((data.login.decode(), ok, session.ssl is not None))
            return AuthResult(success=ok)

        async def serve():
            make = lambda: SMTP(Handler(), hostname="mx.test", tls_context=tls, require_starttls=tls is not None,  # noqa: E731
                                authenticator=authenticate if users else None, auth_required=bool(users), loop=self.loop)
            self.server = await self.loop.create_server(make, "127.0.0.1", 0)
            self.port = self.server.sockets[0].getsockname()[1]
            started.set()

        def run():
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
            self.loop.create_task(serve())
            self.loop.run_forever()

        threading.Thread(target=run, daemon=True).start()
        assert started.wait(10)

    @property
    def url(self):
        return f"smtp-plain://127.0.0.1:{self.port}"

    def close(self):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)


@unittest.skipUnless(SMTP, "no python3-aiosmtpd here")
class Mail(Case):
    def setUp(self):
        self.mx = MailServer(lambda mail: self.reply(mail))
        self.addCleanup(self.mx.close)
        self.reply = lambda mail: "250 OK"
        self.options = (*FAST, "--smtp", self.mx.url, "--smtp-from", "port@fairway.example", "--mail-pause", "4", "--public-url", "https://port.example/")
        super().setUp()

    def mails(self, count, seconds=30):
        return until(self, lambda: len(self.mx.mails) >= count and self.mx.mails, seconds)

    def test_reason_evidence_and_link(self):
        mail = self.ask("POST", "/v1/alert-mails", {"address": "ops@line.example", "alerts": ["late"], "label": "desk"}, status=201).json
        self.rule(language="zh-Hant", kinds=["late"])
        self.send(move(1, "LOAD", 24, "PLN", said=-48), move(2, "LOAD", 34, "EST", said=-1))
        got = self.mails(1)[0]
        self.assertEqual((got["from"], got["to"]), ("port@fairway.example", ["ops@line.example"]))
        message = got["mail"]
        alert = self.alerts()[0]
        self.assertEqual(message["subject"], f"[Fairway] 延誤: {BOX}")
        self.assertEqual((message["to"], message["auto-submitted"], message["content-language"]), ("ops@line.example", "auto-generated", "zh-Hant"))
        text = message.get_content()
        for part in (alert["text"], "裝載 計劃", "裝載 預計", "+08:00", "Line", f"equipment:{BOX}", f"https://port.example/track/equipment%3A{BOX}", mail["id"],
                     str(alert["evidence"][0]["entry"])):
            self.assertIn(part, text)
        until(self, lambda: self.ask("GET", f"/v1/alert-mails/{mail['id']}").json["delivered"] == 1)
        self.assertEqual([one["id"] for one in self.ask("GET", "/v1/alert-mails").json["mails"]], [mail["id"]])
        # What comes soon after goes into one mail.
        for number in range(10, 20, 2):
            box = f"MSCU00000{number}0"
            self.send(move(number, "LOAD", 24, "PLN", box, said=-48), move(number + 1, "LOAD", 34, "EST", box, said=-1))
        told = lambda: sum(one["mail"].get_content().count("遲 10 小時") for one in self.mx.mails)  # noqa: E731
        until(self, lambda: told() == 6)
        self.assertLessEqual(len(self.mx.mails), 3)
        self.assertTrue(any("項提示" in one["mail"]["subject"] for one in self.mx.mails[1:]), [one["mail"]["subject"] for one in self.mx.mails])
        count = len(self.mx.mails)
        # It ends with its subscription.
        self.ask("DELETE", f"/v1/alert-mails/{mail['id']}", status=204)
        self.send(move(30, "GTIN", 24, "PLN", OTHER, said=-48), move(31, "GTIN", 34, "EST", OTHER, said=-1))
        self.wait(7)
        time.sleep(5)
        self.assertEqual(len(self.mx.mails), count)

    def test_again_until_it_is_taken(self):
        refused = []
        self.reply = lambda mail: "250 OK" if len(refused) == 3 else refused.append(mail["message-id"]) or "451 later"
        self.ask("POST", "/v1/alert-mails", {"address": "ops@line.example"}, status=201)
        self.rule(kinds=["late"])
        self.send(move(1, "LOAD", 24, "PLN", said=-48), move(2, "LOAD", 34, "EST", said=-1))
        got = self.mails(1)
        self.assertEqual({*refused, got[0]["mail"]["message-id"]}, {refused[0]}, "the same mail under the same id")

    def test_killed_on_the_way(self):
        self.reply = lambda mail: "451 later"
        self.ask("POST", "/v1/alert-mails", {"address": "ops@line.example"}, status=201)
        self.rule(kinds=["late"])
        self.send(move(1, "LOAD", 24, "PLN", said=-48), move(2, "LOAD", 34, "EST", said=-1))
        self.wait(1)
        time.sleep(0.5)
        self.server.kill()
        self.reply = lambda mail: "250 OK"
        self.server.start()
        self.mails(1)
        self.server.kill()
        self.server.start()
        time.sleep(3)
        self.assertEqual(len({one["mail"]["message-id"] for one in self.mx.mails}), 1)

    def test_addresses(self):
        for bad in ("", "x", "a@", "@b.example", "a b@c.example", "a@b.example\r\nBcc: all@d.example", "a@b.example,c@d.example", "<a@b.example>", "a@b..example",
                    '"a"@b.example', "a@-b.example", "ä@b.example", "a@b.example\n", "x" * 65 + "@b.example", "a@" + "b" * 300, "a@b.example?cc=c@d.example"):
            self.ask("POST", "/v1/alert-mails", {"address": bad}, status=400)
        self.ask("POST", "/v1/alert-mails", {"address": "a@b.example", "alerts": ["x"]}, status=400)
        self.ask("POST", "/v1/webhooks", {"url": "mailto:a@b.example"}, status=400)
        rival = self.server.add_party("Rival", "carrier", "SMDG:RIV")
        mail = self.ask("POST", "/v1/alert-mails", {"address": "a@b.example"}, status=201).json
        self.ask("DELETE", f"/v1/alert-mails/{mail['id']}", key=rival, status=404)
        self.assertNotIn(b"a@b.example", self.ask("GET", "/v1/export").body)


@unittest.skipUnless(SMTP, "no python3-aiosmtpd here")
class MailOverTls(unittest.TestCase):
    def serve(self, *options, mx):
        server = Server(options=(*FAST, "--smtp", f"smtp://localhost:{mx.port}", "--smtp-from", "port@fairway.example", "--mail-pause", "1", *options)).start()
        self.addCleanup(server.close)
        key = server.add_party("Line", "carrier")
        for path, body in (("/v1/alert-mails", {"address": "ops@line.example"}), ("/v1/alert-rules", {"kinds": ["late"]})):
            self.assertEqual(server.request("POST", path, json.dumps(body), key).status, 201)
        self.assertEqual(server.post_events([move(1, "LOAD", 24, "PLN", said=-48), move(2, "LOAD", 34, "EST", said=-1)], key).status, 200)
        return server

    def test_starttls_and_a_password(self):
        folder = Path(tempfile.mkdtemp(prefix="fairway-mail-"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        (folder / "password").write_text("SECRETMARK\n")
        login = ("--smtp-user", "fairway", "--smtp-password-file", folder / "password")
        mx = MailServer(tls=tls, users={"fairway": "SECRETMARK"})
        self.addCleanup(mx.close)
        server = self.serve(*map(str, login), "--smtp-ca", str(folder / "cert.pem"), "--log-level", "debug", mx=mx)
        got = until(self, lambda: mx.mails)
        self.assertTrue(got[0]["tls"])
        self.assertEqual(mx.logins[0], ("fairway", True, True))
        self.assertNotIn("SECRETMARK", server.log)
        # An authority that nobody trusts, and a server without TLS, get neither the password nor the mail.
        other, plain = MailServer(tls=tls, users={"fairway": "SECRETMARK"}), MailServer()
        self.addCleanup(other.close)
        self.addCleanup(plain.close)
        self.serve(*map(str, login), mx=other)
        self.serve(*map(str, login), mx=plain)
        time.sleep(5)
        self.assertEqual((other.mails, other.logins, plain.mails), ([], [], []))


if __name__ == "__main__":
    unittest.main()
