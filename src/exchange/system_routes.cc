// GET /v1/me, and what operators and orchestrators ask: /healthz, /readyz, /metrics.
#include <algorithm>

#include "access/rights_json.h"
#include "exchange/account_answers.h"
#include "exchange/filing/rooms.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "ledger/status.h"

namespace fairway::exchange {
namespace {

http::Response json_response(std::string body, int status = 200) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

std::optional<ledger::LedgerStatus> ledger_status(Services& services) {
  if (services.ledger == nullptr) return std::nullopt;
  const auto snapshot = services.store.snapshot();
  if (!snapshot) return std::nullopt;
  auto status = ledger::status_of(**snapshot, services.ledger);
  return status ? std::optional(std::move(*status)) : std::nullopt;
}

std::vector<std::string> ledger_warnings(Services& services) {
  const auto status = ledger_status(services);
  return status ? ledger::warnings_of(*status, services.ledger->promise_s(), services.env.now_us()) : std::vector<std::string>();
}

http::Response ready(Services& services) {
  if (const Status writable = services.store.writable(); !writable) return http::problem(writable.error(), "/readyz");
  if (const auto snapshot = services.store.snapshot(); !snapshot) return http::problem(snapshot.error(), "/readyz");
  const store::Store::Figures figures = services.store.figures();
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("status", "ready").member("store", figures.engine).member("last", figures.last);
  writer.member("sequencer", figures.sequencer);
  // What the ledger lacks does not keep anybody from the data.
  if (const auto warnings = ledger_warnings(services); !warnings.empty()) {
    writer.key("warnings").begin_array();
    for (const std::string& warning : warnings) writer.value("ledger: " + warning);
    writer.end_array();
  }
  writer.end_object();
  return json_response(std::move(out));
}

std::optional<Metrics::LedgerGauges> ledger_gauges(Services& services) {
  const auto status = ledger_status(services);
  if (!status) return std::nullopt;
  const int64_t now = services.env.now_us();
  Metrics::LedgerGauges gauges;
  gauges.size = status->head.size;
  gauges.checkpoint = status->checkpoint.size;
  gauges.witnessed = status->witnessed.size;
  gauges.lag_entries = status->last - std::min(status->last, status->checkpoint.size);
  gauges.lag_seconds = ledger::lag_seconds(*status, now);
  if (status->publishing.at_us != 0) gauges.checkpoint_age_seconds = static_cast<double>(now - status->publishing.at_us) * 1e-6;
  gauges.signatures = status->publishing.signatures;
  gauges.refusals = status->publishing.refusals;
  gauges.failures = status->sequencing.failures;
  return gauges;
}

http::Response metrics(Services& services) {
  Metrics::Gauges gauges;
  gauges.store = services.store.figures();
  if (services.http_figures) gauges.http = services.http_figures();
  const callbacks::Callbacks::Figures callbacks = services.callbacks.figures();
  gauges.callbacks = {callbacks.subscriptions, callbacks.troubled, callbacks.waiting, callbacks.dead, callbacks.sending};
  if (services.feed_figures) gauges.feeds = services.feed_figures();
  if (services.filings != nullptr) gauges.lodging = services.filings->outbox.figures();
  gauges.now_us = services.env.now_us();
  gauges.ledger = ledger_gauges(services);
  gauges.writable = services.store.writable().has_value();
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = services.metrics.text(gauges);
  return response;
}

// The one reference that a guest follows, and until when.
Status append_guest(JsonWriter& writer, Services& services, const PartyId& guest) {
  const auto page = TRY(services.grants.list(guest, access::GrantBook::Side::received, "accepted", "", 1));
  if (page.grants.empty()) return {};
  const access::Grant& grant = page.grants.front();
  writer.key("guest").begin_object().member("reference", grant.references.front().key());
  writer.member("expires", to_rfc3339_utc(grant.expires_us)).end_object();
  return {};
}

// Who asks: the organisation, what may be done in its name, and the person, where it is one.
Result<http::Response> me(Services& services, const ViewerPtr& viewer) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("party").raw(access::party_json(viewer->party));
  if (!viewer->person.empty()) {
    const auto person = TRY(services.identity.people.person(viewer->person));
    if (!person) return fail(Code::unauthorized, "no such account any more");
    writer.key("person").raw(access::describe_self(*person));
  }
  access::write_rights(writer, "rights", viewer->scopes);
  if (viewer->party.guest) TRY_OK(append_guest(writer, services, viewer->party.id));
  writer.end_object();
  return private_answer(std::move(out));
}

}  // namespace

void add_system_routes(http::Router& router, Services& services) {
  const auto open = [&](const char* path, http::Response (*answer)(Services&)) {
    router.add(http::Method::get, path,
               [&services, answer](const http::Request&, const http::Responder& responder) { responder.send(answer(services)); });
  };
  open("/healthz", [](Services&) { return json_response("{\"status\":\"ok\"}"); });
  open("/readyz", ready);
  open("/metrics", metrics);
  router.add(http::Method::get, "/v1/me",
             answering(services, nullptr, [&services](const http::Request&, const ViewerPtr& viewer) { return me(services, viewer); }));
}

}  // namespace fairway::exchange
