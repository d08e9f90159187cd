// Feed: the log's new events to everybody who listens, as server-sent events.
//
// One thread follows the log, writes each event's text once and hands the same bytes to every subscriber that may see it. A
// subscriber that asks for the past (Last-Event-ID) is served from the store, page by page, until it has caught up; the entry
// number is the event id, so that nothing is lost or repeated over a broken connection. Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "access/viewer.h"
#include "base/env.h"
#include "exchange/metrics.h"
#include "exchange/party_names.h"
#include "exchange/sight.h"
#include "http/server.h"
#include "model/reference.h"
#include "store/store.h"

namespace fairway::exchange {

class Feed {
 public:
  Feed(store::Store& store, PartyNames& names, Sightings& sightings, Metrics& metrics, Env& env);
  ~Feed();

  struct Subscription {
    std::shared_ptr<http::Stream> stream;
    std::shared_ptr<const access::Viewer> viewer;
    std::optional<Reference> reference;  // only events that name it
    Position after = 0;                  // the last entry the subscriber has
  };
  void subscribe(Subscription subscription);
  // Closes every stream and ends the thread.
  void stop();

 private:
  struct Subscriber {
    Subscription wish;
    Position position = 0;  // everything up to here was handed over
    int64_t silent_since_us = 0;
  };
  struct Line {
    Entry entry;
    std::shared_ptr<const std::string> text;
  };

  void run();
  void admit();
  // Reads one page after `after`; false on a store error (which the next round tries again).
  bool read_page(store::Snapshot& snapshot, Position after, size_t limit, std::vector<Line>& lines);
  void deliver_live(store::Snapshot& snapshot);
  bool deliver_past(store::Snapshot& snapshot);
  // `whole` is all lines in one, for a subscriber that takes them all; null where it may not.
  void deliver(store::Snapshot& snapshot, Subscriber& subscriber, const std::vector<Line>& lines, const std::shared_ptr<const std::string>& whole);
  bool wants(store::Snapshot& snapshot, const Subscriber& subscriber, const Entry& entry);
  void keep_alive();
  [[nodiscard]] std::shared_ptr<const std::string> line_of(const Entry& entry);

  store::Store& store_;
  PartyNames& names_;
  Sightings& sightings_;
  Metrics& metrics_;
  Env& env_;
  std::mutex mutex_;
  std::vector<Subscription> arriving_;
  std::atomic<bool> stopping_{false};
  std::list<Subscriber> subscribers_;  // the thread's own
  Position position_ = 0;              // the live end: subscribers at it need no catching up
  std::thread thread_;
};

// The event of an entry as stream and export write it: the event's JSON with "entry", "receivedAt" and "party".
void append_event_line(std::string& out, const Entry& entry, PartyNames& names);

}  // namespace fairway::exchange
