#include "store/rocksdb/completer.h"

#include <utility>

namespace fairway::store {
namespace {

constexpr size_t kGroupsWaitingMax = 4;

}  // namespace

Completer::Completer() : thread_([this] { run(); }) {}

Completer::~Completer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Completer::hand_over(std::vector<Outcome> outcomes) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return groups_.size() < kGroupsWaitingMax; });
    groups_.push_back(std::move(outcomes));
  }
  changed_.notify_all();
}

void Completer::run() {
  for (;;) {
    std::vector<Outcome> group;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || !groups_.empty(); });
      if (groups_.empty()) return;
      group = std::move(groups_.front());
      groups_.pop_front();
    }
    changed_.notify_all();
    for (Outcome& outcome : group) outcome.done(std::move(outcome.result));
  }
}

}  // namespace fairway::store
