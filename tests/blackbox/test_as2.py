"""AS2: OpenSSL's command line as the partner. Signed, enveloped and answered with a signed receipt; everything wrong is refused by name."""
import base64
import email
import hashlib
import json
import random
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from fairway import Server, command

GATE = ("UNB+UNOA:2+HIT+PCS+261122:0905+{0}'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+GATE{0}+9'TDT+20+001E+1++COS:172:20+++9321483:146:11:HOPE'"
        "NAD+CF+COS:160:20'EQD+CN+{1}+22G1:102:5++3+5'RFF+BN:BKG1'DTM+7:202611221000:203'LOC+165+HKHKG:139:6+HIT:72:306'CNT+16:1'UNT+10+1'UNZ+1+{0}'")
SIGNED_RECEIPT = "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha-256, sha1"


def openssl(*arguments, data=b""):
    done = subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


class Partner:
    """A key and its certificate, and what one does with them."""

    def __init__(self, folder, name, kind=("rsa:2048",)):
        self.folder, self.certificate, self.key = folder, folder / f"{name}.crt", folder / f"{name}.key"
        openssl("req", "-x509", "-newkey", *kind, "-nodes", "-days", 30, "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.certificate)

    def sign(self, content, digest="sha256", opaque=False, nocerts=False):
        file = self.folder / "content"
        file.write_bytes(content)
        extra = (["-nodetach"] if opaque else []) + (["-nocerts"] if nocerts else [])
        return openssl("cms", "-sign", "-binary", "-md", digest, *extra, "-signer", self.certificate, "-inkey", self.key, "-outform", "DER", "-in", file)

    def encrypt(self, content, cipher="-aes256"):
        return openssl("cms", "-encrypt", "-binary", cipher, "-outform", "DER", self.certificate, data=content)


def entity(payload, kind="application/EDIFACT"):
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: attachment; filename=\"gate.edi\"\r\n\r\n".encode() + payload


def signed(partner, content, digest="sha256", **more):
    """(content type, body) of a multipart/signed around these very bytes."""
    boundary = "----=_Part_%d" % random.getrandbits(60)
    signature = base64.encodebytes(partner.sign(content, digest, **more)).replace(b"\n", b"\r\n")
    body = (b"--" + boundary.encode() + b"\r\n" + content + b"\r\n--" + boundary.encode() +
            b"\r\nContent-Type: application/pkcs7-signature; name=smime.p7s; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
            signature + b"--" + boundary.encode() + b"--\r\n")
    return f"multipart/signed; protocol=\"application/pkcs7-signature\"; micalg={digest}; boundary=\"{boundary}\"", body


def enveloped(server, content, cipher="-aes256"):
    return "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", server.encrypt(content, cipher)


class As2(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="fairway-as2-"))
        cls.station, cls.terminal, cls.stranger = (Partner(cls.folder, name) for name in ("station", "terminal", "stranger"))
        cls.rival = Partner(cls.folder, "rival", ("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"))
        cls.server = Server(options=("--as2-name", "FAIRWAY PORT", "--as2-certificate", cls.station.certificate, "--as2-key", cls.station.key)).start()
        cls.keys = {"terminal": cls.server.add_party("Terminal", "terminal", "SMDG:HIT", "AS2:HIT-AS2"),
                    "rival": cls.server.add_party("Rival", "terminal", "SMDG:RIV", "AS2:RIVAL-AS2")}
        for name, key in cls.keys.items():
            made = cls.server.request("POST", "/v1/certificates", json.dumps({"certificate": getattr(cls, name).certificate.read_text()}), key)
            assert made.status == 201, made
        cls.number = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def gate(self):
        type(self).number += 1
        box = f"ASTU{self.number:07d}"
        return box, GATE.format(1000 + self.number, box).encode()

    def post(self, message, options=SIGNED_RECEIPT, sender="HIT-AS2", receipt=True, **headers):
        kind, body = message
        fields = {"AS2-Version": "1.2", "AS2-From": sender, "AS2-To": '"FAIRWAY PORT"', "Message-ID": f"<{random.getrandbits(60)}@terminal>",
                  "Subject": "gate moves", "Content-Type": kind, "MIME-Version": "1.0"}
        if receipt:
            fields["Disposition-Notification-To"] = "edi@terminal.example"
            fields["Disposition-Notification-Options"] = options
        fields.update({name.replace("_", "-"): value for name, value in headers.items()})
        answer = self.server.request("POST", "/as2", body, headers={name: value for name, value in fields.items() if value is not None})
        answer.message_id = fields["Message-ID"]
        return answer

    def receipt(self, answer, is_signed=True):
        """The fields of the disposition notification, once its signature is checked with OpenSSL."""
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.headers["as2-from"], answer.headers["as2-to"]), ('"FAIRWAY PORT"', "HIT-AS2"))
        kind, body = answer.headers["content-type"], answer.body
        if is_signed:
            boundary = re.search(r'boundary="([^"]+)"', kind)[1].encode()
            parts = body.split(b"--" + boundary)
            content = parts[1][2:-2]  # between the line ends that belong to the delimiters
            signature = base64.b64decode(email.message_from_bytes(parts[2].lstrip()).get_payload())
            (self.folder / "mdn").write_bytes(content)
            (self.folder / "mdn.p7s").write_bytes(signature)
            openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", self.folder / "mdn.p7s", "-content", self.folder / "mdn", "-CAfile",
                    self.station.certificate, "-purpose", "any", "-out", "/dev/null")
        else:
            content = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
        report = email.message_from_bytes(content)
        self.assertEqual(report.get_content_type(), "multipart/report")
        human, machine = report.get_payload()
        fields = email.message_from_string(machine.get_payload() if isinstance(machine.get_payload(), str) else str(machine.get_payload()[0]))
        self.assertEqual(fields["Original-Message-ID"], answer.message_id)
        self.assertEqual(fields["Final-Recipient"], 'rfc822; "FAIRWAY PORT"')
        return fields, human.get_payload()

    def disposition(self, answer, **more):
        return self.receipt(answer, **more)[0]["Disposition"].split("; ", 1)[1]

    def stored(self, box):
        return self.server.journey(box, self.keys["terminal"]).status == 200

    def test_signed(self):
        box, text = self.gate()
        content = entity(text)
        message = signed(self.terminal, content)
        answer = self.post(message)
        fields, human = self.receipt(answer)
        self.assertEqual(fields["Disposition"], "automatic-action/MDN-sent-automatically; processed")
        self.assertEqual(fields["Received-Content-MIC"], base64.b64encode(hashlib.sha256(content).digest()).decode() + ", sha-256")
        self.assertIn("1 accepted", human)
        self.assertTrue(self.stored(box))
        self.assertIn("0 accepted, 1 there already", self.receipt(self.post(message))[1])

    def test_digests(self):
        for digest, wanted, name in (("sha1", "sha1", "sha-1"), ("sha512", "sha-512", "sha-512"), ("sha256", "sha1", "sha-1")):
            box, text = self.gate()
            content = entity(text)
            options = f"signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, {wanted}"
            fields, _ = self.receipt(self.post(signed(self.terminal, content, digest), options))
            self.assertEqual(fields["Received-Content-MIC"], base64.b64encode(hashlib.new(wanted.replace("-", ""), content).digest()).decode() + ", " + name)
            self.assertTrue(self.stored(box))

    def test_signed_and_encrypted(self):
        for cipher in ("-aes128", "-aes256", "-des3"):
            box, text = self.gate()
            content = entity(text)
            kind, body = signed(self.terminal, content)
            answer = self.post(enveloped(self.station, f"Content-Type: {kind}\r\n\r\n".encode() + body, cipher))
            fields, _ = self.receipt(answer)
            self.assertEqual(fields["Received-Content-MIC"].split(",")[0], base64.b64encode(hashlib.sha256(content).digest()).decode())
            self.assertEqual(self.disposition(answer), "processed")
            self.assertTrue(self.stored(box))

    def test_encrypted_then_signed(self):
        box, text = self.gate()
        kind, body = enveloped(self.station, entity(text))
        content = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(body).replace(b"\n", b"\r\n")
        fields, _ = self.receipt(self.post(signed(self.terminal, content)))
        self.assertEqual(fields["Received-Content-MIC"].split(",")[0], base64.b64encode(hashlib.sha256(content).digest()).decode())
        self.assertTrue(self.stored(box))

    def test_opaque_signature_and_base64(self):
        box, text = self.gate()
        content = entity(text)
        body = base64.encodebytes(self.terminal.sign(content, opaque=True))
        answer = self.post(("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", body), Content_Transfer_Encoding="base64")
        self.assertEqual(self.disposition(answer), "processed")
        self.assertTrue(self.stored(box))

    def test_as_openssl_writes_it(self):
        box, text = self.gate()
        file = self.folder / "whole"
        file.write_bytes(entity(text))
        mime = openssl("cms", "-sign", "-binary", "-crlfeol", "-md", "sha256", "-signer", self.terminal.certificate, "-inkey", self.terminal.key, "-in", file)
        head, body = mime.split(b"\r\n\r\n", 1)
        kind = email.message_from_bytes(head + b"\r\n\r\n")["Content-Type"].replace("\r\n", "")
        self.assertEqual(self.disposition(self.post((kind, body))), "processed")
        self.assertTrue(self.stored(box))

    def test_receipts_as_they_are_wanted(self):
        box, text = self.gate()
        message = signed(self.terminal, entity(text))
        plain = self.post(message, options=None, Disposition_Notification_Options=None)
        self.assertEqual(self.disposition(plain, is_signed=False), "processed")
        silent = self.post(message, receipt=False)
        self.assertEqual((silent.status, silent.body), (204, b""))
        later = self.post(message, Receipt_Delivery_Option="https://terminal.example/mdn")
        self.assertEqual((later.status, later.json["code"]), (415, "unsupported"))
        md5 = self.post(message, options="signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, md5")
        self.assertEqual((md5.status, md5.json["code"]), (415, "unsupported"))

    def refused(self, message, modifier, box=None, **more):
        answer = self.post(message, **more)
        self.assertEqual(answer.status, 200, answer)
        text = answer.body.decode(errors="replace")
        self.assertIn(f"processed/error: {modifier}\r\n", text)
        if box:
            self.assertFalse(self.stored(box))

    def test_what_is_wrong_is_refused(self):
        box, text = self.gate()
        content = entity(text)
        kind, body = signed(self.terminal, content)
        self.refused((kind, body.replace(b"HOPE", b"HOPF")), "integrity-check-failed", box)
        self.refused((kind, body.replace(b"\r\nContent-Transfer-Encoding: binary", b"\r\nContent-Transfer-Encoding: 8bit")), "integrity-check-failed", box)
        self.refused(signed(self.stranger, content), "authentication-failed", box)
        self.refused(signed(self.rival, content), "authentication-failed", box)
        self.refused(signed(self.terminal, content), "authentication-failed", box, sender="RIVAL-AS2")
        self.refused(signed(self.terminal, content), "authentication-failed", box, sender="NOBODY")
        self.refused(signed(self.terminal, content, nocerts=True), "integrity-check-failed", box)
        self.refused(("application/EDIFACT", text), "insufficient-message-security", box)
        self.refused(enveloped(self.station, content), "insufficient-message-security", box)
        inner = f"Content-Type: {kind}\r\n\r\n".encode() + body
        self.refused(enveloped(self.stranger, inner), "decryption-failed", box)
        self.refused(("application/pkcs7-mime; smime-type=compressed-data", b"x"), "decompression-failed", box)
        self.refused(("application/pkcs7-mime; smime-type=enveloped-data", b"\x30\x80"), "decryption-failed", box)
        self.refused((kind, body), "unknown-trading-relationship", box, AS2_To="SOMEBODY")
        self.refused((kind, body[: len(body) // 2]), "unexpected-processing-error", box)
        outer = inner
        for _ in range(6):
            outer = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\n" + self.terminal.sign(outer, opaque=True)
        self.refused(("application/pkcs7-mime; smime-type=signed-data", outer.split(b"\r\n\r\n", 1)[1]), "unexpected-processing-error", box)
        nonsense = self.post(signed(self.terminal, entity(b"this is not EDI")))
        self.assertEqual(self.disposition(nonsense), "failed/Failure: unsupported format")
        self.assertEqual(self.disposition(self.post((kind, body))), "processed")
        self.assertTrue(self.stored(box))

    def test_a_withdrawn_certificate(self):
        partner = Partner(self.folder, "leaving")
        key = self.server.add_party("Leaving", "terminal", "SMDG:LEA", "AS2:LEAVING")
        made = self.server.request("POST", "/v1/certificates", json.dumps({"certificate": partner.certificate.read_text()}), key)
        self.assertEqual(made.status, 201)
        message = signed(partner, entity(self.gate()[1]))
        self.assertIn(b"; processed\r\n", self.post(message, sender="LEAVING").body)
        self.assertEqual(self.server.request("DELETE", "/v1/certificates/" + made.json["id"], None, key).status, 200)
        self.refused(message, "authentication-failed", sender="LEAVING")

    def test_broken_requests(self):
        kind, body = signed(self.terminal, entity(self.gate()[1]))
        for headers in ({"AS2_From": None}, {"AS2_To": None}, {"Message_ID": None}, {"AS2_From": "x" * 200}, {"AS2_From": '"open'}):
            self.assertEqual(self.post((kind, body), **headers).status, 400, headers)
        random.seed(4130)
        for _ in range(300):
            broken = bytearray(body)
            for _ in range(random.choice((1, 3, 30))):
                at = random.randrange(len(broken))
                broken[at:at + random.randrange(3)] = random.randbytes(random.randrange(4))
            self.assertIn(self.post((kind, bytes(broken))).status, (200, 400))
        self.assertEqual(self.server.get("/healthz").status, 200)


class Options(unittest.TestCase):
    def test_bad_keys(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            one, other = Partner(folder, "one"), Partner(folder, "other")
            for certificate, key in ((one.certificate, other.key), (folder / "none", one.key), (one.certificate, one.certificate)):
                done = command("serve", "--store", f"rocksdb:{folder}/store", "--listen", "127.0.0.1:0", "--as2-name", "A", "--as2-certificate", certificate,
                               "--as2-key", key, timeout=20)
                self.assertEqual(done.returncode, 2)
                self.assertIn("AS2", done.stderr)
            self.assertEqual(command("serve", "--store", f"rocksdb:{folder}/store", "--as2-name", "A", timeout=20).returncode, 2)

    def test_off_without_a_name(self):
        with Server() as server:
            nowhere = server.request("POST", "/no-such-address", b"x").status
            self.assertIn(nowhere, (404, 405))  # 405 beside a portal, whose pages answer GET at any address
            self.assertEqual(server.request("POST", "/as2", b"x").status, nowhere)


if __name__ == "__main__":
    unittest.main()
