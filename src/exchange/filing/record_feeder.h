// Record feeder: what is told of the references that a consignment follows goes into its record, as far as its owner sees it.
//
// One thread, on the server that holds the sequencer's lease. It follows the log; up to where stands in the state "record-feeder". An event
// is taken as the owner's party sees it, redacted as for any other reader and noted as a look; a message only where the owner sent it. What
// comes in changes the record by filing/record/merge.h, and the same again changes nothing: a crash, or a second server, does no harm. A
// new consignment, or one that follows something else, gets what has been told before. stop() from any thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "access/access_log.h"
#include "access/registry.h"
#include "base/env.h"
#include "exchange/kept_position.h"
#include "exchange/log_follower.h"
#include "exchange/sight.h"
#include "filing/life/book.h"
#include "filing/record/feed.h"
#include "store/store.h"

namespace fairway::exchange {

class RecordFeeder {
 public:
  RecordFeeder(store::Store& store, filing::Book& book, const filing::Regimes& regimes, AccessRule& rule, access::AccessLog& access_log,
               access::Registry& registry);
  void stop() { follower_.stop(); }

 private:
  // What one entry tells a consignment, and whom that is seen by.
  struct Told {
    Position position = 0;
    int64_t received_us = 0;
    PartyId sender;
    std::vector<filing::Fed> feds;
  };

  Status turn();
  Status take_over(store::Snapshot& snapshot);
  Status take(store::Snapshot& snapshot, const Entry& entry);
  Status take_event(store::Snapshot& snapshot, const Entry& entry);
  Status take_message(const Entry& entry);
  Status take_consignment(store::Snapshot& snapshot, const Entry& entry);
  // The consignments that follow one of the references, each once.
  Result<std::set<std::string>> followers(const std::vector<Reference>& references);
  Status give_event(store::Snapshot& snapshot, const filing::Consignment& consignment, const Entry& entry, const Event& event);
  Status put(const std::string& consignment, const Told& told);
  // Null for a party that is not there any more.
  Result<std::shared_ptr<const access::Viewer>> viewer_of(const PartyId& party);

  store::Store& store_;
  filing::Book& book_;
  const filing::Regimes& regimes_;
  AccessRule& rule_;
  access::AccessLog& access_log_;
  access::Registry& registry_;
  bool leads_ = false;
  Position position_ = 0;
  KeptPosition kept_{store_, "record-feeder"};
  std::set<std::string> followed_;  // keys of references that some consignment follows, or has followed
  LogFollower follower_{store_, position_, leads_, "records wait for what has been told", [this] { return turn(); }};
};

}  // namespace fairway::exchange
