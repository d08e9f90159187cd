// Lane: one subscription on its way, in memory. Private to the engine: callbacks.h says who may touch what.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>

#include "access/viewer.h"
#include "exchange/callbacks/delivery.h"
#include "exchange/callbacks/kind.h"
#include "exchange/sight.h"
#include "http/client.h"

namespace fairway::exchange::callbacks {

// An entry that was found for a subscription.
struct Found {
  Position position = 0;
  int64_t came_us = 0;
};

struct Lane {
  // Set when it is made.
  Subscription subscription;
  const Kind* kind = nullptr;
  std::unique_ptr<const Filter> filter;
  std::shared_ptr<const access::Viewer> viewer;

  // The dispatcher's own.
  std::unique_ptr<ViewerSight> sight;
  Position scanned = 0;  // the log has been searched up to here

  // Under the engine's mutex.
  Progress progress;
  std::deque<Found> queue;     // found after `progress`, not yet a delivery
  std::deque<Delivery> again;  // dead letters that are sent again
  size_t dead = 0;
  int64_t due_us = 0;     // before that nothing leaves
  bool busy = false;      // a sender has it, or the dispatcher writes its progress
  bool reload = false;    // what it was made of has changed
  bool troubled = false;  // the last attempt failed, or was slow: it waits behind those that go well

  // Of whoever made it busy.
  std::unique_ptr<http::Client> client;
  int64_t client_used_us = 0;

  [[nodiscard]] bool active() const { return subscription.state == State::active; }
  [[nodiscard]] bool has_work() const { return !again.empty() || progress.pending || !queue.empty(); }
  // What came before the subscription leaves with what came at its making.
  [[nodiscard]] int64_t leaves_us(int64_t came_us) const { return filter->leaves_us(std::max(came_us, subscription.created_us)); }
  // How many of the queue may leave now, at most so many.
  [[nodiscard]] size_t leaving(int64_t now_us, size_t most) const {
    size_t count = 0;
    while (count < std::min(most, queue.size()) && leaves_us(queue[count].came_us) <= now_us) ++count;
    return count;
  }
  // Whether something may leave now.
  [[nodiscard]] bool ready(int64_t now_us) const {
    if (busy || reload || !active() || due_us > now_us) return false;
    return !again.empty() || progress.pending || leaving(now_us, 1) != 0;
  }
  // Whether a moment of the clock has come at which nothing leaves, though the receiver wants to hear that, too. Everything up to
  // `position` must have been searched.
  [[nodiscard]] bool owes_report(int64_t now_us, Position position) const {
    if (busy || reload || !active() || scanned < position || progress.pending || !again.empty() || !filter->reports_nothing()) return false;
    return leaving(now_us, 1) == 0 && leaves_us(progress.reported_us) <= now_us;
  }
};
using LanePtr = std::shared_ptr<Lane>;

// What is seen of an entry's event, which becomes that, with what the kind says of its original.
[[nodiscard]] Result<Eyes::Seen> see(Eyes& eyes, const Kind& kind, const Entry& entry, Event& event);

}  // namespace fairway::exchange::callbacks
