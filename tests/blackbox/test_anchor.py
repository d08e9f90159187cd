"""The log's tree anchored on a real chain (anvil) by a real server: restarts, reorganised chains, stuck transactions, nodes that lie or are away."""
import base64
import json
import shutil
import tempfile
import threading
import time
import unittest
from pathlib import Path

from chain import FIRST_KEY, ORIGIN, Anvil, Contract, Proxy, Witness, call_of
from fairway import Server, command, equipment_event, until

LATEST = call_of("latest")


class Anchoring(unittest.TestCase):
    """A chain, `NODES` nodes before it, four witnesses of whom three must sign, and a server that anchors every second."""
    NODES = 2
    CHAIN = ()
    PROFILE = {"fee": "eip1559", "confirmations": "1", "stuck-after": "2"}

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="fairway-anchor-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.chain = Anvil(*self.CHAIN).start()
        self.addCleanup(self.chain.stop)
        self.sender = self.chain.accounts[0]
        self.key = self.folder / "sender.key"
        self.key.write_text(FIRST_KEY + "\n")
        self.key.chmod(0o600)
        self.nodes = [Proxy(self.chain) for _ in range(self.NODES)]
        self.accounts = sorted(self.chain.accounts[1:5], key=str.lower)
        self.contract = Contract(self.chain, None)
        self.witnesses = [Witness(self.contract, account) for account in self.accounts]
        for web in (*self.nodes, *self.witnesses):
            self.addCleanup(web.close)
        self.profile = self.folder / "chain.profile"
        self.write_profile()
        self.contract.address = self.deploy().stdout.strip()
        self.write_profile(contract=self.contract.address)
        self.server = Server(store=f"rocksdb:{self.folder}/data", options=("--anchor", str(self.profile), "--ledger-origin", ORIGIN, "--ledger-batch-ms", "20"))
        self.addCleanup(self.server.close)
        self.events = 0

    def write_profile(self, **more):
        lines = {"name": "anvil", "chain-id": "31337", "sender-key": str(self.key), "interval": "1", "poll-ms": "100", **self.PROFILE, **more}
        text = [f"{name} = {value}" for name, value in lines.items()] + [f"node = {node.url}" for node in self.nodes]
        text += [f"witness = {witness.account} {witness.url}" for witness in self.witnesses]
        self.profile.write_text("# the tests' chain\n" + "\n".join(text) + "\n")

    def deploy(self, *options, check=0):
        return command("admin", "ledger", "anchor", "deploy", "--profile", str(self.profile), "--origin", ORIGIN, "--delay", "60", *options, check=check)

    def post(self, count=1):
        if not self.events:
            self.line = self.server.add_party("Line", "carrier", "SMDG:OOL")
        events = [equipment_event(self.events + number) for number in range(1, count + 1)]
        self.events += count
        self.assertEqual(self.server.post_events(events, self.line).status, 200)

    def ledger(self):
        return self.server.get("/ledger/status").json

    def status(self):
        return self.ledger().get("anchor", {})

    def state(self):
        return json.dumps(self.ledger()) + self.server.log[-2000:]

    def until(self, check, seconds=40):
        return until(self, check, seconds, self.state)

    def final(self, size):
        return self.until(lambda: self.status().get("size", 0) >= size)

    def tree_size(self):
        return int(self.server.get("/ledger/witnessed").body.decode().split("\n")[1])

    def root_at(self, size):
        """The log's own word on an older tree."""
        answer = self.server.get(f"/ledger/consistency?from={size}&to={self.tree_size()}").json
        return base64.b64decode(answer["fromRoot"])

    def check_anchors(self):
        """Each size once, growing, and each root that of the log's tree."""
        anchored = self.contract.anchored()
        sizes = [size for size, _ in anchored]
        self.assertEqual(sizes, sorted(set(sizes)))
        for size, root in anchored:
            if size < self.tree_size():
                self.assertEqual(root, self.root_at(size))
        return sizes


class Plain(Anchoring):
    def test_every_witnessed_tree_comes_to_the_contract_and_is_followed_until_final(self):
        with self.server:
            self.post(3)
            self.final(3)
            self.post(4)
            self.until(lambda: self.contract.latest()[0] >= 7)
            self.final(self.contract.latest()[0])
            sizes = self.check_anchors()
            self.assertGreaterEqual(len(sizes), 2)
            self.assertEqual(self.chain.count(self.sender), len(sizes) + 1)  # and the contract's own
            self.assertEqual(self.status()["troubles"], [])
            asked = self.witnesses[0].asked[0]
            self.assertEqual((asked["origin"], asked["chainId"], asked["contract"].lower()), (ORIGIN, 31337, self.contract.address.lower()))
        done = command("admin", "ledger", "anchor", "status", "--profile", str(self.profile), check=0)
        told = json.loads(done.stdout)
        self.assertEqual((told["size"], told["threshold"], told["sender"].lower()), (sizes[-1], 3, self.sender.lower()))
        self.assertEqual([w.lower() for w in told["witnesses"]], self.accounts)

    def test_what_deploy_refuses(self):
        for options, reason in ((("--threshold", "2"), "more than half"), (("--threshold", "5"), "more than half"),
                                (("--witness", "0x" + "11" * 20, "--witness", "0x" + "11" * 20), "named twice"),
                                (("--witness", "0x" + "00" * 20), "address 0"), (("--witness", "0x1234"), "no address")):
            self.assertIn(reason, self.deploy(*options, check=1).stderr)
        self.key.chmod(0o644)
        self.assertIn("others may read", self.deploy(check=1).stderr)

    def test_a_node_of_another_chain_is_not_asked(self):
        self.nodes[1].lie = lambda method, _, result: "0x1" if method == "eth_chainId" else result
        self.assertIn("another chain", self.deploy(check=2).stderr)

    def test_a_restart_goes_on_with_the_same_nonce(self):
        with self.server:
            self.post()
            self.final(1)
            self.chain("evm_setAutomine", False)
            self.post(2)
            self.until(lambda: self.chain("txpool_content")["pending"])
            before = self.chain("txpool_content")["pending"]
            self.server.kill()
            self.server.start()
            time.sleep(1)
            self.chain("evm_mine")
            self.chain("evm_setAutomine", True)
            self.final(self.contract.latest()[0])
            self.post()
            self.until(lambda: self.contract.latest()[0] >= self.events)
            self.final(self.contract.latest()[0])
            sizes = self.check_anchors()
            self.assertEqual(self.chain.count(self.sender), len(sizes) + 1)
        sent = [nonce for nonces in before.values() for nonce in nonces]
        self.assertEqual(len(sent), 1)

    def test_a_witness_away_is_done_without_and_two_are_not(self):
        with self.server:
            self.witnesses[0].away = True
            self.post()
            self.final(1)
            self.witnesses[3].away = True
            self.post()
            self.until(lambda: "2 witnesses have signed for the contract, 3 must" in self.status().get("error", ""))
            size = self.contract.latest()[0]
            self.witnesses[0].away = False
            self.until(lambda: self.contract.latest()[0] > size)

    def test_a_liar_of_two_is_not_believed_and_named(self):
        with self.server:
            self.post()
            self.final(1)
            size = self.status()["size"]

            def lie(method, _, result):
                if method == "eth_getTransactionReceipt" and result:
                    result["logs"][0]["data"] = "0x" + "ab" * 32
                return result
            self.nodes[1].lie = lie
            self.post()
            self.until(lambda: self.contract.latest()[0] > size)
            self.until(lambda: any(self.nodes[1].url in trouble for trouble in self.status()["troubles"]))
            time.sleep(1)
            self.assertEqual(self.status()["size"], size)  # nothing is final on one node's word
            self.nodes[1].lie = None
            self.final(size + 1)
            self.until(lambda: self.status()["troubles"] == [])

    def test_a_node_away_of_two(self):
        with self.server:
            self.post()
            self.final(1)
            self.nodes[1].away = True
            self.post()
            self.until(lambda: "too few nodes answer" in self.status().get("error", ""))
            self.assertTrue(any(self.nodes[1].url in trouble for trouble in self.status()["troubles"]))
            self.nodes[1].away = False
            self.final(self.events)

    def test_a_log_behind_its_contract_does_not_sign(self):
        data, copy = self.folder / "data", self.folder / "copy"
        with self.server:
            self.post()
            self.final(1)
            self.server.stop()
            shutil.copytree(data, copy)
            self.server.start()
            self.post(5)
            self.until(lambda: self.contract.latest()[0] >= 6)
            anchored = self.contract.latest()
            self.server.stop()
            shutil.rmtree(data)
            shutil.copytree(copy, data)
            self.server.start()
            self.until(lambda: "later tree of this log is anchored" in json.dumps(self.ledger()) + self.server.log)
            before = self.tree_size()
            time.sleep(1)
            self.assertEqual(self.tree_size(), before)
            self.assertEqual(self.contract.latest(), anchored)


class Deep(Anchoring):
    PROFILE = {"fee": "eip1559", "confirmations": "4", "stuck-after": "2"}

    def deploy(self, *options, check=0):
        done = threading.Event()

        def mine():  # the contract's own block wants its confirmations, too
            while not done.wait(0.2):
                self.chain("evm_mine")
        thread = threading.Thread(target=mine)
        thread.start()
        try:
            return super().deploy(*options, check=check)
        finally:
            done.set()
            thread.join()

    def test_a_reorganised_chain_gets_the_anchor_again(self):
        with self.server:
            self.post()
            self.until(lambda: self.contract.latest()[0] >= 1)
            size, root = self.contract.latest()
            height = self.chain.height()
            before = [self.chain("eth_getBlockByNumber", hex(n), False)["hash"] for n in range(height - 1, height + 1)]
            self.assertEqual(self.status()["size"], 0)
            self.chain("anvil_reorg", 2, [])
            after = [self.chain("eth_getBlockByNumber", hex(n), False)["hash"] for n in range(height - 1, height + 1)]
            self.assertFalse(set(before) & set(after))  # the blocks were really replaced
            self.until(lambda: self.contract.latest()[0] >= size)
            for _ in range(4):
                self.chain("evm_mine")
            self.final(size)
            self.assertIn((size, root), self.contract.anchored())
            self.check_anchors()


class Stuck(Anchoring):
    PROFILE = {"fee": "eip1559", "confirmations": "1", "stuck-after": "1", "interval": "3"}

    def test_a_stuck_transaction_is_replaced_by_a_dearer_one(self):
        with self.server:
            self.chain("evm_setAutomine", False)
            self.post()

            def offered():
                pool = self.chain("txpool_content")["pending"]
                return {int(t["nonce"], 16): t for txs in pool.values() for t in txs.values()}
            first = self.until(offered)
            nonce = min(first)

            def dearer():
                now = offered()
                return now[nonce] if nonce in now and now[nonce]["hash"] != first[nonce]["hash"] else None
            second = self.until(dearer)
            for fee in ("maxFeePerGas", "maxPriorityFeePerGas"):
                self.assertGreaterEqual(int(second[fee], 16), 1.1 * int(first[nonce][fee], 16))
            self.assertEqual(second["input"], first[nonce]["input"])
            self.chain("evm_mine")
            self.chain("evm_setAutomine", True)
            self.final(1)
            self.check_anchors()


class Majority(Anchoring):
    NODES = 3

    def test_one_liar_of_three_is_outvoted_and_named(self):
        with self.server:
            self.nodes[2].lie = lambda method, parameters, result: "0x" + "cd" * 64 if method == "eth_call" and parameters[0]["data"] == LATEST else result
            self.post()
            self.final(1)
            self.assertTrue(any(self.nodes[2].url in trouble for trouble in self.status()["troubles"]), self.status())
            self.assertFalse(any(self.nodes[0].url in trouble for trouble in self.status()["troubles"]), self.status())

    def test_one_away_of_three_is_done_without(self):
        with self.server:
            self.nodes[0].away = True
            self.post()
            self.final(1)
            self.assertTrue(any(self.nodes[0].url in trouble for trouble in self.status()["troubles"]), self.status())


class Legacy(Anchoring):
    PROFILE = {"fee": "legacy", "gas-price": "3000000000", "confirmations": "1"}

    def test_a_fixed_price(self):
        with self.server:
            self.post()
            self.final(1)
            block = self.chain("eth_getBlockByNumber", "latest", True)
            self.assertEqual((block["transactions"][0]["type"], int(block["transactions"][0]["gasPrice"], 16)), ("0x0", 3_000_000_000))


class Free(Anchoring):
    CHAIN = ("--base-fee", "0", "--gas-price", "0", "--disable-min-priority-fee")
    PROFILE = {"fee": "zero", "confirmations": "1"}

    def test_gas_that_costs_nothing(self):
        with self.server:
            balance = self.chain("eth_getBalance", self.sender, "latest")
            self.post()
            self.final(1)
            self.assertEqual(self.chain("eth_getBalance", self.sender, "latest"), balance)


if __name__ == "__main__":
    unittest.main()
