// The thread that follows the log and finds what is for whom.
#include <algorithm>

#include "base/limits.h"
#include "base/log.h"
#include "exchange/callbacks/callbacks.h"

namespace fairway::exchange::callbacks {
namespace {

constexpr size_t kLivePage = 1000;
constexpr size_t kPastPage = 200;
constexpr size_t kStatePage = 500;
constexpr auto kPatience = std::chrono::milliseconds(100);
constexpr int64_t kSaveUs = 5'000'000;
constexpr Position kSaveEntries = 1'000;           // that a restart may search again
constexpr int64_t kIdleConnectionUs = 20'000'000;  // most servers close one sooner or later

// What the lane sees of an event, in `shown`; null where that is nothing.
const Event* redacted(const Lane& lane, const Event& event, const journey::LiveSight::Seen& seen, Event& shown) {
  if (seen.sees.nothing()) return nullptr;
  shown = event;
  if (journey::redact(shown, {seen.sees, seen.grant ? &*seen.grant : nullptr}, *lane.sight)) lane.kind->reduce(event, shown);
  return shown.references.empty() ? nullptr : &shown;
}

}  // namespace

Result<Eyes::Seen> see(Eyes& eyes, const Kind& kind, const Entry& entry, Event& event) {
  const Eyes::Seen seen = TRY(eyes.see(entry, event));
  if (seen.seen && seen.redacted) kind.reduce(TRY(event_from_json(entry.body)), event);
  return seen;
}

void Callbacks::run() {
  bool behind = false;
  while (!stopping_.load()) {
    if (!rooms_.store.figures().sequencer) {
      let_go();
      std::this_thread::sleep_for(kPatience);
      continue;
    }
    rooms_.store.wait_past(position_, behind ? std::chrono::milliseconds(0) : kPatience);
    auto snapshot = rooms_.store.snapshot();
    if (!snapshot || (!leads_ && !take_over(**snapshot))) {  // the store is away; it comes back by itself
      std::this_thread::sleep_for(kPatience);
      continue;
    }
    reload_changed(**snapshot);
    scan_live(**snapshot);
    behind = scan_past(**snapshot);
    hand_out();
    save_progress();
  }
}

bool Callbacks::take_over(store::Snapshot& snapshot) {
  const auto all = all_subscriptions(snapshot);
  if (!all) {
    log::warn("callbacks: the subscriptions cannot be read: {}", all.error().text());
    return false;
  }
  for (const Subscription& subscription : *all) changed_.insert(subscription.id);
  position_ = snapshot.last();
  leads_ = true;
  return true;
}

// Another server sends now. What is on its way here may still arrive; it has the same id there.
void Callbacks::let_go() {
  if (!leads_) return;
  leads_ = false;
  eyes_.reset();
  changed_.clear();
  const std::lock_guard lock(mutex_);
  for (const auto& [id, lane] : lanes_) lane->reload = true;
  for (auto* ready : {&well_, &troubled_}) {
    for (const LanePtr& lane : *ready) lane->busy = false;
    ready->clear();
  }
  lanes_.clear();
}

Result<LanePtr> Callbacks::make_lane(store::Snapshot& snapshot, Subscription subscription) {
  auto lane = std::make_shared<Lane>();
  lane->kind = kind(subscription.kind);
  if (lane->kind == nullptr) return fail(Code::unsupported, "no such kind of callback here", subscription.kind);
  lane->filter = TRY(lane->kind->read_filter(subscription.filter));
  lane->viewer = std::make_shared<const access::Viewer>(access::make_viewer(TRY(rooms_.registry.party(subscription.party))));
  lane->sight = std::make_unique<ViewerSight>(rooms_.rule, lane->viewer);
  lane->progress = TRY(read_progress(snapshot, subscription.id));
  lane->scanned = lane->progress.pending ? lane->progress.pending->last() : lane->progress.cursor;
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(dead_prefix(subscription.id), after, kStatePage));
    lane->dead += page.size();
    for (const auto& [key, value] : page) {
      Delivery delivery = TRY(delivery_from_json(value.value));
      delivery.attempts = 0;
      if (delivery.again) lane->again.push_back(std::move(delivery));
    }
    if (page.size() < kStatePage) break;
    after = page.back().first;
  }
  lane->subscription = std::move(subscription);
  return lane;
}

Status Callbacks::load(store::Snapshot& snapshot, const std::string& id) {
  const auto found = TRY(snapshot.state("callback/" + id));
  LanePtr lane;
  if (found) {
    Subscription subscription = TRY(subscription_from_json(id, found->value));
    subscription.version = found->version;
    lane = TRY(make_lane(snapshot, std::move(subscription)));
  }
  const std::lock_guard lock(mutex_);
  lanes_.erase(id);
  if (lane) lanes_.emplace(id, std::move(lane));
  return {};
}

// Those whose subscription, or whose progress, somebody else has written. One that a sender has must come back first.
void Callbacks::reload_changed(store::Snapshot& snapshot) {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, lane] : lanes_)
      if (lane->reload) changed_.insert(id);
  }
  for (auto id = changed_.begin(); id != changed_.end();) {
    {
      const std::lock_guard lock(mutex_);
      const auto known = lanes_.find(*id);
      if (known != lanes_.end()) {
        known->second->reload = true;
        if (known->second->busy) {
          ++id;
          continue;
        }
      }
    }
    const Status loaded = load(snapshot, *id);
    if (!loaded) log::warn("callbacks: {} cannot be read: {}", *id, loaded.error().text());
    const bool retry = !loaded && (loaded.error().code == Code::unavailable || loaded.error().code == Code::overloaded);
    id = retry ? std::next(id) : changed_.erase(id);
  }
}

bool Callbacks::full(const Lane& lane) {
  const std::lock_guard lock(mutex_);
  return lane.queue.size() >= limits::kCallbackQueueMax;
}

bool Callbacks::enqueue(Lane& lane, const Entry& entry) {
  if (full(lane)) return false;
  const std::lock_guard lock(mutex_);
  lane.queue.push_back({entry.position, entry.received_us});
  return true;
}

bool Callbacks::offer_live(store::Snapshot& snapshot, Lane& lane, const Entry& entry, const Event* event) {
  if (!lane.kind->reads(entry.kind)) return true;
  if (event == nullptr) {
    if (!lane.filter->takes({&entry, nullptr})) return true;
    const Result<Sighting> sighting = lane.filter->sees(entry, snapshot, lane.viewer);
    if (!sighting) return false;  // read again from the past
    return !sighting->shown || enqueue(lane, entry);
  }
  const auto seen = eyes_->look(*lane.sight);
  if (!seen) return false;  // read again from the past
  Event shown;
  const Event* visible = redacted(lane, *event, *seen, shown);
  return visible == nullptr || !lane.filter->takes({&entry, visible}) || enqueue(lane, entry);
}

void Callbacks::scan_live_page(store::Snapshot& snapshot, const std::vector<Entry>& page) {
  const Position before = position_;
  position_ = page.back().position;
  std::vector<Lane*> live;
  for (const auto& [id, lane] : lanes_)
    if (lane->active() && lane->scanned >= before && lane->scanned < position_) live.push_back(lane.get());
  if (live.empty()) eyes_.reset();
  if (!live.empty() && !eyes_) eyes_.emplace();
  for (const Entry& entry : page) {
    if (entry.kind == EntryKind::callback) changed_.insert(subscription_in(entry));
    if (live.empty()) continue;
    const auto event = entry.kind == EntryKind::event ? event_from_json(entry.body) : Result<Event>(fail(Code::invalid, "no event"));
    if (entry.kind == EntryKind::event && !event) continue;
    if (event) eyes_->advance(snapshot, *event, entry.party, entry.position);
    std::erase_if(live, [&](Lane* lane) {
      if (lane->scanned >= entry.position || offer_live(snapshot, *lane, entry, event ? &*event : nullptr)) return false;
      lane->scanned = entry.position - 1;  // behind now: scan_past() goes on from here
      return true;
    });
  }
  for (Lane* lane : live) lane->scanned = std::max(lane->scanned, position_);
}

void Callbacks::scan_live(store::Snapshot& snapshot) {
  const Position last = snapshot.last();
  while (position_ < last && !stopping_.load()) {
    const auto page = snapshot.range(position_ + 1, kLivePage);
    if (!page) return log::warn("callbacks: the log cannot be read: {}", page.error().text());
    if (page->empty()) return;
    scan_live_page(snapshot, *page);
  }
}

// A page for one that is behind. False where it takes no more for now.
Result<bool> Callbacks::scan_past_page(store::Snapshot& snapshot, Lane& lane) {
  Eyes eyes(snapshot, rooms_.rule, lane.viewer);
  for (Entry& entry : TRY(snapshot.range(lane.scanned + 1, std::min<size_t>(kPastPage, position_ - lane.scanned)))) {
    bool wanted = false;
    if (lane.kind->reads(entry.kind) && entry.kind == EntryKind::event) {
      auto event = event_from_json(entry.body);
      wanted = event && TRY(see(eyes, *lane.kind, entry, *event)).seen && lane.filter->takes({&entry, &*event});
    } else if (lane.kind->reads(entry.kind)) {
      wanted = lane.filter->takes({&entry, nullptr}) && TRY(lane.filter->sees(entry, snapshot, lane.viewer)).shown;
    }
    if (wanted && !enqueue(lane, entry)) return false;
    lane.scanned = entry.position;
  }
  return true;
}

// One page for each that is behind; true while one of them could take more at once.
bool Callbacks::scan_past(store::Snapshot& snapshot) {
  bool more = false;
  for (const auto& [id, lane] : lanes_) {
    if (!lane->active() || lane->scanned >= position_ || full(*lane)) continue;
    const Result<bool> taken = scan_past_page(snapshot, *lane);
    if (!taken) log::warn("callbacks: {} waits for the log: {}", id, taken.error().text());
    more = more || (taken && *taken && lane->scanned < position_);
  }
  return more;
}

void Callbacks::hand_out() {
  const int64_t now_us = rooms_.env.now_us();
  const std::lock_guard lock(mutex_);
  for (const auto& [id, lane] : lanes_) {
    if (!lane->busy && lane->client && now_us - lane->client_used_us > kIdleConnectionUs) lane->client.reset();
    if (lane->owes_report(now_us, position_)) {
      const Position searched = lane->queue.empty() ? lane->scanned : lane->queue.front().position - 1;
      lane->progress.pending = make_report(id, searched, lane->leaves_us(lane->progress.reported_us));
    }
    if (!lane->ready(now_us)) continue;
    lane->busy = true;
    (lane->troubled ? troubled_ : well_).push_back(lane);
    wake_.notify_all();
  }
}

// What was searched for nothing need not be searched again after a restart.
void Callbacks::save_progress() {
  const int64_t now_us = rooms_.env.now_us();
  if (now_us - saved_us_ < kSaveUs) return;
  saved_us_ = now_us;
  for (const auto& [id, lane] : lanes_) {
    Progress next;
    {
      const std::lock_guard lock(mutex_);
      if (lane->busy || lane->reload || lane->has_work() || lane->scanned < lane->progress.cursor + kSaveEntries) continue;
      lane->busy = true;
      next = lane->progress;
    }
    next.cursor = lane->scanned;
    if (const Status saved = commit(*lane, next, {}); !saved)
      log::debug("callbacks: the progress of {} waits: {}", id, saved.error().text());
    const std::lock_guard lock(mutex_);
    lane->busy = false;
  }
}

}  // namespace fairway::exchange::callbacks
