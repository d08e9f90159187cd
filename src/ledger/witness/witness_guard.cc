#include "ledger/witness/witness_guard.h"

#include <mutex>
#include <thread>

namespace fairway::ledger::witness {
namespace {

constexpr std::string_view kCure =
    "this store is older than what was signed from it: bring the newer one back, or begin a new origin; docs/howto/run-a-witness.md, "
    "\"When the "
    "log does not sign\", says how. Entries are taken in meanwhile";

std::unexpected<Error> untold(const PolicyWitness& witness, std::string_view why) {
  return fail(Code::unavailable, "a witness does not say what it has cosigned", witness.name + ": " + std::string(why));
}

// What the witness proves, held against the tree.
Status compare(const PolicyWitness& witness, const Remembered& remembered, const Checkpoint& head, const NodeReader& nodes) {
  const std::string size = std::to_string(remembered.size);
  if (remembered.size > head.size)
    return fail(Code::conflict, "a witness has cosigned a larger tree than this store has",
                witness.name + " has cosigned size " + size + ", the store has " + std::to_string(head.size), std::string(kCure));
  const auto root = root_of(remembered.size, nodes);
  if (!root) return untold(witness, root.error().text());
  if (*root != *remembered.root)
    return fail(Code::conflict, "a witness has cosigned another tree of this log's name",
                witness.name + " has cosigned size " + size + " with another root", std::string(kCure));
  return {};
}

// A witness without a monitoring route is shown once more what the log has signed already.
Status show(const PolicyWitness& witness, std::string_view signed_note, Asker& asker, const NodeReader& nodes) {
  const Note note = TRY(note_from(signed_note));
  const Shown shown{note.text, signed_note, TRY(checkpoint_from(note.text))};
  const Answer answer = asker.cosign(shown, nodes);
  if (answer.standing == Standing::cosigned) return {};
  return untold(witness, std::string(witness::name(answer.standing)) + ": " + answer.error);
}

}  // namespace

WitnessGuard::WitnessGuard(Policy policy, std::chrono::milliseconds patience) : policy_(std::move(policy)), patience_(patience) {
  for (const PolicyLog& log : policy_.logs) log_keys_.push_back(log.key);
}

Status WitnessGuard::ask(const PolicyWitness& witness, const GuardQuestion& question, const NodeReader& nodes) const {
  auto asker = Asker::open(witness, patience_, &stopping_);
  if (!asker) return untold(witness, asker.error().text());
  const auto remembered = asker->remembered(question.head.origin, log_keys_);
  if (!remembered) return untold(witness, remembered.error().text());
  if (*remembered) return compare(witness, **remembered, question.head, nodes);
  // It has cosigned nothing, or keeps it to itself.
  return question.signed_note.empty() ? Status() : show(witness, question.signed_note, *asker, nodes);
}

Status WitnessGuard::agree(const GuardQuestion& question) {
  std::mutex reading;
  const NodeReader nodes = [&](std::span<const NodeId> ids) {
    const std::scoped_lock lock(reading);
    return question.nodes(ids);
  };
  std::vector<Status> opinions(policy_.witnesses.size());
  std::vector<std::thread> threads;
  for (size_t index = 0; index < opinions.size(); ++index)
    threads.emplace_back([&, index] { opinions[index] = ask(policy_.witnesses[index], question, nodes); });
  for (std::thread& thread : threads) thread.join();

  std::vector<size_t> untold;
  std::string why;
  for (size_t index = 0; index < opinions.size(); ++index) {
    if (opinions[index]) continue;
    if (opinions[index].error().code == Code::conflict) return opinions[index];
    untold.push_back(index);
    why += (why.empty() ? "" : "; ") + opinions[index].error().detail;
  }
  if (untold.empty() || policy_.quorum == "none" || !is_quorum(policy_, untold)) return {};
  return fail(Code::unavailable, "nothing is signed before the witnesses have said what they remember", why,
              "they alone could have been a quorum for a newer checkpoint than this store has; it is tried again");
}

}  // namespace fairway::ledger::witness
