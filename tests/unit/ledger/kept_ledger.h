// A ledger on a RocksDB store in a folder of its own, step by step: what the program's threads do, done by the test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/env.h"
#include "ledger/checkpoints.h"
#include "ledger/commitment.h"
#include "ledger/log.h"
#include "ledger/publisher.h"
#include "ledger/sequencer.h"
#include "ledger/tree_store.h"
#include "store/store.h"

namespace fairway::ledger::kept {

class StoreFolder {
 public:
  StoreFolder() {
    path_ = (std::filesystem::temp_directory_path() / "fairway-ledger-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~StoreFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  [[nodiscard]] std::string url() const { return "rocksdb:" + path_ + "/store"; }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline constexpr const char* kOrigin = "port.example/ledger";

// Signs, and holds the log to what it must never do: sign what is not stored, or two trees of one size.
class WatchedSigner final : public Signer {
 public:
  explicit WatchedSigner(const std::string& seed) : signer_(make_signer(kOrigin, SignatureKind::ed25519, seed).value()) {}
  [[nodiscard]] const VerifierKey& key() const override { return signer_->key(); }
  [[nodiscard]] Result<NoteSignature> sign(std::string_view text, uint64_t time_s) const override {
    const Checkpoint checkpoint = TRY(checkpoint_from(text));
    const auto snapshot = TRY(store->snapshot());
    const TreeHead head = TRY(TreeStore(*snapshot).head());
    EXPECT_GE(head.size, checkpoint.size) << "signed before it was stored";
    EXPECT_EQ(TRY(root_of(checkpoint.size, TreeStore(*snapshot).nodes())), checkpoint.root);
    const auto [known, fresh] = roots.emplace(checkpoint.size, checkpoint.root);
    EXPECT_EQ(known->second, checkpoint.root) << "two trees of " << checkpoint.size;
    return signer_->sign(text, time_s);
  }
  store::Store* store = nullptr;
  mutable std::map<uint64_t, Hash> roots;  // everything that it has ever signed

 private:
  std::unique_ptr<Signer> signer_;
};

inline Policy policy_of(const Signer& signer, const std::string& rest = "quorum none\n") {
  return policy_from("log " + to_text(signer.key()) + "\n" + rest).value();
}

inline void append(store::Store& store, size_t count) {
  static size_t number = 0;
  store::Batch batch;
  for (size_t i = 0; i < count; ++i) {
    ++number;
    batch.entries.push_back(
        {EntryKind::event, "pty_1", static_cast<int64_t>(number), "{\"eventID\":\"" + std::to_string(number) + "\"}", {}, {}, {}});
    if (batch.entries.size() < 5'000 && i + 1 < count) continue;
    ASSERT_TRUE(store.commit_and_wait(std::move(batch)));
    batch = {};
  }
}

// One server's sequencer and publisher without their threads.
struct Server {
  Server(store::Store& store, Env& env, WatchedSigner& signer, const Interruption& interruption = nullptr,
         const std::string& policy = "quorum none\n")
      : checkpoints(store, env, policy_of(signer, policy)),
        publisher(store, env, signer, checkpoints, interruption),
        sequencer(store, env, {.batch_ms = 10, .interruption = interruption},
                  [this](const Stepped& stepped) { publisher.head_moved(stepped.another_wrote); }) {
    signer.store = &store;
  }
  // Steps until nothing is left, and signs.
  Status settle() {
    for (bool behind = true; behind;) {
      const Stepped stepped = TRY(sequencer.step());
      publisher.head_moved(stepped.another_wrote);
      behind = stepped.behind;
    }
    return publisher.publish();
  }
  Checkpoints checkpoints;
  Publisher publisher;
  Sequencer sequencer;
};

// That all of the log up to the head is in the tree, on salts that belong to it.
inline void expect_whole(store::Store& store) {
  const auto snapshot = store.snapshot().value();
  TreeStore tree(*snapshot);
  const TreeHead head = tree.head().value();
  ASSERT_LE(head.size, snapshot->last());
  CompactRange range;
  const std::vector<Entry> entries = snapshot->range(1, head.size).value();
  for (const Entry& entry : entries) {
    const auto salt = tree.salt(entry.position);
    ASSERT_TRUE(salt && *salt);
    const std::string logged = tree.log_entry(entry.position).value();
    ASSERT_EQ(logged, commit_to(entry, **salt)) << entry.position;
    range.append(leaf_hash(logged), nullptr);
  }
  EXPECT_EQ(range.size(), head.size);
  EXPECT_EQ(range.root(), head.root);
  EXPECT_EQ(root_of(head.size, tree.nodes()).value(), head.root);
}

}  // namespace fairway::ledger::kept
