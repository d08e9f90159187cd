#include "exchange/as2/station.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/log.h"
#include "exchange/as2/receipt.h"
#include "exchange/services.h"

namespace fairway::exchange::as2 {
namespace {

constexpr size_t kRefusedNamedMax = 50;  // in the text of a receipt
constexpr std::string_view kAuthenticationFailed = "authentication-failed";

// One message from its coming in to its answer.
struct Visit {
  Services& services;
  const Station& station;
  http::Request request;
  http::Responder responder;
  Envelope envelope;
  Unwrapped message;
};
using VisitPtr = std::shared_ptr<Visit>;

// The receipt where one is wanted; otherwise what HTTP says by itself.
void answer(const Visit& visit, Receipt receipt, const Error* error) {
  receipt.mic = visit.message.mic;
  receipt.digest = visit.message.digest;
  if (!visit.envelope.wants_receipt) {
    http::Response plain;
    plain.status = 204;
    return visit.responder.send(error != nullptr ? http::problem(*error, visit.request.path) : std::move(plain));
  }
  auto written = write_receipt(receipt, visit.envelope, visit.station.identity, visit.services.env);
  visit.responder.send(written ? std::move(*written) : http::problem(written.error(), visit.request.path));
}

void refuse(const Visit& visit, std::string_view modifier, const Error& error) {
  log::info("AS2: {} from {} is refused: {}", legible(visit.envelope.message_id), legible(visit.envelope.from), error.text());
  answer(visit, {fmt::format("processed/error: {}", modifier), error.text() + "\n", {}, {}}, &error);
}

// Whom a certificate acts for, where the AS2-From is that party's, too. One message for all that may be wrong: who is registered here is
// nobody's business.
Result<ViewerPtr> partner(Services& services, const std::string& from, const std::string& fingerprint) {
  const Error unknown{Code::unauthorized, "this certificate and this AS2-From are not of one party here", legible(from),
                      "register the certificate, and have AS2:NAME among your identifiers"};
  const auto record = TRY(services.registry.certificate(fingerprint));
  if (!record || !record->works_at(services.env.now_us())) return std::unexpected(unknown);
  const auto named = services.registry.find_party("AS2:" + to_upper(from));
  if (!named && named.error().code == Code::unavailable) return std::unexpected(named.error());
  if (!named || named->id != record->party) return std::unexpected(unknown);
  auto viewer = std::make_shared<const access::Viewer>(access::make_viewer(*named, record->wish.scopes));
  TRY_OK(viewer->may_send());
  return viewer;
}

std::string summary(const intake::Outcome& outcome) {
  std::string text = fmt::format("{} accepted, {} there already, {} refused.\n", outcome.accepted, outcome.repeated, outcome.refused);
  size_t named = 0;
  for (const intake::MessageFate& message : outcome.messages) {
    if (!message.problem) continue;
    if (++named > kRefusedNamedMax) return text + "And more.\n";
    text += fmt::format("{} {}: {}\n", legible(message.type), legible(message.message), legible(message.problem->text(), 300));
  }
  return text;
}

void settled(const Visit& visit, const Result<intake::Outcome>& outcome) {
  if (!outcome) {
    const Error& error = outcome.error();
    // No receipt: the partner sends it again.
    if (error.code == Code::unavailable || error.code == Code::overloaded)
      return visit.responder.send(http::problem(error, visit.request.path));
    return answer(visit, {"failed/Failure: unsupported format", error.text() + "\n", {}, {}}, &error);
  }
  visit.services.metrics.received(*outcome);
  if (outcome->http_status() != 422) return answer(visit, {"processed", summary(*outcome), {}, {}}, nullptr);
  const Error error{Code::invalid, "nothing of the message was accepted", summary(*outcome), {}};
  answer(visit, {"processed/error: unexpected-processing-error", summary(*outcome), {}, {}}, &error);
}

void hand_in(const VisitPtr& visit, ViewerPtr sender) {
  visit->services.intake.take({std::move(sender), visit->message.payload, gateway::Format::unknown, visit->message.content_type},
                              [visit](const Result<intake::Outcome>& outcome) { settled(*visit, outcome); });
}

void receive(const VisitPtr& visit) {
  const Envelope& envelope = visit->envelope;
  if (envelope.to != visit->station.name)
    return refuse(*visit, "unknown-trading-relationship",
                  {Code::not_found, "no such AS2 system here", legible(envelope.to), "check AS2-To"});
  auto unwrapped = unwrap(envelope, visit->request, visit->station.identity);
  if (!unwrapped) return refuse(*visit, unwrapped.error().modifier, unwrapped.error().error);
  visit->message = std::move(*unwrapped);
  if (!visit->message.signer)
    return refuse(*visit, "insufficient-message-security", {Code::unauthorized, "the message is not signed", "", "sign it"});
  auto sender = partner(visit->services, envelope.from, visit->message.signer->fingerprint);
  if (!sender && sender.error().code == Code::unavailable) return visit->responder.send(http::problem(sender.error(), visit->request.path));
  if (!sender) return refuse(*visit, kAuthenticationFailed, sender.error());
  hand_in(visit, std::move(*sender));
}

void take(Services& services, const Station& station, http::Request request, http::Responder responder) {
  auto envelope = read_envelope(request);
  if (!envelope) return responder.send(http::problem(envelope.error(), request.path));
  if (!envelope->receipt_url.empty())
    return responder.send(http::problem(
        {Code::unsupported, "receipts are given at once only", "Receipt-Delivery-Option", "ask for a synchronous receipt"}, request.path));
  receive(std::make_shared<Visit>(Visit{services, station, std::move(request), std::move(responder), std::move(*envelope), {}}));
}

}  // namespace

void add_routes(http::Router& router, Services& services, const Station& station) {
  router.add(http::Method::post, "/as2", [&services, &station](http::Request request, http::Responder responder) {
    take(services, station, std::move(request), std::move(responder));
  });
}

}  // namespace fairway::exchange::as2
