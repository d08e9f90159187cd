#include "store/postgres/sequencer.h"

#include <algorithm>

#include "base/log.h"
#include "store/admission.h"
#include "store/postgres/statements.h"

namespace fairway::store::postgres {
namespace {

constexpr std::chrono::milliseconds kIdleTurn{500};
constexpr std::chrono::milliseconds kRenewBelow = kLeaseTime - std::chrono::seconds(1);
constexpr std::chrono::milliseconds kPauseMin{20}, kPauseMax{1'000};
// Failures in a row, about three seconds, after which batches whose outcome is open are answered with an error.
constexpr int kFailuresBorne = 8;
constexpr int kFailuresBorneAtEnd = 2;
constexpr int64_t kHouseEveryNs = 30'000'000'000;
// A session whose server was stopped in the middle of a transaction must not keep the lease's row for long.
constexpr Patience kPatience{.lock = std::chrono::milliseconds(1'000),
                             .statement = std::chrono::milliseconds(60'000),
                             .idle_in_transaction = std::chrono::milliseconds(2'000)};

}  // namespace

Sequencer::Sequencer(std::string url, const std::string& server, Progress& progress, Env& env)
    : url_(std::move(url)),
      server_(server),
      progress_(progress),
      env_(env),
      holder_(server, queue_, progress),
      follower_(server, queue_, progress, env) {
  thread_ = std::thread([this] { run(); });
}

Sequencer::~Sequencer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Sequencer::commit(Batch batch, Completion done) {
  const Result<size_t> bytes = admit(batch);
  if (!bytes.has_value()) return done(std::unexpected(bytes.error()));
  Queued queued{std::move(batch), std::move(done), *bytes};
  if (const Status pushed = queue_.push(queued); !pushed.has_value()) return queued.done(std::unexpected(pushed.error()));
  {
    const std::lock_guard lock(mutex_);
    signals_.look = true;
  }
  wake_.notify_one();
}

void Sequencer::observe(const std::optional<Observation>& seen) {
  {
    const std::lock_guard lock(mutex_);
    if (!seen.has_value()) return;
    signals_.epoch_seen = std::max(signals_.epoch_seen, seen->epoch);
    signals_.lease_free = !leads_ && (seen->held_here || seen->lease_left.count() <= 0);
    signals_.renew = leads_ && seen->lease_left < kRenewBelow;
    signals_.submissions_wait = seen->submissions_wait;
    const bool submitted = leads_ && seen->submissions_wait;
    if (!signals_.lease_free && !signals_.renew && !submitted && !awaits_) return;
    signals_.look = true;
  }
  wake_.notify_one();
}

Status Sequencer::writable() {
  const std::lock_guard lock(mutex_);
  if (trouble_.has_value()) return std::unexpected(*trouble_);
  return {};
}

bool Sequencer::leads() {
  const std::lock_guard lock(mutex_);
  return leads_;
}

void Sequencer::run() {
  while (const std::optional<Signals> signals = next_turn()) {
    const Done done = take_turn(*signals);
    if (!done.has_value()) stumble(done.error());
    const std::lock_guard lock(mutex_);
    leads_ = holder_.lease().has_value();
    awaits_ = follower_.waits();
    if (!done.has_value()) continue;
    pause_ = {};
    failures_ = 0;
    trouble_.reset();
  }
  close();
}

// Waits until there is something to do; nullopt when the store closes and nothing is left to settle.
std::optional<Sequencer::Signals> Sequencer::next_turn() {
  std::unique_lock lock(mutex_);
  if (pause_.count() > 0) wake_.wait_for(lock, pause_, [&] { return stopping_; });
  const bool work_left = queue_.size() > 0 && !follower_.waits();
  if (!work_left) wake_.wait_for(lock, kIdleTurn, [&] { return stopping_ || signals_.look; });
  const bool settled = queue_.size() == 0 && !follower_.waits() && !holder_.unresolved();
  if (stopping_ && (settled || failures_ >= kFailuresBorneAtEnd)) return std::nullopt;
  Signals found = signals_;
  signals_.look = signals_.lease_free = signals_.renew = signals_.submissions_wait = false;
  return found;
}

Done Sequencer::take_turn(const Signals& signals) {
  TRY_OK(connect());
  // After a failure nothing is taken for mended before the database has written something.
  if (failures_ > 0) TRY_OK(probe(*connection_, server_));
  TRY_OK(check_lease(signals));
  if (holder_.unresolved()) TRY_OK(holder_.resolve(*connection_));
  if (holder_.lease().has_value()) TRY_OK(holder_.commit(*connection_, !follower_.waits(), signals.submissions_wait || follower_.waits()));
  if (follower_.waits()) return follower_.collect(*connection_);
  if (!holder_.lease().has_value()) TRY_OK(follower_.submit_next(*connection_));
  return keep_house();
}

Done Sequencer::connect() {
  if (connection_ != nullptr && connection_->alive()) return {};
  connection_ = TRY(Connection::open(url_, "fairway sequencer", kPatience));
  backend_ = connection_->backend();
  connection_->try_out(kNotify);
  queue_.refuse(std::nullopt);
  return {};
}

Done Sequencer::check_lease(const Signals& signals) {
  if (holder_.lease().has_value() && signals.epoch_seen > holder_.lease()->epoch) holder_.drop_lease();
  if (holder_.lease().has_value() && signals.renew) TRY_OK(holder_.renew_lease(*connection_));
  // A new session asks too: what the last one had under way is settled only by the lease being taken anew.
  if (!holder_.lease().has_value() && (signals.lease_free || holder_.unresolved())) return holder_.take_lease(*connection_);
  return {};
}

Done Sequencer::keep_house() {
  const int64_t now_ns = env_.steady_ns();
  if (!holder_.lease().has_value() || now_ns - housekept_ns_ < kHouseEveryNs) return {};
  housekept_ns_ = now_ns;
  return forget_settled(*connection_);
}

void Sequencer::stumble(const Fault& fault) {
  const Error error = fault;
  pause_ = std::clamp(pause_ * 2, kPauseMin, kPauseMax);
  const bool lost = fault.kind == Fault::Kind::lost;
  if (lost) {
    connection_.reset();
    backend_ = 0;
    holder_.drop_lease();
    follower_.connection_lost();
  }
  const bool transient = fault.kind == Fault::Kind::retry || fault.kind == Fault::Kind::stale;
  {
    const std::lock_guard lock(mutex_);
    signals_.look = signals_.lease_free = signals_.submissions_wait = true;
    if (transient) return;
    if (!trouble_.has_value()) log::error("store: {}", error.text());
    trouble_ = error;
  }
  ++failures_;
  if (lost && failures_ == 1) return;  // the session may be all that is lost: batches wait for one attempt to connect
  if (lost) queue_.refuse(error);
  settle(queue_.take_all(), error, progress_);
  if (failures_ < kFailuresBorne) return;
  holder_.abandon(error);
  follower_.abandon(error);
}

void Sequencer::close() {
  const Error error{Code::unavailable, "the store is closing", {}, {}};
  holder_.abandon(error);
  follower_.abandon(error);
  settle(queue_.take_all(), error, progress_);
  if (connection_ != nullptr && connection_->alive()) holder_.give_lease_back(*connection_);
}

}  // namespace fairway::store::postgres
