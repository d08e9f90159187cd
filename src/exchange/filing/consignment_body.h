// A consignment as somebody sends it, read and bounded: docs/reference/filing.md. Pure functions, but that parties are looked up; any
// thread.
#pragma once

#include <vector>

#include "base/json.h"
#include "exchange/services.h"
#include "filing/life/consignment.h"

namespace fairway::exchange {

// What the viewer types or its machine sends now.
[[nodiscard]] filing::SourcePtr source_of(Services& services, const access::Viewer& viewer);
// [{"party","regimes","edits"}]: parties by id or SCHEME:VALUE. Code::invalid for a regime that nobody knows here, for one that two would
// file, and for the owner itself.
[[nodiscard]] Result<std::vector<filing::Participant>> participants_from(Services& services, const json::array& wanted,
                                                                         const PartyId& owner);
// ["booking:…", "equipment:…"]
[[nodiscard]] Result<std::vector<Reference>> follows_from(const json::array& wanted);
// Invoices and packing lists (filing/record/feed.h): what they say goes into the record, told by the viewer. Code::invalid names the
// member.
[[nodiscard]] Status feed_documents(Services& services, filing::Record& record, const json::array& documents, const access::Viewer& viewer);
// {"reference","fields","documents","participants","follows"}
[[nodiscard]] Result<filing::Consignment> consignment_from(Services& services, const json::object& body, const access::Viewer& viewer);

}  // namespace fairway::exchange
