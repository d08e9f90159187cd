#include "journey/outages.h"

#include <algorithm>

namespace fairway::journey {
namespace {

constexpr int64_t kWindowUs = int64_t{kOutageWindowDays} * 86'400'000'000;

}  // namespace

bool is_outage(Milestone milestone) { return milestone == Milestone::outage_began || milestone == Milestone::outage_ended; }

std::vector<Stay> stays_of(std::span<const Claim> claims) {
  std::vector<Stay> out;
  for (size_t i = 0; i < claims.size(); ++i) {
    const Place& place = claims[i].event.place;
    if (!claims[i].stands() || place.unlocode.empty()) continue;
    const int64_t when = claims[i].event.occurred.micros;
    auto known =
        std::ranges::find_if(out, [&](const Stay& stay) { return stay.unlocode == place.unlocode && stay.facility == place.facility; });
    if (known == out.end()) {
      if (out.size() == kStaysMax) continue;
      known = out.insert(out.end(), {place.unlocode, place.facility, when, when, {}});
    }
    known->from_us = std::min(known->from_us, when);
    known->to_us = std::max(known->to_us, when);
    known->claims.push_back(i);
  }
  return out;
}

std::vector<HeadReference> facilities_of(std::span<const Stay> stays) {
  std::vector<HeadReference> out;
  const auto add = [&out](const std::string& key) {
    if (const auto made = Reference::make(ReferenceKind::facility, key)) out.push_back(head_reference(*made));
  };
  for (const Stay& stay : stays) {
    add(stay.unlocode);
    if (!stay.facility.empty()) add(stay.unlocode + "/" + stay.facility);
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

bool concerns(const EventHead& outage, const Stay& stay) {
  if (!is_outage(outage.milestone) || outage.unlocode != stay.unlocode) return false;
  if (!outage.facility.empty() && outage.facility != stay.facility) return false;
  return outage.occurred_us >= stay.from_us - kWindowUs && outage.occurred_us <= stay.to_us + kWindowUs;
}

}  // namespace fairway::journey
