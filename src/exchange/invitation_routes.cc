// /v1/invitations: people join an organisation, and organisations the port.
#include "access/new_party_json.h"
#include "access/rights_json.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/cookies.h"
#include "exchange/invitation_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<http::Response> invite(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  access::InvitationWish wish = TRY(invitation_wish_from(parsed.get_object()));
  if (wish.founded) {
    if (!viewer->is_operator())
      return fail(Code::forbidden, "the operator invites organisations", {}, "leave \"party\" out to invite a colleague");
  } else {
    wish.party = viewer->party.id;
    if (!wish.rights.within(viewer->scopes))
      return fail(Code::forbidden, "nobody can give more than they have", {}, "leave out the rights that you lack");
  }
  return private_answer(issued_json(TRY(services.identity.invitations.invite(viewer->party.id, std::move(wish)))), 201);
}

Result<http::Response> list_invitations(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish page = TRY(page_in(request));
  const access::InvitationPage found = TRY(services.identity.invitations.list(viewer->party.id, page.after, page.limit));
  std::vector<std::string> items;
  items.reserve(found.invitations.size());
  for (const access::Invitation& invitation : found.invitations) items.push_back(access::describe(invitation, services.env.now_us()));
  return private_answer(page_json("invitations", items, found.next));
}

Result<http::Response> withdraw(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.identity.invitations.withdraw(viewer->party.id, std::string(request.parameter("invitation"))));
  return done();
}

Result<http::Response> look(Services& services, const http::Request& request) {
  const json::value parsed = TRY(object_in(request));
  const access::Invitation invitation = TRY(services.identity.invitations.look(text_of(parsed.get_object(), "token")));
  const access::InvitationWish& wish = invitation.wish;
  access::NewParty party;
  if (wish.founded) {
    party = *wish.founded;
  } else {
    const Party joined = TRY(services.registry.party(wish.party));
    party = {joined.name, joined.role, {}};
  }
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("party").begin_object().member("name", party.name).member("role", name(party.role)).end_object();
  writer.member("email", wish.email).optional_member("name", wish.name).member("expires", to_rfc3339_utc(wish.expires_us));
  writer.key("ways").raw(ways_json(services)).end_object();
  return private_answer(std::move(out));
}

Result<http::Response> accept(Services& services, const http::Request& request) {
  TRY_OK(check_own_page(request));
  const json::value parsed = TRY(object_in(request));
  const json::object& object = parsed.get_object();
  const access::Acceptance acceptance{std::string(text_of(object, "name")), std::string(text_of(object, "password")), {}};
  const access::OpenedSession opened = TRY(services.identity.invitations.accept(text_of(object, "token"), acceptance));
  services.authenticator.forget();
  return signed_in(services, request, opened);
}

}  // namespace

Result<access::InvitationWish> invitation_wish_from(const json::object& object) {
  access::InvitationWish wish;
  wish.email = text_of(object, "email");
  wish.name = text_of(object, "name");
  if (const json::object* party = object_of(object, "party")) wish.founded = TRY(access::new_party_from(*party));
  if (!wish.founded || object.contains("rights")) wish.rights = TRY(access::rights_of(object, "rights"));
  if (const std::string_view expires = text_of(object, "expires"); !expires.empty()) wish.expires_us = TRY(parse_rfc3339(expires)).micros;
  return wish;
}

std::string issued_json(const access::IssuedInvitation& issued) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", issued.invitation.id).member("link", "/invitation#" + issued.token).member("token", issued.token);
  writer.member("email", issued.invitation.wish.email).member("expires", to_rfc3339_utc(issued.invitation.wish.expires_us)).end_object();
  return out;
}

void add_invitation_routes(http::Router& router, Services& services) {
  constexpr May kMay = &access::Viewer::may_manage;
  router.add(http::Method::post, "/v1/invitations", answering(services, kMay, invite));
  router.add(http::Method::get, "/v1/invitations", answering(services, kMay, list_invitations));
  router.add(http::Method::del, "/v1/invitations/{invitation}", answering(services, kMay, withdraw));
  const auto open = [&](const char* path, Result<http::Response> (*answer)(Services&, const http::Request&)) {
    router.add(http::Method::post, path,
               answering_anybody([&services, answer](const http::Request& request) { return answer(services, request); }));
  };
  open("/v1/invitations/look", look);
  open("/v1/invitations/acceptance", accept);
}

}  // namespace fairway::exchange
