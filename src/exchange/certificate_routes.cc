// /v1/certificates: the TLS client certificates that act for an organisation. Each can only be given what the one who asks has.
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<http::Response> list_certificates(Services& services, const http::Request&, const ViewerPtr& viewer) {
  std::string out = "{\"certificates\":[";
  bool first = true;
  for (const access::CertificateRecord& certificate : TRY(services.registry.certificates(viewer->party.id))) {
    if (!std::exchange(first, false)) out += ',';
    out += access::describe(certificate, services.env.now_us());
  }
  return private_answer(out + "]}");
}

Result<http::Response> add_certificate(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const int64_t now_us = services.env.now_us();
  const auto [certificate, wish] = TRY(access::certificate_wish_from_json(request.body, now_us));
  if (!wish.scopes.within(viewer->scopes))
    return fail(Code::forbidden, "a certificate cannot be given more than you have", {}, "leave out the scopes that you lack");
  return private_answer(access::describe(TRY(services.registry.add_certificate(viewer->party.id, certificate, wish)), now_us), 201);
}

// One of the viewer's own; a certificate of somebody else does not exist.
Result<http::Response> withdraw_certificate(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("certificate");
  const auto found = TRY(services.registry.certificate(id));
  if (!found || found->party != viewer->party.id)
    return fail(Code::not_found, "your organisation has no such certificate", legible(id), "GET /v1/certificates lists them");
  TRY_OK(services.registry.withdraw_certificate(id));
  services.authenticator.forget();
  return private_answer("{\"status\":\"withdrawn\"}");
}

}  // namespace

void add_certificate_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    router.add(method, path, answering(services, &access::Viewer::may_manage, answer));
  };
  route(http::Method::get, "/v1/certificates", list_certificates);
  route(http::Method::post, "/v1/certificates", add_certificate);
  route(http::Method::del, "/v1/certificates/{certificate}", withdraw_certificate);
}

}  // namespace fairway::exchange
