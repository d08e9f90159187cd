// The local socket's routes, for `fairway admin` beside a running server: parties, keys, invitations, people.
#include "access/new_party_json.h"
#include "base/json.h"
#include "exchange/account_answers.h"
#include "exchange/invitation_answers.h"
#include "exchange/key_routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

using access::Identity;

Result<http::Response> add_party(Identity& identity, const http::Request& request) {
  const json::value parsed = TRY(object_in(request));
  const access::NewParty party = TRY(access::new_party_from(parsed.get_object()));
  return private_answer(issued_json(TRY(identity.registry.add_party(party))), 201);
}

Result<http::Response> list_parties(Identity& identity, const http::Request&) {
  std::string out = "[";
  for (const Party& party : TRY(identity.registry.parties())) {
    if (out.size() > 1) out += ',';
    out += access::party_json(party);
  }
  return private_answer(out + "]");
}

Result<http::Response> add_key(Identity& identity, const http::Request& request) {
  const access::KeyWish wish =
      request.body.empty() ? access::KeyWish() : TRY(access::key_wish_from_json(request.body, Env::system().now_us()));
  const access::IssuedKey issued = TRY(identity.registry.add_key(std::string(request.parameter("party")), wish));
  return private_answer(issued_json(issued), 201);
}

Result<http::Response> withdraw_key(Identity& identity, const http::Request& request) {
  TRY_OK(identity.registry.withdraw_key(std::string(request.parameter("key"))));
  return private_answer("{\"status\":\"withdrawn\"}");
}

// An invitation into the organisation named by "joins", or to found the one of "party".
Result<http::Response> invite(Identity& identity, const http::Request& request) {
  const json::value parsed = TRY(object_in(request));
  access::InvitationWish wish = TRY(invitation_wish_from(parsed.get_object()));
  const PartyId owner(text_of(parsed.get_object(), "joins"));
  if (!wish.founded) wish.party = owner;
  return private_answer(issued_json(TRY(identity.invitations.invite(owner, std::move(wish)))), 201);
}

Result<http::Response> list_people(Identity& identity, const http::Request& request) {
  const PageWish page = TRY(page_in(request));
  const access::PeoplePage found = TRY(identity.people.list(std::string(request.parameter("party")), page.after, page.limit));
  std::vector<std::string> items;
  items.reserve(found.people.size());
  for (const access::Person& person : found.people) items.push_back(access::describe(person));
  return private_answer(page_json("people", items, found.next));
}

Result<http::Response> reset(Identity& identity, const http::Request& request) {
  const json::value parsed = TRY(object_in(request));
  const std::string email = TRY(access::fold_email(text_of(parsed.get_object(), "email")));
  return private_answer(issued_json(TRY(identity.invitations.reset(email))), 201);
}

}  // namespace

void add_admin_routes(http::Router& router, access::Identity& identity) {
  const auto route = [&](http::Method method, const char* path, Result<http::Response> (*answer)(Identity&, const http::Request&)) {
    router.add(method, path, answering_anybody([&identity, answer](const http::Request& request) { return answer(identity, request); }));
  };
  route(http::Method::get, "/admin/parties", list_parties);
  route(http::Method::post, "/admin/parties", add_party);
  route(http::Method::post, "/admin/parties/{party}/keys", add_key);
  route(http::Method::del, "/admin/keys/{key}", withdraw_key);
  route(http::Method::post, "/admin/invitations", invite);
  route(http::Method::get, "/admin/parties/{party}/people", list_people);
  route(http::Method::post, "/admin/resets", reset);
}

}  // namespace fairway::exchange
