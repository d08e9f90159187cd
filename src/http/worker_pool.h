// WorkerPool: a fixed number of threads that run handlers, in front of them a bounded queue. Private to src/http.
//
// Any thread. At most one worker is on its way out of sleep at a time, and wakes the next one only where there is
// still work when it gets there: a burst of short requests costs few wake-ups, a slow handler holds nobody up.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "http/server.h"

namespace fairway::http {

// Calls the handler. What a library throws out of it is logged, and the answer is 500.
void run_handler(const Handler& handler, Request request, Responder responder);
// The same for what is tried on the I/O thread; true where it threw.
[[nodiscard]] bool answered_at_once(const AtOnce& at_once, const Request& request, const Responder& responder);

class WorkerPool {
 public:
  struct Job {
    const Handler* handler;
    Request request;
    Responder responder;
  };

  // `on_idle` is called, from a worker, whenever no job is queued or running any more.
  WorkerPool(int workers, size_t queued_max, std::function<void()> on_idle);
  // Waits for the jobs that are running; drops those that are queued.
  ~WorkerPool();

  // False when the queue is full; the job is then left with the caller.
  [[nodiscard]] bool submit(Job& job);
  // To be called after submit(), once for all jobs that were submitted together: a worker that is awake takes jobs without it.
  void wake();
  [[nodiscard]] size_t queued() const;
  [[nodiscard]] bool idle() const;
  // Drops what is queued, unanswered; later submissions are refused.
  void drop_queued();

 private:
  void work();

  const size_t queued_max_;
  const std::function<void()> on_idle_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Job> queue_;
  size_t sleeping_ = 0;
  size_t running_ = 0;
  bool waking_ = false;  // a worker has been called and has not come yet
  bool closed_ = false;  // nothing more is taken
  bool ending_ = false;  // workers go home
  std::vector<std::thread> threads_;
};

}  // namespace fairway::http
