// Notifications: what a subscriber's own server is told of logistics objects, as a kind of callback (exchange/callbacks).
//
// A subscription stands while its SubscriptionRequest is accepted and not past api:expiresAt. Its entries are the steps of told.h. Whether
// the party that asked for it may see the object is asked of rights.h when a step is found and again before each attempt; what becomes of
// an action request is told to who made it, and to who decides on it that there is one. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/grant_book.h"
#include "base/env.h"
#include "exchange/callbacks/kind.h"
#include "exchange/onerecord/book.h"
#include "exchange/sight.h"

namespace fairway::exchange::onerecord {

inline constexpr std::string_view kNotification = "onerecord";  // Kind::name()
inline constexpr std::string_view kByType = "LOGISTICS_OBJECT_TYPE", kByIdentifier = "LOGISTICS_OBJECT_IDENTIFIER";
inline constexpr std::string_view kObjectCreated = "LOGISTICS_OBJECT_CREATED", kObjectUpdated = "LOGISTICS_OBJECT_UPDATED",
                                  kEventReceived = "LOGISTICS_EVENT_RECEIVED";

// An api:Subscription, read.
struct Wanted {
  std::string topic_type, topic;         // kByType and an IRI, or kByIdentifier and an address
  std::vector<std::string> event_types;  // of the three above, at least one
  bool statuses = false;                 // api:notifyRequestStatusChange
  bool body = false;                     // api:sendLogisticsObjectBody
  int64_t expires_us = 0;                // 0: never
  std::string request;                   // ID of the SubscriptionRequest
  std::string base;                      // the name that the subscriber knows this server by
};
// Code::invalid for a topic type, an event type or a moment that is none. `request` and `base` stay empty.
[[nodiscard]] Result<Wanted> wanted_in(const ld::Node& subscription);
// As a callback's filter, and back.
[[nodiscard]] std::string to_json(const Wanted& wanted);
[[nodiscard]] Result<Wanted> wanted_from_json(std::string_view text);

// Where the server of an organization takes notifications: ".../logistics-objects/ID" gives ".../notifications". "" for an organization of
// this server, which has no other; Code::invalid for an address that is no organization's.
[[nodiscard]] Result<std::string> notifications_url(std::string_view organization);

// Into the batch that accepts, or ends, the subscription: the callback that goes with it. Code::too_large where the party has too many.
[[nodiscard]] Status begin_notifying(Call& call, store::Snapshot& snapshot, store::Batch& batch, const ld::Node& request);
[[nodiscard]] Status end_notifying(Call& call, store::Snapshot& snapshot, store::Batch& batch, const ld::Node& request);

class NotificationKind final : public callbacks::Kind {
 public:
  NotificationKind(AccessRule& rule, access::GrantBook& grants, Env& env) : rule_(rule), grants_(grants), env_(env) {}
  [[nodiscard]] std::string_view name() const override { return kNotification; }
  [[nodiscard]] Result<std::unique_ptr<const callbacks::Filter>> read_filter(std::string_view json) const override;
  [[nodiscard]] Result<callbacks::Letter> write(std::span<const callbacks::Shown> shown,
                                                const callbacks::Occasion& occasion) const override;
  [[nodiscard]] bool reads(EntryKind kind) const override { return kind == EntryKind::document; }

 private:
  AccessRule& rule_;
  access::GrantBook& grants_;
  Env& env_;
};

}  // namespace fairway::exchange::onerecord
