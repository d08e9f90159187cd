// /v1/people: who has an account in one's own organisation, and what they may do.
#include "access/rights_json.h"
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<http::Response> list_people(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish page = TRY(page_in(request));
  const access::PeoplePage found = TRY(services.identity.people.list(viewer->party.id, page.after, page.limit));
  std::vector<std::string> items;
  items.reserve(found.people.size());
  for (const access::Person& person : found.people) items.push_back(access::describe(person));
  return private_answer(page_json("people", items, found.next));
}

Result<access::People::Terms> terms_in(const http::Request& request) {
  const json::value parsed = TRY(object_in(request));
  const json::object& object = parsed.get_object();
  access::People::Terms terms;
  if (object.contains("rights")) terms.rights = TRY(access::rights_of(object, "rights"));
  if (object.contains("status")) {
    const std::string_view status = text_of(object, "status");
    if (status != "active" && status != "suspended") return fail(Code::invalid, "not a status", legible(status), "active or suspended");
    terms.suspended = status == "suspended";
  }
  return terms;
}

Result<http::Response> change_person(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::People::Terms terms = TRY(terms_in(request));
  const access::PersonId id(request.parameter("person"));
  const auto person = TRY(services.identity.people.person(id));
  if (!person || person->party != viewer->party.id)
    return fail(Code::not_found, "your organisation has no such person", legible(id), "GET /v1/people lists them");
  if (terms.rights && !terms.rights->within(viewer->scopes.with(person->rights)))
    return fail(Code::forbidden, "nobody can give more than they have", {}, "leave out the rights that you lack");
  const access::Person changed = TRY(services.identity.accounts.set_terms(id, terms));
  services.authenticator.forget();
  return private_answer(access::describe(changed));
}

}  // namespace

void add_people_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/people", answering(services, &access::Viewer::may_manage, list_people));
  router.add(http::Method::patch, "/v1/people/{person}", answering(services, &access::Viewer::may_manage, change_person));
}

}  // namespace fairway::exchange
