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
  void clear();

  [[nodiscard]] size_t size() const { return size_; }
  // `count` is at most 64; bits past the end read as 0.
  [[nodiscard]] uint64_t number(size_t at, unsigned count) const {
    if (count == 0 || at >= kMax) return 0;
    const size_t word = at / 64, offset = at % 64;
    uint64_t value = words_[word] << offset;
    if (offset != 0 && offset + count > 64) value |= words_[word + 1] >> (64 - offset);
    return value >> (64 - count);
  }
  // Two's complement.
  [[nodiscard]] int64_t signed_number(size_t at, unsigned count) const {
    return count == 0 ? 0 : static_cast<int64_t>(number(at, count) << (64 - count)) >> (64 - count);
  }
  [[nodiscard]] bool flag(size_t at) const { return number(at, 1) != 0; }
  // Six-bit ASCII up to the first '@' or the end, with its blanks.
  [[nodiscard]] std::string padded_text(size_t at, unsigned characters) const;
  // The same without the blanks at its end.
  [[nodiscard]] std::string text(size_t at, unsigned characters) const;
  // "COUNT:HEX" of the bits from `at` on, in whole bytes: of the last one only the first COUNT % 8 bits are meant.
  [[nodiscard]] std::string hex(size_t at, size_t count) const;

 private:
  std::array<uint64_t, kMax / 64 + 1> words_{};
  size_t size_ = 0;
};

}  // namespace fairway::gateway::ais
