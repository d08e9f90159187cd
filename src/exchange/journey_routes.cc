// GET /v1/journeys/{reference}: the journey as the viewer may see it, and …/certificate: its certificate of free time.
#include "exchange/journey_query.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "journey/assemble.h"
#include "journey/demurrage.h"
#include "journey/journey_json.h"

namespace fairway::exchange {
namespace {

access::Looks looks_of(const access::Viewer& viewer, const journey::Journey& journey) {
  access::Looks looks(viewer, access::Channel::journey);
  for (const journey::Claim& claim : journey.claims) saw(looks, claim.sender, claim.event, claim.grant ? &*claim.grant : nullptr);
  return looks;
}

// The journey that is asked for, and the look at it noted.
Result<journey::Journey> journey_of(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const journey::Options options = TRY(journey_options_of(request));
  TRY_OK(services.quota.look_up(*viewer, request.parameter("reference")));
  const auto snapshot = TRY(services.store.snapshot());
  const ViewerSight sight(services.rule, viewer);
  journey::Journey journey = TRY(journey::find(*snapshot, request.parameter("reference"), sight, options));
  TRY_OK(services.access_log.note(looks_of(*viewer, journey)));
  return journey;
}

journey::PartyNames names_in(Services& services) {
  return [&services](const PartyId& id) {
    const PartyNames::Name known = services.names.find(id);
    return journey::PartyName{known.name, known.role};
  };
}

http::Response not_kept(std::string body) {
  http::Response response;
  response.headers = {{"cache-control", "no-store"}};
  response.body = std::move(body);
  return response;
}

Result<http::Response> show_journey(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const journey::Journey journey = TRY(journey_of(services, request, viewer));
  return not_kept(journey::to_json(journey, names_in(services), services.env.now_us()));
}

Result<http::Response> show_certificate(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const journey::DemurrageTerms terms =
      TRY(journey::demurrage_terms_from([&](std::string_view name) { return request.query_value(name); }));
  const journey::Journey journey = TRY(journey_of(services, request, viewer));
  return not_kept(journey::to_json(TRY(journey::make_certificate(journey, terms, services.env.now_us())), names_in(services)));
}

}  // namespace

void add_journey_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/journeys/{reference}",
             answering(services, &access::Viewer::may_read, [&services](const http::Request& request, const ViewerPtr& viewer) {
               return show_journey(services, request, viewer);
             }));
  router.add(http::Method::get, "/v1/journeys/{reference}/certificate",
             answering(services, &access::Viewer::may_read, [&services](const http::Request& request, const ViewerPtr& viewer) {
               return show_certificate(services, request, viewer);
             }));
}

}  // namespace fairway::exchange
