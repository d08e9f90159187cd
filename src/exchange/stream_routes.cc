// GET /v1/stream: new events as they are accepted. GET /v1/export: everything a party may take with it.
#include <charconv>
#include <map>

#include "base/limits.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

Result<Position> parse_position(std::string_view text) {
  Position position = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(Code::invalid, "not an entry number", std::string(text.substr(0, 64)), "send the id of the last event you have");
  return position;
}

// Where to go on: after the last event the client has, or from now.
Result<Position> start_after(const http::Request& request, store::Store& store) {
  const Position last = store.wait_past(0, std::chrono::milliseconds(0));
  std::string_view text = request.header("last-event-id");
  if (text.empty())
    if (const std::string* after = request.query_value("after")) text = *after;
  if (text.empty()) return last;
  return std::min(TRY(parse_position(text)), last);
}

Result<Feed::Subscription> subscription_of(const http::Request& request, ViewerPtr viewer, Services& services) {
  Feed::Subscription subscription;
  subscription.viewer = std::move(viewer);
  subscription.still_valid = [&services, request] { return authenticate(services, request).has_value(); };
  subscription.after = TRY(start_after(request, services.store));
  for (const auto& [name, value] : request.query)
    if (name == "reference") subscription.references.push_back(TRY(Reference::from_key(value)));
  if (subscription.references.size() > limits::kStreamReferencesMax)
    return fail(Code::too_large, "too many references", std::to_string(subscription.references.size()),
                "at most " + std::to_string(limits::kStreamReferencesMax) + " on one stream; leave them out to hear everything");
  for (const Reference& reference : subscription.references) TRY_OK(services.quota.look_up(*subscription.viewer, reference.value()));
  return subscription;
}

void open_stream(Services& services, const http::Request& request, ViewerPtr viewer, const http::Responder& responder) {
  auto subscription = subscription_of(request, std::move(viewer), services);
  if (!subscription) return responder.send(http::problem(subscription.error(), request.path));
  http::Response head;
  head.content_type = "text/event-stream";
  head.headers = {{"cache-control", "no-store"}, {"x-accel-buffering", "no"}};
  subscription->stream = responder.stream(std::move(head));
  if (!subscription->stream) return;  // the limit of streams is reached; the responder has said so
  subscription->stream->write(std::make_shared<const std::string>(": connected\nretry: 2000\n\n"));
  services.feed.subscribe(std::move(*subscription));
}

// One page of entries to one who takes its data along: its own entries of every kind, and what it sees of others' events.
class ExportPage {
 public:
  ExportPage(Services& services, store::Snapshot& snapshot, const ViewerPtr& viewer)
      : services_(services), viewer_(*viewer), eyes_(snapshot, services.rule, viewer) {}

  Status take(Entry& entry) {
    if (entry.kind != EntryKind::event) {
      if (eyes_.sees_other(entry)) append_line(entry);
      return {};
    }
    if (viewer_.sees_sent_by(entry.party)) {
      ++shown_[entry.party];
      append_line(entry);
      return {};
    }
    Event event = TRY(event_from_json(entry.body));
    const Eyes::Seen seen = TRY(eyes_.see(entry, event));
    if (!seen.seen) return {};
    if (seen.redacted) entry.body = to_json(event);
    saw(looks_, entry.party, event, seen.grant);
    append_line(entry);
    return {};
  }
  // What was taken, once it is noted who looked.
  Result<std::shared_ptr<const std::string>> finish() {
    for (const auto& [sender, events] : shown_) looks_.saw_many(sender, events);
    TRY_OK(services_.access_log.note(std::move(looks_)));
    return std::move(lines_);
  }

 private:
  void append_line(const Entry& entry);

  Services& services_;
  const access::Viewer& viewer_;
  Eyes eyes_;
  access::Looks looks_{viewer_, access::Channel::export_};
  std::map<PartyId, size_t> shown_;  // the operator's: whose, and how many
  std::shared_ptr<std::string> lines_ = std::make_shared<std::string>();
};

// An event as the stream writes it, any other entry with its kind and body.
void ExportPage::append_line(const Entry& entry) {
  std::string& out = *lines_;
  PartyNames& names = services_.names;
  if (entry.kind == EntryKind::event) {
    append_event_line(out, entry, names);
  } else {
    JsonWriter writer(out);
    writer.begin_object().member("entry", entry.position).member("kind", name(entry.kind));
    writer.member("receivedAt", to_rfc3339_utc(entry.received_us)).key("party");
    names.append(writer, entry.party);
    writer.key("body").raw(entry.body).end_object();
  }
  out += '\n';
}

// Waits until the client has taken most of what is queued; false when it is gone.
bool wait_for_room(http::Stream& stream) {
  while (stream.open() && stream.queued_bytes() > limits::kStreamQueueBytesMax / 2)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return stream.open();
}

void write_export(Services& services, const ViewerPtr& viewer, http::Stream& stream) {
  constexpr size_t kPage = 500;
  auto snapshot = services.store.snapshot();
  if (!snapshot) return stream.close();
  const Position last = (*snapshot)->last();
  for (Position next = 1; next <= last;) {
    auto page = (*snapshot)->range(next, kPage);
    if (!page || page->empty()) break;
    ExportPage lines(services, **snapshot, viewer);  // one a page, so that what it remembers stays small
    for (Entry& entry : *page)
      if (!lines.take(entry)) return;  // the answer ends without its last chunk: the client sees that it was cut off
    next = page->back().position + 1;
    const auto text = lines.finish();
    if (!text || (!(*text)->empty() && !stream.write(*text))) return;
    if (!wait_for_room(stream)) return;
  }
  stream.close();
}

void open_export(Services& services, const http::Request&, const ViewerPtr& viewer, const http::Responder& responder) {
  http::Response head;
  head.content_type = "application/x-ndjson";
  head.headers = {{"cache-control", "no-store"}, {"content-disposition", "attachment; filename=\"fairway-export.ndjson\""}};
  if (const auto stream = responder.stream(std::move(head))) write_export(services, viewer, *stream);
}

}  // namespace

void add_stream_routes(http::Router& router, Services& services) {
  using std::placeholders::_1, std::placeholders::_2, std::placeholders::_3;
  router.add(http::Method::get, "/v1/stream",
             authenticated(services, &access::Viewer::may_read, std::bind(open_stream, std::ref(services), _1, _2, _3)));
  router.add(http::Method::get, "/v1/export",
             authenticated(services, &access::Viewer::may_read, std::bind(open_export, std::ref(services), _1, _2, _3)));
}

}  // namespace fairway::exchange
