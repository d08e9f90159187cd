#include "store/postgres/holder.h"

#include "base/bytes.h"
#include "base/log.h"
#include "store/postgres/codec.h"

namespace fairway::store::postgres {
namespace {

constexpr size_t kSubmissionsPerGroup = 4;
constexpr int kAttempts = 5;  // at a transaction that the database asks to retry

// The batches of a group: each submission's in turn, then our own.
struct Gathered {
  std::vector<std::vector<Batch>> submitted;  // one a submission; none where its bytes are damaged
  std::vector<const Batch*> batches;
};

Gathered gather(const std::vector<Submission>& submissions, const Parcel& own) {
  Gathered gathered;
  for (const Submission& submission : submissions) {
    Result<std::vector<Batch>> batches = decode_batches(submission.batches);
    if (!batches.has_value()) log::error("store: {}: {}", batches.error().text(), to_hex(submission.id));
    gathered.submitted.push_back(std::move(batches).value_or(std::vector<Batch>()));
  }
  for (const std::vector<Batch>& batches : gathered.submitted)
    for (const Batch& batch : batches) gathered.batches.push_back(&batch);
  for (const Queued& queued : own) gathered.batches.push_back(&queued.batch);
  return gathered;
}

// What is recorded for each submission; the receipts of our own batches stay behind in `receipts`.
std::vector<std::pair<std::string, std::string>> outcomes_of(const std::vector<Submission>& submissions, const Gathered& gathered,
                                                             std::vector<Result<Receipt>>& receipts) {
  std::vector<std::pair<std::string, std::string>> outcomes;
  size_t first = 0;
  for (size_t i = 0; i < submissions.size(); ++i) {
    const size_t count = gathered.submitted[i].size();
    outcomes.emplace_back(submissions[i].id, encode_receipts(std::span(receipts).subspan(first, count)));
    first += count;
  }
  receipts.erase(receipts.begin(), receipts.begin() + static_cast<ptrdiff_t>(first));
  return outcomes;
}

}  // namespace

Done Holder::take_lease(Connection& connection) {
  lease_ = TRY(acquire(connection, server_));
  if (!lease_.has_value()) return {};
  log::info("store: this server gives the positions now (epoch {}, next position {})", lease_->epoch, lease_->next);
  progress_.advance(lease_->next - 1);
  return {};
}

Done Holder::renew_lease(Connection& connection) {
  if (!TRY(renew(connection, *lease_))) drop_lease();
  return {};
}

void Holder::drop_lease() {
  if (lease_.has_value()) log::warn("store: this server no longer gives the positions (epoch {})", lease_->epoch);
  lease_.reset();
}

void Holder::give_lease_back(Connection& connection) {
  if (!lease_.has_value()) return;
  // Without it the lease runs out by itself.
  static_cast<void>(release(connection, *lease_));
  lease_.reset();
}

Done Holder::commit(Connection& connection, bool own, bool submissions) {
  Work work = TRY(collect(connection, own, submissions));
  if (work.parts() == 0) return {};
  return commit_group(connection, std::move(work));
}

Outcome<Holder::Work> Holder::collect(Connection& connection, bool own, bool submissions) {
  const bool alone = alone_ > 0;
  if (alone) --alone_;
  Work work;
  if (submissions) work.submissions = TRY(waiting(connection, alone ? 1 : kSubmissionsPerGroup));
  if (!own || (alone && !work.submissions.empty())) return work;
  work.own = alone ? queue_.take(1) : queue_.take();
  return work;
}

Done Holder::commit_group(Connection& connection, Work work) {
  const Gathered gathered = gather(work.submissions, work.own);
  const Names names = names_in(gathered.batches);
  GroupPlan plan;
  Outcomes outcomes;
  bool sent = false;
  const auto attempt = [&]() -> Done {
    sent = false;
    Known known = TRY(look_up(connection, names));
    plan = plan_group(gathered.batches, lease_->next, std::move(known));
    outcomes = {.submissions = outcomes_of(work.submissions, gathered, plan.receipts)};
    if (!plan.writes() && outcomes.submissions.empty()) return {};
    if (!work.own.empty()) {
      outcomes.server = server_;
      append_u64(outcomes.group, ++groups_);
    }
    sent = true;
    return write(connection, *lease_, plan, outcomes);
  };
  Done done = attempt();
  for (int i = 1; i < kAttempts && !done.has_value() && done.error().kind == Fault::Kind::retry; ++i) done = attempt();
  if (!done.has_value())
    return break_off(connection, std::move(work), {sent ? outcomes.group : "", {}, std::move(plan.receipts)}, done.error());
  lease_->next = plan.next;
  ++progress_.commits;
  progress_.advance(plan.next - 1);
  settle(std::move(work.own), std::move(plan.receipts), progress_);
  return {};
}

Done Holder::break_off(Connection& connection, Work work, Unresolved group, const Fault& fault) {
  switch (fault.kind) {
    case Fault::Kind::lost:
      if (group.mark.empty()) break;
      group.own = std::move(work.own);
      unresolved_ = std::move(group);
      return std::unexpected(fault);
    case Fault::Kind::stale: drop_lease(); break;
    case Fault::Kind::retry: break;
    case Fault::Kind::refused: settle(std::move(work.own), Error(fault), progress_); return std::unexpected(fault);
    case Fault::Kind::statement:
      if (work.parts() == 1) return reject(connection, std::move(work), fault);
      alone_ = work.parts();
      queue_.put_back(std::move(work.own));
      return {};
  }
  queue_.put_back(std::move(work.own));
  return std::unexpected(fault);
}

Done Holder::reject(Connection& connection, Work work, const Fault& fault) {
  log::error("store: a batch was refused: {}", Error(fault).text());
  settle(std::move(work.own), Error(fault), progress_);
  if (work.submissions.empty()) return {};
  const GroupPlan nothing{.first = lease_->next, .next = lease_->next};
  return write(connection, *lease_, nothing, {.submissions = {{work.submissions.front().id, encode_receipts({})}}});
}

Done Holder::resolve(Connection& connection) {
  const std::optional<std::string> mark = TRY(outcome_of(connection, server_));
  Unresolved group = std::move(*unresolved_);
  unresolved_.reset();
  if (mark == group.mark)
    settle(std::move(group.own), std::move(group.receipts), progress_);
  else
    queue_.put_back(std::move(group.own));
  return {};
}

void Holder::abandon(const Error& error) {
  if (!unresolved_.has_value()) return;
  settle(std::move(unresolved_->own), error, progress_);
  unresolved_.reset();
}

}  // namespace fairway::store::postgres
