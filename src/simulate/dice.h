// Dice: numbers that look random and follow from a key alone, the same on every machine. Value type; one thread.
#pragma once

#include <cstdint>

namespace fairway::simulate {

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the key moves every bit of the result.
constexpr uint64_t mix(uint64_t key) {
  key += 0x9E3779B97F4A7C15u;
  key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
  key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
  return key ^ (key >> 31);
}
constexpr uint64_t mix(uint64_t a, uint64_t b) { return mix(mix(a) ^ b); }

class Dice {
 public:
  explicit constexpr Dice(uint64_t key) : state_(mix(key)) {}

  constexpr uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    return mix(state_);
  }
  // 0 … bound − 1.
  constexpr uint32_t below(uint32_t bound) { return static_cast<uint32_t>(((next() >> 32) * bound) >> 32); }
  // first … last, at most 2^32 values.
  constexpr int64_t between(int64_t first, int64_t last) { return first + below(static_cast<uint32_t>(last - first + 1)); }
  constexpr bool chance(uint32_t percent) { return below(100) < percent; }

 private:
  uint64_t state_;
};

}  // namespace fairway::simulate
