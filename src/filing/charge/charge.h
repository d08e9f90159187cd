// Charge: what lodging a declaration costs, exactly, with the working. Steps, caps, levies and penalties are rows of the regime's
// charges.csv and penalties.csv. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/status.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

struct ChargeLine {
  std::string what;  // "charge", "levy", "late penalty"
  Decimal amount;
  std::string working;  // "0.20 + 54 × 0.125 = 6.95, rounded up to 7.00"
  std::string source;   // clause
};
struct Charge {
  std::string currency;
  Decimal total;
  std::vector<ChargeLine> lines;
};

struct ChargeQuestion {
  std::string charge;                   // id of charges.csv: "1", "2A"
  Decimal value;                        // in the regime's currency
  std::optional<Decimal> levied_value;  // the part that a levy is on; none: all of it
  int days_late = 0;                    // after the last day for lodging
  std::string date;                     // of import or export, YYYY-MM-DD
  std::string last_day = {};            // for lodging, YYYY-MM-DD, where a holiday has moved it; empty: nothing has
};
// Code::not_found where the regime has no such charge that day; Code::invalid for a negative value.
[[nodiscard]] Result<Charge> charge(const Regime& regime, const ChargeQuestion& question);

// What has to be paid on top where the value declared was too low: charge(true) − charge(declared), both without cap; nothing where it was
// not too low.
[[nodiscard]] Result<Decimal> undercharge(const Regime& regime, const ChargeQuestion& declared, Decimal true_value);

}  // namespace fairway::filing
