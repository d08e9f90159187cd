// ServerState: what the threads of one server share. Private to src/http.
//
// Held by the server and by every Responder, which may outlive it. The options and routes are constant; the rest is atomic.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "http/server.h"

namespace fairway::http {

struct ServerState {
  ServerState(ServerOptions given, Router routes, Router local_routes)
      : options(std::move(given)), router(std::move(routes)), local_router(std::move(local_routes)) {}

  const ServerOptions options;
  const Router router;
  const Router local_router;

  std::atomic<size_t> connections = 0;
  std::atomic<size_t> streams = 0;
  std::atomic<size_t> unanswered = 0;    // Responders that have not answered
  std::atomic<size_t> bodies_bytes = 0;  // received, their requests unanswered

  // Set by Server::stop before it waits.
  std::atomic<bool> stopping = false;

  // Something stop() may be waiting for has happened. Costs next to nothing before that.
  void happened() {
    if (!stopping.load()) return;
    { const std::scoped_lock lock(mutex_); }
    changed_.notify_all();
  }
  // Waits until `condition` holds, at most until `deadline`.
  void wait_until(std::chrono::steady_clock::time_point deadline, const std::function<bool()>& condition) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, deadline, condition);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace fairway::http
