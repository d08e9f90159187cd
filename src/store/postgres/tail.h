// Tail: how far the log goes, as far as this server knows, and those who wait for more. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "model/entry.h"

namespace fairway::store::postgres {

class Tail {
 public:
  // The log reaches `last`. It never goes back: news that comes late changes nothing.
  void advance(Position last) {
    {
      const std::lock_guard lock(mutex_);
      if (last <= last_) return;
      last_ = last;
    }
    moved_.notify_all();
  }

  [[nodiscard]] Position last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }

  [[nodiscard]] Position wait_past(Position position, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    moved_.wait_for(lock, patience, [&] { return last_ > position; });
    return last_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  Position last_ = 0;
};

}  // namespace fairway::store::postgres
