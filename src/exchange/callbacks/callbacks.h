// Callbacks: the engine that tells subscribers of new entries, each in its order, until they have said that they have it.
//
// One thread follows the log and finds what is for whom, through the eyes of the party that owns the subscription; a few senders post it.
// A subscription has one letter on its way at a time, so that one slow receiver holds up nobody else, and neither those that
// fail or are slow nor those of one party ever hold more than half of the senders. A letter that is not taken is sent again with growing
// pauses; after the last attempt it is a dead letter, which its owner may send again, and the next one goes. What has ended is written down
// before the next leaves: after a crash nothing is lost, and what is repeated has the same delivery id. Of several servers on one store the
// one that holds the sequencer's lease sends (docs/adr/0002); progress is written against its version, so that one which has lost the lease
// changes nothing.
//
// Add kinds, then start(). Everything else from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "access/access_log.h"
#include "access/registry.h"
#include "base/env.h"
#include "exchange/callbacks/book.h"
#include "exchange/callbacks/courier.h"
#include "exchange/callbacks/kind.h"
#include "exchange/callbacks/lane.h"
#include "exchange/metrics.h"
#include "exchange/sight.h"
#include "store/store.h"

namespace fairway::exchange::callbacks {

struct Settings {
  bool to_private = false;             // loopback, intranets and plain http may be called
  int attempts_max = 10;               // of one letter
  int64_t first_pause_us = 2'000'000;  // twice as long after each further attempt, an hour at most
};

class Callbacks {
 public:
  struct Rooms {
    store::Store& store;
    access::Registry& registry;
    access::Vault& vault;
    access::AccessLog& access_log;
    AccessRule& rule;
    Metrics& metrics;
    Env& env;
  };
  Callbacks(const Rooms& rooms, const Settings& settings);
  ~Callbacks();

  void add(std::unique_ptr<const Kind> kind);
  void start();
  // Ends what is on its way, which then counts as never sent.
  void stop();

  [[nodiscard]] Book& book() { return book_; }
  // null for a kind that nobody added.
  [[nodiscard]] const Kind* kind(std::string_view name) const;
  // One call outside the order, to try a receiver out or to have it confirm; Code::throttled past limits::kCallbackTestsMax at a time.
  [[nodiscard]] Result<http::Response> call(http::Method method, const std::string& url, const Letter& letter);

  struct Figures {
    size_t subscriptions = 0, troubled = 0, waiting = 0, dead = 0, sending = 0;
  };
  [[nodiscard]] Figures figures();

 private:
  // What an attempt came to.
  struct Outcome {
    enum class Way : uint8_t { arrived, refused, nothing_to_show, put_off } way = Way::put_off;
    int status = 0;
    std::string error;
    int64_t pause_us = 0;  // that the receiver asked for
  };

  // dispatch.cc: the thread that follows the log.
  void run();
  [[nodiscard]] bool take_over(store::Snapshot& snapshot);
  void let_go();
  Status load(store::Snapshot& snapshot, const std::string& id);
  Result<LanePtr> make_lane(store::Snapshot& snapshot, Subscription subscription);
  void reload_changed(store::Snapshot& snapshot);
  void scan_live(store::Snapshot& snapshot);
  void scan_live_page(store::Snapshot& snapshot, const std::vector<Entry>& page);
  bool scan_past(store::Snapshot& snapshot);
  Result<bool> scan_past_page(store::Snapshot& snapshot, Lane& lane);
  // False where the lane takes no more for now: it goes on from there by itself.
  bool offer_live(store::Snapshot& snapshot, Lane& lane, const Entry& entry, const Event* event);
  bool full(const Lane& lane);
  bool enqueue(Lane& lane, const Entry& entry);
  void hand_out();
  void save_progress();

  // send.cc: the senders.
  void send(bool takes_troubled);
  LanePtr next_lane(bool takes_troubled);
  LanePtr take_from(std::deque<LanePtr>& ready);
  void attempt(Lane& lane);
  Delivery next_delivery(Lane& lane);
  Result<Outcome> post(Lane& lane, const Delivery& delivery);
  void settle(Lane& lane, Delivery delivery, const Outcome& outcome, bool again);
  void put_off(Lane& lane, const Outcome& outcome);
  [[nodiscard]] int64_t pause_after(int attempts, const Outcome& outcome);
  Status stop_by_itself(Lane& lane);
  void finish(const LanePtr& lane);
  // Writes a lane's progress with what else the batch does; the lane is reloaded where another has written it meanwhile.
  Status commit(Lane& lane, const Progress& next, store::Batch batch);

  Rooms rooms_;
  const Settings settings_;
  Book book_;
  Courier courier_;
  std::map<std::string, std::unique_ptr<const Kind>, std::less<>> kinds_;
  std::atomic<bool> stopping_{false};
  std::atomic<size_t> tests_{0};

  // The dispatcher's own.
  Position position_ = 0;
  bool leads_ = false;
  std::optional<journey::LiveSight> eyes_;
  std::set<std::string> changed_;
  int64_t saved_us_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<std::string, LanePtr> lanes_;  // changed by the dispatcher alone
  std::deque<LanePtr> well_, troubled_;   // ready to be sent, each lane in one of them at most and busy then
  std::map<PartyId, size_t> sending_;     // how many letters of each party are on their way

  std::thread dispatcher_;
  std::vector<std::thread> senders_;
};

}  // namespace fairway::exchange::callbacks
