// Which deadlines of a consignment have come how near. Pure.
#include <algorithm>

#include "exchange/filing/deadline_watch.h"

namespace fairway::exchange {
namespace {

using filing::Filing;
using filing::PlannedFiling;
using filing::State;

// What the authority has, or is being brought, is not reminded of.
bool is_lodged(const Filing& filing) {
  switch (filing.state) {
    case State::draft:
    case State::checked:
    case State::confirmed:
    case State::rejected: return filing.standing != State::draft && filing.standing != State::rejected;
    case State::cancelled: return false;
    default: return true;
  }
}

// Whose duty it is: of whoever has begun it, else of the participant who has that regime, else of the owner.
const PartyId& filer_of(const filing::Consignment& consignment, const Filing* begun, const std::string& regime) {
  if (begun != nullptr) return begun->party;
  for (const filing::Participant& participant : consignment.participants)
    if (std::ranges::find(participant.regimes, regime) != participant.regimes.end()) return participant.party;
  return consignment.owner;
}

std::string subject_of(const filing::Consignment& consignment) {
  return consignment.reference.empty() ? consignment.id : consignment.reference;
}

}  // namespace

DeadlineSteps deadline_steps(const filing::Consignment& consignment, std::span<const Filing> filings,
                             std::span<const PlannedFiling> planned, int64_t now_us) {
  DeadlineSteps out;
  for (const PlannedFiling& one : planned) {
    if (!one.deadline) continue;
    const Filing* begun = nullptr;
    for (const Filing& filing : filings)
      if (filing.key == one.key && filing.state != State::cancelled) begun = &filing;
    if (begun != nullptr && is_lodged(*begun)) continue;
    std::vector<int64_t> moments;
    for (const Instant& reminder : one.deadline->reminders)
      if (reminder < one.deadline->latest) moments.push_back(reminder.micros);
    std::ranges::sort(moments);
    moments.push_back(one.deadline->latest.micros + 1);  // in time is up to and with the last moment
    const auto next = std::ranges::upper_bound(moments, now_us);
    if (next != moments.end()) out.next_look_us = std::min(out.next_look_us, *next);
    if (next == moments.begin()) continue;
    const bool late = next == moments.end();
    DeadlineStep step;
    step.reached_us = *std::prev(next);
    step.party = filer_of(consignment, begun, one.key.regime);
    step.form = one.key.text();
    step.title = one.title;
    step.alert.kind = journey::AlertKind::deadline;
    step.alert.reason = late ? journey::Reason::deadline_passed : journey::Reason::deadline_near;
    step.alert.severity = late ? journey::Severity::critical : journey::Severity::warning;
    step.alert.subject = subject_of(consignment);
    step.alert.milestone = Milestone::declaration_lodged;
    step.alert.planned = one.deadline->latest;
    step.alert.apart_us = std::abs(one.deadline->latest.micros - now_us);
    step.alert.step = static_cast<int>(next - moments.begin()) - 1;
    // A deadline that moves, because what it counts from has moved, is another.
    step.alert.facts = {"deadline|" + consignment.id + "|" + step.form + "|" + std::to_string(one.deadline->latest.micros)};
    out.steps.push_back(std::move(step));
  }
  return out;
}

}  // namespace fairway::exchange
