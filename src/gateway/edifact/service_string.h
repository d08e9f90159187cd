// ServiceString: the service characters of an interchange, from UNA or the defaults of ISO 9735. Plain values; any thread.
#pragma once

#include <string_view>

namespace fairway::gateway::edifact {

inline constexpr char kNoServiceCharacter = ' ';  // a blank in UNA: the function is not used

struct ServiceString {
  char component = ':';
  char element = '+';
  char decimal = '.';
  char release = '?';
  char repetition = '*';  // in force from syntax version 4 on
  char terminator = '\'';
  bool stated = false;  // by a UNA

  [[nodiscard]] bool has_release() const { return release != kNoServiceCharacter; }
};

// Level B as the text of 1988 has it: the information separators IS1, IS3 and IS4, and nothing to release them.
inline constexpr ServiceString kInformationSeparators = {
    .component = '\x1F', .element = '\x1D', .release = kNoServiceCharacter, .repetition = kNoServiceCharacter, .terminator = '\x1C'};

// The six characters after "UNA".
[[nodiscard]] constexpr ServiceString service_string_from(std::string_view six) {
  return {.component = six[0],
          .element = six[1],
          .decimal = six[2],
          .release = six[3],
          .repetition = six[4],
          .terminator = six[5],
          .stated = true};
}

// No letters, digits or blanks as separators, and no two alike.
[[nodiscard]] constexpr bool is_usable(const ServiceString& s) {
  const auto separates = [](char c) {
    return c != ' ' && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
           static_cast<unsigned char>(c) < 0x80;
  };
  return separates(s.component) && separates(s.element) && separates(s.terminator) && s.component != s.element &&
         s.component != s.terminator && s.element != s.terminator &&
         (!s.has_release() || (separates(s.release) && s.release != s.component && s.release != s.element && s.release != s.terminator));
}

}  // namespace fairway::gateway::edifact
