// Filing as `fairway serve` runs it: the regimes, the book and the holds on the store, and the outbox that lodges with the authorities that
// the operator has named, and who follows what becomes of it: events on the journeys, reminders of deadlines. Start and stop from one
// thread.
#pragma once

#include <memory>

#include "app/commands.h"
#include "exchange/filing/customs_follower.h"
#include "exchange/filing/deadline_watch.h"
#include "exchange/filing/desk.h"
#include "exchange/filing/rooms.h"
#include "filing/lodge/outbox.h"

namespace fairway::app {

class FilingService {
 public:
  // A mistake in the tables of a regime, and an authority that cannot be, is a failed start.
  [[nodiscard]] static Result<std::unique_ptr<FilingService>> open(const ServeOptions& options, store::Store& store, Env& env);

  [[nodiscard]] exchange::FilingRooms& rooms() { return rooms_; }
  [[nodiscard]] const filing::Regimes& regimes() const { return *regimes_; }
  // The registry lasts until stop().
  void start(access::Registry& registry);
  void stop();

 private:
  FilingService(std::shared_ptr<const filing::Regimes> regimes, std::vector<std::unique_ptr<filing::Channel>> channels,
                filing::Outbox::Settings settings, store::Store& store, Env& env);

  std::shared_ptr<const filing::Regimes> regimes_;
  filing::Book book_;
  filing::Holds holds_;
  exchange::Desk desk_;
  exchange::FilingRooms rooms_;
  filing::Outbox outbox_;
  store::Store& store_;
  Env& env_;
  std::unique_ptr<exchange::CustomsFollower> customs_;
  std::unique_ptr<exchange::DeadlineWatch> deadlines_;
};

}  // namespace fairway::app
