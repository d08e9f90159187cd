#include "ledger/witness/cosigners.h"

#include <algorithm>

#include "base/log.h"
#include "ledger/tree_store.h"

namespace fairway::ledger::witness {
namespace {

constexpr size_t kRoundsMax = 16;                       // whose late cosignatures still count
constexpr auto kLook = std::chrono::milliseconds(100);  // between two looks at whether to stop
constexpr auto kShowAfter = std::chrono::milliseconds(1'000);
constexpr auto kStoreAway = std::chrono::milliseconds(500);  // before what could not be written is tried again

int64_t ns(std::chrono::milliseconds duration) { return std::chrono::nanoseconds(duration).count(); }

std::vector<size_t> indices_of(const std::map<size_t, NoteSignature>& signatures) {
  std::vector<size_t> indices;
  for (const auto& [index, signature] : signatures) indices.push_back(index);
  return indices;
}

std::string text_of(Note note, const std::map<size_t, NoteSignature>& signatures) {
  for (const auto& [index, signature] : signatures) {
    const auto is_its = [&](const NoteSignature& other) { return other.name == signature.name && other.id == signature.id; };
    std::erase_if(note.signatures, is_its);  // an earlier one by the same witness
    note.signatures.push_back(signature);
  }
  return to_text(note);
}

}  // namespace

NodeReader nodes_of(store::Store& store) {
  return [&store](std::span<const NodeId> ids) -> Result<std::vector<Hash>> {
    const std::unique_ptr<store::Snapshot> snapshot = TRY(store.snapshot());
    TreeStore tree(*snapshot);
    return tree.nodes()(ids);
  };
}

Cosigners::Cosigners(NodeReader nodes, Checkpoints& checkpoints, Env& env, CosignersOptions options)
    : nodes_(std::move(nodes)), checkpoints_(checkpoints), env_(env), options_(std::move(options)) {
  for (const PolicyWitness& witness : checkpoints_.policy().witnesses) {
    Lane lane;
    lane.status.name = witness.name;
    lane.status.url = witness.url;
    lanes_.push_back(std::move(lane));
  }
  for (size_t index = 0; index < lanes_.size(); ++index) threads_.emplace_back([this, index] { follow(index); });
  if (!lanes_.empty()) threads_.emplace_back([this] { keep_rounds(); });
}

Cosigners::~Cosigners() { stop(); }

void Cosigners::stop() {
  stopping_ = true;
  {
    const std::scoped_lock lock(mutex_);  // so that nobody is between looking and waiting
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::vector<WitnessStatus> Cosigners::status() const {
  const std::scoped_lock lock(mutex_);
  std::vector<WitnessStatus> all;
  for (const Lane& lane : lanes_) all.push_back(lane.status);
  return all;
}

// Every signed checkpoint begins a round, but those that were overtaken while the round before was open.
void Cosigners::keep_rounds() {
  uint64_t size = 0;
  while (!stopping_) {
    if (const auto pending = checkpoints_.wait_pending(size, kLook)) {
      size = pending->checkpoint.size;
      begin(*pending);
    }
    wait_for_news();
    publish();
  }
}

void Cosigners::begin(const SignedCheckpoint& pending) {
  const auto note = note_from(pending.note);
  if (!note) return log::error("a checkpoint of this log's own cannot be read: {}", note.error().text());
  auto round = std::make_shared<Round>();
  round->checkpoint = pending.checkpoint;
  round->note = *note;
  round->shown = pending.note;
  round->began_ns = env_.steady_ns();
  {
    const std::scoped_lock lock(mutex_);
    round->number = rounds_.empty() ? 1 : rounds_.back()->number + 1;
    rounds_.push_back(std::move(round));
    if (rounds_.size() > kRoundsMax) rounds_.pop_front();
  }
  changed_.notify_all();
}

bool Cosigners::has_quorum(const Round& round) const { return is_quorum(checkpoints_.policy(), indices_of(round.signatures)); }

// Whether the newest round need not be waited for any more.
bool Cosigners::settled() const {
  if (rounds_.empty() || has_quorum(*rounds_.back())) return true;
  const Round& round = *rounds_.back();
  if (env_.steady_ns() - round.began_ns >= ns(options_.round_max)) return true;
  return std::ranges::none_of(lanes_, [&](const Lane& lane) { return lane.failures == 0 && lane.done < round.number; });
}

// Fewer than a quorum, and those that come after it, are shown only where no newer checkpoint comes soon: to show them is to write.
bool Cosigners::has_news(const Round& round) const {
  if (!round.news) return false;
  if (!round.witnessed && has_quorum(round)) return true;
  return &round == rounds_.back().get() && env_.steady_ns() - round.began_ns >= ns(kShowAfter);
}

bool Cosigners::has_news() const {
  return std::ranges::any_of(rounds_, [this](const RoundPointer& round) { return has_news(*round); });
}

// Until there is something to write, or a newer round may begin.
void Cosigners::wait_for_news() {
  std::unique_lock lock(mutex_);
  while (!stopping_ && !has_news() && !settled()) changed_.wait_for(lock, kLook);
}

void Cosigners::publish() {
  std::vector<Round> fresh;
  {
    const std::scoped_lock lock(mutex_);
    for (const RoundPointer& round : rounds_) {
      if (!has_news(*round)) continue;
      fresh.push_back(*round);
      round->news = false;
    }
  }
  for (const Round& round : fresh) publish(round);
}

void Cosigners::publish(const Round& round) {
  if (round.witnessed || !has_quorum(round)) return show(round);
  const auto before = checkpoints_.witnessed();
  const bool is_newer = !before || before->checkpoint.size < round.checkpoint.size;
  const Status known = is_newer ? checkpoints_.set_witnessed(text_of(round.note, round.signatures)) : Status();
  if (!known) log::warn("a witnessed checkpoint is not kept: {}", known.error().text());
  const bool try_again = !known && known.error().code == Code::unavailable;
  std::unique_lock lock(mutex_);
  for (const RoundPointer& kept : rounds_) {
    if (kept->number != round.number) continue;
    kept->witnessed = !try_again;
    kept->news = kept->news || try_again;
  }
  if (try_again) changed_.wait_for(lock, kStoreAway, [this] { return stopping_.load(); });
}

void Cosigners::show(const Round& round) {
  const Status shown = checkpoints_.add_cosignatures(text_of(round.note, round.signatures));
  if (!shown && shown.error().code != Code::conflict) log::warn("cosignatures are not shown: {}", shown.error().text());
}

void Cosigners::follow(size_t index) {
  auto asker = Asker::open(checkpoints_.policy().witnesses[index], options_.patience, &stopping_);
  if (!asker) {
    const std::scoped_lock lock(mutex_);
    lanes_[index].failures = 1;
    lanes_[index].status.standing = Standing::away;
    lanes_[index].status.error = asker.error().text();
    return log::error("witness {}: {}", lanes_[index].status.name, asker.error().text());
  }
  while (const RoundPointer round = next(index)) {
    const int64_t began_ns = env_.steady_ns();
    Answer answer = asker->cosign({round->note.text, round->shown, round->checkpoint}, nodes_);
    if (stopping_) return;
    const bool contradicts = answer.standing == Standing::ahead || answer.standing == Standing::fork;
    take(index, round, std::move(answer), *asker, env_.steady_ns() - began_ns);
    if (contradicts) look_into(index, *asker);
  }
}

// The newest round, once the witness may be asked about it; null when it is time to stop.
Cosigners::RoundPointer Cosigners::next(size_t index) {
  std::unique_lock lock(mutex_);
  const Lane& lane = lanes_[index];
  while (!stopping_) {
    const int64_t pause_ns = lane.again_ns - env_.steady_ns();
    if (pause_ns <= 0 && !rounds_.empty() && lane.done < rounds_.back()->number) return rounds_.back();
    changed_.wait_for(lock, pause_ns > 0 ? std::min(std::chrono::nanoseconds(pause_ns), std::chrono::nanoseconds(kLook)) : kLook);
  }
  return nullptr;
}

void Cosigners::take(size_t index, const RoundPointer& round, Answer answer, const Asker& asker, int64_t took_ns) {
  {
    const std::scoped_lock lock(mutex_);
    Lane& lane = lanes_[index];
    WitnessStatus& status = lane.status;
    if (answer.standing != status.standing && answer.standing != Standing::cosigned)
      log::warn("witness {}: {}: {}", status.name, name(answer.standing), answer.error);
    if (answer.standing == Standing::cosigned && status.standing != answer.standing) log::info("witness {} cosigns", status.name);
    if (asker.went_back() > status.went_back)
      log::warn("witness {} has cosigned more than it remembers: its state was restored from an old copy", status.name);
    status.standing = answer.standing;
    status.error = std::move(answer.error);
    status.size = asker.size();
    status.went_back = asker.went_back();
    if (answer.standing != Standing::away && answer.standing != Standing::waiting) status.answered_us = env_.now_us();
    if (answer.signature) {
      lane.done = round->number;
      lane.failures = 0;
      ++status.cosignatures;
      status.took_us = took_ns / 1000;
      round->signatures.insert_or_assign(index, std::move(*answer.signature));
      round->news = true;
    } else {
      ++status.failures;
      const int64_t pause_ns = ns(options_.first_pause) << std::min(lane.failures, 16);
      lane.again_ns = env_.steady_ns() + std::min(pause_ns, ns(options_.pause_max));
      ++lane.failures;
    }
  }
  changed_.notify_all();
}

// A witness says that it has cosigned what this log cannot have signed. Where it has the proof of that, a note signed by this log's own
// key, the log had better not sign on before everybody has been asked.
void Cosigners::look_into(size_t index, Asker& asker) {
  const auto& policy = checkpoints_.policy();
  const auto pending = checkpoints_.pending();
  if (!pending) return;
  std::vector<VerifierKey> keys;
  for (const PolicyLog& log : policy.logs) keys.push_back(log.key);
  const auto remembered = asker.remembered(pending->checkpoint.origin, keys);
  if (!remembered || !*remembered) return;
  const uint64_t size = (*remembered)->size;
  if (size <= pending->checkpoint.size) {
    const auto root = root_of(size, nodes_);
    if (!root || *root == *(*remembered)->root) return;
  }
  options_.doubt("witness " + policy.witnesses[index].name + " proves that this log's key has signed size " + std::to_string(size) +
                 " of a tree that is not this store's");
}

}  // namespace fairway::ledger::witness
