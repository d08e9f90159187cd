#include "exchange/dcsa/told_query.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/dcsa/tnt3.h"

namespace fairway::exchange::dcsa {
namespace {

constexpr std::array<std::string_view, 5> kTypes = {"SHIPMENT", "TRANSPORT", "EQUIPMENT", "IOT", "REEFER"};

struct ReferenceRow {
  std::string_view name;
  ReferenceKind kind;
  std::optional<Reference> ToldQuery::* field;
};
constexpr std::array kReferences = {
    ReferenceRow{"carrierBookingReference", ReferenceKind::booking, &ToldQuery::booking},
    ReferenceRow{"transportDocumentReference", ReferenceKind::transport_document, &ToldQuery::transport_document},
    ReferenceRow{"equipmentReference", ReferenceKind::equipment, &ToldQuery::equipment},
};

Status parse_types(ToldQuery& q, std::string_view text) {
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view type = trim(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (std::ranges::find(kTypes, type) == kTypes.end())
      return bad_parameter("eventTypes", type, "SHIPMENT, TRANSPORT, EQUIPMENT, IOT or REEFER");
    q.types.emplace(type);
  }
  return {};
}

Status parse_filter(ToldQuery& q, const ToldParameters& parameters, std::string_view name, std::string_view value) {
  for (const ReferenceRow& row : kReferences)
    if (row.name == name) {
      q.*row.field = TRY(Reference::make(row.kind, value));
      return {};
    }
  if (name == parameters.from || name == parameters.to) {
    const auto instant = parse_rfc3339(value);
    if (!instant) return bad_parameter(name, value, instant.error().hint);
    (name == parameters.from ? q.updated_from_us : q.updated_to_us) = instant->micros;
    return {};
  }
  if (name == "eventTypes" && parameters.types) return parse_types(q, value);
  return bad_parameter(name, value, "this parameter is not known here");
}

bool names(const Event& event, const std::optional<Reference>& wanted) {
  return !wanted || std::ranges::find(event.references, *wanted) != event.references.end();
}

}  // namespace

std::vector<Reference> ToldQuery::index() const {
  for (const auto* reference : {&equipment, &transport_document, &booking})
    if (*reference) return {**reference};
  return {};
}

bool ToldQuery::matches(const Event& event, int64_t received_us) const {
  if (!names(event, booking) || !names(event, transport_document) || !names(event, equipment)) return false;
  if (!types.empty() && !types.contains(std::string(gateway::dcsa::tnt3_type(event)))) return false;
  const int64_t updated_us = event.created ? event.created->micros : received_us;
  return updated_us >= updated_from_us.value_or(INT64_MIN) && updated_us <= updated_to_us.value_or(INT64_MAX);
}

Result<ToldQuery> parse_told_query(const http::Fields& query, const ToldParameters& parameters) {
  ToldQuery q;
  q.page = TRY(read_page_parameters(query, std::string(parameters.from) + "\n", [&](const std::string& name, const std::string& value) {
    return parse_filter(q, parameters, name, value);
  }));
  return q;
}

}  // namespace fairway::exchange::dcsa
