#include "gateway/edifact/reference_set.h"

#include <functional>
#include <utility>

#include "base/limits.h"

namespace fairway::gateway::edifact {
namespace {

constexpr size_t kSlotsFirst = 64;

}  // namespace

void ReferenceSet::clear() {
  slots_.clear();
  count_ = 0;
}

bool ReferenceSet::insert(std::string_view reference, std::string_view type) {
  if (count_ >= limits::kMessagesPerInterchangeMax) return true;
  if (slots_.size() < (count_ + 1) * 2) {
    const std::vector<uint64_t> old = std::exchange(slots_, std::vector<uint64_t>(slots_.empty() ? kSlotsFirst : slots_.size() * 2));
    for (const uint64_t hash : old)
      if (hash != 0) (void)place(hash);
  }
  constexpr uint64_t kMix = 0x9E3779B97F4A7C15;
  const std::hash<std::string_view> hash_of;
  const uint64_t hash = hash_of(reference) * kMix + hash_of(type);
  const bool fresh = place(hash != 0 ? hash : 1);
  if (fresh) ++count_;
  return fresh;
}

bool ReferenceSet::place(uint64_t hash) {
  size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & (slots_.size() - 1);
  return std::exchange(slots_[slot], hash) == 0;
}

}  // namespace fairway::gateway::edifact
