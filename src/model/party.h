// Party: an organisation in a role, under the identifiers the trade knows it by. Persons' names are never in it. Value types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway {

// Fairway's own identifier of a party, "pty_" and ten base-32 characters; the log and the indexes use it.
using PartyId = std::string;

enum class Role : uint8_t {
  shipper,
  forwarder,
  carrier,
  terminal,
  haulier,
  driver,
  warehouse,
  authority,
  bank,
  insurer,
  operator_,
  peer_port,
};
[[nodiscard]] std::string_view name(Role role);  // "shipper", …, "operator", "peer_port"
[[nodiscard]] Result<Role> role_from(std::string_view name);

// A name from a scheme: "SMDG:COS", "SCAC:MSCU", "BIC:…", "UN:…" (EDIFACT interchange id), "BR:…", "USCC:…", "EORI:…", "GLN:…".
// Scheme and value are upper case; the value keeps its inner blanks.
struct PartyIdentifier {
  std::string scheme;
  std::string value;
  [[nodiscard]] std::string key() const { return scheme + ":" + value; }
  friend bool operator==(const PartyIdentifier&, const PartyIdentifier&) = default;
};
// The first eight bytes of SHA-256 over key(): what indexes keep of an identifier. Long enough that nobody can make another name
// that matches a given one.
[[nodiscard]] uint64_t name_hash(const PartyIdentifier& identifier);

// From "SCHEME:VALUE". Code::invalid where one of the two is missing.
[[nodiscard]] Result<PartyIdentifier> parse_party_identifier(std::string_view text);

struct Party {
  PartyId id;
  std::string name;
  Role role = Role::shipper;
  std::vector<PartyIdentifier> identifiers;
  int64_t created_us = 0;
  bool guest = false;  // somebody with a link instead of an account
};

// A party as a message names it: its role there (EDIFACT 3035: CA carrier, CF container operator, CN consignee, …) and a code.
struct NamedParty {
  std::string role;
  PartyIdentifier identifier;  // empty where the message gives only a name
  std::string name;
  friend bool operator==(const NamedParty&, const NamedParty&) = default;
};

}  // namespace fairway
