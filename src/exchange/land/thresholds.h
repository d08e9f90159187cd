// Thresholds: the limits that a party set for readings of a consignment, and where they and what is remembered of it are kept.
//
// State of the store: "threshold/REFERENCE/PARTY" is a party's limits, "excursion/REFERENCE/PARTY/KIND/DEVICE" a run. Each party sets its
// own and sees nobody else's. Values and pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "exchange/land/excursions.h"
#include "model/entry.h"
#include "model/reference.h"

namespace fairway::exchange {

struct Thresholds {
  std::vector<Limit> limits;  // one a kind
  Position since = 0;         // what is entered after this position is held against them
};

inline constexpr std::string_view kThresholdPrefix = "threshold/";
[[nodiscard]] std::string threshold_prefix(const Reference& reference);
[[nodiscard]] std::string threshold_key(const Reference& reference, const PartyId& party);
[[nodiscard]] std::string run_prefix(const Reference& reference, const PartyId& party);
// Each device has runs of its own: one in the shade does not end what one in the sun began.
[[nodiscard]] std::string run_key(const Reference& reference, const PartyId& party, std::string_view kind, std::string_view device);

// {"limits":[{"kind","unit","low"?,"high"?,"minutes"?,"hysteresis"?}]}, as people send it: limits are turned into the unit in which
// readings are kept. Code::invalid says which limit is wrong.
[[nodiscard]] Result<Thresholds> thresholds_from_json(std::string_view text);
[[nodiscard]] std::string to_json(const Thresholds& thresholds);

}  // namespace fairway::exchange
