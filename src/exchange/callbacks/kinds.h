// The kinds of callbacks that Fairway has: where a new one is put in (README.md).
#pragma once

#include "exchange/callbacks/callbacks.h"
#include "exchange/party_names.h"

namespace fairway::exchange::callbacks {

// Before Callbacks::start(). What they stand on outlives the callbacks.
void add_kinds(Callbacks& callbacks, PartyNames& names, AccessRule& rule, access::GrantBook& grants, Env& env);

}  // namespace fairway::exchange::callbacks
