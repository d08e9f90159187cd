// Viewer: who asks, and what it may see and do. Every answer to "may this party…?" is given in this folder and nowhere else.
//
// Value type; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "model/party.h"

namespace fairway::access {

struct Viewer {
  Party party;
  // name_hash() of each of the party's identifiers, sorted.
  std::vector<uint64_t> identifier_hashes;

  [[nodiscard]] bool is_operator() const { return party.role == Role::operator_; }

  // May it see an event of this sender, on a journey whose documents name these parties (name_hash of identifiers, each put there
  // by a sender other than the party itself)? The rule: it sent it, or it is named on the journey, or it is the operator.
  [[nodiscard]] bool sees(const PartyId& sender, std::span<const uint64_t> named_on_journey) const;

  // May it hand in messages and events? Authorities and banks read; everybody else may send.
  [[nodiscard]] Status may_send() const;
};

[[nodiscard]] Viewer make_viewer(Party party);

}  // namespace fairway::access
