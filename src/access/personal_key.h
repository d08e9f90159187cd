// Personal keys: an API key that acts in the name of one person, for the command line and for what the person runs. It can do at most what
// the person can do at that moment, and ends with the account, a suspension, a new password, or its own end. Pure functions; any thread.
#pragma once

#include <string_view>

#include "access/key.h"
#include "access/people/person.h"
#include "access/viewer.h"

namespace fairway::access {

// As key_wish_from_json(), but that a key for which nothing is said has all the person's rights and ends in kPersonalKeyDaysDefault.
// Code::forbidden outside a session and for scopes that the person does not have; Code::invalid for an end further away than
// kPersonalKeyDaysMax.
[[nodiscard]] Result<KeyWish> personal_key_wish(std::string_view text, const Viewer& viewer, int64_t now_us);
// May the viewer have this key made anew, and so hold the new one? Its own in a session, or the organisation's; nobody else's personal one.
[[nodiscard]] Status may_rotate(const Viewer& viewer, const KeyRecord& key);

}  // namespace fairway::access
