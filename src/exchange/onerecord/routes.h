// The rooms of ONE Record's routes, and what they share about objects.
#pragma once

#include "exchange/onerecord/book.h"

namespace fairway::exchange::onerecord {

void add_object_routes(http::Router& router, Services& services);   // server information, logistics objects
void add_event_routes(http::Router& router, Services& services);    // logistics events
void add_request_routes(http::Router& router, Services& services);  // changes, verifications, audit trail, action requests
void add_topic_routes(http::Router& router, Services& services);    // subscriptions, notifications, access delegations

// Names embedded objects, brings dates into one form and drops what only the server says.
void settle(Call& call, ld::Node& node);
// Works out what the object is known by.
[[nodiscard]] Status describe(const Call& call, store::Snapshot& snapshot, const ld::Node& node, Head& head);

}  // namespace fairway::exchange::onerecord
