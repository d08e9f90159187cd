// Lane: one channel of the outbox: its letters out, its answers in, its pauses.
//
// turn() from one thread at a time; figures() from any.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "filing/lodge/outbox.h"

namespace fairway::filing {

struct Outbox::Lane {
 public:
  Lane(store::Store& store, Book& book, Env& env, std::unique_ptr<Channel> channel, const Settings& settings);

  // Sends what can be sent now and takes what came back. An error of the channel is a longer pause, one of the store is returned.
  Status turn();
  void give_up() { channel_->give_up(); }
  // What is known of the letters may be old: another server had the lease.
  void forget() { waiting_.clear(), retried_strays_ = false; }
  [[nodiscard]] Figures figures();

 private:
  // Failures in a row, and until when nothing is tried again.
  struct Pause {
    int64_t until_us = 0;
    int failures = 0;
  };
  // A letter that waits, without its body.
  struct Waiting {
    int64_t ordered_us = 0;
    std::string id, filing, form;
  };

  Status look(store::Snapshot& snapshot);
  Status send_letters();
  Status send(const Waiting& waiting, bool& reached);
  Status note_sent(const Letter& letter);
  Status note_refused(const Letter& letter, const Error& refusal);
  Status fetch();
  Status take(const Heard& heard);
  Result<bool> apply(const Heard& heard, std::string& why);
  Status put_aside(const Heard& heard, const std::string& why);
  Status retry_strays();
  [[nodiscard]] Result<std::optional<Filing>> filing_of(const Heard& heard);
  Status write_state(std::string key, std::optional<std::string> value);
  void lengthen(Pause& pause) const;
  void trouble(std::string_view what, const Error& error);
  void well();
  void crash_point(std::string_view step) const {
    if (settings_.crash_point) settings_.crash_point(step);
  }

  store::Store& store_;
  Book& book_;
  Env& env_;
  std::unique_ptr<Channel> channel_;
  const Settings& settings_;
  std::vector<Waiting> waiting_;         // the oldest first
  std::map<std::string, Pause> letter_;  // of letters that the channel could not take
  Pause sending_, fetching_;
  int64_t look_again_us_ = 0;
  bool retried_strays_ = false;
  std::mutex mutex_;
  Figures figures_;
};

}  // namespace fairway::filing
