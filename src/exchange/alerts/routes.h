// The routes of alerts: /v1/alert-rules, /v1/alerts and /v1/alert-mails.
#pragma once

#include "http/server.h"

namespace fairway::exchange {

struct Services;

void add_alert_rule_routes(http::Router& router, Services& services);  // /v1/alert-rules
void add_alert_routes(http::Router& router, Services& services);       // /v1/alerts
void add_alert_mail_routes(http::Router& router, Services& services);  // /v1/alert-mails

}  // namespace fairway::exchange
