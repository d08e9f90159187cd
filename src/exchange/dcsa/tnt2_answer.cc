#include "exchange/dcsa/tnt2_answer.h"

#include <algorithm>

#include "exchange/events_query.h"
#include "gateway/dcsa/tnt2.h"

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

PageQuery page_query(const EventsQuery& query) {
  using gateway::dcsa::Form;
  PageQuery page;
  page.index = query.index();
  page.matches = [&query](const Event& event, int64_t received_us) { return query.matches(event, received_us); };
  page.write = [form = query.to_the_letter ? Form::standard : Form::whole](std::string& out, const Event& event, const Entry& entry) {
    gateway::dcsa::append_dcsa(out, event, entry.received_us, form);
  };
  page.limit = query.limit;
  page.newest_first = query.newest_first != query.cursor.last;
  page.after = query.cursor.after();
  return page;
}

// Both ways of paging: the addresses of 2.2's description, and the cursor alone that the later APIs and the conformance suite go by.
void add_paging(http::Response& response, const http::Request& request, const EventsQuery& query, Position next_after) {
  const auto page = [&](const char* header, const std::string& cursor) {
    response.headers.emplace_back(header, address_with(request, cursor));
  };
  response.headers.emplace_back("current-page", request.target);
  page("first-page", "");
  page("last-page", Cursor{{}, false, true}.text(query.fingerprint));
  if (const auto previous = query.cursor.previous()) page("prev-page", previous->starts.empty() ? "" : previous->text(query.fingerprint));
  if (next_after == 0 || query.cursor.last) return;
  const std::string cursor = query.cursor_after(next_after);
  response.headers.emplace_back("next-page-cursor", cursor);
  page("next-page", cursor);
}

}  // namespace

Result<std::optional<http::Response>> answer_events(Services& services, const http::Request& request, const ViewerPtr& viewer,
                                                    Wording wording, Patience patience) {
  EventsQuery query = TRY(parse_events_query(request.query));
  query.to_the_letter = wording == Wording::standard;
  std::optional<EventsPage> page = TRY(read_events_page(services, viewer, page_query(query), patience));
  if (!page) return std::nullopt;
  if (query.cursor.last) std::ranges::reverse(page->events);
  http::Response response;
  response.headers = {{"cache-control", "no-store"}};
  add_paging(response, request, query, page->next_after);
  if (page->events.empty()) level_time(response, *viewer);
  response.body = page->array();
  return response;
}

}  // namespace fairway::exchange::dcsa
