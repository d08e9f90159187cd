#include "model/party.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, 12> kRoles = {"shipper",   "forwarder", "carrier", "terminal", "haulier",  "driver",
                                                     "warehouse", "authority", "bank",    "insurer",  "operator", "peer_port"};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

std::string_view name(Role role) { return kRoles.at(static_cast<size_t>(role)); }

Result<Role> role_from(std::string_view text) {
  for (size_t i = 0; i < kRoles.size(); ++i)
    if (kRoles[i] == text) return static_cast<Role>(i);
  std::string known;
  for (const std::string_view role : kRoles) known += (known.empty() ? "" : ", ") + std::string(role);
  return fail(Code::invalid, "not a role", legible(text), "one of " + known);
}

uint64_t name_hash(const PartyIdentifier& identifier) { return read_u64(sha256(identifier.key()).data()); }

Result<PartyIdentifier> parse_party_identifier(std::string_view text) {
  const size_t colon = std::min(text.find(':'), text.size());
  const std::string_view scheme = trim(text.substr(0, colon));
  const std::string_view value = colon < text.size() ? trim(text.substr(colon + 1)) : std::string_view();
  const bool is_text = is_valid_utf8(text) && std::ranges::none_of(scheme, is_control) && std::ranges::none_of(value, is_control);
  if (scheme.empty() || value.empty() || !is_text || text.size() > limits::kIdentifierBytesMax)
    return fail(Code::invalid, "not a party identifier", legible(text), "write SCHEME:VALUE, for example SMDG:COS");
  return PartyIdentifier{to_upper(scheme), to_upper(value)};
}

}  // namespace fairway
