#include "exchange/onerecord/routes.h"

#include "exchange/routes.h"

namespace fairway::exchange {

void add_onerecord_routes(http::Router& router, Services& services) {
  onerecord::add_object_routes(router, services);
  onerecord::add_event_routes(router, services);
  onerecord::add_request_routes(router, services);
  onerecord::add_topic_routes(router, services);
}

}  // namespace fairway::exchange
