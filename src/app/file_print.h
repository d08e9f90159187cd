// How `fairway file` shows plans and filings to people: out of the JSON that the server and the engine give alike. Writes to standard
// output.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace fairway::app {

// What must be filed: a table, what is missing, what is exempted, findings, the re-key rate.
void print_plan(const json::object& plan, std::string_view language);
// Findings alone: of the filings and across them; "nothing was found" where there are none.
void print_plan_findings(const json::object& plan, std::string_view language);
void print_findings(const json::array& findings, std::string_view language);
// One filing: state, number, deadline, groups and who confirmed them, findings, answers.
void print_filing(const json::object& filing, std::string_view language);
// Filings of a list, a line each.
void print_filing_lines(const json::array& filings, std::string_view language);

// Whether any finding in it, of a plan or a filing, is blocking.
[[nodiscard]] bool has_blocking(const json::object& plan_or_filing);

// "2026-11-24 08:30 +08:00" of an RFC 3339 text.
[[nodiscard]] std::string local_time(std::string_view rfc3339);

}  // namespace fairway::app
