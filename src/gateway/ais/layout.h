// How the fields of each AIS message lie in its bits, as tables: ITU-R M.1371-5, annex 8; IMO SN.1/Circ.289 and Circ.236 and the
// Inland AIS standard for the binary messages. Names, order and scaling of the members are those of gpsd's JSON.
//
// Constant data; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/ais/bits.h"

namespace fairway::gateway::ais {

enum class Form : uint8_t {
  number,         // unsigned
  signed_number,  // two's complement
  number_to_end,  // at most `bits`, and no more than there are
  flag,           // true or false
  decimal,        // (unsigned + add) / divide
  signed_decimal,
  text,         // six-bit characters
  text_to_end,  // as many as there are
  long_name,    // of 20 characters, going on after the message where all are used (type 21)
  code,         // a number, and NAME_text out of the legend
  legend,       // the legend's text alone
  turn,         // degrees a minute, "nan", "fastleft", "fastright"
  speed,        // knots in tenths, "nan", "fast"
  air_speed,    // knots, "nan", "fast"
  altitude,     // metres, "nan", "high"
  coordinate,   // signed_decimal, written as text with six decimals
  time,         // a text whose pieces stand one behind the other
  rest,         // "BITS:HEX" of all from `at` on, but for `bits` at the end
};

// A piece of a time: its bits, the digits it is written with at least, and what follows it.
struct TimePiece {
  uint8_t bits, digits;
  char after;
};

struct Legend {
  std::span<const std::string_view> texts;
  std::string_view otherwise;
  std::span<const uint16_t> codes;  // of the texts; empty: 0, 1, 2, …
  [[nodiscard]] std::string_view text(uint64_t code) const;
};

struct Field {
  std::string_view name;
  uint16_t at = 0, bits = 0;
  Form form = Form::number;
  int32_t add = 0;
  uint32_t divide = 1;
  uint8_t decimals = 0;
  const Legend* legend = nullptr;
  std::span<const TimePiece> pieces;
};

// Objects that stand one behind the other: as many as there is room for, or as many as `count_bits` at `count_at` say.
struct Repeat {
  std::string_view name;
  uint16_t at = 0, bits = 0;
  std::span<const Field> fields;
  uint16_t count_at = 0, count_bits = 0;
};

// One form of one message: that of a type whose bits at `key_at` are `key`, and whose length is within the bounds.
struct Layout {
  uint8_t type = 0;
  uint16_t bits_min = 0, bits_max = Bits::kMax;
  uint16_t key_at = 0, key_bits = 0, key = 0;
  std::span<const Field> head, fields;
  Repeat repeat;
  bool auxiliary_craft = false;  // only of an MMSI 98…: a boat of another ship
};

// The first layout that fits, or null: an unknown type, or a length that its type cannot have.
[[nodiscard]] const Layout* layout_of(const Bits& bits);
// An MMSI of the form 98MIDXXXX.
[[nodiscard]] constexpr bool is_auxiliary_craft(uint64_t mmsi) { return mmsi / 10'000'000 == 98; }
// Whether there is a layout of this type at all.
[[nodiscard]] bool is_known_type(uint64_t type);

// Tables, each in a file of its own.
[[nodiscard]] std::span<const Layout> message_layouts();  // all types but 6 and 8
[[nodiscard]] std::span<const Layout> binary_layouts();   // 6 and 8 by area code and function

// Builders of a table's rows.
constexpr Field number(std::string_view name, uint16_t at, uint16_t bits) { return {.name = name, .at = at, .bits = bits}; }
constexpr Field flag(std::string_view name, uint16_t at) { return {.name = name, .at = at, .bits = 1, .form = Form::flag}; }
constexpr Field text(std::string_view name, uint16_t at, uint16_t characters) {
  return {.name = name, .at = at, .bits = static_cast<uint16_t>(characters * 6), .form = Form::text};
}
constexpr Field code(std::string_view name, uint16_t at, uint16_t bits, const Legend& legend) {
  return {.name = name, .at = at, .bits = bits, .form = Form::code, .legend = &legend};
}
constexpr Field decimal(std::string_view name, uint16_t at, uint16_t bits, uint32_t divide, uint8_t decimals, int32_t add = 0) {
  return {.name = name, .at = at, .bits = bits, .form = Form::decimal, .add = add, .divide = divide, .decimals = decimals};
}
constexpr Field signed_decimal(std::string_view name, uint16_t at, uint16_t bits, uint32_t divide, uint8_t decimals) {
  return {.name = name, .at = at, .bits = bits, .form = Form::signed_decimal, .divide = divide, .decimals = decimals};
}
constexpr Field time(std::string_view name, uint16_t at, std::span<const TimePiece> pieces) {
  return {.name = name, .at = at, .form = Form::time, .pieces = pieces};
}
constexpr Field form(std::string_view name, uint16_t at, uint16_t bits, Form form) {
  return {.name = name, .at = at, .bits = bits, .form = form};
}
// All bits from `at` on but for the last ones.
constexpr Field rest(std::string_view name, uint16_t at, uint16_t but_for = 0) {
  return {.name = name, .at = at, .bits = but_for, .form = Form::rest};
}

inline constexpr TimePiece kMonthTime[] = {{4, 2, '-'}, {5, 2, 'T'}, {5, 2, ':'}, {6, 2, 'Z'}};

}  // namespace fairway::gateway::ais
