#include "store/rocksdb/shared_view.h"

#include "base/log.h"
#include "store/rocksdb/database.h"

namespace fairway::store {
namespace {

constexpr size_t kTermIteratorsKept = 16;  // as many as requests run at once

}  // namespace

SharedView::SharedView(Database& database) : database_(database), snapshot_(database.db().GetSnapshot()) {}

SharedView::~SharedView() {
  terms_.clear();
  database_.db().ReleaseSnapshot(snapshot_);
}

Position SharedView::last() {
  std::call_once(last_found_, [this] {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    const Result<Position> found = database_.last(options);
    if (!found.has_value()) log::error("store: {}", found.error().text());
    last_ = found.value_or(0);
  });
  return last_;
}

std::unique_ptr<rocksdb::Iterator> SharedView::borrow_terms() {
  {
    const std::lock_guard lock(mutex_);
    if (!terms_.empty()) {
      std::unique_ptr<rocksdb::Iterator> terms = std::move(terms_.back());
      terms_.pop_back();
      return terms;
    }
  }
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  options.prefix_same_as_start = true;
  return std::unique_ptr<rocksdb::Iterator>(database_.db().NewIterator(options, database_.family(Family::term)));
}

void SharedView::give_back(std::unique_ptr<rocksdb::Iterator> terms) {
  if (!terms->status().ok()) return;
  const std::lock_guard lock(mutex_);
  if (terms_.size() < kTermIteratorsKept) terms_.push_back(std::move(terms));
}

std::shared_ptr<SharedView> SharedViews::current(Database& database) {
  std::shared_ptr<SharedView> old;  // ends outside the lock
  const std::lock_guard lock(mutex_);
  if (!view_ || view_->snapshot()->GetSequenceNumber() != database.db().GetLatestSequenceNumber()) {
    old = std::move(view_);
    view_ = std::make_shared<SharedView>(database);
  }
  return view_;
}

void SharedViews::forget() {
  std::shared_ptr<SharedView> old;
  const std::lock_guard lock(mutex_);
  old.swap(view_);
}

}  // namespace fairway::store
