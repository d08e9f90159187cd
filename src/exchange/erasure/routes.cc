#include "exchange/erasure/routes.h"

#include <charconv>

#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/services.h"
#include "ledger/erasure/eraser.h"

namespace fairway::exchange {
namespace {

Status must_be_operator(const access::Viewer& viewer) {
  if (viewer.is_operator()) return {};
  return fail(Code::forbidden, "only the operator has entries erased", {}, "ask the operator, and say by what right");
}

Result<http::Response> erase(store::Store& store, Env& env, const http::Request& request, const PartyId& by) {
  ledger::ErasureWish wish = TRY(ledger::erasure_wish_from_json(request.body));
  wish.by = by;
  return private_answer(ledger::to_json(TRY(ledger::Eraser(store, env).erase(wish))), 201);
}

Result<http::Response> list(store::Store& store, Env& env, const http::Request& request) {
  const PageWish wish = TRY(page_in(request));
  Position before = 0;
  const auto [end, error] = std::from_chars(wish.after.data(), wish.after.data() + wish.after.size(), before);
  if (!wish.after.empty() && (error != std::errc() || end != wish.after.data() + wish.after.size()))
    return fail(Code::invalid, "not a cursor", legible(wish.after), "use the one of the page before");
  const ledger::Eraser::Page page = TRY(ledger::Eraser(store, env).list(before, wish.limit));
  return private_answer(page_json("erasures", page.items, page.next == 0 ? "" : std::to_string(page.next)));
}

Result<http::Response> erase_for_operator(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(must_be_operator(*viewer));
  return erase(services.store, services.env, request, viewer->party.id);
}

Result<http::Response> list_for_operator(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(must_be_operator(*viewer));
  return list(services.store, services.env, request);
}

}  // namespace

void add_erasure_routes(http::Router& router, Services& services) {
  router.add(http::Method::post, "/v1/erasures", answering(services, &access::Viewer::may_manage, erase_for_operator));
  router.add(http::Method::get, "/v1/erasures", answering(services, &access::Viewer::may_read, list_for_operator));
}

void add_erasure_admin_routes(http::Router& router, store::Store& store, Env& env) {
  router.add(http::Method::post, "/admin/erasures",
             answering_anybody([&store, &env](const http::Request& request) { return erase(store, env, request, {}); }));
  router.add(http::Method::get, "/admin/erasures",
             answering_anybody([&store, &env](const http::Request& request) { return list(store, env, request); }));
}

}  // namespace fairway::exchange
