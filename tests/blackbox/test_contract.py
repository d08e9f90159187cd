"""contracts/FairwayAnchor.sol on a real chain (anvil): what it takes, what it refuses, who may change its witnesses."""
import subprocess
import unittest

from chain import Anvil, Contract, Refused, call_of, leaf_hash, path_of, root_of, word
from fairway import ROOT

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
LEAVES = [leaf_hash(bytes([number])) for number in range(16)]


class OnChain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chain = Anvil().start()
        cls.witnesses = sorted(cls.chain.accounts[1:5], key=str.lower)

    @classmethod
    def tearDownClass(cls):
        cls.chain.stop()

    def setUp(self):
        self.contract = Contract.deploy(self.chain, self.witnesses, 3)

    def refused(self, reason, *arguments):
        with self.assertRaises(Refused) as caught:
            arguments[0](*arguments[1:])
        self.assertIn(reason, str(caught.exception))


class Compiled(unittest.TestCase):
    def test_what_is_committed_is_what_the_source_compiles_to(self):
        done = subprocess.run(["node", "compile.mjs", "--check"], cwd=ROOT / "contracts", capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Anchoring(OnChain):
    def test_a_quorum_anchors_and_gas_is_as_documented(self):
        first = self.contract.anchor(7, root_of(LEAVES[:7]), self.witnesses[:3])
        self.assertEqual(self.contract.latest(), (7, root_of(LEAVES[:7])))
        second = self.contract.anchor(9, root_of(LEAVES[:9]), self.witnesses[1:])
        self.assertEqual(self.contract.anchored(), [(7, root_of(LEAVES[:7])), (9, root_of(LEAVES[:9]))])
        gas = [self.contract.gas, int(first["gasUsed"], 16), int(second["gasUsed"], 16)]
        print(f"gas: deploy {gas[0]}, first anchor {gas[1]}, next {gas[2]} (3 of 4 witnesses)")
        self.assertLess(gas[0], 2_200_000)
        self.assertLess(gas[1], 120_000)
        self.assertLess(gas[2], 90_000)

    def test_more_than_a_quorum_is_taken(self):
        self.contract.anchor(7, root_of(LEAVES[:7]), self.witnesses)
        self.assertEqual(self.contract.latest()[0], 7)

    def test_a_second_root_of_a_size_is_refused(self):
        self.contract.anchor(7, root_of(LEAVES[:7]), self.witnesses[:3])
        self.refused("split", self.contract.anchor, 7, root_of(LEAVES[1:8]), self.witnesses[:3])
        self.refused("old", self.contract.anchor, 7, root_of(LEAVES[:7]), self.witnesses[:3])
        self.refused("old", self.contract.anchor, 6, root_of(LEAVES[:6]), self.witnesses[:3])
        self.assertEqual(self.contract.latest(), (7, root_of(LEAVES[:7])))

    def test_too_few_signatures_are_refused(self):
        for signers in ([], self.witnesses[:1], self.witnesses[:2]):
            self.refused("too few", self.contract.anchor, 7, root_of(LEAVES[:7]), signers)

    def test_nobody_counts_twice(self):
        one = self.contract.sign_anchor(self.witnesses[0], 7, LEAVES[0])
        two = self.contract.sign_anchor(self.witnesses[1], 7, LEAVES[0])
        for signatures in (one + one + two, one + two + two, two + one + two):
            self.refused("order", self.contract.send, "anchor", 7, LEAVES[0], bytearray(signatures))

    def test_strangers_do_not_count(self):
        stranger = self.chain.accounts[8]
        self.refused("not a witness", self.contract.anchor, 7, LEAVES[0], [*self.witnesses[:2], stranger])

    def test_the_higher_s_and_odd_signatures_are_refused(self):
        signatures = [self.contract.sign_anchor(account, 7, LEAVES[0]) for account in self.witnesses[:3]]
        r, s, v = signatures[0][:32], int.from_bytes(signatures[0][32:64], "big"), signatures[0][64]
        twin = r + (ORDER - s).to_bytes(32, "big") + bytes([55 - v])
        self.refused("high s", self.contract.send, "anchor", 7, LEAVES[0], bytearray(twin + b"".join(signatures[1:])))
        nobody = bytes(64) + bytes([27])
        self.refused("no signer", self.contract.send, "anchor", 7, LEAVES[0], bytearray(nobody + b"".join(signatures[1:])))
        bad_v = r + signatures[0][32:64] + bytes([9])
        self.refused("no signer", self.contract.send, "anchor", 7, LEAVES[0], bytearray(bad_v + b"".join(signatures[1:])))
        self.refused("signatures", self.contract.send, "anchor", 7, LEAVES[0], bytearray(b"".join(signatures)[:-1]))

    def test_signatures_are_for_one_contract_and_one_tree(self):
        other = Contract.deploy(self.chain, self.witnesses, 3)
        signatures = bytearray(b"".join(other.sign_anchor(account, 7, LEAVES[0]) for account in self.witnesses[:3]))
        other.send("anchor", 7, LEAVES[0], signatures)
        with self.assertRaises(Refused):
            self.contract.send("anchor", 7, LEAVES[0], signatures)
        right = bytearray(b"".join(self.contract.sign_anchor(account, 7, LEAVES[0]) for account in self.witnesses[:3]))
        with self.assertRaises(Refused):
            self.contract.send("anchor", 8, LEAVES[0], right)
        self.assertEqual(self.contract.latest()[0], 0)

    def test_a_set_that_is_none_makes_no_contract(self):
        first = self.witnesses[0]
        for reason, witnesses, threshold in (("threshold", self.witnesses, 2), ("threshold", self.witnesses, 5), ("threshold", [], 0),
                                             ("order", [first, first], 2), ("order", ["0x" + "00" * 20, first], 2)):
            self.refused(reason, Contract.deploy, self.chain, witnesses, threshold)


class WitnessChange(OnChain):
    def setUp(self):
        super().setUp()
        self.next = sorted(self.chain.accounts[4:7], key=str.lower)

    def announce(self, signers, nonce, witnesses=None, threshold=2):
        witnesses = witnesses or self.next
        signatures = [self.contract.sign_change(account, witnesses, threshold, nonce) for account in sorted(signers, key=str.lower)]
        return self.contract.send("announce", witnesses, threshold, bytearray(b"".join(signatures)))

    def test_a_quorum_of_the_old_ones_changes_them_after_the_delay(self):
        self.announce(self.witnesses[:3], 0)
        self.contract.anchor(5, LEAVES[0], self.witnesses[:3])  # the old ones count until then
        self.refused("too early", self.contract.send, "effect", self.next, 2)
        self.chain("evm_increaseTime", 61)
        self.refused("not announced", self.contract.send, "effect", self.next, 3)
        self.contract.send("effect", self.next, 2)
        answer = self.contract.call("witnesses")
        self.assertEqual(answer.hex(), word(64) + word(2) + word(3) + "".join(word(w) for w in self.next))
        self.refused("not a witness", self.contract.anchor, 6, LEAVES[0], self.witnesses[:3])
        self.contract.anchor(6, LEAVES[0], self.next[:2])
        self.refused("not announced", self.contract.send, "effect", self.next, 2)

    def test_fewer_or_others_do_not_change_them(self):
        self.refused("too few", self.announce, self.witnesses[:2], 0)
        self.refused("not a witness", self.announce, [*self.witnesses[:2], self.chain.accounts[8]], 0)
        self.refused("order", self.announce, self.witnesses[:3], 0, [self.next[1], self.next[0], self.next[2]])
        self.refused("threshold", self.announce, self.witnesses[:3], 0, self.next, 1)

    def test_an_announcement_counts_once(self):
        signatures = bytearray(b"".join(self.contract.sign_change(account, self.next, 2, 0) for account in self.witnesses[:3]))
        self.contract.send("announce", self.next, 2, signatures)
        with self.assertRaises(Refused):
            self.contract.send("announce", self.next, 2, signatures)
        # A later one takes its place, and its delay begins anew.
        self.chain("evm_increaseTime", 61)
        self.announce(self.witnesses[:3], 1, self.next[:1], 1)
        self.refused("not announced", self.contract.send, "effect", self.next, 2)
        self.refused("too early", self.contract.send, "effect", self.next[:1], 1)
        nonce, effective = self.contract.call("change")[:32], self.contract.call("change")[32:]
        self.assertEqual(int.from_bytes(nonce, "big"), 2)
        self.assertGreater(int.from_bytes(effective, "big"), 0)

    def test_the_digest_is_that_of_the_standard(self):
        """The contract's digest and anvil's own agree: what it signs recovers to the signer in the contract (above). Here: it is the tree's alone."""
        digests = {self.contract.call("anchorDigest", size, root) for size in (1, 2) for root in (LEAVES[0], LEAVES[1])}
        self.assertEqual(len(digests), 4)


class Inclusion(OnChain):
    def verify(self, index, size, leaf, proof, root):
        return int.from_bytes(self.contract.call("verifyInclusion", index, size, leaf, proof, root), "big") == 1

    def test_every_leaf_of_every_tree_up_to_15(self):
        right = wrong = 0
        for size in range(1, 16):
            root = root_of(LEAVES[:size])
            for index in range(size):
                proof = path_of(index, LEAVES[:size])
                right += self.verify(index, size, LEAVES[index], proof, root)
                wrong += not self.verify(index, size, LEAVES[15], proof, root)
        self.assertEqual((right, wrong), (120, 120))

    def test_proofs_that_are_too_long_or_short_or_elsewhere(self):
        root = root_of(LEAVES[:13])
        proof = path_of(6, LEAVES[:13])
        self.assertTrue(self.verify(6, 13, LEAVES[6], proof, root))
        for index, size, given in ((6, 13, proof[:-1]), (6, 13, [*proof, LEAVES[0]]), (7, 13, proof), (6, 12, proof[::-1]), (13, 13, proof), (6, 0, proof),
                                   (0, 2**64 - 1, proof)):
            self.assertFalse(self.verify(index, size, LEAVES[6], given, root), (index, size))

    def test_against_what_is_anchored(self):
        self.contract.anchor(13, root_of(LEAVES[:13]), self.witnesses[:3])
        answer = self.contract.call("isAnchored", 6, LEAVES[6], path_of(6, LEAVES[:13]))
        self.assertEqual(int.from_bytes(answer, "big"), 1)
        gas = self.chain("eth_estimateGas", {"to": self.contract.address, "data": call_of("verifyInclusion", 0, 2**20, LEAVES[0], [LEAVES[1]] * 20, LEAVES[2])})
        print(f"gas: a proof of 20 hashes {int(gas, 16)}")


if __name__ == "__main__":
    unittest.main()
