#include "exchange/log_follower.h"

#include <chrono>

#include "base/log.h"

namespace fairway::exchange {
namespace {

constexpr std::chrono::milliseconds kPatience{250};
constexpr std::chrono::milliseconds kAfterError{1'000};

}  // namespace

LogFollower::LogFollower(store::Store& store, const Position& position, bool& leads, std::string trouble, std::function<Status()> turn)
    : store_(store), position_(position), leads_(leads), trouble_(std::move(trouble)), turn_(std::move(turn)), thread_([this] { run(); }) {}

void LogFollower::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void LogFollower::run() {
  while (!stopping_) {
    if (!store_.figures().sequencer) {
      leads_ = false;
      std::this_thread::sleep_for(kPatience);
      continue;
    }
    store_.wait_past(position_, kPatience);
    if (const Status done = turn_(); !done) {
      log::warn("{}: {}", trouble_, done.error().text());
      leads_ = false;  // what is known here may not be what is stored
      for (std::chrono::milliseconds slept{0}; slept < kAfterError && !stopping_; slept += kPatience)
        std::this_thread::sleep_for(kPatience);
    }
  }
}

}  // namespace fairway::exchange
