// The routes of event subscriptions of Track & Trace 2.2, part of /dcsa/tnt/v2.
#pragma once

#include "exchange/services.h"
#include "http/server.h"

namespace fairway::exchange::dcsa {

void add_subscription_routes(http::Router& router, Services& services);  // /dcsa/tnt/v2/event-subscriptions

}  // namespace fairway::exchange::dcsa
