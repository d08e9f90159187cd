#include "exchange/services.h"

#include "base/bytes.h"
#include "base/gzip.h"
#include "base/limits.h"
#include "exchange/alerts/routes.h"
#include "exchange/cookies.h"
#include "exchange/epcis/routes.h"
#include "exchange/erasure/routes.h"
#include "exchange/filing/routes.h"
#include "exchange/fingerprint/routes.h"
#include "exchange/routes.h"

namespace fairway::exchange {
namespace {

// The client certificate speaks where neither key nor session does; null where it does not. Nor does it for pages: a browser adds it to
// requests of other sites, too, and is known by these headers.
const std::string* speaking_certificate(const http::Request& request) {
  for (const std::string_view other : {"authorization", "cookie", "origin", "sec-fetch-site"})
    if (!request.header(other).empty()) return nullptr;
  return request.client_certificate ? &request.client_certificate->fingerprint : nullptr;
}

ViewerPtr recall(Services& services, const http::Request& request) {
  if (const std::string* certificate = speaking_certificate(request)) return services.authenticator.recall_certificate(*certificate);
  return services.authenticator.recall(credentials_of(request));
}

// An answer or a problem; that nothing was found takes its time.
http::Response response_of(Result<http::Response> answered, const http::Request& request, const access::Viewer& viewer) {
  if (answered) return std::move(*answered);
  http::Response response = http::problem(answered.error(), request.path);
  if (answered.error().code == Code::not_found) level_time(response, viewer);
  return response;
}

}  // namespace

Result<ViewerPtr> authenticate(Services& services, const http::Request& request) {
  if (const std::string* certificate = speaking_certificate(request)) return services.authenticator.authenticate_certificate(*certificate);
  return services.authenticator.authenticate(credentials_of(request));
}

Status admit(Services& services, May may, const http::Request& request, const access::Viewer& viewer) {
  if (may != nullptr) TRY_OK((viewer.*may)());
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  return reads ? services.quota.admit(viewer) : Status();
}

http::Handler authenticated(Services& services, May may, PrivateHandler handler) {
  return [&services, may, handler = std::move(handler)](http::Request request, http::Responder responder) {
    auto viewer = authenticate(services, request);
    if (!viewer) return responder.send(http::problem(viewer.error(), request.path));
    if (const Status admitted = admit(services, may, request, **viewer); !admitted)
      return responder.send(http::problem(admitted.error(), request.path));
    handler(std::move(request), std::move(*viewer), std::move(responder));
  };
}

void level_time(http::Response& response, const access::Viewer& viewer) {
  if (!viewer.is_operator()) response.time_step = std::chrono::milliseconds(10);
}

http::Handler answering(Services& services, May may, Answer answer) {
  return authenticated(
      services, may, [answer = std::move(answer)](const http::Request& request, const ViewerPtr& viewer, const http::Responder& responder) {
        responder.send(response_of(answer(request, viewer), request, *viewer));
      });
}

// Answered first and admitted then, so that what goes on to a worker counts once.
http::AtOnce answering_at_once(Services& services, May may, ShortAnswer answer) {
  return [&services, may, answer = std::move(answer)](const http::Request& request, const http::Responder& responder) {
    if (!services.store.reads_at_once()) return false;
    const ViewerPtr viewer = recall(services, request);
    if (!viewer) return false;
    Result<std::optional<http::Response>> answered = answer(request, viewer);
    if (answered && !*answered) return false;
    if (const Status admitted = admit(services, may, request, *viewer); !admitted)
      responder.send(http::problem(admitted.error(), request.path));
    else
      responder.send(
          response_of(answered ? Result<http::Response>(std::move(**answered)) : std::unexpected(answered.error()), request, *viewer));
    return true;
  };
}

Result<std::string> body_of(http::Request& request) {
  const std::string encoding = to_lower(trim(request.header("content-encoding")));
  if (encoding.empty() || encoding == "identity") return std::move(request.body);
  if (encoding == "gzip" || encoding == "x-gzip") return gunzip(request.body, limits::kRequestBodyInflatedBytesMax);
  return fail(Code::unsupported, "unknown Content-Encoding", encoding, "send the body as it is, or packed with gzip");
}

void add_routes(http::Router& router, Services& services) {
  add_intake_routes(router, services);
  add_message_routes(router, services);
  add_events_routes(router, services);
  add_dcsa_tnt2_routes(router, services);
  add_dcsa_told_routes(router, services);
  add_dcsa_schedule_routes(router, services);
  add_journey_routes(router, services);
  add_stream_routes(router, services);
  add_key_routes(router, services);
  add_personal_key_routes(router, services);
  add_certificate_routes(router, services);
  add_grant_routes(router, services);
  add_access_log_routes(router, services);
  add_session_routes(router, services);
  add_people_routes(router, services);
  add_invitation_routes(router, services);
  add_provider_routes(router, services);
  add_service_account_routes(router, services);
  add_webhook_routes(router, services);
  add_alert_rule_routes(router, services);
  add_alert_routes(router, services);
  add_alert_mail_routes(router, services);
  add_refdata_routes(router, services);
  epcis::add_capture_routes(router, services);
  epcis::add_event_routes(router, services);
  epcis::add_collection_routes(router, services);
  epcis::add_named_query_routes(router, services);
  epcis::add_subscription_routes(router, services);
  add_land_routes(router, services);
  add_threshold_routes(router, services);
  add_onerecord_routes(router, services);
  add_system_routes(router, services);
  add_ledger_routes(router, services);
  add_erasure_routes(router, services);
  add_fingerprint_routes(router, services);
  if (services.filings != nullptr) add_filing_rooms(router, services);
}

}  // namespace fairway::exchange
