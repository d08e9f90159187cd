// Statement: what a bundle proves and what it does not, in words, for a banker or an arbitrator: English, and Chinese in traditional and
// simplified characters. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journey/alert_text.h"
#include "ledger/commitment.h"
#include "ledger/policy.h"
#include "model/event.h"
#include "paper/document.h"

namespace fairway::exchange::evidence {

// An entry as the statement tells it.
struct StatedEntry {
  Position entry = 0;
  int64_t received_us = 0;
  std::string submitter;       // the name under which it is known here, or its id
  std::string kind;            // of the entry
  std::optional<Event> event;  // as the viewer is shown it
  size_t shown = 0, hidden = 0;
  bool erased = false;  // its content is gone; the proof shows that it was there
};

struct Stated {
  std::string about;     // as in the manifest
  std::string made_for;  // the asking party's name
  int64_t made_us = 0;
  ledger::Witnessed witnessed;
  std::vector<std::string> witnesses;  // by name
  std::vector<StatedEntry> entries;
  std::vector<paper::Block> more;  // behind the rest
  bool has_anchor = false, has_timestamp = false, has_certificate = false, has_verifier = false;
};

[[nodiscard]] paper::Document statement_of(const Stated& stated, journey::Language language);

}  // namespace fairway::exchange::evidence
