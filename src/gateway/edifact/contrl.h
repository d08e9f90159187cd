// CONTRL: the syntax and service report on an interchange (ISO 9735-4; the CONTRL text of 1997-03-17 for syntax versions 1 to 3).
//
// Pure functions of the bytes received; the caller brings the control reference and the time. Written strictly, in the syntax version
// of the interchange reported on, with its parties swapped. A deviation of severity error rejects its message (or, in UNA or UNB, the
// interchange); lesser ones are reported under an acknowledgement, so that the sender can mend them. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/status.h"

namespace fairway::gateway::edifact {

// Acknowledgement or rejection (0083 = 7 or 4), with UCM, UCS and UCD for what deviates. `reference` is 0020 of the answer, `utc` its
// date and time. Code::unsupported for an interchange of nothing but CONTRL, which is never answered with a CONTRL; Code::invalid
// where there is not exactly one interchange, or its UNB lacks what an answer must repeat (0020, S002, S003).
[[nodiscard]] Result<std::string> contrl(std::string_view subject, std::string_view reference, const CivilTime& utc);

// Receipt only (0083 = 8), before anything below UNB has been looked at. The same errors.
[[nodiscard]] Result<std::string> contrl_receipt(std::string_view subject, std::string_view reference, const CivilTime& utc);

}  // namespace fairway::gateway::edifact
