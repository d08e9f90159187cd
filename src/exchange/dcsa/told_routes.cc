// DCSA's APIs from 2025 on, which are all alike: POST takes a list of what a producer tells and answers with feedback, GET answers a
// consumer with such a list. /dcsa/tnt/v3/events: Track & Trace 3.0; /dcsa/vgm/v1/vgm-declarations: Verified Gross Mass 1.0;
// /dcsa/port-call/v2/events: Port Call 2.0; /dcsa/an/v1/arrival-notices, arrival-notice-notifications: Arrival Notice 1.0.
#include <array>
#include <unordered_map>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "exchange/dcsa/api.h"
#include "exchange/dcsa/feedback.h"
#include "exchange/dcsa/published.h"
#include "exchange/dcsa/told_query.h"
#include "exchange/events_page.h"
#include "exchange/routes.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/port_call.h"
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
  const dcsa::Published& (*published)() = nullptr;  // how it is listed, where not by the four above
  bool lists = true;                                // there is a GET
};

bool is_tnt3(std::string_view bytes) { return gateway::dcsa::is_tnt3(bytes) && !gateway::dcsa::is_port_call(bytes); }

constexpr std::array kApis = {
    ToldApi{{"3.0.0", dcsa::feedback_error},
            "/dcsa/tnt/v3/events",
            "events",
            is_tnt3,
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
    ToldApi{{"2.0.0", dcsa::feedback_error},
            "/dcsa/port-call/v2/events",
            "events",
            gateway::dcsa::is_port_call,
            nullptr,
            nullptr,
            {},
            dcsa::port_call},
    ToldApi{{"1.0.0", dcsa::feedback_error},
            "/dcsa/an/v1/arrival-notices",
            "arrivalNotices",
            gateway::dcsa::is_arrival_notices,
            nullptr,
            nullptr,
            {},
            dcsa::arrival_notices},
    ToldApi{{"1.0.0", dcsa::feedback_error},
            "/dcsa/an/v1/arrival-notice-notifications",
            "arrivalNoticeNotifications",
            gateway::dcsa::is_arrival_notifications,
            nullptr,
            nullptr,
            {},
            nullptr,
            false},
};

constexpr std::string_view kSentBy = "request-sending-party", kSentTo = "request-receiving-party";

// Port Call's headers for messages that pass through a system between the two parties, which Fairway is: the answer has them the other
// way round.
void add_parties(http::Response& response, const http::Request& request) {
  if (const std::string_view to = request.header(kSentTo); !to.empty()) response.headers.emplace_back("response-sending-party", to);
  if (const std::string_view by = request.header(kSentBy); !by.empty()) response.headers.emplace_back("response-receiving-party", by);
}

// The body with the party that it is addressed to named in it (gateway/dcsa/port_call.h).
Result<std::string> addressed(const http::Request& request, std::string body) {
  const std::string_view to = trim(request.header(kSentTo));
  if (to.empty()) return body;
  const PartyIdentifier party = TRY(parse_party_identifier(to));
  std::string ours;
  JsonWriter(ours).begin_object().member("receivingParty", party.key()).end_object();
  const size_t at = body.find('{') + 1;
  return body.insert(at, "\"fairway\":" + ours + ",");
}

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
  page.limit = query.page.limit;
  page.after = query.page.cursor.after();
  const EventsPage found = *TRY(read_events_page(services, viewer, page, Patience::long_));
  return dcsa::list_answer(found, told.list, query.page, *viewer);
}

// Answers from the store's thread once what was told is durable.
void take_told(Services& services, const ToldApi& told, http::Request request, ViewerPtr viewer, const http::Responder& responder) {
  auto unpacked = body_of(request);
  request.body = {};
  const auto asked = std::make_shared<const http::Request>(std::move(request));
  const auto refuse = [&services, &told, responder, asked](const Error& error) {
    responder.send(dcsa::refusal(told.api, error, *asked, services.env.now_us()));
  };
  if (!unpacked) return refuse(unpacked.error());
  if (!trim(*unpacked).starts_with('{') || !told.is_body(*unpacked))
    return refuse({Code::invalid, "not a body of this API", "", "send {\"" + std::string(told.list) + "\":[…]}"});
  if (told.published == dcsa::port_call) unpacked = addressed(*asked, std::move(*unpacked));
  if (!unpacked) return refuse(unpacked.error());
  auto done = [&services, &told, responder, refuse, asked](Result<intake::Outcome> outcome) {
    if (!outcome) return refuse(outcome.error());
    services.metrics.received(*outcome);
    http::Response response;
    response.status = outcome->refused == outcome->messages.size() ? 400 : 200;
    response.headers = {{"api-version", std::string(told.api.version)}};
    add_parties(response, *asked);
    response.body = dcsa::feedback(*outcome, told.list);
    responder.send(std::move(response));
  };
  services.intake.take({std::move(viewer), *unpacked, gateway::Format::dcsa, "application/json"}, std::move(done));
}

}  // namespace

void add_dcsa_told_routes(http::Router& router, Services& services) {
  for (const ToldApi& told : kApis) {
    const auto list = [&services, &told](const http::Request& request, const ViewerPtr& viewer) {
      if (told.published == nullptr) return list_told(services, told, request, viewer);
      Result<http::Response> response = dcsa::list_published(services, told.published(), request, viewer);
      if (response) add_parties(*response, request);
      return response;
    };
    const auto take = [&services, &told](http::Request request, ViewerPtr viewer, const http::Responder& responder) {
      take_told(services, told, std::move(request), std::move(viewer), responder);
    };
    if (told.lists) router.add(http::Method::get, told.path, dcsa::answering(services, told.api, &access::Viewer::may_read, list));
    router.add(http::Method::post, told.path, dcsa::handling(services, told.api, &access::Viewer::may_send, take));
  }
}

}  // namespace fairway::exchange
