// The rooms of routes under /epcis, each in a file of its own.
#pragma once

#include "http/server.h"

namespace fairway::exchange {
struct Services;
}

namespace fairway::exchange::epcis {

void add_capture_routes(http::Router& router, Services& services);       // /capture, POST /events
void add_event_routes(http::Router& router, Services& services);         // /, GET /events, /events/{eventID}, /nextPageToken
void add_collection_routes(http::Router& router, Services& services);    // /eventTypes, /epcs, /bizSteps, …
void add_named_query_routes(http::Router& router, Services& services);   // /queries
void add_subscription_routes(http::Router& router, Services& services);  // /queries/{queryName}/subscriptions

}  // namespace fairway::exchange::epcis
