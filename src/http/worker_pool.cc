#include "http/worker_pool.h"

#include <exception>

#include "base/log.h"

namespace fairway::http {

namespace {

// False where the call threw.
template <typename Call>
bool guarded(Call call) {
  try {
    call();
    return true;
  } catch (const std::exception& error) {
    log::error("a handler threw: {}", error.what());
  } catch (...) {
    log::error("a handler threw something that is no exception");
  }
  return false;
}

}  // namespace

void run_handler(const Handler& handler, Request request, Responder responder) {
  guarded([&] { handler(std::move(request), std::move(responder)); });
}

bool answered_at_once(const AtOnce& at_once, const Request& request, const Responder& responder) {
  bool answered = false;
  const bool returned = guarded([&] { answered = at_once(request, responder); });
  return answered || !returned;
}

WorkerPool::WorkerPool(int workers, size_t queued_max, std::function<void()> on_idle)
    : queued_max_(queued_max), on_idle_(std::move(on_idle)) {
  for (int worker = 0; worker < workers; ++worker) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  drop_queued();
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::submit(Job& job) {
  const std::scoped_lock lock(mutex_);
  if (closed_ || queue_.size() >= queued_max_) return false;
  queue_.push_back(std::move(job));
  return true;
}

void WorkerPool::wake() {
  bool wake_one = false;
  {
    const std::scoped_lock lock(mutex_);
    wake_one = !queue_.empty() && sleeping_ != 0 && !std::exchange(waking_, true);
  }
  if (wake_one) work_.notify_one();
}

size_t WorkerPool::queued() const {
  const std::scoped_lock lock(mutex_);
  return queue_.size();
}

bool WorkerPool::idle() const {
  const std::scoped_lock lock(mutex_);
  return queue_.empty() && running_ == 0;
}

void WorkerPool::drop_queued() {
  std::deque<Job> dropped;  // answers as it goes out of scope, without the lock
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  dropped.swap(queue_);
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    while (queue_.empty() && !ending_) {
      ++sleeping_;
      work_.wait(lock);
      --sleeping_;
      waking_ = false;
    }
    if (queue_.empty()) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    const bool wake = !queue_.empty() && sleeping_ != 0 && !std::exchange(waking_, true);
    lock.unlock();
    if (wake) work_.notify_one();
    run_handler(*job.handler, std::move(job.request), std::move(job.responder));
    lock.lock();
    if (--running_ == 0 && queue_.empty()) {
      lock.unlock();
      on_idle_();
      lock.lock();
    }
  }
}

}  // namespace fairway::http
