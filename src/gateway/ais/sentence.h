// AIS sentences (IEC 61162-1, NMEA 0183 4.x): one line as it comes from a receiver, with the TAG block before it.
//
//   \s:station,c:1700000000*4F\!AIVDM,2,1,3,B,55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S;AJ::4A80?4i@E53,0*3E
//
// A line that is not one is an Error that names the fault; nothing is guessed. Views into the line, which must outlive the sentence.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/status.h"

namespace fairway::gateway::ais {

// What a receiver adds in front (NMEA 0183 4.10, clause 7): of it what says where and when.
struct TagBlock {
  std::string_view source;        // s
  std::optional<int64_t> unix_s;  // c, in seconds, whether it was sent in seconds or milliseconds
  uint8_t part = 0, parts = 0;    // g: part 1 of 2, …
  std::string_view group;         // g: the group that the parts are of
};

struct Sentence {
  TagBlock tag;
  std::string_view talker;  // AI, AB, AN, BS, SA, …
  bool own_ship = false;    // VDO
  uint8_t parts = 1, part = 1;
  std::optional<uint8_t> sequence;  // of a message of several parts
  char channel = '\0';              // A, B, 1, 2; '\0' where it is not said
  std::string_view payload;         // six-bit armour
  uint8_t fill_bits = 0;            // to leave out at the end
};

inline constexpr uint8_t kPartsMax = 9;
inline constexpr size_t kSentenceBytesMax = 1'024;  // the standard allows 82 without the TAG block; some receivers send more

// Code::invalid: no AIS sentence, a wrong or missing checksum, fields missing or out of range.
[[nodiscard]] Result<Sentence> parse_sentence(std::string_view line);

}  // namespace fairway::gateway::ais
