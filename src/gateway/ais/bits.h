// The bits of an AIS message: six-bit armour taken off (IEC 61162-1, table 37), read by position (ITU-R M.1371-5, annex 8).
// Values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::gateway::ais {

class Bits {
 public:
  static constexpr size_t kMax = 2'048;  // five slots of the link, and room for senders that know no limit

  // Appends a part's payload. Code::invalid for a character that is no armour; Code::too_large past kMax.
  Status append(std::string_view payload, unsigned fill_bits);

  [[nodiscard]] size_t size() const { return size_; }
  // Bits past the end read as 0.
  [[nodiscard]] uint64_t number(size_t at, unsigned count) const;
  [[nodiscard]] int64_t signed_number(size_t at, unsigned count) const;
  [[nodiscard]] bool flag(size_t at) const { return number(at, 1) != 0; }
  // Six-bit ASCII up to the first '@', without blanks at its end.
  [[nodiscard]] std::string text(size_t at, unsigned characters) const;
  // "SIZE:HEX" of the bits from `at` on, as gpsd writes what it does not take apart.
  [[nodiscard]] std::string hex(size_t at, size_t count) const;

 private:
  std::array<uint64_t, kMax / 64 + 1> words_{};
  size_t size_ = 0;
};

}  // namespace fairway::gateway::ais
