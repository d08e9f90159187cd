// The routes of issue 6, each group in a file of its own: docs/reference/filing.md.
#pragma once

#include "http/server.h"

namespace fairway::exchange {

struct Services;

// All of them; Services::filings is set.
void add_filing_rooms(http::Router& router, Services& services);

void add_consignment_routes(http::Router& router, Services& services);   // /v1/consignments, one record
void add_record_routes(http::Router& router, Services& services);        // …/versions, …/confirmations, …/participants
void add_plan_routes(http::Router& router, Services& services);          // GET /v1/consignments/{consignment}/plan
void add_filing_routes(http::Router& router, Services& services);        // /v1/filings: drafts, the work-list, one of them
void add_filing_step_routes(http::Router& router, Services& services);   // …/check, …/confirmations, …/lodgements, /v1/filings/batch
void add_filing_paper_routes(http::Router& router, Services& services);  // GET /v1/filings/sheet
void add_bundle_routes(http::Router& router, Services& services);        // /v1/bundles
void add_hold_routes(http::Router& router, Services& services);          // /v1/holds

}  // namespace fairway::exchange
