"""Who somebody is: people with a password, people and machines at a real OpenID provider (tests/blackbox/oidc)."""
import base64
import hmac
import http.client
import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

from fairway import Server, command, free_port

OIDC = Path(__file__).resolve().parent / "oidc"
PASSWORD = "rainy harbour at dawn"
JSON = {"Content-Type": "application/json"}


def code_of(secret, steps=0):
    """What an authenticator app shows (RFC 6238), so many steps from now."""
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30 + steps), "sha1")
    place = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[place:place + 4])[0] & 0x7fffffff) % 1_000_000:06d}"


class Browser:
    """Goes from page to page and keeps each server's cookies."""

    def __init__(self):
        self.cookies = {}

    def go(self, url, form=None, method=None, body=None, headers=None):
        """One request: (status, headers, body)."""
        place = urllib.parse.urlsplit(url)
        kept = self.cookies.setdefault(place.netloc, {})
        fields = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items()), **(headers or {})}
        if form is not None:
            body, fields["Content-Type"] = urllib.parse.urlencode(form), "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
        connection.request(method or ("GET" if body is None else "POST"), place.path + ("?" + place.query if place.query else ""), body, fields)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                kept[key] = rest.split(";")[0]
        text = answer.read().decode()
        connection.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text

    def ask(self, server, method, path, body=None, csrf=None):
        """A request of the page: (status, JSON or None)."""
        headers = {**JSON, **({"X-CSRF-Token": csrf} if csrf else {})}
        status, _, text = self.go(server.url + path, method=method, body=None if body is None else json.dumps(body), headers=headers)
        return status, json.loads(text) if text else None


def invite(server, email, name="Slow Boat Line", role="carrier", *options):
    return command("admin", "invite", "--email", email, "--name", name, "--role", role, *options, "--store", server.store, check=0).stdout.strip()


def sign_up(server, email="anna@line.example", **options):
    """(browser, session) of somebody who has accepted an invitation."""
    browser = Browser()
    status, session = browser.ask(server, "POST", "/v1/invitations/acceptance",
                                  {"token": invite(server, email, **options), "name": "Anna", "password": PASSWORD})
    assert status == 201, session
    return browser, session


class People(unittest.TestCase):
    def test_somebody_is_invited_signs_in_and_out(self):
        with Server() as server:
            browser, session = sign_up(server)
            self.assertEqual(session["party"]["name"], "Slow Boat Line")
            self.assertEqual(browser.ask(server, "GET", "/v1/me")[1]["person"]["email"], "anna@line.example")
            self.assertEqual(browser.ask(server, "DELETE", "/v1/session")[0], 403)
            self.assertEqual(browser.ask(server, "DELETE", "/v1/session", csrf=session["csrf"])[0], 204)
            self.assertEqual(browser.ask(server, "GET", "/v1/me")[0], 401)
            self.assertEqual(browser.ask(server, "POST", "/v1/session", {"email": "ANNA@line.example", "password": PASSWORD})[0], 201)
            self.assertEqual(browser.ask(server, "GET", "/v1/session")[0], 200)

    def test_a_session_outlives_the_server_and_ends_with_the_password(self):
        with Server() as server:
            browser, session = sign_up(server)
            server.stop()
            server.start()
            self.assertEqual(browser.ask(server, "GET", "/v1/session")[0], 200)
            link = command("admin", "person", "reset", "anna@line.example", "--store", server.store, check=0).stdout.strip()
            other = Browser()
            self.assertEqual(other.ask(server, "POST", "/v1/invitations/acceptance", {"token": link, "password": "a better one by far"})[0], 201)
            self.assertEqual(browser.ask(server, "GET", "/v1/session")[0], 401)
            listed = command("admin", "person", "list", session["party"]["id"], "--store", server.store, check=0).stdout
            self.assertEqual(json.loads(listed)["email"], "anna@line.example")

    def test_colleagues_and_their_rights(self):
        with Server() as server:
            browser, session = sign_up(server)
            csrf = session["csrf"]
            status, issued = browser.ask(server, "POST", "/v1/invitations", {"email": "ben@line.example", "rights": ["read"]}, csrf)
            self.assertEqual(status, 201)
            ben = Browser()
            self.assertEqual(ben.ask(server, "POST", "/v1/invitations/look", {"token": issued["token"]})[1]["email"], "ben@line.example")
            status, his = ben.ask(server, "POST", "/v1/invitations/acceptance", {"token": issued["token"], "name": "Ben", "password": PASSWORD})
            self.assertEqual(status, 201)
            self.assertEqual(ben.ask(server, "GET", "/v1/people")[0], 403)
            page = browser.ask(server, "GET", "/v1/people?limit=1")[1]
            self.assertEqual([p["name"] for p in page["people"]], ["Anna"])
            page = browser.ask(server, "GET", "/v1/people?cursor=" + page["next"])[1]
            self.assertEqual([p["name"] for p in page["people"]], ["Ben"])
            self.assertEqual(browser.ask(server, "PATCH", "/v1/people/" + session["person"]["id"], {"status": "suspended"}, csrf)[0], 409)
            self.assertEqual(browser.ask(server, "PATCH", "/v1/people/" + his["person"]["id"], {"status": "suspended"}, csrf)[0], 200)
            self.assertEqual(ben.ask(server, "GET", "/v1/session")[0], 401)
            self.assertEqual(browser.ask(server, "POST", "/v1/invitations",
                                         {"email": "x@x.example", "rights": ["read"], "party": {"name": "X", "role": "bank"}}, csrf)[0], 403)

    def test_personal_keys_act_for_their_person_and_end_with_the_account(self):
        with Server() as server:
            browser, session = sign_up(server)
            csrf = session["csrf"]
            issued = browser.ask(server, "POST", "/v1/invitations", {"email": "ben@line.example", "rights": ["read", "send"]}, csrf)[1]
            ben = Browser()
            his = ben.ask(server, "POST", "/v1/invitations/acceptance", {"token": issued["token"], "name": "Ben", "password": PASSWORD})[1]
            self.assertEqual(ben.ask(server, "POST", "/v1/me/keys", {"scopes": ["manage"]}, his["csrf"])[0], 403)
            self.assertEqual(ben.ask(server, "POST", "/v1/me/keys", {"label": "laptop"})[0], 403, "without the page's token")
            status, made = ben.ask(server, "POST", "/v1/me/keys", {"label": "laptop"}, his["csrf"])
            self.assertEqual(status, 201)
            me = server.get("/v1/me", made["key"]).json
            self.assertEqual((me["person"]["name"], me["rights"]), ("Ben", ["read", "send"]))
            self.assertEqual([k["label"] for k in server.get("/v1/me/keys", made["key"]).json["keys"]], ["laptop"])
            for method, path in (("POST", "/v1/me/keys"), ("POST", f"/v1/me/keys/{made['keyID']}/rotation"), ("POST", "/v1/me/second-factor")):
                self.assertEqual(server.request(method, path, "{}", made["key"], JSON).status, 403, path)
            listed = [k for k in browser.ask(server, "GET", "/v1/keys")[1]["keys"] if k.get("person")]
            self.assertEqual([(k["keyID"], k["person"]) for k in listed], [(made["keyID"], his["person"]["id"])])
            self.assertEqual(browser.ask(server, "POST", f"/v1/keys/{made['keyID']}/rotation", {}, csrf)[0], 403, "a colleague would hold it")
            self.assertEqual(browser.ask(server, "DELETE", f"/v1/me/keys/{made['keyID']}", csrf=csrf)[0], 404, "another's")
            successor = ben.ask(server, "POST", f"/v1/me/keys/{made['keyID']}/rotation?overlap=0", {}, his["csrf"])[1]
            browser.ask(server, "PATCH", "/v1/people/" + his["person"]["id"], {"rights": ["read"]}, csrf)
            self.assertEqual(server.get("/v1/me", successor["key"]).json["rights"], ["read"])
            self.assertEqual(server.get("/v1/me", made["key"]).status, 401, "rotated")
            for status in ("suspended", "active"):
                browser.ask(server, "PATCH", "/v1/people/" + his["person"]["id"], {"status": status}, csrf)
                self.assertEqual(server.get("/v1/me", successor["key"]).status, 401, status)

    def test_one_time_codes(self):
        with Server() as server:
            browser, session = sign_up(server)
            csrf = session["csrf"]
            secret = browser.ask(server, "POST", "/v1/me/second-factor", csrf=csrf)[1]["secret"]
            self.assertEqual(browser.ask(server, "PUT", "/v1/me/second-factor", {"code": "12345"}, csrf)[0], 400)
            self.assertEqual(browser.ask(server, "PUT", "/v1/me/second-factor", {"code": code_of(secret)}, csrf)[0], 204)
            self.assertEqual(os.stat(server.own_folder + ".secret").st_mode & 0o777, 0o600)
            knock = {"email": "anna@line.example", "password": PASSWORD}
            status, problem = Browser().ask(server, "POST", "/v1/session", knock)
            self.assertEqual((status, problem["code"]), (401, "second_factor"))
            ahead = {**knock, "code": code_of(secret, steps=1)}
            self.assertEqual(Browser().ask(server, "POST", "/v1/session", ahead)[0], 201)
            self.assertEqual(Browser().ask(server, "POST", "/v1/session", ahead)[1]["code"], "second_factor", "it was used")
            link = command("admin", "person", "reset", "anna@line.example", "--store", server.store, check=0).stdout.strip()
            status, session = browser.ask(server, "POST", "/v1/invitations/acceptance", {"token": link, "password": "a better one by far"})
            self.assertEqual((status, session["person"]["secondFactor"]), (201, False))
            os.remove(server.own_folder + ".secret")

    def test_guesses_wait_and_forms_are_refused(self):
        with Server() as server:
            sign_up(server)
            browser = Browser()
            wrong = {"email": "anna@line.example", "password": "wrong"}
            self.assertEqual([browser.ask(server, "POST", "/v1/session", wrong)[0] for _ in range(6)], [401] * 5 + [429])
            status, headers, _ = browser.go(server.url + "/v1/session", body=json.dumps(wrong), headers=JSON)
            self.assertEqual((status, headers["retry-after"]), (429, "2"))
            self.assertEqual(browser.go(server.url + "/v1/session", form=wrong)[0], 415)
            self.assertEqual(browser.go(server.url + "/v1/session", body="{}", headers={**JSON, "Sec-Fetch-Site": "cross-site"})[0], 403)


@unittest.skipUnless(shutil.which("node"), "there is no node")
@unittest.skipUnless((OIDC / "node_modules").is_dir(), "tests/blackbox/oidc has no node_modules: npm ci there")
class AtAProvider(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="fairway-oidc-")
        (Path(cls.folder) / "client").write_text("fairway-secret\n")
        cls.issuer = f"http://127.0.0.1:{free_port()}"
        cls.server = Server(options=["--oidc-provider", f"acme={cls.issuer},fairway,{cls.folder}/client,Acme Port ID",
                                     "--oidc-audience", "https://port.example"])
        cls.provider = subprocess.Popen(["node", str(OIDC / "provider.mjs"), cls.issuer.rpartition(":")[2],
                                         cls.server.url + "/v1/session/oidc/callback"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert any(line == b"ready\n" for line in iter(cls.provider.stdout.readline, b"")), "the provider did not come up"
        cls.server.start()
        cls.browser, cls.session = sign_up(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.provider.kill()
        cls.provider.wait()
        cls.provider.stdout.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def to_provider(self, browser, query=""):
        """Where the browser is sent to sign in."""
        status, headers, _ = browser.go(self.server.url + "/v1/session/oidc?provider=acme" + query)
        self.assertEqual(status, 302)
        self.assertTrue(headers["location"].startswith(self.issuer + "/auth?"))
        return headers["location"]

    def from_provider(self, browser, url, login):
        """Signs in at the provider and agrees; the address that it sends the browser back to."""
        for _ in range(12):
            status, headers, text = browser.go(url)
            if status in (302, 303):
                url = urllib.parse.urljoin(url, headers["location"])
                if url.startswith(self.server.url):
                    return url
                continue
            self.assertEqual(status, 200, text)
            action = re.search(r'<form[^>]*action="([^"]+)"', text)[1]
            prompt = re.search(r'name="prompt" value="([^"]+)"', text)[1]
            form = {"prompt": prompt, **({"login": login, "password": "any"} if prompt == "login" else {})}
            status, headers, text = browser.go(urllib.parse.urljoin(url, action), form=form)
            self.assertIn(status, (302, 303), text)
            url = urllib.parse.urljoin(url, headers["location"])
        self.fail("the provider does not come to an end")

    def sign_in(self, browser, login, query=""):
        """Where the browser ends up on this server."""
        status, headers, _ = browser.go(self.from_provider(browser, self.to_provider(browser, query), login))
        self.assertEqual(status, 303)
        return headers["location"]

    def join(self, login):
        email = f"{login}@line.example"
        token = self.browser.ask(self.server, "POST", "/v1/invitations", {"email": email, "rights": ["read"]}, self.session["csrf"])[1]["token"]
        browser = Browser()
        self.assertEqual(self.sign_in(browser, login, f"&invitation={token}&return=/track"), "/track")
        return browser

    def machine_token(self, resource="https://port.example"):
        body = urllib.parse.urlencode({"grant_type": "client_credentials", "resource": resource, "scope": "api"})
        secret = base64.b64encode(b"machine:machine-secret").decode()
        status, _, text = Browser().go(self.issuer + "/token", body=body, method="POST",
                                       headers={"Authorization": f"Basic {secret}", "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(status, 200, text)
        return json.loads(text)["access_token"]

    def test_an_invitation_is_accepted_at_the_provider_and_opens_it_later(self):
        browser = self.join("carol")
        status, session = browser.ask(self.server, "GET", "/v1/session")
        self.assertEqual(status, 200)
        self.assertEqual((session["person"]["name"], session["person"]["ways"]), ("carol at the provider", ["oidc"]))
        self.assertEqual(session["person"]["email"], "carol@line.example", "as she was invited, whatever the provider says")
        self.assertEqual(self.sign_in(Browser(), "carol"), "/")
        self.assertEqual(Browser().ask(self.server, "GET", "/v1/sign-in")[1],
                         {"password": True, "providers": [{"id": "acme", "name": "Acme Port ID"}]})

    def test_nobody_comes_in_uninvited(self):
        self.assertEqual(self.sign_in(Browser(), "mallory"), "/sign-in?problem=unauthorized")

    def test_an_answer_belongs_to_the_browser_that_asked(self):
        browser = self.join("dave")
        stolen = self.from_provider(browser, self.to_provider(browser), "dave")
        other = Browser()
        self.assertEqual(other.go(stolen)[1]["location"], "/sign-in?problem=unauthorized")
        self.to_provider(other)
        self.assertEqual(other.go(stolen)[1]["location"], "/sign-in?problem=unauthorized", "and not to another sign-in of it")
        self.assertEqual(other.ask(self.server, "GET", "/v1/session")[0], 401)
        self.assertEqual(browser.go(stolen)[1]["location"], "/")
        self.assertEqual(browser.go(stolen)[1]["location"], "/sign-in?problem=unauthorized", "once")

    def test_a_page_elsewhere_is_no_way_back(self):
        for path in ("//evil.example", "https://evil.example", "/%5Cevil.example"):
            status, headers, _ = Browser().go(self.server.url + "/v1/session/oidc?provider=acme&return=" + path)
            self.assertEqual((status, headers["location"]), (303, "/sign-in?problem=invalid"))
        self.assertEqual(Browser().go(self.server.url + "/v1/session/oidc?provider=none")[1]["location"], "/sign-in?problem=not_found")

    def test_a_machine_acts_with_an_access_token(self):
        account = {"issuer": self.issuer, "subject": "machine", "label": "gate", "scopes": ["read"]}
        self.assertEqual(self.server.get("/v1/me", self.machine_token()).status, 401, "nobody has registered it")
        status, added = self.browser.ask(self.server, "POST", "/v1/service-accounts", account, self.session["csrf"])
        self.assertEqual(status, 201)
        self.assertEqual(self.browser.ask(self.server, "POST", "/v1/service-accounts", account, self.session["csrf"])[0], 409)
        token = self.machine_token()
        me = self.server.get("/v1/me", token)
        self.assertEqual((me.status, me.json["party"]["name"], me.json["rights"]), (200, "Slow Boat Line", ["read"]))
        self.assertEqual(self.server.post_events([], token).status, 403)
        self.assertEqual(self.server.get("/v1/me", self.machine_token("https://elsewhere.example")).status, 401, "for another server")
        head, body, signature = token.split(".")
        self.assertEqual(self.server.get("/v1/me", f"{head}.{body[:-2]}AA.{signature}").status, 401)
        none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').decode().rstrip("=")
        self.assertEqual(self.server.get("/v1/me", f"{none}.{body}.").status, 401)
        self.assertEqual(self.browser.ask(self.server, "DELETE", "/v1/service-accounts/" + added["id"], csrf=self.session["csrf"])[0], 204)
        self.assertEqual(self.server.get("/v1/me", token).status, 401)

    def test_the_provider_changes_its_keys(self):
        self.join("erin")
        time.sleep(10)  # kProviderAskedAgainSeconds of src/access/oidc
        self.assertEqual(Browser().go(self.issuer + "/test/rotate", method="POST", body="")[0], 204)
        self.assertEqual(self.sign_in(Browser(), "erin"), "/")


if __name__ == "__main__":
    unittest.main()
