// What GET /dcsa/an/v1/arrival-notices looks at.
#include "exchange/dcsa/published.h"
#include "gateway/dcsa/arrival_notice.h"

namespace fairway::exchange::dcsa {
namespace {

using enum Looks;
using Kind = ReferenceKind;

constexpr std::string_view kRemoveCharges = "removeCharges", kVisualization = "includeVisualization";
constexpr std::array<std::string_view, 3> kArrival = {"transport/portOfDischargeArrivalDate/value", "transport/portOfDischargeArrivalDate",
                                                      "transport/etaAtPortOfDischargeDate"};

// OpenAPI of Arrival Notice 1.0.0: the newest names first, then those of its drafts.
constexpr std::array kFilters = {
    PathFilter{"transportDocumentReferences", list, {"transportDocumentReference"}, Kind::transport_document},
    PathFilter{"equipmentReferences", list, {"utilizedTransportEquipments/equipment/equipmentReference"}, Kind::equipment},
    PathFilter{"portOfDischarge", text, {"transport/portOfDischarge/UNLocationCode"}},
    PathFilter{
        "vesselIMONumber", text, {"transport/legs/vesselVoyage/vesselIMONumber", "transport/vesselVoyages/vesselIMONumber"}, Kind::vessel},
    PathFilter{"vesselName", text, {"transport/legs/vesselVoyage/vesselName", "transport/vesselVoyages/vesselName"}},
    PathFilter{"carrierImportVoyageNumber",
               text,
               {"transport/legs/vesselVoyage/carrierImportVoyageNumber", "transport/vesselVoyages/carrierVoyageNumber"}},
    PathFilter{"universalImportVoyageReference",
               text,
               {"transport/legs/vesselVoyage/universalImportVoyageReference", "transport/vesselVoyages/universalVoyageReference"}},
    PathFilter{"carrierServiceCode", text, {"transport/legs/vesselVoyage/carrierServiceCode"}},
    PathFilter{"universalServiceReference", text, {"transport/legs/vesselVoyage/universalServiceReference"}},
    PathFilter{"portOfDischargeArrivalDateMin", date_from, kArrival},
    PathFilter{"portOfDischargeArrivalDateMax", date_to, kArrival},
    PathFilter{"minEtaAtPortOfDischargeDate", date_from, kArrival},
    PathFilter{"maxEtaAtPortOfDischargeDate", date_to, kArrival},
    PathFilter{kVisualization, truth},
    PathFilter{kRemoveCharges, truth},
};

void trim(json::object& object, const PathQuery& query) {
  if (query.says_true(kRemoveCharges)) object.erase("charges");
  if (query.says_false(kVisualization)) object.erase("arrivalNoticeVisualization");
}

}  // namespace

const Published& arrival_notices() {
  static constexpr Published kNotices = {
      "arrivalNotices", gateway::dcsa::is_arrival_notice_event, gateway::dcsa::arrival_notice_object, kFilters, trim, true};
  return kNotices;
}

}  // namespace fairway::exchange::dcsa
