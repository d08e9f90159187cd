// CrossRule: two filings of one consignment that have to say the same. Compiled when the regimes are read, then constant; any thread.
#pragma once

#include <string>
#include <vector>

#include "base/decimal.h"
#include "filing/form/finding.h"
#include "filing/regime/codes.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

// A field of whichever form of a family was filled.
struct CrossSide {
  std::string regime, family, field;  // field: its row's name, "item.value"
};

struct CrossRule {
  std::string id;
  CrossSide left, right;
  Decimal tolerance;
  bool per_cent = false;  // the tolerance is of the left value
  size_t characters = 0;  // that are compared, from the beginning; 0: all
  Weight weight = Weight::blocking;
  Words message, cure;  // with {left}, {right}, {left.form}, {right.form}
  std::string source;
  Days days;
};

// cross.csv of a regime; those that are held against a regime that is not there are left out. Code::invalid names row and column.
[[nodiscard]] Status add_cross_rules(const Regimes& regimes, const Regime& regime, std::vector<CrossRule>& rules);

}  // namespace fairway::filing
