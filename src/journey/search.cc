#include "journey/search.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::journey {
namespace {

using enum ReferenceKind;

// What kind a text may be whatever its form, in order of how often people ask.
constexpr std::array kByHabit = {
    transport_document,
    booking,
    house_document,
    equipment,
    air_waybill,
    house_air_waybill,
    shipping_instruction,
    road_cargo_reference,
    consignment,
    declaration,
    voyage,
    vehicle,
    forwarder_reference,
    purchase_order,
    customer_reference,
    transport_call,
    seal,
    electronic_lock,
    vessel,
    flight,
    transport_order,
    unit_load_device,
    wagon,
    sensor,
    vessel_mmsi,
    epc,
    logistics_object,
};

// The kinds whose form tells them.
bool has_form(const Reference& reference) {
  const ReferenceCheck check = reference.check();
  if (reference.kind() != equipment && reference.kind() != air_waybill && reference.kind() != vessel) return false;
  return check == ReferenceCheck::passed || check == ReferenceCheck::wrong_check_digit;
}

}  // namespace

std::vector<Reference> candidates(std::string_view text) {
  const std::string_view trimmed = trim(text);
  if (const size_t colon = trimmed.find(':'); colon != std::string_view::npos) {
    if (reference_kind_from(to_lower(trimmed.substr(0, colon)))) {
      const auto exact = Reference::from_key(to_lower(trimmed.substr(0, colon)) + std::string(trimmed.substr(colon)));
      return exact ? std::vector<Reference>{*exact} : std::vector<Reference>{};
    }
  }
  std::vector<Reference> out;
  for (const ReferenceKind kind : kByHabit)
    if (Result<Reference> made = Reference::make(kind, trimmed)) out.push_back(std::move(*made));
  std::ranges::stable_partition(out, has_form);
  return out;
}

}  // namespace fairway::journey
