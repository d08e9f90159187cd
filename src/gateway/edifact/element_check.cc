#include "gateway/edifact/element_check.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "gateway/edifact/charset.h"

namespace fairway::gateway::edifact {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Number {
  size_t digits = 0;
  std::optional<Deviation> deviation;
};

// ISO 9735 clause 10: digits, one decimal mark with a digit on each side, "-" in front; sign and mark are not counted.
Number read_number(std::string_view value, char decimal_mark) {
  Number out;
  if (value.starts_with('-')) value.remove_prefix(1);
  bool fraction = false;
  for (size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (is_digit(c)) {
      ++out.digits;
    } else if (c == '.' || c == ',') {
      if (fraction || (decimal_mark != kAnyDecimalMark && c != decimal_mark))
        out.deviation = Deviation::decimal_notation;
      else if (i == 0 || i + 1 == value.size())
        out.deviation = Deviation::decimal_digit_missing;
      fraction = true;
    } else {
      out.deviation = Deviation::element_type;
      return out;
    }
  }
  if (out.digits == 0 && !out.deviation) out.deviation = Deviation::element_type;
  return out;
}

class Check {
 public:
  Check(const SegmentRule& rule, char decimal_mark, uint32_t segment_bytes, std::vector<ElementDeviation>& out)
      : rule_(rule), decimal_mark_(decimal_mark), segment_bytes_(segment_bytes), out_(out) {}

  void run(std::span<const Component> components) {
    for (size_t at = 0; at < components.size();) {
      const Component& head = components[at];
      const uint16_t element = head.element, repetition = head.repetition;
      if (element > rule_.elements.size()) {
        report(Deviation::too_many_elements, head, 0, head.value);
        break;
      }
      const ElementRule& rule = rule_.elements[element - 1u];
      if (repetition == rule.repeats) report(Deviation::element_repeated, head, 0, rule.tag);
      present_ |= uint64_t{1} << (element - 1);
      size_t end = at + 1;
      while (end < components.size() && components[end].element == element && components[end].repetition == repetition) ++end;
      check_components(rule, components.subspan(at, end - at));
      at = end;
    }
    report_missing_elements();
  }

 private:
  // The components of one element, or of one repetition of it.
  void check_components(const ElementRule& element, std::span<const Component> components) {
    const ComponentRule* const rules = rule_.components.data() + element.first;
    uint64_t seen = 0;
    for (const Component& c : components) {
      if (c.component > element.count) {
        report(element.count > 1 ? Deviation::too_many_components : Deviation::simple_element_split, c, c.component, c.value);
        break;
      }
      seen |= uint64_t{1} << (c.component - 1);
      const ComponentRule& rule = rules[c.component - 1];
      if (rule.type != ElementType::alphanumeric || c.value.size() > rule.max || c.value.size() < rule.min) [[unlikely]]
        check_value(rule, c, element.count > 1 ? c.component : uint16_t{0});
    }
    // A mandatory component must be there once its composite is used (ISO 9735:1988 annex B).
    for (uint64_t missing = element.mandatory_components & ~seen; missing != 0; missing &= missing - 1)
      out_.push_back({Deviation::element_missing, components[0].element, static_cast<uint16_t>(std::countr_zero(missing) + 1),
                      components[0].offset, element.tag});
  }

  void report_missing_elements() {
    for (uint64_t missing = rule_.mandatory_elements & ~present_; missing != 0; missing &= missing - 1) {
      const int i = std::countr_zero(missing);
      out_.push_back(
          {Deviation::element_missing, static_cast<uint16_t>(i + 1), 0, segment_bytes_, rule_.elements[static_cast<size_t>(i)].tag});
    }
  }

  void check_value(const ComponentRule& rule, const Component& c, uint16_t component) {
    size_t length = c.value.size();
    if (rule.type == ElementType::numeric) {
      const Number number = read_number(c.value, decimal_mark_);
      if (number.deviation) report(*number.deviation, c, component, c.value);
      if (number.deviation == Deviation::element_type) return;
      length = number.digits;
    } else {
      if (rule.type == ElementType::alphabetic && std::ranges::any_of(c.value, is_digit))
        report(Deviation::element_type, c, component, c.value);
      if (length > rule.max || length < rule.min) length = count_characters(c.value);
    }
    if (length > rule.max) report(Deviation::element_too_long, c, component, c.value);
    if (length < rule.min) report(Deviation::element_too_short, c, component, c.value);
  }

  void report(Deviation deviation, const Component& c, uint16_t component, std::string_view detail) {
    out_.push_back({deviation, c.element, component, c.offset, detail});
  }

  const SegmentRule& rule_;
  const char decimal_mark_;
  const uint32_t segment_bytes_;
  std::vector<ElementDeviation>& out_;

  uint64_t present_ = 0;  // bit i: element i + 1
};

}  // namespace

void check_elements(const SegmentRule& rule, std::span<const Component> components, char decimal_mark, uint32_t segment_bytes,
                    std::vector<ElementDeviation>& out) {
  Check(rule, decimal_mark, segment_bytes, out).run(components);
}

}  // namespace fairway::gateway::edifact
