#include <algorithm>
#include <array>

#include "model/milestone.h"

namespace fairway {
namespace {

using M = Milestone;

struct Row {
  Milestone milestone;
  std::string_view type, code;
};

// What Track & Trace 3.0 has beyond the codes of 2.2, which it has all of. An IOT event's code is the iotEventCode under DETC.
constexpr std::array kRows = {
    Row{M::customs_released, "EQUIPMENT", "CUSR"},
    Row{M::customs_selected_for_scan, "EQUIPMENT", "CUSS"},
    Row{M::customs_selected_for_inspection, "EQUIPMENT", "CUSI"},
    Row{M::available_for_pick_up, "EQUIPMENT", "AVPU"},
    Row{M::available_for_drop_off, "EQUIPMENT", "AVDO"},
    Row{M::crossed, "EQUIPMENT", "CROS"},
    Row{M::located, "IOT", "LOC"},
    Row{M::door_opened, "IOT", "DRO"},
    Row{M::door_closed, "IOT", "DRC"},
    Row{M::measured, "REEFER", "MEAS"},
    Row{M::adjusted, "REEFER", "ADJU"},
    Row{M::document_amendment_received, "SHIPMENT", "AMRE"},
    Row{M::document_amendment_in_progress, "SHIPMENT", "AMPR"},
    Row{M::document_amendment_confirmed, "SHIPMENT", "AMCF"},
    Row{M::document_amendment_declined, "SHIPMENT", "AMDC"},
    Row{M::document_amendment_cancelled, "SHIPMENT", "AMCN"},
    Row{M::document_pending_amendment, "SHIPMENT", "PENM"},
    Row{M::document_cancellation_received, "SHIPMENT", "CARE"},
    Row{M::document_cancellation_confirmed, "SHIPMENT", "CACF"},
    Row{M::document_cancellation_declined, "SHIPMENT", "CADC"},
    Row{M::document_cancelled, "SHIPMENT", "CANC"},
    Row{M::document_declined, "SHIPMENT", "DECL"},
    Row{M::document_pending_surrender_for_amendment, "SHIPMENT", "PSAM"},
    Row{M::document_pending_surrender_for_delivery, "SHIPMENT", "PSDL"},
    Row{M::document_surrendered_for_amendment, "SHIPMENT", "SUAM"},
    Row{M::document_surrendered_for_delivery, "SHIPMENT", "SUDL"},
    Row{M::document_update_received, "SHIPMENT", "UPRE"},
    Row{M::document_update_in_progress, "SHIPMENT", "UPDT"},
    Row{M::document_update_confirmed, "SHIPMENT", "UPCF"},
    Row{M::document_update_declined, "SHIPMENT", "UPDC"},
    Row{M::document_update_cancelled, "SHIPMENT", "UPCN"},
};

}  // namespace

Dcsa3Code dcsa3_code(Milestone milestone) {
  const auto found = std::ranges::find(kRows, milestone, &Row::milestone);
  if (found != kRows.end()) return {found->type, found->code, true};
  const MilestoneRow& older = row(milestone);
  return {dcsa_code(older.type), older.dcsa, older.dcsa_reads_back};
}

std::optional<Milestone> milestone_from_dcsa3(std::string_view type, std::string_view code) {
  for (const Row& candidate : kRows)
    if (candidate.type == type && candidate.code == code) return candidate.milestone;
  for (const EventType older : {EventType::shipment, EventType::transport, EventType::equipment})
    if (dcsa_code(older) == type) return milestone_from_dcsa(older, code);
  return std::nullopt;
}

}  // namespace fairway
