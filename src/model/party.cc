#include "model/party.h"

#include <array>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, 12> kRoles = {"shipper",   "forwarder", "carrier", "terminal", "haulier",  "driver",
                                                     "warehouse", "authority", "bank",    "insurer",  "operator", "peer_port"};

}  // namespace

std::string_view name(Role role) { return kRoles.at(static_cast<size_t>(role)); }

Result<Role> role_from(std::string_view text) {
  for (size_t i = 0; i < kRoles.size(); ++i)
    if (kRoles[i] == text) return static_cast<Role>(i);
  std::string known;
  for (const std::string_view role : kRoles) known += (known.empty() ? "" : ", ") + std::string(role);
  return fail(Code::invalid, "not a role", std::string(text), "one of " + known);
}

uint64_t name_hash(const PartyIdentifier& identifier) { return read_u64(sha256(identifier.key()).data()); }

Result<PartyIdentifier> parse_party_identifier(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || trim(text.substr(colon + 1)).empty() || text.size() > limits::kIdentifierBytesMax)
    return fail(Code::invalid, "not a party identifier", std::string(text.substr(0, 64)), "write SCHEME:VALUE, for example SMDG:COS");
  return PartyIdentifier{to_upper(trim(text.substr(0, colon))), to_upper(trim(text.substr(colon + 1)))};
}

}  // namespace fairway
