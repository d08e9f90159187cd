// ServerState: what the threads of one server share. Private to src/http.
//
// Held by the server and by every Responder, which may outlive it. The options and routes are constant; the rest is atomic.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

#include "http/server.h"

namespace fairway::http {

class TlsKeeper;

struct ServerState {
  ServerState(ServerOptions given, Router routes, Router local_routes)
      : options(std::move(given)), router(std::move(routes)), local_router(std::move(local_routes)) {}

  const ServerOptions options;
  const Router router;
  const Router local_router;
  // The server's, which outlives its I/O threads; null for plain HTTP. Set before they start.
  const TlsKeeper* tls = nullptr;

  std::atomic<size_t> connections = 0;
  std::atomic<size_t> streams = 0;
  std::atomic<size_t> unanswered = 0;    // Responders that have not answered
  std::atomic<size_t> bodies_bytes = 0;  // received, their requests unanswered

  // Set by Server::stop before it waits.
  std::atomic<bool> stopping = false;

  // Something stop() may be waiting for has happened. Costs next to nothing before that.
  void happened() {
    if (!stopping.load()) return;
    {
      const std::scoped_lock lock(mutex_);
    }
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

// What the body of a request that is being received takes of ServerState::bodies_bytes; given back when it is dropped.
class BodyShare {
 public:
  explicit BodyShare(ServerState& state) : state_(state) {}
  ~BodyShare() { state_.bodies_bytes.fetch_sub(bytes_); }
  BodyShare(const BodyShare&) = delete;
  BodyShare& operator=(const BodyShare&) = delete;
  // The body has grown to `bytes`; false when all bodies together are too large now.
  [[nodiscard]] bool grow_to(size_t bytes) {
    if (bytes == bytes_) return true;
    const size_t more = bytes - std::exchange(bytes_, bytes);
    return state_.bodies_bytes.fetch_add(more) + more <= state_.options.limits.bodies_bytes_max;
  }
  // The next body begins; who takes this share over gives it back.
  [[nodiscard]] size_t hand_over() { return std::exchange(bytes_, 0); }

 private:
  ServerState& state_;
  size_t bytes_ = 0;
};

}  // namespace fairway::http
