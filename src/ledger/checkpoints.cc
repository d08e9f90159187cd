#include "ledger/checkpoints.h"

#include "ledger/state_keys.h"

namespace fairway::ledger {
namespace {

std::vector<VerifierKey> keys_of(const Policy& policy) {
  std::vector<VerifierKey> keys;
  for (const PolicyLog& log : policy.logs) keys.push_back(log.key);
  for (const PolicyWitness& witness : policy.witnesses) keys.push_back(witness.key);
  return keys;
}

}  // namespace

Checkpoints::Checkpoints(store::Store& store, Env& env, Policy policy) : store_(store), env_(env), policy_(std::move(policy)) {}

std::optional<SignedCheckpoint> Checkpoints::pending() const {
  const std::lock_guard lock(mutex_);
  return pending_;
}

std::optional<SignedCheckpoint> Checkpoints::witnessed() const {
  const std::lock_guard lock(mutex_);
  return witnessed_;
}

std::optional<SignedCheckpoint> Checkpoints::wait_pending(uint64_t size, std::chrono::milliseconds patience) const {
  return wait(&Checkpoints::pending_, size, patience);
}

std::optional<SignedCheckpoint> Checkpoints::wait_witnessed(uint64_t size, std::chrono::milliseconds patience) const {
  return wait(&Checkpoints::witnessed_, size, patience);
}

std::optional<SignedCheckpoint> Checkpoints::wait(Latest which, uint64_t size, std::chrono::milliseconds patience) const {
  std::unique_lock lock(mutex_);
  const auto is_newer = [&] { return this->*which && (this->*which)->checkpoint.size > size; };
  moved_.wait_for(lock, patience, [&] { return stopping_ || is_newer(); });
  return !stopping_ && is_newer() ? this->*which : std::nullopt;
}

Status Checkpoints::add_cosignatures(const std::string& note) {
  const SignedCheckpoint latest = TRY(read(note));
  TRY(verify(TRY(note_from(note)), keys_of(policy_)));
  const std::lock_guard writing(writing_);
  const std::optional<SignedCheckpoint> before = pending();
  if (!before || before->checkpoint.size > latest.checkpoint.size) return {};
  if (before->checkpoint != latest.checkpoint) return fail(Code::conflict, "the cosignatures are of another tree of this size");
  const auto snapshot = TRY(store_.snapshot());
  TRY(store_.commit_and_wait({.entries = {}, .state = {TRY(write_over(*snapshot, kCheckpointKey, latest))}}));
  show(&Checkpoints::pending_, latest);
  return {};
}

Status Checkpoints::set_witnessed(const std::string& note) {
  const SignedCheckpoint latest = TRY(read(note));
  TRY(verify_checkpoint(policy_, note));
  const std::lock_guard writing(writing_);
  const auto snapshot = TRY(store_.snapshot());
  store::Batch batch;
  batch.state.push_back(TRY(write_over(*snapshot, kWitnessedKey, latest)));
  const std::optional<SignedCheckpoint> before = pending();
  const bool is_pending = before && before->checkpoint == latest.checkpoint;
  if (is_pending) batch.state.push_back(TRY(write_over(*snapshot, kCheckpointKey, latest)));
  TRY(store_.commit_and_wait(std::move(batch)));
  if (is_pending) show(&Checkpoints::pending_, latest);
  show(&Checkpoints::witnessed_, latest);
  return {};
}

Status Checkpoints::set_pending(const std::string& note) {
  const SignedCheckpoint latest = TRY(read(note));
  const bool asks_nobody = is_quorum(policy_, {});
  const std::lock_guard writing(writing_);
  const auto snapshot = TRY(store_.snapshot());
  store::Batch batch;
  batch.state.push_back(TRY(write_over(*snapshot, kCheckpointKey, latest)));
  if (asks_nobody) batch.state.push_back(TRY(write_over(*snapshot, kWitnessedKey, latest)));
  TRY(store_.commit_and_wait(std::move(batch)));
  show(&Checkpoints::pending_, latest);
  if (asks_nobody) show(&Checkpoints::witnessed_, latest);
  return {};
}

Status Checkpoints::resume() {
  const std::lock_guard writing(writing_);
  const auto snapshot = TRY(store_.snapshot());
  for (const auto& [key, which] : {std::pair(kCheckpointKey, &Checkpoints::pending_), std::pair(kWitnessedKey, &Checkpoints::witnessed_)}) {
    const auto kept = TRY(snapshot->state(key));
    if (kept) show(which, TRY(read(kept->value)));
  }
  return {};
}

Result<SignedCheckpoint> Checkpoints::read(const std::string& note) const {
  return SignedCheckpoint{TRY(checkpoint_from(TRY(note_from(note)).text)), note, env_.now_us()};
}

Result<store::StateWrite> Checkpoints::write_over(store::Snapshot& snapshot, std::string_view key, const SignedCheckpoint& latest) const {
  const auto kept = TRY(snapshot.state(key));
  if (kept) {
    const SignedCheckpoint before = TRY(read(kept->value));
    if (before.checkpoint.size > latest.checkpoint.size)
      return fail(Code::conflict, "a newer checkpoint is there already", std::to_string(before.checkpoint.size));
    if (before.checkpoint.size == latest.checkpoint.size && before.checkpoint.root != latest.checkpoint.root)
      return fail(Code::conflict, "another tree of this size has been signed", std::to_string(latest.checkpoint.size));
  }
  return store::StateWrite{std::string(key), latest.note, kept ? kept->version : 0};
}

void Checkpoints::show(Latest which, const SignedCheckpoint& latest) {
  {
    const std::lock_guard lock(mutex_);
    this->*which = latest;
  }
  moved_.notify_all();
}

void Checkpoints::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  moved_.notify_all();
}

}  // namespace fairway::ledger
