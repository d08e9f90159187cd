// An invitation asked for and given: the same for an organisation's own routes and for the operator's. Pure functions; any thread.
#pragma once

#include <string>

#include "access/people/invitations.h"
#include "base/json.h"

namespace fairway::exchange {

// {"email","name"?,"rights":[…],"expires"?}, and {"party":{…}} where an organisation is founded; "rights" may then be left out.
[[nodiscard]] Result<access::InvitationWish> invitation_wish_from(const json::object& object);
// {"id","link","token","expires"}
[[nodiscard]] std::string issued_json(const access::IssuedInvitation& issued);

}  // namespace fairway::exchange
