#include <algorithm>
#include <array>

#include "filing/life/book.h"

namespace fairway::filing {
namespace {

using enum ReferenceKind;

// What a document of the record is as a reference.
struct DocumentRow {
  std::string_view type;
  ReferenceKind kind;
};
constexpr std::array kDocuments = {
    DocumentRow{"BILL", transport_document},        DocumentRow{"HOUSE-BILL", house_document},
    DocumentRow{"AIR-WAYBILL", air_waybill},        DocumentRow{"HOUSE-AIR-WAYBILL", house_air_waybill},
    DocumentRow{"SEA-WAYBILL", transport_document},
};
constexpr std::array kLegItems = {std::string_view("document"), std::string_view("master")};

std::string_view value(const Record& record, Group group, std::string_view item, uint32_t row) {
  const auto found = record.schema().find(group, item);
  return found ? std::string_view(record.value(*found, row)) : std::string_view();
}

}  // namespace

std::vector<Reference> carried(const Consignment& consignment, const Filing& filing) {
  std::vector<Reference> references = consignment.follows;
  const auto add = [&](ReferenceKind kind, std::string_view text) {
    if (const auto reference = Reference::make(kind, text); reference && std::ranges::find(references, *reference) == references.end())
      references.push_back(*reference);
  };
  const Record& record = consignment.record;
  for (uint32_t row = 0; row < record.rows(Group::containers); ++row) add(equipment, value(record, Group::containers, "number", row));
  for (uint32_t row = 0; row < record.rows(Group::documents); ++row) {
    const auto* known = std::ranges::find(kDocuments, value(record, Group::documents, "type", row), &DocumentRow::type);
    if (known != kDocuments.end()) add(known->kind, value(record, Group::documents, "number", row));
  }
  for (uint32_t row = 0; row < record.rows(Group::legs); ++row)
    for (const std::string_view item : kLegItems)
      add(value(record, Group::legs, "mode", row) == "AIR" ? air_waybill : transport_document, value(record, Group::legs, item, row));
  add(road_cargo_reference, filing.number);
  add(declaration, filing.number);
  return references;
}

}  // namespace fairway::filing
