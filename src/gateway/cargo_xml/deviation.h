// Deviation: every way in which a message of Cargo-XML can differ from what it should be, beyond those that all air messages share
// (gateway/air/told.h and claims.h report these). docs/reference/diagnostics.md lists the same rows; a test holds the two together. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/air/claims.h"

namespace fairway::gateway::cargo_xml {

enum class Deviation : uint8_t {
  message_unknown,
  namespace_unknown,
  version_unknown,
  element_unknown,
  element_foreign,
  purpose_not_applied,
  number_form,
  unit_unknown,
  bad_time,
  status_unknown,
  place_ambiguous,
  unit_load_device_incomplete,
  too_many_events,
};
inline constexpr size_t kDeviations = 13;

struct DeviationRow {
  Deviation deviation;
  std::string_view code;  // behind "cargo_xml."
  Severity severity;
  std::string_view message;
};
[[nodiscard]] std::span<const DeviationRow> deviations();

inline constexpr std::string_view kPrefix = "cargo_xml";

// Says it through `claims`, with what is wrong.
void note(air::Claims& claims, Deviation deviation, const air::Origin& at, std::string_view detail = {});

}  // namespace fairway::gateway::cargo_xml
