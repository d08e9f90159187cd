// /v1/consignments: records entered once, by hand or in sheets, read and changed.
#include <charconv>

#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/filing/consignment_answers.h"
#include "exchange/filing/consignment_body.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"
#include "exchange/filing/sheet_upload.h"

namespace fairway::exchange {
namespace {

constexpr size_t kScannedMax = 2'000;  // consignments looked at for one page of a search

http::Response tagged(std::string body, uint64_t record_version, int status = 200) {
  http::Response response = private_answer(std::move(body), status);
  response.headers.emplace_back("etag", etag_of(record_version));
  return response;
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  if (is_sheet(request)) return upload_sheet(services, request, *viewer);
  const json::value parsed = TRY(object_in(request));
  filing::Consignment wanted = TRY(consignment_from(services, parsed.get_object(), *viewer));
  filing::Consignment made = TRY(services.filings->book.add(std::move(wanted), viewer->person));
  const SeenConsignment seen = TRY(consignment_for(services, made.id, *viewer));
  http::Response response = tagged(TRY(consignment_json(services, seen, seen.consignment.record)), made.record_version, 201);
  response.headers.emplace_back("location", "/v1/consignments/" + made.id);
  return response;
}

// The owner's reference or the id contains it.
bool is_asked_for(const filing::Consignment& consignment, const PartyId& viewer, const std::string& q) {
  if (q.empty() || consignment.id == q) return true;
  return consignment.owner == viewer && to_lower(consignment.reference).find(q) != std::string::npos;
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  const std::string* asked = request.query_value("q");
  const std::string q = asked == nullptr ? "" : to_lower(trim(*asked));
  std::vector<std::string> items;
  std::string after = wish.after;
  for (size_t scanned = 0; items.size() < wish.limit && scanned < kScannedMax;) {
    const auto page = TRY(services.filings->book.consignments(viewer->party.id, after, wish.limit - items.size()));
    for (const filing::Consignment& one : page.items)
      if (is_asked_for(one, viewer->party.id, q)) items.push_back(short_json(services, one, viewer->party.id));
    scanned += page.items.size();
    after = page.next;
    if (after.empty()) break;
  }
  return private_answer(page_json("consignments", items, after));
}

Result<uint64_t> number_from(std::string_view text, std::string_view what) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0)
    return fail(Code::invalid, "not a version of a record", std::string(what) + " " + legible(text), "a number from 1");
  return number;
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const SeenConsignment seen = TRY(consignment_in(services, request, *viewer));
  const std::string* version = request.query_value("version");
  if (version == nullptr) return tagged(TRY(consignment_json(services, seen, seen.consignment.record)), seen.consignment.record_version);
  const uint64_t number = TRY(number_from(*version, "version"));
  const auto record = TRY(services.filings->book.version_of(seen.consignment.id, number));
  if (!record) return fail(Code::not_found, "the record has no such version", *version, "GET …/versions lists them");
  return tagged(TRY(consignment_json(services, seen, *record)), number);
}

// The version that the sender has seen, from If-Match or the body: what somebody else wrote meanwhile is not written over unseen.
Result<uint64_t> version_seen(const http::Request& request, const json::object& body) {
  std::string_view tag = request.header("if-match");
  if (!tag.empty()) {
    if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
    return number_from(tag, "If-Match");
  }
  if (const auto number = integer_of(body, "recordVersion"); number && *number > 0) return static_cast<uint64_t>(*number);
  return fail(Code::invalid, "which version did you see?", {}, "send \"recordVersion\", or If-Match with the ETag of the answer");
}

Result<http::Response> change(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  const uint64_t version = TRY(version_seen(request, body));
  const json::object* fields = object_of(body, "fields");
  const json::array* documents = array_of(body, "documents");
  if (fields == nullptr && documents == nullptr)
    return fail(Code::invalid, "nothing to change", {}, R"({"fields":{"invoice.amount":"1200.00"},"recordVersion":1})");
  const SeenConsignment seen = TRY(consignment_in(services, request, *viewer));
  const std::string text = fields == nullptr ? "{}" : json::serialize(*fields);
  const filing::SourcePtr source = source_of(services, *viewer);
  TRY(services.filings->book.change(seen.consignment.id, viewer->person, [&](filing::Consignment& now) -> Status {
    if (now.record_version != version)
      return fail(Code::conflict, "the record has been changed meanwhile", "it is at version " + std::to_string(now.record_version),
                  "read it again and repeat the change");
    const filing::Record before = now.record;
    TRY_OK(filing::put_fields(now.record, text, source));
    if (documents != nullptr) TRY_OK(feed_documents(services, now.record, *documents, *viewer));
    return seen.sight.may_change(before, now.record);
  }));
  const SeenConsignment after = TRY(consignment_in(services, request, *viewer));
  return tagged(TRY(consignment_json(services, after, after.consignment.record)), after.consignment.record_version);
}

}  // namespace

void add_consignment_routes(http::Router& router, Services& services) {
  using enum http::Method;
  router.add(post, "/v1/consignments", answering(services, &access::Viewer::may_send, add));
  router.add(get, "/v1/consignments", answering(services, &access::Viewer::may_read, list));
  router.add(get, "/v1/consignments/{consignment}", answering(services, &access::Viewer::may_read, find));
  router.add(patch, "/v1/consignments/{consignment}", answering(services, &access::Viewer::may_send, change));
}

}  // namespace fairway::exchange
