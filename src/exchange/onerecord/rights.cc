#include "exchange/onerecord/rights.h"

#include <fmt/format.h>

#include <algorithm>

#include "journey/assemble.h"
#include "journey/index.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr size_t kDelegationsMax = 100;  // of one object to one party

std::string delegations_prefix(std::string_view object, const PartyId& party) { return fmt::format("onerecord/d/{}/{}/", object, party); }

Result<bool> delegated(const Asker& asker, store::Snapshot& snapshot, const Head& head, std::string_view permission) {
  const auto rows = TRY(snapshot.state_scan(delegations_prefix(head.id, asker.viewer->party.id), "", kDelegationsMax));
  for (const auto& [key, value] : rows) {
    const std::string_view text = value.value;
    const size_t blank = std::min(text.find(' '), text.size());
    const std::string padded = std::string(text.substr(blank)) + " ";
    if (padded.find(fmt::format(" {} ", permission)) == std::string::npos) continue;
    const auto grant = TRY(asker.grants.find(text.substr(0, blank)));
    if (grant && grant->holds_at(asker.env.now_us())) return true;
  }
  return false;
}

// Whether it sees anything of the consignment. A party's own claims about another's papers do not show it the other's object: only papers
// of which somebody else told it count, or its own events under the holder's.
Result<bool> sees_consignment(const Asker& asker, store::Snapshot& snapshot, const Head& head) {
  const ViewerSight sight(asker.rule, asker.viewer);
  for (const std::string& key : head.references) {
    const auto reference = Reference::from_key(key);
    if (!reference || !journey::joins(reference->kind())) continue;
    const auto journey = journey::find(snapshot, *reference, sight);
    if (!journey) {
      if (journey.error().code != Code::not_found) return std::unexpected(journey.error());
      continue;
    }
    const auto others = [&](const journey::Claim& claim) { return claim.sender != asker.viewer->party.id; };
    if (std::ranges::any_of(journey->claims, others)) return true;
  }
  return false;
}

}  // namespace

void put_delegated(store::Batch& batch, std::string_view object, const PartyId& party, const Delegated& delegated, bool stands) {
  store::StateWrite write{delegations_prefix(object, party) + delegated.request, std::nullopt, std::nullopt};
  if (stands) write.value = fmt::format("{} {}", delegated.grant, fmt::join(delegated.permissions, " "));
  batch.state.push_back(std::move(write));
}

std::unexpected<Error> no_such_object() {
  return fail(Code::not_found, "Logistics Object not found", "", "there is none at this address, or none for you");
}

Result<bool> may(const Asker& asker, store::Snapshot& snapshot, const Head& head, std::string_view permission) {
  if (head.holder == asker.viewer->party.id) return true;
  const bool reads = permission == kGetObject || permission == kGetEvent;
  if (reads && asker.viewer->is_operator()) return true;
  if (TRY(delegated(asker, snapshot, head, permission))) return true;
  return TRY(sees_consignment(asker, snapshot, head));
}

Result<Head> object_for(const Call& call, store::Snapshot& snapshot, std::string_view id, std::string_view permission) {
  std::optional<Head> head = TRY(find_head(snapshot, id));
  if (!head) return no_such_object();
  if (head->holder == call.party()) return std::move(*head);
  const Asker asker = onerecord::asker(call);
  const bool allowed = TRY(may(asker, snapshot, *head, permission));
  if (!allowed && (permission == kGetObject || !TRY(may(asker, snapshot, *head, kGetObject)))) return no_such_object();
  if (!allowed)
    return fail(Code::forbidden, "Not authorized for this Logistics Object", std::string(permission),
                "ask its holder for an access delegation");
  access::Looks looks(*call.viewer, access::Channel::journey);
  looks.saw_many(head->holder, 1);
  TRY_OK(call.services.access_log.note(std::move(looks)));
  return std::move(*head);
}

}  // namespace fairway::exchange::onerecord
