// How entries get into the tree and checkpoints out of it: crashes between any two steps, two servers, guards, moves to another store.
#include "ledger/sequencer.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/bytes.h"
#include "ledger/state_keys.h"
#include "ledger/status.h"
#include "unit/ledger/kept_ledger.h"

namespace fairway::ledger {
namespace sequencing {

using kept::append;
using kept::expect_whole;
using kept::Server;
using kept::StoreFolder;
using kept::WatchedSigner;

const std::string kSeed(32, 's');

TEST(Sequencer, BringsWhatTheLogHasIntoTheTree) {
  StoreFolder folder;
  ManualEnv env(1'795'422'000'000'000);
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  Server server(*store, env, signer);
  ASSERT_TRUE(server.settle());
  EXPECT_FALSE(server.checkpoints.pending()) << "nothing to sign for";
  for (const size_t count : {1u, 2u, 253u, 1u, 300u, 4'500u}) {
    append(*store, count);
    ASSERT_TRUE(server.settle());
    expect_whole(*store);
  }
  EXPECT_EQ(server.checkpoints.pending()->checkpoint.size, 5'057u);
  EXPECT_EQ(server.checkpoints.witnessed()->note, server.checkpoints.pending()->note) << "no witness is asked for";
}

// Partial tiles that were served are the beginning of what is kept later, and every tile is what the tree says.
TEST(Sequencer, KeepsTilesThatOnlyGrow) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  Server server(*store, env, signer);
  std::map<std::string, std::string> served;
  for (size_t step = 0; step < 12; ++step) {
    append(*store, 67);
    ASSERT_TRUE(server.settle());
    const auto snapshot = store->snapshot().value();
    TreeStore tree(*snapshot);
    const uint64_t size = tree.head().value().size;
    for (const int level : {kEntriesLevel, 0, 1, 2}) {
      for (uint64_t index = 0; tile_width(level, index, size) > 0; ++index) {
        const TileId tile{level, index, tile_width(level, index, size)};
        served[tile_path(tile)] = tree.tile(tile).value();
      }
    }
    for (const auto& [path, bytes] : served) EXPECT_EQ(tree.tile(tile_from_path(path).value()).value(), bytes) << path << " at " << size;
    EXPECT_FALSE(tree.tile({0, size / 256, static_cast<int>(size % 256) + 1}));
    EXPECT_FALSE(tree.tile({2, 0, 1}));
  }
}

TEST(Sequencer, ProvesEveryEntry) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  Server server(*store, env, signer);
  append(*store, 700);
  ASSERT_TRUE(server.settle());
  append(*store, 1);
  const auto snapshot = store->snapshot().value();
  TreeStore tree(*snapshot);
  const Policy policy = kept::policy_of(signer);
  for (Position entry = 1; entry <= 700; entry += entry < 5 ? 1 : 37) {
    const auto proof = proof_from(to_text(tree.prove(entry).value()));
    ASSERT_TRUE(proof);
    const auto witnessed = verify(*proof, tree.log_entry(entry).value(), policy);
    ASSERT_TRUE(witnessed) << witnessed.error().text();
    EXPECT_EQ(witnessed->checkpoint.size, 700u);
    EXPECT_FALSE(verify(*proof, tree.log_entry(entry == 1 ? 2 : 1).value(), policy));
  }
  for (const Position entry : {Position{0}, Position{701}, Position{1'000'000}}) {
    EXPECT_EQ(tree.prove(entry).error().code, Code::not_found);
    EXPECT_EQ(tree.prove(entry).error().retry_after_s, 1);
  }
}

// A crash after each step of work, in every place where it can come, on a store that is opened again: nothing that was signed is ever
// contradicted (WatchedSigner), and the tree is whole.
TEST(Sequencer, SurvivesACrashBetweenAnyTwoSteps) {
  StoreFolder folder;
  ManualEnv env(0, 99);  // one for all runs: what a run has drawn comes never again
  WatchedSigner signer(kSeed);
  std::map<std::string, int> crashes;
  uint64_t shown = 0;  // size of the largest checkpoint that anybody has seen
  for (int round = 0; round < 60; ++round) {
    auto store = store::open(folder.url(), env).value();
    append(*store, 1 + static_cast<size_t>(round) * 37 % 331);
    int left = round % 10;
    const Interruption crash = [&](std::string_view done) -> Status {
      if (left-- != 0) return {};
      ++crashes[std::string(done)];
      return fail(Code::internal, "crashed", std::string(done));
    };
    Server server(*store, env, signer, crash);
    for (int step = 0; step < 3; ++step) {
      append(*store, 5);
      const Status settled = server.settle();
      if (const auto pending = server.checkpoints.pending()) {
        EXPECT_GE(pending->checkpoint.size, shown);
        shown = pending->checkpoint.size;
      }
      if (!settled) break;
    }
    expect_whole(*store);
  }
  for (const char* done : {"read", "committed to", "written", "signed", "shown"}) EXPECT_GT(crashes[done], 1) << done;
  auto store = store::open(folder.url(), env).value();
  Server server(*store, env, signer);
  ASSERT_TRUE(server.settle());
  const auto snapshot = store->snapshot().value();
  TreeStore tree(*snapshot);
  EXPECT_EQ(server.checkpoints.pending()->checkpoint.size, snapshot->last());
  // All that was ever signed is the beginning of what there is.
  for (const auto& [size, root] : signer.roots) {
    const auto proof = consistency_proof(size, snapshot->last(), tree.nodes());
    ASSERT_TRUE(proof);
    EXPECT_TRUE(verify_consistency(size, snapshot->last(), root, tree.head().value().root, *proof)) << size;
  }
}

TEST(Sequencer, GivesWayToAnotherServer) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  Server other(*store, env, signer);
  bool meddle = false;
  Server server(*store, env, signer, [&](std::string_view done) -> Status {
    if (meddle && done == "committed to") {
      meddle = false;
      append(*store, 3);
      EXPECT_TRUE(other.settle());
    }
    return {};
  });
  append(*store, 10);
  ASSERT_TRUE(server.settle());
  append(*store, 10);
  meddle = true;
  const auto stepped = server.sequencer.step();
  ASSERT_FALSE(stepped);
  EXPECT_EQ(stepped.error().code, Code::conflict);
  expect_whole(*store);
  append(*store, 1);
  const auto again = server.sequencer.step();
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->another_wrote);
  EXPECT_EQ(again->entries, 1u);
  server.publisher.head_moved(again->another_wrote);
  EXPECT_TRUE(server.publisher.publish());
  EXPECT_EQ(server.checkpoints.pending()->checkpoint.size, 24u);
  expect_whole(*store);
}

// A salt that is destroyed while a step is on its way stays destroyed.
TEST(Sequencer, DoesNotBringASaltBack) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  bool erase = false;
  Server server(*store, env, signer, [&](std::string_view done) -> Status {
    if (!erase || done != "committed to") return {};
    erase = false;
    const auto kept = *store->snapshot().value()->state(salts_key(0)).value();
    std::string salts = kept.value;
    salts.replace(2 * kSaltBytes, kSaltBytes, kSaltBytes, '\0');
    EXPECT_TRUE(store->commit_and_wait({.entries = {}, .state = {{salts_key(0), salts, kept.version}}}));
    return {};
  });
  append(*store, 5);
  ASSERT_TRUE(server.settle());
  append(*store, 5);
  erase = true;
  EXPECT_EQ(server.sequencer.step().error().code, Code::conflict);
  ASSERT_TRUE(server.settle());
  const auto snapshot = store->snapshot().value();
  TreeStore tree(*snapshot);
  EXPECT_EQ(tree.head().value().size, 10u);
  EXPECT_EQ(tree.salt(3).value(), std::nullopt);
  EXPECT_TRUE(tree.salt(2).value());
  EXPECT_TRUE(tree.salt(10).value());
  EXPECT_EQ(tree.salt(11).error().code, Code::not_found);
}

class ToldGuard final : public Guard {
 public:
  explicit ToldGuard(std::vector<uint64_t>& asked, bool& agrees) : asked_(asked), agrees_(agrees) {}
  [[nodiscard]] std::string_view name() const override { return "memory"; }
  [[nodiscard]] Status agree(const GuardQuestion& question) override {
    asked_.push_back(question.head.size);
    EXPECT_EQ(root_of(question.head.size, question.nodes).value(), question.head.root);
    if (agrees_) return {};
    return fail(Code::conflict, "has seen more", "", "restore a newer backup");
  }

 private:
  std::vector<uint64_t>& asked_;
  bool& agrees_;
};

TEST(Publisher, SignsNothingThatAGuardRefuses) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  std::vector<uint64_t> asked;
  bool agrees = false;
  Server server(*store, env, signer);
  server.publisher.add_guard(std::make_unique<ToldGuard>(asked, agrees));
  append(*store, 3);
  EXPECT_FALSE(server.settle());
  append(*store, 3);
  EXPECT_FALSE(server.settle());
  EXPECT_EQ(server.sequencer.figures().size, 6u) << "entries go on into the tree";
  EXPECT_FALSE(server.checkpoints.pending());
  EXPECT_TRUE(signer.roots.empty());
  EXPECT_EQ(server.publisher.figures().refusals, 2u);
  EXPECT_NE(server.publisher.figures().trouble.find("memory: has seen more (restore a newer backup)"), std::string::npos)
      << server.publisher.figures().trouble;
  agrees = true;
  ASSERT_TRUE(server.settle());
  EXPECT_EQ(server.publisher.figures().trouble, "");
  EXPECT_EQ(server.checkpoints.pending()->checkpoint.size, 6u);
  append(*store, 1);
  ASSERT_TRUE(server.settle());
  EXPECT_EQ(asked, (std::vector<uint64_t>{3, 6, 6})) << "asked until it agrees, and no more";

  agrees = false;
  server.publisher.doubt("a witness has seen more");
  append(*store, 1);
  EXPECT_FALSE(server.settle());
  EXPECT_EQ(server.checkpoints.pending()->checkpoint.size, 7u);
}

// The store as it was some time ago: what has been signed since is gone, and its own latest note is of another tree.
TEST(Publisher, DoesNotSignForAStoreThatLostEntries) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  WatchedSigner signer(kSeed);
  std::string note;
  {
    Server server(*store, env, signer);
    append(*store, 9);
    ASSERT_TRUE(server.settle());
    note = server.checkpoints.pending()->note;
  }
  StoreFolder old;
  const auto restored = store::open(old.url(), env).value();
  append(*restored, 5);
  const auto write = [&](std::string_view key) {
    ASSERT_TRUE(restored->commit_and_wait({.entries = {}, .state = {{std::string(key), note, std::nullopt}}}));
  };
  write(kCheckpointKey);
  Server server(*restored, env, signer);
  EXPECT_EQ(server.settle().error().message, "the ledger is shorter than its latest checkpoint");
  append(*restored, 4);
  EXPECT_EQ(server.settle().error().message, "the ledger has not grown out of its latest checkpoint");
  append(*restored, 4);
  EXPECT_FALSE(server.settle());
}

// Years of entries without a ledger: it begins at the first.
TEST(Sequencer, BeginsWithTheFirstEntryOfAnOldStore) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  append(*store, 9'000);
  WatchedSigner signer(kSeed);
  Server server(*store, env, signer);
  const auto first = server.sequencer.step();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->behind);
  EXPECT_EQ(server.sequencer.figures().size, 4'096u);
  EXPECT_EQ(server.sequencer.figures().last, 9'000u);
  const auto begun = store->snapshot().value();
  EXPECT_EQ(status_of(*begun, nullptr)->waiting_since_us, 0) << "the store has no name for a ledger yet";
  ASSERT_TRUE(server.settle());
  EXPECT_EQ(server.sequencer.figures().steps, 3u);
  expect_whole(*store);
}

TEST(Sequencer, GoesOnInAStoreThatWasMoved) {
  StoreFolder folder, other;
  ManualEnv env;
  WatchedSigner signer(kSeed);
  std::vector<std::string> lines;
  Checkpoint before;
  {
    const auto store = store::open(folder.url(), env).value();
    Server server(*store, env, signer);
    append(*store, 300);
    ASSERT_TRUE(server.settle());
    before = server.checkpoints.pending()->checkpoint;
    ASSERT_TRUE(store->export_lines([&](std::string_view line) -> Status {
      lines.emplace_back(line);
      return {};
    }));
  }
  const auto store = store::open(other.url(), env).value();
  size_t next = 0;
  ASSERT_TRUE(store->import_lines(
      [&]() -> Result<std::optional<std::string>> { return next < lines.size() ? std::optional(lines[next++]) : std::nullopt; }));
  Server server(*store, env, signer);
  append(*store, 300);
  ASSERT_TRUE(server.settle());
  expect_whole(*store);
  const Checkpoint after = server.checkpoints.pending()->checkpoint;
  EXPECT_EQ(after.size, 600u);
  const auto snapshot = store->snapshot().value();
  const auto proof = consistency_proof(300, 600, TreeStore(*snapshot).nodes()).value();
  EXPECT_TRUE(verify_consistency(300, 600, before.root, after.root, proof));
}

// With its threads, as the program runs it.
TEST(Log, SignsWhatComesWhileItRuns) {
  StoreFolder folder;
  const auto store = store::open(folder.url(), Env::system()).value();
  LogOptions options;
  options.key_file = folder.file("key"), options.default_origin = kept::kOrigin, options.batch_ms = 20;
  const auto log = Log::open(*store, Env::system(), options).value();
  log->start();
  uint64_t size = 0;
  for (int i = 0; i < 5; ++i) {
    append(*store, 10);
    const auto witnessed = log->checkpoints().wait_witnessed(size, std::chrono::seconds(20));
    ASSERT_TRUE(witnessed);
    size = witnessed->checkpoint.size;
    EXPECT_TRUE(verify_checkpoint(log->policy(), witnessed->note, true));
  }
  EXPECT_FALSE(log->checkpoints().wait_pending(50, std::chrono::milliseconds(1)));
  const LedgerStatus status = status_of(*store->snapshot().value(), log.get()).value();
  EXPECT_EQ(status.origin, kept::kOrigin);
  EXPECT_EQ(lag_seconds(status, Env::system().now_us()), 0);
  EXPECT_TRUE(warnings_of(status, 60, Env::system().now_us()).empty());
  log->stop();
  store::NewEntry late{EntryKind::event, "pty_1", 1'000'000, "{}", {}, {}, {}};
  ASSERT_TRUE(store->commit_and_wait({.entries = {std::move(late)}, .state = {}}));
  const LedgerStatus behind = status_of(*store->snapshot().value(), log.get()).value();
  EXPECT_EQ(lag_seconds(behind, 66'000'000), 65);
  EXPECT_EQ(warnings_of(behind, 65, 66'000'000).size(), 0u);
  EXPECT_EQ(warnings_of(behind, 60, 66'000'000).size(), 1u);
}

TEST(Log, KeepsItsNameAndItsKey) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  LogOptions options;
  options.key_file = folder.file("key");
  EXPECT_EQ(Log::open(*store, env, options).error().code, Code::invalid) << "no name";
  options.default_origin = "a.example/ledger";
  std::string key;
  {
    const auto log = Log::open(*store, env, options).value();
    EXPECT_EQ(log->origin(), "a.example/ledger");
    key = to_text(log->signer().key());
    EXPECT_EQ(log->policy_text(), "log " + key + "\nquorum none\n");
  }
  options.default_origin = "b.example/ledger";  // it is found elsewhere now, and keeps its name
  EXPECT_EQ(to_text(Log::open(*store, env, options).value()->signer().key()), key);
  options.origin = "b.example/ledger";
  const auto renamed = Log::open(*store, env, options);
  ASSERT_FALSE(renamed);
  EXPECT_EQ(renamed.error().code, Code::conflict);
  EXPECT_NE(renamed.error().hint.find("a.example/ledger"), std::string::npos);
  options.origin = "a.example/ledger";
  EXPECT_TRUE(Log::open(*store, env, options));

  // Once something is signed, another key is none of this log's.
  append(*store, 1);
  {
    const auto log = Log::open(*store, env, options).value();
    log->start();
    ASSERT_TRUE(log->checkpoints().wait_pending(0, std::chrono::seconds(20)));
  }
  options.key_file = folder.file("gone");
  EXPECT_EQ(Log::open(*store, env, options).error().code, Code::not_found) << "no new key is made";
  ASSERT_TRUE(load_seed(options.key_file, true));
  EXPECT_EQ(Log::open(*store, env, options).error().code, Code::forbidden);
  options.key_file = folder.file("key");
  EXPECT_TRUE(Log::open(*store, env, options));
}

TEST(Log, AddsItsLineToThePolicy) {
  StoreFolder folder;
  ManualEnv env;
  const auto store = store::open(folder.url(), env).value();
  const auto witness = make_signer("w", SignatureKind::cosignature, std::string(32, 'w')).value();
  const std::string line = "witness w1 " + to_text(witness->key()) + "\nquorum w1\n";
  LogOptions options;
  options.key_file = folder.file("key"), options.default_origin = kept::kOrigin, options.policy = line,
  options.url = "https://port.example/ledger";
  const std::string key = to_text(Log::open(*store, env, options).value()->signer().key());
  EXPECT_EQ(Log::open(*store, env, options).value()->policy_text(), "log " + key + " https://port.example/ledger\n" + line);
  options.policy = "log " + key + "\n" + line;
  EXPECT_EQ(Log::open(*store, env, options).value()->policy_text(), options.policy);
  const auto stranger = make_signer("x", SignatureKind::ed25519, std::string(32, 'x')).value();
  options.policy = "log " + to_text(stranger->key()) + "\n" + line;
  EXPECT_EQ(Log::open(*store, env, options).error().code, Code::invalid);
}

}  // namespace sequencing
}  // namespace fairway::ledger
