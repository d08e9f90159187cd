// The rooms of routes, each in a file of its own; services.cc's add_routes() puts them together.
#pragma once

#include "http/server.h"

namespace fairway::exchange {

struct Services;

void add_intake_routes(http::Router& router, Services& services);           // POST /v1/messages, POST /v1/events
void add_message_routes(http::Router& router, Services& services);          // GET /v1/messages/out
void add_events_routes(http::Router& router, Services& services);           // GET /v1/events
void add_dcsa_tnt2_routes(http::Router& router, Services& services);        // /dcsa/tnt/v2
void add_dcsa_told_routes(http::Router& router, Services& services);        // /dcsa/tnt/v3, /dcsa/vgm/v1, /dcsa/port-call/v2, /dcsa/an/v1
void add_dcsa_schedule_routes(http::Router& router, Services& services);    // /dcsa/cs/v1
void add_journey_routes(http::Router& router, Services& services);          // GET /v1/journeys/{reference}
void add_stream_routes(http::Router& router, Services& services);           // GET /v1/stream, GET /v1/export
void add_key_routes(http::Router& router, Services& services);              // /v1/keys
void add_personal_key_routes(http::Router& router, Services& services);     // /v1/me/keys
void add_certificate_routes(http::Router& router, Services& services);      // /v1/certificates
void add_session_routes(http::Router& router, Services& services);          // /v1/sign-in, /v1/session, /v1/me/…
void add_people_routes(http::Router& router, Services& services);           // /v1/people
void add_invitation_routes(http::Router& router, Services& services);       // /v1/invitations
void add_provider_routes(http::Router& router, Services& services);         // GET /v1/session/oidc
void add_service_account_routes(http::Router& router, Services& services);  // /v1/service-accounts
void add_grant_routes(http::Router& router, Services& services);            // /v1/grants, /v1/guest-links, GET /v1/parties/{party}
void add_access_log_routes(http::Router& router, Services& services);       // GET /v1/access-log
void add_webhook_routes(http::Router& router, Services& services);          // /v1/webhooks
void add_refdata_routes(http::Router& router, Services& services);          // GET /v1/reference-data
void add_land_routes(http::Router& router, Services& services);             // GET /v1/templates
void add_threshold_routes(http::Router& router, Services& services);        // /v1/thresholds
void add_system_routes(http::Router& router, Services& services);           // GET /v1/me, /healthz, /readyz, /metrics
void add_ledger_routes(http::Router& router, Services& services);           // /ledger, GET /v1/entries/{entry}/proof
void add_onerecord_routes(http::Router& router, Services& services);        // /onerecord/…: exchange/onerecord

}  // namespace fairway::exchange
