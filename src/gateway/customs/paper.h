// Paper: a declaration, manifest or customs answer as its fields by name, and the EDIFACT message that carries them.
//
// CUSDEC, CUSCAR and CUSRES of D.16A by the tables of layout.h: what is written reads back to the same fields. Fields of rows are named
// "item[2].hs", rows from 1. A field that the layout has no segment for travels as free text under its own name, so nothing is lost on
// the way. Strict: what does not fit is Code::invalid naming the field, and what was written is read by our own reader before it is given
// out. docs/reference/customs-edifact.md has the segments. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::gateway::customs {

struct PaperField {
  std::string name;
  std::string value;
  friend auto operator<=>(const PaperField&, const PaperField&) = default;
};

struct Paper {
  std::string type;                // "CUSDEC", "CUSCAR", "CUSRES"
  std::string id;                  // BGM 1004, and what the control references are made of
  std::string sender, recipient;   // of the interchange
  int64_t written_us = 0;          // UNB, to the minute in UTC
  std::vector<PaperField> fields;  // each name once; those of the message itself begin with '@' ("@function")
  [[nodiscard]] std::string_view value(std::string_view name) const;
};

// Line breaks and blanks at the ends are no part of a value: it is written in one line. Code::unsupported for another type.
[[nodiscard]] Result<std::string> write_paper(const Paper& paper);

// The one message of an interchange. Fields come in the order of the message. Code::invalid where it has an error of syntax, is not one
// message, or is of none of the types; deviations that are no errors are passed over.
[[nodiscard]] Result<Paper> read_paper(std::string_view bytes);

}  // namespace fairway::gateway::customs
