#include <algorithm>
#include <map>
#include <optional>

#include "base/bytes.h"
#include "base/instant.h"
#include "gateway/customs/layout.h"
#include "gateway/customs/paper.h"
#include "gateway/customs/row_name.h"
#include "gateway/edifact/deviation.h"
#include "gateway/edifact/reader.h"

namespace fairway::gateway::customs {
namespace {

constexpr size_t kFieldsMax = 200'000;  // of one message

class Taker final : public edifact::ReaderHandler {
 public:
  void interchange_begins(const edifact::Interchange& interchange) override {
    paper_.sender = interchange.sender.id;
    paper_.recipient = interchange.recipient.id;
    paper_.written_us = written_us(interchange);
  }

  void message_begins(const edifact::MessageHeader& header, uint64_t) override {
    layout_ = ++messages_ == 1 ? find_layout(header.type) : nullptr;
    if (messages_ == 1) paper_.type = header.type;
  }

  void segment(const edifact::Segment& segment) override {
    if (layout_ == nullptr) return;
    const LayoutLine* line = place_of(segment);
    if (line == nullptr) return;
    for (const LayoutPlace& place : line->places) {
      if (place.shape == Shape::rest)
        take_rest(segment, place);
      else if (place.shape != Shape::row)
        take(line->scope, place.name, unshaped(place.shape, joined(segment, place)), place.shape == Shape::words ? " " : nullptr);
    }
  }

  void finding(const edifact::Finding& finding) override {
    const Diagnostic diagnostic = edifact::to_diagnostic(finding);
    if (diagnostic.severity == Severity::error && !error_) error_ = diagnostic;
  }

  Result<Paper> finish() {
    if (error_) return fail(Code::invalid, "the message is broken: " + error_->message, error_->code + " at " + error_->position);
    if (messages_ != 1) return fail(Code::invalid, "one message is expected", std::to_string(messages_) + " found");
    if (layout_ == nullptr) return fail(Code::invalid, "this message is not read here", paper_.type, "CUSDEC, CUSCAR or CUSRES");
    if (fields_.size() > kFieldsMax) return fail(Code::too_large, "the message has too many fields");
    for (std::string& name : order_) paper_.fields.push_back({name, fields_[name]});
    std::erase_if(paper_.fields, [](const PaperField& field) { return field.name == "@id"; });
    paper_.id = fields_["@id"];
    return std::move(paper_);
  }

 private:
  static int64_t written_us(const edifact::Interchange& head) {
    const auto number = [](const std::string& text, size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const auto digits = [](const std::string& text) { return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); };
    if (head.date.size() != 6 || head.time.size() != 4 || !digits(head.date) || !digits(head.time)) return 0;
    const CivilTime utc{2000 + number(head.date, 0), number(head.date, 2), number(head.date, 4),
                        number(head.time, 0),        number(head.time, 2), 0};
    return micros_of(utc, 0).value_or(0);
  }

  static bool fits(const LayoutLine& line, const edifact::Segment& segment) {
    return line.tag == segment.tag &&
           std::ranges::all_of(line.constants, [&](const LayoutConstant& c) { return segment.at(c.element, c.component) == c.value; });
  }

  // The line that the segment was written by: of the row at hand, else of a new row, else of the message itself.
  const LayoutLine* place_of(const edifact::Segment& segment) {
    const std::vector<LayoutLine>& lines = layout_->lines;
    const LayoutLine* opening = nullptr;
    const LayoutLine* header = nullptr;
    for (size_t i = 0; i < lines.size(); ++i) {
      const LayoutLine& line = lines[i];
      if (!fits(line, segment)) continue;
      const bool opens = !line.scope.empty() && (i == 0 || lines[i - 1].scope != line.scope);
      if (!line.scope.empty() && !opens && line.scope == scope_) return &line;
      if (opens && opening == nullptr) opening = &line;
      if (line.scope.empty() && header == nullptr && (!line.within || parent_of(i) == group_)) header = &line;
    }
    if (opening != nullptr) {
      scope_ = opening->scope;
      ++rows_[opening->scope];
      return opening;
    }
    if (header != nullptr) {
      if (!header->within) group_ = header;
      scope_ = {};
    }
    return header;
  }

  [[nodiscard]] const LayoutLine* parent_of(size_t i) const {
    while (i > 0 && layout_->lines[i].within) --i;
    return &layout_->lines[i];
  }

  static std::string joined(const edifact::Segment& segment, const LayoutPlace& place) {
    std::string value;
    for (uint16_t i = 0; i < place.count; ++i) value += segment.at(place.element, static_cast<uint16_t>(place.component + i));
    return value;
  }

  void take_rest(const edifact::Segment& segment, const LayoutPlace& place) {
    for (uint16_t i = 0; i < place.count; ++i) {
      const std::string_view text = segment.at(place.element, static_cast<uint16_t>(place.component + i));
      const size_t equals = text.find('=');
      if (equals == std::string_view::npos || equals == 0) continue;
      take(scope_, text.substr(0, equals), std::string(text.substr(equals + 1)), "");
    }
  }

  // The first value of a name stands; where there is a joint, a further one is its continuation.
  void take(std::string_view scope, std::string_view name, std::string value, const char* joint) {
    if (value.empty() || fields_.size() > kFieldsMax) return;
    const bool of_row = !scope.empty() && name.starts_with(scope) && name.substr(scope.size()).starts_with('.');
    const std::string full = of_row ? full_name(std::string(scope), rows_[scope], name) : std::string(name);
    const auto [at, is_new] = fields_.emplace(full, value);
    if (is_new)
      order_.push_back(full);
    else if (joint != nullptr)
      at->second += joint + value;
  }

  Paper paper_;
  const Layout* layout_ = nullptr;
  size_t messages_ = 0;
  std::optional<Diagnostic> error_;
  std::string_view scope_;             // of the row at hand
  const LayoutLine* group_ = nullptr;  // that lines within it belong to
  std::map<std::string_view, uint32_t> rows_;
  std::map<std::string, std::string, std::less<>> fields_;
  std::vector<std::string> order_;
};

}  // namespace

Result<Paper> read_paper(std::string_view bytes) {
  Taker taker;
  edifact::Reader reader(taker);
  reader.feed(bytes);
  reader.finish();
  return taker.finish();
}

}  // namespace fairway::gateway::customs
