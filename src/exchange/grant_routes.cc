// /v1/grants and /v1/guest-links: what one party lets another see. /v1/parties/{party}: whom one is about to let.
#include "base/bytes.h"
#include "base/json.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"
#include "journey/assemble.h"

namespace fairway::exchange {
namespace {

std::unexpected<Error> no_such_grant(std::string_view id) {
  return fail(Code::not_found, "your organisation has no such grant", legible(id), "GET /v1/grants lists them");
}

// One that the viewer's organisation gives or receives; others do not exist.
Result<access::Grant> own_grant(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("grant");
  auto found = TRY(services.grants.find(id));
  if (!found || (found->from != viewer->party.id && found->to != viewer->party.id)) return no_such_grant(id);
  return std::move(*found);
}

void append_grant(JsonWriter& writer, Services& services, const access::Grant& grant, const PartyId& viewer) {
  const int64_t now_us = services.env.now_us();
  writer.begin_object().member("id", grant.id).member("kind", name(grant.kind)).key("from");
  services.names.append(writer, grant.from);
  writer.key("to");
  services.names.append(writer, grant.to);
  writer.key("scope").begin_object();
  if (grant.covers_everything()) {
    writer.member("all", true);
  } else {
    writer.key("references").begin_array();
    for (const Reference& reference : grant.references) writer.value(reference.key());
    writer.end_array();
  }
  writer.end_object().key("fields").begin_array();
  for (const access::Data data : grant.data) writer.value(name(data));
  writer.end_array().member(grant.kind == access::GrantKind::legal_basis ? "reason" : "purpose", grant.purpose);
  if (grant.expires_us != 0) writer.member("expires", to_rfc3339_utc(grant.expires_us));
  writer.member("state", grant.state_at(now_us)).member("created", to_rfc3339_utc(grant.created_us));
  if (grant.decided_us != 0) writer.member("decided", to_rfc3339_utc(grant.decided_us));
  if (grant.sealed) writer.member("sealed", true);
  writer.member("direction", grant.from == viewer ? "given" : "received").end_object();
}

http::Response show(Services& services, const access::Grant& grant, const ViewerPtr& viewer, int status = 200) {
  std::string body;
  JsonWriter writer(body);
  append_grant(writer, services, grant, viewer->party.id);
  return private_answer(std::move(body), status);
}

// Nobody can let others see what it does not see itself; to say so at once spares a grant that gives nothing.
Status sees_them(Services& services, const std::vector<Reference>& references, const ViewerPtr& viewer) {
  const auto snapshot = TRY(services.store.snapshot());
  const ViewerSight sight(services.rule, viewer);
  for (const Reference& reference : references) {
    TRY_OK(services.quota.look_up(*viewer, reference.value()));
    TRY(journey::find(*snapshot, reference, sight));
  }
  return {};
}

Result<http::Response> give(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  access::GrantWish wish = TRY(access::grant_wish_from_json(request.body, services.env.now_us()));
  access::Grant& grant = wish.grant;
  const bool lawful = grant.kind == access::GrantKind::legal_basis;
  const Party to = lawful ? viewer->party : TRY(services.registry.find_party(wish.to));
  if (!lawful && to.id == viewer->party.id) return fail(Code::invalid, "a grant to oneself", "to", "name another party");
  TRY_OK(access::may_pass(grant.kind, viewer->party.role, to.role));
  if (!lawful) TRY_OK(sees_them(services, grant.references, viewer));
  grant.from = viewer->party.id;
  grant.to = to.id;
  return show(services, TRY(services.grants.give(std::move(grant))), viewer, 201);
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  using Side = access::GrantBook::Side;
  const std::string direction = request.query_value("direction") != nullptr ? *request.query_value("direction") : "given";
  if (direction != "given" && direction != "received")
    return fail(Code::invalid, "not a direction of a grant", "direction=" + legible(direction), "given or received");
  const std::string* state = request.query_value("state");
  if (state != nullptr && *state != "expired") TRY(access::grant_state_from(*state));
  const PageWish wish = TRY(page_in(request));
  const auto page = TRY(services.grants.list(viewer->party.id, direction == "given" ? Side::given : Side::received,
                                             state != nullptr ? *state : "", wish.after, wish.limit));
  std::vector<std::string> items;
  for (const access::Grant& grant : page.grants) {
    JsonWriter writer(items.emplace_back());
    append_grant(writer, services, grant, viewer->party.id);
  }
  return private_answer(page_json("grants", items, page.next));
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return show(services, TRY(own_grant(services, request, viewer)), viewer);
}

Result<access::Grant> received(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  access::Grant grant = TRY(own_grant(services, request, viewer));
  if (grant.to != viewer->party.id)
    return fail(Code::forbidden, "the other side decides on this offer", grant.id, "DELETE takes an offer of your own back");
  return grant;
}

Result<http::Response> accept(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return show(services, TRY(services.grants.accept(TRY(received(services, request, viewer)))), viewer);
}

Result<http::Response> decline(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return show(services, TRY(services.grants.decline(TRY(received(services, request, viewer)))), viewer);
}

Result<http::Response> revoke(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::Grant revoked = TRY(services.grants.revoke(TRY(own_grant(services, request, viewer)), viewer->party.id));
  if (!revoked.key_id.empty()) TRY_OK(services.registry.withdraw_key(revoked.key_id));
  services.authenticator.forget();
  return show(services, revoked, viewer);
}

struct GuestWish {
  Reference reference;
  Role role = Role::driver;
  std::string label;
  int64_t expires_us = 0;
};

Result<GuestWish> guest_wish_from_json(std::string_view text, int64_t now_us) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a guest's link is a JSON object");
  GuestWish wish{TRY(Reference::from_key(text_of(*object, "reference"))), TRY(role_from(text_of(*object, "role"))),
                 std::string(trim(text_of(*object, "label"))), TRY(parse_rfc3339(text_of(*object, "expires"))).micros};
  if (wish.role != Role::driver && wish.role != Role::shipper)
    return fail(Code::invalid, "not a role for a guest", legible(text_of(*object, "role")), "driver, or shipper for a buyer");
  if (wish.reference.value().size() > limits::kGrantedReferenceBytesMax)
    return fail(Code::invalid, "the reference is too long for a link", legible(wish.reference.key()));
  if (wish.expires_us <= now_us) return fail(Code::invalid, "a link that has ended already", "expires", "give a time to come");
  if (wish.expires_us > now_us + limits::kGuestDaysMax * 86'400'000'000)
    return fail(Code::invalid, "a link for too long", "expires", "at most " + std::to_string(limits::kGuestDaysMax) + " days");
  return wish;
}

Result<http::Response> add_guest(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  GuestWish wish = TRY(guest_wish_from_json(request.body, services.env.now_us()));
  TRY_OK(sees_them(services, {wish.reference}, viewer));
  const access::IssuedKey issued = TRY(services.registry.add_guest(wish.label, wish.role, wish.expires_us));
  access::Grant grant;
  grant.kind = access::GrantKind::guest;
  grant.from = viewer->party.id;
  grant.to = issued.party.id;
  grant.references = {wish.reference};
  grant.purpose = "guest link";
  grant.expires_us = wish.expires_us;
  grant.key_id = issued.record.id;
  grant = TRY(services.grants.give(std::move(grant)));
  std::string body;
  JsonWriter writer(body);
  writer.begin_object().key("grant");
  append_grant(writer, services, grant, viewer->party.id);
  // The key stands behind the hash, which browsers keep to themselves.
  writer.member("link", "/guest#" + issued.key).member("key", issued.key).end_object();
  return private_answer(std::move(body), 201);
}

Result<http::Response> find_party(Services& services, const http::Request& request, const ViewerPtr&) {
  const Party party = TRY(services.registry.find_party(request.parameter("party")));
  std::string body;
  JsonWriter writer(body);
  writer.begin_object().member("id", party.id).member("name", party.name).member("role", name(party.role)).end_object();
  return private_answer(std::move(body));
}

}  // namespace

void add_grant_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    const May may = method == http::Method::get ? &access::Viewer::may_read : &access::Viewer::may_grant;
    router.add(method, path, answering(services, may, answer));
  };
  using enum http::Method;
  route(post, "/v1/grants", give);
  route(get, "/v1/grants", list);
  route(get, "/v1/grants/{grant}", find);
  route(post, "/v1/grants/{grant}/acceptance", accept);
  route(post, "/v1/grants/{grant}/refusal", decline);
  route(del, "/v1/grants/{grant}", revoke);
  route(post, "/v1/guest-links", add_guest);
  route(get, "/v1/parties/{party}", find_party);
}

}  // namespace fairway::exchange
