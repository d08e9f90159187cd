// Standing: what a filing is with the authority, and how far the work on it is. Shared by the steps and the answers. Pure; any thread.
#pragma once

#include "filing/life/filing.h"

namespace fairway::filing {

// How far the work on the draft is: draft, checked or confirmed.
[[nodiscard]] State work_state(const Filing& filing);
// The authority has the lodgement: an original counts as lodged from then on. Noting it again changes nothing.
void take_as_sent(Filing& filing, Lodgement& lodgement, int64_t now_us);

}  // namespace fairway::filing
