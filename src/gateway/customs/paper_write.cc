#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/instant.h"
#include "gateway/customs/layout.h"
#include "gateway/customs/paper.h"
#include "gateway/customs/row_name.h"
#include "gateway/edifact/charset.h"
#include "gateway/edifact/directory.h"
#include "gateway/edifact/write/sheet.h"
#include "gateway/edifact/writer.h"

namespace fairway::gateway::customs {
namespace {

using edifact::Component;

constexpr size_t kRowsMax = 9'999;       // of one scope: what the segment tables have room for
constexpr size_t kRestCharacters = 512;  // one component of FTX

using Values = std::map<std::string, std::string, std::less<>>;
struct Content {
  Values whole;                                                         // fields that do not repeat
  std::map<std::string, std::map<uint32_t, Values>, std::less<>> rows;  // scope → row → fields by their names without the number
  [[nodiscard]] uint32_t count(std::string_view scope) const {
    const auto found = rows.find(scope);
    return found == rows.end() || found->second.empty() ? 0 : found->second.rbegin()->first;
  }
};

// In one line, without blanks at the ends. Code::invalid for a control character.
Result<std::string> in_one_line(const PaperField& field) {
  std::string out;
  for (const char c : trim(field.value)) {
    const bool blank = c == '\n' || c == '\r' || c == '\t';
    if (!blank && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F))
      return fail(Code::invalid, "the field holds a control character, which no message can carry", field.name);
    if (blank && !out.empty() && out.back() == ' ') continue;
    out += blank ? ' ' : c;
  }
  if (!is_valid_utf8(out)) return fail(Code::invalid, "the field is not UTF-8", field.name);
  return out;
}

// The longest beginning of at most `characters_max` characters that no blank ends and none follows; 0 where there is none.
size_t cut_of(std::string_view text, size_t characters_max) {
  if (edifact::count_characters(text) <= characters_max) return text.size();
  size_t end = 0;
  for (size_t characters = 0; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) continue;
    if (characters++ == characters_max) break;
  }
  while (end > 0 && ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80 || text[end] == ' ' || text[end - 1] == ' ')) --end;
  return end;
}

class Composer {
 public:
  Composer(const Paper& paper, const Layout& layout, const edifact::Directory& directory)
      : paper_(paper), layout_(layout), directory_(directory) {}

  Status sort_fields() {
    std::set<std::string_view> seen;
    for (const PaperField& field : paper_.fields) {
      if (field.name.empty() || field.name.find('=') != std::string::npos || field.name.find(' ') != std::string::npos)
        return fail(Code::invalid, "this is no name of a field", field.name);
      if (!seen.insert(field.name).second) return fail(Code::invalid, "a field stands in a paper once", field.name);
      std::string value = TRY(in_one_line(field));
      if (value.empty()) continue;
      const RowName name = row_name(field.name);
      const bool has_rows = name.row != 0 && std::ranges::any_of(layout_.lines, [&](const LayoutLine& l) { return l.scope == name.scope; });
      if (has_rows && name.row > kRowsMax) return fail(Code::too_large, "a message has no room for so many rows", field.name);
      (has_rows ? content_.rows[name.scope][name.row] : content_.whole).emplace(has_rows ? name.name : field.name, std::move(value));
    }
    content_.whole.emplace("@id", paper_.id);
    return find_rest();
  }

  Result<std::string> compose(std::string_view syntax) {
    edifact::Writer writer({.set = edifact::character_set(syntax)});
    writer.begin_interchange(envelope(syntax));
    writer.begin_message("1", {layout_.type, "D", layout_.release, "UN"});
    TRY_OK(write_lines(writer));
    writer.end_message().end_interchange();
    return writer.finish();
  }

 private:
  // The same letter gives the same references.
  [[nodiscard]] edifact::Interchange envelope(std::string_view syntax) const {
    const CivilTime utc = civil_of(paper_.written_us, 0);
    edifact::Interchange head;
    head.syntax = syntax;
    head.sender.id = paper_.sender;
    head.recipient.id = paper_.recipient;
    head.date = fmt::format("{:02}{:02}{:02}", utc.year % 100, utc.month, utc.day);
    head.time = fmt::format("{:02}{:02}", utc.hour, utc.minute);
    head.reference = to_upper(to_hex(sha256(paper_.id)).substr(0, 14));
    return head;
  }

  // The fields that the scope's lines have no place for, or not in their shape.
  Status find_rest() {
    const auto is_placed = [&](std::string_view scope, const std::string& name, const std::string& value) {
      return std::ranges::any_of(layout_.lines, [&](const LayoutLine& line) {
        return line.scope == scope && std::ranges::any_of(line.places, [&](const LayoutPlace& place) {
                 return place.name == name && !shaped(place.shape, value).empty();
               });
      });
    };
    const auto has_rest = [&](std::string_view scope) {
      return std::ranges::any_of(layout_.lines, [&](const LayoutLine& line) {
        return line.scope == scope && std::ranges::any_of(line.places, [](const LayoutPlace& p) { return p.shape == Shape::rest; });
      });
    };
    for (const auto& [name, value] : content_.whole)
      if (!is_placed("", name, value)) rest_[{"", 0}].emplace_back(name, value);
    for (const auto& [scope, rows] : content_.rows)
      for (const auto& [row, values] : rows)
        for (const auto& [name, value] : values)
          if (!is_placed(scope, name, value)) {
            const bool own = has_rest(scope);
            rest_[own ? std::pair(scope, row) : std::pair(std::string(), 0U)].emplace_back(own ? name : full_name(scope, row, name), value);
          }
    if (!rest_.empty() && !has_rest(""))
      return fail(Code::invalid, "the message has no place for this field", rest_.begin()->second.front().first);
    return {};
  }

  Status write_lines(edifact::Writer& writer) {
    const std::vector<LayoutLine>& lines = layout_.lines;
    for (size_t i = 0; i < lines.size();) {
      size_t end = i + 1;
      if (lines[i].scope.empty()) {
        while (end < lines.size() && lines[end].within) ++end;
        TRY_OK(write_group(writer, {&lines[i], end - i}, content_.whole, {"", 0}, false));
      } else {
        while (end < lines.size() && lines[end].scope == lines[i].scope) ++end;
        TRY_OK(write_rows(writer, {&lines[i], end - i}));
      }
      i = end;
    }
    return {};
  }

  Status write_rows(edifact::Writer& writer, std::span<const LayoutLine> lines) {
    const std::string scope(lines.front().scope);
    const auto found = content_.rows.find(scope);
    for (uint32_t row = 1; row <= content_.count(scope); ++row) {
      static const Values kNone;
      const auto values = found->second.find(row);
      for (size_t i = 0; i < lines.size();) {
        size_t end = i + 1;
        while (end < lines.size() && lines[end].within) ++end;
        TRY_OK(
            write_group(writer, lines.subspan(i, end - i), values == found->second.end() ? kNone : values->second, {scope, row}, i == 0));
        i = end;
      }
    }
    return {};
  }

  // A line and those within it.
  Status write_group(edifact::Writer& writer, std::span<const LayoutLine> lines, const Values& values,
                     const std::pair<std::string, uint32_t>& where, bool first_of_row) {
    if (lines.front().places.size() == 1 && lines.front().places.front().shape == Shape::rest)
      return write_rest(writer, lines.front(), where);
    std::vector<bool> has(lines.size());
    for (size_t i = 0; i < lines.size(); ++i)
      has[i] = std::ranges::any_of(lines[i].places, [&](const LayoutPlace& place) {
        const auto found = values.find(place.name);
        return found != values.end() && !shaped(place.shape, found->second).empty();
      });
    const bool any = std::ranges::find(has, true) != has.end();
    for (size_t i = 0; i < lines.size(); ++i) {
      const bool written = has[i] || (i == 0 && (any || first_of_row || lines[0].always));
      if (written) TRY_OK(write_line(writer, lines[i], values, where.second));
    }
    return {};
  }

  Status write_line(edifact::Writer& writer, const LayoutLine& line, const Values& values, uint32_t row) {
    if (line.places.size() == 1 && line.places.front().shape == Shape::words) return write_words(writer, line, values, row);
    std::vector<std::pair<Component, std::string>> parts;
    for (const LayoutConstant& c : line.constants) parts.push_back({Component{c.element, 0, c.component, 0, {}}, std::string(c.value)});
    for (const LayoutPlace& place : line.places) {
      if (place.shape == Shape::row) parts.push_back({Component{place.element, 0, place.component, 0, {}}, std::to_string(row)});
      const auto found = values.find(place.name);
      if (found == values.end() || place.shape == Shape::row) continue;
      const std::string value = shaped(place.shape, found->second);
      if (!value.empty()) TRY_OK(put(parts, line, place, value, row));
    }
    emit(writer, line.tag, parts);
    return {};
  }

  Status write_words(edifact::Writer& writer, const LayoutLine& line, const Values& values, uint32_t row) {
    const auto found = values.find(line.places.front().name);
    std::string_view left = found == values.end() ? std::string_view() : std::string_view(found->second);
    while (!left.empty()) {
      const size_t blank = left.find(' ');
      std::vector<std::pair<Component, std::string>> parts;
      for (const LayoutConstant& c : line.constants) parts.push_back({Component{c.element, 0, c.component, 0, {}}, std::string(c.value)});
      TRY_OK(put(parts, line, line.places.front(), left.substr(0, blank), row));
      emit(writer, line.tag, parts);
      left.remove_prefix(blank == std::string_view::npos ? left.size() : left.find_first_not_of(' ', blank));
    }
    return {};
  }

  // A value into its component, or over several of them.
  Status put(std::vector<std::pair<Component, std::string>>& parts, const LayoutLine& line, const LayoutPlace& place,
             std::string_view value, uint32_t row) {
    const std::string name = row == 0 ? place.name : full_name(std::string(line.scope), row, place.name);
    std::string_view left = value;
    for (uint16_t i = 0; i < place.count && !left.empty(); ++i) {
      const edifact::ComponentRule* rule = rule_of(line.tag, place.element, static_cast<uint16_t>(place.component + i));
      if (rule == nullptr) break;
      if (rule->type == edifact::ElementType::numeric && !is_number(left))
        return fail(Code::invalid, "the message takes a number here", name + " is '" + legible(value) + "'");
      if (edifact::count_characters(left) < rule->min)
        return fail(Code::invalid, "the field is shorter than the message wants it", name,
                    std::to_string(rule->min) + " characters at least");
      const size_t cut = place.count == 1 && edifact::count_characters(left) > rule->max ? 0 : cut_of(left, rule->max);
      if (cut == 0) break;
      parts.push_back({Component{place.element, 0, static_cast<uint16_t>(place.component + i), 0, {}}, std::string(left.substr(0, cut))});
      left.remove_prefix(cut);
    }
    if (left.empty()) return {};
    return fail(Code::invalid, "the field is longer than the message has room for", name + " in " + std::string(line.tag),
                "shorten it to " + std::to_string(room(line.tag, place)) + " characters");
  }

  // "name=value" in as many components as it takes; a value that goes on repeats the name.
  Status write_rest(edifact::Writer& writer, const LayoutLine& line, const std::pair<std::string, uint32_t>& where) {
    const auto found = rest_.find(where);
    if (found == rest_.end()) return {};
    const LayoutPlace& place = line.places.front();
    std::vector<std::string> texts;
    for (const auto& [name, value] : found->second) {
      const std::string head = name + "=";
      if (head.size() >= kRestCharacters / 2) return fail(Code::invalid, "the field's name is too long", name);
      for (std::string_view left = value; !left.empty();) {
        const size_t cut = cut_of(left, kRestCharacters - head.size());
        if (cut == 0) return fail(Code::invalid, "the field has too many blanks in a row to be written", name);
        texts.push_back(head + std::string(left.substr(0, cut)));
        left.remove_prefix(cut);
      }
    }
    for (size_t i = 0; i < texts.size(); i += place.count) {
      std::vector<std::pair<Component, std::string>> parts;
      for (const LayoutConstant& c : line.constants) parts.push_back({Component{c.element, 0, c.component, 0, {}}, std::string(c.value)});
      for (size_t j = i; j < std::min(texts.size(), i + place.count); ++j)
        parts.push_back({Component{place.element, 0, static_cast<uint16_t>(place.component + j - i), 0, {}}, texts[j]});
      emit(writer, line.tag, parts);
    }
    return {};
  }

  static void emit(edifact::Writer& writer, std::string_view tag, std::vector<std::pair<Component, std::string>>& parts) {
    std::ranges::sort(parts, {}, [](const auto& part) { return std::pair(part.first.element, part.first.component); });
    std::vector<Component> components;
    for (auto& [component, value] : parts) {
      component.value = value;
      components.push_back(component);
    }
    edifact::Segment segment;
    segment.tag = tag;
    segment.components = components;
    writer.segment(segment);
  }

  [[nodiscard]] const edifact::ComponentRule* rule_of(std::string_view tag, uint16_t element, uint16_t component) const {
    const edifact::SegmentRule* rule = directory_.segment(edifact::pack_tag(tag));
    if (rule == nullptr || element > rule->elements.size()) return nullptr;
    const edifact::ElementRule& at = rule->elements[element - 1U];
    return component > at.count ? nullptr : &rule->components[at.first + component - 1U];
  }
  [[nodiscard]] size_t room(std::string_view tag, const LayoutPlace& place) const {
    size_t characters = 0;
    for (uint16_t i = 0; i < place.count; ++i)
      if (const auto* rule = rule_of(tag, place.element, static_cast<uint16_t>(place.component + i))) characters += rule->max;
    return characters;
  }
  static bool is_number(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; });
  }

  const Paper& paper_;
  const Layout& layout_;
  const edifact::Directory& directory_;
  Content content_;
  std::map<std::pair<std::string, uint32_t>, std::vector<std::pair<std::string, std::string>>> rest_;
};

}  // namespace

std::string_view Paper::value(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &PaperField::name);
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

Result<std::string> write_paper(const Paper& paper) {
  const Layout* layout = find_layout(paper.type);
  if (layout == nullptr) return fail(Code::unsupported, "this message is not written", paper.type, "CUSDEC, CUSCAR or CUSRES");
  if (paper.id.empty()) return fail(Code::invalid, "a message has an id");
  const edifact::Directory& directory = *edifact::find_tables(layout->type, "D", layout->release, 3).directory;
  Composer composer(paper, *layout, directory);
  TRY_OK(composer.sort_fields());
  Result<std::string> text = fail(Code::invalid, "nothing was written");
  // The narrowest character set that has everything.
  for (const std::string_view syntax : {"UNOA", "UNOB", "UNOC", "UNOY"}) {
    text = composer.compose(syntax);
    if (text) break;
  }
  if (!text) return text;
  TRY_OK(edifact::check_written(*text));
  return text;
}

}  // namespace fairway::gateway::customs
