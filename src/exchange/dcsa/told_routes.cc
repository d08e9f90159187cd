// DCSA's APIs from 2025 on, which are all alike: POST takes a list of what a producer tells and answers with feedback, GET answers a
// consumer with such a list. /dcsa/tnt/v3/events: Track & Trace 3.0; /dcsa/vgm/v1/vgm-declarations: Verified Gross Mass 1.0.
#include <array>
#include <unordered_map>

#include "base/bytes.h"
#include "exchange/dcsa/api.h"
#include "exchange/dcsa/feedback.h"
#include "exchange/dcsa/told_query.h"
#include "exchange/events_page.h"
#include "exchange/routes.h"
#include "gateway/dcsa/tnt3.h"
#include "gateway/dcsa/vgm.h"

namespace fairway::exchange {
namespace {

struct ToldApi {
  dcsa::Api api;
  const char* path;
  std::string_view list;  // the member that the list stands under
  bool (*is_body)(std::string_view bytes);
  bool (*belongs)(const Event& event);  // what GET lists
  void (*write)(std::string& out, const Event& event, int64_t received_us, const gateway::dcsa::Tnt3Party& origin);
  dcsa::ToldParameters parameters;
};

constexpr std::array kApis = {
    ToldApi{{"3.0.0", dcsa::feedback_error},
            "/dcsa/tnt/v3/events",
            "events",
            gateway::dcsa::is_tnt3,
            [](const Event&) { return true; },
            gateway::dcsa::append_tnt3,
            {"eventUpdatedDateTimeMin", "eventUpdatedDateTimeMax", true}},
    ToldApi{{"1.0.1", dcsa::feedback_error},
            "/dcsa/vgm/v1/vgm-declarations",
            "VGMDeclarations",
            gateway::dcsa::is_vgm,
            [](const Event& event) { return event.milestone == Milestone::weighed && event.equipment.vgm_kg.has_value(); },
            gateway::dcsa::append_vgm,
            {"declarationDateTimeMin", "declarationDateTimeMax", false}},
};

// Who told it, under a name that others know it by.
gateway::dcsa::Tnt3Party origin_of(Services& services, const PartyId& sender) {
  const auto party = services.registry.party(sender);
  if (!party || party->identifiers.empty()) return {sender, "ZZZ", "Fairway"};
  const PartyIdentifier& first = party->identifiers.front();
  return {first.value, first.scheme, first.scheme == "SMDG" ? "LCL" : first.scheme};
}

Result<http::Response> list_told(Services& services, const ToldApi& told, const http::Request& request, const ViewerPtr& viewer) {
  const dcsa::ToldQuery query = TRY(dcsa::parse_told_query(request.query, told.parameters));
  std::unordered_map<PartyId, gateway::dcsa::Tnt3Party> origins;
  PageQuery page;
  page.index = query.index();
  page.matches = [&](const Event& event, int64_t received_us) { return told.belongs(event) && query.matches(event, received_us); };
  page.write = [&](std::string& out, const Event& event, const Entry& entry) {
    const auto [origin, fresh] = origins.try_emplace(entry.party);
    if (fresh) origin->second = origin_of(services, entry.party);
    told.write(out, event, entry.received_us, origin->second);
  };
  page.limit = query.limit;
  page.after = query.cursor.after();
  const EventsPage found = *TRY(read_events_page(services, viewer, page, Patience::long_));
  http::Response response;
  response.headers = {{"cache-control", "no-store"}};
  if (found.next_after != 0) response.headers.emplace_back("next-page-cursor", query.cursor.next(found.next_after).text(query.fingerprint));
  if (found.events.empty()) level_time(response, *viewer);
  response.body.append("{\"").append(told.list).append("\":").append(found.array()).append("}");
  return response;
}

// Answers from the store's thread once what was told is durable.
void take_told(Services& services, const ToldApi& told, http::Request request, ViewerPtr viewer, const http::Responder& responder) {
  auto unpacked = body_of(request);
  request.body = {};
  const auto refuse = [&services, &told, responder, request = std::move(request)](const Error& error) {
    responder.send(dcsa::refusal(told.api, error, request, services.env.now_us()));
  };
  if (!unpacked) return refuse(unpacked.error());
  if (!trim(*unpacked).starts_with('{') || !told.is_body(*unpacked))
    return refuse({Code::invalid, "not a body of this API", "", "send {\"" + std::string(told.list) + "\":[…]}"});
  auto done = [&services, &told, responder, refuse](Result<intake::Outcome> outcome) {
    if (!outcome) return refuse(outcome.error());
    services.metrics.received(*outcome);
    http::Response response;
    response.status = outcome->refused == outcome->messages.size() ? 400 : 200;
    response.headers = {{"api-version", std::string(told.api.version)}};
    response.body = dcsa::feedback(*outcome, told.list);
    responder.send(std::move(response));
  };
  services.intake.take({std::move(viewer), *unpacked, gateway::Format::dcsa, "application/json"}, std::move(done));
}

}  // namespace

void add_dcsa_told_routes(http::Router& router, Services& services) {
  for (const ToldApi& told : kApis) {
    const auto list = [&services, &told](const http::Request& request, const ViewerPtr& viewer) {
      return list_told(services, told, request, viewer);
    };
    const auto take = [&services, &told](http::Request request, ViewerPtr viewer, const http::Responder& responder) {
      take_told(services, told, std::move(request), std::move(viewer), responder);
    };
    router.add(http::Method::get, told.path, dcsa::answering(services, told.api, &access::Viewer::may_read, list));
    router.add(http::Method::post, told.path, dcsa::handling(services, told.api, &access::Viewer::may_send, take));
  }
}

}  // namespace fairway::exchange
