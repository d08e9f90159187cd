// Rights: who may see a logistics object, and what they may do with it.
//
// The holder (whoever put the object here) and, for reading, the operator see it; so does who sees the consignment that the object names
// by its waybill or another reference, and who holds an access delegation of it. Nobody else learns that it is there: Code::not_found.
#pragma once

#include <string_view>
#include <vector>

#include "access/grant_book.h"
#include "access/viewer.h"
#include "base/env.h"
#include "exchange/onerecord/book.h"
#include "exchange/sight.h"

namespace fairway::exchange::onerecord {

// Names of api:Permission.
inline constexpr std::string_view kGetObject = "GET_LOGISTICS_OBJECT";
inline constexpr std::string_view kPatchObject = "PATCH_LOGISTICS_OBJECT";
inline constexpr std::string_view kGetEvent = "GET_LOGISTICS_EVENT";
inline constexpr std::string_view kPostEvent = "POST_LOGISTICS_EVENT";

struct Delegated {
  std::string request, grant;
  std::vector<std::string> permissions;
};
void put_delegated(store::Batch& batch, std::string_view object, const PartyId& party, const Delegated& delegated, bool stands);

// Who wants to, and what the answer rests on: for a request, and for a notification that nobody asks for at the time.
struct Asker {
  AccessRule& rule;
  access::GrantBook& grants;
  Env& env;
  std::shared_ptr<const access::Viewer> viewer;
};
[[nodiscard]] inline Asker asker(const Call& call) { return {call.services.rule, call.services.grants, call.services.env, call.viewer}; }

// Whether the viewer may do this with the object: by being its holder, by the consignment, or by a delegation whose grant holds.
[[nodiscard]] Result<bool> may(const Asker& asker, store::Snapshot& snapshot, const Head& head, std::string_view permission);

// The head of an object that the viewer may see, or do `permission` with. Code::not_found where it may not see it, Code::forbidden where it
// sees it and may not do that. Another's object that is seen is noted in the access log.
[[nodiscard]] Result<Head> object_for(const Call& call, store::Snapshot& snapshot, std::string_view id, std::string_view permission);
[[nodiscard]] std::unexpected<Error> no_such_object();

}  // namespace fairway::exchange::onerecord
