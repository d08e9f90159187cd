// Action requests: what one party asks of another, kept as the api:…Request document that GET answers, and its way from status to status.
//
// Beside the document's own properties there are private ones: the party that asked and the one that decides, the object
// it is about and its type, the grant of a delegation, the name that a subscriber knows this server by.
#pragma once

#include <string>
#include <string_view>

#include "exchange/onerecord/book.h"

namespace fairway::exchange::onerecord {

inline constexpr std::string_view kPending = "REQUEST_PENDING";
inline constexpr std::string_view kAccepted = "REQUEST_ACCEPTED";
inline constexpr std::string_view kAcknowledged = "REQUEST_ACKNOWLEDGED";
inline constexpr std::string_view kRejected = "REQUEST_REJECTED";
inline constexpr std::string_view kFailed = "REQUEST_FAILED";
inline constexpr std::string_view kRevoked = "REQUEST_REVOKED";

// "ChangeRequest" with its "hasChange", and so on.
struct RequestKind {
  std::string_view type, property;
};
inline constexpr RequestKind kChange{"ChangeRequest", "hasChange"};
inline constexpr RequestKind kVerification{"VerificationRequest", "hasVerification"};
inline constexpr RequestKind kSubscription{"SubscriptionRequest", "hasSubscription"};
inline constexpr RequestKind kDelegation{"AccessDelegationRequest", "hasAccessDelegation"};

// A new request, pending. `holder` decides on it; `about` is the object it is about, null where it is about none.
[[nodiscard]] Kept make_request(Call& call, const RequestKind& kind, ld::Node payload, const PartyId& holder, const Head* about);

// The name of a private property.
[[nodiscard]] std::string kept_property(std::string_view name);
// The change, verification, subscription or delegation that is asked for; null where it is damaged.
[[nodiscard]] const ld::Node* payload_of(const ld::Node& request);
[[nodiscard]] std::string request_id(const ld::Node& request);
[[nodiscard]] std::string_view status_of(const ld::Node& request);  // "REQUEST_PENDING", …
[[nodiscard]] PartyId requester_of(const ld::Node& request);
[[nodiscard]] PartyId holder_of(const ld::Node& request);
[[nodiscard]] std::string_view object_of(const ld::Node& request);  // ID, "" where it is about none
[[nodiscard]] bool is(const ld::Node& request, const RequestKind& kind);
void set_status(Call& call, ld::Node& request, std::string_view status);

// Accepting a delegation: the holder's grants to the delegates, and what they may do with the objects by them. Before the batch, since
// grants have batches of their own; the rows come into the batch.
[[nodiscard]] Result<std::string> give_grant(Call& call, store::Snapshot& snapshot, const ld::Node& request);
[[nodiscard]] Status put_delegation(store::Batch& batch, const ld::Node& request, const std::string& grant, bool stands);
[[nodiscard]] Status end_grant(Call& call, const ld::Node& request);
// Checks and completes an api:AccessDelegation: one holder, one delegate, known permissions.
[[nodiscard]] Result<PartyId> check_delegation(Call& call, store::Snapshot& snapshot, ld::Node& delegation);

}  // namespace fairway::exchange::onerecord
