// Watch: looks at the database every few milliseconds for what other servers do there.
//
// What it looks at is the truth; a notification only makes it look sooner. It has a thread and a connection of its own and
// connects again by itself, with growing pauses, when the connection is lost. The listener is called on that thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "store/postgres/connection.h"
#include "store/store.h"

namespace fairway::store::postgres {

struct Observation {
  Position last = 0;
  int64_t epoch = 0;
  bool held_here = false;                   // this server is the last that took the lease
  std::chrono::milliseconds lease_left{0};  // by the database's clock; not positive: anybody may take it
  bool submissions_wait = false;
};

class Watch {
 public:
  // nullopt: the database cannot be reached.
  using Listener = std::function<void(const std::optional<Observation>&)>;

  // `backend` is the session whose notifications are this server's own.
  Watch(std::string url, std::string server, Listener listener, const std::atomic<int>& backend);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  void run();
  [[nodiscard]] Done connect();
  [[nodiscard]] Outcome<Observation> look();

  const std::string url_;
  const std::string server_;
  const Listener listener_;
  const std::atomic<int>& backend_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<Connection> connection_;
  std::thread thread_;
};

}  // namespace fairway::store::postgres
