// Merge: what a message, a sheet, an event or a register says goes into a record beside what is there already, by who is to be believed.
//
//   nothing is there             the value goes in
//   the same is there            who typed it is kept as its source, else the surer
//   another is there             in an item that is taken from events, what happened drives out whatever nobody confirmed; of two events
//                                the surer stands, then the later
//                                what was confirmed stays, and what was typed stays against everything but typing
//                                else the surer, and then the later, stands
//
// The value that loses stays beside the field (Record::set_aside), and conflicts() tells of it. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "filing/form/finding.h"
#include "filing/record/record.h"

namespace fairway::filing {

struct FieldValue {
  Path path;
  std::string value;  // normalised; "" says nothing
};

// Answers which fields have another value now. Code::too_large past kRecordRowsMax; then the record is not to be used.
[[nodiscard]] Result<std::vector<Path>> merge(Record& record, std::span<const FieldValue> values, const SourcePtr& source);

inline constexpr std::string_view kConflictRule = "record.conflict";
// What stands beside fields of the record, as warnings of this rule that name both values and where they come from.
[[nodiscard]] std::vector<Finding> conflicts(const Record& record);

// "typed", "message IFTMIN 4711", …, in the three languages.
[[nodiscard]] Words described(const SourcePtr& source);

}  // namespace fairway::filing
