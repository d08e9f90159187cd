#include "gateway/customs/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "base/instant.h"
#include "gateway/customs/layouts.h"

namespace fairway::gateway::customs {
namespace {

constexpr std::array<std::pair<std::string_view, Shape>, 3> kShapes = {
    {{"day", Shape::day}, {"time", Shape::time}, {"words", Shape::words}}};

std::string_view next_part(std::string_view& rest, char separator) {
  const size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

uint16_t number_of(std::string_view text) {
  uint16_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The inside of the braces.
LayoutPlace parse_place(std::string_view text, uint16_t element, uint16_t component) {
  if (text == "*") return {element, component, 5, Shape::rest, ""};
  if (text == "@row") return {element, component, 1, Shape::row, ""};
  LayoutPlace place{element, component, 1, Shape::plain, ""};
  if (const size_t star = text.find('*'); star != std::string_view::npos) {
    place.count = number_of(text.substr(star + 1));
    text = text.substr(0, star);
  }
  if (const size_t at = text.find('@', 1); at != std::string_view::npos) {
    for (const auto& [name, shape] : kShapes)
      if (text.substr(at + 1) == name) place.shape = shape;
    text = text.substr(0, at);
  }
  place.name = text;
  return place;
}

LayoutLine parse_line(const LayoutRow& row) {
  LayoutLine line{row.scope, {}, row.within, row.text.starts_with('!'), {}, {}};
  std::string_view rest = row.text;
  if (line.always) rest.remove_prefix(1);
  line.tag = next_part(rest, '+');
  for (uint16_t element = 1; !rest.empty(); ++element) {
    std::string_view components = next_part(rest, '+');
    for (uint16_t component = 1; !components.empty(); ++component) {
      const std::string_view value = next_part(components, ':');
      if (value.starts_with('{'))
        line.places.push_back(parse_place(value.substr(1, value.size() - 2), element, component));
      else if (!value.empty())
        line.constants.push_back({element, component, value});
    }
  }
  line.always = line.always || line.places.empty();
  return line;
}

Layout parse_layout(std::string_view type, std::string_view release, std::span<const LayoutRow> rows) {
  Layout layout{type, release, {}};
  for (const LayoutRow& row : rows) layout.lines.push_back(parse_line(row));
  return layout;
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "202611241000+0800"
std::string compact_time(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  if (!instant || instant->zone != ZoneSource::stated) return {};
  const CivilTime t = civil_of(instant->micros, instant->offset_minutes);
  const int offset = std::abs(instant->offset_minutes);
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{}{:02}{:02}", t.year, t.month, t.day, t.hour, t.minute,
                     instant->offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string full_time(std::string_view text) {
  if (text.size() != 17 || !all_digits(text.substr(0, 12)) || !all_digits(text.substr(13))) return {};
  std::string full = fmt::format("{}-{}-{}T{}:{}:00{}:{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2), text.substr(8, 2),
                                 text.substr(10, 2), text.substr(12, 3), text.substr(15));
  const auto instant = parse_rfc3339(full);
  return instant ? to_rfc3339(*instant) : std::string();
}

}  // namespace

const Layout* find_layout(std::string_view type) {
  static const std::array<Layout, 3> layouts = {parse_layout("CUSDEC", "16A", cusdec_rows()), parse_layout("CUSCAR", "16A", cuscar_rows()),
                                                parse_layout("CUSRES", "16A", cusres_rows())};
  const auto found = std::ranges::find(layouts, type, &Layout::type);
  return found == layouts.end() ? nullptr : &*found;
}

std::string shaped(Shape shape, std::string_view text) {
  if (shape == Shape::plain || shape == Shape::words) return std::string(text);
  std::string out;
  if (shape == Shape::day && text.size() == 10 && text[4] == '-' && text[7] == '-')
    out = fmt::format("{}{}{}", text.substr(0, 4), text.substr(5, 2), text.substr(8));
  if (shape == Shape::time) out = compact_time(text);
  return !out.empty() && unshaped(shape, out) == text ? out : std::string();
}

std::string unshaped(Shape shape, std::string_view text) {
  if (shape == Shape::day)
    return text.size() == 8 && all_digits(text) ? fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6))
                                                : std::string();
  return shape == Shape::time ? full_time(text) : std::string(text);
}

}  // namespace fairway::gateway::customs
