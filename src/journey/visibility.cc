#include "journey/visibility.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "journey/calls.h"

namespace fairway::journey {
namespace {

std::string node_key(const Graph::Node& node) { return reference_term(node.reference) + '\0' + std::to_string(node.trip); }

bool same_naming(const LocatedPtr& a, const LocatedPtr& b) { return a->head.sender == b->head.sender && a->head.named == b->head.named; }

// Whether the head of a box's event can be a call of the transport event; which voyage it is of is known from where it was found.
bool may_be_call(const EventHead& head, const Event& transport) {
  return uses_vessel(head.milestone) && head.unlocode == transport.place.unlocode;
}

bool opens(const Sight& sight, const LocatedPtr& event) {
  return !event->head.named.empty() && sight.opens_journey(event->head.sender, event->head.named);
}

}  // namespace

LocatedPtr located(const Event& event, const PartyId& sender, Position position) {
  auto made = std::make_shared<Located>(Located{position, head_of(event, sender)});
  std::ranges::sort(made->head.references);
  return made;
}

bool Audience::opens_to(const Sight& sight) const {
  return std::ranges::any_of(namings, [&](const LocatedPtr& event) { return opens(sight, event); });
}

bool Audience::sent_by(const Sight& sight) const { return std::ranges::any_of(senders, sight.sees_sender); }

void Audience::add(const std::vector<LocatedPtr>& events) {
  for (const LocatedPtr& event : events) {
    const auto at = std::ranges::lower_bound(senders, event->head.sender);
    if (at == senders.end() || *at != event->head.sender) senders.insert(at, event->head.sender);
    if (event->head.named.empty()) continue;
    if (std::ranges::none_of(namings, [&](const LocatedPtr& known) { return same_naming(known, event); })) namings.push_back(event);
  }
}

Audiences::Audiences(Terms& terms, Position as_of) : terms_(terms), as_of_(as_of), graph_(terms, until_then()) {}

Graph::Filter Audiences::until_then() const {
  if (as_of_ == UINT64_MAX) return nullptr;
  return [as_of = as_of_](const LocatedPtr& event) -> Result<bool> { return event->position <= as_of; };
}

Result<AudiencePtr> Audiences::of(const LocatedPtr& event) {
  const std::vector<Graph::Node> nodes = TRY(graph_.nodes_of(event));
  if (!nodes.empty())
    if (const auto found = known_.find(node_key(nodes.front())); found != known_.end()) return found->second;
  const Graph::Component component = TRY(graph_.component(event));
  auto audience = std::make_shared<Audience>();
  audience->add(component.events);
  // A journey that was cut short looks different from elsewhere: it is remembered for this reference alone.
  if (!component.truncated)
    for (const Graph::Node& node : component.nodes) known_.emplace(node_key(node), audience);
  else if (!nodes.empty())
    known_.emplace(node_key(nodes.front()), audience);
  return audience;
}

Result<std::shared_ptr<const Audiences::CallAudience>> Audiences::of_call(const Event& event) {
  const std::vector<HeadReference> transport = transport_references(event);
  const ReferenceKind kind = has_voyage(transport) ? ReferenceKind::voyage : ReferenceKind::vessel;
  auto answer = std::make_shared<CallAudience>();
  std::string key = event.place.unlocode + "@" + std::to_string(event.occurred.micros);
  for (const HeadReference& reference : transport) key += reference.kind == kind ? "|" + reference.value : "";
  if (const auto found = calls_.find(key); found != calls_.end()) return found->second;
  std::set<HeadReference> seen;
  for (const HeadReference& reference : transport) {
    if (reference.kind != kind || event.place.unlocode.empty()) continue;
    auto& heads = voyages_[reference_term(reference)];
    if (!heads) heads = std::make_shared<const std::vector<LocatedPtr>>(TRY(terms_.newest_of(reference, kHeadsPerTermMax)));
    for (const LocatedPtr& box : *heads) {
      const Call call{{reference}, box->head.unlocode, box->head.occurred_us, box};
      if (box->position > as_of_ || !may_be_call(box->head, event) || box->head.references.empty()) continue;
      if (!belongs({&reference, 1}, event.place.unlocode, event.occurred.micros, call)) continue;
      if (!seen.insert(box->head.references.front()).second) continue;
      answer->events.push_back(box);
      const AudiencePtr audience = TRY(of(box));
      for (const PartyId& sender : audience->senders) {
        const auto at = std::ranges::lower_bound(answer->audience.senders, sender);
        if (at == answer->audience.senders.end() || *at != sender) answer->audience.senders.insert(at, sender);
      }
      answer->audience.add(audience->namings);
    }
  }
  calls_.emplace(std::move(key), answer);
  return answer;
}

Visibility::Visibility(Audiences& audiences, const Sight& sight)
    : audiences_(audiences),
      sight_(sight),
      others_(audiences.terms(), [&sight, until = audiences.until_then()](const LocatedPtr& event) -> Result<bool> {
        if (until && !TRY(until(event))) return false;
        return !sight.sees_sender(event->head.sender);
      }) {}

Result<bool> Visibility::open_without_own(const LocatedPtr& event) {
  const std::vector<Graph::Node> nodes = TRY(others_.nodes_of(event));
  if (!nodes.empty())
    if (const auto found = open_.find(node_key(nodes.front())); found != open_.end()) return found->second;
  const Graph::Component component = TRY(others_.component(event));
  const bool open = std::ranges::any_of(component.events, [&](const LocatedPtr& other) { return opens(sight_, other); });
  if (!component.truncated)
    for (const Graph::Node& node : component.nodes) open_.emplace(node_key(node), open);
  else if (!nodes.empty())
    open_.emplace(node_key(nodes.front()), open);
  return open;
}

Result<bool> Visibility::open(const LocatedPtr& event) {
  if (!sight_.sees_sender(event->head.sender) && opens(sight_, event)) return true;
  const AudiencePtr audience = TRY(audiences_.of(event));
  if (!audience->opens_to(sight_)) return false;
  return audience->sent_by(sight_) ? open_without_own(event) : Result<bool>(true);
}

Result<bool> Visibility::visible(const LocatedPtr& event) {
  if (sight_.sees_sender(event->head.sender)) return true;
  return open(event);
}

Result<bool> Visibility::visible(const Event& event, const PartyId& sender, Position position) {
  if (TRY(visible(located(event, sender, position)))) return true;
  if (!is_call(event)) return false;
  const auto call = TRY(audiences_.of_call(event));
  if (!call->audience.opens_to(sight_)) return false;
  for (const LocatedPtr& box : call->events)
    if (TRY(open(box))) return true;
  return false;
}

void LiveSight::advance(store::Snapshot& snapshot, const Event& event, const PartyId& sender, Position position) {
  audiences_.reset();
  if (!terms_) terms_ = std::make_unique<Terms>(snapshot, references_kept_);
  terms_->bind(snapshot);
  terms_->apply(position, event, sender);
  terms_->trim();
  event_ = event, sender_ = sender, position_ = position;
}

Result<bool> LiveSight::visible(const Sight& sight) {
  if (sight.sees_sender(sender_)) return true;
  if (!audiences_) audiences_ = std::make_unique<Audiences>(*terms_, position_);
  return Visibility(*audiences_, sight).visible(event_, sender_, position_);
}

}  // namespace fairway::journey
