#include "exchange/party_names.h"

namespace fairway::exchange {
namespace {

constexpr int64_t kKeepUs = 30'000'000;  // a party that was renamed is shown so within half a minute
constexpr size_t kKnownMax = 100'000;

}  // namespace

PartyNames::Name PartyNames::find(const PartyId& id) {
  const int64_t now = env_.now_us();
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(id); found != known_.end() && now - found->second.read_us < kKeepUs) return found->second.name;
  }
  Known fresh{{}, now};
  if (auto party = registry_.party(id)) fresh.name = {party->name, std::string(fairway::name(party->role))};
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kKnownMax) known_.clear();
  return (known_[id] = std::move(fresh)).name;
}

void PartyNames::append(JsonWriter& writer, const PartyId& id) {
  const Name known = find(id);
  writer.begin_object().member("id", id).optional_member("name", known.name).optional_member("role", known.role).end_object();
}

}  // namespace fairway::exchange
