#include "journey/calls.h"

#include <algorithm>
#include <cstdlib>

namespace fairway::journey {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;

bool share(std::span<const HeadReference> a, std::span<const HeadReference> b, ReferenceKind kind) {
  return std::ranges::any_of(a, [&](const HeadReference& r) { return r.kind == kind && std::ranges::find(b, r) != b.end(); });
}

}  // namespace

bool uses_vessel(Milestone milestone) {
  return milestone == Milestone::loaded || milestone == Milestone::discharged || milestone == Milestone::stowed;
}

bool has_voyage(std::span<const HeadReference> transport) {
  return std::ranges::any_of(transport, [](const HeadReference& r) { return r.kind == ReferenceKind::voyage; });
}

bool belongs(std::span<const HeadReference> transport, std::string_view unlocode, int64_t at_us, const Call& call) {
  if (unlocode.empty() || unlocode != call.unlocode) return false;
  const int64_t apart = std::abs(at_us - call.at_us);
  if (share(transport, call.transport, ReferenceKind::voyage)) return apart <= kCallWindowDays * kDayUs;
  return !has_voyage(transport) && share(transport, call.transport, ReferenceKind::vessel) && apart <= kVesselWindowDays * kDayUs;
}

}  // namespace fairway::journey
