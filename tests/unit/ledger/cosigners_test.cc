// All witnesses of a policy, asked all the time: a quorum however some of them behave.
#include <gtest/gtest.h>

#include "ledger/witness/cosigners.h"
#include "unit/ledger/kept_ledger.h"
#include "unit/ledger/witness_support.h"

namespace fairway::ledger::witness {
namespace {

using namespace std::chrono_literals;

struct CosignersTest : testing::Test {
  static constexpr const char* kSeeds = "abcd";

  void follow(const std::string& groups, CosignersOptions options = {.patience = 1s, .round_max = 400ms, .pause_max = 500ms}) {
    std::string policy = "log " + to_text(log_.key()) + "\n";
    for (const auto& witness : witnesses_) {
      const PolicyWitness line = witness->policy_witness();
      policy += "witness " + line.name + " " + to_text(line.key) + " " + line.url + "\n";
    }
    options.doubt = [this](const std::string&) { ++doubts_; };
    checkpoints_ = std::make_unique<Checkpoints>(*store_, Env::system(), policy_from(policy + groups).value());
    cosigners_ = std::make_unique<Cosigners>(log_.tree().reader(), *checkpoints_, Env::system(), std::move(options));
  }
  // That the checkpoint of this size comes to be witnessed; milliseconds that it took, or -1.
  int64_t witnessed(uint64_t size, std::chrono::milliseconds patience = 10s) {
    const auto began = std::chrono::steady_clock::now();
    EXPECT_TRUE(checkpoints_->set_pending(log_.note(size)));
    const auto note = checkpoints_->wait_witnessed(size - 1, patience);
    if (!note) return -1;
    EXPECT_EQ(note->checkpoint.size, size);
    EXPECT_TRUE(verify_checkpoint(checkpoints_->policy(), note->note));
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
  }
  Standing standing(size_t index) { return cosigners_->status()[index].standing; }
  bool comes_to(size_t index, Standing standing) {
    for (int look = 0; look < 1000; ++look) {
      if (this->standing(index) == standing) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
  HttpWitness& at(size_t index) { return *witnesses_[index]; }
  ~CosignersTest() override {
    if (cosigners_) cosigners_->stop();
  }

  ScratchFolder folder_;
  kept::StoreFolder store_folder_;
  std::unique_ptr<store::Store> store_ = store::open(store_folder_.url(), Env::system()).value();
  TestLog log_{200};
  std::vector<std::unique_ptr<HttpWitness>> witnesses_ = [this] {
    std::vector<std::unique_ptr<HttpWitness>> made;
    for (const char seed : std::string(kSeeds)) made.push_back(std::make_unique<HttpWitness>(folder_ / std::string(1, seed), log_, seed));
    return made;
  }();
  std::unique_ptr<Checkpoints> checkpoints_;
  std::unique_ptr<Cosigners> cosigners_;
  std::atomic<int> doubts_ = 0;
};

constexpr const char* kThreeOfFour = "group most 3 wa wb wc wd\nquorum most\n";
constexpr const char* kAcross = "group lines any wa wb\ngroup offices any wc wd\ngroup both all lines offices\nquorum both\n";

TEST_F(CosignersTest, GatherAQuorumForEachCheckpoint) {
  follow(kThreeOfFour);
  for (uint64_t size = 5; size <= 60; size += 5) EXPECT_GE(witnessed(size), 0) << size;
  EXPECT_EQ(doubts_, 0);
  for (size_t index = 0; index < 4; ++index) EXPECT_TRUE(comes_to(index, Standing::cosigned)) << index;
}

TEST_F(CosignersTest, DoWithoutOneThatIsAwayOrLies) {
  follow(kThreeOfFour);
  ASSERT_GE(witnessed(5), 0);
  uint64_t size = 10;
  struct {
    HttpWitness::Mode mode;
    Standing standing;
  } const rows[] = {{HttpWitness::Mode::away, Standing::away},
                    {HttpWitness::Mode::another_key, Standing::lying},
                    {HttpWitness::Mode::another_text, Standing::lying},
                    {HttpWitness::Mode::garbage, Standing::lying},
                    {HttpWitness::Mode::boasting, Standing::ahead}};
  for (const auto& row : rows) {
    at(1).mode = row.mode;
    for (int step = 0; step < 3; ++step, size += 5) EXPECT_GE(witnessed(size), 0) << size;
    EXPECT_TRUE(comes_to(1, row.standing)) << name(row.standing);
  }
  EXPECT_EQ(doubts_, 0) << "a boast proves nothing";
  at(1).mode = HttpWitness::Mode::honest;
  EXPECT_GE(witnessed(size), 0);
  EXPECT_TRUE(comes_to(1, Standing::cosigned)) << "and takes it back when it mends";
}

TEST_F(CosignersTest, WaitForNobodyWhoIsSlowIfTheyNeedNot) {
  follow(kThreeOfFour);
  ASSERT_GE(witnessed(5), 0);
  at(0).delay_ms = 800;
  for (uint64_t size = 10; size <= 30; size += 5) EXPECT_LT(witnessed(size), 700) << size;
}

// Two slow ones that are both needed are asked about the same checkpoint, though newer ones come all the while.
TEST_F(CosignersTest, MeetOnOneCheckpointHoweverSlow) {
  follow("group all all wa wb wc wd\nquorum all\n", {.patience = 3s, .round_max = 2s});
  at(0).delay_ms = 250;
  at(1).delay_ms = 400;
  std::atomic<bool> done = false;
  std::thread signing([&] {
    for (uint64_t size = 10; size <= 120 && !done; ++size) {
      EXPECT_TRUE(checkpoints_->set_pending(log_.note(size)));
      std::this_thread::sleep_for(50ms);
    }
  });
  uint64_t seen = 0;
  for (int count = 0; count < 3; ++count) {
    const auto note = checkpoints_->wait_witnessed(seen, 10s);
    ASSERT_TRUE(note);
    EXPECT_GT(note->checkpoint.size, seen);
    seen = note->checkpoint.size;
  }
  done = true;
  signing.join();
}

TEST_F(CosignersTest, NeedBothSides) {
  follow(kAcross);
  EXPECT_GE(witnessed(5), 0);
  at(0).mode = at(2).mode = HttpWitness::Mode::away;
  EXPECT_GE(witnessed(10), 0) << "one of each side";
  at(1).mode = HttpWitness::Mode::away;
  at(2).mode = HttpWitness::Mode::honest;
  EXPECT_EQ(witnessed(15, 1500ms), -1) << "both offices and no line";
  // The cosignatures that there are are shown meanwhile.
  for (int look = 0; look < 300 && note_from(checkpoints_->pending()->note)->signatures.size() < 2; ++look)
    std::this_thread::sleep_for(10ms);
  EXPECT_GE(note_from(checkpoints_->pending()->note)->signatures.size(), 2u);
  at(1).mode = HttpWitness::Mode::honest;
  const auto note = checkpoints_->wait_witnessed(10, 10s);
  ASSERT_TRUE(note) << "as soon as the line is back";
  EXPECT_EQ(note->checkpoint.size, 15u);
}

// Somebody else signs with the same key: the witness has the proof of it, and the log is told to ask before it signs on.
TEST_F(CosignersTest, CatchAForkWithItsProof) {
  follow(kThreeOfFour);
  ASSERT_GE(witnessed(20), 0);
  ASSERT_TRUE(comes_to(0, Standing::cosigned));
  const std::string note = log_.note(50, kOtherRoot);
  at(0).remember_from(folder_ / "elsewhere", log_);
  ASSERT_EQ(at(0).witness().add_checkpoint("old 0\n\n" + note).status, 200);
  EXPECT_GE(witnessed(30), 0) << "the others go on";
  EXPECT_TRUE(comes_to(0, Standing::ahead));
  EXPECT_GE(witnessed(60), 0);
  EXPECT_TRUE(comes_to(0, Standing::fork));
  EXPECT_GE(doubts_, 1);
}

TEST_F(CosignersTest, SayHowTheyStand) {
  follow(kThreeOfFour);
  at(3).mode = HttpWitness::Mode::away;
  ASSERT_GE(witnessed(5), 0);
  ASSERT_TRUE(comes_to(3, Standing::away));
  const std::string json = to_json(cosigners_->status());
  EXPECT_NE(json.find(R"("standing":"cosigned","size":5)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("standing":"away")"), std::string::npos) << json;
}

}  // namespace
}  // namespace fairway::ledger::witness
