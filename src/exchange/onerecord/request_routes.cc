// PATCH and POST of a logistics object (changes, verifications), its audit trail, and /onerecord/action-requests/{id}.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "exchange/onerecord/notifications.h"
#include "exchange/onerecord/requests.h"
#include "exchange/onerecord/rights.h"
#include "exchange/onerecord/routes.h"
#include "exchange/onerecord/told.h"
#include "gateway/onerecord/change.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::exchange::onerecord {
namespace {

ld::MakeId ids_of(Call& call) {
  return [&call] { return "internal:" + new_id(call.services.env); };
}

// Puts a new request about an object into the batch.
Result<http::Response> file(Call& call, store::Batch& batch, Head head, const RequestKind& kind, ld::Node payload) {
  if (head.requests >= limits::kActionRequestsMax)
    return fail(Code::too_large, "the object has too many requests", head.id, "at most " + std::to_string(limits::kActionRequestsMax));
  const Kept request = make_request(call, kind, std::move(payload), head.holder, &head);
  ++head.requests;
  put_head(batch, head);
  put_request(batch, request_id(request.node), request);
  list_request(batch, head.id, request_id(request.node));
  tell(batch, call, told_of_request(kRequested, request.node), request.node);
  return made(call, request.node.id, ld::api(kind.type));
}

Status names_object(const Call& call, const Head& head, std::string_view address) {
  if (address == head.address()) return {};
  return fail(Code::invalid, "Logistics Object URI does not match", legible(call.outward(address)),
              "name the Logistics Object that the request is sent to");
}

Error wrong_revision(const Head& head, uint64_t revision) {
  return {Code::conflict, "LogisticsObject revision does not match", std::to_string(revision),
          "the latest revision is " + std::to_string(head.revision)};
}

// What cannot be done now is said now: 422. It is tried again when the request is accepted.
Result<http::Response> request_change(Call& call) {
  const std::string object(call.request.parameter("object"));
  {
    const auto snapshot = TRY(call.services.store.snapshot());
    (void)TRY(object_for(call, *snapshot, object, kPatchObject));
  }
  const ld::Node node = TRY(call.object());
  const ld::Change change = TRY(ld::change_from(node));
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    const Head head = TRY(object_for(call, snapshot, object, kPatchObject));
    TRY_OK(names_object(call, head, change.logistics_object));
    if (change.revision != head.revision) return refusal(call, wrong_revision(head, change.revision), 422);
    const auto kept = TRY(find_revision(snapshot, head, head.revision));
    if (!kept) return fail(Code::internal, "a revision is missing", head.id);
    const auto after = ld::apply(kept->node, change, ids_of(call));
    if (!after) return refusal(call, after.error(), 422);
    return file(call, batch, head, kChange, node);
  });
}

Result<http::Response> request_verification(Call& call) {
  const std::string object(call.request.parameter("object"));
  {
    const auto snapshot = TRY(call.services.store.snapshot());
    (void)TRY(object_for(call, *snapshot, object, kGetObject));
  }
  const ld::Node node = TRY(call.object());
  if (!node.is(ld::api("Verification")) || node.object(ld::api("hasError")) == nullptr)
    return fail(Code::invalid, "Invalid Verification", legible(node.type()), "send an api:Verification with at least one api:hasError");
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    const Head head = TRY(object_for(call, snapshot, object, kGetObject));
    TRY_OK(names_object(call, head, node.text(ld::api("hasLogisticsObject"))));
    const std::string_view revision = node.text(ld::api("hasRevision"));
    if (!ld::same_value(ld::xsd("positiveInteger"), revision, std::to_string(head.revision)))
      return refusal(call, {Code::conflict, "LogisticsObject revision does not match", legible(revision), ""}, 422);
    return file(call, batch, head, kVerification, node);
  });
}

// The others see what became of the object and what they asked for themselves; the holder sees everything.
bool shows(const Call& call, const Head& head, const ld::Node& request) {
  if (head.holder == call.party() || call.viewer->is_operator() || requester_of(request) == call.party()) return true;
  return is(request, kChange) && status_of(request) == kAccepted;
}

struct Window {
  int64_t from_us = INT64_MIN, to_us = INT64_MAX;
  std::string status;
};

Result<Window> window_in(const Call& call) {
  Window window;
  for (const char* name : {"updated-from", "updatedFrom"})
    if (const std::string* text = call.request.query_value(name)) window.from_us = TRY(moment_in(name, *text));
  for (const char* name : {"updated-to", "updatedTo"})
    if (const std::string* text = call.request.query_value(name)) window.to_us = TRY(moment_in(name, *text)) + 999'999;
  const std::string* status = call.request.query_value("status");
  if (status == nullptr) return window;
  window.status = ld::local_name(*status);
  if (!window.status.starts_with("REQUEST_")) window.status.insert(0, "REQUEST_");
  constexpr std::array kKnown = {kPending, kAccepted, kAcknowledged, kRejected, kFailed, kRevoked};
  if (std::ranges::find(kKnown, window.status) != kKnown.end()) return window;
  return fail(Code::invalid, "not a status", "status=" + legible(*status), "PENDING, ACCEPTED or REJECTED");
}

bool takes(const Window& window, const ld::Node& request) {
  if (!window.status.empty() && status_of(request) != window.status) return false;
  const auto since = parse_rfc3339(request.text(ld::api("hasRequestStatusSince")));
  return !since || (since->micros >= window.from_us && since->micros <= window.to_us);
}

Result<http::Response> audit_trail(Call& call) {
  const Window window = TRY(window_in(call));
  const auto snapshot = TRY(call.services.store.snapshot());
  const Head head = TRY(object_for(call, *snapshot, call.request.parameter("object"), kGetObject));
  ld::Node trail;
  trail.id = head.address() + "/audit-trail";
  trail.types = {ld::api("AuditTrail")};
  trail.add(ld::api("hasLatestRevision"), number(head.revision, "positiveInteger"));
  std::vector<Kept> requests = TRY(requests_of(*snapshot, head.id));
  for (const Kept& request : requests) {
    const bool of_object = is(request.node, kChange) || is(request.node, kVerification);
    if (!of_object || !shows(call, head, request.node) || !takes(window, request.node)) continue;
    // The property's name until API 2.2, for who still looks there.
    if (is(request.node, kChange)) trail.add(ld::api("hasChangeRequest"), ld::Value::link(request.node.id));
    trail.add(ld::api("hasActionRequest"), ld::Value::of(request.node));
  }
  return show(call, std::move(trail));
}

std::unexpected<Error> no_such_request() {
  return fail(Code::not_found, "Action Request not found", "", "there is none at this address, or none for you");
}

// Who asked and who decides see a request; so does the operator.
Result<Kept> request_for(const Call& call, store::Snapshot& snapshot) {
  auto request = TRY(find_request(snapshot, call.request.parameter("request")));
  if (!request) return no_such_request();
  const bool concerned = requester_of(request->node) == call.party() || holder_of(request->node) == call.party();
  if (!concerned && !call.viewer->is_operator()) return no_such_request();
  return std::move(*request);
}

Result<http::Response> find_one(Call& call) {
  const auto snapshot = TRY(call.services.store.snapshot());
  Kept request = TRY(request_for(call, *snapshot));
  const auto since = parse_rfc3339(request.node.text(ld::api("hasRequestStatusSince")));
  const std::string location = call.outward(request.node.id);
  http::Response response = show(call, std::move(request.node));
  response.headers.emplace_back("location", location);
  response.headers.emplace_back("last-modified", http_date(since ? since->micros : request.us));
  return response;
}

// The request's new status into the batch.
void settle_request(Call& call, store::Batch& batch, Kept request, std::string_view status) {
  set_status(call, request.node, status);
  put_request(batch, request_id(request.node), request);
  tell(batch, call, told_of_request(to_lower(status.substr(std::string_view("REQUEST_").size())), request.node), request.node);
}

void add_error(Call& call, Kept& request, const Error& error, std::string_view resource = {}) {
  request.node.add(ld::api("hasError"), ld::Value::of(error_node(call.services, error, 409, resource)));
}

// Every other pending change of the revision that is no more.
Status reject_others(Call& call, store::Snapshot& snapshot, store::Batch& batch, const Head& head, const Kept& accepted) {
  std::vector<Kept> requests = TRY(requests_of(snapshot, head.id));
  for (Kept& request : requests) {
    if (request.node.id == accepted.node.id || !is(request.node, kChange) || status_of(request.node) != kPending) continue;
    add_error(call, request, {Code::conflict, "Conflict with Logistics Object revision number", "another change was accepted", ""},
              head.address());
    settle_request(call, batch, std::move(request), kRejected);
  }
  return {};
}

Result<http::Response> accept_change(Call& call, store::Snapshot& snapshot, store::Batch& batch, Kept request) {
  auto head = TRY(find_head(snapshot, object_of(request.node)));
  const ld::Change change = TRY(ld::change_from(*request.node.object(ld::api(kChange.property))));
  const auto kept = head ? TRY(find_revision(snapshot, *head, head->revision)) : std::nullopt;
  if (!kept) return fail(Code::internal, "the object of a request is missing");
  Result<ld::Node> after = std::unexpected(wrong_revision(*head, change.revision));
  if (change.revision == head->revision) after = ld::apply(kept->node, change, ids_of(call));
  if (after) settle(call, *after);
  if (after &&
      (ld::write_document(*after).size() > limits::kLogisticsObjectBytesMax || head->revision >= limits::kLogisticsObjectRevisionsMax))
    after = fail(Code::conflict, "the object would be too large, or has too many revisions");
  if (!after) {
    add_error(call, request, after.error(), head->address());
    settle_request(call, batch, std::move(request), kFailed);
    return refusal(call, after.error(), 422);
  }
  ++head->revision;
  head->modified_us = call.services.env.now_us();
  TRY_OK(describe(call, snapshot, *after, *head));
  put_head(batch, *head);
  put_revision(batch, *head, *after, head->modified_us);
  Told told = told_of(kRevised, *head);
  told.changed = ld::changed_properties(kept->node, *after);
  tell(batch, call, told, *after);
  TRY_OK(reject_others(call, snapshot, batch, *head, request));
  const std::string address = request.node.id;
  settle_request(call, batch, std::move(request), kAccepted);
  return made(call, address, ld::api(kChange.type), 204);
}

// What a request becomes besides its status.
Result<http::Response> decide(Call& call, store::Snapshot& snapshot, store::Batch& batch, Kept request, std::string_view status,
                              const std::string& grant) {
  if (status == kAccepted && is(request.node, kChange)) return accept_change(call, snapshot, batch, std::move(request));
  if (status == kAccepted && is(request.node, kDelegation)) {
    TRY_OK(put_delegation(batch, request.node, grant, true));
    request.node.set(std::string(kPrivate) + "grant", ld::Value::literal(grant));
  }
  if (status == kAccepted && is(request.node, kSubscription)) {
    const Status begun = begin_notifying(call, snapshot, batch, request.node);
    if (!begun && begun.error().code != Code::too_large) return std::unexpected(begun.error());
    if (!begun) {
      add_error(call, request, begun.error());
      settle_request(call, batch, std::move(request), kFailed);
      return refusal(call, begun.error(), 422);
    }
  }
  if ((status == kRevoked || status == kRejected) && is(request.node, kSubscription)) {
    list_subscription(batch, payload_of(request.node)->text(ld::api("hasTopic")), request_id(request.node), false);
    TRY_OK(end_notifying(call, snapshot, batch, request.node));
  }
  if (status == kRevoked && is(request.node, kDelegation)) {
    const std::string held(request.node.text(std::string(kPrivate) + "grant"));
    TRY_OK(put_delegation(batch, request.node, held, false));
  }
  const std::string address = request.node.id, type(request.node.type());
  const bool noted = status == kAccepted && is(request.node, kVerification);
  settle_request(call, batch, std::move(request), noted ? kAcknowledged : status);
  return made(call, address, type, 204);
}

// A standing subscription or delegation may still be ended; a change that was made stays made.
bool is_open(const ld::Node& request, std::string_view status) {
  if (status_of(request) == kPending) return true;
  const bool lasting = is(request, kSubscription) || is(request, kDelegation);
  return status == kRevoked && lasting && status_of(request) == kAccepted;
}

Result<std::string_view> status_in(const Call& call) {
  const std::string* wanted = call.request.query_value("status");
  constexpr std::array kMay = {kAccepted, kAcknowledged, kRejected, kRevoked};
  const auto found = wanted == nullptr ? kMay.end() : std::ranges::find(kMay, ld::local_name(*wanted));
  if (found != kMay.end()) return *found == kAcknowledged ? kAccepted : *found;
  return fail(Code::invalid, "not a status", "status=" + (wanted == nullptr ? std::string() : legible(*wanted)),
              "REQUEST_ACCEPTED, REQUEST_REJECTED or REQUEST_REVOKED");
}

Result<http::Response> move_on(Call& call, std::string_view status) {
  std::string grant;
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    Kept request = TRY(request_for(call, snapshot));
    const bool decides = holder_of(request.node) == call.party();
    if (!decides && (status != kRevoked || requester_of(request.node) != call.party()))
      return fail(Code::forbidden, "Not authorized to update the Action Request", "its holder decides");
    const std::string_view now = status_of(request.node);
    if (now == status || (status == kAccepted && now == kAcknowledged)) return made(call, request.node.id, request.node.type(), 204);
    if (!is_open(request.node, status)) return refusal(call, {Code::conflict, "the request is decided already", std::string(now), ""}, 422);
    if (status == kAccepted && is(request.node, kDelegation) && grant.empty()) grant = TRY(give_grant(call, snapshot, request.node));
    if (status == kRevoked && is(request.node, kDelegation)) TRY_OK(end_grant(call, request.node));
    return decide(call, snapshot, batch, std::move(request), status, grant);
  });
}

Result<http::Response> update(Call& call) { return move_on(call, TRY(status_in(call))); }
Result<http::Response> revoke(Call& call) { return move_on(call, kRevoked); }

}  // namespace

void add_request_routes(http::Router& router, Services& services) {
  using enum http::Method;
  const std::string object = "/onerecord/logistics-objects/{object}";
  router.add(patch, object, route(services, &access::Viewer::may_send, request_change));
  router.add(post, object, route(services, &access::Viewer::may_send, request_verification));
  router.add(get, object + "/audit-trail", route(services, &access::Viewer::may_read, audit_trail));
  const std::string request = "/onerecord/action-requests/{request}";
  router.add(get, request, route(services, &access::Viewer::may_read, find_one));
  router.add(patch, request, route(services, &access::Viewer::may_send, update));
  router.add(del, request, route(services, &access::Viewer::may_send, revoke));
}

}  // namespace fairway::exchange::onerecord
