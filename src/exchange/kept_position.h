// KeptPosition: how far something that follows the log has come, kept in the store so that a restart goes on from there. Not thread-safe.
// Errors are the store's.
#pragma once

#include <string>

#include "store/store.h"

namespace fairway::exchange {

class KeptPosition {
 public:
  // `key`: of the state record.
  KeptPosition(store::Store& store, std::string key) : store_(store), key_(std::move(key)) {}

  // As the store has it: 0 where nothing has been kept.
  [[nodiscard]] Result<Position> read(store::Snapshot& snapshot);
  // Writes it, unless it is there already.
  [[nodiscard]] Status keep(Position position);
  [[nodiscard]] Position last() const { return kept_; }

 private:
  store::Store& store_;
  const std::string key_;
  Position kept_ = 0;
};

}  // namespace fairway::exchange
