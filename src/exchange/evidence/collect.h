// Collect: from entries and what the asking party is shown of them to the bytes of a bundle, all from one snapshot of the store.
//
// For one request; any thread. Errors: Code::unavailable, with when to try again, where the witnesses have not seen an entry yet;
// Code::too_large past limits::kBundleEntriesMax; Code::not_found where this server keeps no ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exchange/evidence/statement.h"
#include "exchange/services.h"
#include "journey/alert_text.h"
#include "model/entry.h"
#include "paper/document.h"
#include "store/store.h"

namespace fairway::exchange::evidence {

struct Disclosed {
  Entry entry;
  std::vector<bool> shown;     // of its fields
  std::optional<Event> event;  // as the viewer is shown it
};

struct Wish {
  std::string about;  // as in the manifest
  journey::Language language = journey::Language::en;
  std::vector<Disclosed> entries;    // ascending
  std::string certificate;           // certificate.json; "" for none
  std::vector<paper::Block> tables;  // of the certificate, for people
};

[[nodiscard]] Result<std::string> collect(Services& services, store::Snapshot& snapshot, const access::Viewer& viewer, const Wish& wish,
                                          const std::string& verifier);

}  // namespace fairway::exchange::evidence
