// Profile: by which directory and guide a message is written, as data: what differs between them and which codes say what. Pure values.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/milestone.h"

namespace fairway::gateway::edifact {

struct Profile {
  std::string_view name;           // "d95b", "d00b", as callers ask for it
  std::string_view release;        // 0054
  bool document_time;              // the header of container messages has a DTM
  std::string_view facility_list;  // 1131 of terminal codes
};

// The codes of one message type in one profile.
struct ReportCodes {
  std::string_view profile, message_type, association;
  Milestone milestone;
  std::string_view bgm_1001;
};

[[nodiscard]] std::span<const Profile> profiles();
[[nodiscard]] const Profile* find_profile(std::string_view name);  // null where there is none
// How a CODECO or COARRI of the profile reports the milestone; nothing where that message does not.
[[nodiscard]] std::optional<ReportCodes> report_codes(const Profile& profile, std::string_view message_type, Milestone milestone);

}  // namespace fairway::gateway::edifact
