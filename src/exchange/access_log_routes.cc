// GET /v1/access-log: who looked at one's own data.
#include <charconv>

#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<int64_t> time_of(const http::Request& request, const char* name, int64_t otherwise) {
  const std::string* text = request.query_value(name);
  return text == nullptr ? Result<int64_t>(otherwise) : TRY(parse_rfc3339(*text)).micros;
}

Result<Position> position_of(std::string_view text) {
  Position position = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (error == std::errc() && end == text.data() + text.size()) return position;
  return fail(Code::invalid, "not a cursor", legible(text), "use the one of the page before");
}

Result<access::AccessLog::Query> query_of(const http::Request& request) {
  access::AccessLog::Query query;
  query.from_us = TRY(time_of(request, "from", 0));
  query.until_us = TRY(time_of(request, "until", INT64_MAX));
  const PageWish wish = TRY(page_in(request));
  query.limit = wish.limit;
  if (!wish.after.empty()) query.before = TRY(position_of(wish.after));
  if (const std::string* reader = request.query_value("reader")) query.reader = *reader;
  return query;
}

void append_reading(JsonWriter& writer, Services& services, const access::Reading& reading) {
  writer.begin_object().member("id", std::to_string(reading.position)).member("at", to_rfc3339_utc(reading.at_us)).key("reader");
  services.names.append(writer, reading.reader);
  if (reading.by_person) writer.member("person", true);
  writer.member("channel", reading.channel).member("basis", reading.ground);
  writer.optional_member("grant", reading.grant).optional_member("purpose", reading.purpose).key("references").begin_array();
  for (const std::string& reference : reading.references) writer.value(reference);
  writer.end_array().member("events", reading.events).end_object();
}

Result<http::Response> who_looked(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const access::AccessLog::Query query = TRY(query_of(request));
  TRY_OK(services.access_log.flush());  // what was looked at before this request is in the answer
  const access::AccessLog::Page page = TRY(services.access_log.told(viewer->party.id, query));
  std::vector<std::string> items;
  for (const access::Reading& reading : page.readings) {
    JsonWriter writer(items.emplace_back());
    append_reading(writer, services, reading);
  }
  return private_answer(page_json("reads", items, page.next == 0 ? "" : std::to_string(page.next)));
}

}  // namespace

void add_access_log_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/access-log",
             answering(services, &access::Viewer::may_read, [&services](const http::Request& request, const ViewerPtr& viewer) {
               return who_looked(services, request, viewer);
             }));
}

}  // namespace fairway::exchange
