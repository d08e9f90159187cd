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
    {M::gate_out, "gate_out", equipment, "GTOT", "departing", "DLV", true},
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
    EdifactRow{"CODECO", "34", M::gate_in, CodeOrigin::guide},         EdifactRow{"CODECO", "36", M::gate_out, CodeOrigin::guide},
    EdifactRow{"CODECO", "109", M::gate_in, CodeOrigin::directory},    EdifactRow{"CODECO", "111", M::gate_out, CodeOrigin::directory},
    EdifactRow{"COARRI", "44", M::discharged, CodeOrigin::guide},      EdifactRow{"COARRI", "46", M::loaded, CodeOrigin::guide},
    EdifactRow{"COARRI", "98", M::discharged, CodeOrigin::guide},      EdifactRow{"COARRI", "270", M::loaded, CodeOrigin::guide},
    EdifactRow{"COARRI", "119", M::discharged, CodeOrigin::directory}, EdifactRow{"COARRI", "122", M::loaded, CodeOrigin::directory},
    EdifactRow{"COARRI", "181", M::discharged, CodeOrigin::directory},
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
