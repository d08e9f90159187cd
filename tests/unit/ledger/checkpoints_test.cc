// Checkpoints: what is pending, what is witnessed, and that neither goes back.
#include "ledger/checkpoints.h"

#include <gtest/gtest.h>

#include "ledger/state_keys.h"
#include "unit/ledger/kept_ledger.h"

namespace fairway::ledger {
namespace checkpoints {

using kept::append;
using kept::Server;
using kept::StoreFolder;
using kept::WatchedSigner;

struct Cosigner {
  explicit Cosigner(char letter)
      : signer(make_signer(std::string("w-") + letter, SignatureKind::cosignature, std::string(32, letter)).value()) {}
  [[nodiscard]] std::string line() const { return "witness " + signer->key().name + " " + to_text(signer->key()) + "\n"; }
  [[nodiscard]] std::string on(const std::string& note, uint64_t time_s = 1'795'422'000) const {
    return note + signature_line(signer->sign(note_from(note).value().text, time_s).value());
  }
  std::unique_ptr<Signer> signer;
};

TEST(Checkpoints, WaitForTheirQuorum) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(std::string(32, 's'));
  const Cosigner a('a'), b('b'), stranger('c');
  const std::string policy = a.line() + b.line() + "group both all w-a w-b\nquorum both\n";
  Server server(*store, env, signer, nullptr, policy);
  Checkpoints& checkpoints = server.checkpoints;
  append(*store, 3);
  ASSERT_TRUE(server.settle());
  const std::string first = checkpoints.pending()->note;
  EXPECT_FALSE(checkpoints.witnessed());
  const auto kept_note = [&](std::string_view key) {
    const auto kept = store->snapshot().value()->state(key).value();
    return kept ? kept->value : std::string();
  };
  EXPECT_EQ(kept_note(kCheckpointKey), first);
  EXPECT_EQ(kept_note(kWitnessedKey), "");

  EXPECT_EQ(checkpoints.set_witnessed(a.on(first)).error().code, Code::forbidden) << "no quorum";
  EXPECT_EQ(checkpoints.set_witnessed("x").error().code, Code::invalid);
  ASSERT_TRUE(checkpoints.add_cosignatures(a.on(first)));
  EXPECT_EQ(kept_note(kCheckpointKey), a.on(first));
  EXPECT_EQ(kept_note(kWitnessedKey), "");
  ASSERT_TRUE(checkpoints.set_witnessed(b.on(a.on(first))));
  EXPECT_EQ(kept_note(kCheckpointKey), b.on(a.on(first)));
  EXPECT_EQ(kept_note(kWitnessedKey), b.on(a.on(first)));
  EXPECT_EQ(checkpoints.wait_witnessed(0, std::chrono::milliseconds(0))->checkpoint.size, 3u);

  // A quorum for one that is not the latest any more.
  append(*store, 1);
  ASSERT_TRUE(server.settle());
  const std::string second = checkpoints.pending()->note;
  append(*store, 1);
  ASSERT_TRUE(server.settle());
  const std::string third = checkpoints.pending()->note;
  ASSERT_TRUE(checkpoints.add_cosignatures(a.on(second))) << "came too late, and does nothing";
  EXPECT_EQ(kept_note(kCheckpointKey), third);
  ASSERT_TRUE(checkpoints.set_witnessed(b.on(a.on(second))));
  EXPECT_EQ(kept_note(kCheckpointKey), third);
  EXPECT_EQ(checkpoints.witnessed()->checkpoint.size, 4u);
  EXPECT_EQ(checkpoints.set_witnessed(b.on(a.on(first))).error().code, Code::conflict) << "it does not go back";

  // After a start everything is as it was.
  Server again(*store, env, signer, nullptr, policy);
  ASSERT_TRUE(again.settle());
  EXPECT_EQ(again.checkpoints.pending()->note, third);
  EXPECT_EQ(again.checkpoints.witnessed()->checkpoint.size, 4u);
}

TEST(Checkpoints, BelieveNoSignatureThatFails) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(std::string(32, 's'));
  const Cosigner a('a');
  Server server(*store, env, signer, nullptr, a.line() + "quorum w-a\n");
  append(*store, 3);
  ASSERT_TRUE(server.settle());
  const std::string note = server.checkpoints.pending()->note;
  NoteSignature bad = a.signer->sign("other\n", 1).value();
  EXPECT_EQ(server.checkpoints.set_witnessed(note + signature_line(bad)).error().code, Code::forbidden);
  EXPECT_EQ(server.checkpoints.add_cosignatures(note + signature_line(bad)).error().code, Code::forbidden);
  // The same size with another root, signed by the log's own key: what must never be.
  Checkpoint other = server.checkpoints.pending()->checkpoint;
  other.root[0] ^= 1;
  const auto thief = make_signer(kept::kOrigin, SignatureKind::ed25519, std::string(32, 's')).value();
  const std::string text = to_text(other);
  const std::string forged = text + "\n" + signature_line(thief->sign(text, 0).value());
  EXPECT_EQ(server.checkpoints.set_pending(forged).error().code, Code::conflict);
  EXPECT_EQ(server.checkpoints.add_cosignatures(forged).error().code, Code::conflict);
}

TEST(Checkpoints, LetEverybodyGoWhenTheyStop) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(std::string(32, 's'));
  Checkpoints checkpoints(*store, env, kept::policy_of(signer));
  std::thread stopper([&] { checkpoints.stop(); });
  EXPECT_FALSE(checkpoints.wait_pending(0, std::chrono::hours(1)));
  stopper.join();
}

}  // namespace checkpoints
}  // namespace fairway::ledger
