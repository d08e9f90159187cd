// /v1/service-accounts: machines that act for one's own organisation with a provider's access tokens.
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<http::Response> list_accounts(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish page = TRY(page_in(request));
  const access::ServiceAccountPage found = TRY(services.identity.service_accounts.list(viewer->party.id, page.after, page.limit));
  std::vector<std::string> items;
  items.reserve(found.accounts.size());
  for (const access::ServiceAccount& account : found.accounts) items.push_back(access::describe(account, services.env.now_us()));
  return private_answer(page_json("serviceAccounts", items, found.next));
}

Result<http::Response> add_account(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const json::object& object = parsed.get_object();
  const access::Subject subject{std::string(text_of(object, "issuer")), std::string(text_of(object, "subject"))};
  const access::KeyWish wish = TRY(access::key_wish_from_json(request.body, services.env.now_us()));
  if (!services.identity.relying_party.knows(subject.issuer))
    return fail(Code::invalid, "this server does not know the issuer", legible(subject.issuer), "the operator adds providers");
  if (!wish.scopes.within(viewer->scopes))
    return fail(Code::forbidden, "nobody can give more than they have", {}, "leave out the scopes that you lack");
  const access::ServiceAccount account = TRY(services.identity.service_accounts.add(viewer->party.id, subject, wish));
  return private_answer(access::describe(account, services.env.now_us()), 201);
}

Result<http::Response> withdraw_account(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.identity.service_accounts.withdraw(viewer->party.id, std::string(request.parameter("account"))));
  services.authenticator.forget();
  return done();
}

}  // namespace

void add_service_account_routes(http::Router& router, Services& services) {
  constexpr May kMay = &access::Viewer::may_manage;
  router.add(http::Method::get, "/v1/service-accounts", answering(services, kMay, list_accounts));
  router.add(http::Method::post, "/v1/service-accounts", answering(services, kMay, add_account));
  router.add(http::Method::del, "/v1/service-accounts/{account}", answering(services, kMay, withdraw_account));
}

}  // namespace fairway::exchange
