// GET /v1/consignments/{consignment}/plan: what must be filed, by whom, by when, at what cost, and what is wrong or missing.
#include <algorithm>

#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/filing/consignment_answers.h"
#include "exchange/filing/plan_sight.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"
#include "filing/form/plan_json.h"

namespace fairway::exchange {
namespace {

void append_others(JsonWriter& writer, Services& services, const std::vector<OthersFiling>& others) {
  writer.key("others").begin_array();
  for (const OthersFiling& one : others) {
    writer.begin_object().member("key", one.key.text());
    filing::append_words(writer, "title", one.title);
    writer.key("party");
    services.names.append(writer, one.party);
    if (one.deadline) writer.member("latest", to_rfc3339(one.deadline->latest));
    writer.end_object();
  }
  writer.end_array();
}

// The filings that there are already, by the keys of the plan.
void append_begun(JsonWriter& writer, const std::vector<filing::Filing>& filings, const access::Viewer& viewer) {
  writer.key("begun").begin_array();
  for (const filing::Filing& filing : filings) {
    if (!sees(viewer, filing)) continue;
    writer.begin_object().member("key", filing.key.text()).member("filing", filing.id).member("state", filing::name(filing.state));
    writer.member("stale", filing.stale).optional_member("number", filing.number).end_object();
  }
  writer.end_array();
}

Result<http::Response> plan(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const SeenConsignment seen = TRY(consignment_in(services, request, *viewer));
  FilingRooms& rooms = *services.filings;
  const std::vector<filing::Filing> filings = TRY(rooms.book.filings_of(seen.consignment.id));
  const PlanSight sight = TRY(plan_for(seen.sight, seen.consignment, filings, rooms.regimes, rooms.desk));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("consignment", seen.consignment.id).member("recordVersion", seen.consignment.record_version);
  writer.member("at", to_rfc3339_utc(services.env.now_us()));
  filing::append_members(writer, sight.plan, rooms.regimes);
  append_begun(writer, filings, *viewer);
  append_others(writer, services, sight.others);
  writer.end_object();
  return private_answer(std::move(out));
}

}  // namespace

void add_plan_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/v1/consignments/{consignment}/plan", answering(services, &access::Viewer::may_read, plan));
}

}  // namespace fairway::exchange
