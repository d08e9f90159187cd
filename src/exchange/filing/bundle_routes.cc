// /v1/bundles: accepted road consignments bound to a vehicle and a crossing. The haulier bundles by the numbers that its customers give it.
#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/filing/filing_for.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"
#include "filing/life/json_parts.h"

namespace fairway::exchange {
namespace {

using filing::Bundle;

constexpr size_t kNumbersMax = 200;
constexpr std::string_view kRoadFamily = "road-cargo";  // in forms.csv

std::string bundle_json(const Bundle& bundle) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", bundle.id).member("vehicle", bundle.vehicle).optional_member("trailer", bundle.trailer);
  writer.optional_member("driver", bundle.driver);
  filing::append_texts(writer, "filings", bundle.filings);
  if (bundle.crossing_us != 0) writer.member("crossing", to_rfc3339_utc(bundle.crossing_us));
  writer.optional_member("controlPoint", bundle.control_point).member("state", bundle.state);
  if (bundle.earliest_us) writer.member("earliest", to_rfc3339_utc(*bundle.earliest_us));
  filing::append_findings(writer, "findings", bundle.findings);
  writer.member("created", to_rfc3339_utc(bundle.created_us)).member("changed", to_rfc3339_utc(bundle.changed_us)).end_object();
  return out;
}

// The authorities that give road consignments their numbers.
std::set<std::string> road_authorities(const filing::Regimes& regimes) {
  std::set<std::string> authorities;
  for (const filing::Regime& regime : regimes.all()) {
    const filing::Table& forms = regime.table("forms");
    for (size_t row = 0; row < forms.rows(); ++row)
      if (forms.cell(row, "family") == kRoadFamily) authorities.insert(forms.cell(row, "authority"));
  }
  return authorities;
}

// The filings of these numbers, whosever they are: who has the number was given it.
Result<std::vector<std::string>> by_numbers(Services& services, const json::array& numbers) {
  const std::set<std::string> authorities = road_authorities(services.filings->regimes);
  std::vector<std::string> ids;
  for (const json::value& item : numbers) {
    const std::string_view number = item.is_string() ? trim(std::string_view(item.get_string())) : std::string_view();
    const size_t before = ids.size();
    for (const std::string& authority : authorities)
      if (const auto found = TRY(services.filings->book.find_by_number(authority, number))) ids.push_back(found->id);
    if (ids.size() == before) return fail(Code::conflict, "no road consignment has this number", legible(number), "ask who gave it to you");
  }
  return ids;
}

Result<Bundle> bundle_in(Services& services, const json::object& body, const access::Viewer& viewer) {
  Bundle bundle;
  bundle.party = viewer.party.id;
  bundle.vehicle = trim(text_of(body, "vehicle"));
  bundle.trailer = trim(text_of(body, "trailer"));
  bundle.driver = trim(text_of(body, "driver"));
  bundle.control_point = trim(text_of(body, "controlPoint"));
  for (const std::string* text : {&bundle.vehicle, &bundle.trailer, &bundle.driver, &bundle.control_point})
    if (text->size() > limits::kIdentifierBytesMax) return fail(Code::too_large, "a value is too long", legible(*text));
  if (bundle.vehicle.empty()) return fail(Code::invalid, "a bundle is bound to a vehicle", {}, "give its registration as \"vehicle\"");
  if (const std::string_view crossing = text_of(body, "crossing"); !crossing.empty())
    bundle.crossing_us = TRY(parse_rfc3339(crossing)).micros;
  const json::array* filings = array_of(body, "filings");
  const json::array* numbers = array_of(body, "numbers");
  if ((filings == nullptr) == (numbers == nullptr))
    return fail(Code::invalid, "which consignments?", {}, "give \"filings\" or \"numbers\"");
  if ((filings != nullptr ? filings : numbers)->size() > kNumbersMax)
    return fail(Code::too_large, "too many consignments", {}, "at most " + std::to_string(kNumbersMax));
  if (numbers != nullptr) {
    bundle.filings = TRY(by_numbers(services, *numbers));
    return bundle;
  }
  for (const json::value& item : *filings) {
    const std::string_view id = item.is_string() ? std::string_view(item.get_string()) : std::string_view();
    bundle.filings.push_back(TRY(own_filing(services, id, viewer)).id);
  }
  return bundle;
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const Bundle wanted = TRY(bundle_in(services, parsed.get_object(), *viewer));
  return private_answer(bundle_json(TRY(services.filings->book.bundle(wanted, viewer->person))), 201);
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  const auto page = TRY(services.filings->book.bundles(viewer->party.id, wish.after, wish.limit));
  std::vector<std::string> items;
  for (const Bundle& bundle : page.items) items.push_back(bundle_json(bundle));
  return private_answer(page_json("bundles", items, page.next));
}

Result<Bundle> own_bundle(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("bundle");
  auto found = id.size() > limits::kIdentifierBytesMax ? std::nullopt : TRY(services.filings->book.find_bundle(id));
  if (!found || !viewer->sees_sent_by(found->party))
    return fail(Code::not_found, "no such bundle", legible(id), "GET /v1/bundles lists your organisation's");
  return std::move(*found);
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(bundle_json(TRY(own_bundle(services, request, viewer))));
}

Result<http::Response> unbundle(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Bundle bundle = TRY(own_bundle(services, request, viewer));
  if (bundle.party != viewer->party.id) return fail(Code::forbidden, "only who bundled it unbundles it", bundle.id);
  return private_answer(bundle_json(TRY(services.filings->book.unbundle(bundle.id, viewer->person))));
}

}  // namespace

void add_bundle_routes(http::Router& router, Services& services) {
  using enum http::Method;
  router.add(post, "/v1/bundles", answering(services, &access::Viewer::may_send, add));
  router.add(get, "/v1/bundles", answering(services, &access::Viewer::may_read, list));
  router.add(get, "/v1/bundles/{bundle}", answering(services, &access::Viewer::may_read, find));
  router.add(del, "/v1/bundles/{bundle}", answering(services, &access::Viewer::may_send, unbundle));
}

}  // namespace fairway::exchange
