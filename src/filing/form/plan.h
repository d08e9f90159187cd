// Plan: what must be filed for a consignment, on every side of every border that it crosses: by whom, by when, what is missing, what it
// will cost, and what was found wrong. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "filing/charge/charge.h"
#include "filing/clock/clock.h"
#include "filing/form/draft.h"

namespace fairway::filing {

struct PlannedFiling {
  FormKey key;
  Words title;
  std::string family;                // forms of one family stand in for each other: hk "declaration.import": 1, 1A, 1B
  std::string filer;                 // who has to: "importer", "carrier", "driver", …
  std::string authority;             // the channel that it goes by: "hk-tsw", "cn-sw"
  std::string message;               // the format that it is written in: "cusdec", "cuscar", "dec-message", …
  std::string reason;                // why: the row's condition in words
  std::string source;                // clause
  std::vector<uint32_t> items;       // the goods lines that it covers, from 1
  std::optional<Deadline> deadline;  // none where what it counts from is not known yet: `deadline_waits_for` names it
  std::string deadline_waits_for;
  std::optional<Charge> charge;
  Draft draft;
  std::vector<Finding> findings;
};

// Why something need not be filed: an exemption with its category and the evidence that it rests on.
struct Exempted {
  FormKey key;
  std::string category;  // "a"
  Words title;
  std::string evidence;  // "through bill MAEU123456789", "" where it is missing: then there is a finding instead of an exemption
};

struct Plan {
  std::vector<PlannedFiling> filings;  // by regime, then deadline
  std::vector<Exempted> exempted;
  std::vector<Finding> across;  // between filings, and of the record itself
  Record::Typing typing;        // re-key rate over all filings
};

// `only`: codes of the regimes that are asked for; empty: all.
[[nodiscard]] Result<Plan> make_plan(const Regimes& regimes, const Record& record, const Setting& setting,
                                     const std::map<std::string, Overrides, std::less<>>& overrides = {},  // by FormKey::text()
                                     std::span<const std::string> only = {});

}  // namespace fairway::filing
