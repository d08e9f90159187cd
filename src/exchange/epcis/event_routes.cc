// GET /epcis, GET /epcis/events, GET /epcis/events/{eventID}: the way out.
#include "base/bytes.h"
#include "exchange/epcis/answers.h"
#include "exchange/epcis/routes.h"
#include "exchange/epcis/search.h"

namespace fairway::exchange::epcis {
namespace {

constexpr std::string_view kSimple = "SimpleEventQuery";

Result<http::Response> discover(const http::Request&, const ViewerPtr&) {
  http::Response response = answer(
      200, collection(R"(["capture","events","eventTypes","epcs","bizSteps","bizLocations","readPoints","dispositions","queries"])"));
  response.headers.emplace_back("gs1-capture-error-behaviour", "all");
  return response;
}

// One event is what was captured under the id; where an error was declared later, that declaration is the newest of them.
Result<http::Response> get_event(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string id(request.parameter("eventID"));
  const EpcFormat format = TRY(epc_format_of(request));
  Query query = TRY(parse_query({{"EQ_eventID", id}, {"orderBy", "recordTime"}}));
  if (!query.conditions.empty()) query.conditions.front().values = {id};  // a '|' in an id divides nothing
  const Hits hits = TRY(search(services, viewer, query, Paging{1, ""}));
  if (hits.events.empty()) return fail(Code::not_found, "there is no such event", legible(id));
  std::string body;
  append_event(body, hits.events.front(), format);
  return answer(200, std::move(body), format);
}

}  // namespace

Result<http::Response> answer_query(Services& services, const http::Request& request, const ViewerPtr& viewer, const Query& query,
                                    std::string_view name) {
  const EpcFormat format = TRY(epc_format_of(request));
  const Hits hits = TRY(search(services, viewer, query, TRY(paging_of(request))));
  http::Response response = answer(200, query_document(hits.events, {name, {}, services.env.now_us()}, format), format);
  if (!hits.next_token.empty()) add_next_page(response, request, hits.next_token, services.env);
  if (hits.events.empty()) level_time(response, *viewer);
  return response;
}

void add_event_routes(http::Router& router, Services& services) {
  const std::string root(kRoot), events = root + "/events", one = events + "/{eventID}", token = root + "/nextPageToken/{token}";
  const auto may_read = &access::Viewer::may_read;
  for (const std::string& path : {root, root + "/"}) {
    router.add(http::Method::get, path, route(services, may_read, Subject::resource, discover));
    add_options(router, path, "OPTIONS, GET");
  }
  router.add(
      http::Method::get, events,
      route(services, may_read, Subject::query, [&services](http::Request& request, const ViewerPtr& viewer) -> Result<http::Response> {
        const Query query = TRY(parse_query(request.query));
        return answer_query(services, request, viewer, query, kSimple);
      }));
  router.add(http::Method::get, one,
             route(services, may_read, Subject::resource,
                   [&services](http::Request& request, const ViewerPtr& viewer) { return get_event(services, request, viewer); }));
  // Tokens hold no resources here; to give one back changes nothing.
  router.add(http::Method::del, token,
             route(services, may_read, Subject::resource,
                   [](http::Request&, const ViewerPtr&) -> Result<http::Response> { return answer(204, ""); }));
  add_options(router, events, "OPTIONS, GET, POST");
  add_options(router, one, "OPTIONS, GET");
}

}  // namespace fairway::exchange::epcis
