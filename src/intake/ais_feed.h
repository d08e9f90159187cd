// AisFeed: follows a source of AIS sentences and enters what it states, for one party.
//
// One thread reads the source, and connects again where it ended, waiting longer each time up to a minute. Another takes the lines
// apart and enters what is worth an event (gateway/ais/track.h). Between them is a bounded queue: where the store is slower than the
// air, the oldest lines are dropped and counted. Nothing is said to the sender: positions come again.
// start() and stop() from one thread; figures() from any.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "access/viewer.h"
#include "base/byte_source.h"
#include "base/env.h"
#include "intake/intake.h"

namespace fairway::intake {

class AisFeed {
 public:
  struct Figures {
    std::string source;
    bool connected = false;
    uint64_t lines = 0;     // read
    uint64_t dropped = 0;   // of them, because the queue was full or they were too long
    uint64_t events = 0;    // entered
    uint64_t failures = 0;  // connections that failed or ended
  };

  AisFeed(Intake& intake, Env& env, SourceAddress source, std::shared_ptr<const access::Viewer> sender);
  ~AisFeed();  // as stop()
  void start();
  void stop();
  [[nodiscard]] Figures figures() const;

 private:
  struct Lines {
    std::string bytes;  // whole lines, each with its end
    int64_t received_s = 0;
  };
  void follow();
  bool read_until_it_ends(ByteSource& source);
  void queue(std::string bytes);
  void enter_all();
  bool next(Lines& lines);
  void enter(std::vector<gateway::DecodedMessage> messages);
  void pause(int64_t ms);
  [[nodiscard]] bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

  Intake& intake_;
  Env& env_;
  const SourceAddress source_;
  const std::shared_ptr<const access::Viewer> sender_;
  std::thread reader_, writer_;
  std::atomic<bool> stopping_{false}, connected_{false};
  std::atomic<uint64_t> lines_{0}, dropped_{0}, events_{0}, failures_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Lines> waiting_;
  size_t waiting_bytes_ = 0;
  bool ended_ = false;  // a file that has been read
};

}  // namespace fairway::intake
