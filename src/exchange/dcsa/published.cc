#include "exchange/dcsa/published.h"

#include <algorithm>

#include "exchange/events_page.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/port_call.h"
#include "journey/standing.h"
#include "journey/terms.h"

namespace fairway::exchange::dcsa {
namespace {

using enum Looks;
using Kind = ReferenceKind;

constexpr std::string_view kTerminalCall = "terminalCall/terminalCallReference";

// OpenAPI of Port Call 2.0.0; serviceID, portCallId and vesselImo are what drafts called them.
constexpr std::array kPortCallFilters = {
    PathFilter{"UNLocationCode", text, {"portCall/UNLocationCode", "portCallService/serviceLocation/UNLocationCode"}},
    PathFilter{"portVisitReference", text, {"portCall/portVisitReference"}, Kind::transport_call},
    PathFilter{"carrierServiceName", text, {"terminalCall/carrierServiceName"}},
    PathFilter{"carrierServiceCode", text, {"terminalCall/serviceCodeOrReference/carrierServiceCode"}},
    PathFilter{"universalServiceReference", text, {"terminalCall/serviceCodeOrReference/universalServiceReference"}},
    PathFilter{"terminalCallReference", text, {kTerminalCall}, Kind::transport_call},
    PathFilter{"carrierImportVoyageNumber", text, {"terminalCall/importVoyageNumberOrReference/carrierVoyageNumber"}},
    PathFilter{"universalImportVoyageReference", text, {"terminalCall/importVoyageNumberOrReference/universalVoyageReference"}},
    PathFilter{"carrierExportVoyageNumber", text, {"terminalCall/exportVoyageNumberOrReference/carrierVoyageNumber"}},
    PathFilter{"universalExportVoyageReference", text, {"terminalCall/exportVoyageNumberOrReference/universalVoyageReference"}},
    PathFilter{"portCallServiceTypeCode", text, {"portCallService/portCallServiceTypeCode"}},
    PathFilter{"vesselIMONumber", text, {"vessel/vesselIMONumber"}, Kind::vessel},
    PathFilter{"vesselName", text, {"vessel/vesselName"}},
    PathFilter{"vesselMMSINumber", text, {"vessel/vesselMMSINumber"}, Kind::vessel_mmsi},
    PathFilter{"portCallID", text, {"portCall/portCallID"}, Kind::transport_call},
    PathFilter{"terminalCallID", text, {"terminalCall/terminalCallID"}, Kind::transport_call},
    PathFilter{"portCallServiceID", text, {"portCallService/portCallServiceID", "portCallService/portCallID"}},
    PathFilter{"timestampID", text, {"timestamp/timestampID", "eventID"}},
    PathFilter{"classifierCode", text, {"timestamp/classifierCode"}},
    PathFilter{"eventTimestampMin", time_from, {"timestamp/serviceDateTime"}},
    PathFilter{"eventTimestampMax", time_to, {"timestamp/serviceDateTime"}},
};

// Looks at what one party and others told of a claim, to find out which telling holds. For one request.
class Latest {
 public:
  explicit Latest(store::Snapshot& snapshot) : terms_(snapshot) {}

  // False where the store cannot be read: the page is then refused for its own reading.
  bool holds(const Event& event) {
    const auto joining = std::ranges::find_if(event.references, [](const Reference& r) { return journey::joins(r.kind()); });
    if (joining == event.references.end()) return true;
    const auto told = terms_.of(journey::head_reference(*joining));
    if (!told) return false;
    const uint64_t id = journey::hash64(event.id);
    const std::vector<journey::Standing> standings = journey::standing_of((*told)->events, (*told)->amending);
    for (size_t i = 0; i < standings.size(); ++i)
      if ((*told)->events[i]->head.id == id) return standings[i] == journey::Standing::stands;
    return true;
  }

 private:
  journey::Terms terms_;
};

}  // namespace

const Published& port_call() {
  static constexpr Published kPortCall = {"events", gateway::dcsa::is_port_call_event, gateway::dcsa::port_call_object, kPortCallFilters};
  return kPortCall;
}

Result<http::Response> list_published(Services& services, const Published& published, const http::Request& request,
                                      const ViewerPtr& viewer) {
  const PathQuery query = TRY(parse_path_query(request.query, published.filters));
  const auto snapshot = TRY(services.store.snapshot());
  Latest latest(*snapshot);
  PageQuery page;
  page.index = query.index();
  page.matches = [&](const Event& event, int64_t received_us) {
    return published.belongs(event) && query.matches(published.object(event, received_us)) &&
           (!published.only_latest || latest.holds(event));
  };
  page.write = [&](std::string& out, const Event& event, const Entry& entry) {
    json::object object = published.object(event, entry.received_us);
    if (published.trim != nullptr) published.trim(object, query);
    out += json::serialize(object);
  };
  page.limit = query.page.limit;
  page.after = query.page.cursor.after();
  const EventsPage found = *TRY(read_events_page(services, viewer, page, Patience::long_));
  return list_answer(found, published.list, query.page, *viewer);
}

}  // namespace fairway::exchange::dcsa
