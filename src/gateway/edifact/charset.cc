#include "gateway/edifact/charset.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/bytes.h"
#include "gateway/edifact/charset_tables.h"

namespace fairway::gateway::edifact {
namespace {

struct SetRow {
  std::string_view identifier;
  CharacterSet set;
};

// ISO 9735-1 annex on syntax identifiers; UNOY stands for ISO 10646, which is sent as UTF-8; UNOL is Latin-9 in traffic.
constexpr std::array kSets = {
    SetRow{"UNOA", CharacterSet::level_a}, SetRow{"UNOB", CharacterSet::level_b},  SetRow{"UNOC", CharacterSet::latin_1},
    SetRow{"UNOD", CharacterSet::latin_2}, SetRow{"UNOE", CharacterSet::cyrillic}, SetRow{"UNOF", CharacterSet::greek},
    SetRow{"UNOG", CharacterSet::latin_3}, SetRow{"UNOH", CharacterSet::latin_4},  SetRow{"UNOI", CharacterSet::arabic},
    SetRow{"UNOJ", CharacterSet::hebrew},  SetRow{"UNOK", CharacterSet::latin_5},  SetRow{"UNOL", CharacterSet::latin_9},
    SetRow{"UNOW", CharacterSet::utf_8},   SetRow{"UNOY", CharacterSet::utf_8},    SetRow{"UNOX", CharacterSet::unsupported},
};

constexpr char16_t kReplacement = 0xFFFD;
constexpr unsigned kHighStart = 0x80, kLatinStart = 0xA0;

// The upper half of an ISO 8859 set; empty for the sets that have none.
std::span<const char16_t> upper_half(CharacterSet set) {
  switch (set) {
    case CharacterSet::latin_2: return kIso8859_2;
    case CharacterSet::latin_3: return kIso8859_3;
    case CharacterSet::latin_4: return kIso8859_4;
    case CharacterSet::cyrillic: return kIso8859_5;
    case CharacterSet::arabic: return kIso8859_6;
    case CharacterSet::greek: return kIso8859_7;
    case CharacterSet::hebrew: return kIso8859_8;
    case CharacterSet::latin_5: return kIso8859_9;
    case CharacterSet::latin_9: return kIso8859_15;
    default: return {};
  }
}

void append_code_point(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6), out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | c >> 12), out += static_cast<char>(0x80 | (c >> 6 & 0x3F)), out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_c1_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= kHighStart && byte < kLatinStart;
}
bool is_high(char c) { return static_cast<unsigned char>(c) >= kHighStart; }

// One byte a character. False where the set leaves a byte undefined.
bool append_single_bytes(CharacterSet set, std::string_view text, std::string& out) {
  const std::span<const char16_t> upper = upper_half(set);
  bool whole = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    char16_t code = byte;
    if (byte >= kHighStart && byte < kLatinStart)
      code = kWindows1252[byte - kHighStart], whole = false;
    else if (byte >= kLatinStart && !upper.empty())
      code = upper[byte - kLatinStart];
    whole = whole && code != kReplacement;
    append_code_point(out, code);
  }
  return whole;
}

// The code point at text[at], which moves past it; text is valid UTF-8.
char32_t next_code_point(std::string_view text, size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t code = lead & (0x3F >> more);
  for (int i = 0; i < more; ++i) code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return code;
}

// The byte of a code point in a single-byte set; −1 where it has none.
int encode(CharacterSet set, char32_t code) {
  if (code < kHighStart) return allows(set, static_cast<unsigned char>(code)) ? static_cast<int>(code) : -1;
  if (set == CharacterSet::level_a || set == CharacterSet::level_b) return -1;
  const std::span<const char16_t> upper = upper_half(set);
  if (upper.empty()) return code >= kLatinStart && code <= 0xFF ? static_cast<int>(code) : -1;
  const auto found = std::ranges::find(upper, static_cast<char16_t>(code));
  return code <= 0xFFFC && found != upper.end() ? static_cast<int>(kLatinStart + static_cast<unsigned>(found - upper.begin())) : -1;
}

bool keeps_utf8(CharacterSet set) {
  return set == CharacterSet::utf_8 || set == CharacterSet::unsupported || set == CharacterSet::undeclared;
}

}  // namespace

CharacterSet character_set(std::string_view syntax_identifier) {
  for (const SetRow& known : kSets)
    if (known.identifier == syntax_identifier) return known.set;
  return CharacterSet::undeclared;
}

bool allows(CharacterSet set, unsigned char byte) {
  if (byte < 0x20 || byte == 0x7F) return false;
  if (set != CharacterSet::level_a && set != CharacterSet::level_b) return true;
  if (byte >= 'a' && byte <= 'z') return set == CharacterSet::level_b;
  constexpr std::string_view kOutsideLevels = "#$@[\\]^_`{|}~";
  return kOutsideLevels.find(static_cast<char>(byte)) == std::string_view::npos;
}

bool append_utf8(CharacterSet set, std::string_view text, std::string& out) {
  if (std::ranges::none_of(text, is_high)) {
    out += text;
    return true;
  }
  const bool utf8 = is_valid_utf8(text);
  if (keeps_utf8(set)) {
    if (utf8)
      out += text;
    else
      (void)append_single_bytes(CharacterSet::latin_1, text, out);
    return utf8;
  }
  // A Latin capital followed by a symbol is no text, so valid UTF-8 wins over Latin-1. In the other sets two letters can look like
  // UTF-8: there only a byte that the set has no character for tells.
  const bool latin_like = set <= CharacterSet::latin_1;
  if (utf8 && (latin_like || std::ranges::any_of(text, is_c1_control))) {
    out += text;
    return false;
  }
  const bool whole = append_single_bytes(set, text, out);
  return whole && set != CharacterSet::level_a && set != CharacterSet::level_b;
}

Status append_encoded(CharacterSet set, std::string_view text, std::string& out) {
  if (!is_valid_utf8(text)) return fail(Code::invalid, "text is not UTF-8");
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t code = next_code_point(text, at);
    const int byte = keeps_utf8(set) && code >= kHighStart ? 0 : encode(set, code);
    if (byte < 0) return fail(Code::invalid, "a character is not in the character set", std::string(text.substr(start, at - start)));
    if (keeps_utf8(set))
      out += text.substr(start, at - start);
    else
      out += static_cast<char>(byte);
  }
  return {};
}

size_t count_characters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace fairway::gateway::edifact
