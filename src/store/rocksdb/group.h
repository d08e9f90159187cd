// Group: batches that are made durable together by one write.
//
// It looks up what the batches stand on (identities, versions of states) in one go, then takes them in order; each sees those
// before it. A batch whose expectation fails is refused alone. One thread: the committer's.
#pragma once

#include <rocksdb/write_batch.h>

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/rocksdb/database.h"
#include "store/rocksdb/layout.h"
#include "store/store.h"

namespace fairway::store {

class Group {
 public:
  // The batches must outlive the group. `last` is the position of the log's last entry.
  Group(Database& database, std::span<const Batch* const> batches, Position last);

  // Builds the write. An error is of the store and no batch has gone in.
  [[nodiscard]] Status build();
  // Makes it durable; without anything to write it is so already.
  [[nodiscard]] Status write();

  // Once built: the outcome for each batch, in order, true if the write comes to pass.
  [[nodiscard]] std::vector<Result<Receipt>>& outcomes() { return outcomes_; }
  [[nodiscard]] Position last() const { return last_; }
  [[nodiscard]] uint64_t repeats() const { return repeats_; }

 private:
  [[nodiscard]] Status look_up_identities();
  [[nodiscard]] Status look_up_states();
  [[nodiscard]] Status take_states(const Batch& batch);
  [[nodiscard]] Result<Receipt> take(const Batch& batch);
  // Code::not_found where the batch erases what is not there yet.
  [[nodiscard]] Status check_erasures(const Batch& batch) const;
  void erase(const Erasure& erasure);
  void put_entry(const NewEntry& entry);
  void put_index();
  void put_state(const StateWrite& state, uint64_t version);
  void put(Family family, std::string_view key, std::string_view value);
  void remove(Family family, std::string_view key);

  Database& database_;
  std::span<const Batch* const> batches_;
  const Position before_;  // the last position that the store has
  Position last_;
  uint64_t repeats_ = 0;
  std::vector<Result<Receipt>> outcomes_;
  std::vector<rocksdb::PinnableSlice> stored_identities_;           // what the digests in identities_ are views of
  std::unordered_map<std::string_view, IdentityValue> identities_;  // found in the store or taken since
  std::unordered_map<std::string_view, uint64_t> versions_;         // of every state the batches write; 0: absent
  // What the entries add to the families that are not in the order of the log: collected, then put in the order of their keys,
  // which costs a memtable a fraction of the comparisons.
  struct TermRow {
    size_t key_at = 0, key_bytes = 0;  // in keys_
    std::string_view value;
  };
  struct IdentityRow {
    std::string_view identity;
    Position position = 0;
    std::string_view digest;
  };
  std::string keys_;
  std::vector<TermRow> terms_;
  std::vector<IdentityRow> fresh_;
  rocksdb::WriteBatch write_;
  rocksdb::Status put_status_;  // the first failure
  std::string key_, value_;     // scratch
};

}  // namespace fairway::store
