#include "exchange/filing/rooms.h"

#include "exchange/filing/routes.h"

namespace fairway::exchange {

void add_filing_rooms(http::Router& router, Services& services) {
  add_consignment_routes(router, services);
  add_record_routes(router, services);
  add_plan_routes(router, services);
  add_filing_routes(router, services);
  add_filing_step_routes(router, services);
  add_filing_paper_routes(router, services);
  add_bundle_routes(router, services);
  add_hold_routes(router, services);
}

}  // namespace fairway::exchange
