#include "journey/visibility.h"

#include <algorithm>

namespace fairway::journey {
namespace {

bool is_one_of(std::string_view box, const std::vector<std::string>& boxes) { return std::ranges::find(boxes, box) != boxes.end(); }

// Whether the event is of boxes, and of none of these.
bool is_of_another_box(const EventHead& event, const std::vector<std::string>& boxes) {
  if (boxes.empty()) return false;
  bool names_some = false;
  for (const HeadReference& reference : event.references) {
    if (reference.kind != ReferenceKind::equipment) continue;
    if (is_one_of(reference.value, boxes)) return false;
    names_some = true;
  }
  return names_some;
}

bool hides_box(const Look& look, ReferenceKind kind, std::string_view value) {
  return look.grant != nullptr && kind == ReferenceKind::equipment && !look.grant->boxes.empty() && !is_one_of(value, look.grant->boxes);
}

}  // namespace

bool redact(Event& event, const Look& look, const Sight& sight) {
  const auto hidden = [&](const Reference& reference) { return hides_box(look, reference.kind(), reference.value()); };
  const bool boxes_taken = std::erase_if(event.references, hidden) != 0;
  return sight.redact(event, look.sees) || boxes_taken;
}

bool Visibility::shows_reference(const Look& look, ReferenceKind kind, std::string_view value) const {
  return !hides_box(look, kind, value) && sight_.shows_reference(look.sees, kind);
}

LocatedPtr located(const Event& event, const PartyId& sender, Position position) {
  auto made = std::make_shared<Located>(Located{position, head_of(event, sender)});
  std::ranges::sort(made->head.references);
  return made;
}

Result<Look> Visibility::look(const LocatedPtr& event) {
  if (sight_.sees_sender(event->head.sender)) return Look{Sees::everything()};
  if (const auto known = looks_.find(event->position); known != looks_.end()) return known->second;
  Look look = TRY(look_of_viewer(event));
  if (!sight_.shows(look.sees, event->head)) look = {};
  looks_.emplace(event->position, look);
  return look;
}

Result<Look> Visibility::look(const Event& event, const PartyId& sender, Position position) {
  const LocatedPtr itself = located(event, sender, position);
  const Look own = TRY(look(itself));
  if (own.sees_something() || !is_call(event)) return own;
  for (const LocatedPtr& box : *TRY(audiences_.boxes_of_call(event))) {
    if (box->head.sender == sight_.viewer()) continue;  // its own word opens nothing
    const Look through = TRY(look(box));
    if (through.sees_something() && sight_.shows(through.sees, itself->head)) return through;
  }
  return Look{};
}

// Where no grant can add to what the viewer sees when it is named, nothing is asked but whether it is.
Result<Look> Visibility::look_of_viewer(const LocatedPtr& event) {
  if (!viewer_) viewer_ = TRY(audiences_.rule().by_id(audiences_.terms().snapshot(), sight_.viewer())).value_or(Insider{});
  if (viewer_->sees == viewer_->most && TRY(audiences_.reaches(event, sight_.viewer()))) return Look{viewer_->sees};
  givers_asked_ = 0;
  return look_of(sight_.viewer(), event->head, TRY(audiences_.of(event)), 0);
}

// What the party sees of the sender's event. A grant gives what its giver sees, who may hold it by a grant again.
Result<Look> Visibility::look_of(const PartyId& party, const EventHead& event, const AudiencePtr& audience, int givers) {
  if (party == event.sender) return Look{Sees::everything()};
  Look look;
  if (audience->has(party)) {
    const auto insider = TRY(audiences_.rule().by_id(audiences_.terms().snapshot(), party));
    if (insider) look.sees = insider->sees;
    if (insider && insider->sees == insider->most) return look;  // no grant can add to it
  }
  if (givers == kGiversMax || givers_asked_ >= kGiversAskedMax) return look;
  for (const Held& grant : *TRY(held(party, audience))) {
    if (grant.lawful && givers > 0) continue;  // what the law opens to an authority is not its own to give
    if (is_of_another_box(event, grant.boxes)) continue;
    ++givers_asked_;
    const Sees given = grant.lawful ? grant.sees : grant.sees & TRY(look_of(grant.from, event, audience, givers + 1)).sees;
    if ((look.sees | given) == look.sees) continue;
    look.sees = look.sees | given;
    if (look.grant == nullptr) look.grant = &grant;
  }
  return look;
}

Result<const std::vector<Held>*> Visibility::held(const PartyId& party, const AudiencePtr& audience) {
  const std::string key = party + '@' + std::to_string(reinterpret_cast<uintptr_t>(audience.get()));
  if (const auto known = held_.find(key); known != held_.end()) return &known->second.second;
  std::vector<Held> grants = TRY(audiences_.rule().held(audiences_.terms().snapshot(), party, audience->references, audience->insiders));
  return &held_.emplace(key, std::pair(audience, std::move(grants))).first->second.second;
}

void LiveSight::advance(store::Snapshot& snapshot, const Event& event, const PartyId& sender, Position position) {
  audiences_.reset();
  if (!terms_) terms_ = std::make_unique<Terms>(snapshot, references_kept_);
  terms_->bind(snapshot);
  terms_->apply(position, event, sender);
  terms_->trim();
  event_ = event, sender_ = sender, position_ = position;
}

Result<LiveSight::Seen> LiveSight::look(const Sight& sight) {
  if (sight.sees_sender(sender_)) return Seen{Sees::everything(), std::nullopt};
  if (!audiences_) audiences_ = std::make_unique<Audiences>(*terms_, sight.rule(), position_);
  Visibility visibility(*audiences_, sight);
  const Look look = TRY(visibility.look(event_, sender_, position_));
  return Seen{look.sees, look.grant == nullptr ? std::nullopt : std::optional(*look.grant)};
}

}  // namespace fairway::journey
