// DCSA Arrival Notice 1.0: notices and their notifications read from JSON, notices written as JSON.
//
// A notice is the event `notified` of its bill of lading and containers, with what the model has no field for in Event::original under
// "dcsaArrivalNotice"; the expected arrivals that it names, at the port of discharge and at the place of delivery, are events `arrived`.
// Each of them is a message with a claim of its own, since a notice that is issued again later holds in place of the one before it. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/json.h"
#include "base/status.h"
#include "gateway/decoded.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// One notice with the document embedded in it. Without it, what is left must fit an event (limits::kEventBytesMax).
inline constexpr size_t kArrivalNoticeBytesMax = 8u << 20;

[[nodiscard]] bool is_arrival_notices(std::string_view bytes);        // {"arrivalNotices":[…]}
[[nodiscard]] bool is_arrival_notifications(std::string_view bytes);  // {"arrivalNoticeNotifications":[…]}

// Either. One to three DecodedMessages a notice, in order, the expected arrivals under the type "AN 1.0 ETA". An Error as decode_dcsa() has
// it.
[[nodiscard]] Status decode_arrival_notices(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// The event of a whole notice, not of a notification.
[[nodiscard]] bool is_arrival_notice_event(const Event& event);
// It as an object of the standard; `received_us` (microseconds UTC) stands in for an issueDateTime that is not known.
[[nodiscard]] json::object arrival_notice_object(const Event& event, int64_t received_us);

}  // namespace fairway::gateway::dcsa
