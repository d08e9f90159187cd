// Slot: holds the open Database, lends it to readers, and changes it for one opened anew after a failed write.
//
// Borrowing is for any thread. `database` and `reopen` are for the one thread that writes. While the change is made readers wait;
// a reader that keeps its loan delays the change, not the other readers.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "store/rocksdb/database.h"

namespace fairway::store {

class Slot {
 public:
  Slot(std::string dir, const RocksdbOptions& options, std::unique_ptr<Database> database)
      : dir_(std::move(dir)), options_(options), database_(std::move(database)) {}

  // The database on loan: it stays open while this lives.
  class Loan {
   public:
    explicit Loan(Slot& slot) : slot_(&slot) {}
    ~Loan() {
      if (slot_ != nullptr) slot_->give_back();
    }
    Loan(Loan&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}
    Loan& operator=(Loan&&) = delete;
    [[nodiscard]] Database& operator*() const { return *slot_->database_; }
    [[nodiscard]] Database* operator->() const { return slot_->database_.get(); }

   private:
    Slot* slot_;
  };
  // Code::unavailable where the folder could not be opened again even for reading.
  [[nodiscard]] Result<Loan> borrow();

  [[nodiscard]] Database& database() { return *database_; }

  // Whether it is open for writing.
  [[nodiscard]] bool writable() const { return database_ != nullptr && !database_->read_only(); }

  // Whether the folder takes a write of the size that opening it needs.
  [[nodiscard]] Status probe();
  // Closes the database and opens it again with what was written up to the sequence number `acknowledged`. On an error it is
  // open for reading, if that much succeeds.
  [[nodiscard]] Status reopen(uint64_t acknowledged);

 private:
  void give_back();

  const std::string dir_;
  const RocksdbOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t loans_ = 0;
  bool reopening_ = false;
  std::unique_ptr<Database> database_;
};

}  // namespace fairway::store
