// Need to know: which role may see which data of a consignment that it has a part in. One table (need_to_know.cc) and nothing beside it.
//
// A party has a part in a consignment because somebody who sees it names the party on a document, or by a grant. The first gives the
// role's column of the table as it stands; a grant gives at most that column with its conditions fulfilled (a forwarder that the shipper
// lets act for it is a declarant, a bank has consent), and never what the table refuses: a haulier sees no price by any grant. What a party
// sent itself it sees whole, and the operator sees everything; every look of theirs at another's data is kept (access_log.h).
//
// Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "model/event.h"
#include "model/sees.h"

namespace fairway::access {

// The rows of the table: kinds of data, as grants name them.
enum class Data : uint8_t { milestones, goods_description, value, party_names, release_right, position, house_documents, trade_numbers };
inline constexpr size_t kData = 8;
[[nodiscard]] std::string_view name(Data data);  // "milestones", "goods_description", …
[[nodiscard]] Result<Data> data_from(std::string_view name);

// The columns. A guest that is no driver is a buyer from elsewhere.
enum class Column : uint8_t { shipper, forwarder, line, terminal, haulier, warehouse, customs, bank, buyer, peer_port };
inline constexpr size_t kColumns = 10;
[[nodiscard]] std::string_view name(Column column);
[[nodiscard]] Column column_of(Role role, bool guest = false);  // operator_: as customs, though nothing asks

// The words of the table.
enum class Cell : uint8_t {
  no,
  yes,
  own,  // of its own consignments, sites, jobs or stock: the row says which
  own_site,
  own_job,
  own_stock,
  manifest,      // as the manifest has it: nothing of house level
  if_declarant,  // with a delegation
  own_contract,  // of the contract that it is a party to: by a grant
  consent,       // by a grant
  bill_parties,
  release_to,
  pick_up_deliver,
  arrival_only,
};
[[nodiscard]] Cell cell(Data data, Column column);

// What a column's role sees of a consignment that it is named on.
[[nodiscard]] Sees sees_when_named(Column column);
// The most that a grant can let it see.
[[nodiscard]] Sees sees_at_most(Column column);
// All that belongs to these kinds of data.
[[nodiscard]] Sees sees_of(std::span<const Data> data);

// What of an event decides whether it is shown at all.
struct EventFacts {
  Milestone milestone = Milestone::gate_in;
  std::string_view facility;  // of its place, "" where it names none
};
// `sites`: the codes of the viewer's own facilities.
[[nodiscard]] bool shows(Sees sees, const EventFacts& event, std::span<const std::string> sites);
[[nodiscard]] bool shows_reference(Sees sees, ReferenceKind kind);

// Takes out of the event what is not to be seen; true where something was taken.
bool redact(Event& event, Sees sees, std::span<const PartyIdentifier> viewer);

}  // namespace fairway::access
