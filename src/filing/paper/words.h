// The words that stand on papers of filings, in the three languages. Tables; any thread.
#pragma once

#include <string>
#include <string_view>

#include "filing/life/filing.h"

namespace fairway::filing {

enum class Label : uint8_t {
  filing,
  form,
  consignment,
  reference,
  state,
  number,
  deadline,
  charge,
  authority,
  confirmed_by,
  not_confirmed,
  field,
  value,
  source,
  sure,
  findings,
  cure,
  answers,
  missing,
  stale,
  made,
  day_sheet,
  digest,
};
[[nodiscard]] const std::string& label(Label label, std::string_view language);
[[nodiscard]] std::string state_in(State state, std::string_view language);
// "parties" as people say it; one that no table knows, as it is.
[[nodiscard]] std::string group_in(std::string_view group, std::string_view language);

}  // namespace fairway::filing
