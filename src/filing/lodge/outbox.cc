#include "filing/lodge/outbox.h"

#include <chrono>

#include "base/log.h"
#include "filing/lodge/lane.h"

namespace fairway::filing {
namespace {

constexpr int64_t kNapUs = 100'000;           // how soon stop() is heard
constexpr int64_t kAfterErrorUs = 1'000'000;  // of the store

}  // namespace

Outbox::Outbox(store::Store& store, Book& book, Env& env, std::vector<std::unique_ptr<Channel>> channels, Settings settings)
    : store_(store), book_(book), env_(env), settings_(std::move(settings)) {
  for (std::unique_ptr<Channel>& channel : channels)
    lanes_.push_back(std::make_unique<Lane>(store_, book_, env_, std::move(channel), settings_));
}

Outbox::~Outbox() { stop(); }

void Outbox::start() {
  for (const std::unique_ptr<Lane>& lane : lanes_) threads_.emplace_back([this, one = lane.get()] { run(*one); });
}

void Outbox::stop() {
  stopping_ = true;
  for (const std::unique_ptr<Lane>& lane : lanes_) lane->give_up();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Outbox::run(Lane& lane) {
  bool leads = false;
  while (!stopping_) {
    const bool led = leads;
    leads = store_.figures().sequencer;
    if (leads && !led) lane.forget();
    int64_t rest_us = settings_.look_us;
    if (leads) {
      if (const Status done = lane.turn(); !done) {
        log::warn("lodging waits: {}", done.error().text());
        rest_us = kAfterErrorUs;
      }
    }
    for (; rest_us > 0 && !stopping_; rest_us -= kNapUs) std::this_thread::sleep_for(std::chrono::microseconds(std::min(rest_us, kNapUs)));
  }
}

Status Outbox::turn() {
  for (const std::unique_ptr<Lane>& lane : lanes_) TRY_OK(lane->turn());
  return {};
}

std::vector<Outbox::Figures> Outbox::figures() {
  std::vector<Figures> all;
  for (const std::unique_ptr<Lane>& lane : lanes_) all.push_back(lane->figures());
  return all;
}

}  // namespace fairway::filing
