#include "access/directory.h"

#include <fmt/format.h>

#include <mutex>

#include "access/registry.h"

namespace fairway::access {

std::string name_key(uint64_t name) { return fmt::format("named/{:016x}", name); }

Standing standing_of(const Party& party) {
  Standing standing;
  standing.party = party.id;
  standing.column = column_of(party.role, party.guest);
  standing.passes_on = !party.guest && sees_when_named(standing.column).has(See::every_milestone);
  standing.vouches = party.role == Role::carrier || party.role == Role::terminal || party.role == Role::authority ||
                     party.role == Role::peer_port || party.role == Role::operator_;
  return standing;
}

const Standing* Directory::recall_name(uint64_t name) {
  const std::shared_lock lock(mutex_);
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

const Standing* Directory::recall_id(const PartyId& party) {
  const std::shared_lock lock(mutex_);
  const auto found = parties_.find(party);
  return found == parties_.end() ? nullptr : found->second.get();
}

Result<const Standing*> Directory::by_id(store::Snapshot& snapshot, const PartyId& party) {
  if (const Standing* known = recall_id(party)) return known;
  const auto record = TRY(snapshot.state(party_key(party)));
  if (!record) return nullptr;
  const Party read = TRY(party_from_json(record->value));
  const std::unique_lock lock(mutex_);
  std::unique_ptr<const Standing>& kept = parties_[party];
  if (!kept) kept = std::make_unique<const Standing>(standing_of(read));
  return kept.get();
}

Result<const Standing*> Directory::by_name(store::Snapshot& snapshot, uint64_t name) {
  if (const Standing* known = recall_name(name)) return known;
  const auto holder = TRY(snapshot.state(name_key(name)));
  if (!holder) return nullptr;
  const Standing* standing = TRY(by_id(snapshot, holder->value));
  if (standing == nullptr) return nullptr;
  const std::unique_lock lock(mutex_);
  return names_[name] = standing;
}

}  // namespace fairway::access
