#include "store/postgres/watch.h"

#include <algorithm>

#include "store/postgres/statements.h"

namespace fairway::store::postgres {
namespace {

constexpr std::chrono::milliseconds kLookEvery{15};
constexpr std::chrono::milliseconds kPauseMin{50}, kPauseMax{1'000};  // between attempts to connect
// A look that takes longer means that nobody answers.
constexpr Patience kPatience{.lock = std::chrono::milliseconds(2'000), .statement = std::chrono::milliseconds(5'000)};

}  // namespace

Watch::Watch(std::string url, std::string server, Listener listener, const std::atomic<int>& backend)
    : url_(std::move(url)), server_(std::move(server)), listener_(std::move(listener)), backend_(backend) {
  thread_ = std::thread([this] { run(); });
}

Watch::~Watch() {
  stopping_ = true;
  thread_.join();
}

void Watch::run() {
  std::chrono::milliseconds pause = kPauseMin;
  while (!stopping_) {
    Outcome<Observation> seen = std::unexpected(Fault{});
    if (connect().has_value()) seen = look();
    if (seen.has_value()) {
      listener_(*seen);
      pause = kPauseMin;
      static_cast<void>(connection_->wait_notified(kLookEvery, backend_));
      continue;
    }
    connection_.reset();
    listener_(std::nullopt);
    for (auto waited = pause; waited.count() > 0 && !stopping_; waited -= kPauseMin) std::this_thread::sleep_for(kPauseMin);
    pause = std::min(pause * 2, kPauseMax);
  }
}

Done Watch::connect() {
  if (connection_ != nullptr && connection_->alive()) return {};
  connection_ = TRY(Connection::open(url_, "fairway watch", kPatience));
  connection_->try_out(kListen);
  return {};
}

Outcome<Observation> Watch::look() {
  const Rows rows = TRY(connection_->run(kObserve, Params().bytes(server_)));
  return Observation{.last = static_cast<Position>(rows.int8(0, 0)),
                     .epoch = rows.int8(0, 1),
                     .held_here = rows.truth(0, 2),
                     .lease_left = std::chrono::milliseconds(rows.int8(0, 3)),
                     .submissions_wait = rows.truth(0, 4)};
}

}  // namespace fairway::store::postgres
