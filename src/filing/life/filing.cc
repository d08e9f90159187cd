#include "filing/life/filing.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::filing {
namespace {

constexpr std::array<std::string_view, 12> kStates = {"draft",   "checked",  "confirmed", "lodging", "lodged",     "accepted",
                                                      "queried", "rejected", "released",  "closed",  "cancelling", "cancelled"};
constexpr std::array<std::string_view, 3> kKinds = {"original", "amendment", "cancellation"};

constexpr unsigned bit(State state) { return 1u << static_cast<unsigned>(state); }
constexpr unsigned kWork = bit(State::draft) | bit(State::checked) | bit(State::confirmed);
constexpr unsigned kStands = bit(State::lodged) | bit(State::accepted) | bit(State::queried) | bit(State::released);
constexpr unsigned kHasNothing = bit(State::draft) | bit(State::rejected);

// What is done, in which states, and with what standing before the authority.
struct StepRow {
  std::string_view step;
  unsigned states, standings;
};
constexpr std::array kSteps = {
    StepRow{"check", kWork | kStands | bit(State::rejected), kHasNothing | kStands},
    StepRow{"confirm", bit(State::checked) | bit(State::confirmed), kHasNothing | kStands},
    StepRow{"withdraw", kWork, kHasNothing | kStands},
    StepRow{"original", bit(State::confirmed), kHasNothing},
    StepRow{"amendment", bit(State::confirmed), kStands},
    StepRow{"cancellation", kWork | kStands | bit(State::rejected), kStands & ~bit(State::released)},
    StepRow{"bundle", bit(State::accepted), bit(State::accepted)},
};

}  // namespace

std::string_view name(State state) { return kStates.at(static_cast<size_t>(state)); }

Result<State> state_from(std::string_view text) {
  const auto found = std::ranges::find(kStates, text);
  if (found == kStates.end()) return fail(Code::invalid, "not a state of a filing", legible(text), "draft, checked, confirmed, …");
  return static_cast<State>(found - kStates.begin());
}

std::string_view name(Kind kind) { return kKinds.at(static_cast<size_t>(kind)); }

Result<Kind> kind_from(std::string_view text) {
  const auto found = std::ranges::find(kKinds, text);
  if (found == kKinds.end()) return fail(Code::invalid, "not a kind of lodgement", legible(text), "original, amendment or cancellation");
  return static_cast<Kind>(found - kKinds.begin());
}

const Lodgement* open_lodgement(const Filing& filing) {
  const auto found = std::ranges::find(filing.lodgements, 0, &Lodgement::answered_us);
  return found == filing.lodgements.end() ? nullptr : &*found;
}

bool may(const Filing& filing, std::string_view step) {
  const auto row = std::ranges::find(kSteps, step, &StepRow::step);
  return row != kSteps.end() && (row->states & bit(filing.state)) != 0 && (row->standings & bit(filing.standing)) != 0;
}

std::vector<std::string> unconfirmed(const Filing& filing) {
  std::vector<std::string> groups;
  for (const FilledField& field : filing.draft.fields)
    if (std::ranges::find(groups, field.group) == groups.end()) groups.push_back(field.group);
  std::erase_if(groups, [&](const std::string& group) {
    const auto found = std::ranges::find(filing.confirmations, group, &GroupConfirmation::group);
    return found != filing.confirmations.end() && found->digest == filing.draft.digest(group);
  });
  return groups;
}

}  // namespace fairway::filing
