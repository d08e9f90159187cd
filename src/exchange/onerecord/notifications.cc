#include "exchange/onerecord/notifications.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "exchange/onerecord/requests.h"
#include "exchange/onerecord/rights.h"
#include "exchange/onerecord/told.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr std::string_view kRevokedStep = "revoked";

// What a step is called in notifications.
struct Name {
  std::string_view what, in_notifications;
};
constexpr std::array kObjectSteps = {Name{kCreated, kObjectCreated}, Name{kRevised, kObjectUpdated}, Name{kEvent, kEventReceived}};
constexpr std::array kRequestTypes = {Name{kChange.type, "CHANGE_REQUEST_"}, Name{kVerification.type, "VERIFICATION_REQUEST_"},
                                      Name{kSubscription.type, "SUBSCRIPTION_REQUEST_"},
                                      Name{kDelegation.type, "ACCESS_DELEGATION_REQUEST_"}};

// "" for a step that no notification tells of.
std::string event_type(const Told& told) {
  const auto named = [](const auto& table, std::string_view what) {
    const auto found = std::ranges::find(table, what, &Name::what);
    return found == table.end() ? std::string() : std::string(found->in_notifications);
  };
  if (!told.of_request()) return named(kObjectSteps, told.step);
  const std::string prefix = named(kRequestTypes, told.request_type);
  return prefix.empty() ? prefix : prefix + (told.step == kRequested ? "PENDING" : to_upper(told.step));
}

bool holds(const std::vector<std::string>& list, std::string_view value) { return std::ranges::find(list, value) != list.end(); }

bool covers(const Wanted& wanted, const Told& told) {
  return holds(wanted.topic_type == kByType ? told.types : told.objects, wanted.topic);
}

class NotificationFilter final : public callbacks::Filter {
 public:
  NotificationFilter(Wanted wanted, AccessRule& rule, access::GrantBook& grants, Env& env)
      : wanted_(std::move(wanted)), rule_(rule), grants_(grants), env_(env) {}

  [[nodiscard]] bool takes(const callbacks::Shown& shown) const override {
    const std::string_view body = shown.entry->body;
    // Most entries are about something else, and documents are long: what does not even name the topic is not parsed.
    if (body.find(wanted_.topic) == std::string_view::npos && body.find(wanted_.request) == std::string_view::npos) return false;
    const auto told = told_in(*shown.entry);
    if (!told) return false;
    const std::string type = event_type(*told);
    if (!told->of_request()) return holds(wanted_.event_types, type) && covers(wanted_, *told);
    const bool told_of = told->notify || wanted_.statuses;
    return !type.empty() && told_of && (told->request == wanted_.request || covers(wanted_, *told));
  }

  [[nodiscard]] Result<callbacks::Sighting> sees(const Entry& entry, store::Snapshot& snapshot,
                                                 const std::shared_ptr<const access::Viewer>& viewer) const override {
    if (!TRY(stands(snapshot))) return callbacks::Sighting{};
    const Told told = TRY(told_in(entry));
    if (told.of_request()) return callbacks::Sighting{sees_request(told, viewer->party.id), {}};
    const auto head = told.objects.empty() ? std::nullopt : TRY(find_head(snapshot, object_id(told.objects.front())));
    if (!head) return callbacks::Sighting{};
    const std::string_view permission = told.step == kEvent ? kGetEvent : kGetObject;
    const bool allowed = TRY(may({rule_, grants_, env_, viewer}, snapshot, *head, permission));
    return callbacks::Sighting{allowed, head->holder == viewer->party.id ? PartyId() : head->holder};
  }

 private:
  [[nodiscard]] Result<bool> stands(store::Snapshot& snapshot) const {
    if (wanted_.expires_us != 0 && wanted_.expires_us <= env_.now_us()) return false;
    const auto request = TRY(find_request(snapshot, wanted_.request));
    return request && status_of(request->node) == kAccepted;
  }

  // Who asked hears what became of it; who decides, that there is something to decide, and that there no longer is.
  [[nodiscard]] bool sees_request(const Told& told, const PartyId& party) const {
    const bool asked = told.step == kRequested;
    if (told.requester == party && !asked) return true;
    return told.holder == party && wanted_.statuses && (asked || told.step == kRevokedStep);
  }

  const Wanted wanted_;
  AccessRule& rule_;
  access::GrantBook& grants_;
  Env& env_;
};

ld::Value address_of(std::string text) { return ld::Value::literal(std::move(text), ld::xsd("anyURI")); }

// A link to the object, or the object as this step left it.
Result<ld::Value> object_in(const Entry& entry, const Told& told, bool whole) {
  if (!whole || (told.step != kCreated && told.step != kRevised)) return ld::Value::link(told.objects.front());
  ld::Node object = TRY(document_in(entry));
  object.set(ld::api("hasRevision"), number(told.revision, "positiveInteger"));
  return ld::Value::of(std::move(object));
}

Result<ld::Node> notification(const Entry& entry, const Wanted& wanted, std::string_view delivery) {
  const Told told = TRY(told_in(entry));
  ld::Node node;
  node.id = "urn:uuid:" + std::string(delivery);  // the same at each attempt
  node.types = {ld::api("Notification")};
  node.add(ld::api("hasEventType"), ld::Value::link(ld::api(event_type(told))));
  if (told.objects.size() == 1) {  // a delegation may be about several; its request says which
    node.add(ld::api("hasLogisticsObject"), TRY(object_in(entry, told, wanted.body)));
    if (!told.types.empty()) node.add(ld::api("hasLogisticsObjectType"), address_of(told.types.front()));
  }
  if (told.step == kEvent) node.add(ld::api("hasLogisticsEvent"), ld::Value::link(TRY(document_in(entry)).id));
  for (const std::string& property : told.changed) node.add(ld::api("hasChangedProperty"), address_of(property));
  const std::string& request = told.of_request() ? told.request : wanted.request;
  node.add(ld::api("isTriggeredBy"), ld::Value::link(std::string(kRequests) + request));
  bring_out(node, wanted.base);
  return node;
}

bool truth_in(const ld::Node& node, std::string_view property) {
  const std::string_view text = node.text(ld::api(property));
  return text == "true" || text == "1";
}

Status check_topic_type(std::string_view type) {
  if (type == kByType || type == kByIdentifier) return {};
  return fail(Code::invalid, "not a type of topic", legible(type), "LOGISTICS_OBJECT_TYPE or LOGISTICS_OBJECT_IDENTIFIER");
}

}  // namespace

Result<Wanted> wanted_in(const ld::Node& subscription) {
  Wanted wanted;
  wanted.topic_type = ld::local_name(subscription.text(ld::api("hasTopicType")));
  wanted.topic = subscription.text(ld::api("hasTopic"));
  TRY_OK(check_topic_type(wanted.topic_type));
  if (const std::vector<ld::Value>* types = subscription.find(ld::api("includeSubscriptionEventType")))
    for (const ld::Value& value : *types) {
      const std::string type(ld::local_name(value.is_node() ? value.node.front().id : value.text));
      if (std::ranges::find(kObjectSteps, type, &Name::in_notifications) == kObjectSteps.end())
        return fail(Code::invalid, "not a type of event", legible(type),
                    "LOGISTICS_OBJECT_CREATED, LOGISTICS_OBJECT_UPDATED or LOGISTICS_EVENT_RECEIVED");
      if (!holds(wanted.event_types, type)) wanted.event_types.push_back(type);
    }
  wanted.statuses = truth_in(subscription, "notifyRequestStatusChange");
  wanted.body = truth_in(subscription, "sendLogisticsObjectBody");
  if (const std::string_view expires = subscription.text(ld::api("expiresAt")); !expires.empty())
    wanted.expires_us = TRY(moment_in("api:expiresAt", expires));
  return wanted;
}

std::string to_json(const Wanted& wanted) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("topicType", wanted.topic_type).member("topic", wanted.topic).key("eventTypes").begin_array();
  for (const std::string& type : wanted.event_types) writer.value(type);
  writer.end_array().member("requestStatus", wanted.statuses).member("body", wanted.body);
  if (wanted.expires_us != 0) writer.member("expires", wanted.expires_us);
  writer.member("request", wanted.request).member("base", wanted.base).end_object();
  return out;
}

Result<Wanted> wanted_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "the filter is no object");
  Wanted wanted;
  wanted.topic_type = text_of(*object, "topicType");
  wanted.topic = text_of(*object, "topic");
  TRY_OK(check_topic_type(wanted.topic_type));
  if (const json::array* types = array_of(*object, "eventTypes"))
    for (const json::value& type : *types)
      if (const json::string* name = type.if_string()) wanted.event_types.emplace_back(name->data(), name->size());
  wanted.statuses = truth_of(*object, "requestStatus").value_or(false);
  wanted.body = truth_of(*object, "body").value_or(false);
  wanted.expires_us = integer_of(*object, "expires").value_or(0);
  wanted.request = text_of(*object, "request");
  wanted.base = text_of(*object, "base");
  if (wanted.topic.empty() || wanted.request.empty()) return fail(Code::invalid, "the filter names no topic, or no request");
  return wanted;
}

Result<std::string> notifications_url(std::string_view organization) {
  constexpr std::string_view kPath = "/logistics-objects/";
  if (organization.starts_with(kOwn)) return std::string();
  const size_t at = organization.rfind(kPath);
  const auto address = callbacks::address_from(organization);
  if (!address || at == std::string_view::npos || at + kPath.size() == organization.size() ||
      organization.find('?') != std::string_view::npos)
    return fail(
        Code::invalid, "Invalid Subscription", "api:hasSubscriber: " + legible(organization),
        "name an organization by its address, https://SERVER/…/logistics-objects/ID: notifications go to https://SERVER/…/notifications");
  return std::string(organization.substr(0, at)) + "/notifications";
}

Status begin_notifying(Call& call, store::Snapshot& snapshot, store::Batch& batch, const ld::Node& request) {
  const ld::Node& subscription = *payload_of(request);
  const std::string organization(subscription.text(ld::api("hasSubscriber")));
  const std::string url = organization.empty() ? std::string() : TRY(notifications_url(organization));
  if (url.empty()) return {};
  Wanted wanted = TRY(wanted_in(subscription));
  wanted.request = request_id(request);
  wanted.base = request.text(kept_property("base"));
  callbacks::Wish wish;
  wish.id = wanted.request;
  wish.kind = kNotification;
  wish.party = requester_of(request);
  wish.url = url;
  wish.label = "ONE Record";
  wish.filter = to_json(wanted);
  TRY(call.services.callbacks.book().put(snapshot, batch, wish));
  return {};
}

Status end_notifying(Call& call, store::Snapshot& snapshot, store::Batch& batch, const ld::Node& request) {
  const auto callback = TRY(call.services.callbacks.book().find(request_id(request)));
  if (!callback || callback->kind != kNotification) return {};
  return call.services.callbacks.book().take_out(snapshot, batch, *callback);
}

Result<std::unique_ptr<const callbacks::Filter>> NotificationKind::read_filter(std::string_view json) const {
  return std::make_unique<const NotificationFilter>(TRY(wanted_from_json(json)), rule_, grants_, env_);
}

Result<callbacks::Letter> NotificationKind::write(std::span<const callbacks::Shown> shown, const callbacks::Occasion& occasion) const {
  const Wanted wanted = TRY(wanted_from_json(occasion.subscription.filter));
  callbacks::Letter letter;
  letter.content_type = kContentType;
  letter.headers = {{"accept", std::string(kContentType)}, {"idempotency-key", std::string(occasion.delivery)}};
  letter.body = ld::write_document(TRY(notification(*shown.front().entry, wanted, occasion.delivery)));
  return letter;
}

}  // namespace fairway::exchange::onerecord
