// FilingRooms: what the routes of consignments, filings, bundles and holds stand on. Made by app/filing_service; alive as long as the
// server. Thread-safe parts; any thread.
#pragma once

#include "filing/hold/hold.h"
#include "filing/life/book.h"
#include "filing/lodge/outbox.h"
#include "filing/regime/regime.h"

namespace fairway::exchange {

class Desk;

struct FilingRooms {
  const filing::Regimes& regimes;
  filing::Book& book;
  filing::Holds& holds;
  const Desk& desk;
  filing::Outbox& outbox;
};

}  // namespace fairway::exchange
