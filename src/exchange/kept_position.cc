#include "exchange/kept_position.h"

#include <charconv>

namespace fairway::exchange {

Result<Position> KeptPosition::read(store::Snapshot& snapshot) {
  kept_ = 0;
  if (const auto kept = TRY(snapshot.state(key_))) std::from_chars(kept->value.data(), kept->value.data() + kept->value.size(), kept_);
  return kept_;
}

Status KeptPosition::keep(Position position) {
  if (position == kept_) return {};
  store::Batch batch;
  batch.state.push_back({key_, std::to_string(position), std::nullopt});
  TRY(store_.commit_and_wait(std::move(batch)));
  kept_ = position;
  return {};
}

}  // namespace fairway::exchange
