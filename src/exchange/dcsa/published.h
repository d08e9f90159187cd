// The lists of DCSA's APIs from 2025 on whose filters are a table (path_query.h): what they are of, how they are written. Port Call 2.0,
// Arrival Notice 1.0. Any thread.
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"
#include "base/status.h"
#include "exchange/dcsa/path_query.h"
#include "exchange/services.h"
#include "model/event.h"

namespace fairway::exchange::dcsa {

struct Published {
  std::string_view list;  // the member that the list stands under
  bool (*belongs)(const Event& event);
  json::object (*object)(const Event& event, int64_t received_us);
  std::span<const PathFilter> filters;
  // Where not null: takes out of an object that is shown what the query does not want.
  void (*trim)(json::object& object, const PathQuery& query) = nullptr;
  // Of a claim that was told again only the telling that holds is listed.
  bool only_latest = false;
};

[[nodiscard]] const Published& port_call();
[[nodiscard]] const Published& arrival_notices();

// {"…":[…]} with Next-Page-Cursor.
[[nodiscard]] Result<http::Response> list_published(Services& services, const Published& published, const http::Request& request,
                                                    const ViewerPtr& viewer);

}  // namespace fairway::exchange::dcsa
