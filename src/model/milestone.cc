#include "model/milestone.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"

namespace fairway {
namespace {

using enum EventType;
using M = Milestone;

// Reference: DCSA T&T 2.2 code lists, CBV 2.0 section 7.1, Cargo-IMP FSU. `stowed` and `weighed`, the customs states and others
// without a T&T 2.2 code are written as the nearest code (LOAD, INSP) and never read back from it.
constexpr std::array<MilestoneRow, kMilestones> kRows = {{
    {M::gate_in, "gate_in", equipment, "GTIN", "arriving", "FOH", true},
    {M::gate_out, "gate_out", equipment, "GTOT", "departing", "FOW", true},
    {M::loaded, "loaded", equipment, "LOAD", "loading", "MAN", true},
    {M::discharged, "discharged", equipment, "DISC", "unloading", "RCF", true},
    {M::stuffed, "stuffed", equipment, "STUF", "packing", "", true},
    {M::stripped, "stripped", equipment, "STRP", "unpacking", "", true},
    {M::picked_up, "picked_up", equipment, "PICK", "picking", "", true},
    {M::dropped_off, "dropped_off", equipment, "DROP", "arriving", "", true},
    {M::inspected, "inspected", equipment, "INSP", "inspecting", "", true},
    {M::resealed, "resealed", equipment, "RSEA", "", "", true},
    {M::removed, "removed", equipment, "RMVD", "removing", "", true},
    {M::stowed, "stowed", equipment, "LOAD", "loading", "", false},
    {M::weighed, "weighed", equipment, "INSP", "sensor_reporting", "", false},
    {M::customs_held, "customs_held", equipment, "INSP", "inspecting", "TGC", false},
    {M::customs_released, "customs_released", equipment, "INSP", "inspecting", "CCD", false},
    {M::arrived, "arrived", transport, "ARRI", "arriving", "ARR", true},
    {M::departed, "departed", transport, "DEPA", "departing", "DEP", true},
    {M::document_received, "document_received", shipment, "RECE", "", "", true},
    {M::document_drafted, "document_drafted", shipment, "DRFT", "", "", true},
    {M::document_pending_approval, "document_pending_approval", shipment, "PENA", "", "", true},
    {M::document_pending_update, "document_pending_update", shipment, "PENU", "", "", true},
    {M::document_rejected, "document_rejected", shipment, "REJE", "", "", true},
    {M::document_approved, "document_approved", shipment, "APPR", "", "", true},
    {M::document_issued, "document_issued", shipment, "ISSU", "", "AWD", true},
    {M::document_surrendered, "document_surrendered", shipment, "SURR", "", "", true},
    {M::document_submitted, "document_submitted", shipment, "SUBM", "", "", true},
    {M::document_void, "document_void", shipment, "VOID", "", "", true},
    {M::document_confirmed, "document_confirmed", shipment, "CONF", "", "BKD", true},
    {M::document_requested, "document_requested", shipment, "REQS", "", "", true},
    {M::document_completed, "document_completed", shipment, "CMPL", "", "", true},
    {M::document_held, "document_held", shipment, "HOLD", "", "", true},
    {M::document_released, "document_released", shipment, "RELS", "", "", true},
    {M::accepted, "accepted", equipment, "GTIN", "accepting", "RCS", false},
    {M::delivered, "delivered", equipment, "DROP", "", "DLV", false},
    {M::transferred, "transferred", equipment, "GTOT", "", "TFD", false},
    {M::received_in_transfer, "received_in_transfer", equipment, "GTIN", "", "RCT", false},
    {M::discrepancy, "discrepancy", equipment, "INSP", "", "DIS", false},
    {M::crossed, "crossed", equipment, "GTOT", "", "", false},
    {M::bundled, "bundled", equipment, "PICK", "", "", false},
    {M::assigned, "assigned", equipment, "PICK", "", "", false},
    {M::located, "located", equipment, "INSP", "", "", false},
    {M::measured, "measured", equipment, "INSP", "", "", false},
    {M::adjusted, "adjusted", equipment, "INSP", "", "", false},
    {M::excursion, "excursion", equipment, "INSP", "", "", false},
    {M::lock_armed, "lock_armed", equipment, "RSEA", "", "", false},
    {M::lock_tampered, "lock_tampered", equipment, "INSP", "", "", false},
    {M::lock_handed_over, "lock_handed_over", equipment, "INSP", "", "", false},
    {M::lock_disarmed, "lock_disarmed", equipment, "RMVD", "", "", false},
    {M::door_opened, "door_opened", equipment, "INSP", "", "", false},
    {M::door_closed, "door_closed", equipment, "INSP", "", "", false},
    {M::customs_selected_for_scan, "customs_selected_for_scan", equipment, "INSP", "", "", false},
    {M::customs_selected_for_inspection, "customs_selected_for_inspection", equipment, "INSP", "", "", false},
    {M::available_for_pick_up, "available_for_pick_up", equipment, "GTOT", "", "", false},
    {M::available_for_drop_off, "available_for_drop_off", equipment, "GTIN", "", "", false},
    {M::observed, "observed", equipment, "INSP", "", "", false},
    {M::notified, "notified", shipment, "ISSU", "", "NFD", false},
    {M::document_amendment_received, "document_amendment_received", shipment, "RECE", "", "", false},
    {M::document_amendment_in_progress, "document_amendment_in_progress", shipment, "PENU", "", "", false},
    {M::document_amendment_confirmed, "document_amendment_confirmed", shipment, "CONF", "", "", false},
    {M::document_amendment_declined, "document_amendment_declined", shipment, "REJE", "", "", false},
    {M::document_amendment_cancelled, "document_amendment_cancelled", shipment, "VOID", "", "", false},
    {M::document_pending_amendment, "document_pending_amendment", shipment, "PENU", "", "", false},
    {M::document_cancellation_received, "document_cancellation_received", shipment, "RECE", "", "", false},
    {M::document_cancellation_confirmed, "document_cancellation_confirmed", shipment, "VOID", "", "", false},
    {M::document_cancellation_declined, "document_cancellation_declined", shipment, "REJE", "", "", false},
    {M::document_cancelled, "document_cancelled", shipment, "VOID", "", "", false},
    {M::document_declined, "document_declined", shipment, "REJE", "", "", false},
    {M::document_pending_surrender_for_amendment, "document_pending_surrender_for_amendment", shipment, "PENU", "", "", false},
    {M::document_pending_surrender_for_delivery, "document_pending_surrender_for_delivery", shipment, "PENA", "", "", false},
    {M::document_surrendered_for_amendment, "document_surrendered_for_amendment", shipment, "SURR", "", "", false},
    {M::document_surrendered_for_delivery, "document_surrendered_for_delivery", shipment, "SURR", "", "", false},
    {M::document_update_received, "document_update_received", shipment, "RECE", "", "", false},
    {M::document_update_in_progress, "document_update_in_progress", shipment, "PENU", "", "", false},
    {M::document_update_confirmed, "document_update_confirmed", shipment, "CONF", "", "", false},
    {M::document_update_declined, "document_update_declined", shipment, "REJE", "", "", false},
    {M::document_update_cancelled, "document_update_cancelled", shipment, "VOID", "", "", false},
    {M::appointment_requested, "appointment_requested", equipment, "INSP", "", "", false},
    {M::appointment_offered, "appointment_offered", equipment, "INSP", "", "", false},
    {M::appointment_confirmed, "appointment_confirmed", equipment, "INSP", "", "", false},
    {M::appointment_refused, "appointment_refused", equipment, "INSP", "", "", false},
    {M::appointment_cancelled, "appointment_cancelled", equipment, "INSP", "", "", false},
    {M::pick_up_refused, "pick_up_refused", equipment, "INSP", "", "", false},
    {M::return_instructed, "return_instructed", equipment, "INSP", "", "", false},
    {M::return_refused, "return_refused", equipment, "INSP", "", "", false},
    {M::hold_placed, "hold_placed", equipment, "INSP", "", "", false},
    {M::hold_released, "hold_released", equipment, "INSP", "", "", false},
    {M::last_free_day, "last_free_day", equipment, "INSP", "", "", false},
    {M::outage_began, "outage_began", equipment, "INSP", "", "", false},
    {M::outage_ended, "outage_ended", equipment, "INSP", "", "", false},
    {M::declaration_lodged, "declaration_lodged", shipment, "SUBM", "", "", false},
    {M::declaration_accepted, "declaration_accepted", shipment, "CONF", "", "", false},
    {M::declaration_queried, "declaration_queried", shipment, "PENU", "", "", false},
    {M::declaration_rejected, "declaration_rejected", shipment, "REJE", "", "", false},
    {M::declaration_amended, "declaration_amended", shipment, "CONF", "", "", false},
    {M::declaration_cancelled, "declaration_cancelled", shipment, "VOID", "", "", false},
    {M::declaration_released, "declaration_released", shipment, "RELS", "", "", false},
    {M::declaration_closed, "declaration_closed", shipment, "CMPL", "", "", false},
    {M::duty_paid, "duty_paid", shipment, "CMPL", "", "", false},
    {M::unbundled, "unbundled", equipment, "RMVD", "", "", false},
    {M::crossing_permitted, "crossing_permitted", equipment, "GTOT", "", "", false},
    {M::hold_acknowledged, "hold_acknowledged", equipment, "INSP", "", "", false},
    {M::inspection_finished, "inspection_finished", equipment, "INSP", "inspecting", "", false},
}};

enum class CodeOrigin : uint8_t { guide, directory };

struct EdifactRow {
  std::string_view message_type;
  std::string_view bgm_1001;
  Milestone milestone;
  CodeOrigin origin;
};

// standards.md 4.5: 34/36/44/46 are the codes of the ITIGG guides, in all of the real traffic, and 98 and 270 occur in the wild;
// the others are the UN list's from D.99B.
constexpr std::array kEdifact = {
    EdifactRow{"CODECO", "34", M::gate_in, CodeOrigin::guide},
    EdifactRow{"CODECO", "36", M::gate_out, CodeOrigin::guide},
    EdifactRow{"CODECO", "109", M::gate_in, CodeOrigin::directory},
    EdifactRow{"CODECO", "111", M::gate_out, CodeOrigin::directory},
    EdifactRow{"COARRI", "44", M::discharged, CodeOrigin::guide},
    EdifactRow{"COARRI", "46", M::loaded, CodeOrigin::guide},
    EdifactRow{"COARRI", "98", M::discharged, CodeOrigin::guide},
    EdifactRow{"COARRI", "270", M::loaded, CodeOrigin::guide},
    EdifactRow{"COARRI", "119", M::discharged, CodeOrigin::directory},
    EdifactRow{"COARRI", "122", M::loaded, CodeOrigin::directory},
    EdifactRow{"COARRI", "181", M::discharged, CodeOrigin::directory},
    // Orders and notices: what is to happen. In the guides 43 to 46 are order and report of discharge, then of loading.
    EdifactRow{"COPRAR", "43", M::discharged, CodeOrigin::guide},
    EdifactRow{"COPRAR", "45", M::loaded, CodeOrigin::guide},
    EdifactRow{"COPRAR", "25", M::discharged, CodeOrigin::directory},
    EdifactRow{"COPRAR", "118", M::discharged, CodeOrigin::directory},
    EdifactRow{"COPRAR", "145", M::discharged, CodeOrigin::directory},
    EdifactRow{"COPRAR", "121", M::loaded, CodeOrigin::directory},
    EdifactRow{"COPRAR", "146", M::loaded, CodeOrigin::directory},
    EdifactRow{"COPARN", "126", M::gate_in, CodeOrigin::directory},
    EdifactRow{"COPARN", "129", M::gate_out, CodeOrigin::directory},
    EdifactRow{"COPARN", "108", M::picked_up, CodeOrigin::directory},
    EdifactRow{"COPARN", "135", M::picked_up, CodeOrigin::directory},
    EdifactRow{"COPARN", "144", M::picked_up, CodeOrigin::directory},
    EdifactRow{"COPINO", "104", M::gate_in, CodeOrigin::directory},
    EdifactRow{"COPINO", "405", M::gate_in, CodeOrigin::directory},
    EdifactRow{"COPINO", "171", M::gate_out, CodeOrigin::directory},
    EdifactRow{"CODENO", "132", M::customs_released, CodeOrigin::directory},
    EdifactRow{"CODENO", "133", M::customs_held, CodeOrigin::directory},
};

// Associations whose implementation guides define the codes, by the beginning of 0057 ("ITG13", "SMDG22").
constexpr std::array<std::string_view, 2> kGuides = {"ITG", "SMDG"};
// Directories whose list 1001 has none of the guides' codes.
constexpr std::array<std::string_view, 8> kDirectoriesWithout = {"94B", "95A", "95B", "96A", "96B", "97A", "97B", "98A"};

constexpr std::array<std::string_view, 3> kTypeCodes = {"SHIPMENT", "TRANSPORT", "EQUIPMENT"};
constexpr std::array<std::string_view, 3> kClassifierNames = {"planned", "estimated", "actual"};
constexpr std::array<std::string_view, 3> kClassifierCodes = {"PLN", "EST", "ACT"};

}  // namespace

std::string_view dcsa_code(EventType type) { return kTypeCodes.at(static_cast<size_t>(type)); }
std::string_view name(Classifier classifier) { return kClassifierNames.at(static_cast<size_t>(classifier)); }
std::string_view dcsa_code(Classifier classifier) { return kClassifierCodes.at(static_cast<size_t>(classifier)); }

std::optional<Classifier> classifier_from_dcsa(std::string_view code) {
  for (size_t i = 0; i < kClassifierCodes.size(); ++i)
    if (kClassifierCodes[i] == code) return static_cast<Classifier>(i);
  return std::nullopt;
}

Result<Classifier> classifier_from(std::string_view text) {
  for (size_t i = 0; i < kClassifierNames.size(); ++i)
    if (kClassifierNames[i] == text) return static_cast<Classifier>(i);
  return fail(Code::invalid, "not a classifier", legible(text), "planned, estimated or actual");
}

std::span<const MilestoneRow> milestones() { return kRows; }
const MilestoneRow& row(Milestone milestone) { return kRows.at(static_cast<size_t>(milestone)); }
std::string_view name(Milestone milestone) { return row(milestone).name; }

Result<Milestone> milestone_from(std::string_view text) {
  for (const MilestoneRow& candidate : kRows)
    if (candidate.name == text) return candidate.milestone;
  return fail(Code::invalid, "not a milestone", legible(text));
}

std::optional<Milestone> milestone_from_dcsa(EventType type, std::string_view code) {
  for (const MilestoneRow& candidate : kRows)
    if (candidate.type == type && candidate.dcsa_reads_back && candidate.dcsa == code) return candidate.milestone;
  return std::nullopt;
}

std::optional<EdifactMilestone> milestone_from_edifact(const EdifactReport& report) {
  const auto found = std::ranges::find_if(kEdifact, [&](const EdifactRow& candidate) {
    return candidate.message_type == report.message_type && candidate.bgm_1001 == report.bgm_1001;
  });
  if (found == kEdifact.end()) return std::nullopt;
  const bool guide_named = std::ranges::any_of(kGuides, [&](std::string_view guide) { return report.association.starts_with(guide); });
  const bool undefined = std::ranges::find(kDirectoriesWithout, report.release) != kDirectoriesWithout.end();
  return EdifactMilestone{found->milestone, found->origin == CodeOrigin::guide && !guide_named && !undefined};
}

}  // namespace fairway
