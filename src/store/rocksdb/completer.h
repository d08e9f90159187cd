// Completer: calls the completions of finished batches from a thread of its own, in order, so that the next group is written
// meanwhile. Handing over waits where completions fall behind.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/store.h"

namespace fairway::store {

class Completer {
 public:
  struct Outcome {
    Batch batch;  // done with: freed here rather than where the next group waits for it
    Completion done;
    Result<Receipt> result;
  };

  Completer();
  // Calls what was handed over, then ends.
  ~Completer();
  Completer(const Completer&) = delete;
  Completer& operator=(const Completer&) = delete;

  void hand_over(std::vector<Outcome> outcomes);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<Outcome>> groups_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fairway::store
