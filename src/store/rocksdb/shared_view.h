// SharedView: the database at one sequence number, read by everybody who asks before the next write. Taking RocksDB's snapshot, finding the
// last position and making an iterator each cost as much as a short read: readers of one view share the first two and lend each other
// the third.
//
// Any thread, but an iterator on loan belongs to one. A view holds on to the files of its moment: views are let go soon after a write.
#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <mutex>
#include <vector>

#include "base/status.h"
#include "model/entry.h"

namespace fairway::store {

class Database;

class SharedView {
 public:
  explicit SharedView(Database& database);
  ~SharedView();
  SharedView(const SharedView&) = delete;
  SharedView& operator=(const SharedView&) = delete;

  [[nodiscard]] const rocksdb::Snapshot* snapshot() const { return snapshot_; }
  // Position of the last entry; 0 when the log is empty.
  [[nodiscard]] Position last();

  // An iterator over the terms that seeks within one key: what its filters say has no such key is passed by.
  [[nodiscard]] std::unique_ptr<rocksdb::Iterator> borrow_terms();
  void give_back(std::unique_ptr<rocksdb::Iterator> terms);

 private:
  Database& database_;
  const rocksdb::Snapshot* snapshot_;
  std::once_flag last_found_;
  Position last_ = 0;
  std::mutex mutex_;
  std::vector<std::unique_ptr<rocksdb::Iterator>> terms_;
};

// The view of the moment.
class SharedViews {
 public:
  // The view after every write so far.
  [[nodiscard]] std::shared_ptr<SharedView> current(Database& database);
  // For the writer, after a write: the view from before it, which nobody will ask for again, is let go.
  void forget();

 private:
  std::mutex mutex_;
  std::shared_ptr<SharedView> view_;
};

}  // namespace fairway::store
