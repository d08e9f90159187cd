// /v1/session/oidc: people sign in at a provider, and come back. A browser walks these, so that what goes wrong leads to a page, too.
#include "base/bytes.h"
#include "base/log.h"
#include "exchange/account_answers.h"
#include "exchange/cookies.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

std::string_view query_text(const http::Request& request, std::string_view name) {
  const std::string* text = request.query_value(name);
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

http::Response lead_to(std::string location, int status) {
  http::Response response = private_answer({}, status);
  response.content_type.clear();
  response.headers.emplace_back("location", std::move(location));
  return response;
}

http::Response lead_to_problem(const http::Request& request, const Error& error) {
  log::info("sign-in at a provider: {}", error.text());
  http::Response response = lead_to("/sign-in?problem=" + std::string(name(error.code)), 303);
  if (may_have_cookies(request)) clear_cookie(response, request, Cookie::sign_in);
  return response;
}

Result<http::Response> begin(Services& services, const http::Request& request) {
  TRY_OK(may_have_cookies(request));
  const std::string_view wanted = query_text(request, "return");
  const access::oidc::BegunSignIn begun =
      TRY(services.identity.relying_party.begin({.provider = std::string(query_text(request, "provider")),
                                                 .invitation = std::string(query_text(request, "invitation")),
                                                 .return_path = std::string(wanted.empty() ? "/" : wanted)}));
  http::Response response = lead_to(begun.location, 302);
  set_cookie(response, request, Cookie::sign_in, begun.cookie, access::oidc::kSignInSeconds);
  return response;
}

Result<access::OpenedSession> open(Services& services, const access::oidc::FinishedSignIn& finished) {
  if (finished.invitation.empty()) return services.identity.sign_in.with_subject(finished.subject);
  return services.identity.invitations.accept(finished.invitation,
                                              {.name = legible(finished.name, limits::kPersonNameBytesMax), .subject = finished.subject});
}

Result<http::Response> finish(Services& services, const http::Request& request) {
  TRY_OK(may_have_cookies(request));
  if (const std::string_view error = query_text(request, "error"); !error.empty())
    return fail(error == "access_denied" ? Code::forbidden : Code::unavailable, "the provider did not sign anybody in", legible(error));
  const access::oidc::FinishedSignIn finished =
      TRY(services.identity.relying_party.finish({.code = query_text(request, "code"),
                                                  .state = query_text(request, "state"),
                                                  .issuer = query_text(request, "iss"),
                                                  .cookie = cookie_of(request, Cookie::sign_in)}));
  const access::OpenedSession opened = TRY(open(services, finished));
  http::Response response = lead_to(finished.return_path, 303);
  clear_cookie(response, request, Cookie::sign_in);
  TRY_OK(give_session(services, request, opened, response));
  return response;
}

}  // namespace

void add_provider_routes(http::Router& router, Services& services) {
  const auto route = [&](const char* path, Result<http::Response> (*answer)(Services&, const http::Request&)) {
    router.add(http::Method::get, path, [&services, answer](const http::Request& request, const http::Responder& responder) {
      Result<http::Response> response = answer(services, request);
      responder.send(response ? std::move(*response) : lead_to_problem(request, response.error()));
    });
  };
  route("/v1/session/oidc", begin);
  route("/v1/session/oidc/callback", finish);
}

}  // namespace fairway::exchange
