// A record: one message of land transport as it was sent, whether as a JSON object or as a row of a sheet, before anything is made of it.
//
// Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/decoded.h"
#include "gateway/land/members.h"

namespace fairway::gateway::land {

struct Value {
  Member member = Member::type;
  std::string text;  // trimmed, never empty
  std::string at;    // a JSON pointer, or a cell: "C7"
  uint64_t offset = 0;
};

// Of one record. What stands in lists of its own counts there.
inline constexpr size_t kValuesMax = 512;

struct Record {
  std::string at;  // of the whole: "", "/3", or the first cell of a row: "A7"
  uint64_t offset = 0;
  std::vector<Value> values;
  std::vector<Record> positions, readings, goods;  // lists of a JSON object; they hold no lists of their own
  std::string kept;                                // members that are not in the table, as they go between the braces of a JSON object

  // The first of that member, or null.
  [[nodiscard]] const Value* find(Member member) const;
  [[nodiscard]] std::string_view text(Member member) const;  // or ""
  // Where the member stands or, where it is not there, where the record does.
  [[nodiscard]] const std::string& place_of(Member member) const;
};

// Adds the value, up to kValuesMax; one more is an error, and what follows it is left out.
void add_value(Record& record, Value value, DecodedMessage& message);

// Reports at a place; `what` says what is wrong and, after a semicolon, the cure.
void note(DecodedMessage& message, Severity severity, std::string code, std::string what, const std::string& at, uint64_t offset);

}  // namespace fairway::gateway::land
