// /v1/me/keys: keys that act in the name of the person who made them. Made in a session, so that a key that somebody found makes no others.
#include "access/personal_key.h"
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/key_routes.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Status must_be_known(const access::Viewer& viewer) {
  if (!viewer.person.empty()) return {};
  return fail(Code::forbidden, "this is for people", {}, "an organisation's keys are at /v1/keys");
}

// One of the viewer's own; a key of somebody else does not exist.
Result<access::KeyRecord> own_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(must_be_known(*viewer));
  const std::string_view id = request.parameter("key");
  const auto found = TRY(services.registry.key(id));
  if (!found || found->holder.person != viewer->person)
    return fail(Code::not_found, "you have no such key", legible(id), "GET /v1/me/keys lists them");
  return *found;
}

Result<http::Response> list_keys(Services& services, const http::Request&, const ViewerPtr& viewer) {
  TRY_OK(must_be_known(*viewer));
  std::string out = "{\"keys\":[";
  bool first = true;
  for (const access::KeyRecord& key : TRY(services.registry.keys(viewer->party.id))) {
    if (key.holder.person != viewer->person) continue;
    if (!std::exchange(first, false)) out += ',';
    out += access::describe(key, services.env.now_us());
  }
  return private_answer(out + "]}");
}

Result<http::Response> add_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::KeyWish wish = TRY(access::personal_key_wish(request.body.empty() ? "{}" : request.body, *viewer, services.env.now_us()));
  const auto person = TRY(services.identity.people.person(viewer->person));
  if (!person) return fail(Code::unauthorized, "no such account any more");
  return private_answer(issued_json(TRY(services.registry.add_key(person->party, wish, {person->id, person->generation}))), 201);
}

Result<http::Response> rotate_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const int64_t overlap_s = TRY(overlap_of(request));
  const access::KeyRecord old = TRY(own_key(services, request, viewer));
  TRY_OK(access::may_rotate(*viewer, old));
  return private_answer(issued_json(TRY(services.registry.rotate_key(old, overlap_s * 1'000'000))), 201);
}

Result<http::Response> withdraw_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.registry.withdraw_key(TRY(own_key(services, request, viewer)).id));
  services.authenticator.forget();
  return private_answer("{\"status\":\"withdrawn\"}");
}

}  // namespace

void add_personal_key_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/me/keys", answering(services, nullptr, list_keys));
  router.add(http::Method::post, "/v1/me/keys", answering(services, nullptr, add_key));
  router.add(http::Method::post, "/v1/me/keys/{key}/rotation", answering(services, nullptr, rotate_key));
  router.add(http::Method::del, "/v1/me/keys/{key}", answering(services, nullptr, withdraw_key));
}

}  // namespace fairway::exchange
