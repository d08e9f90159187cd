// GET /v1/me, and what operators and orchestrators ask: /healthz, /readyz, /metrics. The local socket's routes for `fairway admin`.
#include "base/json.h"
#include "exchange/key_routes.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

http::Response json_response(std::string body, int status = 200) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

http::Response ready(Services& services) {
  if (const Status writable = services.store.writable(); !writable) return http::problem(writable.error(), "/readyz");
  if (const auto snapshot = services.store.snapshot(); !snapshot) return http::problem(snapshot.error(), "/readyz");
  const store::Store::Figures figures = services.store.figures();
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("status", "ready").member("store", figures.engine).member("last", figures.last);
  writer.member("sequencer", figures.sequencer).end_object();
  return json_response(std::move(out));
}

http::Response metrics(Services& services) {
  Metrics::Gauges gauges;
  gauges.store = services.store.figures();
  if (services.http_figures) gauges.http = services.http_figures();
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

Result<http::Response> who_am_i(Services& services, const access::Viewer& viewer) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("party").raw(access::party_json(viewer.party)).key("rights").begin_array();
  for (const std::string_view right : viewer.scopes.names()) writer.value(right);
  writer.end_array();
  if (viewer.party.guest) TRY_OK(append_guest(writer, services, viewer.party.id));
  writer.end_object();
  return json_response(std::move(out));
}

Result<access::NewParty> new_party_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a party is a JSON object");
  access::NewParty party;
  party.name = text_of(*object, "name");
  party.role = TRY(role_from(text_of(*object, "role")));
  if (const json::array* identifiers = array_of(*object, "identifiers"))
    for (const json::value& item : *identifiers)
      if (const json::string* key = item.if_string()) party.identifiers.push_back(TRY(parse_party_identifier({key->data(), key->size()})));
  return party;
}

Result<http::Response> add_party(access::Registry& registry, const http::Request& request) {
  const access::IssuedKey issued = TRY(registry.add_party(TRY(new_party_from_json(request.body))));
  return json_response(issued_json(issued), 201);
}

Result<http::Response> list_parties(access::Registry& registry, const http::Request&) {
  std::string out = "[";
  for (const Party& party : TRY(registry.parties())) {
    if (out.size() > 1) out += ',';
    out += access::party_json(party);
  }
  return json_response(out + "]");
}

Result<http::Response> add_key(access::Registry& registry, const http::Request& request) {
  const access::KeyWish wish =
      request.body.empty() ? access::KeyWish() : TRY(access::key_wish_from_json(request.body, Env::system().now_us()));
  const access::IssuedKey issued = TRY(registry.add_key(std::string(request.parameter("party")), wish));
  return json_response(issued_json(issued), 201);
}

Result<http::Response> withdraw_key(access::Registry& registry, const http::Request& request) {
  TRY_OK(registry.withdraw_key(std::string(request.parameter("key"))));
  return json_response("{\"status\":\"withdrawn\"}");
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
  router.add(http::Method::get, "/v1/me", answering(services, nullptr, [&services](const http::Request&, const ViewerPtr& viewer) {
               return who_am_i(services, *viewer);
             }));
}

void add_admin_routes(http::Router& router, access::Registry& registry) {
  const auto route = [&](http::Method method, const char* path, Result<http::Response> (*answer)(access::Registry&, const http::Request&)) {
    router.add(method, path, [&registry, answer](const http::Request& request, const http::Responder& responder) {
      Result<http::Response> response = answer(registry, request);
      responder.send(response ? std::move(*response) : http::problem(response.error(), request.path));
    });
  };
  route(http::Method::get, "/admin/parties", list_parties);
  route(http::Method::post, "/admin/parties", add_party);
  route(http::Method::post, "/admin/parties/{party}/keys", add_key);
  route(http::Method::del, "/admin/keys/{key}", withdraw_key);
}

}  // namespace fairway::exchange
