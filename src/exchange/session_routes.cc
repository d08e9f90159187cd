// /v1/sign-in, /v1/session and /v1/me/…: people sign in and out, and see to their own password and second factor.
#include "base/bytes.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/cookies.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<http::Response> sign_in(Services& services, const http::Request& request) {
  TRY_OK(check_own_page(request));
  const json::value parsed = TRY(object_in(request));
  const json::object& object = parsed.get_object();
  const access::OpenedSession opened = TRY(services.identity.sign_in.with_password({.email = text_of(object, "email"),
                                                                                    .password = text_of(object, "password"),
                                                                                    .code = trim(text_of(object, "code")),
                                                                                    .peer = request.peer}));
  return signed_in(services, request, opened);
}

// The session of the request's cookie; the viewer was made from it a moment ago.
Result<access::Session> session_of(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const auto session = TRY(services.identity.sessions.find(cookie_of(request, Cookie::session)));
  if (!session || viewer->person != session->person)
    return fail(Code::unauthorized, "nobody has signed in", {}, "POST /v1/session signs in");
  return *session;
}

Result<http::Response> show_session(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::Session session = TRY(session_of(services, request, viewer));
  auto person = TRY(services.identity.people.person(viewer->person));
  if (!person) return fail(Code::unauthorized, "nobody has signed in");
  const std::string token(cookie_of(request, Cookie::session));
  return private_answer(TRY(session_json(services, {std::move(*person), token, session.ends_us()})));
}

Result<http::Response> sign_out(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.identity.sessions.end(TRY(session_of(services, request, viewer))));
  services.authenticator.forget();
  http::Response response = done();
  clear_cookie(response, request, Cookie::session);
  return response;
}

Result<http::Response> change_password(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_change_own_account());
  const json::value parsed = TRY(object_in(request));
  const json::object& object = parsed.get_object();
  TRY_OK(services.identity.accounts.change_password(viewer->person, text_of(object, "old"), text_of(object, "new"),
                                                    cookie_of(request, Cookie::session)));
  services.authenticator.forget();
  return done();
}

Result<http::Response> begin_second_factor(Services& services, const http::Request&, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_change_own_account());
  const access::PendingFactor pending = TRY(services.identity.accounts.begin_second_factor(viewer->person));
  std::string out;
  JsonWriter(out).begin_object().member("secret", pending.secret).member("uri", pending.uri).end_object();
  return private_answer(std::move(out));
}

std::string code_in(const json::value& body) { return std::string(trim(text_of(body.get_object(), "code"))); }

Result<http::Response> confirm_second_factor(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_change_own_account());
  TRY_OK(services.identity.accounts.confirm_second_factor(viewer->person, code_in(TRY(object_in(request)))));
  return done();
}

Result<http::Response> drop_second_factor(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_change_own_account());
  TRY_OK(services.identity.accounts.drop_second_factor(viewer->person, code_in(TRY(object_in(request)))));
  return done();
}

}  // namespace

void add_session_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    router.add(method, path, answering(services, nullptr, answer));
  };
  router.add(http::Method::get, "/v1/sign-in", answering_anybody([&services](const http::Request&) -> Result<http::Response> {
               return private_answer(ways_json(services));
             }));
  router.add(http::Method::post, "/v1/session",
             answering_anybody([&services](const http::Request& request) { return sign_in(services, request); }));
  route(http::Method::get, "/v1/session", show_session);
  route(http::Method::del, "/v1/session", sign_out);
  route(http::Method::post, "/v1/me/password", change_password);
  route(http::Method::post, "/v1/me/second-factor", begin_second_factor);
  route(http::Method::put, "/v1/me/second-factor", confirm_second_factor);
  route(http::Method::del, "/v1/me/second-factor", drop_second_factor);
}

}  // namespace fairway::exchange
