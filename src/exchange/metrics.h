// Metrics: what GET /metrics shows in the Prometheus text format. prometheus-cpp does the counting; this face keeps it to one file.
// Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filing/lodge/outbox.h"
#include "http/server.h"
#include "intake/ais_feed.h"
#include "intake/outcome.h"
#include "store/store.h"

namespace fairway::exchange {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  void answered(http::Method method, std::string_view pattern, int status, int64_t ns);
  void received(const intake::Outcome& outcome);
  void delivered(size_t events);
  // A call back has ended in one of "delivered", "refused", "dead", "hidden".
  void called_back(std::string_view kind, std::string_view outcome);
  // A party has come near the references that it may ask for in a day, or has reached them.
  void breadth(bool refused);

  // Of the ledger; see ledger/status.h.
  struct LedgerGauges {
    uint64_t size = 0, checkpoint = 0, witnessed = 0, lag_entries = 0;
    double lag_seconds = 0, checkpoint_age_seconds = 0;
    uint64_t signatures = 0, refusals = 0, failures = 0;  // since start
  };
  struct Gauges {
    store::Store::Figures store;
    http::Server::Figures http;
    struct {
      size_t subscriptions = 0, troubled = 0, waiting = 0, dead = 0, sending = 0;
    } callbacks;  // that this server looks after
    bool writable = true;
    std::vector<intake::AisFeed::Figures> feeds;
    std::vector<filing::Outbox::Figures> lodging;  // a channel each
    int64_t now_us = 0;
    std::optional<LedgerGauges> ledger;
  };
  // The exposition text, with these readings of the moment.
  [[nodiscard]] std::string text(const Gauges& gauges);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fairway::exchange
