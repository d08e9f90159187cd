#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "gateway/cargo_imp/form.h"
#include "gateway/cargo_imp/grammar.h"
#include "gateway/cargo_imp/message.h"
#include "gateway/cargo_imp/pattern.h"
#include "gateway/cargo_imp/rates.h"

namespace fairway::gateway::cargo_imp {
namespace {

constexpr size_t kTag = 3;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The identifier of a line: three capital letters, then a slash or nothing; "" where it has none.
std::string_view tag_of(std::string_view line) {
  const std::string_view tag = line.substr(0, kTag);
  if (tag.size() < kTag || !std::ranges::all_of(tag, is_upper)) return {};
  return line.size() == kTag || line[kTag] == '/' ? tag : std::string_view();
}

bool has_shape(Shape shape, std::string_view line) {
  std::vector<Part> parts;
  const std::string_view first = line.substr(0, line.find('/'));
  switch (shape) {
    case Shape::tagged: return false;
    case Shape::air_waybill: return line.size() > kTag && line[kTag] == '-' && std::ranges::all_of(line.substr(0, kTag), is_digit);
    case Shape::flight_part:
      return first.size() <= 2 && first.size() < line.size() && !first.empty() && std::ranges::all_of(first, is_digit);
    case Shape::flight: return first.size() < line.size() && first.size() > kTag && match_form("flight", first, parts);
    case Shape::end: return line == "LAST" || line == "CONT";
    case Shape::unloading: return !tag_of(line).empty();
  }
  return false;
}

// A point of unloading may be named as a line identifier is: Córdoba is COR. What follows tells them apart.
bool is_unloading_beyond_doubt(std::string_view line) {
  return line.size() == kTag || line.substr(kTag).starts_with("//") || line.substr(kTag).starts_with("/NIL");
}

const LineRule* find_rule(const MessageKind& kind, std::string_view line) {
  const std::string_view tag = tag_of(line);
  const auto shaped = std::ranges::find_if(kind.lines, [&](const LineRule& rule) { return has_shape(rule.shape, line); });
  const LineRule* by_shape = shaped == kind.lines.end() ? nullptr : &*shaped;
  if (by_shape != nullptr && (by_shape->shape != Shape::unloading || is_unloading_beyond_doubt(line))) return by_shape;
  const auto tagged = std::ranges::find_if(
      kind.lines, [&](const LineRule& rule) { return rule.shape == Shape::tagged && !tag.empty() && rule.tag == tag; });
  return tagged == kind.lines.end() ? by_shape : &*tagged;
}

class Reader {
 public:
  Reader(const MessageKind& kind, Message& message) : kind_(kind), message_(message) {}

  void line(const Line& line) {
    if (line.text.starts_with('/')) return continue_segment(line, 1);
    const LineRule* rule = find_rule(kind_, line.text);
    if (rule == nullptr) return unknown(line);
    begin_segment(*rule, line);
  }

 private:
  void begin_segment(const LineRule& rule, const Line& line) {
    rule_ = &rule;
    continued_ = 0;
    Segment& segment = message_.segments.emplace_back();
    segment.name = rule.name;
    segment.tag = rule.tag;
    segment.place = line.place;
    segment.repeats = rule.continuation == Continuation::repeat;
    segment.rows = segment.repeats && (rule.fields.empty() || rule.fields.find(' ') != rule.fields.npos);
    place_in_tree(segment, rule.level);
    if (segment.parent == kNoParent && rule.level > 1)
      message_.findings.add(Deviation::line_unexpected, line.place, line.text.substr(0, kTag));
    const size_t begin = rule.shape == Shape::tagged ? kTag : 0;
    if (begin == kTag && line.text.size() == kTag) return require(rule, line);
    read(rule.fields, line, begin == kTag ? kTag + 1 : 0);
  }

  // A line of nothing but its identifier, where fields are needed.
  void require(const LineRule& rule, const Line& line) {
    if (!rule.fields.empty()) read_line(rule.fields, {}, line, message_.segments.back(), message_.findings);
  }

  // Under the last segment of a lower level. `segment` is the last one of the message.
  void place_in_tree(Segment& segment, uint8_t level) {
    segment.level = level;
    while (!open_.empty() && message_.segments[open_.back()].level >= level) open_.pop_back();
    segment.parent = open_.empty() ? kNoParent : open_.back();
    open_.push_back(message_.segments.size() - 1);
  }

  void read(std::string_view pattern, const Line& line, size_t begin) {
    const std::vector<Cell> cells = cells_of(line, begin);
    if (cells.size() > limits::kCargoImpFieldsPerLineMax) return message_.findings.add(Deviation::field_extra, line.place);
    if (rule_->fields.empty()) return read_rate_line(cells, line, message_.segments.back(), message_.findings);
    read_line(pattern, cells, line, message_.segments.back(), message_.findings);
  }

  void continue_segment(const Line& line, size_t begin) {
    if (rule_ == nullptr || rule_->continuation == Continuation::none) {
      message_.findings.add(Deviation::line_unexpected, line.place, line.text);
      return keep_unread(line);
    }
    ++continued_;
    if (rule_->continuation != Continuation::alternative) return read(pattern_of_continuation(), line, begin);
    std::string_view rest = rule_->next;
    std::string_view pattern;
    while (!rest.empty()) {
      pattern = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(pattern.size() + 1, rest.size()));
      if (fits(pattern, cells_of(line, begin))) return read(pattern, line, begin);
    }
    message_.findings.add(Deviation::field_format, line.place, line.text);
    keep_unread(line);
  }

  // The pattern of the line that continues the segment for the `continued_`th time.
  [[nodiscard]] std::string_view pattern_of_continuation() const {
    if (rule_->continuation == Continuation::repeat) return rule_->next.empty() ? rule_->fields : rule_->next;
    std::string_view rest = rule_->next;
    for (size_t i = 1; i < continued_ && rest.find(';') != rest.npos; ++i) rest.remove_prefix(rest.find(';') + 1);
    return rest.substr(0, rest.find(';'));
  }

  // A line that begins with nothing known continues a text that was broken off, or is kept as it is.
  void unknown(const Line& line) {
    const bool takes_text = rule_ != nullptr && rule_->continuation == Continuation::repeat && rule_->fields.ends_with(":text");
    if (!takes_text || !tag_of(line.text).empty()) {
      message_.findings.add(Deviation::line_unknown, line.place, line.text);
      rule_ = nullptr;
      return keep_unread(line);
    }
    message_.findings.add(Deviation::slash_missing, line.place, line.text);
    continue_segment(line, 0);
  }

  void keep_unread(const Line& line) {
    Segment& segment = message_.segments.emplace_back();
    segment.name = "unread";
    segment.place = line.place;
    place_in_tree(segment, UINT8_MAX);  // nothing belongs under it
    Field& field = segment.fields.emplace_back();
    field.name = "text";
    field.text = line.text;
    field.place = line.place;
    field.parts = {{"", line.text}};
  }

  const MessageKind& kind_;
  Message& message_;
  const LineRule* rule_ = nullptr;  // of the last segment
  size_t continued_ = 0;
  std::vector<size_t> open_;  // the segments that further ones may belong under, by level
};

void check_version(const MessageKind& kind, Message& message, const Place& place) {
  const int version = std::atoi(message.version.c_str());
  if (kind.versioned && (version < kind.version_min || version > kind.version_max))
    message.findings.add(Deviation::version_unknown, place, message.version);
}

}  // namespace

std::string_view Field::part(std::string_view part_name) const {
  const auto found = std::ranges::find(parts, part_name, &NamedPart::name);
  return found == parts.end() ? std::string_view() : std::string_view(found->value);
}

const Field* Segment::field(std::string_view field_name) const {
  const auto found = std::ranges::find(fields, field_name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

std::string_view Segment::text(std::string_view field_name) const {
  const Field* found = field(field_name);
  return found == nullptr || !found->read() ? std::string_view() : std::string_view(found->text);
}

std::string_view Segment::part(std::string_view field_name, std::string_view part_name) const {
  const Field* found = field(field_name);
  return found == nullptr ? std::string_view() : found->part(part_name);
}

Message read_message(MessageText text) {
  const MessageKind& kind = *find_message(text.id);
  Message message;
  message.id = kind.id;
  message.name = kind.name;
  message.version = std::move(text.version);
  message.envelope = std::move(text.envelope);
  message.findings = std::move(text.findings);
  const Place head = text.lines.empty() ? Place() : text.lines.front().place;
  if (kind.lines.empty()) {
    message.findings.add(Deviation::message_unknown, head, message.id);
    return message;
  }
  check_version(kind, message, head);
  Reader reader(kind, message);
  bool echo = false;
  for (size_t i = 1; i < text.lines.size(); ++i) {
    const Line& line = text.lines[i];
    echo = echo || (kind.answers && line.text.size() > kTag && find_message(line.text.substr(0, kTag)) != nullptr);
    if (echo)
      message.echo += line.text + "\r\n";
    else
      reader.line(line);
  }
  if (message.segments.empty() && message.echo.empty()) message.findings.add(Deviation::message_empty, head, message.id);
  const bool list = message.id == "FFM" || message.id == "FBL";
  if (list && std::ranges::find(message.segments, "end", &Segment::name) == message.segments.end())
    message.findings.add(Deviation::end_missing, text.lines.back().place);
  return message;
}

}  // namespace fairway::gateway::cargo_imp
