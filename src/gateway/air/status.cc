#include "gateway/air/status.h"

#include <algorithm>
#include <array>

namespace fairway::gateway::air {
namespace {

using M = Milestone;
using enum Classifier;

// MAN is the carrier's word that the consignment is on the flight's manifest: loaded. CRC says that the consignment was declared to
// customs, TGC that customs or another authority took it into its hands. Of two codes for a milestone the first is the one that is written.
constexpr std::array kStatuses = std::to_array<StatusRow>({
    {"DPU", M::picked_up, actual, Timing::moment, "", "picked up at the shipper's door"},
    {"FOH", M::gate_in, actual, Timing::moment, "", "on hand, not yet ready for carriage"},
    {"FIW", M::gate_in, actual, Timing::moment, "", "into the control of a warehouse"},
    {"DOC", M::document_received, actual, Timing::moment, "TRD", "documents received by the handling party"},
    {"BKD", M::document_confirmed, actual, Timing::message, "CBR", "booked on this flight"},
    {"RCS", M::accepted, actual, Timing::moment, "", "received from the shipper as ready for carriage"},
    {"PRE", M::loaded, planned, Timing::flight, "", "prepared for loading on this flight"},
    {"MAN", M::loaded, actual, Timing::flight, "", "manifested on this flight"},
    {"DEP", M::departed, actual, Timing::flight, "", "departed on this flight"},
    {"ARR", M::arrived, actual, Timing::moment, "", "arrived on this flight"},
    {"RCF", M::discharged, actual, Timing::moment, "", "received from this flight"},
    {"AWR", M::document_received, actual, Timing::moment, "TRD", "arrival documents received from this flight"},
    {"RCT", M::received_in_transfer, actual, Timing::moment, "", "received from another carrier"},
    {"TRM", M::transferred, planned, Timing::message, "", "to be transferred to another carrier"},
    {"TFD", M::transferred, actual, Timing::moment, "", "transferred to another carrier"},
    {"NFD", M::notified, actual, Timing::moment, "ARN", "consignee notified of the arrival"},
    {"AWD", M::document_issued, actual, Timing::moment, "TRD", "arrival documents handed to the consignee"},
    {"CRC", M::document_submitted, actual, Timing::moment, "", "reported to customs"},
    {"CCD", M::customs_released, actual, Timing::moment, "", "cleared by customs"},
    {"TGC", M::customs_held, actual, Timing::moment, "", "transferred to the control of customs or another authority"},
    {"DLV", M::delivered, actual, Timing::moment, "", "delivered to the consignee or his agent"},
    {"DDL", M::delivered, actual, Timing::moment, "", "delivered at the consignee's door"},
    {"FOW", M::gate_out, actual, Timing::moment, "", "out of the control of a warehouse"},
    {"DIS", M::discrepancy, actual, Timing::moment, "", "an error in the handling of the cargo or its papers"},
});

}  // namespace

std::span<const StatusRow> statuses() { return kStatuses; }

const StatusRow* find_status(std::string_view code) {
  const auto found = std::ranges::find(kStatuses, code, &StatusRow::code);
  return found == kStatuses.end() ? nullptr : &*found;
}

const StatusRow* status_of(Milestone milestone, Classifier classifier) {
  const auto found =
      std::ranges::find_if(kStatuses, [&](const StatusRow& row) { return row.milestone == milestone && row.classifier == classifier; });
  return found == kStatuses.end() ? nullptr : &*found;
}

std::optional<Classifier> classifier_of_time(std::string_view indicator) {
  if (indicator == "A") return actual;
  if (indicator == "E") return estimated;
  if (indicator == "S") return planned;
  return std::nullopt;
}

}  // namespace fairway::gateway::air
