// Subscriptions, notifications and access delegations.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "exchange/onerecord/notifications.h"
#include "exchange/onerecord/requests.h"
#include "exchange/onerecord/rights.h"
#include "exchange/onerecord/routes.h"
#include "exchange/onerecord/told.h"
#include "gateway/onerecord/onerecord.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr std::array kEventTypes = {kObjectCreated, kObjectUpdated, kEventReceived};

struct Topic {
  std::string type, about;  // "LOGISTICS_OBJECT_TYPE" and an IRI
};

Status check_topic(const Topic& topic) {
  if (topic.type != kByType && topic.type != kByIdentifier)
    return fail(Code::invalid, "not a type of topic", legible(topic.type), "LOGISTICS_OBJECT_TYPE or LOGISTICS_OBJECT_IDENTIFIER");
  if (topic.about.empty()) return fail(Code::invalid, "Missing query parameter", "the required query parameter `topic` is missing");
  if (topic.type == kByType && !ld::is_logistics_object(topic.about))
    return fail(Code::invalid, "Logistics Object Type not supported", legible(topic.about), "name a class below cargo:LogisticsObject");
  return {};
}

// What Fairway itself would subscribe to, if a publisher asks: every kind of news, for POST …/notifications.
ld::Node proposal(Call& call, const Topic& topic) {
  ld::Node node;
  node.id = "internal:" + new_id(call.services.env);
  node.types = {ld::api("Subscription")};
  node.add(ld::api("hasContentType"), ld::Value::literal("application/ld+json"));
  node.add(ld::api("hasSubscriber"), ld::Value::link(organization(call.party())));
  node.add(ld::api("hasTopicType"), ld::Value::link(ld::api(topic.type)));
  for (const std::string_view type : kEventTypes) node.add(ld::api("includeSubscriptionEventType"), ld::Value::link(ld::api(type)));
  node.add(ld::api("hasTopic"), ld::Value::link(topic.about));
  return node;
}

// The party's own subscription to the topic, or a proposal.
Result<http::Response> find_subscription(Call& call) {
  const auto value = [&](const char* name) {
    const std::string* text = call.request.query_value(name);
    return text == nullptr ? std::string() : *text;
  };
  const Topic topic{std::string(ld::local_name(value("topicType"))), call.inward(value("topic"))};
  TRY_OK(check_topic(topic));
  const auto snapshot = TRY(call.services.store.snapshot());
  const std::vector<Kept> requests = TRY(subscriptions_to(*snapshot, topic.about));
  for (const Kept& request : requests)
    if (requester_of(request.node) == call.party()) return show(call, *request.node.object(ld::api(kSubscription.property)));
  return show(call, proposal(call, topic));
}

void complete(ld::Node& subscription) {
  if (subscription.find(ld::api("includeSubscriptionEventType")) != nullptr) return;
  for (const std::string_view type : kEventTypes) subscription.add(ld::api("includeSubscriptionEventType"), ld::Value::link(ld::api(type)));
}

// What would fail once the holder has accepted is said now.
Status check_subscriber(Call& call, const ld::Node& subscription) {
  const Wanted wanted = TRY(wanted_in(subscription));
  if (wanted.expires_us != 0 && wanted.expires_us <= call.services.env.now_us())
    return fail(Code::invalid, "Invalid Subscription", "api:expiresAt is past");
  const std::string_view organization = subscription.text(ld::api("hasSubscriber"));
  const std::string url = organization.empty() ? std::string() : TRY(notifications_url(organization));
  return url.empty() ? Status() : call.services.callbacks.book().check_url(url);
}

// To one object its holder decides. A whole type is about what the subscriber may see anyway: that stands at once.
Result<http::Response> subscribe(Call& call) {
  ld::Node subscription = TRY(call.object());
  if (!subscription.is(ld::api("Subscription"))) return fail(Code::invalid, "Invalid Subscription", legible(subscription.type()));
  const Topic topic{std::string(ld::local_name(subscription.text(ld::api("hasTopicType")))),
                    std::string(subscription.text(ld::api("hasTopic")))};
  TRY_OK(check_topic(topic));
  complete(subscription);
  TRY_OK(check_subscriber(call, subscription));
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    if (TRY(subscriptions_to(snapshot, topic.about)).size() >= limits::kSubscriptionsPerTopicMax)
      return fail(Code::too_large, "the topic has too many subscriptions", "",
                  "at most " + std::to_string(limits::kSubscriptionsPerTopicMax));
    PartyId holder = call.party();
    std::optional<Head> object;
    if (topic.type == kByIdentifier) {
      auto head = object_for(call, snapshot, object_id(topic.about), kGetObject);
      if (!head && head.error().code == Code::not_found)
        return fail(Code::invalid, "Invalid Subscription", "api:hasTopic names no Logistics Object of this server that you may see");
      if (!head) return std::unexpected(head.error());
      holder = head->holder;
      object = std::move(*head);
    }
    Kept request = make_request(call, kSubscription, subscription, holder, object ? &*object : nullptr);
    request.node.set(kept_property("base"), ld::Value::literal(call.base));
    if (!object) {
      set_status(call, request.node, kAccepted);
      TRY_OK(begin_notifying(call, snapshot, batch, request.node));
    }
    const std::string id = request_id(request.node);
    put_request(batch, id, request);
    list_subscription(batch, topic.about, id, true);
    tell(batch, call, told_of_request(object ? kRequested : "accepted", request.node), request.node);
    return made(call, request.node.id, ld::api(kSubscription.type));
  });
}

// News of objects elsewhere. It is kept in the log, where its sender's claims are.
Result<http::Response> notify(Call& call) {
  const ld::Node notification = TRY(call.object());
  if (!notification.is(ld::api("Notification")) || notification.text(ld::api("hasEventType")).empty())
    return fail(Code::invalid, "Invalid Notification", legible(notification.type()), "send an api:Notification with api:hasEventType");
  return transact(call, [&](store::Snapshot&, store::Batch& batch) -> Result<http::Response> {
    tell(batch, call, {.step = std::string(kNotified)}, notification);
    http::Response response;
    response.status = 204;
    return response;
  });
}

Result<http::Response> delegate(Call& call) {
  ld::Node delegation = TRY(call.object());
  if (!delegation.is(ld::api("AccessDelegation"))) return fail(Code::invalid, "Invalid Access Delegation", legible(delegation.type()));
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    const PartyId holder = TRY(check_delegation(call, snapshot, delegation));
    const Kept request = make_request(call, kDelegation, delegation, holder, nullptr);
    put_request(batch, request_id(request.node), request);
    tell(batch, call, told_of_request(kRequested, request.node), request.node);
    return made(call, request.node.id, ld::api(kDelegation.type));
  });
}

}  // namespace

void add_topic_routes(http::Router& router, Services& services) {
  using enum http::Method;
  router.add(get, "/onerecord/subscriptions", route(services, &access::Viewer::may_read, find_subscription));
  router.add(post, "/onerecord/subscriptions", route(services, &access::Viewer::may_read, subscribe));
  router.add(post, "/onerecord/notifications", route(services, &access::Viewer::may_send, notify));
  router.add(post, "/onerecord/access-delegations", route(services, &access::Viewer::may_send, delegate));
}

}  // namespace fairway::exchange::onerecord
