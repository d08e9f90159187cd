#include "exchange/feed.h"

#include <algorithm>

#include "base/limits.h"
#include "base/log.h"
#include "exchange/alerts/told.h"
#include "journey/index.h"

namespace fairway::exchange {
namespace {

constexpr size_t kLivePage = 1000;
constexpr size_t kPastPage = 200;
constexpr auto kPatience = std::chrono::milliseconds(100);
constexpr int64_t kValidUs = 500'000;
constexpr int64_t kKeepAliveUs = 15'000'000;  // proxies close what stays silent for a minute

const auto kKeepAlive = std::make_shared<const std::string>(": keep-alive\n\n");

std::shared_ptr<const std::string> text_of(const Entry& entry, PartyNames& names, std::string_view type = "event") {
  std::string text;
  text.reserve(entry.body.size() + 256);
  text += "id: " + std::to_string(entry.position) + "\nevent: " + std::string(type) + "\ndata: ";
  append_event_line(text, entry, names);
  text += "\n\n";
  return std::make_shared<const std::string>(std::move(text));
}

// Whether the entry is an alert of the party that listens, about something that it listens to.
bool is_alert_for(const Entry& entry, const Feed::Subscription& wish) {
  if (entry.kind != EntryKind::alert || entry.party != wish.viewer->party.id) return false;
  if (wish.references.empty()) return true;
  const auto alert = alert_head_from(entry.body);
  return alert && std::ranges::any_of(wish.references, [&](const Reference& reference) {
           return std::ranges::find(alert->references, reference.key()) != alert->references.end();
         });
}

bool has_alert_for(const auto& lines, const Feed::Subscription& wish) {
  return std::ranges::any_of(lines, [&](const auto& line) { return is_alert_for(line.entry, wish); });
}

}  // namespace

bool names_any(const Event& event, const std::vector<Reference>& wanted) {
  if (wanted.empty()) return true;
  const auto implied = journey::transport_references(event);
  return std::ranges::any_of(wanted, [&](const Reference& reference) {
    return std::ranges::find(event.references, reference) != event.references.end() ||
           std::ranges::find(implied, journey::head_reference(reference)) != implied.end();
  });
}

void append_event_line(std::string& out, const Entry& entry, PartyNames& names) {
  // The stored body is a whole object: its members are taken over as they are, without parsing.
  out.append(entry.body, 0, entry.body.size() - 1);
  std::string more;
  JsonWriter writer(more);
  writer.begin_object().member("entry", entry.position).member("receivedAt", to_rfc3339_utc(entry.received_us)).key("party");
  names.append(writer, entry.party);
  writer.end_object();
  out += ',';
  out.append(more, 1);
}

Feed::Feed(store::Store& store, AccessRule& rule, access::AccessLog& access_log, PartyNames& names, Metrics& metrics, Env& env)
    : store_(store), rule_(rule), access_log_(access_log), names_(names), metrics_(metrics), env_(env), thread_([this] { run(); }) {}

Feed::~Feed() { stop(); }

void Feed::subscribe(Subscription subscription) {
  const std::lock_guard lock(mutex_);
  arriving_.push_back(std::move(subscription));
}

void Feed::stop() {
  stopping_.store(true);
  if (thread_.joinable()) thread_.join();
}

void Feed::run() {
  position_ = store_.wait_past(0, std::chrono::milliseconds(0));
  bool behind = false;
  while (!stopping_.load()) {
    store_.wait_past(position_, behind ? std::chrono::milliseconds(0) : kPatience);
    admit();
    auto snapshot = store_.snapshot();
    if (!snapshot) {  // the store is away; it comes back by itself
      std::this_thread::sleep_for(kPatience);
      continue;
    }
    end_invalid();
    if (access_log_.has_room()) {  // what cannot be noted is not shown
      deliver_live(**snapshot);
      behind = deliver_past(**snapshot);
    }
    keep_alive();
  }
  admit();
  for (Subscriber& subscriber : subscribers_) subscriber.wish.stream->close();
}

void Feed::admit() {
  std::vector<Subscription> arriving;
  {
    const std::lock_guard lock(mutex_);
    arriving.swap(arriving_);
  }
  for (Subscription& wish : arriving) {
    auto sight = std::make_unique<ViewerSight>(rule_, wish.viewer);
    const Position after = wish.after;
    subscribers_.push_back({std::move(wish), std::move(sight), after, env_.now_us(), env_.now_us()});
  }
}

std::optional<Feed::Page> Feed::read_page(store::Snapshot& snapshot, Position after, size_t limit) {
  auto entries = snapshot.range(after + 1, limit);
  if (!entries) {
    log::warn("the feed could not read the log: {}", entries.error().text());
    return std::nullopt;
  }
  if (entries->empty()) return std::nullopt;
  Page page;
  auto whole = std::make_shared<std::string>();
  for (Entry& entry : *entries) {
    auto text = entry.kind == EntryKind::event ? text_of(entry, names_) : nullptr;
    if (text) *whole += *text, ++page.events, ++page.senders[entry.party];
    page.lines.push_back({std::move(entry), std::move(text)});
  }
  page.whole = std::move(whole);
  return page;
}

void Feed::deliver_live(store::Snapshot& snapshot) {
  const Position last = snapshot.last();
  while (position_ < last && !stopping_.load()) {
    if (subscribers_.empty()) {  // nobody listens: nothing to write
      position_ = last;
      eyes_.reset();
      return;
    }
    const std::optional<Page> page = read_page(snapshot, position_, kLivePage);
    if (!page) return;
    const Position before = position_;
    position_ = page->lines.back().entry.position;
    deliver_page_live(snapshot, *page, before);
  }
}

// To every subscriber that stood at `before`, or has had the first lines of the page already; one further back is served from the past.
void Feed::deliver_page_live(store::Snapshot& snapshot, const Page& page, Position before) {
  std::vector<Subscriber*> choosy;
  for (Subscriber& subscriber : subscribers_) {
    if (subscriber.position < before || subscriber.position >= position_) continue;
    if (subscriber.takes_all() && subscriber.position == before && !has_alert_for(page.lines, subscriber.wish)) {
      if (send_page(subscriber, page)) subscriber.position = position_;
    } else {
      choosy.push_back(&subscriber);
    }
  }
  if (choosy.empty()) return eyes_.reset();
  if (!eyes_) eyes_.emplace();
  for (const Line& line : page.lines) {
    for (Subscriber* subscriber : choosy)
      if (subscriber->position < line.entry.position && is_alert_for(line.entry, subscriber->wish))
        send(*subscriber, text_of(line.entry, names_, "alert"), 0);
    if (!line.text) continue;
    const auto event = event_from_json(line.entry.body);
    if (!event) continue;
    eyes_->advance(snapshot, *event, line.entry.party, line.entry.position);
    for (Subscriber* subscriber : choosy) {
      if (subscriber->position >= line.entry.position || !names_any(*event, subscriber->wish.references)) continue;
      const auto seen = eyes_->look(*subscriber->sight);
      if (seen && !seen->sees.nothing()) send_line(*subscriber, line, *event, {seen->sees, seen->grant ? &*seen->grant : nullptr});
    }
  }
  for (Subscriber* subscriber : choosy) subscriber->position = position_;
}

// One page to each subscriber that is behind and has room; true while one of them could take more at once.
bool Feed::deliver_past(store::Snapshot& snapshot) {
  bool more = false;
  for (Subscriber& subscriber : subscribers_) {
    if (subscriber.position >= position_ || subscriber.wish.stream->queued_bytes() > limits::kStreamQueueBytesMax / 4) continue;
    const auto page = read_page(snapshot, subscriber.position, std::min<size_t>(kPastPage, position_ - subscriber.position));
    if (!page) continue;
    deliver_page_past(snapshot, *page, subscriber);
    more = more || subscriber.position < position_;
  }
  return more;
}

void Feed::deliver_page_past(store::Snapshot& snapshot, const Page& page, Subscriber& subscriber) {
  const Position reached = page.lines.back().entry.position;
  if (subscriber.takes_all() && !has_alert_for(page.lines, subscriber.wish)) {
    if (send_page(subscriber, page)) subscriber.position = reached;
    return;
  }
  Eyes eyes(snapshot, rule_, subscriber.wish.viewer);
  for (const Line& line : page.lines) {
    if (is_alert_for(line.entry, subscriber.wish) && !send(subscriber, text_of(line.entry, names_, "alert"), 0)) return;
    if (!line.text) continue;
    const auto event = event_from_json(line.entry.body);
    if (!event || !names_any(*event, subscriber.wish.references)) continue;
    const auto look = eyes.look(line.entry, *event);
    if (look && look->sees_something() && !send_line(subscriber, line, *event, *look)) return;
  }
  subscriber.position = reached;
}

bool Feed::send(Subscriber& subscriber, const std::shared_ptr<const std::string>& text, size_t events) {
  if (!subscriber.wish.stream->write(text)) return false;  // gone, or too slow: it comes back with Last-Event-ID
  subscriber.silent_since_us = env_.now_us();
  metrics_.delivered(events);
  return true;
}

bool Feed::send_page(Subscriber& subscriber, const Page& page) {
  if (page.events == 0) return true;
  access::Looks looks(*subscriber.wish.viewer, access::Channel::stream);
  for (const auto& [sender, events] : page.senders) looks.saw_many(sender, events);
  note(std::move(looks));
  return send(subscriber, page.whole, page.events);
}

// False where the subscriber is gone or too slow; what is hidden from it counts as sent.
bool Feed::send_line(Subscriber& subscriber, const Line& line, const Event& event, const journey::Look& look) {
  Event shown = event;
  const bool redacted = journey::redact(shown, look, *subscriber.sight);
  if (shown.references.empty() || (redacted && !names_any(shown, subscriber.wish.references))) return true;
  access::Looks looks(*subscriber.wish.viewer, access::Channel::stream);
  saw(looks, line.entry.party, shown, look.grant);
  note(std::move(looks));
  if (!redacted) return send(subscriber, line.text, 1);
  Entry entry = line.entry;
  entry.body = to_json(shown);
  return send(subscriber, text_of(entry, names_), 1);
}

// has_room() was asked before; a page more than the room is written down all the same.
void Feed::note(access::Looks looks) {
  if (const Status noted = access_log_.note(std::move(looks)); !noted) log::warn("a stream's reading: {}", noted.error().text());
}

void Feed::end_invalid() {
  const int64_t now = env_.now_us();
  for (Subscriber& subscriber : subscribers_) {
    if (!subscriber.wish.still_valid || now - subscriber.checked_us < kValidUs) continue;
    subscriber.checked_us = now;
    if (!subscriber.wish.still_valid()) subscriber.wish.stream->close();
  }
  std::erase_if(subscribers_, [](const Subscriber& subscriber) { return !subscriber.wish.stream->open(); });
}

void Feed::keep_alive() {
  const int64_t now = env_.now_us();
  for (Subscriber& subscriber : subscribers_) {
    if (now - subscriber.silent_since_us < kKeepAliveUs) continue;
    subscriber.silent_since_us = now;
    subscriber.wish.stream->write(kKeepAlive);
  }
  std::erase_if(subscribers_, [](const Subscriber& subscriber) { return !subscriber.wish.stream->open(); });
}

}  // namespace fairway::exchange
