#include "gateway/dcsa/tnt2_members.h"

namespace fairway::gateway::dcsa {
namespace {

std::optional<Reference> made(ReferenceKind kind, std::string_view value) {
  auto reference = Reference::make(kind, value);
  return reference ? std::optional(std::move(*reference)) : std::nullopt;
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

}  // namespace

std::array<std::optional<Reference>, 3> references_of(const Transport& transport) {
  std::array<std::optional<Reference>, 3> references;
  if (!transport.vessel_imo.empty()) references[0] = made(ReferenceKind::vessel, transport.vessel_imo);
  const std::string& owner = transport.vessel_imo.empty() ? transport.carrier : transport.vessel_imo;
  if (!owner.empty() && !transport.voyage.empty()) references[1] = made(ReferenceKind::voyage, owner + "/" + transport.voyage);
  if (!transport.call_id.empty()) references[2] = made(ReferenceKind::transport_call, transport.call_id);
  return references;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i)
    if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !is_hex_digit(text[i])) return false;
  return true;
}

}  // namespace fairway::gateway::dcsa
