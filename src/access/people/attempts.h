// Attempts: how often somebody may guess. After five failures in a row the wait begins, two seconds and then twice as long each time,
// to a quarter of an hour; it is forgotten an hour after the last failure.
//
// Counted by whatever is guarded: an account, an address that asks. Kept in this server's memory, of at most kAttemptsKeptMax the
// latest; several servers on one store each count for themselves. Thread-safe.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/env.h"
#include "base/status.h"

namespace fairway::access {

inline constexpr int kAttemptsFree = 5;
inline constexpr int64_t kAttemptsWaitSecondsMax = 900;
inline constexpr int64_t kAttemptsForgottenSeconds = 3600;
inline constexpr size_t kAttemptsKeptMax = 100'000;

class Attempts {
 public:
  explicit Attempts(Env& env) : env_(env) {}

  // Code::throttled, with the time to wait, while the guarded has to be waited for.
  [[nodiscard]] Status admit(const std::string& guarded);
  // The same, and counts the attempt as failed until it is said to have been none, so that guesses made at one time count as well.
  [[nodiscard]] Status begin(const std::string& guarded);
  // An attempt has failed.
  void count(const std::string& guarded);
  // What began or was counted was none: it succeeded, or was not looked at.
  void forgive(const std::string& guarded);
  // It succeeded, and so what failed before does not matter any more.
  void forget(const std::string& guarded);

 private:
  struct Record {
    std::string guarded;
    int failures = 0;
    int64_t failed_us = 0;  // the latest
  };
  using Place = std::list<Record>::iterator;
  // With the lock held.
  Status check(const std::string& guarded);
  void add(const std::string& guarded);
  void drop(Place record);

  Env& env_;
  std::mutex mutex_;
  std::list<Record> records_;  // the latest failure first
  std::unordered_map<std::string, Place> places_;
};

}  // namespace fairway::access
