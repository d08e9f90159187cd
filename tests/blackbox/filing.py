"""What the tests of filing share: two small regimes on either side of a border, people and their keys, an authority that answers."""
import http.server
import json
import re
import shutil
import tempfile
import threading
import time
import unittest
from pathlib import Path

from fairway import Server, command, until
from test_identity import sign_up

JSON = {"Content-Type": "application/json"}
WORDS = "title_en,title_hant,title_hans"


def write_regime(folder, code, country, zone, currency, forms, fields, **more):
    """A regime as a folder of tables."""
    here = Path(folder) / code
    here.mkdir()
    (here / "regime.csv").write_text(f"key,value\ntitle_en,Land of {country}\nzone,{zone}\ncurrency,{currency}\nterritory,{country}\n")
    (here / "forms.csv").write_text(f"form,family,{WORDS},per,needed_when,filer,authority,message,deadline,deadline_from,source,bundled\n" + forms)
    (here / "fields.csv").write_text(f"forms,field,per,{WORDS},type,required,value,group,source\n" + fields)
    for name, text in more.items():
        (here / f"{name}.csv").write_text(text)


def two_sides():
    """A folder with the regimes of Macao (mo) and Singapore (sg), as far as the tests go."""
    folder = tempfile.mkdtemp(prefix="fairway-regimes-")
    write_regime(folder, "mo", "MO", "Asia/Macau", "MOP",
                 "out,declaration,Export declaration,,,consignment,trade = 'export',exporter,mo-dsec,json,,,Law 7/2003,\n"
                 "road,road-cargo,Road cargo,,,leg,leg.mode = 'ROAD' and crossing = 'out',shipper,mo-dsec,json,road,leg.departure,Law 7/2003,yes\n",
                 "out|road,consignor,form,Consignor,,,text,yes,consignor.name,parties,\n"
                 "out,consignee,form,Consignee,,,text,yes,consignee.name,parties,\n"
                 "out|road,gross,form,Gross mass,,,decimal,yes,grossMassKg,goods,\n"
                 "out,amount,form,Invoice amount,,,decimal,yes,invoice.amount,values,\n"
                 "road,vehicle,form,Vehicle,,,text,no,leg.vehicle,transport,\n",
                 deadlines=f"deadline,{WORDS},earliest,latest,day_clock,reminders,source\nroad,Road cargo,,,-P14D,-PT30M,no,,Law 7/2003\n",
                 rules="rule,forms,per,when,check,weight,field,path,message_en,cure_en,source\n"
                       "MO1,out,form,,field.gross > 0,blocking,gross,grossMassKg,the gross mass must be above zero,mend grossMassKg,Law 7/2003\n")
    write_regime(folder, "sg", "SG", "Asia/Singapore", "SGD",
                 "in,declaration,Import declaration,,,consignment,trade = 'import',importer,sg-customs,json,,,Customs Act,\n",
                 "in,importer,form,Importer,,,text,yes,consignee.name,parties,\n"
                 "in,gross,form,Gross mass,,,decimal,yes,grossMassKg,goods,\n",
                 cross="rule,left,right,tolerance,weight,message_en,cure_en,source\n"
                       "X1,declaration.gross,mo:declaration.gross,0,blocking,gross mass {left} is not {right},mend it,Customs Act\n")
    return folder


FIELDS = {"consignor.name": "Casa Sol", "consignor.country": "MO", "consignee.name": "Lion Traders", "consignee.country": "SG",
          "countryOfDispatch": "MO", "countryOfDestination": "SG", "placeOfLoading": "MOMFM", "placeOfDischarge": "SGSIN",
          "grossMassKg": "1200", "invoice.amount": "5000", "invoice.currency": "USD", "goods[1].description": "Tiles",
          "legs[1].mode": "ROAD", "legs[1].from": "MOMFM", "legs[1].to": "SGSIN"}


class Person:
    """Somebody of an organisation, who has signed in and made a personal key."""

    def __init__(self, server, email, name, role):
        self.browser, self.session = sign_up(server, email, name=name, role=role)
        self.party = self.session["party"]["id"]
        status, made = self.browser.ask(server, "POST", "/v1/me/keys", {"label": "tests"}, csrf=self.session["csrf"])
        assert status == 201, made
        self.key, self.id = made["key"], self.session["person"]["id"]


def machine_of(server, person):
    """A key of the person's organisation, of nobody in it."""
    return command("admin", "key", "add", person.party, "--store", server.store, check=0).stdout.strip()


def send(server, method, target, body, key, **headers):
    return server.request(method, target, json.dumps(body), key, {**JSON, **headers})


class Authority:
    """An authority that speaks the adapter's contract: keeps letters by id and gives out answers in order."""

    def __init__(self):
        self.letters, self.answers, self.lock = {}, [], threading.Lock()
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with authority.lock:
                    authority.letters.setdefault(self.path.rsplit("/", 1)[1], []).append(body)
                self.answer({})

            def do_GET(self):
                after = int(re.search(r"after=(\d*)", self.path).group(1) or 0) if "after=" in self.path else 0
                with authority.lock:
                    self.answer({"answers": authority.answers[after:], "next": str(len(authority.answers))})

            def answer(self, value):
                body = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def say(self, lodgement, status, **more):
        with self.lock:
            self.answers.append({"id": f"A{len(self.answers) + 1}", "lodgement": lodgement, "status": status,
                                 "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **more})

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class WithAuthority(unittest.TestCase):
    """Two organisations and an operator on a server that lodges with an authority."""

    @classmethod
    def setUpClass(cls):
        cls.regimes, cls.authority = two_sides(), Authority()
        cls.server = Server(options=["--regime", cls.regimes, "--authority", f"mo-dsec={cls.authority.url}"]).start()
        cls.anna = Person(cls.server, "anna@sol.example", "Casa Sol", "shipper")
        cls.lee = Person(cls.server, "lee@lion.example", "Lion Traders", "shipper")
        cls.port = cls.server.add_party("Port", "operator")
        cls.machine = machine_of(cls.server, cls.anna)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.authority.close()
        shutil.rmtree(cls.regimes)

    def consignment(self, participants=(), **fields):
        answer = send(self.server, "POST", "/v1/consignments", {"fields": {**FIELDS, **fields}, "participants": list(participants)}, self.anna.key)
        self.assertEqual(answer.status, 201, answer)
        return answer.json["id"]

    def draft(self, consignment, *forms, who=None):
        answer = send(self.server, "POST", "/v1/filings", {"consignment": consignment, **({"forms": list(forms)} if forms else {})},
                      (who or self.anna).key)
        self.assertIn(answer.status, (200, 201), answer)
        return answer.json["filings"]

    def get(self, filing, who=None):
        return self.server.get(f"/v1/filings/{filing}", (who or self.anna).key)

    def step(self, filing, what, body=None, key=None):
        return send(self.server, "POST", f"/v1/filings/{filing}/{what}", {} if body is None else body, key or self.anna.key)

    def confirm(self, filing):
        seen = self.get(filing).json
        return self.step(filing, "confirmations", {"groups": [g["group"] for g in seen["groups"]], "digest": seen["digest"]})

    def lodged(self, consignment, form="mo/out"):
        """A filing that the authority has: (id, lodgement)."""
        filing = self.draft(consignment, form)[0]["id"]
        self.assertEqual(self.step(filing, "check").json["state"], "checked")
        self.assertEqual(self.confirm(filing).json["state"], "confirmed")
        ordered = self.step(filing, "lodgements")
        self.assertEqual(ordered.status, 202, ordered)
        lodgement = ordered.json["lodgements"][-1]["id"]
        until(self, lambda: self.get(filing).json["state"] == "lodged", state=lambda: self.get(filing).json["state"])
        return filing, lodgement

    def until_state(self, filing, state):
        return until(self, lambda: (self.get(filing).json["state"] == state and self.get(filing).json), state=lambda: str(self.get(filing).json["state"]))
