#include "gateway/edifact/deviation.h"

#include <array>
#include <string>

namespace fairway::gateway::edifact {
namespace {

using enum Deviation;
using enum Severity;

// An error is what puts the understanding of the message at risk or breaks the syntax itself; what traffic does every day and still
// is understood is a warning.
constexpr auto kRows = std::to_array<DeviationRow>({
    {service_string_invalid, "edifact.service_string_invalid", error, 20, "UNA names characters that cannot be service characters"},
    {blank_between_segments, "edifact.blank_between_segments", info, 0, "there are blanks between segments"},
    {line_break_in_data, "edifact.line_break_in_data", warning, 21, "a line break inside a segment was left out"},
    {character_not_allowed, "edifact.character_not_allowed", warning, 21, "a character is not in the character set of UNB"},
    {charset_mismatch, "edifact.charset_mismatch", warning, 21,
     "text is not in the character set of UNB and was read as what it looks like"},
    {charset_unsupported, "edifact.charset_unsupported", warning, 46,
     "the character set of UNB is not supported; text is read as UTF-8 or Latin-1"},
    {release_superfluous, "edifact.release_superfluous", warning, 22, "a release character stands before a character that needs none"},
    {syntax_version_unknown, "edifact.syntax_version_unknown", error, 2, "the syntax version of UNB is not 1 to 4; read as version 3"},
    {interchange_header_missing, "edifact.interchange_header_missing", warning, 13, "UNZ ends an interchange that no UNB began"},
    {interchange_unterminated, "edifact.interchange_unterminated", warning, 13, "the interchange has no UNZ"},
    {interchange_count, "edifact.interchange_count", warning, 29, "UNZ counts another number of messages or groups than were received"},
    {interchange_reference, "edifact.interchange_reference", warning, 28, "the control references of UNB and UNZ differ"},
    {interchange_empty, "edifact.interchange_empty", warning, 32, "the interchange holds no message"},
    {group_unterminated, "edifact.group_unterminated", warning, 13, "the functional group has no UNE"},
    {group_count, "edifact.group_count", warning, 29, "UNE counts another number of messages than were received"},
    {group_reference, "edifact.group_reference", warning, 28, "the references of UNG and UNE differ"},
    {group_empty, "edifact.group_empty", warning, 32, "the functional group holds no message"},
    {groups_and_messages_mixed, "edifact.groups_and_messages_mixed", warning, 30,
     "the interchange mixes functional groups and messages outside of them"},
    {group_type_mixed, "edifact.group_type_mixed", warning, 31, "the message is not of the type of its functional group"},
    {trailing_data, "edifact.trailing_data", warning, 33, "there is data after the end of the interchange"},
    {message_header_incomplete, "edifact.message_header_incomplete", error, 13, "UNH does not say what the message is"},
    {message_unterminated, "edifact.message_unterminated", error, 13, "the message has no UNT"},
    {message_reference, "edifact.message_reference", warning, 28, "the references of UNH and UNT differ"},
    {message_reference_duplicate, "edifact.message_reference_duplicate", warning, 26,
     "there is a message of this type and reference already"},
    {message_too_large, "edifact.message_too_large", error, 18, "the message has more segments than the limit; the rest is left out"},
    {segment_count, "edifact.segment_count", warning, 29, "UNT counts another number of segments than were received"},
    {segment_outside_message, "edifact.segment_outside_message", error, 33, "a segment stands outside of any message"},
    {message_unknown, "edifact.message_unknown", info, 0, "no segment table is known for this message; its structure was not checked"},
    {release_substituted, "edifact.release_substituted", info, 0, "the directory named is not at hand; read by the nearest one"},
    {association_misplaced, "edifact.association_misplaced", warning, 14, "the association assigned code stands in the wrong element"},
    {segment_unterminated, "edifact.segment_unterminated", error, 18, "the input ends within a segment"},
    {segment_too_long, "edifact.segment_too_long", error, 18, "the segment is longer than the limit and was left out"},
    {segment_empty, "edifact.segment_empty", warning, 18, "a segment terminator stands without a segment"},
    {tag_malformed, "edifact.tag_malformed", error, 12, "the segment does not begin with a tag of three capital letters or digits"},
    {nesting_indicator, "edifact.nesting_indicator", warning, 34, "the tag carries explicit nesting or repetition"},
    {trailing_separator, "edifact.trailing_separator", warning, 45, "a separator follows the last value"},
    {segment_unknown, "edifact.segment_unknown", error, 15, "the directory has no such segment"},
    {segment_unexpected, "edifact.segment_unexpected", warning, 15, "the message has no place for this segment here"},
    {segment_order, "edifact.segment_order", warning, 15, "the segment comes after segments that it should precede"},
    {segment_repeated, "edifact.segment_repeated", warning, 35, "the segment is repeated more often than the message allows"},
    {segment_missing, "edifact.segment_missing", warning, 13, "a mandatory segment is missing before this one"},
    {group_repeated, "edifact.group_repeated", warning, 36, "the segment group is repeated more often than the message allows"},
    {group_missing, "edifact.group_missing", warning, 13, "a mandatory segment group is missing before this segment"},
    {too_many_elements, "edifact.too_many_elements", error, 16, "the segment has more data elements than its definition"},
    {too_many_components, "edifact.too_many_components", error, 16, "the data element has more components than its definition"},
    {simple_element_split, "edifact.simple_element_split", warning, 16,
     "a data element that has no components has several values; the first is read"},
    {service_element_unexpected, "edifact.service_element_unexpected", warning, 16,
     "a service segment has more than its syntax version defines"},
    {element_missing, "edifact.element_missing", warning, 13, "a mandatory data element is missing"},
    {element_repeated, "edifact.element_repeated", warning, 35, "the data element is repeated more often than its definition allows"},
    {element_too_long, "edifact.element_too_long", warning, 39, "the value is longer than its definition"},
    {element_too_short, "edifact.element_too_short", warning, 40, "the value is shorter than its definition"},
    {element_type, "edifact.element_type", warning, 37, "the value is not of the type of its definition"},
    {decimal_notation, "edifact.decimal_notation", warning, 19, "the number is not written as ISO 9735 writes numbers"},
    {decimal_digit_missing, "edifact.decimal_digit_missing", warning, 38, "the decimal mark has no digit before or after it"},
});

constexpr bool in_order() {
  for (size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<size_t>(kRows[i].deviation) != i) return false;
  return kRows.size() == static_cast<size_t>(decimal_digit_missing) + 1;
}
static_assert(in_order());

}  // namespace

const DeviationRow& row(Deviation deviation) { return kRows[static_cast<size_t>(deviation)]; }
std::span<const DeviationRow> deviations() { return kRows; }

Diagnostic to_diagnostic(const Finding& finding) {
  const DeviationRow& found = row(finding.deviation);
  Diagnostic out;
  out.severity = found.severity;
  out.code = found.code;
  out.message = found.message;
  if (!finding.detail.empty()) out.message.append(": ").append(finding.detail);
  out.segment = finding.segment;
  out.position = finding.tag;
  if (finding.element != 0) out.position += '/' + std::to_string(finding.element);
  if (finding.component != 0) out.position += '/' + std::to_string(finding.component);
  out.offset = finding.offset;
  return out;
}

}  // namespace fairway::gateway::edifact
