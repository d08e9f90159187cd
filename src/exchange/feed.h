// Feed: the log's new events to everybody who listens, as server-sent events.
//
// One thread follows the log, writes each event's text once and hands the same bytes to every subscriber that may see it. A
// subscriber that asks for the past (Last-Event-ID) is served from the store, page by page, until it has caught up; the entry
// number is the event id, so that nothing is lost or repeated over a broken connection. subscribe() and stop() from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <map>
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
  Feed(store::Store& store, AccessRule& rule, access::AccessLog& access_log, PartyNames& names, Metrics& metrics, Env& env);
  ~Feed();

  struct Subscription {
    std::shared_ptr<http::Stream> stream;
    std::shared_ptr<const access::Viewer> viewer;
    std::vector<Reference> references;  // only events that name one of them; empty: all
    Position after = 0;                 // the last entry the subscriber has
    // Asked every second: whether what the viewer showed to come in still holds. The stream ends when it does not.
    std::function<bool()> still_valid;
  };
  void subscribe(Subscription subscription);
  // Closes every stream and ends the thread.
  void stop();

 private:
  struct Subscriber {
    Subscription wish;
    std::unique_ptr<ViewerSight> sight;
    Position position = 0;  // everything up to here was handed over
    int64_t silent_since_us = 0;
    int64_t checked_us = 0;
    [[nodiscard]] bool takes_all() const { return wish.viewer->is_operator() && wish.references.empty(); }
  };
  // A page of the log with the text of its events.
  struct Line {
    Entry entry;
    std::shared_ptr<const std::string> text;  // null for entries that are not events
  };
  struct Page {
    std::vector<Line> lines;
    std::shared_ptr<const std::string> whole;  // all texts in one, for those who take them all
    size_t events = 0;
    std::map<PartyId, size_t> senders;  // of the events
  };

  void run();
  void admit();
  [[nodiscard]] std::optional<Page> read_page(store::Snapshot& snapshot, Position after, size_t limit);
  void deliver_live(store::Snapshot& snapshot);
  void deliver_page_live(store::Snapshot& snapshot, const Page& page, Position before);
  bool deliver_past(store::Snapshot& snapshot);
  void deliver_page_past(store::Snapshot& snapshot, const Page& page, Subscriber& subscriber);
  bool send(Subscriber& subscriber, const std::shared_ptr<const std::string>& text, size_t events);
  bool send_page(Subscriber& subscriber, const Page& page);
  // One event to one who may not see everything: what it sees of it.
  bool send_line(Subscriber& subscriber, const Line& line, const Event& event, const journey::Look& look);
  void note(access::Looks looks);
  void keep_alive();
  void end_invalid();

  store::Store& store_;
  AccessRule& rule_;
  access::AccessLog& access_log_;
  PartyNames& names_;
  Metrics& metrics_;
  Env& env_;
  std::mutex mutex_;
  std::vector<Subscription> arriving_;
  std::atomic<bool> stopping_{false};
  // From here on the thread's own.
  std::list<Subscriber> subscribers_;
  Position position_ = 0;                   // the live end: subscribers at it need no catching up
  std::optional<journey::LiveSight> eyes_;  // while somebody listens who may not see everything
  std::thread thread_;
};

// The event of an entry as stream and export write it: the event's JSON with "entry", "receivedAt" and "party".
void append_event_line(std::string& out, const Entry& entry, PartyNames& names);

// Whether the event names one of these; a vessel and its voyage count as named where only the event's transport facts tell them. None
// wanted: always.
[[nodiscard]] bool names_any(const Event& event, const std::vector<Reference>& wanted);

}  // namespace fairway::exchange
