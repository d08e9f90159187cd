// Publisher: signs the newest head of the tree that the store has made durable, once those who remember earlier checkpoints agree
// (guard.h), and hands the note to Checkpoints, which writes it down before anybody sees it.
//
// One thread, so that a guard that waits for a network holds up nothing else: entries go on into the tree meanwhile.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "ledger/checkpoints.h"
#include "ledger/guard.h"
#include "ledger/note.h"
#include "ledger/sequencer.h"
#include "store/store.h"

namespace fairway::ledger {

class Publisher {
 public:
  Publisher(store::Store& store, Env& env, const Signer& signer, Checkpoints& checkpoints, Interruption interruption = nullptr);
  ~Publisher() { stop(); }
  void add_guard(std::unique_ptr<Guard> guard);  // before start()
  void start();
  void stop();

  // A newer head may be there. With `another_wrote` the guards are asked again before the next signature.
  void head_moved(bool another_wrote);
  // Somebody has reason to think that others have seen what this store does not have: nothing is signed until the guards agree again.
  void doubt(const std::string& why);

  // Signs what there is to sign. Ok where there is nothing. The thread's own; tests call it without start(). "signed", "shown" are where
  // it is interrupted.
  [[nodiscard]] Status publish();

  struct Figures {
    uint64_t size = 0;        // of the latest checkpoint
    int64_t at_us = 0;        // when it was signed; 0: not by this run of the program
    uint64_t signatures = 0;  // since start
    uint64_t refusals = 0;    // times that a guard was asked and did not agree
    std::string trouble;      // why nothing is signed now; ""
  };
  [[nodiscard]] Figures figures() const;

 private:
  void run();
  [[nodiscard]] Status sign_newest();
  // Ok at once where they have agreed since the last doubt.
  [[nodiscard]] Status agree(const Checkpoint& head, const NodeReader& nodes, const std::string& signed_note);
  [[nodiscard]] Status ask(const Checkpoint& head, const NodeReader& nodes, const std::string& signed_note);
  void say(const Status& published);

  store::Store& store_;
  Env& env_;
  const Signer& signer_;
  Checkpoints& checkpoints_;
  const Interruption interruption_;
  std::vector<std::unique_ptr<Guard>> guards_;

  mutable std::mutex mutex_;
  std::condition_variable work_;
  bool stopping_ = false, moved_ = false;
  uint64_t doubts_ = 1, answered_ = 0;  // the guards have agreed where the two are the same
  Figures figures_;
  std::thread thread_;
};

}  // namespace fairway::ledger
