#include "ledger/anchor/anchor_guard.h"

namespace fairway::ledger::anchor {

Result<std::unique_ptr<AnchorGuard>> AnchorGuard::open(const Profile& profile, std::string origin, const std::atomic<bool>* give_up) {
  if (!profile.contract) return fail(Code::invalid, "the chain's profile names no contract", profile.name);
  return std::make_unique<AnchorGuard>(TRY(Nodes::open(profile, give_up)), *profile.contract, std::move(origin));
}

Status AnchorGuard::agree(const GuardQuestion& question) {
  TRY_OK(check_contract(nodes_, contract_, origin_));
  const Anchored anchored = TRY(contract_latest(nodes_, contract_));
  if (anchored.size == 0) return {};
  if (anchored.size > question.head.size)
    return fail(Code::conflict, "a later tree of this log is anchored than it has itself",
                "the contract: size " + std::to_string(anchored.size) + "; this log: size " + std::to_string(question.head.size),
                "this store is an old copy: restore the newest one, or begin a log of another origin");
  const Hash root = TRY(root_of(anchored.size, question.nodes));
  if (root != anchored.root)
    return fail(Code::conflict, "another tree of this log is anchored than its own", "at size " + std::to_string(anchored.size),
                "entries were changed or lost: restore the store that was anchored, or begin a log of another origin");
  return {};
}

}  // namespace fairway::ledger::anchor
