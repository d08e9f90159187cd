// Writing: FSU from the events of an air waybill, FMA and FNA as answers. Strict: capital letters, digits, blank, full stop and hyphen; at
// most 69 characters a line; CR LF. What the message cannot say is an error, never left out silently.
//
// Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::cargo_imp {

// "FSU/15" with one status line an event. All events name the same air waybill; `origin` and `destination` are IATA codes, or both "".
// Code::invalid where an event has no status code, or lacks what its line needs: an airport, a flight, the count of its pieces.
[[nodiscard]] Result<std::string> fsu(std::span<const Event> events, std::string_view origin, std::string_view destination);

// "FMA": the message `received` was taken. It is repeated below, as the standard has it.
[[nodiscard]] std::string fma(std::string_view received);

struct Refusal {
  std::string reason;
  std::string line;  // the line of the message that is refused, as it stands; "" where it is none
};
// "FNA": the message was refused, for these reasons, at least one. It is repeated below.
[[nodiscard]] std::string fna(std::string_view received, std::span<const Refusal> refusals);

// The answer to everything that was received: FMA for each message that is ok, FNA for each that is not, with the errors found.
// Code::invalid where there is no message, or nothing but answers, which are never answered.
[[nodiscard]] Result<std::string> answer(std::string_view received, const Context& context);

}  // namespace fairway::gateway::cargo_imp
