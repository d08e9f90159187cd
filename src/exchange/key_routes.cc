// /v1/keys: an organisation's own API keys. A key can only be given what the key that asks has itself. Its people's personal keys are
// listed and withdrawn here, too; made they are at /v1/me/keys alone.
#include "exchange/key_routes.h"

#include "access/personal_key.h"
#include "base/bytes.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

std::unexpected<Error> no_such_key(std::string_view id) {
  return fail(Code::not_found, "your organisation has no such key", legible(id), "GET /v1/keys lists them");
}

// One of the viewer's own; a key of somebody else does not exist.
Result<access::KeyRecord> own_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("key");
  const auto found = TRY(services.registry.key(id));
  if (!found || found->party != viewer->party.id) return no_such_key(id);
  return *found;
}

Result<http::Response> list_keys(Services& services, const http::Request&, const ViewerPtr& viewer) {
  std::string out = "{\"keys\":[";
  bool first = true;
  for (const access::KeyRecord& key : TRY(services.registry.keys(viewer->party.id))) {
    if (!std::exchange(first, false)) out += ',';
    out += access::describe(key, services.env.now_us());
  }
  return private_answer(out + "]}");
}

Result<http::Response> add_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::KeyWish wish = TRY(access::key_wish_from_json(request.body.empty() ? "{}" : request.body, services.env.now_us()));
  if (!wish.scopes.within(viewer->scopes))
    return fail(Code::forbidden, "a key cannot give more than it has", {}, "leave out the scopes that your own key lacks");
  return private_answer(issued_json(TRY(services.registry.add_key(viewer->party.id, wish))), 201);
}

Result<http::Response> rotate_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const int64_t overlap_s = TRY(overlap_of(request));
  const access::KeyRecord old = TRY(own_key(services, request, viewer));
  TRY_OK(access::may_rotate(*viewer, old));
  return private_answer(issued_json(TRY(services.registry.rotate_key(old, overlap_s * 1'000'000))), 201);
}

Result<http::Response> withdraw_key(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::KeyRecord key = TRY(own_key(services, request, viewer));
  TRY_OK(services.registry.withdraw_key(key.id));
  services.authenticator.forget();
  return private_answer("{\"status\":\"withdrawn\"}");
}

}  // namespace

std::string issued_json(const access::IssuedKey& issued) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("party").raw(access::party_json(issued.party));
  writer.member("keyID", issued.record.id).member("key", issued.key).end_object();
  return out;
}

void add_key_routes(http::Router& router, Services& services) {
  constexpr May kMay = &access::Viewer::may_manage;
  router.add(http::Method::get, "/v1/keys", answering(services, kMay, list_keys));
  router.add(http::Method::post, "/v1/keys", answering(services, kMay, add_key));
  router.add(http::Method::post, "/v1/keys/{key}/rotation", answering(services, kMay, rotate_key));
  router.add(http::Method::del, "/v1/keys/{key}", answering(services, kMay, withdraw_key));
}

}  // namespace fairway::exchange
