// Consignment: a record with its owner, its versions and those who take part in it. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/record/record.h"
#include "model/party.h"
#include "model/reference.h"

namespace fairway::filing {

// Who files what of it. The owner files whatever no participant is named for.
struct Participant {
  PartyId party;
  std::vector<std::string> regimes;  // whose filings are this party's: "cn"; empty: none, it only helps with the record
  bool edits = false;                // may change the fields that its filings use, and add its own
};

struct Consignment {
  std::string id;  // "cns_…"
  PartyId owner;
  std::string reference;  // the owner's own, "" for none
  uint64_t record_version = 1;
  Record record;
  std::vector<Participant> participants;
  std::vector<Reference> follows;  // of which messages and events feed the record
  int64_t created_us = 0, changed_us = 0;
  uint64_t version = 0;  // of the state record
};

}  // namespace fairway::filing
