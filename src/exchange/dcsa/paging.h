// The paging headers of Track & Trace 2.2. Pure functions; any thread.
#pragma once

#include <string_view>

#include "exchange/cursor.h"
#include "http/message.h"
#include "model/entry.h"

namespace fairway::exchange::dcsa {

// Both ways of paging: the addresses of 2.2's description (Current-Page, First-Page, Prev-Page, Next-Page, Last-Page), and Next-Page-Cursor
// that the later APIs and the conformance suite go by. `next_after`: where the next page begins; 0: this is the last one.
void add_paging(http::Response& response, const http::Request& request, const Cursor& cursor, std::string_view fingerprint,
                Position next_after);

}  // namespace fairway::exchange::dcsa
