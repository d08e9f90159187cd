// Outbox: brings letters to their channels and answers to their filings, each exactly once in effect, whatever dies on the way.
//
// A thread for each channel, on the server that holds the sequencer's lease. State: outbox/CHANNEL/ID the letter, written in the batch that
// orders the lodgement and erased in the batch that notes it as sent; inbox/CHANNEL the cursor, written when the answers up to it are
// taken; stray/CHANNEL/ID an answer to nothing that is known here, kept for somebody to look at. Between them the authority tells repeats
// by the letter's id, and filings tell them by the answer's. stop() from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/env.h"
#include "filing/life/book.h"
#include "filing/lodge/channel.h"
#include "store/store.h"

namespace fairway::filing {

class Outbox {
 public:
  struct Settings {
    int64_t look_us = 500'000;                               // between two looks at a channel
    int64_t first_pause_us = 1'000'000;                      // after a failure; twice as long after each further one, ten minutes at most
    std::function<void(std::string_view step)> crash_point;  // tests end the process here
  };
  Outbox(store::Store& store, Book& book, Env& env, std::vector<std::unique_ptr<Channel>> channels, Settings settings);
  ~Outbox();
  void start();
  void stop();
  // One round over every channel; what start() does again and again. Public for tests.
  Status turn();

  struct Figures {
    std::string channel;
    size_t waiting = 0;
    int64_t oldest_us = 0;  // since when the oldest waits
    size_t strays = 0;      // answers to nothing that is known here
    std::string trouble;    // the last error, "" where all is well
  };
  [[nodiscard]] std::vector<Figures> figures();

 private:
  struct Lane;
  void run(Lane& lane);
  store::Store& store_;
  Book& book_;
  Env& env_;
  Settings settings_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

// The letter of a filing's open lodgement, in its authority's format. Code::invalid for a format that nobody writes.
[[nodiscard]] Result<Letter> write_letter(const Filing& filing, const Lodgement& lodgement);

}  // namespace fairway::filing
