#include "exchange/dcsa/paging.h"

#include <string>

namespace fairway::exchange::dcsa {
namespace {

// The request's own address with another cursor: DCSA's paging headers are URLs.
std::string address_with(const http::Request& request, const std::string& cursor) {
  std::string address = request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    if (name == "cursor") continue;
    address += separator + http::percent_encode(name) + "=" + http::percent_encode(value);
    separator = '&';
  }
  if (!cursor.empty()) address += separator + std::string("cursor=") + cursor;
  return address;
}

}  // namespace

void add_paging(http::Response& response, const http::Request& request, const Cursor& cursor, std::string_view fingerprint,
                Position next_after) {
  const auto page = [&](const char* header, const std::string& text) {
    response.headers.emplace_back(header, address_with(request, text));
  };
  response.headers.emplace_back("current-page", request.target);
  page("first-page", "");
  page("last-page", Cursor{{}, false, true}.text(fingerprint));
  if (const auto previous = cursor.previous()) page("prev-page", previous->starts.empty() ? "" : previous->text(fingerprint));
  if (next_after == 0 || cursor.last) return;
  const std::string next = cursor.next(next_after).text(fingerprint);
  response.headers.emplace_back("next-page-cursor", next);
  page("next-page", next);
}

}  // namespace fairway::exchange::dcsa
