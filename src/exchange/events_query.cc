#include "exchange/events_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"

namespace fairway::exchange {
namespace {

using Values = std::vector<std::string>;
using enum EventType;

constexpr unsigned bit(EventType type) { return 1u << static_cast<unsigned>(type); }
constexpr unsigned kAll = bit(shipment) | bit(transport) | bit(equipment);
constexpr unsigned kMoving = bit(transport) | bit(equipment);
constexpr std::array kTypes = {shipment, transport, equipment};
constexpr size_t kListMax = 50;

std::unexpected<Error> bad(std::string_view parameter, std::string_view value, std::string hint) {
  return fail(Code::invalid, "a query parameter is not right", std::string(parameter) + "=" + std::string(value.substr(0, 64)),
              std::move(hint));
}

Result<Values> split_list(std::string_view parameter, std::string_view text) {
  Values values;
  while (true) {
    const size_t comma = text.find(',');
    const std::string_view item = trim(text.substr(0, comma));
    if (!item.empty()) values.emplace_back(item);
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (values.empty()) return bad(parameter, "", "give a value, or leave the parameter out");
  if (values.size() > kListMax) return bad(parameter, std::to_string(values.size()) + " values", "at most " + std::to_string(kListMax));
  return values;
}

Status add_codes(std::set<std::string>& out, std::string_view parameter, const Values& values, std::span<const std::string_view> known) {
  for (const std::string& value : values) {
    if (!known.empty() && std::ranges::find(known, value) == known.end())
      return bad(parameter, value, "use the codes of DCSA Track & Trace 2.2");
    out.insert(value);
  }
  return {};
}

Status add_references(std::vector<Reference>& out, std::string_view parameter, const Values& values, ReferenceKind kind,
                      size_t characters_max) {
  for (const std::string& value : values) {
    if (value.size() > characters_max) return bad(parameter, value, "at most " + std::to_string(characters_max) + " characters");
    out.push_back(TRY(Reference::make(kind, value)));
  }
  return {};
}

constexpr auto kShipmentCodes = std::to_array<std::string_view>(
    {"RECE", "DRFT", "PENA", "PENU", "REJE", "APPR", "ISSU", "SURR", "SUBM", "VOID", "CONF", "REQS", "CMPL", "HOLD", "RELS"});
constexpr auto kTransportCodes = std::to_array<std::string_view>({"ARRI", "DEPA"});
constexpr auto kEquipmentCodes =
    std::to_array<std::string_view>({"LOAD", "DISC", "GTIN", "GTOT", "STUF", "STRP", "PICK", "DROP", "INSP", "RSEA", "RMVD"});
constexpr auto kDocumentTypes =
    std::to_array<std::string_view>({"CBR", "BKG", "SHI", "SRM", "TRD", "ARN", "VGM", "CAS", "CUS", "DGD", "OOG"});
constexpr auto kTransportDocumentTypes = std::to_array<std::string_view>({"BOL", "SWB"});

Status parse_types(EventsQuery& q, const Values& values) {
  for (const std::string& value : values) {
    const auto found = std::ranges::find(kTypes, value, [](EventType type) { return std::string(dcsa_code(type)); });
    if (found == kTypes.end()) return bad("eventType", value, "SHIPMENT, TRANSPORT or EQUIPMENT");
    q.types.insert(*found);
  }
  return {};
}

Status insert_all(std::set<std::string>& out, const Values& values) {
  out.insert(values.begin(), values.end());
  return {};
}

struct ParameterRow {
  std::string_view name;
  unsigned types;  // of events that can have it
  Status (*read)(EventsQuery&, const Values&);
};

// Which parameters belong to which event type: standards.md 1.2, the rule of the conformance suite.
constexpr std::array kParameters = {
    ParameterRow{"eventType", kAll, parse_types},
    ParameterRow{"shipmentEventTypeCode", bit(shipment),
                 [](EventsQuery& q, const Values& v) { return add_codes(q.shipment_codes, "shipmentEventTypeCode", v, kShipmentCodes); }},
    ParameterRow{"documentTypeCode", bit(shipment),
                 [](EventsQuery& q, const Values& v) { return add_codes(q.document_types, "documentTypeCode", v, kDocumentTypes); }},
    ParameterRow{
        "transportEventTypeCode", bit(transport),
        [](EventsQuery& q, const Values& v) { return add_codes(q.transport_codes, "transportEventTypeCode", v, kTransportCodes); }},
    ParameterRow{
        "equipmentEventTypeCode", bit(equipment),
        [](EventsQuery& q, const Values& v) { return add_codes(q.equipment_codes, "equipmentEventTypeCode", v, kEquipmentCodes); }},
    ParameterRow{"carrierBookingReference", kAll,
                 [](EventsQuery& q, const Values& v) {
                   return add_references(q.bookings, "carrierBookingReference", v, ReferenceKind::booking, 35);
                 }},
    ParameterRow{
        "bookingReference", kAll,
        [](EventsQuery& q, const Values& v) { return add_references(q.bookings, "bookingReference", v, ReferenceKind::booking, 35); }},
    ParameterRow{"transportDocumentReference", kAll,
                 [](EventsQuery& q, const Values& v) {
                   return add_references(q.transport_documents, "transportDocumentReference", v, ReferenceKind::transport_document, 35);
                 }},
    ParameterRow{"transportDocumentID", bit(shipment),
                 [](EventsQuery& q, const Values& v) {
                   return add_references(q.transport_documents, "transportDocumentID", v, ReferenceKind::transport_document, 35);
                 }},
    ParameterRow{
        "equipmentReference", kAll,
        [](EventsQuery& q, const Values& v) { return add_references(q.equipment, "equipmentReference", v, ReferenceKind::equipment, 15); }},
    ParameterRow{
        "vesselIMONumber", kMoving,
        [](EventsQuery& q, const Values& v) { return add_references(q.vessels, "vesselIMONumber", v, ReferenceKind::vessel, 10); }},
    ParameterRow{"transportCallID", kMoving,
                 [](EventsQuery& q, const Values& v) {
                   return add_references(q.transport_calls, "transportCallID", v, ReferenceKind::transport_call, 100);
                 }},
    ParameterRow{"carrierVoyageNumber", kMoving, [](EventsQuery& q, const Values& v) { return insert_all(q.voyages, v); }},
    ParameterRow{"exportVoyageNumber", kMoving, [](EventsQuery& q, const Values& v) { return insert_all(q.voyages, v); }},
    ParameterRow{"carrierServiceCode", kMoving, [](EventsQuery& q, const Values& v) { return insert_all(q.services, v); }},
    ParameterRow{"UNLocationCode", kMoving, [](EventsQuery& q, const Values& v) { return insert_all(q.unlocodes, v); }},
    // Of earlier versions: 2.2 takes it in subscriptions, and no event of 2.2 says it.
    ParameterRow{"transportDocumentTypeCode", 0,
                 [](EventsQuery& q, const Values& v) {
                   std::set<std::string> codes;
                   q.nothing = true;
                   return add_codes(codes, "transportDocumentTypeCode", v, kTransportDocumentTypes);
                 }},
    // In the standard by mistake, and deprecated for it: no event has one.
    ParameterRow{"scheduleID", 0,
                 [](EventsQuery& q, const Values&) {
                   q.nothing = true;
                   return Status();
                 }},
};

constexpr std::string_view kCreated = "eventCreatedDateTime";

Result<TimeBound> parse_bound(std::string_view name, std::string_view value) {
  constexpr std::array<std::pair<std::string_view, TimeBound::Operator>, 6> kOperators = {{{"", TimeBound::Operator::eq},
                                                                                           {":eq", TimeBound::Operator::eq},
                                                                                           {":gt", TimeBound::Operator::gt},
                                                                                           {":gte", TimeBound::Operator::gte},
                                                                                           {":lt", TimeBound::Operator::lt},
                                                                                           {":lte", TimeBound::Operator::lte}}};
  const std::string_view suffix = name.substr(kCreated.size());
  const auto found = std::ranges::find(kOperators, suffix, &std::pair<std::string_view, TimeBound::Operator>::first);
  if (found == kOperators.end()) return bad(name, value, "the operators are :eq :gt :gte :lt :lte");
  auto instant = parse_rfc3339(value);
  if (!instant) return bad(name, value, instant.error().hint);
  return TimeBound{found->second, instant->micros};
}

Status parse_sort(EventsQuery& q, std::string_view value) {
  constexpr std::array<std::string_view, 4> kFields = {"eventCreatedDateTime", "eventDateTime", "eventCreatedDateTime:ASC",
                                                       "eventDateTime:ASC"};
  q.newest_first = value == "eventCreatedDateTime:DESC" || value == "eventDateTime:DESC";
  if (!q.newest_first && std::ranges::find(kFields, value) == kFields.end())
    return bad("sort", value, "eventCreatedDateTime:ASC or eventCreatedDateTime:DESC, in the order the events were accepted");
  return {};
}

unsigned asked_types(const EventsQuery& q) {
  if (q.types.empty()) return kAll;
  unsigned asked = 0;
  for (const EventType type : q.types) asked |= bit(type);
  return asked;
}

// A parameter that no event of the types asked for can have contradicts them (standards.md 1.2).
Status check_types(const EventsQuery& q, const std::vector<const ParameterRow*>& used) {
  if (q.types.empty()) return {};
  const unsigned asked = asked_types(q);
  for (const ParameterRow* row : used)
    if ((row->types & asked) == 0)
      return fail(Code::invalid, "the filters contradict each other", std::string(row->name) + " never belongs to the eventType asked for",
                  "leave one of the two out");
  return {};
}

bool any_reference(const Event& event, const std::vector<Reference>& wanted) {
  return wanted.empty() ||
         std::ranges::any_of(wanted, [&](const Reference& r) { return std::ranges::find(event.references, r) != event.references.end(); });
}

bool any_of(const std::set<std::string>& wanted, std::string_view value) { return wanted.empty() || wanted.contains(std::string(value)); }

// An equipment event is at its eventLocation, and its transportCall may name another place, which the model has no field for.
bool calls_at(const std::set<std::string>& unlocodes, const Event& event) {
  if (event.original.find("\"transportCall\"") == std::string::npos) return false;
  const auto original = parse_json(event.original);
  const json::object* call = original && original->is_object() ? object_of(original->get_object(), "transportCall") : nullptr;
  return call != nullptr && unlocodes.contains(std::string(text_of(*call, "UNLocationCode")));
}

bool is_at(const std::set<std::string>& unlocodes, const Event& event) {
  return any_of(unlocodes, event.place.unlocode) || (row(event.milestone).type == equipment && calls_at(unlocodes, event));
}

// The booking of a booking request is written as the request's own number, which is not the carrier's reference.
bool any_booking(const Event& event, const EventsQuery& q) {
  if (!q.to_the_letter || q.bookings.empty() || event.document_type != "CBR") return any_reference(event, q.bookings);
  const Reference* request = event.reference(ReferenceKind::booking);
  return std::ranges::any_of(event.references, [&](const Reference& reference) {
    return &reference != request && std::ranges::find(q.bookings, reference) != q.bookings.end();
  });
}

// What append_dcsa() writes as eventCreatedDateTime.
int64_t written_at(const Event& event, int64_t received_us) {
  if (event.created) return event.created->micros;
  return row(event.milestone).type == shipment ? event.occurred.micros : received_us;
}

bool holds(const TimeBound& bound, int64_t micros) {
  switch (bound.op) {
    case TimeBound::Operator::eq: return micros == bound.micros;
    case TimeBound::Operator::gt: return micros > bound.micros;
    case TimeBound::Operator::gte: return micros >= bound.micros;
    case TimeBound::Operator::lt: return micros < bound.micros;
    case TimeBound::Operator::lte: return micros <= bound.micros;
  }
  return false;
}

bool code_matches(const EventsQuery& q, EventType type, std::string_view code) {
  const bool codes_asked = !q.shipment_codes.empty() || !q.transport_codes.empty() || !q.equipment_codes.empty();
  if (!codes_asked) return true;
  const auto& wanted = type == shipment ? q.shipment_codes : type == transport ? q.transport_codes : q.equipment_codes;
  // Filters are joined by "and": a code list of one type excludes events of the others.
  const size_t lists = !q.shipment_codes.empty() + !q.transport_codes.empty() + !q.equipment_codes.empty();
  return lists == 1 && wanted.contains(std::string(code));
}

}  // namespace

const std::vector<Reference>& EventsQuery::index() const {
  for (const auto* references : {&equipment, &transport_documents, &bookings, &transport_calls, &vessels})
    if (!references->empty()) return *references;
  return equipment;
}

bool EventsQuery::matches(const Event& event, int64_t received_us) const {
  const MilestoneRow& milestone = row(event.milestone);
  if (nothing || (to_the_letter && event.transport.mode == TransportMode::air)) return false;
  if (!types.empty() && !types.contains(milestone.type)) return false;
  if (!code_matches(*this, milestone.type, milestone.dcsa)) return false;
  if (!document_types.empty() && (milestone.type != shipment || !document_types.contains(event.document_type))) return false;
  if (!any_booking(event, *this) || !any_reference(event, transport_documents) || !any_reference(event, equipment)) return false;
  if (!any_reference(event, vessels) || !any_reference(event, transport_calls)) return false;
  if (!any_of(voyages, event.transport.voyage) || !any_of(services, event.transport.service)) return false;
  if (!unlocodes.empty() && !is_at(unlocodes, event)) return false;
  const int64_t written = written_at(event, received_us);
  return std::ranges::all_of(created, [&](const TimeBound& bound) { return holds(bound, written); });
}

Result<size_t> page_limit_from(std::string_view value) {
  size_t limit = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
  if (error != std::errc() || end != value.data() + value.size() || limit == 0 || limit > limits::kPageSizeMax)
    return bad("limit", value, "a whole number from 1 to " + std::to_string(limits::kPageSizeMax));
  return limit;
}

Result<EventsQuery> parse_events_query(const http::Fields& query) {
  EventsQuery q;
  q.limit = limits::kPageSizeDefault;
  std::vector<const ParameterRow*> used;
  std::string canonical;
  const std::string* cursor = nullptr;
  for (const auto& [name, value] : query) {
    if (name == "cursor") {
      cursor = &value;
      continue;
    }
    if (name == "limit") {
      q.limit = TRY(page_limit_from(value));
      continue;
    }
    canonical += name + "=" + value + "\n";
    if (name == "sort") {
      TRY_OK(parse_sort(q, value));
    } else if (name.starts_with(kCreated)) {
      q.created.push_back(TRY(parse_bound(name, value)));
    } else {
      const auto found = std::ranges::find(kParameters, std::string_view(name), &ParameterRow::name);
      if (found == kParameters.end()) return bad(name, value, "this parameter is not known here; see /openapi.yaml");
      TRY_OK(found->read(q, TRY(split_list(name, value))));
      used.push_back(&*found);
    }
  }
  TRY_OK(check_types(q, used));
  unsigned left = asked_types(q);
  for (const ParameterRow* row : used) left &= row->types;
  q.contradicts = left == 0;
  q.fingerprint = to_hex(sha256(canonical).substr(0, 4));
  if (cursor != nullptr && !cursor->empty()) q.cursor = TRY(parse_cursor(*cursor, q.fingerprint));
  return q;
}

}  // namespace fairway::exchange
