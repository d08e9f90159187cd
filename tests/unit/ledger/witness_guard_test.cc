// The log's side: one exchange with a witness, and who is asked before the log signs.
#include <gtest/gtest.h>

#include "ledger/witness/witness_guard.h"
#include "unit/ledger/witness_support.h"

namespace fairway::ledger::witness {
namespace {

constexpr auto kPatience = std::chrono::seconds(5);

Answer ask_once(Asker& asker, const TestLog& log, uint64_t size) {
  const std::string note = log.note(size);
  const std::string text = note_from(note)->text;
  return asker.cosign({text, note, *checkpoint_from(text)}, log.tree().reader());
}

class AskerTest : public testing::Test {
 protected:
  ScratchFolder folder_;
  TestLog log_{40};
  HttpWitness witness_{folder_ / "w", log_, 'a'};
  Asker asker_ = Asker::open(witness_.policy_witness(), kPatience, nullptr).value();
};

TEST_F(AskerTest, TakesACosignatureThatHolds) {
  const Answer answer = ask_once(asker_, log_, 12);
  ASSERT_EQ(answer.standing, Standing::cosigned) << answer.error;
  EXPECT_TRUE(verify(witness_.policy_witness().key, note_from(log_.note(12))->text, *answer.signature));
  EXPECT_EQ(ask_once(asker_, log_, 30).standing, Standing::cosigned);
  EXPECT_EQ(witness_.posts, 2) << "it is known where the witness stands";
}

TEST_F(AskerTest, FindsOutWhereTheWitnessStands) {
  ASSERT_EQ(ask_once(asker_, log_, 12).standing, Standing::cosigned);
  Asker fresh = Asker::open(witness_.policy_witness(), kPatience, nullptr).value();
  EXPECT_EQ(ask_once(fresh, log_, 30).standing, Standing::cosigned);
  EXPECT_EQ(fresh.size(), 30u);
  EXPECT_EQ(ask_once(fresh, log_, 30).standing, Standing::cosigned) << "the same once more";
  // Meanwhile somebody else has asked, from 12.
  EXPECT_EQ(ask_once(asker_, log_, 40).standing, Standing::cosigned);
}

TEST_F(AskerTest, TellsAForkAndARollback) {
  ASSERT_EQ(ask_once(asker_, log_, 30).standing, Standing::cosigned);
  EXPECT_EQ(ask_once(asker_, log_, 12).standing, Standing::ahead);
  // Another tree under the same key, and proofs of the real one.
  const auto ask_about = [&](uint64_t size) {
    const std::string note = log_.note(size, kOtherRoot);
    const std::string text = note_from(note)->text;
    return asker_.cosign({text, note, *checkpoint_from(text)}, log_.tree().reader()).standing;
  };
  EXPECT_EQ(ask_about(40), Standing::fork);
  EXPECT_EQ(ask_about(30), Standing::fork) << "same size, another root";
  EXPECT_EQ(ask_once(asker_, log_, 40).standing, Standing::cosigned) << "and is none the worse for it";
}

TEST_F(AskerTest, BelievesNoSignatureThatDoesNotHold) {
  const TestLog stranger(12, 's');
  for (const auto mode : {HttpWitness::Mode::another_key, HttpWitness::Mode::another_text, HttpWitness::Mode::garbage}) {
    witness_.mode = mode;
    const Answer answer = ask_once(asker_, log_, 12);
    EXPECT_EQ(answer.standing, Standing::lying) << static_cast<int>(mode);
    EXPECT_FALSE(answer.signature);
  }
  witness_.mode = HttpWitness::Mode::honest;
  EXPECT_EQ(ask_once(asker_, stranger, 12).standing, Standing::refused);
  witness_.mode = HttpWitness::Mode::away;
  EXPECT_EQ(ask_once(asker_, log_, 12).standing, Standing::away);
  witness_.mode = HttpWitness::Mode::boasting;
  EXPECT_EQ(ask_once(asker_, log_, 12).standing, Standing::ahead);
}

TEST_F(AskerTest, NoticesAWitnessThatForgets) {
  ASSERT_EQ(ask_once(asker_, log_, 30).standing, Standing::cosigned);
  EXPECT_EQ(asker_.went_back(), 0u);
  witness_.remember_from(folder_ / "older", log_);
  ASSERT_EQ(witness_.witness().add_checkpoint(log_.request(0, 5)).status, 200);
  EXPECT_EQ(ask_once(asker_, log_, 40).standing, Standing::cosigned) << "it goes forward from there";
  EXPECT_EQ(asker_.went_back(), 1u);
}

struct GuardTest : testing::Test {
  GuardTest() {
    policy_.logs.push_back({log_.key(), ""});
    for (const char seed : {'a', 'b', 'c', 'd'}) {
      witnesses_.push_back(std::make_unique<HttpWitness>(folder_ / std::string(1, seed), log_, seed));
      policy_.witnesses.push_back(witnesses_.back()->policy_witness());
    }
    policy_.groups.push_back({"most", 3, {"wa", "wb", "wc", "wd"}});
    policy_.quorum = "most";
  }
  // What a store that has `size` leaves is told, its own log having signed `signed_size`.
  Status agree(uint64_t size, uint64_t signed_size) {
    const Checkpoint head{kOrigin, size, log_.tree().root(size), {}};
    const std::string note = signed_size == 0 ? "" : log_.note(signed_size);
    const NodeReader nodes = log_.tree().reader();
    return WitnessGuard(policy_, kPatience).agree({note, head, nodes});
  }
  void cosigned_by_all(uint64_t size) {
    for (const auto& witness : witnesses_) ASSERT_EQ(witness->witness().add_checkpoint(log_.request(0, size)).status, 200);
  }
  void all(HttpWitness::Mode mode) {
    for (const auto& witness : witnesses_) witness->mode = mode;
  }

  ScratchFolder folder_;
  TestLog log_{40};
  std::vector<std::unique_ptr<HttpWitness>> witnesses_;
  Policy policy_;
};

TEST_F(GuardTest, AgreesToWhatContinues) {
  EXPECT_TRUE(agree(12, 0)) << "a log that begins";
  cosigned_by_all(12);
  EXPECT_TRUE(agree(12, 12));
  EXPECT_TRUE(agree(40, 12));
  EXPECT_TRUE(agree(40, 0)) << "the store has the tree and has forgotten that it was signed";
}

TEST_F(GuardTest, RefusesAStoreThatIsOlder) {
  cosigned_by_all(30);
  const Status refused = agree(12, 12);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_NE(refused.error().detail.find("30"), std::string::npos);
  EXPECT_FALSE(refused.error().hint.empty());
  EXPECT_TRUE(agree(30, 12));
}

TEST_F(GuardTest, OneWitnessThatRemembersIsEnough) {
  ASSERT_EQ(witnesses_[2]->witness().add_checkpoint(log_.request(0, 30)).status, 200);
  EXPECT_EQ(agree(12, 12).error().code, Code::conflict);
}

TEST_F(GuardTest, RefusesAnotherTree) {
  for (const auto& witness : witnesses_) ASSERT_EQ(witness->witness().add_checkpoint("old 0\n\n" + log_.note(12, kOtherRoot)).status, 200);
  EXPECT_EQ(agree(12, 0).error().code, Code::conflict) << "same size";
  EXPECT_EQ(agree(40, 0).error().code, Code::conflict) << "a smaller size";
}

TEST_F(GuardTest, WaitsWhereThoseAwayCouldBeAQuorum) {
  cosigned_by_all(12);
  witnesses_[0]->mode = witnesses_[1]->mode = HttpWitness::Mode::away;
  EXPECT_TRUE(agree(12, 12)) << "two of four can have witnessed nothing by themselves";
  witnesses_[2]->mode = HttpWitness::Mode::away;
  const Status waits = agree(12, 12);
  ASSERT_FALSE(waits);
  EXPECT_EQ(waits.error().code, Code::unavailable);
  for (const char* name : {"wa", "wb", "wc"}) EXPECT_NE(waits.error().detail.find(name), std::string::npos);
  EXPECT_EQ(waits.error().detail.find("wd"), std::string::npos);
  policy_.quorum = "none";
  EXPECT_TRUE(agree(12, 12));
}

TEST_F(GuardTest, OneThatOnlyBoastsHoldsNothingUp) {
  cosigned_by_all(12);
  witnesses_[0]->mode = HttpWitness::Mode::boasting;
  EXPECT_TRUE(agree(12, 12));
  all(HttpWitness::Mode::boasting);
  EXPECT_EQ(agree(12, 12).error().code, Code::unavailable);
}

TEST_F(GuardTest, AsksOthersProgramsByWhatTheySign) {
  cosigned_by_all(12);
  all(HttpWitness::Mode::unmonitored);
  EXPECT_TRUE(agree(12, 12));
  EXPECT_TRUE(agree(40, 12));
  for (const auto& witness : witnesses_) ASSERT_EQ(witness->witness().add_checkpoint(log_.request(12, 30)).status, 200);
  EXPECT_FALSE(agree(12, 12)) << "they say that they have more, without proof";
}

}  // namespace
}  // namespace fairway::ledger::witness
