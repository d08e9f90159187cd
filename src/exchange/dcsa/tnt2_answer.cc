#include "exchange/dcsa/tnt2_answer.h"

#include <algorithm>

#include "exchange/dcsa/paging.h"
#include "exchange/events_query.h"
#include "gateway/dcsa/tnt2.h"

namespace fairway::exchange::dcsa {
namespace {

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
  add_paging(response, request, query.cursor, query.fingerprint, page->next_after);
  if (page->events.empty()) level_time(response, *viewer);
  response.body = page->array();
  return response;
}

}  // namespace fairway::exchange::dcsa
