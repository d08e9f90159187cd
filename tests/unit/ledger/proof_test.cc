// Proofs: they read back, they hold, and no byte of one can be changed.
#include "ledger/proof.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/ledger/support.h"

namespace fairway::ledger::proof_test {
namespace {

// A log of 1,000 entries with two witnesses.
struct ProofWorld {
  static constexpr uint64_t kSize = 1'000;
  MemoryTree tree{kSize};
  std::unique_ptr<Signer> log = test_signer("example.com/log", SignatureKind::ed25519, 'l');
  std::unique_ptr<Signer> first = test_signer("W1", SignatureKind::cosignature, '1'),
                          second = test_signer("W2", SignatureKind::cosignature, '2');
  Policy policy = policy_from("log " + to_text(log->key()) + "\nwitness W1 " + to_text(first->key()) + "\nwitness W2 " +
                              to_text(second->key()) + "\ngroup both all W1 W2\nquorum both\n")
                      .value();

  std::string checkpoint(uint64_t size) const {
    Note note{to_text(Checkpoint{"example.com/log", size, tree.root(size), {}}), {}};
    for (const Signer* signer : {log.get(), first.get(), second.get()})
      note.signatures.push_back(signer->sign(note.text, 1'700'000'000).value());
    return to_text(note);
  }
  Proof prove(uint64_t index, uint64_t size) const {
    return {MemoryTree::entry(index), index, inclusion_proof(index, size, tree.reader()).value(), checkpoint(size)};
  }
};

TEST(Proof, TextReadsBack) {
  const ProofWorld world;
  for (Proof proof : {world.prove(0, 1), world.prove(777, 1'000), world.prove(999, 1'000)})
    for (const bool with_extra : {true, false}) {
      if (!with_extra) proof.extra.clear();
      const std::string text = to_text(proof);
      const Proof read = proof_from(text).value();
      EXPECT_EQ(read.extra, proof.extra);
      EXPECT_EQ(read.index, proof.index);
      EXPECT_EQ(read.hashes, proof.hashes);
      EXPECT_EQ(read.checkpoint, proof.checkpoint);
      EXPECT_EQ(to_text(read), text);
      EXPECT_TRUE(verify(read, MemoryTree::entry(proof.index), world.policy));
    }
}

TEST(Proof, HoldsForItsEntryAlone) {
  const ProofWorld world;
  const Proof proof = world.prove(777, 1'000);
  const Witnessed witnessed = verify(proof, MemoryTree::entry(777), world.policy).value();
  EXPECT_EQ(witnessed.checkpoint.size, 1'000u);
  EXPECT_EQ(witnessed.median_time_s(), 1'700'000'000u);
  EXPECT_EQ(verify(proof, MemoryTree::entry(778), world.policy).error().code, Code::forbidden);
  Proof other = proof;
  other.extra.clear();
  EXPECT_EQ(verify(other, MemoryTree::entry(778), world.policy).error().code, Code::forbidden);
  other = proof;
  other.extra = "something else";
  EXPECT_EQ(verify(other, MemoryTree::entry(777), world.policy).error().code, Code::forbidden) << "nothing vouches for it";
  const Policy stranger =
      policy_from("log " + to_text(test_signer("example.com/log", SignatureKind::ed25519, 'x')->key()) + "\nquorum none\n").value();
  EXPECT_EQ(verify(proof, MemoryTree::entry(777), stranger).error().code, Code::forbidden);
}

TEST(Proof, NoByteOfOneCanBeChanged) {
  const ProofWorld world;
  const std::string good = to_text(world.prove(777, 1'000));
  ASSERT_TRUE(verify(proof_from(good).value(), MemoryTree::entry(777), world.policy));
  size_t read = 0;
  const auto is_refused = [&](const std::string& bad) {
    const auto proof = proof_from(bad);
    read += proof ? 1 : 0;
    return !proof || !verify(*proof, proof->extra, world.policy);
  };
  for (size_t at = 0; at < good.size(); ++at)
    for (const int change : {0x01, 0x02, 0x04, 0x10, 0x20, 0x80}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ change);
      EXPECT_TRUE(is_refused(bad)) << "byte " << at << " by " << change;
    }
  EXPECT_GT(read, 1'000u) << "many read well, and it is the check that refuses them";
  for (size_t at = 0; at <= good.size(); ++at) {
    EXPECT_TRUE(at == good.size() || is_refused(std::string(good).erase(at, 1))) << "without byte " << at;
    for (const char c : {'\n', '0', '=', ' ', 'A'}) EXPECT_TRUE(is_refused(std::string(good).insert(at, 1, c))) << "one more at " << at;
  }
}

TEST(Proof, AnyOtherSpellingIsRefused) {
  const ProofWorld world;
  const std::string note = world.checkpoint(1);
  const std::string first = "c2sp.org/tlog-proof@v1\n", hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  EXPECT_TRUE(proof_from(first + "index 0\n\n" + note));
  std::string many;
  for (int i = 0; i < 65; ++i) many += hash;
  for (const std::string& bad :
       {std::string(), first, "c2sp.org/tlog-proof@v2\nindex 0\n\n" + note, first + "index 0\n" + note, first + "index 00\n\n" + note,
        first + "index +0\n\n" + note, first + "index \n\n" + note, first + "index 18446744073709551616\n\n" + note, first + "\n" + note,
        first + "extra \nindex 0\n\n" + note, first + "extra AAB=\nindex 0\n\n" + note, first + "index 0\nextra AAAA\n\n" + note,
        first + "extra AAAA\nextra AAAA\nindex 0\n\n" + note, first + "index 0\nAAAA\n\n" + note, first + "index 0\n\n",
        first + "index 0\n\n\n" + note, first + "index 0\r\n\n" + note, first + "index 0\n" + many + "\n" + note,
        " " + first + "index 0\n\n" + note}) {
    const auto proof = proof_from(bad);
    EXPECT_FALSE(proof && verify(*proof, MemoryTree::entry(0), world.policy)) << bad;
  }
}

}  // namespace
}  // namespace fairway::ledger::proof_test
