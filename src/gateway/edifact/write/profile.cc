#include "gateway/edifact/write/profile.h"

#include <algorithm>
#include <array>

namespace fairway::gateway::edifact {
namespace {

using M = Milestone;

constexpr std::array kProfiles = {
    Profile{"d95b", "95B", false, "TER"},  // the ITIGG guides
    Profile{"d00b", "00B", true, "72"},    // the UN list's own codes, no guide
};

constexpr std::array kReports = {
    ReportCodes{"d95b", "CODECO", "ITG14", M::gate_in, "34"},    ReportCodes{"d95b", "CODECO", "ITG14", M::gate_out, "36"},
    ReportCodes{"d95b", "COARRI", "ITG13", M::discharged, "44"}, ReportCodes{"d95b", "COARRI", "ITG13", M::loaded, "46"},
    ReportCodes{"d00b", "CODECO", "", M::gate_in, "109"},        ReportCodes{"d00b", "CODECO", "", M::gate_out, "111"},
    ReportCodes{"d00b", "COARRI", "", M::discharged, "119"},     ReportCodes{"d00b", "COARRI", "", M::loaded, "122"},
};

}  // namespace

std::span<const Profile> profiles() { return kProfiles; }

const Profile* find_profile(std::string_view name) {
  const auto found = std::ranges::find(kProfiles, name, &Profile::name);
  return found == kProfiles.end() ? nullptr : &*found;
}

std::optional<ReportCodes> report_codes(const Profile& profile, std::string_view message_type, Milestone milestone) {
  for (const ReportCodes& codes : kReports)
    if (codes.profile == profile.name && codes.message_type == message_type && codes.milestone == milestone) return codes;
  return std::nullopt;
}

}  // namespace fairway::gateway::edifact
