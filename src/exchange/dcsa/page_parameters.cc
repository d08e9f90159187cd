#include "exchange/dcsa/page_parameters.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/limits.h"
#include "exchange/services.h"

namespace fairway::exchange::dcsa {
namespace {

Result<size_t> parse_limit(std::string_view value) {
  size_t limit = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
  if (error != std::errc() || end != value.data() + value.size() || limit == 0)
    return bad_parameter("limit", value, "a whole number from 1 on");
  return std::min(limit, limits::kPageSizeMax);
}

}  // namespace

std::unexpected<Error> bad_parameter(std::string_view name, std::string_view value, std::string hint) {
  return fail(Code::invalid, "a query parameter is not right", std::string(name) + "=" + legible(value), std::move(hint));
}

Result<PageParameters> read_page_parameters(const http::Fields& query, std::string_view scope,
                                            const std::function<Status(const std::string& name, const std::string& value)>& take) {
  PageParameters parameters{.limit = limits::kPageSizeDefault, .cursor = {}, .fingerprint = {}};
  std::string canonical(scope);
  std::string_view cursor;
  for (const auto& [name, value] : query) {
    if (name == "cursor") {
      cursor = value;
    } else if (name == "limit") {
      parameters.limit = TRY(parse_limit(value));
    } else {
      TRY_OK(take(name, value));
      canonical += name + "=" + value + "\n";
    }
  }
  parameters.fingerprint = to_hex(sha256(canonical).substr(0, 4));
  if (!cursor.empty()) parameters.cursor = TRY(parse_cursor(cursor, parameters.fingerprint));
  return parameters;
}

http::Response list_answer(const EventsPage& page, std::string_view list, const PageParameters& parameters, const access::Viewer& viewer) {
  http::Response response;
  response.headers = {{"cache-control", "no-store"}};
  if (page.next_after != 0)
    response.headers.emplace_back("next-page-cursor", parameters.cursor.next(page.next_after).text(parameters.fingerprint));
  if (page.events.empty()) level_time(response, viewer);
  response.body.append("{\"").append(list).append("\":").append(page.array()).append("}");
  return response;
}

}  // namespace fairway::exchange::dcsa
