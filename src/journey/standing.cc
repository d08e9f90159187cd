#include "journey/standing.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace fairway::journey {
namespace {

// Retractions of retractions of … are followed so far; senders that amend in circles get an answer, the same for everybody.
constexpr int kRoundsMax = 8;

struct Effect {
  size_t amendment;  // index into `all`
  size_t target;
};

bool share_equipment(const EventHead& a, const EventHead& b) {
  const auto names = [](const EventHead& head, const HeadReference& wanted) {
    return std::ranges::find(head.references, wanted) != head.references.end();
  };
  const auto is_box = [](const HeadReference& reference) { return reference.kind == ReferenceKind::equipment; };
  if (std::ranges::none_of(a.references, is_box)) return std::ranges::none_of(b.references, is_box);
  return std::ranges::any_of(a.references, [&](const HeadReference& reference) { return is_box(reference) && names(b, reference); });
}

// A replaced document keeps its number: among its versions the later one counts.
bool written_before(const EventHead& earlier, const EventHead& later) {
  if (earlier.amendment == Amendment::none) return true;
  return std::tie(earlier.created_us, earlier.id) < std::tie(later.created_us, later.id);
}

bool concerns(const EventHead& amendment, const EventHead& target) {
  if (amendment.sender != target.sender || amendment.id == target.id) return false;
  if (amendment.amends == target.id) return true;
  return amendment.amends == target.document && target.document != 0 && amendment.milestone == target.milestone &&
         share_equipment(amendment, target) && written_before(target, amendment);
}

std::vector<Effect> effects_among(const std::vector<const EventHead*>& all) {
  std::unordered_multimap<uint64_t, size_t> by_name;
  for (size_t i = 0; i < all.size(); ++i) {
    by_name.emplace(all[i]->id, i);
    if (all[i]->document != 0) by_name.emplace(all[i]->document, i);
  }
  std::vector<Effect> effects;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i]->amendment == Amendment::none) continue;
    const auto [first, last] = by_name.equal_range(all[i]->amends);
    for (auto named = first; named != last; ++named)
      if (concerns(*all[i], *all[named->second])) effects.push_back({i, named->second});
  }
  return effects;
}

// Which amendments have an effect: all but those that an effective retraction withdraws.
std::vector<char> effective(const std::vector<const EventHead*>& all, const std::vector<Effect>& effects) {
  std::vector<char> now(all.size(), 1);
  for (int round = 0; round < kRoundsMax; ++round) {
    std::vector<char> next(all.size(), 1);
    for (const Effect& effect : effects)
      if (now[effect.amendment] && all[effect.amendment]->amendment == Amendment::retraction) next[effect.target] = 0;
    if (next == now) break;
    now = std::move(next);
  }
  return now;
}

}  // namespace

std::vector<Standing> standing_of(std::span<const LocatedPtr> events, std::span<const LocatedPtr> amending) {
  std::vector<Standing> standing(events.size(), Standing::stands);
  const auto amends = [](const LocatedPtr& located) { return located->head.amendment != Amendment::none; };
  if (std::ranges::none_of(events, amends) && amending.empty()) return standing;
  std::vector<const EventHead*> all;
  all.reserve(events.size() + amending.size());
  for (const LocatedPtr& located : events) all.push_back(&located->head);
  for (const LocatedPtr& located : amending) all.push_back(&located->head);
  const std::vector<Effect> effects = effects_among(all);
  const std::vector<char> counts = effective(all, effects);
  for (size_t i = 0; i < events.size(); ++i)
    if (all[i]->amendment == Amendment::retraction) standing[i] = Standing::retracted;
  for (const Effect& effect : effects) {
    if (effect.target >= events.size() || !counts[effect.amendment]) continue;
    Standing& target = standing[effect.target];
    if (all[effect.amendment]->amendment == Amendment::retraction) target = Standing::retracted;
    if (target == Standing::stands) target = Standing::corrected;
  }
  return standing;
}

}  // namespace fairway::journey
