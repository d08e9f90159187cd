// Status codes of air cargo (Cargo-IMP FSU, Cargo-XML XFSU code list 1.18, ONE Record) and the milestones that they are. Pure data; any
// thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/milestone.h"

namespace fairway::gateway::air {

// What a status line says about when it happened.
enum class Timing : uint8_t {
  moment,   // its own date and time
  flight,   // the date of a flight, and perhaps its times
  message,  // nothing: it held when the message was written
};

struct StatusRow {
  std::string_view code;
  Milestone milestone;
  Classifier classifier;
  Timing timing;
  std::string_view document_type;  // DCSA documentTypeCode of a milestone about papers
  std::string_view meaning;
};

[[nodiscard]] std::span<const StatusRow> statuses();
// Null for OSI and OCI, which are no statuses, and for what is no code.
[[nodiscard]] const StatusRow* find_status(std::string_view code);
// The first code that is this milestone, as actual or planned; null where there is none.
[[nodiscard]] const StatusRow* status_of(Milestone milestone, Classifier classifier);

// A time's type indicator: A actual, E estimated, S scheduled; nothing for another.
[[nodiscard]] std::optional<Classifier> classifier_of_time(std::string_view indicator);

}  // namespace fairway::gateway::air
