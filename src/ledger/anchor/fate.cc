#include "ledger/anchor/fate.h"

#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

Result<std::optional<TxReceipt>> newest_receipt(Node& node, std::span<const Attempt> attempts) {
  for (size_t i = attempts.size(); i > 0; --i) {
    std::optional<TxReceipt> receipt = TRY(node.receipt(attempts[i - 1].hash));
    if (receipt) return receipt;
  }
  return std::nullopt;
}

Result<bool> is_deep(Node& node, uint64_t block_number, const std::optional<uint64_t>& confirmations) {
  if (confirmations) {
    const uint64_t height = TRY(node.height());
    return height >= block_number && height - block_number + 1 >= *confirmations;
  }
  const Result<Block> finalized = node.block("finalized");
  if (!finalized && finalized.error().code == Code::not_found) return false;  // nothing is final yet
  if (!finalized) return std::unexpected(finalized.error());
  return finalized->number >= block_number;
}

// The receipt's event, and the contract's own state after the block, in which a later anchor of the same block may have followed.
Status check_anchored(Node& node, const FateQuestion& question, const TxReceipt& receipt) {
  const std::optional<Anchored> told = anchored_in(receipt, *question.contract, question.origin_hash);
  if (told != question.anchored) return fail(Code::unavailable, "the node's receipt does not have the anchor's event");
  const std::string answer = TRY(node.call(*question.contract, call_data("latest()"), receipt.block));
  const Anchored state = TRY(anchored_from(answer));
  if (state.size < question.anchored->size || (state.size == question.anchored->size && state.root != question.anchored->root))
    return fail(Code::unavailable, "the node's state of the contract does not have the anchor", std::to_string(state.size));
  return {};
}

}  // namespace

std::string describe(const Fate& fate) {
  static constexpr std::string_view kNames[] = {"in no block", "in a block, not yet deep enough", "refused by the contract", "final"};
  std::string text(kNames[static_cast<size_t>(fate.stage)]);
  if (fate.stage != Stage::missing)
    text += ", block " + std::to_string(fate.receipt.block_number) + " " + to_data(view(fate.receipt.block)).substr(0, 18);
  return text;
}

Result<Fate> fate_at(Node& node, const FateQuestion& question) {
  std::optional<TxReceipt> receipt = TRY(newest_receipt(node, question.attempts));
  if (!receipt) return Fate{};
  Block block = TRY(node.block(receipt->block_number));
  if (block.hash != receipt->block) return Fate{};  // the chain goes another way now
  Fate fate{Stage::mined, std::move(*receipt), {}};
  if (!TRY(is_deep(node, fate.receipt.block_number, question.confirmations))) return fate;
  if (fate.receipt.succeeded && question.anchored) TRY_OK(check_anchored(node, question, fate.receipt));
  fate.stage = fate.receipt.succeeded ? Stage::final : Stage::reverted;
  fate.block = std::move(block);
  return fate;
}

Result<Fate> fate_of(Nodes& nodes, const FateQuestion& question) {
  return nodes.agreed<Fate>("the transaction", [&](Node& node) { return fate_at(node, question); }, describe);
}

}  // namespace fairway::ledger::anchor
