#include "gateway/cargo_xml/deviation.h"

#include <array>

#include "base/bytes.h"

namespace fairway::gateway::cargo_xml {
namespace {

using enum Deviation;
using S = Severity;

constexpr std::array<DeviationRow, kDeviations> kRows = {{
    {message_unknown, "message_unknown", S::info, "This type of message is known by name only; nothing was read of it"},
    {namespace_unknown, "namespace_unknown", S::info, "The namespace is not the one that this message has"},
    {version_unknown, "version_unknown", S::info, "The version is missing or not at hand; read as those that are"},
    {element_unknown, "element_unknown", S::info, "The element is not known here; passed over"},
    {element_foreign, "element_foreign", S::info, "The element is in a namespace of another standard; passed over"},
    {purpose_not_applied, "purpose_not_applied", S::warning, "The message takes back another one, which is not applied; it states nothing"},
    {number_form, "number_form", S::warning, "The text is not a number that is zero or more"},
    {unit_unknown, "unit_unknown", S::warning, "The unit is missing or not known; the measure was left out"},
    {bad_time, "bad_time", S::warning, "The text is no date and time"},
    {status_unknown, "status_unknown", S::warning, "The status code is not known; its event is not stated"},
    {place_ambiguous, "place_ambiguous", S::info, "Several places are named and none is said to be the status's; the first one was taken"},
    {unit_load_device_incomplete, "unit_load_device_incomplete", S::info,
     "A unit load device has no type, number or owner; not a reference"},
    {too_many_events, "too_many_events", S::error, "The message states more than a message may"},
}};

}  // namespace

std::span<const DeviationRow> deviations() { return kRows; }

void note(air::Claims& claims, Deviation deviation, const air::Origin& at, std::string_view detail) {
  const DeviationRow& row = kRows.at(static_cast<size_t>(deviation));
  std::string message(row.message);
  if (!detail.empty()) message += ": " + legible(detail);
  message += '.';
  claims.note(row.severity, row.code, std::move(message), at);
}

}  // namespace fairway::gateway::cargo_xml
