// Filing as `fairway serve` runs it: the regimes, the book and the holds on the store, and the outbox that lodges with the authorities that
// the operator has named. Start and stop from one thread.
#pragma once

#include <memory>

#include "app/commands.h"
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
  void start() { outbox_.start(); }
  void stop() { outbox_.stop(); }

 private:
  FilingService(std::shared_ptr<const filing::Regimes> regimes, std::vector<std::unique_ptr<filing::Channel>> channels,
                filing::Outbox::Settings settings, store::Store& store, Env& env);

  std::shared_ptr<const filing::Regimes> regimes_;
  filing::Book book_;
  filing::Holds holds_;
  exchange::Desk desk_;
  exchange::FilingRooms rooms_;
  filing::Outbox outbox_;
};

}  // namespace fairway::app
