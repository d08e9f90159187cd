// The senders: one attempt at a time of one lane each, and what becomes of it.
#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/log.h"
#include "exchange/callbacks/callbacks.h"
#include "exchange/callbacks/carrier.h"

namespace fairway::exchange::callbacks {
namespace {

constexpr int64_t kPauseUsMax = 3'600'000'000;
constexpr int64_t kPutOffUs = 1'000'000;  // where the store or the access log has no room
constexpr int64_t kMendUs = 30'000'000;   // where something of ours is wrong that somebody must mend
constexpr int64_t kSlowUs = 2'000'000;    // an attempt that took longer
constexpr size_t kErrorBytesMax = 300;

int64_t asked_pause_us(const http::Response& response) {
  int64_t seconds = 0;
  for (const auto& [field, value] : response.headers)
    if (field == "retry-after") std::from_chars(value.data(), value.data() + value.size(), seconds);
  return std::clamp<int64_t>(seconds, 0, kPauseUsMax / 1'000'000) * 1'000'000;
}

// A delivery's entries as its party sees them, and who must be told that it does.
struct Gathered {
  std::vector<Entry> entries;
  std::vector<std::optional<Event>> events;
  std::vector<Shown> shown;
};

Status gather(store::Snapshot& snapshot, AccessRule& rule, const Lane& lane, const Delivery& delivery, access::Looks& looks,
              Gathered& out) {
  Eyes eyes(snapshot, rule, lane.viewer);
  out.entries = TRY(snapshot.entries(delivery.positions));
  out.events.resize(out.entries.size());
  for (size_t i = 0; i < out.entries.size(); ++i) {
    Entry& entry = out.entries[i];
    if (entry.kind != EntryKind::event) {
      if (!lane.filter->takes({&entry, nullptr})) continue;
      const Sighting sighting = TRY(lane.filter->sees(entry, snapshot, lane.viewer));
      if (!sighting.shown) continue;
      if (!sighting.owner.empty()) looks.saw_many(sighting.owner, 1);
      out.shown.push_back({&entry, nullptr});
      continue;
    }
    Event& event = out.events[i].emplace(TRY(event_from_json(entry.body)));
    const Eyes::Seen seen = TRY(see(eyes, *lane.kind, entry, event));
    if (!seen.seen) continue;
    if (seen.redacted) entry.body = to_json(event);
    if (!lane.filter->takes({&entry, &event})) continue;
    saw(looks, entry.party, event, seen.grant);
    out.shown.push_back({&entry, &event});
  }
  return {};
}

Result<http::Response> carry(Courier& courier, Lane& lane, const Letter& letter) {
  const std::string& url = lane.subscription.url;
  if (const auto* carried = dynamic_cast<const CarriedKind*>(lane.kind)) return carried->carrier().carry(url, letter);
  return courier.send(http::Method::post, url, letter, lane.client);
}

}  // namespace

void Callbacks::send(bool takes_troubled) {
  while (const LanePtr lane = next_lane(takes_troubled)) {
    attempt(*lane);
    finish(lane);
  }
}

// Waits for one; null at the end.
LanePtr Callbacks::next_lane(bool takes_troubled) {
  std::unique_lock lock(mutex_);
  LanePtr lane;
  wake_.wait(lock, [&] {
    if (takes_troubled) lane = take_from(troubled_);
    if (!lane) lane = take_from(well_);
    return stopping_.load() || lane;
  });
  if (stopping_.load()) return nullptr;
  ++sending_[lane->subscription.party];
  return lane;
}

// The first one whose party has not half of the senders already; null where there is none.
LanePtr Callbacks::take_from(std::deque<LanePtr>& ready) {
  const auto found = std::ranges::find_if(ready, [&](const LanePtr& lane) {
    const auto sending = sending_.find(lane->subscription.party);
    return sending == sending_.end() || sending->second < limits::kCallbackSenders / 2;
  });
  if (found == ready.end()) return nullptr;
  LanePtr lane = std::move(*found);
  ready.erase(found);
  return lane;
}

// The lane is free again, and goes to the end of the queue where there is more to send.
void Callbacks::finish(const LanePtr& lane) {
  const std::lock_guard lock(mutex_);
  if (const auto sending = sending_.find(lane->subscription.party); --sending->second == 0) sending_.erase(sending);
  wake_.notify_all();
  lane->busy = false;
  lane->client_used_us = rooms_.env.now_us();
  if (stopping_.load() || !lane->ready(rooms_.env.now_us())) return;
  lane->busy = true;
  (lane->troubled ? troubled_ : well_).push_back(lane);
}

// What is sent next: a dead letter that is wanted again, the one that waits, or the next ones from the queue.
Delivery Callbacks::next_delivery(Lane& lane) {
  const std::lock_guard lock(mutex_);
  if (!lane.again.empty()) return lane.again.front();
  if (!lane.progress.pending) {
    const size_t most = std::min(lane.kind->entries_per_letter(lane.subscription), limits::kCallbackEventsPerDeliveryMax);
    const size_t count = std::max<size_t>(1, lane.leaving(rooms_.env.now_us(), most));  // it was ready, and clocks may go back
    std::vector<Position> positions;
    positions.reserve(count);
    for (size_t i = 0; i < count; ++i) positions.push_back(lane.queue[i].position);
    lane.progress.pending = make_delivery(lane.subscription.id, std::move(positions));
    lane.queue.erase(lane.queue.begin(), lane.queue.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return *lane.progress.pending;
}

void Callbacks::attempt(Lane& lane) {
  if (const std::lock_guard lock(mutex_); lane.reload) return;
  const Delivery delivery = next_delivery(lane);
  // Which entries one letter of several carries must not change with a restart: its id stands for them.
  if (!delivery.again && delivery.attempts == 0 && delivery.positions.size() > 1) {
    if (const Status kept = commit(lane, lane.progress, {}); !kept) return put_off(lane, {});
  }
  const int64_t began_us = rooms_.env.now_us();
  Result<Outcome> tried = post(lane, delivery);
  Outcome outcome;
  if (tried) {
    outcome = std::move(*tried);
  } else {
    log::warn("callbacks: {} is put off: {}", lane.subscription.id, tried.error().text());
    const bool passes = tried.error().code == Code::unavailable || tried.error().code == Code::overloaded;
    if (!passes) outcome.pause_us = kMendUs;
  }
  if (stopping_.load() && outcome.way != Outcome::Way::arrived) return;
  {
    const std::lock_guard lock(mutex_);
    lane.troubled = outcome.way == Outcome::Way::refused || rooms_.env.now_us() - began_us > kSlowUs;
  }
  if (outcome.way == Outcome::Way::put_off) return put_off(lane, outcome);
  settle(lane, delivery, outcome, delivery.again);
}

void Callbacks::put_off(Lane& lane, const Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  lane.due_us = rooms_.env.now_us() + std::max(kPutOffUs, outcome.pause_us);
}

// An error of ours puts the attempt off; one of the receiver's is an outcome.
Result<Callbacks::Outcome> Callbacks::post(Lane& lane, const Delivery& delivery) {
  Outcome outcome;
  access::Looks looks(*lane.viewer, access::Channel::callback);
  Gathered gathered;
  const auto snapshot = TRY(rooms_.store.snapshot());
  if (!delivery.report) TRY_OK(gather(*snapshot, rooms_.rule, lane, delivery, looks, gathered));
  if (gathered.shown.empty() && !delivery.report) {  // what it could see when it was found is not for it any more
    outcome.way = Outcome::Way::nothing_to_show;
    return outcome;
  }
  const std::vector<std::string> secrets = TRY(book_.secrets(lane.subscription));
  outcome.way = Outcome::Way::refused;
  const auto letter = lane.kind->write(gathered.shown, {lane.subscription, delivery.id, rooms_.env.now_us(), secrets});
  if (letter) TRY_OK(rooms_.access_log.note(std::move(looks)));
  const auto answered = letter ? carry(courier_, lane, *letter) : Result<http::Response>(std::unexpected(letter.error()));
  if (!answered) {
    outcome.error = legible(answered.error().text(), kErrorBytesMax);
    return outcome;
  }
  outcome.status = answered->status;
  if (lane.kind->arrived(answered->status)) {
    outcome.way = Outcome::Way::arrived;
  } else {
    outcome.error = "answered " + std::to_string(answered->status);
    outcome.pause_us = asked_pause_us(*answered);
  }
  return outcome;
}

// Twice as long each time, and somewhere between half and all of it, so that many that failed together do not come back together.
int64_t Callbacks::pause_after(int attempts, const Outcome& outcome) {
  const int64_t whole = std::min(settings_.first_pause_us << std::min(attempts - 1, 20), kPauseUsMax);
  const auto dice = static_cast<unsigned char>(rooms_.env.random_bytes(1).front());
  return std::max(outcome.pause_us, whole / 2 + whole / 2 * dice / 255);
}

void Callbacks::settle(Lane& lane, Delivery delivery, const Outcome& outcome, bool again) {
  const std::string& id = lane.subscription.id;
  const bool arrived = outcome.way == Outcome::Way::arrived, refused = outcome.way == Outcome::Way::refused;
  const int64_t now_us = rooms_.env.now_us();
  delivery.at_us = now_us, delivery.status = outcome.status, delivery.error = outcome.error;
  ++delivery.attempts;
  const bool dies = refused && delivery.attempts >= settings_.attempts_max;
  rooms_.metrics.called_back(lane.subscription.kind, arrived ? "delivered" : dies ? "dead" : refused ? "refused" : "hidden");
  const bool kept = dies && !delivery.report;  // that there was nothing need not be told any more
  if (kept && !again && lane.dead >= limits::kCallbackDeadMax) {
    if (const Status stopped = stop_by_itself(lane); !stopped) log::warn("callbacks: {}: {}", id, stopped.error().text());
    return put_off(lane, outcome);
  }
  Progress next = lane.progress;
  store::Batch batch;
  if (arrived) {
    delivery.fate = Fate::delivered, delivery.again = false;
    next.left_us = now_us;
    batch.state.push_back({recent_key(id, next.delivered++), to_json(delivery), std::nullopt});
  }
  if (kept) {
    delivery.fate = Fate::dead, delivery.again = false;
    batch.state.push_back({dead_key(id, delivery.last()), to_json(delivery), std::nullopt});
  } else if (again && !refused) {
    batch.state.push_back({dead_key(id, delivery.last()), std::nullopt, std::nullopt});
  }
  const bool ends = dies || !refused;
  if (arrived || dies) next.reported_us = now_us;
  if (!again && ends) next.cursor = delivery.last(), next.pending.reset();
  if (!again && !ends) next.pending = delivery;
  if (!again || ends)
    if (const Status written = commit(lane, next, std::move(batch)); !written) return put_off(lane, outcome);
  const std::lock_guard lock(mutex_);
  lane.due_us = refused && !dies ? now_us + pause_after(delivery.attempts, outcome) : 0;
  if (again && ends) lane.again.pop_front();
  if (again && !ends) lane.again.front() = delivery;
  if (kept && !again) ++lane.dead;
  if (again && !refused) --lane.dead;
}

// Too much has died: its owner must look before more does.
Status Callbacks::stop_by_itself(Lane& lane) {
  Subscription paused = lane.subscription;
  paused.state = State::paused;
  paused.reason = "too many dead letters: replay or delete them, then set it active again";
  TRY(book_.change(std::move(paused), "paused"));
  return {};
}

Status Callbacks::commit(Lane& lane, const Progress& next, store::Batch batch) {
  batch.state.push_back({progress_key(lane.subscription.id), to_json(next), next.version});
  const auto written = rooms_.store.commit_and_wait(std::move(batch));
  const std::lock_guard lock(mutex_);
  if (written) {
    lane.progress = next;
    ++lane.progress.version;
    return {};
  }
  // Whether it was written is not always known; what stands in the store is.
  lane.reload = true;
  return std::unexpected(written.error());
}

}  // namespace fairway::exchange::callbacks
