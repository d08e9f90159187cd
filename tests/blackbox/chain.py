"""A real chain to test on: anvil on loopback, its accounts' signatures, and the calls of contracts/FairwayAnchor.sol.

Nothing here is Fairway's: the ABI is encoded by hand, selectors come from the compiler, signatures from anvil's own EIP-712 code.
"""
import base64
import hashlib
import http.client
import http.server
import json
import platform
import subprocess
import threading
import time

from fairway import ROOT, free_port

PACKAGES = ROOT / "contracts" / "node_modules"
ARTEFACT = json.loads((ROOT / "contracts/build/FairwayAnchor.json").read_text())
MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
ANVIL = PACKAGES / f"@foundry-rs/anvil-linux-{MACHINE}/bin/anvil"
ORIGIN = "port.example/ledger"
# The first of anvil's accounts, which everybody knows: of its standard mnemonic, with ether on a fresh chain.
FIRST_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"


class Refused(Exception):
    """What a node answers in the place of a result."""


class Rpc:
    def __init__(self, port):
        self.port = port

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def __call__(self, method, *parameters):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", "/", json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}), {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise Refused(answer["error"]["message"])
        return answer["result"]


class Anvil(Rpc):
    """A chain of its own; `options` are anvil's."""

    def __init__(self, *options):
        super().__init__(free_port())
        self.options, self.process = options, None

    def start(self):
        self.process = subprocess.Popen([str(ANVIL), "--host", "127.0.0.1", "--port", str(self.port), "--silent", *self.options],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                self("eth_chainId")
                self.accounts = self("eth_accounts")
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"anvil did not come up: {self.process.poll()}")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def height(self):
        return int(self("eth_blockNumber"), 16)

    def receipt(self, transaction, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self("eth_getTransactionReceipt", transaction)
            if found:
                return found
            time.sleep(0.01)
        raise AssertionError(f"{transaction} came into no block")

    def send(self, data, to=None, sender=None):
        """Sends from an account of anvil's and gives the receipt; Refused, with the contract's reason, where the transaction failed."""
        transaction = {"from": sender or self.accounts[9], "data": data, "gas": hex(5_000_000), **({"to": to} if to else {})}
        receipt = self.receipt(self("eth_sendTransaction", transaction))
        if receipt["status"] != "0x1":
            self("eth_call", transaction, hex(int(receipt["blockNumber"], 16) - 1))  # says why
            raise Refused("without a reason")
        return receipt

    def count(self, address):
        return int(self("eth_getTransactionCount", address, "latest"), 16)


def word(value):
    """One ABI word of a number, an address or 32 bytes."""
    if isinstance(value, int):
        return f"{value:064x}"
    return (value.hex() if isinstance(value, bytes) else value.removeprefix("0x").lower()).rjust(64, "0")


def dynamic(value):
    """The tail of a bytes string or a list of words."""
    if isinstance(value, bytes):
        return word(len(value)) + value.hex() + "00" * (-len(value) % 32)
    return word(len(value)) + "".join(word(item) for item in value)


def encode(*arguments):
    """ABI-encodes words, bytes (as bytearray) and lists of words."""
    heads, tail = [], ""
    for argument in arguments:
        if isinstance(argument, (bytearray, list, tuple)):
            heads.append(word(32 * len(arguments) + len(tail) // 2))
            tail += dynamic(bytes(argument) if isinstance(argument, bytearray) else argument)
        else:
            heads.append(word(argument))
    return "".join(heads) + tail


def call_of(name, *arguments):
    found = [selector for signature, selector in ARTEFACT["methodIdentifiers"].items() if signature.startswith(name + "(")]
    return "0x" + found[0] + encode(*arguments)


def origin_hash(origin=ORIGIN):
    return hashlib.sha256(origin.encode()).digest()


class Contract:
    """One log's contract on a chain."""

    def __init__(self, chain, address, origin=ORIGIN):
        self.chain, self.address, self.origin = chain, address, origin

    @classmethod
    def deploy(cls, chain, witnesses, threshold, delay=60, origin=ORIGIN):
        code = ARTEFACT["bytecode"] + encode(origin_hash(origin), sorted(witnesses, key=str.lower), threshold, delay)
        receipt = chain.send(code)
        contract = cls(chain, receipt["contractAddress"], origin)
        contract.gas = int(receipt["gasUsed"], 16)
        return contract

    def send(self, name, *arguments):
        return self.chain.send(call_of(name, *arguments), self.address)

    def call(self, name, *arguments):
        answer = self.chain("eth_call", {"to": self.address, "data": call_of(name, *arguments)}, "latest")
        return bytes.fromhex(answer[2:])

    def latest(self):
        answer = self.call("latest")
        return int.from_bytes(answer[:32], "big"), answer[32:]

    def domain(self):
        return {"name": "FairwayAnchor", "version": "1", "chainId": int(self.chain("eth_chainId"), 16), "verifyingContract": self.address}

    def sign(self, account, primary, types, message):
        """An account's signature over typed data, by anvil's own reading of EIP-712."""
        domain = [{"name": "name", "type": "string"}, {"name": "version", "type": "string"}, {"name": "chainId", "type": "uint256"},
                  {"name": "verifyingContract", "type": "address"}]
        fields = [dict(zip(("type", "name"), field.split())) for field in types.split(",")]
        data = {"types": {"EIP712Domain": domain, primary: fields}, "primaryType": primary, "domain": self.domain(), "message": message}
        return bytes.fromhex(self.chain("eth_signTypedData_v4", account, data)[2:])

    def sign_anchor(self, account, size, root):
        message = {"originHash": "0x" + origin_hash(self.origin).hex(), "size": size, "root": "0x" + root.hex()}
        return self.sign(account, "Anchor", "bytes32 originHash,uint64 size,bytes32 root", message)

    def sign_change(self, account, witnesses, threshold, nonce):
        message = {"originHash": "0x" + origin_hash(self.origin).hex(), "witnesses": witnesses, "threshold": threshold, "nonce": nonce}
        return self.sign(account, "WitnessChange", "bytes32 originHash,address[] witnesses,uint256 threshold,uint64 nonce", message)

    def anchor(self, size, root, signers):
        signatures = [self.sign_anchor(account, size, root) for account in sorted(signers, key=str.lower)]
        return self.send("anchor", size, root, bytearray(b"".join(signatures)))

    def anchored(self):
        """(size, root) of every event so far."""
        topic = "0x" + origin_hash(self.origin).hex()
        logs = self.chain("eth_getLogs", {"address": self.address, "fromBlock": "0x0", "topics": [None, topic]})
        return [(int(log["topics"][2], 16), bytes.fromhex(log["data"][2:])) for log in logs]


class Web:
    """An HTTP server on loopback; `answer` gives (status, JSON) or None, to close without a word, for a path and a JSON body."""

    def __init__(self, answer):
        web = self
        self.answer = answer

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                answer = web.answer(self.path, body)
                if answer is None:
                    self.close_connection = True
                    return
                text = json.dumps(answer[1]).encode()
                self.send_response(answer[0])
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Proxy(Web):
    """A node that hands everything on to another one; `lie` may alter what comes back: (method, parameters, result) -> result."""

    def __init__(self, chain, lie=None):
        self.chain, self.lie, self.away = chain, lie, False
        super().__init__(self.relay)

    def relay(self, _path, body):
        if self.away:
            return None
        try:
            result = self.chain(body["method"], *body["params"])
        except Refused as refused:
            return 200, {"jsonrpc": "2.0", "id": body["id"], "error": {"code": -32000, "message": str(refused)}}
        if self.lie is not None:
            result = self.lie(body["method"], body["params"], result)
        return 200, {"jsonrpc": "2.0", "id": body["id"], "result": result}


class Witness(Web):
    """A witness that signs for the contract whatever it is asked to; `asked` keeps what that was."""

    def __init__(self, contract, account):
        self.contract, self.account, self.asked, self.away = contract, account, [], False
        super().__init__(self.sign)

    def sign(self, path, body):
        if self.away or path != "/sign-anchor":
            return 503, {"message": "not today"}
        self.asked.append(body)
        return 200, {"signature": "0x" + self.contract.sign_anchor(self.account, body["size"], base64.b64decode(body["root"])).hex()}


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def root_of(leaves):
    """RFC 6962, 2.1, as it is written there."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def path_of(index, leaves):
    """RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    if index < split:
        return path_of(index, leaves[:split]) + [root_of(leaves[split:])]
    return path_of(index - split, leaves[split:]) + [root_of(leaves[:split])]
