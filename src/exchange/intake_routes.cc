// POST /v1/messages and POST /v1/events: the way in over HTTP.
#include "base/bytes.h"
#include "base/env.h"
#include "base/instant.h"
#include "exchange/inclusion.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "gateway/cargo_imp/write.h"
#include "gateway/edifact/contrl.h"
#include "gateway/edifact/write/aperak.h"
#include "ledger/sha256.h"

namespace fairway::exchange {
namespace {

constexpr std::string_view kEdifact = "application/edifact";
constexpr std::string_view kCargoImp = "application/x-cargo-imp";

// The form of the answer, by Accept: the receipt in JSON, or in the sender's own format: a CONTRL about the syntax or an APERAK about the
// content ("application/edifact; message=APERAK"), an FMA or FNA for each message of air cargo.
enum class Reply : uint8_t { receipt, contrl, aperak, acknowledgement };

Reply answer_wanted(const http::Request& request, gateway::Format format) {
  const std::string accept = to_lower(request.header("accept"));
  if (format == gateway::Format::cargo_imp && accept.find(kCargoImp) != std::string::npos) return Reply::acknowledgement;
  if (format != gateway::Format::edifact) return Reply::receipt;
  const size_t at = accept.find(kEdifact);
  if (at == std::string::npos) return Reply::receipt;
  const std::string_view range = std::string_view(accept).substr(at, accept.find(',', at) - at);
  for (size_t next = range.find(';'); next != std::string_view::npos; next = range.find(';', next + 1)) {
    std::string_view parameter = range.substr(next + 1);
    parameter = trim(parameter.substr(0, parameter.find(';')));
    if (parameter == "message=aperak" || parameter == "message=\"aperak\"") return Reply::aperak;
  }
  return Reply::contrl;
}

// What became of it, with what the log promises.
http::Response receipt(const intake::Outcome& outcome, const std::string& inclusion) {
  http::Response response;
  response.status = outcome.http_status();
  response.body = intake::to_json(outcome);
  response.body.back() = ',';  // in place of the brace that ends it
  response.body += "\"inclusion\":" + inclusion + "}";
  return response;
}

void send_receipt(Services& services, intake::Outcome outcome, ledger::Promise promise, const http::Responder& responder) {
  ask_inclusion(services.receipts, std::move(promise),
                [outcome = std::move(outcome), responder](const std::string& inclusion) { responder.send(receipt(outcome, inclusion)); });
}

constexpr size_t kReferenceCharacters = 14;  // 0020 is an..14

http::Response in_format(std::string_view content_type, Result<std::string> answer, int status) {
  if (!answer) return http::problem(answer.error());
  http::Response response;
  response.status = status;
  response.content_type = content_type;
  response.body = std::move(*answer);
  return response;
}

// What was wrong with the syntax of the interchange (standards.md 4.4).
http::Response contrl(const std::string& body, int status, Env& env) {
  const std::string reference = to_upper(random_id(env, kReferenceCharacters));
  return in_format(kEdifact, gateway::edifact::contrl(body, reference, civil_of(env.now_us(), 0)), status);
}

// What became of each message.
http::Response aperak(const std::string& body, const intake::Outcome& outcome, Env& env) {
  std::vector<gateway::edifact::ApplicationAnswer> answers;
  for (const intake::MessageFate& fate : outcome.messages) {
    gateway::edifact::ApplicationAnswer answer{fate.type, fate.document, fate.message, fate.fate != intake::Fate::refused, {}, {}};
    if (fate.problem) answer.problem = fate.problem->text();
    for (const intake::EventFate& event : fate.events)
      if (answer.problem.empty() && event.problem) answer.problem = event.problem->text();
    answer.diagnostics = fate.diagnostics;
    answers.push_back(std::move(answer));
  }
  const std::string reference = to_upper(random_id(env, kReferenceCharacters));
  return in_format(kEdifact, gateway::edifact::aperak(body, answers, reference, civil_of(env.now_us(), 0)), outcome.http_status());
}

// Hands the body to intake and answers from the store's thread once it is durable, so that no worker waits for the disk.
void take(Services& services, http::Request request, ViewerPtr viewer, const http::Responder& responder, gateway::Format format) {
  auto unpacked = body_of(request);
  if (!unpacked) return responder.send(http::problem(unpacked.error(), request.path));
  if (unpacked->empty()) {
    const Error empty{Code::invalid, "the body is empty", "", "send a message in one of the formats of docs/reference/formats.md"};
    return responder.send(http::problem(empty, request.path));
  }
  const auto body = std::make_shared<const std::string>(std::move(*unpacked));
  const std::string content_type(request.header("content-type"));
  const Reply reply = answer_wanted(request, gateway::detect(*body, content_type));
  const bool is_promised = reply == Reply::receipt && services.receipts != nullptr;
  auto done = [&services, body, reply, responder, path = request.path, party = viewer->party.id,
               sent = is_promised ? ledger::sha256_of({*body}) : ledger::Hash{}](Result<intake::Outcome> outcome) {
    if (!outcome) return responder.send(http::problem(outcome.error(), path));
    services.metrics.received(*outcome);
    switch (reply) {
      case Reply::receipt: {
        ledger::Promise promise = promise_of(*outcome, party, sent);
        return send_receipt(services, std::move(*outcome), std::move(promise), responder);
      }
      case Reply::contrl: return responder.send(contrl(*body, outcome->http_status(), services.env));
      case Reply::aperak: return responder.send(aperak(*body, *outcome, services.env));
      case Reply::acknowledgement:
        return responder.send(in_format(kCargoImp, gateway::cargo_imp::answer(*body, {services.env.now_us()}), outcome->http_status()));
    }
  };
  services.intake.take({std::move(viewer), *body, format, content_type}, std::move(done));
}

}  // namespace

void add_intake_routes(http::Router& router, Services& services) {
  const auto route = [&](const char* path, gateway::Format format) {
    router.add(http::Method::post, path,
               authenticated(services, &access::Viewer::may_send,
                             [&services, format](http::Request request, ViewerPtr viewer, const http::Responder& responder) {
                               take(services, std::move(request), std::move(viewer), responder, format);
                             }));
  };
  route("/v1/messages", gateway::Format::unknown);
  route("/v1/events", gateway::Format::dcsa);
}

}  // namespace fairway::exchange
