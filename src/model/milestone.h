// Milestones: what can happen to cargo, its equipment, its transport and its papers, and how each standard writes it.
//
// One table (milestone.cc) holds the mapping from every format; gateways look up in it, never beside it. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/status.h"

namespace fairway {

// The three event types of DCSA Track & Trace 2.2: about papers, about a means of transport, about a container.
enum class EventType : uint8_t { shipment, transport, equipment };
[[nodiscard]] std::string_view dcsa_code(EventType type);  // "SHIPMENT", "TRANSPORT", "EQUIPMENT"

enum class Classifier : uint8_t { planned, estimated, actual };
[[nodiscard]] std::string_view name(Classifier classifier);       // "planned", "estimated", "actual"
[[nodiscard]] std::string_view dcsa_code(Classifier classifier);  // "PLN", "EST", "ACT"
[[nodiscard]] std::optional<Classifier> classifier_from_dcsa(std::string_view code);
[[nodiscard]] Result<Classifier> classifier_from(std::string_view name);

enum class Milestone : uint8_t {
  // equipment
  gate_in,
  gate_out,
  loaded,
  discharged,
  stuffed,
  stripped,
  picked_up,
  dropped_off,
  inspected,
  resealed,
  removed,
  stowed,
  weighed,
  customs_held,
  customs_released,
  // transport
  arrived,
  departed,
  // shipment (papers)
  document_received,
  document_drafted,
  document_pending_approval,
  document_pending_update,
  document_rejected,
  document_approved,
  document_issued,
  document_surrendered,
  document_submitted,
  document_void,
  document_confirmed,
  document_requested,
  document_completed,
  document_held,
  document_released,
  // What came later stands below: a milestone's number is in stored heads.
  accepted,
  delivered,
  transferred,
  received_in_transfer,
  discrepancy,
  crossed,
  bundled,
  assigned,
  located,
  measured,
  adjusted,
  excursion,
  lock_armed,
  lock_tampered,
  lock_handed_over,
  lock_disarmed,
  door_opened,
  door_closed,
  customs_selected_for_scan,
  customs_selected_for_inspection,
  available_for_pick_up,
  available_for_drop_off,
  observed,
  notified,
  document_amendment_received,
  document_amendment_in_progress,
  document_amendment_confirmed,
  document_amendment_declined,
  document_amendment_cancelled,
  document_pending_amendment,
  document_cancellation_received,
  document_cancellation_confirmed,
  document_cancellation_declined,
  document_cancelled,
  document_declined,
  document_pending_surrender_for_amendment,
  document_pending_surrender_for_delivery,
  document_surrendered_for_amendment,
  document_surrendered_for_delivery,
  document_update_received,
  document_update_in_progress,
  document_update_confirmed,
  document_update_declined,
  document_update_cancelled,
  appointment_requested,
  appointment_offered,
  appointment_confirmed,
  appointment_refused,
  appointment_cancelled,
  pick_up_refused,
  return_instructed,
  return_refused,
  hold_placed,
  hold_released,
  last_free_day,
  outage_began,
  outage_ended,
  declaration_lodged,
  declaration_accepted,
  declaration_queried,
  declaration_rejected,
  declaration_amended,
  declaration_cancelled,
  declaration_released,
  declaration_closed,
  duty_paid,
  unbundled,
  crossing_permitted,
  hold_acknowledged,
  inspection_finished,
};
inline constexpr size_t kMilestones = 102;

struct MilestoneRow {
  Milestone milestone;
  std::string_view name;  // as the API and the log write it
  EventType type;
  std::string_view dcsa;   // DCSA T&T 2.2 event type code; what it writes for a milestone it has no code for is noted
  std::string_view epcis;  // CBV 2.0 business step
  std::string_view air;    // Cargo-IMP FSU / ONE Record status code
  bool dcsa_reads_back;    // false where `dcsa` is only an approximation, never read as this milestone
};

[[nodiscard]] std::span<const MilestoneRow> milestones();
[[nodiscard]] const MilestoneRow& row(Milestone milestone);
[[nodiscard]] std::string_view name(Milestone milestone);
[[nodiscard]] Result<Milestone> milestone_from(std::string_view name);
[[nodiscard]] std::optional<Milestone> milestone_from_dcsa(EventType type, std::string_view code);

// How DCSA Track & Trace 3.0 writes a milestone: its five types ("EQUIPMENT", "IOT", …) and more codes than 2.2 has. The code of an IOT
// event is its iotEventCode. Defined in milestone_dcsa3.cc.
struct Dcsa3Code {
  std::string_view type, code;
  bool exact;  // false where 3.0 has none for it and this is the nearest
};
[[nodiscard]] Dcsa3Code dcsa3_code(Milestone milestone);
[[nodiscard]] std::optional<Milestone> milestone_from_dcsa3(std::string_view type, std::string_view code);

// What an EDIFACT report says of itself: 0065 "COARRI", 0054 "95B", 0057 "ITG13", BGM 1001 "44".
struct EdifactReport {
  std::string_view message_type, release, association, bgm_1001;
};
struct EdifactMilestone {
  Milestone milestone;
  bool assumed;  // the guides' meaning of a code that the message's own directory defines otherwise, with no guide named
};
// The milestone of a gate or vessel report. 34, 36, 44 and 46 are codes of the ITIGG and SMDG guides: certain where a guide is named
// or the directory does not define them, assumed elsewhere, where the UN list's meanings (cargo status, identity card, banking
// status) make no sense for these messages (standards.md 4.5). The UN list's own report codes are read always.
[[nodiscard]] std::optional<EdifactMilestone> milestone_from_edifact(const EdifactReport& report);

}  // namespace fairway
