// CharacterSet: the character repertoires of UNB 0001 and their way to and from UTF-8.
//
// Senders often write something else than they declare. Text that is not what UNB says is read as what it looks like: as UTF-8
// where it is valid UTF-8, else as Latin-1 (with the Windows-1252 letters where Latin-1 has controls), and the caller is told.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::gateway::edifact {

enum class CharacterSet : uint8_t {
  level_a,
  level_b,  // ISO 9735: ISO 646 without, with lower-case letters
  latin_1,
  latin_2,
  cyrillic,
  greek,
  latin_3,
  latin_4,
  arabic,
  hebrew,
  latin_5,
  latin_9,
  utf_8,
  unsupported,  // declared, but not at hand (UNOX: ISO 2022 code extension)
  undeclared,   // no UNB, or a syntax identifier that is not of the UN
};

// By UNB 0001: "UNOA" … "UNOL", "UNOW", "UNOX", "UNOY".
[[nodiscard]] CharacterSet character_set(std::string_view syntax_identifier);

// Whether a byte below 0x80 may stand in data of the set: no controls, and what level A and B leave out.
[[nodiscard]] bool allows(CharacterSet set, unsigned char byte);

// Appends `text` to `out` in UTF-8, always valid. False where it was not in the set; a set that is not known takes any UTF-8.
[[nodiscard]] bool append_utf8(CharacterSet set, std::string_view text, std::string& out);

// Appends UTF-8 `text` in the set. Code::invalid names the first character that the set does not have.
[[nodiscard]] Status append_encoded(CharacterSet set, std::string_view text, std::string& out);

// Characters of a valid UTF-8 text.
[[nodiscard]] size_t count_characters(std::string_view text);

}  // namespace fairway::gateway::edifact
