// Event subscriptions of Track & Trace 2.2: the filter in a subscription's body, and the letters that tell it of events.
//
// The filter is that of GET /v2/events in JSON, and is kept so: {"eventType":["EQUIPMENT"],"carrierBookingReference":"ABC709951"}.
// Values and pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/status.h"
#include "exchange/callbacks/kind.h"
#include "exchange/events_query.h"

namespace fairway::exchange::dcsa {

// As callbacks::Subscription::kind has it.
inline constexpr std::string_view kEventSubscription = "dcsa_tnt2";

// The filter that a body's members make, those in `others` aside: lists of codes as arrays, the rest as texts. A text of several values
// separated by commas, and an array, mean any of them wherever they stand; null, "" and [] are no filter. Code::invalid for a member
// that 2.2 has not.
[[nodiscard]] Result<std::string> filter_in(const json::object& body, std::span<const std::string_view> others);

// What such a filter asks for. Code::invalid for an unknown code, what is no reference, and what no event could ever pass.
[[nodiscard]] Result<EventsQuery> query_of(std::string_view filter);

class EventSubscriptionKind final : public callbacks::Kind {
 public:
  [[nodiscard]] std::string_view name() const override { return kEventSubscription; }
  [[nodiscard]] Result<std::unique_ptr<const callbacks::Filter>> read_filter(std::string_view json) const override;
  // An array of events as GET /v2/events writes them. Notification-Signature is by the newest secret alone, since the standard has one
  // signature in one header; those of the secrets before it that still overlap stand in Fairway-Previous-Signature.
  [[nodiscard]] Result<callbacks::Letter> write(std::span<const callbacks::Shown> shown,
                                                const callbacks::Occasion& occasion) const override;
  // As many as a page of GET /v2/events where nothing else is asked for.
  [[nodiscard]] size_t entries_per_letter(const callbacks::Subscription&) const override { return limits::kPageSizeDefault; }
};

}  // namespace fairway::exchange::dcsa
