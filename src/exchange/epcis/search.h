// What one viewer may see of the captured events that match a query. Everything goes through exchange/sight.h: of an event that is
// not shown whole a part is given (redacted.h), and every one that is shown is noted.
//
// For one request; not thread-safe.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exchange/epcis/answers.h"
#include "exchange/epcis/query.h"
#include "store/store.h"

namespace fairway::exchange::epcis {

struct Hit {
  CapturedEvent event;
  Position position = 0;
  int64_t recorded_us = 0;
  int64_t occurred_us = 0;
};

struct Hits {
  std::vector<Hit> events;
  std::string next_token;  // "" after the last page
};

// A page of what matches. Code::too_large where more would have to be looked at than limits::kEpcisLookedAtMax, or where there are more
// than maxEventCount; Code::invalid for a token that is not this query's; Code::throttled past the day's references.
[[nodiscard]] Result<Hits> search(Services& services, const ViewerPtr& viewer, const Query& query, const Paging& paging);

// Calls `visit` with every event the viewer sees, newest first, until it returns false or limits::kEpcisLookedAtMax have been looked at.
[[nodiscard]] Status each_seen(Services& services, const ViewerPtr& viewer, const std::function<bool(const Hit&)>& visit);

// The answer to a query: a page of events, with the Link to the next.
[[nodiscard]] Result<http::Response> answer_query(Services& services, const http::Request& request, const ViewerPtr& viewer,
                                                  const Query& query, std::string_view name);

// What an EPCISQueryDocument says besides its events.
struct DocumentHead {
  std::string_view query_name;
  std::string_view subscription;  // "" where it answers a request
  int64_t now_us = 0;
};
[[nodiscard]] std::string query_document(const std::vector<Hit>& hits, const DocumentHead& head, EpcFormat format);
// One event with its contexts and its recordTime.
void append_event(std::string& out, const Hit& hit, EpcFormat format);

}  // namespace fairway::exchange::epcis
