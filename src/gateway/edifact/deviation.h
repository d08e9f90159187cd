// Deviation: every way in which what was received can differ from ISO 9735 and the directories, in one table.
//
// A row gives the stable code of the diagnostic, its severity, the sentence for people, and the syntax error code (data element 0085)
// with which CONTRL reports it. docs/reference/diagnostics.md lists the same rows; a test holds the two together. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/decoded.h"

namespace fairway::gateway::edifact {

enum class Deviation : uint8_t {
  // characters
  service_string_invalid,
  blank_between_segments,
  line_break_in_data,
  character_not_allowed,
  charset_mismatch,
  charset_unsupported,
  release_superfluous,
  // interchange and functional group
  syntax_version_unknown,
  interchange_header_missing,
  interchange_unterminated,
  interchange_count,
  interchange_reference,
  interchange_empty,
  group_unterminated,
  group_count,
  group_reference,
  group_empty,
  groups_and_messages_mixed,
  group_type_mixed,
  trailing_data,
  // message
  message_header_incomplete,
  message_unterminated,
  message_reference,
  message_reference_duplicate,
  message_too_large,
  segment_count,
  segment_outside_message,
  message_unknown,
  release_substituted,
  association_misplaced,
  // segment
  segment_unterminated,
  segment_too_long,
  segment_empty,
  tag_malformed,
  nesting_indicator,
  trailing_separator,
  segment_unknown,
  segment_unexpected,
  segment_order,
  segment_repeated,
  segment_missing,
  group_repeated,
  group_missing,
  // data element
  too_many_elements,
  too_many_components,
  simple_element_split,
  service_element_unexpected,
  element_missing,
  element_repeated,
  element_too_long,
  element_too_short,
  element_type,
  decimal_notation,
  decimal_digit_missing,
};

struct DeviationRow {
  Deviation deviation;
  std::string_view code;
  Severity severity;
  uint8_t syntax_error;  // 0085; 0 where CONTRL has nothing to say
  std::string_view message;
};

[[nodiscard]] const DeviationRow& row(Deviation deviation);
[[nodiscard]] std::span<const DeviationRow> deviations();

// The part of an interchange that a finding is about: CONTRL reports it in UCI, UCF, UCM or UCS.
enum class Level : uint8_t { interchange, group, message, segment };

// One deviation at its place. The views are valid only during the call that hands the finding over.
struct Finding {
  Deviation deviation = Deviation::segment_unknown;
  Level level = Level::segment;
  std::string_view tag;     // of the segment
  uint32_t segment = 0;     // number in its message, 0 outside of one
  uint16_t element = 0;     // 0 where the finding is about the whole segment
  uint16_t component = 0;   // 0 where it is about a whole element or a simple one
  uint64_t offset = 0;      // byte in the input
  std::string_view detail;  // the value or the name that is wrong; may be empty
};

// As the decoded message carries it: position "LOC/2/1".
[[nodiscard]] Diagnostic to_diagnostic(const Finding& finding);

}  // namespace fairway::gateway::edifact
