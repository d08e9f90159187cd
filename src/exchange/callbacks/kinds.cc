#include "exchange/callbacks/kinds.h"

#include "exchange/callbacks/webhooks.h"

namespace fairway::exchange::callbacks {

void add_kinds(Callbacks& callbacks, PartyNames& names) { callbacks.add(std::make_unique<WebhookKind>(names)); }

}  // namespace fairway::exchange::callbacks
