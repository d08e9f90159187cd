#include "gateway/edifact/write/sheet.h"

#include <algorithm>
#include <optional>

#include "gateway/edifact/charset.h"
#include "gateway/edifact/reader.h"

namespace fairway::gateway::edifact {
namespace {

bool is_number(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

// Blanks at the ends are not part of what a reader takes.
bool fits_component(const ComponentRule& rule, std::string_view value) {
  const bool printable = std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return printable && count_characters(value) <= rule.max && (rule.type == ElementType::alphanumeric || is_number(value));
}

class Proof final : public ReaderHandler {
 public:
  void finding(const Finding& finding) override {
    if (!found) found = to_diagnostic(finding);
  }
  std::optional<Diagnostic> found;
};

}  // namespace

bool Sheet::fits(std::string_view tag, std::initializer_list<Element> elements) const {
  const SegmentRule* rule = directory_.segment(pack_tag(tag));
  if (rule == nullptr) return false;
  size_t position = 0;
  for (const Element& element : elements) {
    const ElementRule* place = position < rule->elements.size() ? &rule->elements[position] : nullptr;
    ++position;
    for (size_t i = 0; i < element.size(); ++i) {
      const std::string_view value = element.component(i);
      if (value.empty()) continue;
      if (place == nullptr || i >= place->count || !fits_component(rule->components[place->first + i], value)) return false;
    }
  }
  return true;
}

bool Sheet::add(std::string_view what, std::string_view tag, std::initializer_list<Element> elements) {
  if (!fits(tag, elements)) {
    leave_out(what);
    return false;
  }
  writer_.segment(tag, elements);
  return true;
}

Status check_written(std::string_view text) {
  Proof proof;
  Reader reader(proof);
  reader.feed(text);
  reader.finish();
  if (!proof.found) return {};
  return fail(Code::invalid, "the message cannot be written by the standard", proof.found->code + " at " + proof.found->position);
}

}  // namespace fairway::gateway::edifact
