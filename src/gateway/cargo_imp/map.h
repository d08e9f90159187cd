// Mappers: what each kind of message states, as events. They read the tree and hand every event to Claims. Not thread-safe.
#pragma once

#include "gateway/air/claims.h"
#include "gateway/cargo_imp/message.h"
#include "gateway/cargo_imp/parts.h"

namespace fairway::gateway::cargo_imp {

struct Mapping {
  const Message& message;
  air::Claims& claims;
  Times& times;
};

void map_statuses(Mapping& mapping);  // FSU, FSA
void map_waybill(Mapping& mapping);   // FWB
void map_houses(Mapping& mapping);    // FHL
void map_manifest(Mapping& mapping);  // FFM, FBL
void map_request(Mapping& mapping);   // FFR, FFA
void map_answer(Mapping& mapping);    // FMA, FNA: the references of what they answer; no events

// The references that a customs line names: the house air waybill (HWB … I) and the movement reference number (… M).
void add_customs_references(Mapping& mapping, const Segment& segment, std::vector<Reference>& references);

}  // namespace fairway::gateway::cargo_imp
