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
      if (fraction || (decimal_mark != kAnyDecimalMark && c != decimal_mark)) out.deviation = Deviation::decimal_notation;
      else if (i == 0 || i + 1 == value.size()) out.deviation = Deviation::decimal_digit_missing;
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
    const ComponentRule* const rules = rule_.components.data();
    for (const Component& c : components) {
      if ((c.element != element_ || c.repetition != repetition_) && !enter(c)) return;
      if (c.component > count_) {
        if (!overfull_) report(Deviation::too_many_components, c, c.component, c.value);
        overfull_ = true;
        continue;
      }
      seen_ |= uint64_t{1} << (c.component - 1);
      const ComponentRule& rule = rules[first_ + c.component - 1];
      if (rule.type != ElementType::alphanumeric || c.value.size() > rule.max || c.value.size() < rule.min) [[unlikely]]
        check_value(rule, c);
    }
    leave();
    report_missing_elements();
  }

 private:
  // Moves to the element of `c`; false where the segment has no such element.
  bool enter(const Component& c) {
    leave();
    if (c.element > rule_.elements.size()) {
      report(Deviation::too_many_elements, c, 0, c.value);
      report_missing_elements();
      return false;
    }
    const ElementRule& rule = rule_.elements[c.element - 1u];
    if (c.element != element_) repeated_too_often_ = false;
    if (c.repetition >= rule.repeats && !repeated_too_often_) {
      report(Deviation::element_repeated, c, 0, rule.tag);
      repeated_too_often_ = true;
    }
    element_ = c.element;
    repetition_ = c.repetition;
    offset_ = c.offset;
    first_ = rule.first;
    count_ = rule.count;
    mandatory_ = rule.mandatory_components;
    seen_ = 0;
    overfull_ = false;
    present_ |= uint64_t{1} << (c.element - 1);
    return true;
  }

  // The mandatory components of the element that ends here (ISO 9735:1988 annex B: they must be there once the composite is used).
  void leave() {
    for (uint64_t missing = mandatory_ & ~seen_; missing != 0; missing &= missing - 1) {
      const int i = std::countr_zero(missing);
      out_.push_back({Deviation::element_missing, element_, static_cast<uint16_t>(i + 1), offset_, rule_.elements[element_ - 1u].tag});
    }
    mandatory_ = 0;
  }

  void report_missing_elements() {
    for (uint64_t missing = rule_.mandatory_elements & ~present_; missing != 0; missing &= missing - 1) {
      const int i = std::countr_zero(missing);
      out_.push_back({Deviation::element_missing, static_cast<uint16_t>(i + 1), 0, segment_bytes_, rule_.elements[static_cast<size_t>(i)].tag});
    }
  }

  void check_value(const ComponentRule& rule, const Component& c) {
    size_t length = c.value.size();
    if (rule.type == ElementType::numeric) {
      const Number number = read_number(c.value, decimal_mark_);
      if (number.deviation) report_value(*number.deviation, c);
      if (number.deviation == Deviation::element_type) return;
      length = number.digits;
    } else {
      if (rule.type == ElementType::alphabetic && std::ranges::any_of(c.value, is_digit)) report_value(Deviation::element_type, c);
      if (length > rule.max || length < rule.min) length = count_characters(c.value);
    }
    if (length > rule.max) report_value(Deviation::element_too_long, c);
    if (length < rule.min) report_value(Deviation::element_too_short, c);
  }

  void report_value(Deviation deviation, const Component& c) { report(deviation, c, count_ > 1 ? c.component : uint16_t{0}, c.value); }
  void report(Deviation deviation, const Component& c, uint16_t component, std::string_view detail) {
    out_.push_back({deviation, c.element, component, c.offset, detail});
  }

  const SegmentRule& rule_;
  const char decimal_mark_;
  const uint32_t segment_bytes_;
  std::vector<ElementDeviation>& out_;

  uint16_t element_ = 0, repetition_ = 0;  // where we are
  uint16_t first_ = 0, count_ = 0;
  uint32_t offset_ = 0;
  uint64_t mandatory_ = 0, seen_ = 0;  // of the current element
  uint64_t present_ = 0;
  bool overfull_ = false, repeated_too_often_ = false;
};

}  // namespace

void check_elements(const SegmentRule& rule, std::span<const Component> components, char decimal_mark, uint32_t segment_bytes,
                    std::vector<ElementDeviation>& out) {
  Check(rule, decimal_mark, segment_bytes, out).run(components);
}

}  // namespace fairway::gateway::edifact
