#include "gateway/cargo_imp/deviation.h"

#include <array>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::gateway::cargo_imp {
namespace {

using enum Deviation;
using S = Severity;

constexpr std::array<DeviationRow, kDeviations> kRows = {{
    {line_break, "cargo_imp.line_break", S::info, true, "Lines do not end with CR LF"},
    {trailing_blank, "cargo_imp.trailing_blank", S::info, true, "Blanks stand at the end of a line"},
    {blank_line, "cargo_imp.blank_line", S::info, true, "There is an empty line inside the message"},
    {lower_case, "cargo_imp.lower_case", S::warning, true, "Lower case letters were read as capitals"},
    {character, "cargo_imp.character", S::warning, true, "A character is none of capital letters, digits, blank, full stop and hyphen"},
    {line_length, "cargo_imp.line_length", S::warning, false, "The line has more than 69 characters"},
    {line_too_long, "cargo_imp.line_too_long", S::error, false, "The line is longer than the limit and was left out"},
    {text_outside, "cargo_imp.text_outside", S::warning, true, "Text stands outside of any message"},
    {message_unknown, "cargo_imp.message_unknown", S::info, true, "This type of message is known by name only; its lines were not read"},
    {version_unknown, "cargo_imp.version_unknown", S::info, true, "The version is not at hand; read by the nearest one"},
    {message_empty, "cargo_imp.message_empty", S::error, true, "The message has no line that can be read"},
    {message_too_large, "cargo_imp.message_too_large", S::error, true, "The message has more lines than the limit; the rest is left out"},
    {end_missing, "cargo_imp.end_missing", S::warning, true, "The list ends without LAST or CONT"},
    {manifest_incomplete, "cargo_imp.manifest_incomplete", S::warning, true, "Parts of this flight's manifest are missing from the input"},
    {manifest_part_repeated, "cargo_imp.manifest_part_repeated", S::warning, true, "This part of the flight's manifest is there already"},
    {line_unknown, "cargo_imp.line_unknown", S::warning, false, "The message has no such line; it was kept and not read"},
    {line_unexpected, "cargo_imp.line_unexpected", S::warning, false, "The line belongs under one that is not there"},
    {slash_missing, "cargo_imp.slash_missing", S::warning, false, "A continued line does not begin with a slash"},
    {field_missing, "cargo_imp.field_missing", S::warning, false, "A field is missing"},
    {field_format, "cargo_imp.field_format", S::warning, false, "A field has not the form that it should have"},
    {field_extra, "cargo_imp.field_extra", S::warning, false, "The line has more fields than it should have"},
}};

}  // namespace

const DeviationRow& row(Deviation deviation) { return kRows.at(static_cast<size_t>(deviation)); }
std::span<const DeviationRow> deviations() { return kRows; }

std::string position_of(const Place& place) { return std::to_string(place.line) + ":" + std::to_string(place.column); }

Diagnostic to_diagnostic(const Finding& finding) {
  const DeviationRow& found = row(finding.deviation);
  std::string message(found.message);
  if (!finding.detail.empty()) message += ": " + finding.detail;
  message += '.';
  return {found.severity,        std::string(found.code),    std::move(message),
          finding.place.segment, position_of(finding.place), finding.place.offset};
}

void Findings::add(Deviation deviation, const Place& place, std::string_view detail) {
  const auto index = static_cast<size_t>(deviation);
  if (row(deviation).once && said_.test(index)) return;
  said_.set(index);
  const bool keep = all_.size() <= limits::kDiagnosticsPerMessageMax || row(deviation).severity == Severity::error;
  if (keep && all_.size() < 2 * limits::kDiagnosticsPerMessageMax) all_.push_back({deviation, place, legible(detail)});
}

}  // namespace fairway::gateway::cargo_imp
