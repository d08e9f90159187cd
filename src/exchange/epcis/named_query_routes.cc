// /epcis/queries: a query is given a name once and asked by it from then on. A name is its party's own; queries are kept in the store's
// state and survive a restart.
#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "exchange/epcis/named_queries.h"
#include "exchange/epcis/routes.h"
#include "exchange/epcis/search.h"

namespace fairway::exchange::epcis {
namespace {

std::string prefix_of(const ViewerPtr& viewer) { return "epcis/query/" + viewer->party.id + "/"; }

// A name that can stand in a path as it is.
Status check_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
  };
  if (name.empty() || name.size() > limits::kEpcisQueryNameBytesMax || !std::ranges::all_of(name, fits))
    return fail(Code::invalid, "a query's name has letters, digits and -_.~ alone", legible(name),
                "at most " + std::to_string(limits::kEpcisQueryNameBytesMax));
  return {};
}

Result<NamedQuery> read_named(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const json::object* query = object != nullptr ? object_of(*object, "query") : nullptr;
  if (query == nullptr)
    return fail(Code::invalid, "a name and a query are wanted", "", R"({"name": "…", "query": {"EQ_bizStep": ["shipping"]}})");
  NamedQuery named;
  named.name = text_of(*object, "name");
  TRY_OK(check_name(named.name));
  named.parameters = TRY(parameters_of(*query));
  TRY_OK(parse_query(named.parameters));
  std::string definition;
  gateway::epcis::append_json(definition, *query);
  JsonWriter(named.text).begin_object().member("name", named.name).key("query").raw(definition).end_object();
  return named;
}

Result<std::string> stored(Services& services, const ViewerPtr& viewer, std::string_view name) {
  if (!check_name(name)) return fail(Code::not_found, "there is no such query", legible(name));
  const auto snapshot = TRY(services.store.snapshot());
  const auto found = TRY(snapshot->state(prefix_of(viewer) + std::string(name)));
  if (!found) return fail(Code::not_found, "there is no such query", legible(name));
  return found->value;
}

Result<http::Response> create(Services& services, http::Request& request, const ViewerPtr& viewer) {
  const std::string body = TRY(body_of(request));
  if (body.size() > limits::kEpcisQueryBytesMax)
    return fail(Code::too_large, "the query is too large", "at most " + std::to_string(limits::kEpcisQueryBytesMax) + " bytes");
  const NamedQuery named = TRY(read_named(body));
  const auto snapshot = TRY(services.store.snapshot());
  const auto there = TRY(snapshot->state_scan(prefix_of(viewer), "", limits::kEpcisNamedQueriesPerPartyMax));
  if (there.size() >= limits::kEpcisNamedQueriesPerPartyMax)
    return fail(Code::too_large, "too many queries", "at most " + std::to_string(limits::kEpcisNamedQueriesPerPartyMax),
                "delete one first");
  store::Batch batch;
  batch.state.push_back({prefix_of(viewer) + named.name, named.text, 0});
  if (auto receipt = services.store.commit_and_wait(std::move(batch)); !receipt) {
    if (receipt.error().code != Code::conflict) return std::unexpected(receipt.error());
    return fail(Code::conflict, "there is a query of this name", named.name, "delete it first, or take another name");
  }
  http::Response response = answer(201, "");
  response.headers.emplace_back("location", std::string(kRoot) + "/queries/" + named.name);
  return response;
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Paging paging = TRY(paging_of(request));
  if (!paging.token.empty()) TRY_OK(check_name(paging.token));
  const std::string prefix = prefix_of(viewer);
  const auto snapshot = TRY(services.store.snapshot());
  const auto there = TRY(snapshot->state_scan(prefix, paging.token.empty() ? std::string() : prefix + paging.token, paging.per_page + 1));
  std::string members;
  JsonWriter json(members);
  json.begin_array();
  for (size_t i = 0; i < std::min(there.size(), paging.per_page); ++i) json.raw(there[i].second.value);
  json.end_array();
  http::Response response = answer(200, collection(members));
  if (there.size() > paging.per_page)
    add_next_page(response, request, there[paging.per_page - 1].first.substr(prefix.size()), services.env);
  return response;
}

Result<http::Response> show(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return answer(200, TRY(stored(services, viewer, request.parameter("queryName"))));
}

Result<http::Response> erase(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string name(request.parameter("queryName"));
  const bool subscribed = !TRY(subscriptions_to(services, viewer, name)).empty();
  // A query that went without all of its subscriptions, since the server was stopped, goes once more.
  if (!subscribed) TRY_OK(stored(services, viewer, name));
  if (subscribed) TRY_OK(viewer->may_manage());
  store::Batch batch;
  batch.state.push_back({prefix_of(viewer) + name, std::nullopt, std::nullopt});
  TRY_OK(services.store.commit_and_wait(std::move(batch)));
  // Those that are made from now on find no query.
  for (const callbacks::Subscription& subscription : TRY(subscriptions_to(services, viewer, name)))
    TRY_OK(services.callbacks.book().remove(subscription));
  return answer(204, "");
}

Result<http::Response> events(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const NamedQuery named = TRY(named_query(services, viewer, request.parameter("queryName")));
  return answer_query(services, request, viewer, TRY(parse_query(named.parameters)), named.name);
}

}  // namespace

Result<NamedQuery> named_query(Services& services, const ViewerPtr& viewer, std::string_view name) {
  return read_named(TRY(stored(services, viewer, name)));
}

void add_named_query_routes(http::Router& router, Services& services) {
  const std::string all = std::string(kRoot) + "/queries", one = all + "/{queryName}", events_path = one + "/events";
  const auto add = [&](http::Method method, const std::string& path, auto handler) {
    router.add(method, path,
               route(services, &access::Viewer::may_read, Subject::named_query,
                     [&services, handler](http::Request& request, const ViewerPtr& viewer) { return handler(services, request, viewer); }));
  };
  add(http::Method::post, all, create);
  add(http::Method::get, all, list);
  add(http::Method::get, one, show);
  add(http::Method::del, one, erase);
  add(http::Method::get, events_path, events);
  add_options(router, all, "OPTIONS, GET, POST");
  add_options(router, one, "OPTIONS, GET, DELETE");
  add_options(router, events_path, "OPTIONS, GET");
}

}  // namespace fairway::exchange::epcis
