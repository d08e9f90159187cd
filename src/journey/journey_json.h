// A journey as the API writes it: docs/reference/journey.md. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "journey/journey.h"

namespace fairway::journey {

struct PartyName {
  std::string name;  // "" where the party is not known here
  std::string role;
};
using PartyNames = std::function<PartyName(const PartyId&)>;

// `as_of_us` is the moment of the answer, microseconds UTC.
void append_json(std::string& out, const Journey& journey, const PartyNames& names, int64_t as_of_us);
[[nodiscard]] std::string to_json(const Journey& journey, const PartyNames& names, int64_t as_of_us);

}  // namespace fairway::journey
