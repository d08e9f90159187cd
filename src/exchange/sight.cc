#include "exchange/sight.h"

#include <algorithm>

namespace fairway::exchange {
namespace {

journey::Insider insider_of(const access::Standing& standing) {
  return {standing.party, access::sees_when_named(standing.column), access::sees_at_most(standing.column), standing.passes_on,
          standing.vouches};
}

// A reference longer than a term's key holds stands there as a digest; no grant is of such a one.
std::string key_of(const journey::HeadReference& reference) { return std::string(name(reference.kind)) + ":" + reference.value; }

// The containers by which the grant was found, where it was by containers alone.
std::vector<std::string> boxes_of(const access::HeldGrant& grant) {
  constexpr std::string_view kPrefix = "equipment:";
  std::vector<std::string> boxes;
  for (const std::string& reference : grant.found_by) {
    if (!reference.starts_with(kPrefix)) return {};
    boxes.push_back(reference.substr(kPrefix.size()));
  }
  return boxes;
}

}  // namespace

Result<std::optional<journey::Insider>> AccessRule::by_name(store::Snapshot& snapshot, uint64_t name) {
  const access::Standing* standing = TRY(directory_.by_name(snapshot, name));
  return standing == nullptr ? std::nullopt : std::optional(insider_of(*standing));
}

Result<std::optional<journey::Insider>> AccessRule::by_id(store::Snapshot& snapshot, const PartyId& party) {
  const access::Standing* standing = TRY(directory_.by_id(snapshot, party));
  return standing == nullptr ? std::nullopt : std::optional(insider_of(*standing));
}

Result<std::vector<journey::Held>> AccessRule::held(store::Snapshot& snapshot, const PartyId& party,
                                                    std::span<const journey::HeadReference> references, std::span<const PartyId> insiders) {
  std::vector<std::string> keys;
  keys.reserve(references.size());
  for (const journey::HeadReference& reference : references) keys.push_back(key_of(reference));
  const std::vector<access::HeldGrant> grants = TRY(grants_.held(snapshot, party, keys, insiders));
  std::vector<journey::Held> held;
  if (grants.empty()) return held;
  const access::Standing* receiver = TRY(directory_.by_id(snapshot, party));
  if (receiver == nullptr) return held;
  for (const access::HeldGrant& grant : grants) {
    // A link is for following the cargo: what stands under a condition takes an agreement of two parties.
    const bool agreed = grant.kind != access::GrantKind::guest;
    const Sees most = agreed ? access::sees_at_most(receiver->column) : access::sees_when_named(receiver->column);
    const Sees given = grant.data.empty() ? most : access::sees_of(grant.data) & most;
    held.push_back(
        {grant.id, grant.from, given, grant.kind == access::GrantKind::legal_basis, grant.sealed, grant.purpose, boxes_of(grant)});
  }
  return held;
}

ViewerSight::ViewerSight(AccessRule& rule, std::shared_ptr<const access::Viewer> viewer) : rule_(rule), viewer_(std::move(viewer)) {
  for (const PartyIdentifier& identifier : viewer_->party.identifiers) sites_.push_back(identifier.value);
}

bool ViewerSight::shows(Sees sees, const journey::EventHead& event) const {
  return access::shows(sees, {event.milestone, event.facility}, sites_);
}

Eyes::Eyes(store::Snapshot& snapshot, AccessRule& rule, std::shared_ptr<const access::Viewer> viewer)
    : viewer_(viewer), sight_(rule, std::move(viewer)), terms_(snapshot), audiences_(terms_, rule), visibility_(audiences_, sight_) {}

Result<Eyes::Seen> Eyes::see(const Entry& entry, Event& event) {
  if (viewer_->sees_sent_by(entry.party)) return Seen{true, false, nullptr};
  const journey::Look look = TRY(this->look(entry, event));
  if (!look.sees_something()) return Seen{};
  const bool redacted = journey::redact(event, look, sight_);
  if (event.references.empty()) return Seen{};  // all that it is about is hidden
  return Seen{true, redacted, look.grant};
}

void saw(access::Looks& looks, const PartyId& sender, const Event& event, const journey::Held* grant) {
  if (grant == nullptr) return looks.saw(sender, event);
  access::HeldGrant by;
  by.id = grant->id;
  by.kind = grant->lawful ? access::GrantKind::legal_basis : access::GrantKind::consent;
  by.from = grant->from;
  by.purpose = grant->purpose;
  by.sealed = grant->sealed;
  looks.saw(sender, event, &by);
}

}  // namespace fairway::exchange
