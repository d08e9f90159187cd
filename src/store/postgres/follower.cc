#include "store/postgres/follower.h"

#include "base/bytes.h"
#include "store/postgres/codec.h"

namespace fairway::store::postgres {
namespace {

// Longer than a holder that was killed is missed.
constexpr int64_t kPatienceNs = 10'000'000'000;

}  // namespace

Done Follower::submit_next(Connection& connection) {
  Parcel own = queue_.take();
  if (own.empty()) return {};
  std::string id = server_;
  append_u64(id, ++submissions_);
  pending_ = {{std::move(id), encode_batches(batches_of(own))}, std::move(own), false, env_.steady_ns()};
  return send(connection);
}

Done Follower::send(Connection& connection) {
  Done done = submit(connection, pending_->submission, collected_);
  if (done.has_value()) {
    pending_->sent = true;
  } else if (done.error().kind == Fault::Kind::refused || done.error().kind == Fault::Kind::statement) {
    abandon(done.error());
  }
  return done;
}

Done Follower::collect(Connection& connection) {
  if (!pending_->sent) TRY_OK(send(connection));
  std::optional<std::string> outcome = TRY(outcome_of(connection, pending_->submission.id));
  if (!outcome.has_value()) {
    if (env_.steady_ns() - pending_->since_ns < kPatienceNs) return {};
    if (TRY(withdraw(connection, pending_->submission.id))) {
      abandon({Code::unavailable, "no server gives positions in the log now", "a batch was taken back", "send it again"});
      return {};
    }
    outcome = TRY(outcome_of(connection, pending_->submission.id));
  }
  if (outcome.has_value())
    finish(*outcome);
  else
    abandon({Code::unavailable, "the outcome of a batch is not known", "its submission is gone", "send it again"});
  return {};
}

void Follower::finish(const std::string& outcome) {
  Result<std::vector<Result<Receipt>>> receipts = decode_receipts(outcome);
  if (!receipts.has_value() || receipts->size() != pending_->own.size())
    return abandon({Code::internal, "the server that gives the positions could not take a batch", {}, {}});
  Position last = 0;
  for (const Result<Receipt>& receipt : *receipts) {
    if (!receipt.has_value()) continue;
    for (const Appended& appended : receipt->entries) last = std::max(last, appended.position);
  }
  collected_ = pending_->submission.id;
  progress_.advance(last);
  settle(std::move(pending_->own), std::move(*receipts), progress_);
  pending_.reset();
}

void Follower::connection_lost() {
  if (pending_.has_value()) pending_->sent = false;
}

void Follower::abandon(const Error& error) {
  if (!pending_.has_value()) return;
  settle(std::move(pending_->own), error, progress_);
  pending_.reset();
}

}  // namespace fairway::store::postgres
