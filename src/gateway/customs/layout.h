// Layout: where the fields of a customs paper stand in an EDIFACT message, as a table that both writing and reading follow.
//
// A line is a segment as it would be written, with the names of fields in braces for what varies:
//
//   NAD+IM+++{importer.name*5}+{importer.address*4}++++{importer.country}
//   DTM+132:{arrivalDate@day}:102
//
//   {name}       one component
//   {name*5}     as many as five components of one composite, one after the other, when it is long
//   {name@day}   YYYY-MM-DD as CCYYMMDD;  {name@time}  RFC 3339 to the minute as CCYYMMDDHHMM with its offset
//   {*}          the fields that have no place of their own, as "name=value", five components
//
//   {name@words} a segment for each word
//   {@row}       the number of the row
//
// A line without braces is always written, and so is one that begins with '!'. `scope` is what it repeats for: "" once, else the row's name
// ("item", "container"): lines of one scope that follow each other are written for each row, the first of them always. A line that is
// `within` belongs to the last before it that is not, which is written whenever one of them is. Constant tables; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gateway::customs {

struct LayoutRow {
  std::string_view scope;
  std::string_view text;
  bool within = false;
};

enum class Shape : uint8_t { plain, day, time, words, row, rest };

struct LayoutPlace {
  uint16_t element = 0, component = 0;  // from 1
  uint16_t count = 1;                   // components that it may take
  Shape shape = Shape::plain;
  std::string name;
};
struct LayoutConstant {
  uint16_t element = 0, component = 0;
  std::string_view value;
};
struct LayoutLine {
  std::string_view scope, tag;
  bool within = false, always = false;
  std::vector<LayoutConstant> constants;
  std::vector<LayoutPlace> places;
};

struct Layout {
  std::string_view type;     // "CUSDEC"
  std::string_view release;  // "16A"
  std::vector<LayoutLine> lines;
};

// CUSDEC, CUSCAR and CUSRES of D.16A; null for another type.
[[nodiscard]] const Layout* find_layout(std::string_view type);

// `text` in the shape that the message has it in; "" where it has another.
[[nodiscard]] std::string shaped(Shape shape, std::string_view text);
[[nodiscard]] std::string unshaped(Shape shape, std::string_view text);

}  // namespace fairway::gateway::customs
