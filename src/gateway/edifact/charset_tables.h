// The upper halves (0xA0–0xFF) of the ISO 8859 parts that UNB names, and what Windows-1252 has at 0x80–0x9F. U+FFFD: undefined.
#pragma once

#include <array>

namespace fairway::gateway::edifact {

using UpperHalf = std::array<char16_t, 96>;
extern const UpperHalf kIso8859_2, kIso8859_3, kIso8859_4, kIso8859_5, kIso8859_6, kIso8859_7, kIso8859_8, kIso8859_9, kIso8859_15;
extern const std::array<char16_t, 32> kWindows1252;

}  // namespace fairway::gateway::edifact
