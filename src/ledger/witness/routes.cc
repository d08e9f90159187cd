#include "ledger/witness/routes.h"

#include <fmt/format.h>

namespace fairway::ledger::witness {
namespace {

constexpr std::string_view kTextType = "text/plain; charset=utf-8";

http::Response text(std::string body, std::string_view type = kTextType) {
  http::Response response;
  response.content_type = type;
  response.headers.emplace_back("cache-control", "no-store");
  response.body = std::move(body);
  return response;
}

std::string metrics_of(const Witness& witness) {
  const Witness::Figures figures = witness.figures();
  std::string out = fmt::format(
      "# TYPE fairway_witness_cosigned_total counter\nfairway_witness_cosigned_total {}\n"
      "# TYPE fairway_witness_refused_total counter\nfairway_witness_refused_total {}\n# TYPE fairway_witness_size gauge\n",
      figures.cosigned, figures.refused);
  for (const Witness::Figures::Log& log : figures.logs)
    out += fmt::format("fairway_witness_size{{origin_sha256=\"{}\"}} {}\n", origin_hex(log.origin), log.size);
  return out;
}

}  // namespace

void add_routes(http::Router& router, Witness& witness) {
  router.add(http::Method::post, "/add-checkpoint", [&witness](const http::Request& request, const http::Responder& responder) {
    responder.send(witness.add_checkpoint(request.body));
  });
  router.add(http::Method::get, "/{origin}/checkpoint", [&witness](const http::Request& request, const http::Responder& responder) {
    auto note = witness.checkpoint(request.parameter("origin"));
    responder.send(note ? text(std::move(*note)) : http::problem(note.error()));
  });
  router.add(http::Method::get, "/key",
             [&witness](const http::Request&, const http::Responder& responder) { responder.send(text(to_text(witness.key()) + "\n")); });
  router.add(http::Method::get, "/healthz", [](const http::Request&, const http::Responder& responder) {
    responder.send(text(R"({"status":"ok"})", "application/json"));
  });
  router.add(http::Method::get, "/metrics", [&witness](const http::Request&, const http::Responder& responder) {
    responder.send(text(metrics_of(witness), "text/plain; version=0.0.4"));
  });
}

}  // namespace fairway::ledger::witness
