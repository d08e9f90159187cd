// Logistics events: POST and GET of …/logistics-events, of one event, and one event for several objects.
#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"
#include "exchange/onerecord/rights.h"
#include "exchange/onerecord/routes.h"
#include "exchange/onerecord/told.h"
#include "gateway/onerecord/onerecord.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"
#include "intake/plan.h"

namespace fairway::exchange::onerecord {
namespace {

std::string event_address(const Head& head, std::string_view event) { return head.address() + "/logistics-events/" + std::string(event); }

Result<ld::Node> event_in(Call& call) {
  ld::Node node = TRY(call.object());
  if (!node.is(ld::cargo("LogisticsEvent")))
    return fail(Code::invalid, "Invalid Logistics Event", "the body is a " + legible(ld::compact(node.type())),
                "send a cargo:LogisticsEvent");
  const std::string_view date = node.text(ld::cargo("eventDate"));
  if (date.empty() || !ld::is_form_of(ld::xsd("dateTime"), trim(date)))
    return fail(Code::invalid, "Invalid Logistics Event", "the cargo:eventDate property is required",
                "write a date and time with its offset");
  node.id.clear();
  settle(call, node);
  return node;
}

// Puts the event into the batch: as a document of the object and, where its code stands for a milestone, as Fairway's own event.
Result<std::string> put(Call& call, store::Batch& batch, Head& head, ld::Node node) {
  if (head.events >= limits::kLogisticsEventsMax)
    return fail(Code::too_large, "the object has too many events", head.id, "at most " + std::to_string(limits::kLogisticsEventsMax));
  const int64_t now = call.services.env.now_us();
  const std::string id = new_id(call.services.env);
  node.id = event_address(head, id);
  node.set(ld::cargo("creationDate"), date_time(now));
  node.set(ld::cargo("eventFor"), ld::Value::link(head.address(), head.type));
  ++head.events;
  head.events_us = now;
  put_event(batch, head, id, node, now);
  put_head(batch, head);
  tell(batch, call, told_of(kEvent, head), node);
  std::vector<Reference> references;
  for (const std::string& key : head.references)
    if (const auto reference = Reference::from_key(key)) references.push_back(*reference);
  std::vector<gateway::Diagnostic> notes;
  auto event = ld::event_from(node, references, notes);
  if (event) {
    event->source.hash = to_hex(sha256(ld::write_document(node)));
    batch.entries.push_back(intake::event_entry(*event, call.party(), now));
  } else if (event.error().code != Code::unsupported) {
    return std::unexpected(event.error());
  }
  return node.id;
}

Result<http::Response> add(Call& call) {
  const std::string object(call.request.parameter("object"));
  {  // whether there is such an object comes before whether the event is one
    const auto snapshot = TRY(call.services.store.snapshot());
    (void)TRY(object_for(call, *snapshot, object, kPostEvent));
  }
  const ld::Node node = TRY(event_in(call));
  return transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    Head head = TRY(object_for(call, snapshot, object, kPostEvent));
    const std::string address = TRY(put(call, batch, head, node));
    return made(call, address, ld::cargo("LogisticsEvent"));
  });
}

ld::Node result_node(Call& call, const std::string& object, int status) {
  ld::Node result;
  result.id = "internal:" + new_id(call.services.env);
  result.types = {ld::api("EventCreationResult")};
  result.add(ld::api("hasHTTPStatus"), number(static_cast<uint64_t>(status)));
  result.add(ld::api("hasLogisticsObject"), ld::Value::link(object));
  return result;
}

// One target of an event for several. Its own batch: the others stand or fall by themselves.
ld::Node add_to(Call& call, const ld::Node& event, const std::string& object, size_t& created) {
  std::string address;
  const auto added = transact(call, [&](store::Snapshot& snapshot, store::Batch& batch) -> Result<http::Response> {
    Head head = TRY(object_for(call, snapshot, object_id(object), kPostEvent));
    address = TRY(put(call, batch, head, event));
    return http::Response();
  });
  if (added) {
    ++created;
    ld::Node result = result_node(call, object, 201);
    result.add(ld::api("hasLogisticsEvent"), ld::Value::link(address));
    return result;
  }
  const int status = http_status(added.error().code);
  ld::Node result = result_node(call, object, status);
  result.add(ld::api("hasError"), ld::Value::of(error_node(call.services, added.error(), status, call.outward(object))));
  return result;
}

Result<http::Response> add_many(Call& call) {
  const ld::Node event = TRY(event_in(call));
  std::vector<std::string> targets;
  if (const std::vector<ld::Value>* objects = event.find(ld::cargo("eventFor")))
    for (const ld::Value& value : *objects)
      if (const std::string id = value.is_node() ? value.node.front().id : value.text; std::ranges::find(targets, id) == targets.end())
        targets.push_back(id);
  if (targets.empty() || targets.size() > limits::kEventTargetsMax)
    return fail(Code::invalid, "Invalid Logistics Event", "the cargo:eventFor property is required and names the Logistics Objects",
                "1 to " + std::to_string(limits::kEventTargetsMax));
  ld::Node answer;
  answer.id = "internal:" + new_id(call.services.env);
  answer.types = {ld::api("MultiStatusResponse")};
  size_t created = 0;
  std::vector<ld::Node> results;
  for (const std::string& target : targets) results.push_back(add_to(call, event, target, created));
  answer.add(ld::api("hasTotalItems"), number(targets.size()));
  answer.add(ld::api("hasTotalCreated"), number(created));
  answer.add(ld::api("hasTotalFailed"), number(targets.size() - created));
  for (ld::Node& result : results) answer.add(ld::api("hasCreationResult"), ld::Value::of(std::move(result)));
  http::Response response = show(call, std::move(answer));
  response.status = 207;
  return response;
}

// What GET …/logistics-events asks for.
struct Query {
  std::vector<std::string> codes;
  int64_t created_after = INT64_MIN, created_before = INT64_MAX, occurred_after = INT64_MIN, occurred_before = INT64_MAX;
  bool descending = false, by_event_date = false;
  size_t limit = SIZE_MAX, skip = 0;
};

Status read_moment(const Call& call, const char* name, int64_t& moment) {
  const std::string* text = call.request.query_value(name);
  if (text != nullptr) moment = TRY(moment_in(name, *text));
  return {};
}

Status read_count(const Call& call, const char* name, size_t& count) {
  const std::string* text = call.request.query_value(name);
  if (text == nullptr) return {};
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
  if (error == std::errc() && end == text->data() + text->size()) return {};
  return fail(Code::invalid, "not a number", std::string(name) + "=" + legible(*text));
}

Result<Query> query_in(const Call& call) {
  Query query;
  if (const std::string* codes = call.request.query_value("event-code")) {
    std::string_view rest = *codes;
    while (!rest.empty() && query.codes.size() < limits::kReferencesPerEventMax) {
      const size_t comma = std::min(rest.find(','), rest.size());
      query.codes.push_back(to_upper(trim(ld::local_name(rest.substr(0, comma)))));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  TRY_OK(read_moment(call, "created-after", query.created_after));
  TRY_OK(read_moment(call, "created-before", query.created_before));
  TRY_OK(read_moment(call, "occurred-after", query.occurred_after));
  TRY_OK(read_moment(call, "occurred-before", query.occurred_before));
  TRY_OK(read_count(call, "limit", query.limit));
  TRY_OK(read_count(call, "skip", query.skip));
  const std::string* sort = call.request.query_value("sort");
  if (sort == nullptr) return query;
  query.descending = sort->starts_with("DESC-");
  query.by_event_date = sort->ends_with("-eventDate");
  if (*sort == (query.descending ? "DESC-" : "ASC-") + std::string(query.by_event_date ? "eventDate" : "creationDate")) return query;
  return fail(Code::invalid, "not an order", "sort=" + legible(*sort), "ASC- or DESC-, and creationDate or eventDate");
}

int64_t occurred_us(const Kept& event) {
  const auto instant = parse_rfc3339(trim(event.node.text(ld::cargo("eventDate"))));
  return instant ? instant->micros : event.us;
}

bool takes(const Query& query, const Kept& event) {
  const int64_t occurred = occurred_us(event);
  if (event.us <= query.created_after || event.us >= query.created_before) return false;
  if (occurred <= query.occurred_after || occurred >= query.occurred_before) return false;
  return query.codes.empty() || std::ranges::find(query.codes, ld::event_code(event.node)) != query.codes.end();
}

Result<http::Response> list(Call& call) {
  const Query query = TRY(query_in(call));
  const auto snapshot = TRY(call.services.store.snapshot());
  const Head head = TRY(object_for(call, *snapshot, call.request.parameter("object"), kGetEvent));
  std::vector<Kept> events = TRY(events_of(*snapshot, head.id));
  std::erase_if(events, [&](const Kept& event) { return !takes(query, event); });
  const auto key = [&](const Kept& event) { return query.by_event_date ? occurred_us(event) : event.us; };
  std::ranges::stable_sort(events, [&](const Kept& a, const Kept& b) { return query.descending ? key(a) > key(b) : key(a) < key(b); });
  ld::Node answer;
  answer.id = head.address() + "/logistics-events";
  answer.types = {ld::api("Collection")};
  answer.add(ld::api("hasTotalItems"), number(events.size()));
  for (size_t i = query.skip; i < events.size() && i - query.skip < query.limit; ++i)
    answer.add(ld::api("hasItem"), ld::Value::of(std::move(events[i].node)));
  http::Response response = show(call, std::move(answer));
  response.headers.emplace_back("last-modified", http_date(head.events_us));
  return response;
}

Result<http::Response> find(Call& call) {
  const auto snapshot = TRY(call.services.store.snapshot());
  const Head head = TRY(object_for(call, *snapshot, call.request.parameter("object"), kGetEvent));
  std::optional<Kept> event = TRY(find_event(*snapshot, head.id, call.request.parameter("event")));
  if (!event) return fail(Code::not_found, "Logistics Event not found", legible(call.request.parameter("event")));
  http::Response response = show(call, std::move(event->node));
  response.headers.emplace_back("location", call.base + call.request.path.substr(std::string_view("/onerecord").size()));
  response.headers.emplace_back("last-modified", http_date(event->us));
  return response;
}

}  // namespace

void add_event_routes(http::Router& router, Services& services) {
  using enum http::Method;
  const std::string events = "/onerecord/logistics-objects/{object}/logistics-events";
  for (const std::string& path : {events, events + "/"}) {
    router.add(post, path, route(services, &access::Viewer::may_send, add));
    router.add(get, path, route(services, &access::Viewer::may_read, list));
  }
  router.add(get, events + "/{event}", route(services, &access::Viewer::may_read, find));
  router.add(post, "/onerecord/logistics-events", route(services, &access::Viewer::may_send, add_many));
}

}  // namespace fairway::exchange::onerecord
