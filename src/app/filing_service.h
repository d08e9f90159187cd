// Filing as `fairway serve` runs it: the regimes, the book and the holds on the store, and the outbox that lodges with the authorities that
// the operator has named, and who follows what becomes of it: events on the journeys, reminders of deadlines. Start and stop from one
// thread.
#pragma once

#include <memory>

#include "app/commands.h"
#include "exchange/filing/customs_follower.h"
#include "exchange/filing/deadline_watch.h"
#include "exchange/filing/desk.h"
#include "exchange/filing/record_feeder.h"
#include "exchange/filing/rooms.h"
#include "exchange/services.h"
#include "filing/lodge/outbox.h"

namespace fairway::app {

class FilingService {
 public:
  // A mistake in the tables of a regime, and an authority that cannot be, is a failed start.
  // From then on it is the services' `filings`.
  [[nodiscard]] static Result<std::unique_ptr<FilingService>> open(const ServeOptions& options, exchange::Services& services);

  // Lodges, and follows the log and the clock: what is told goes into records, what authorities answer onto journeys, and deadlines are
  // reminded of.
  void start();
  void stop();

 private:
  FilingService(std::shared_ptr<const filing::Regimes> regimes, std::vector<std::unique_ptr<filing::Channel>> channels,
                filing::Outbox::Settings settings, exchange::Services& services);

  exchange::Services& services_;
  std::shared_ptr<const filing::Regimes> regimes_;
  filing::Book book_;
  filing::Holds holds_;
  exchange::Desk desk_;
  exchange::FilingRooms rooms_;
  filing::Outbox outbox_;
  std::unique_ptr<exchange::RecordFeeder> feeder_;       // from start() on…
  std::unique_ptr<exchange::CustomsFollower> follower_;  // …as this
  std::unique_ptr<exchange::DeadlineWatch> deadlines_;
};

}  // namespace fairway::app
