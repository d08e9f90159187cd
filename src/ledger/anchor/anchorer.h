// Anchorer: a thread that brings the latest witnessed checkpoint to the contract every interval, and follows it until it is final.
//
// An anchor is put in the queue with its nonce, the witnesses' signatures and the signed transaction, durably, before it is sent; so a
// restart sends the same again, and nothing is anchored twice: (origin, size) goes in once, and the contract takes it once. A transaction
// that falls out of a block is sent again; one that is stuck is replaced at its nonce by a dearer one. Of several servers on one store the
// one with the sequencer's lease anchors; the queue is written against its version, so that one which has lost the lease changes nothing.
//
// start(), stop() and status() from any thread; step() is the thread's, and a test's that has not called start().
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "ledger/anchor/fate.h"
#include "ledger/anchor/nodes.h"
#include "ledger/anchor/profile.h"
#include "ledger/anchor/queue.h"
#include "ledger/anchor/record.h"
#include "ledger/anchor/signatures.h"
#include "ledger/anchor/tx_signer.h"
#include "ledger/checkpoints.h"
#include "store/store.h"

namespace fairway::ledger::anchor {

struct AnchorStatus {
  std::string chain;  // the profile's name
  Site site;
  std::string error;                  // of the last look; "" where it went well
  std::vector<std::string> troubles;  // which node says otherwise, or is away
  std::vector<std::string> pending;   // "size 4711, nonce 12, 2 transactions"
  uint64_t anchored_size = 0;         // of the newest anchor that is final
  uint64_t anchored_time_s = 0;       // of its block
};
[[nodiscard]] std::string to_json(const AnchorStatus& status);

class Anchorer {
 public:
  // The latest checkpoint that a quorum of witnesses has cosigned; nullopt before the first.
  using Latest = std::function<std::optional<SignedCheckpoint>()>;
  struct Rooms {
    store::Store& store;
    Env& env;
    Latest latest;
  };
  // What speaks to the outside; `stopping` ends its waits.
  struct Outside {
    std::unique_ptr<TxSigner> signer;
    Nodes nodes;
    AskWitness ask;
    std::shared_ptr<std::atomic<bool>> stopping;
  };
  // The profile has a contract.
  Anchorer(Rooms rooms, Profile profile, std::string origin, Outside outside);
  // With the key in the profile's file, over HTTP. Code::invalid where the profile has no contract or no key.
  [[nodiscard]] static Result<std::unique_ptr<Anchorer>> open(Rooms rooms, const Profile& profile, std::string origin);
  ~Anchorer();

  void start();
  // Ends what is on its way within a moment; the queue goes on at the next start.
  void stop();
  // One look at the chain. An error is what kept it from going on; the next look may go better.
  [[nodiscard]] Status step();
  [[nodiscard]] AnchorStatus status() const;

 private:
  void run();
  [[nodiscard]] Status look();
  [[nodiscard]] Status follow(Queue& queue, size_t index);
  [[nodiscard]] Status finish(Queue& queue, size_t index, const Fate& fate);
  [[nodiscard]] Status push(Queue& queue, Pending& pending);
  [[nodiscard]] Status replace(Queue& queue, Pending& pending, const Fee& fee, uint64_t nonce);
  [[nodiscard]] Status put_in(Queue& queue);
  [[nodiscard]] Status add_attempt(Pending& pending, const Fee& fee) const;
  [[nodiscard]] Status send(const Pending& pending);
  [[nodiscard]] Result<uint64_t> used_nonces();
  [[nodiscard]] Fee fee_now();
  [[nodiscard]] Status write(Queue& queue, store::Batch batch = {});
  void show(const Queue& queue);

  const Rooms rooms_;
  const Profile profile_;
  const Site site_;
  const std::string origin_;
  const std::unique_ptr<TxSigner> signer_;
  const std::shared_ptr<std::atomic<bool>> stopping_;  // ends the waits of the clients behind nodes_ and ask_
  Nodes nodes_;
  const AskWitness ask_;
  bool contract_checked_ = false;
  std::map<Hash, int64_t> sent_us_;  // when a transaction last went out from here

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  AnchorStatus status_;
  std::thread thread_;
};

}  // namespace fairway::ledger::anchor
