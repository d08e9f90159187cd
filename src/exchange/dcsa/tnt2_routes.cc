// /dcsa/tnt/v2: Track & Trace 2.2 to the letter.
#include "exchange/dcsa/api.h"
#include "exchange/dcsa/event_by_id.h"
#include "exchange/dcsa/subscription_routes.h"
#include "exchange/dcsa/tnt2_answer.h"
#include "exchange/routes.h"
#include "gateway/dcsa/tnt2.h"

namespace fairway::exchange {
namespace {

Result<http::Response> find_event(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const dcsa::ShownEvent shown = TRY(dcsa::event_by_id(services, viewer, request.parameter("eventID")));
  http::Response response;
  response.headers = {{"cache-control", "no-store"}};
  gateway::dcsa::append_dcsa(response.body, shown.event, shown.received_us, gateway::dcsa::Form::standard);
  return response;
}

}  // namespace

void add_dcsa_tnt2_routes(http::Router& router, Services& services) {
  const auto get = [&](const char* path, Answer answer) {
    router.add(http::Method::get, path, dcsa::answering(services, dcsa::kTnt2, &access::Viewer::may_read, std::move(answer)));
  };
  get("/dcsa/tnt/v2/events", [&services](const http::Request& request, const ViewerPtr& viewer) -> Result<http::Response> {
    return *TRY(dcsa::answer_events(services, request, viewer, dcsa::Wording::standard, Patience::long_));
  });
  get("/dcsa/tnt/v2/events/{eventID}",
      [&services](const http::Request& request, const ViewerPtr& viewer) { return find_event(services, request, viewer); });
  dcsa::add_subscription_routes(router, services);
}

}  // namespace fairway::exchange
