// The parameters of paging that the lists of DCSA's APIs have beside their own: limit, and cursor, which is good for the same other
// parameters only. And the page that they ask for, in the form that the APIs from 2025 on share. Pure functions but for what they are
// handed; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "exchange/cursor.h"
#include "exchange/events_page.h"
#include "http/message.h"

namespace fairway::exchange::dcsa {

struct PageParameters {
  size_t limit = 0;  // limits::kPageSizeDefault where it is not said, at most limits::kPageSizeMax
  Cursor cursor;
  std::string fingerprint;  // of the other parameters
};

// `take` is given each of the other parameters in turn; its errors end the reading. `scope` tells lists apart that share parameters.
// Code::invalid for a limit that is no number from 1 on, and for another query's cursor.
[[nodiscard]] Result<PageParameters> read_page_parameters(
    const http::Fields& query, std::string_view scope,
    const std::function<Status(const std::string& name, const std::string& value)>& take);

// Code::invalid: the parameter, what it was and how to mend it.
[[nodiscard]] std::unexpected<Error> bad_parameter(std::string_view name, std::string_view value, std::string hint);

// {"LIST": […]}, with Next-Page-Cursor where there is more.
[[nodiscard]] http::Response list_answer(const EventsPage& page, std::string_view list, const PageParameters& parameters,
                                         const access::Viewer& viewer);

}  // namespace fairway::exchange::dcsa
