#include "exchange/onerecord/requests.h"

#include "exchange/onerecord/routes.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::exchange::onerecord {

std::string kept_property(std::string_view name) { return std::string(kPrivate).append(name); }

Kept make_request(Call& call, const RequestKind& kind, ld::Node payload, const PartyId& holder, const Head* about) {
  Kept request;
  request.us = call.services.env.now_us();
  ld::Node& node = request.node;
  node.id = std::string(kRequests) + new_id(call.services.env);
  node.types = {ld::api(kind.type)};
  if (payload.id.empty() || !payload.id.starts_with("http")) payload.id = "internal:" + new_id(call.services.env);
  node.add(ld::api(kind.property), ld::Value::of(std::move(payload)));
  node.add(ld::api("isRequestedBy"), ld::Value::link(organization(call.party())));
  node.add(ld::api("isRequestedAt"), date_time(request.us));
  node.add(ld::api("hasRequestStatus"), ld::Value::link(ld::api(kPending)));
  node.add(ld::api("hasRequestStatusSince"), date_time(request.us));
  node.add(kept_property("holder"), ld::Value::literal(holder));
  node.add(kept_property("requester"), ld::Value::literal(call.party()));
  if (about != nullptr) {
    node.add(kept_property("object"), ld::Value::literal(about->id));
    node.add(kept_property("type"), ld::Value::literal(about->type));
  }
  settle(call, node);
  return request;
}

const ld::Node* payload_of(const ld::Node& request) {
  for (const RequestKind* kind : {&kChange, &kVerification, &kSubscription, &kDelegation})
    if (const ld::Node* payload = request.object(ld::api(kind->property))) return payload;
  return nullptr;
}

std::string request_id(const ld::Node& request) { return request.id.substr(kRequests.size()); }
std::string_view status_of(const ld::Node& request) { return ld::local_name(request.text(ld::api("hasRequestStatus"))); }
PartyId requester_of(const ld::Node& request) { return PartyId(request.text(kept_property("requester"))); }
PartyId holder_of(const ld::Node& request) { return PartyId(request.text(kept_property("holder"))); }
std::string_view object_of(const ld::Node& request) { return request.text(kept_property("object")); }
bool is(const ld::Node& request, const RequestKind& kind) { return request.is(ld::api(kind.type)); }

void set_status(Call& call, ld::Node& request, std::string_view status) {
  ld::Node before;
  before.id = "internal:" + new_id(call.services.env);
  before.types = {ld::api("RequestStatusEntry")};
  before.add(ld::api("hasRequestStatus"), ld::Value::link(std::string(request.text(ld::api("hasRequestStatus")))));
  before.add(ld::api("hasRequestStatusSince"),
             ld::Value::literal(std::string(request.text(ld::api("hasRequestStatusSince"))), ld::xsd("dateTime")));
  request.add(ld::api("hasRequestStatusHistory"), ld::Value::of(std::move(before)));
  const int64_t now = call.services.env.now_us();
  request.set(ld::api("hasRequestStatus"), ld::Value::link(ld::api(status)));
  request.set(ld::api("hasRequestStatusSince"), date_time(now));
  if (status != kRevoked) return;
  request.set(ld::api("isRevokedBy"), ld::Value::link(organization(call.party())));
  request.set(ld::api("isRevokedAt"), date_time(now));
}

}  // namespace fairway::exchange::onerecord
