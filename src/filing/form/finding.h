// Finding: what a check found: the field, the rule, where the rule comes from, and the cure. Values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/record/schema.h"

namespace fairway::filing {

enum class Weight : uint8_t { warning, blocking };
[[nodiscard]] std::string_view name(Weight weight);  // "warning", "blocking"

struct Finding {
  std::string rule;  // "V13", "field.required", "field.length", …
  Weight weight = Weight::blocking;
  std::string form;    // "hk/1"; "" for one of the record itself
  std::string field;   // of the form: "item[2].value"; "" where it is of none
  std::string path;    // of the record: "goods[2].netMassKg"; "" where none
  Words message;       // what is wrong, with the values
  Words cure;          // what to do
  std::string source;  // clause or document that the rule comes from
};

}  // namespace fairway::filing
