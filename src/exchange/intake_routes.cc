// POST /v1/messages and POST /v1/events: the way in over HTTP.
#include "base/bytes.h"
#include "base/env.h"
#include "base/instant.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "gateway/edifact/contrl.h"

namespace fairway::exchange {
namespace {

constexpr std::string_view kEdifact = "application/edifact";

bool wants_contrl(const http::Request& request) { return to_lower(request.header("accept")).find(kEdifact) != std::string::npos; }

http::Response receipt(const intake::Outcome& outcome) {
  http::Response response;
  response.status = outcome.http_status();
  response.body = intake::to_json(outcome);
  return response;
}

// The answer in the sender's own format: CONTRL for what was wrong with the syntax of the interchange (standards.md 4.4).
http::Response contrl(const std::string& body, int status, Env& env) {
  constexpr size_t kReferenceCharacters = 14;  // 0020 is an..14
  auto answer = gateway::edifact::contrl(body, to_upper(random_id(env, kReferenceCharacters)), civil_of(env.now_us(), 0));
  if (!answer) return http::problem(answer.error());
  http::Response response;
  response.status = status;
  response.content_type = kEdifact;
  response.body = std::move(*answer);
  return response;
}

// Hands the body to intake and answers from the store's thread once it is durable, so that no worker waits for the disk.
void take(Services& services, http::Request request, ViewerPtr viewer, const http::Responder& responder, gateway::Format format) {
  auto unpacked = body_of(request);
  if (!unpacked) return responder.send(http::problem(unpacked.error(), request.path));
  if (unpacked->empty()) {
    const Error empty{Code::invalid, "the body is empty", "", "send an EDIFACT interchange or DCSA events"};
    return responder.send(http::problem(empty, request.path));
  }
  const auto body = std::make_shared<const std::string>(std::move(*unpacked));
  const std::string content_type(request.header("content-type"));
  const bool answers_contrl = wants_contrl(request) && gateway::detect(*body, content_type) == gateway::Format::edifact;
  auto done = [&services, body, answers_contrl, responder, path = request.path](Result<intake::Outcome> outcome) {
    if (!outcome) return responder.send(http::problem(outcome.error(), path));
    services.metrics.received(*outcome);
    responder.send(answers_contrl ? contrl(*body, outcome->http_status(), services.env) : receipt(*outcome));
  };
  services.intake.take({std::move(viewer), *body, format, content_type}, std::move(done));
}

}  // namespace

void add_intake_routes(http::Router& router, Services& services) {
  const auto route = [&](const char* path, gateway::Format format) {
    router.add(http::Method::post, path,
               authenticated(services, &access::Viewer::may_send,
                             [&services, format](http::Request request, ViewerPtr viewer, http::Responder responder) {
                               take(services, std::move(request), std::move(viewer), std::move(responder), format);
                             }));
  };
  route("/v1/messages", gateway::Format::unknown);
  route("/v1/events", gateway::Format::dcsa);
}

}  // namespace fairway::exchange
