// GET /v1/events: events as DCSA Track & Trace 2.2, filtered and paged.
#include "exchange/dcsa/tnt2_answer.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<std::optional<http::Response>> list_events(Services& services, const http::Request& request, const ViewerPtr& viewer,
                                                  Patience patience) {
  std::optional<http::Response> response = TRY(dcsa::answer_events(services, request, viewer, dcsa::Wording::fairway, patience));
  if (response) response->headers.emplace_back("api-version", "2.2.0");
  return response;
}

}  // namespace

void add_events_routes(http::Router& router, Services& services) {
  const Answer list = [&services](const http::Request& request, const ViewerPtr& viewer) -> Result<http::Response> {
    return *TRY(list_events(services, request, viewer, Patience::long_));
  };
  const ShortAnswer list_at_once = [&services](const http::Request& request, const ViewerPtr& viewer) {
    return list_events(services, request, viewer, Patience::short_);
  };
  router.add(http::Method::get, "/v1/events", answering(services, &access::Viewer::may_read, list),
             answering_at_once(services, &access::Viewer::may_read, list_at_once));
}

}  // namespace fairway::exchange
