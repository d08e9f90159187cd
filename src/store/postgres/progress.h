// Progress: how far the log goes as far as this server knows, those who wait for more, and what this server has done. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "model/entry.h"

namespace fairway::store::postgres {

class Progress {
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

  // Since start; of this server's own batches, whoever sequenced them.
  std::atomic<uint64_t> batches = 0, commits = 0, entries = 0, repeats = 0, errors = 0;

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  Position last_ = 0;
};

}  // namespace fairway::store::postgres
