// Log: the ledger of one server, put together: its key and its name, the policy by which its checkpoints are believed, the sequencer
// and the publisher. Everything that is shown is read from the store (tree_store.h), by any server.
//
// Thread-safe once open. Errors of open(): Code::forbidden for a key that others may read or that is not the one which signed before,
// Code::conflict for another name than the store's, Code::invalid for a policy that does not hold this log.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/env.h"
#include "base/status.h"
#include "ledger/checkpoints.h"
#include "ledger/guard.h"
#include "ledger/note.h"
#include "ledger/publisher.h"
#include "ledger/sequencer.h"
#include "store/store.h"

namespace fairway::ledger {

struct LogOptions {
  std::string key_file;        // the seed; made where the store has no ledger yet
  std::string origin;          // asked for; "" takes the store's, and where it has none `default_origin`
  std::string default_origin;  // from where the server is found
  std::string url;             // of the log, for the policy; ""
  std::string policy;          // text of a policy file; "" asks for no witness
  int batch_ms = 300;
  int64_t promise_s = 60;  // within which an accepted entry is in a checkpoint
};

class Log {
 public:
  // The store learns the log's name, once.
  [[nodiscard]] static Result<std::unique_ptr<Log>> open(store::Store& store, Env& env, const LogOptions& options);
  ~Log() { stop(); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void add_guard(std::unique_ptr<Guard> guard) { publisher_.add_guard(std::move(guard)); }  // before start()
  void start();
  void stop();

  [[nodiscard]] const std::string& origin() const { return signer_->key().name; }
  [[nodiscard]] const Signer& signer() const { return *signer_; }
  // The policy file that the log is believed by, with the log's own line.
  [[nodiscard]] const std::string& policy_text() const { return policy_text_; }
  [[nodiscard]] const Policy& policy() const { return checkpoints_.policy(); }
  [[nodiscard]] int64_t promise_s() const { return promise_s_; }
  [[nodiscard]] Checkpoints& checkpoints() { return checkpoints_; }
  [[nodiscard]] Publisher& publisher() { return publisher_; }
  [[nodiscard]] Sequencer::Figures sequencing() const { return sequencer_.figures(); }
  [[nodiscard]] Publisher::Figures publishing() const { return publisher_.figures(); }

 private:
  Log(store::Store& store, Env& env, const LogOptions& options, std::unique_ptr<Signer> signer, std::string policy_text, Policy policy);

  const std::unique_ptr<Signer> signer_;
  const std::string policy_text_;
  const int64_t promise_s_;
  Checkpoints checkpoints_;
  Publisher publisher_;
  Sequencer sequencer_;
};

}  // namespace fairway::ledger
