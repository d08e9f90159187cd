// Valuation: what goods are worth to customs, CIF or FOB, in the regime's currency: out of the invoice, its Incoterm, freight, insurance
// and the rate of the day, apportioned over the goods lines. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "filing/form/draft.h"
#include "filing/form/trace.h"

namespace fairway::filing {

enum class Basis : uint8_t { cif, fob };

struct Valuation {
  bool known = false;
  std::string currency;         // of the invoice
  std::vector<Decimal> prices;  // by goods line, as invoiced
  Decimal price, total;         // of all lines, as invoiced and to customs
  bool adjusted = false;        // whether freight, insurance or other charges had to be added or taken off
  std::vector<Decimal> lines;   // by goods line, two digits behind the point; their sum is the total exactly
  Trace trace;                  // with the working of the total: "(USD 1,200.00 FOB + freight USD 50.00) × 7.8 = HKD 9,750.00"
};
[[nodiscard]] Valuation customs_values(const Regime& regime, const Record& record, const Setting& setting, std::string_view day,
                                       Basis basis);
// How the value of some lines came about.
[[nodiscard]] std::string working_of(const Valuation& valuation, const Regime& regime, Decimal price, Decimal value);

// Units of the regime's currency for one of `currency`: what the record itself states of the invoice's currency, what the setting knows,
// the table. None where nobody says; the trace then has the want.
[[nodiscard]] std::optional<Decimal> rate_of(const Regime& regime, const Record& record, const Setting& setting, std::string_view day,
                                             std::string_view currency, Trace* trace);

}  // namespace fairway::filing
