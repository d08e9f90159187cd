// LedgerService: the ledger of a server with all that goes with it, so that serve.cc need not know its parts.
//
// Open before the routes are asked, start()ed once the server is up, stop()ped before the store goes.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/commands.h"
#include "base/env.h"
#include "base/json_writer.h"
#include "base/status.h"
#include "ledger/anchor/anchorer.h"
#include "ledger/log.h"
#include "ledger/receipt_signer.h"
#include "ledger/timestamper.h"
#include "ledger/witness/cosigners.h"
#include "ledger/witness/witness_guard.h"
#include "store/store.h"

namespace fairway::app {

// Where the key is, what the log is called, whom it asks: from the options of `serve` or `admin ledger`. `key_file` is "" where no ledger
// is kept.
[[nodiscard]] Result<ledger::LogOptions> log_options_of(const LedgerOptions& options, const std::string& store,
                                                        const std::string& public_url);

class LedgerService {
 public:
  // Null where this server keeps no ledger.
  [[nodiscard]] static Result<std::unique_ptr<LedgerService>> open(const ServeOptions& options, const std::string& public_url,
                                                                   store::Store& store, Env& env);
  void start();
  void stop();
  [[nodiscard]] ledger::Log& log() { return *log_; }
  // Signs until it is destroyed: requests that the server still answers have receipts, too.
  [[nodiscard]] ledger::ReceiptSigner& receipts() { return receipts_; }
  // For GET /ledger/status: a member each.
  [[nodiscard]] std::vector<std::function<void(JsonWriter&)>> status_parts();

 private:
  LedgerService(std::unique_ptr<ledger::Log> log, store::Store& store, Env& env)
      : log_(std::move(log)), receipts_(store, env, log_->signer(), log_->promise_s()) {}

  void ask_witnesses(store::Store& store, Env& env);
  [[nodiscard]] Status open_anchor(const std::string& profile_file, store::Store& store, Env& env);
  [[nodiscard]] Status open_timestamper(const LedgerOptions& options, store::Store& store, Env& env);

  std::atomic<bool> stopping_{false};  // ends what the anchor's guard waits for
  std::unique_ptr<ledger::Log> log_;
  ledger::ReceiptSigner receipts_;
  ledger::witness::WitnessGuard* witness_guard_ = nullptr;  // the publisher's; null where no witness is asked
  std::unique_ptr<ledger::witness::Cosigners> cosigners_;   // likewise
  std::unique_ptr<ledger::anchor::Anchorer> anchorer_;      // null where nothing is anchored
  std::unique_ptr<ledger::Timestamper> timestamper_;        // null where no authority is named
};

}  // namespace fairway::app
