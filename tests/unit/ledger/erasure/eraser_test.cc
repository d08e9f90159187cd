// Erasing over a real store: what goes with an entry, what is refused, and what is left to guess with.
#include "ledger/erasure/eraser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/bytes.h"
#include "ledger/commitment.h"
#include "ledger/state_keys.h"
#include "ledger/tree_store.h"
#include "model/event.h"
#include "store/rocksdb/rocksdb_store.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kContainer = "MSCU6639870";

class EraserTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = (std::filesystem::temp_directory_path() / "fairway-erase-XXXXXX").string();
    ASSERT_NE(mkdtemp(path_.data()), nullptr);
    store_ = std::move(*store::open_rocksdb(path_ + "/store", Env::system()));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(path_);
  }

  static std::string event_body(const std::string& id, const std::string& container, const std::string& hash,
                                const std::string& amends = "") {
    Event event;
    event.id = id;
    event.references.push_back(*Reference::make(ReferenceKind::equipment, container));
    event.source.hash = hash;
    if (!amends.empty()) event.amendment = Amendment::correction, event.amends = amends;
    return to_json(event);
  }
  Position put(EntryKind kind, std::string body, const std::string& party = "pty_a") {
    store::Batch batch;
    batch.entries.push_back({.kind = kind,
                             .party = party,
                             .received_us = 1'700'000'000'000'000,
                             .body = std::move(body),
                             .terms = {{"r/" + std::string(kContainer), "head of " + std::string(kContainer)}},
                             .identity = "i/" + std::to_string(++identities_),
                             .digest = "d"});
    return store_->commit_and_wait(std::move(batch))->entries.front().position;
  }
  // What a step of sequencing keeps: a salt for each entry so far.
  std::string sequence(uint64_t size) {
    std::string salts;
    for (uint64_t i = 0; i < size; ++i) salts += sha256("salt " + std::to_string(i));
    store::Batch batch;
    std::string head = R"({"size":)" + std::to_string(size) + R"(,"root":")" + to_base64(sha256("root")) + R"(","at":1})";
    batch.state.push_back({std::string(kHeadKey), head, {}});
    batch.state.push_back({salts_key(0), salts, {}});
    EXPECT_TRUE(store_->commit_and_wait(std::move(batch)).has_value());
    return salts;
  }
  Result<Erased> erase(Position entry) { return Eraser(*store_, Env::system()).erase({entry, "Art. 17 GDPR", "asked for", "pty_op"}); }
  std::vector<std::string> lines() {
    std::vector<std::string> all;
    EXPECT_TRUE(store_->export_lines([&](std::string_view line) -> Status { return all.emplace_back(line), Status(); }).has_value());
    return all;
  }
  bool mentions(std::string_view text) {
    return std::ranges::any_of(lines(), [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }
  EntryKind kind_at(Position position) { return (*store_->snapshot())->entries({{position}})->front().kind; }

  std::string path_;
  std::unique_ptr<store::Store> store_;
  int identities_ = 0;
};

TEST_F(EraserTest, AnEventGoesAndItsMessageIsNamed) {
  const Position message = put(EntryKind::message, R"({"hash":"h1","text":"…"})");
  const Position event = put(EntryKind::event, event_body("e1", std::string(kContainer), "h1"));
  const Position correction = put(EntryKind::event, event_body("e2", "TEST1234569", "h2", "e1"));
  const Position foreign = put(EntryKind::event, event_body("e3", "TEST1234569", "h3", "e1"), "pty_b");
  const auto erased = erase(event);
  ASSERT_TRUE(erased.has_value()) << erased.error().text();
  ASSERT_EQ(erased->entries.size(), 1u);
  EXPECT_EQ(erased->entries[0].entry, event);
  EXPECT_EQ(erased->entries[0].tombstone, foreign + 1);
  EXPECT_EQ(erased->still_in, std::vector<Position>{message});
  EXPECT_EQ(erased->amended_by, std::vector<Position>{correction});
  EXPECT_TRUE(erased->purged);
  EXPECT_EQ(kind_at(event), EntryKind::erased);
  EXPECT_EQ(kind_at(correction), EntryKind::event);
  const auto page = Eraser(*store_, Env::system()).list(0, 10);
  ASSERT_TRUE(page.has_value() && page->items.size() == 1);
  EXPECT_NE(page->items[0].find(R"("authority":"Art. 17 GDPR","reason":"asked for")"), std::string::npos) << page->items[0];
  EXPECT_NE(page->items[0].find(R"("purged":true)"), std::string::npos) << page->items[0];
}

TEST_F(EraserTest, AMessageTakesItsEventsAndTheAlertsThatQuoteThemAlong) {
  put(EntryKind::event, event_body("e0", "TEST1234569", "h0"));
  const Position message = put(EntryKind::message, R"({"hash":"h1","text":"MSCU6639870"})");
  const Position first = put(EntryKind::event, event_body("e1", std::string(kContainer), "h1"));
  const Position second = put(EntryKind::event, event_body("e2", std::string(kContainer), "h1"));
  const Position other = put(EntryKind::event, event_body("e3", "TEST1234569", "h2"));
  const Position alert = put(EntryKind::alert, R"({"alert":"al_1","evidence":[{"entry":)" + std::to_string(second) + R"(}]})", "pty_c");
  const Position quiet = put(EntryKind::alert, R"({"alert":"al_2","evidence":[{"entry":)" + std::to_string(other) + R"(}]})", "pty_c");
  const auto erased = erase(message);
  ASSERT_TRUE(erased.has_value()) << erased.error().text();
  std::vector<Position> gone;
  for (const Erased::One& one : erased->entries) gone.push_back(one.entry);
  EXPECT_EQ(gone, (std::vector<Position>{message, first, second, alert}));
  EXPECT_EQ(kind_at(other), EntryKind::event);
  EXPECT_EQ(kind_at(quiet), EntryKind::alert);
  for (const std::string& line : lines())
    if (line.find("erased") == std::string::npos && line.find(kContainer) != std::string::npos) {
      EXPECT_EQ(line.find("\"entry\":{"), std::string::npos) << line;  // only the terms that the test gives every entry
    }
}

TEST_F(EraserTest, TheSaltGoesAndNoOtherDoes) {
  for (int i = 0; i < 5; ++i)
    put(EntryKind::event, event_body("e" + std::to_string(i), i == 2 ? std::string(kContainer) : "TEST1234569", ""));
  const std::string before = sequence(5);
  ASSERT_TRUE(erase(3).has_value());
  const auto snapshot = *store_->snapshot();
  const std::string after = (*snapshot->state(salts_key(0)))->value;
  for (size_t record = 0; record < 5; ++record) {
    const std::string_view salt = std::string_view(after).substr(record * 32, 32);
    EXPECT_EQ(salt, record == 2 ? std::string(32, '\0') : before.substr(record * 32, 32)) << record;
  }
  TreeStore tree(*snapshot);
  EXPECT_FALSE(tree.salt(3)->has_value());
  EXPECT_TRUE(tree.salt(2)->has_value());
}

// Who holds the tree's 33 bytes and everything that is left tries every container number of the owner, with all that the entry said beside
// it known: nothing fits, where it fits at once with the salt.
TEST_F(EraserTest, NoContainerNumberFitsWhatIsLeft) {
  const Position event = put(EntryKind::event, event_body("e1", std::string(kContainer), ""));
  const Entry said = (*store_->snapshot())->entries({{event}})->front();
  const std::string salt = sequence(1).substr(0, 32);
  const std::string leaf = commit_to(said, salt);
  ASSERT_TRUE(erase(event).has_value());
  Entry left = (*store_->snapshot())->entries({{event}})->front();
  EXPECT_FALSE(mentions("\"body\":\"{\\\"id\\\":\\\"e1"));
  const std::string found_salt = (*(*store_->snapshot())->state(salts_key(0)))->value.substr(0, 32);
  int fits = 0;
  for (int serial = 663'000; serial < 664'000; ++serial) {
    for (char check = '0'; check <= '9'; ++check) {
      Entry guess = said;
      const std::string number = "MSCU" + std::to_string(serial) + check;
      guess.body.replace(guess.body.find(kContainer), kContainer.size(), number);
      fits += commit_to(guess, found_salt) == leaf;
      if (number == kContainer) {
        EXPECT_EQ(commit_to(guess, salt), leaf) << "with the salt it would fit";
      }
    }
  }
  EXPECT_EQ(fits, 0);
  EXPECT_NE(left.body, said.body);
}

TEST_F(EraserTest, RefusesWhatItMust) {
  const Position event = put(EntryKind::event, event_body("e1", std::string(kContainer), ""));
  const Position key = put(EntryKind::key, "{}");
  EXPECT_EQ(erase(key).error().code, Code::invalid);
  EXPECT_EQ(erase(99).error().code, Code::not_found);
  sequence(0);
  EXPECT_EQ(erase(event).error().code, Code::unavailable) << "not in the tree yet";
  sequence(2);
  const auto nameless = Eraser(*store_, Env::system()).erase({event, " ", "why", ""});
  EXPECT_EQ(nameless.error().code, Code::invalid);
  const auto endless = Eraser(*store_, Env::system()).erase({event, std::string(5000, 'x'), "why", ""});
  EXPECT_EQ(endless.error().code, Code::invalid);
  EXPECT_EQ(kind_at(event), EntryKind::event);
  ASSERT_TRUE(erase(event).has_value());
  EXPECT_EQ(erase(event).error().code, Code::conflict);
  EXPECT_EQ(erase(3).error().code, Code::invalid) << "a tombstone stays";
}

TEST_F(EraserTest, APurgeThatWasCutOffIsFinishedLater) {
  put(EntryKind::event, event_body("e1", std::string(kContainer), ""));
  store::Batch left;
  left.state.push_back({"erasure-unpurged/0000000000000001", "", {}});
  ASSERT_TRUE(store_->commit_and_wait(left).has_value());
  ASSERT_TRUE(Eraser(*store_, Env::system()).finish_purges().has_value());
  EXPECT_TRUE((*store_->snapshot())->state_scan("erasure-unpurged/", "", 10)->empty());
}

}  // namespace
}  // namespace fairway::ledger
