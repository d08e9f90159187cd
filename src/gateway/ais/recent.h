// Recent: what was heard of the stations of late, by MMSI, in bounded room.
//
// Two generations: when the younger is full, the older is dropped. Whoever is asked for is young again, so only stations that were
// silent while half of `max` others spoke are forgotten. Not thread-safe.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>

namespace fairway::gateway::ais {

template <typename Value>
class Recent {
 public:
  explicit Recent(size_t max) : half_(max / 2) {}

  // Valid until the next call of at(); null where nothing is known.
  Value* find(uint32_t mmsi) {
    if (const auto young = young_.find(mmsi); young != young_.end()) return &young->second;
    const auto old = old_.find(mmsi);
    return old == old_.end() ? nullptr : &old->second;
  }
  Value& at(uint32_t mmsi) {
    if (const auto young = young_.find(mmsi); young != young_.end()) return young->second;
    if (young_.size() >= half_) old_ = std::exchange(young_, {});
    Value& value = young_[mmsi];
    if (const auto old = old_.find(mmsi); old != old_.end()) {
      value = std::move(old->second);
      old_.erase(old);
    }
    return value;
  }
  void erase(uint32_t mmsi) { young_.erase(mmsi), old_.erase(mmsi); }
  [[nodiscard]] size_t size() const { return young_.size() + old_.size(); }

 private:
  size_t half_;
  std::unordered_map<uint32_t, Value> young_, old_;
};

}  // namespace fairway::gateway::ais
