// A plan as the API and the command line give it: docs/reference/filing.md, "The plan". Pure; any thread.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "filing/form/plan.h"

namespace fairway::filing {

// One object: {"filings":[…],"exempted":[…],"across":[…],"typing":{…}}.
void append_json(JsonWriter& writer, const Plan& plan, const Regimes& regimes);
// The same members, in an object that the caller has begun.
void append_members(JsonWriter& writer, const Plan& plan, const Regimes& regimes);

// The fields of one draft, an array: name, value, title, group, from, working, confidence, and source.
void append_fields(JsonWriter& writer, std::string_view member, const Draft& draft, const Regimes& regimes);
// {"en","hant","hans"} without those that are empty.
void append_words(JsonWriter& writer, std::string_view member, const Words& words);
void append_charge(JsonWriter& writer, std::string_view member, const Charge& charge);
void append_deadline(JsonWriter& writer, std::string_view member, const Deadline& deadline);

}  // namespace fairway::filing
