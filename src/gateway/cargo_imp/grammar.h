// Grammar: the air cargo messages as data: which lines a message has, which fields a line, which parts a field.
//
// Three tables (grammar_tables.cc). A message kind names its lines. A line rule gives the pattern of the line and of the lines that
// continue it (those that begin with a slash). A pattern lists fields, "name:form", with "?" where a field may be absent and "( … )*"
// around fields that repeat to the end of the line. A form says what a field is made of:
//
//   a letters, n digits, m letters and digits, d decimal number, e date as 23NOV, v unit of volume, w unit of weight, s serial number of a
//   unit load device, t any text; each with its count, as in n1-4, and its name before a colon; =DG literally; [ … ] may be absent, { … }
//   repeats
//
// Read from the published grammars (gumraq/iata-messages, tyroneous9/CargoIMP-Compiler) and samples; the manual itself is not public.
// Pure data; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fairway::gateway::cargo_imp {

// How a line is told from the others of its message.
enum class Shape : uint8_t {
  tagged,       // by its identifier: "RCS/…", "SHP"
  air_waybill,  // "157-72071554…"
  flight_part,  // "1/KZ134/20JUN/…", the first line of FFM and FBL
  unloading,    // "ORD", "ANC/NIL/…", "ORD//14APR1235"
  flight,       // "LH400/12JUL/FRAJFK/NN"
  end,          // "LAST", "CONT"
};

enum class Continuation : uint8_t {
  none,
  repeat,       // every further line by the same pattern
  sequence,     // the second line by the first pattern, the third by the second, …; the last one repeats
  alternative,  // by the first pattern that fits
};

struct LineRule {
  std::string_view tag;
  std::string_view name;  // of the segment
  Shape shape = Shape::tagged;
  uint8_t level = 1;  // a line belongs under the last one of a lower level
  std::string_view fields;
  Continuation continuation = Continuation::none;
  std::string_view next;  // the patterns of continuing lines, parted by ';'
};

struct MessageKind {
  std::string_view id;
  std::string_view name;
  bool versioned = true;                 // its identifier has a version
  bool answers = false;                  // FMA, FNA: repeats the message that it answers
  int version_min = 0, version_max = 0;  // that the rules are of; 0 where the message is known by name only
  std::span<const LineRule> lines = {};
};

// Null where it is no message of air cargo.
[[nodiscard]] const MessageKind* find_message(std::string_view id);
[[nodiscard]] std::span<const MessageKind> message_kinds();

// The form of that name; "" where there is none.
[[nodiscard]] std::string_view form_named(std::string_view name);

// The columns of a rate line, told by their first letter, and the kinds of goods lines ("NG", "ND"): FWB's RTD.
struct RateColumn {
  std::string_view key;
  std::string_view pattern;
};
[[nodiscard]] const RateColumn* find_rate_column(char letter);
[[nodiscard]] const RateColumn* find_goods_line(std::string_view code);

}  // namespace fairway::gateway::cargo_imp
