#include "exchange/callbacks/kinds.h"

#include "exchange/callbacks/webhooks.h"
#include "exchange/dcsa/subscriptions.h"
#include "exchange/epcis/subscriptions.h"
#include "exchange/onerecord/notifications.h"

namespace fairway::exchange::callbacks {

void add_kinds(Callbacks& callbacks, PartyNames& names, AccessRule& rule, access::GrantBook& grants, Env& env) {
  callbacks.add(std::make_unique<WebhookKind>(names));
  callbacks.add(std::make_unique<dcsa::EventSubscriptionKind>());
  callbacks.add(std::make_unique<epcis::SubscriptionKind>());
  callbacks.add(std::make_unique<onerecord::NotificationKind>(rule, grants, env));
}

}  // namespace fairway::exchange::callbacks
