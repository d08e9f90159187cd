// GET /epcis/epcs, /bizSteps, /bizLocations, /readPoints, /dispositions and /eventTypes: what there is to ask for, and the events of each.
#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.h"
#include "exchange/epcis/answers.h"
#include "exchange/epcis/query_fields.h"
#include "exchange/epcis/routes.h"
#include "exchange/epcis/search.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/vocabulary.h"

namespace fairway::exchange::epcis {
namespace {

struct CollectionRow {
  std::string_view name;       // of the collection in the path
  std::string_view parameter;  // of the query that asks for one of its members
  std::string_view field;      // of query_fields.h: where an event has them
};
constexpr std::array kCollections = {
    CollectionRow{"eventTypes", "eventType", "eventType"},    CollectionRow{"epcs", "MATCH_anyEPC", "MATCH_anyEPC"},
    CollectionRow{"bizSteps", "EQ_bizStep", "bizStep"},       CollectionRow{"bizLocations", "EQ_bizLocation", "bizLocation"},
    CollectionRow{"readPoints", "EQ_readPoint", "readPoint"}, CollectionRow{"dispositions", "EQ_disposition", "disposition"},
};

// The query for one member; a '|' in it divides nothing.
Result<Query> query_of(const CollectionRow& row, std::string_view value, const http::Fields& more) {
  http::Fields parameters = more;
  parameters.emplace_back(row.parameter, value);
  Query query = TRY(parse_query(parameters));
  if (value.find('|') == std::string_view::npos || query.conditions.empty()) return query;
  query.conditions.back().values = {std::string(value)};
  return query;
}

// Each value once, in their order, as the events that the viewer sees have them.
Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer, const CollectionRow& row) {
  const Paging paging = TRY(paging_of(request));
  const auto rows = field_rows();
  const auto field = std::ranges::find(rows, row.field, &FieldRow::name);
  std::set<std::string> values;
  TRY_OK(each_seen(services, viewer, [&](const Hit& hit) {
    Texts found;
    field->collect(hit.event.body, found);
    for (std::string& value : found) {
      if (value <= paging.token) continue;
      values.insert(std::move(value));
      if (values.size() > paging.per_page + 1) values.erase(std::prev(values.end()));
    }
    return true;
  }));
  std::string members, last;
  JsonWriter json(members);
  json.begin_array();
  size_t count = 0;
  for (const std::string& value : values) {
    if (count++ == paging.per_page) break;
    json.value(value);
    last = value;
  }
  json.end_array();
  http::Response response = answer(200, collection(members));
  if (values.size() > paging.per_page) add_next_page(response, request, last, services.env);
  return response;
}

Result<http::Response> one(Services& services, const http::Request& request, const ViewerPtr& viewer, const CollectionRow& row) {
  const std::string_view value = request.parameter("value");
  const Hits hits = TRY(search(services, viewer, TRY(query_of(row, value, {})), Paging{1, ""}));
  if (hits.events.empty()) return fail(Code::not_found, "there is nothing of this name", legible(value));
  return answer(200, collection(R"(["events"])"));
}

Result<http::Response> events(Services& services, const http::Request& request, const ViewerPtr& viewer, const CollectionRow& row) {
  return answer_query(services, request, viewer, TRY(query_of(row, request.parameter("value"), request.query)), "SimpleEventQuery");
}

}  // namespace

void add_collection_routes(http::Router& router, Services& services) {
  const auto may_read = &access::Viewer::may_read;
  for (const CollectionRow& row : kCollections) {
    const std::string all = std::string(kRoot) + "/" + std::string(row.name), one_path = all + "/{value}",
                      events_path = one_path + "/events";
    router.add(http::Method::get, all,
               route(services, may_read, Subject::query,
                     [&services, &row](http::Request& request, const ViewerPtr& viewer) { return list(services, request, viewer, row); }));
    router.add(http::Method::get, one_path,
               route(services, may_read, Subject::resource,
                     [&services, &row](http::Request& request, const ViewerPtr& viewer) { return one(services, request, viewer, row); }));
    router.add(http::Method::get, events_path,
               route(services, may_read, Subject::query, [&services, &row](http::Request& request, const ViewerPtr& viewer) {
                 return events(services, request, viewer, row);
               }));
    for (const std::string& path : {all, one_path, events_path}) add_options(router, path, "OPTIONS, GET");
  }
}

}  // namespace fairway::exchange::epcis
