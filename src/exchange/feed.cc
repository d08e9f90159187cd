#include "exchange/feed.h"

#include <algorithm>

#include "base/limits.h"
#include "base/log.h"

namespace fairway::exchange {
namespace {

constexpr size_t kLivePage = 1000;
constexpr size_t kPastPage = 200;
constexpr auto kPatience = std::chrono::milliseconds(250);
constexpr int64_t kKeepAliveUs = 15'000'000;  // proxies close what stays silent for a minute

const auto kKeepAlive = std::make_shared<const std::string>(": keep-alive\n\n");

}  // namespace

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

Feed::Feed(store::Store& store, PartyNames& names, Sightings& sightings, Metrics& metrics, Env& env)
    : store_(store), names_(names), sightings_(sightings), metrics_(metrics), env_(env), thread_([this] { run(); }) {}

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
    deliver_live(**snapshot);
    behind = deliver_past(**snapshot);
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
    const Position after = wish.after;
    subscribers_.push_back({std::move(wish), after, env_.now_us()});
  }
}

bool Feed::read_page(store::Snapshot& snapshot, Position after, size_t limit, std::vector<Line>& lines) {
  lines.clear();
  auto entries = snapshot.range(after + 1, limit);
  if (!entries) {
    log::warn("the feed could not read the log: {}", entries.error().text());
    return false;
  }
  lines.reserve(entries->size());
  for (Entry& entry : *entries) {
    auto text = entry.kind == EntryKind::event ? line_of(entry) : nullptr;
    lines.push_back({std::move(entry), std::move(text)});
  }
  return true;
}

std::shared_ptr<const std::string> Feed::line_of(const Entry& entry) {
  std::string text;
  text.reserve(entry.body.size() + 256);
  text += "id: " + std::to_string(entry.position) + "\nevent: event\ndata: ";
  append_event_line(text, entry, names_);
  text += "\n\n";
  return std::make_shared<const std::string>(std::move(text));
}

void Feed::deliver_live(store::Snapshot& snapshot) {
  std::vector<Line> lines;
  const Position last = snapshot.last();
  while (position_ < last && !stopping_.load()) {
    if (subscribers_.empty()) {  // nobody listens: nothing to write
      position_ = last;
      return;
    }
    if (!read_page(snapshot, position_, kLivePage, lines) || lines.empty()) return;
    auto whole = std::make_shared<std::string>();
    for (const Line& line : lines)
      if (line.text) *whole += *line.text;
    const Position before = position_;
    position_ = lines.back().entry.position;
    for (Subscriber& subscriber : subscribers_)  // one behind is served from the past, one ahead of the feed has had the first lines
      if (subscriber.position >= before && subscriber.position < position_)
        deliver(snapshot, subscriber, lines, subscriber.position == before ? whole : nullptr);
  }
}

// One page to each subscriber that is behind and has room; true while one of them could take more at once.
bool Feed::deliver_past(store::Snapshot& snapshot) {
  bool more = false;
  std::vector<Line> lines;
  for (Subscriber& subscriber : subscribers_) {
    if (subscriber.position >= position_ || subscriber.wish.stream->queued_bytes() > limits::kStreamQueueBytesMax / 4) continue;
    const size_t page = std::min<size_t>(kPastPage, position_ - subscriber.position);
    if (!read_page(snapshot, subscriber.position, page, lines) || lines.empty()) continue;
    auto whole = std::make_shared<std::string>();
    for (const Line& line : lines)
      if (line.text) *whole += *line.text;
    deliver(snapshot, subscriber, lines, whole);
    more = more || subscriber.position < position_;
  }
  return more;
}

bool Feed::wants(store::Snapshot& snapshot, const Subscriber& subscriber, const Entry& entry) {
  if (subscriber.wish.reference && !names_reference(entry, *subscriber.wish.reference)) return false;
  return sightings_.sees(snapshot, *subscriber.wish.viewer, entry);
}

void Feed::deliver(store::Snapshot& snapshot, Subscriber& subscriber, const std::vector<Line>& lines,
                   const std::shared_ptr<const std::string>& whole) {
  const Position reached = lines.back().entry.position;
  const bool takes_all = whole != nullptr && subscriber.wish.viewer->is_operator() && !subscriber.wish.reference;
  size_t sent = 0;
  if (takes_all) {
    sent = static_cast<size_t>(std::ranges::count_if(lines, [](const Line& line) { return line.text != nullptr; }));
    if (sent != 0 && !subscriber.wish.stream->write(whole)) return;
  } else {
    for (const Line& line : lines) {
      if (!line.text || line.entry.position <= subscriber.position || !wants(snapshot, subscriber, line.entry)) continue;
      if (!subscriber.wish.stream->write(line.text)) return;
      ++sent;
    }
  }
  subscriber.position = reached;
  if (sent == 0) return;
  subscriber.silent_since_us = env_.now_us();
  metrics_.delivered(sent);
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
