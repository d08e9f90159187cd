// Deviation: every way in which an air cargo message can differ from what it should be, in one table.
//
// A row gives the stable code of the diagnostic, its severity and the sentence for people; docs/reference/diagnostics.md lists the same
// rows, and a test holds the two together. Pure; any thread.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/decoded.h"

namespace fairway::gateway::cargo_imp {

enum class Deviation : uint8_t {
  // characters and lines
  line_break,
  trailing_blank,
  blank_line,
  lower_case,
  character,
  line_length,
  line_too_long,
  // messages
  text_outside,
  message_unknown,
  version_unknown,
  message_empty,
  message_too_large,
  end_missing,
  manifest_incomplete,
  manifest_part_repeated,
  // lines of a message
  line_unknown,
  line_unexpected,
  slash_missing,
  // fields
  field_missing,
  field_format,
  field_extra,
};
inline constexpr size_t kDeviations = 21;

struct DeviationRow {
  Deviation deviation;
  std::string_view code;
  Severity severity;
  bool once;  // said for its first place in a message only
  std::string_view message;
};
[[nodiscard]] const DeviationRow& row(Deviation deviation);
[[nodiscard]] std::span<const DeviationRow> deviations();

// Where something stands: `line` and `column` in the whole input, `segment` as the line of its message; all counted from 1.
struct Place {
  uint32_t segment = 0;
  uint32_t line = 0;
  uint32_t column = 0;
  uint64_t offset = 0;  // byte in the input
};

struct Finding {
  Deviation deviation = Deviation::line_unknown;
  Place place;
  std::string detail;  // the value or the name that is wrong; may be empty
};
// As the decoded message carries it: position "LINE:COLUMN".
[[nodiscard]] Diagnostic to_diagnostic(const Finding& finding);
[[nodiscard]] std::string position_of(const Place& place);

// The findings of one message, in order. Keeps one more than a decoded message lists, so that it is known that there are more.
class Findings {
 public:
  void add(Deviation deviation, const Place& place, std::string_view detail = {});
  [[nodiscard]] const std::vector<Finding>& all() const { return all_; }

 private:
  std::vector<Finding> all_;
  std::bitset<kDeviations> said_;
};

}  // namespace fairway::gateway::cargo_imp
