// POST /sign-anchor: a witness says to a contract, too, what it has cosigned. Contracts cannot check Ed25519, so it signs with a second key
// (anchor/sign_anchor.h), and only for a tree that it has cosigned itself. An extension of Fairway's.
#pragma once

#include "http/server.h"
#include "ledger/anchor/tx_signer.h"
#include "ledger/witness/witness.h"

namespace fairway::ledger::witness {

// And GET /anchor-key, the address that contracts know it by. All outlive the router.
void add_anchor_routes(http::Router& router, const Witness& witness, const anchor::TxSigner& signer);

}  // namespace fairway::ledger::witness
