#include "access/need_to_know.h"

#include <algorithm>

#include "base/bytes.h"
#include "model/reference.h"

namespace fairway::access {
namespace {

using enum Cell;

struct Row {
  Data data;
  std::array<Cell, kColumns> cells;  // by Column
};

// Who may see what. The first six rows are the trade's need-to-know matrix; the last two are numbers that would tell a line its
// forwarder's customers, and a rival the orders behind a shipment.
constexpr std::array<Row, kData> kTable = {{
    // clang-format off
    //                          shipper  forwarder     line          terminal    haulier          warehouse     customs  bank     buyer         peer port
    {Data::milestones,         {own,     own,          own,          own_site,   own_job,         own_stock,    yes,     consent, own,          own}},
    {Data::goods_description,  {yes,     yes,          manifest,     no,         no,              yes,          yes,     consent, yes,          manifest}},
    {Data::value,              {yes,     if_declarant, no,           no,         no,              no,           yes,     consent, own_contract, no}},
    {Data::party_names,        {yes,     yes,          bill_parties, release_to, pick_up_deliver, release_to,   yes,     consent, yes,          bill_parties}},
    {Data::release_right,      {yes,     yes,          yes,          yes,        yes,             yes,          yes,     no,      yes,          no}},
    {Data::position,           {yes,     yes,          no,           arrival_only, yes,           arrival_only, yes,     consent, arrival_only, arrival_only}},
    {Data::house_documents,    {yes,     yes,          no,           no,         no,              yes,          yes,     consent, yes,          no}},
    {Data::trade_numbers,      {yes,     yes,          no,           no,         no,              no,           yes,     consent, own_contract, no}},
    // clang-format on
}};

constexpr std::array<std::string_view, kData> kDataNames = {"milestones",    "goods_description", "value",           "party_names",
                                                            "release_right", "position",          "house_documents", "trade_numbers"};
constexpr std::array<std::string_view, kColumns> kColumnNames = {"shipper",   "forwarder", "line", "terminal", "haulier",
                                                                 "warehouse", "customs",   "bank", "buyer",    "peer_port"};

// All that belongs to a kind of data; what is wider holds what is narrower, so that sets can be cut with one another.
constexpr std::array<Sees, kData> kWhole = {
    Sees{See::every_milestone, See::own_site, See::own_job, See::own_stock},
    Sees{See::goods, See::goods_of_master},
    Sees{See::value},
    Sees{See::every_party, See::bill_parties, See::release_to, See::pick_up_deliver},
    Sees{See::release_right},
    Sees{See::position, See::arrival_only},
    Sees{See::house_documents},
    Sees{See::trade_numbers},
};

bool is_conditional(Cell cell) { return cell == consent || cell == if_declarant || cell == own_contract; }

Sees sees_of(Data data, Cell cell) {
  switch (cell) {
    case no: return {};
    case own_site: return {See::own_site};
    case own_job: return {See::own_job};
    case own_stock: return {See::own_stock};
    case manifest: return {See::goods_of_master};
    case bill_parties: return {See::bill_parties, See::release_to};
    case release_to: return {See::release_to};
    case pick_up_deliver: return {See::pick_up_deliver};
    case arrival_only: return {See::arrival_only};
    default: return kWhole.at(static_cast<size_t>(data));
  }
}

Sees sees_of(Column column, bool conditions_fulfilled) {
  Sees all;
  for (const Row& row : kTable) {
    const Cell cell = row.cells.at(static_cast<size_t>(column));
    if (conditions_fulfilled || !is_conditional(cell)) all = all | sees_of(row.data, cell);
  }
  return all;
}

std::array<Sees, kColumns> for_all_columns(bool conditions_fulfilled) {
  std::array<Sees, kColumns> all;
  for (size_t i = 0; i < kColumns; ++i) all.at(i) = sees_of(static_cast<Column>(i), conditions_fulfilled);
  return all;
}

constexpr std::array kReleases = {Milestone::document_held, Milestone::document_released, Milestone::document_surrendered};
// What happens to goods in store, at its gate and what may keep them there…
constexpr std::array kStorage = {Milestone::gate_in,
                                 Milestone::gate_out,
                                 Milestone::picked_up,
                                 Milestone::dropped_off,
                                 Milestone::customs_held,
                                 Milestone::customs_released,
                                 Milestone::inspected,
                                 Milestone::resealed,
                                 Milestone::stuffed,
                                 Milestone::stripped,
                                 Milestone::accepted,
                                 Milestone::delivered,
                                 Milestone::discrepancy,
                                 Milestone::measured,
                                 Milestone::excursion,
                                 Milestone::door_opened,
                                 Milestone::door_closed,
                                 Milestone::customs_selected_for_scan,
                                 Milestone::customs_selected_for_inspection,
                                 Milestone::declaration_released,
                                 Milestone::inspection_finished,
                                 Milestone::available_for_pick_up,
                                 Milestone::available_for_drop_off};
// …and what else there is on the road, from the moment that a box can be fetched to its delivery and the empty's return.
constexpr std::array kOnTheRoad = {Milestone::discharged,
                                   Milestone::weighed,
                                   Milestone::transferred,
                                   Milestone::received_in_transfer,
                                   Milestone::crossed,
                                   Milestone::bundled,
                                   Milestone::unbundled,
                                   Milestone::crossing_permitted,
                                   Milestone::assigned,
                                   Milestone::located,
                                   Milestone::lock_armed,
                                   Milestone::lock_tampered,
                                   Milestone::lock_handed_over,
                                   Milestone::lock_disarmed,
                                   Milestone::appointment_requested,
                                   Milestone::appointment_offered,
                                   Milestone::appointment_confirmed,
                                   Milestone::appointment_refused,
                                   Milestone::appointment_cancelled,
                                   Milestone::pick_up_refused,
                                   Milestone::return_instructed,
                                   Milestone::return_refused,
                                   Milestone::hold_placed,
                                   Milestone::hold_released,
                                   Milestone::hold_acknowledged,
                                   Milestone::last_free_day,
                                   Milestone::outage_began,
                                   Milestone::outage_ended};
// Where vehicle and lock are, exactly.
constexpr std::array kPositions = {Milestone::located, Milestone::lock_armed, Milestone::lock_tampered, Milestone::lock_handed_over,
                                   Milestone::lock_disarmed};

// EDIFACT 3035: who carries (CA carrier, CF container operator, CG carrier's agent, HA and HB hauliers in and out)…
constexpr auto kCarrying = std::to_array<std::string_view>({"CA", "CF", "CG", "HA", "HB"});
// …the parties of a bill of lading (consignee, consignor, original shipper, forwarder, notify parties)…
constexpr auto kOfBill = std::to_array<std::string_view>({"CN", "CZ", "OS", "FW", "NI", "N1", "N2"});
// …to whom cargo is released, and where it is picked up and delivered (despatch party, ship from, ship to, delivery party).
constexpr auto kReleasedTo = std::to_array<std::string_view>({"RT"});
constexpr auto kPickUpDeliver = std::to_array<std::string_view>({"PW", "SF", "ST", "DP"});

template <typename Value, size_t count>
bool is_among(const Value& value, const std::array<Value, count>& all) {
  return std::ranges::find(all, value) != all.end();
}

bool shows_party(Sees sees, const NamedParty& party, std::span<const PartyIdentifier> viewer) {
  if (sees.has(See::every_party) || std::ranges::find(viewer, party.identifier) != viewer.end()) return true;
  const std::string_view role = party.role;
  if (is_among(role, kCarrying)) return sees.has(See::release_to) || sees.has(See::pick_up_deliver);
  if (is_among(role, kOfBill)) return sees.has(See::bill_parties);
  if (is_among(role, kReleasedTo)) return sees.has(See::release_to);
  return is_among(role, kPickUpDeliver) && sees.has(See::pick_up_deliver);
}

bool names_house(const Event& event) {
  return event.reference(ReferenceKind::house_document) != nullptr || event.reference(ReferenceKind::house_air_waybill) != nullptr;
}

bool clear(std::string& text) {
  const bool had = !text.empty();
  text.clear();
  return had;
}

}  // namespace

std::string_view name(Data data) { return kDataNames.at(static_cast<size_t>(data)); }
std::string_view name(Column column) { return kColumnNames.at(static_cast<size_t>(column)); }

Result<Data> data_from(std::string_view name) {
  const auto found = std::ranges::find(kDataNames, name);
  if (found != kDataNames.end()) return static_cast<Data>(found - kDataNames.begin());
  return fail(Code::invalid, "not a kind of data", legible(name),
              "milestones, goods_description, value, party_names, release_right, position, house_documents, trade_numbers");
}

Column column_of(Role role, bool guest) {
  switch (role) {
    case Role::shipper: return guest ? Column::buyer : Column::shipper;
    case Role::forwarder: return Column::forwarder;
    case Role::carrier: return Column::line;
    case Role::terminal: return Column::terminal;
    case Role::haulier:
    case Role::driver: return Column::haulier;
    case Role::warehouse: return Column::warehouse;
    case Role::authority:
    case Role::operator_: return Column::customs;
    case Role::bank:
    case Role::insurer: return Column::bank;
    case Role::peer_port: return Column::peer_port;
  }
  return Column::bank;
}

Cell cell(Data data, Column column) { return kTable.at(static_cast<size_t>(data)).cells.at(static_cast<size_t>(column)); }

Sees sees_when_named(Column column) {
  static const std::array<Sees, kColumns> all = for_all_columns(false);
  return all.at(static_cast<size_t>(column));
}

Sees sees_at_most(Column column) {
  static const std::array<Sees, kColumns> all = for_all_columns(true);
  return all.at(static_cast<size_t>(column));
}

Sees sees_of(std::span<const Data> data) {
  Sees all;
  for (const Data one : data) all = all | kWhole.at(static_cast<size_t>(one));
  return all;
}

bool shows(Sees sees, const EventFacts& event, std::span<const std::string> sites) {
  if (is_among(event.milestone, kReleases) && !sees.has(See::release_right)) return false;
  if (is_among(event.milestone, kPositions) && !sees.has(See::position)) return false;
  if (sees.has(See::every_milestone)) return true;
  if (is_among(event.milestone, kReleases)) return sees.has(See::own_site) || sees.has(See::own_job) || sees.has(See::own_stock);
  const bool here = !event.facility.empty() && std::ranges::find(sites, event.facility) != sites.end();
  if (sees.has(See::own_site) && (here || (event.facility.empty() && row(event.milestone).type == EventType::transport))) return true;
  const bool of_storage = is_among(event.milestone, kStorage);
  if (sees.has(See::own_job) && (of_storage || is_among(event.milestone, kOnTheRoad))) return true;
  return sees.has(See::own_stock) && (here || of_storage);
}

bool shows_reference(Sees sees, ReferenceKind kind) {
  switch (kind) {
    case ReferenceKind::house_document:
    case ReferenceKind::house_air_waybill: return sees.has(See::house_documents);
    case ReferenceKind::forwarder_reference:
    case ReferenceKind::purchase_order:
    case ReferenceKind::customer_reference: return sees.has(See::trade_numbers);
    case ReferenceKind::sensor:
    case ReferenceKind::electronic_lock: return sees.has(See::position);
    default: return true;
  }
}

bool redact(Event& event, Sees sees, std::span<const PartyIdentifier> viewer) {
  if (sees.all()) return false;
  bool taken = false;
  if (!sees.has(See::goods) && (!sees.has(See::goods_of_master) || names_house(event))) taken |= clear(event.remark);
  if (!sees.has(See::value)) taken |= clear(event.original);
  if (!sees.has(See::position) && event.place.latitude) {
    event.place.latitude.reset(), event.place.longitude.reset();
    taken = true;
  }
  taken |= std::erase_if(event.parties, [&](const NamedParty& party) { return !shows_party(sees, party, viewer); }) != 0;
  taken |= std::erase_if(event.references, [&](const Reference& reference) { return !shows_reference(sees, reference.kind()); }) != 0;
  return taken;
}

}  // namespace fairway::access
