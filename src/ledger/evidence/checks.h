// The checks of an evidence bundle's parts, each of which adds its findings. In the order of verify.cc's table: proofs before what is held
// against the checkpoint and the entries that they prove.
#pragma once

#include "ledger/evidence/verify.h"

namespace fairway::ledger::evidence {

void check_seal(Inspection& inspection);
void check_checkpoint(Inspection& inspection);   // one for all proofs, with a quorum
void check_entries(Inspection& inspection);      // openings and proofs
void check_anchor(Inspection& inspection);       // anchor.json
void check_timestamp(Inspection& inspection);    // timestamp.tsr
void check_certificate(Inspection& inspection);  // certificate.json
void check_others(Inspection& inspection);       // what is for people, and what this version does not know

}  // namespace fairway::ledger::evidence
