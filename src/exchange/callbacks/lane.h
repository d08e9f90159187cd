// Lane: one subscription on its way, in memory. Private to the engine: callbacks.h says who may touch what.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "access/viewer.h"
#include "exchange/callbacks/delivery.h"
#include "exchange/callbacks/kind.h"
#include "exchange/sight.h"
#include "http/client.h"

namespace fairway::exchange::callbacks {

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
  std::deque<Position> queue;  // found after `progress`, not yet a delivery
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
  // Whether something may leave now.
  [[nodiscard]] bool ready(int64_t now_us) const {
    if (busy || reload || !active() || due_us > now_us || !has_work()) return false;
    return !again.empty() || progress.pending || kind->leaves_us(subscription, progress.left_us) <= now_us;
  }
};
using LanePtr = std::shared_ptr<Lane>;

}  // namespace fairway::exchange::callbacks
