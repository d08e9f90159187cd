#include "access/viewer.h"

#include <algorithm>

namespace fairway::access {

bool Viewer::sees_sent_by(const PartyId& sender) const { return is_operator() || sender == party.id; }

bool Viewer::opens_journey(const PartyId& sender, std::span<const uint64_t> named) const {
  if (is_operator()) return true;
  return sender != party.id &&
         std::ranges::any_of(named, [&](uint64_t hash) { return std::ranges::binary_search(identifier_hashes, hash); });
}

Status Viewer::may_send() const {
  if (party.role == Role::bank || party.role == Role::insurer)
    return fail(Code::forbidden, "this party only reads", "role " + std::string(name(party.role)),
                "ask the operator for a party that may send");
  return {};
}

Viewer make_viewer(Party party) {
  Viewer viewer;
  for (const PartyIdentifier& identifier : party.identifiers) viewer.identifier_hashes.push_back(name_hash(identifier));
  std::ranges::sort(viewer.identifier_hashes);
  viewer.party = std::move(party);
  return viewer;
}

}  // namespace fairway::access
