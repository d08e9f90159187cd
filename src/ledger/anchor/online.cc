#include "ledger/anchor/online.h"

#include "base/limits.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

std::unexpected<Error> otherwise(std::string_view what, std::string detail = {}) {
  return fail(Code::conflict, "the chain says otherwise: " + std::string(what), std::move(detail));
}

Status confirm_receipt(Node& node, const AnchorRecord& record) {
  const uint64_t chain_id = TRY(node.chain_id());
  if (chain_id != record.site.chain_id) return otherwise("the node is of another chain", std::to_string(chain_id));
  const std::optional<TxReceipt> receipt = TRY(node.receipt(record.transaction));
  if (!receipt) return otherwise("there is no such transaction", to_data(view(record.transaction)));
  if (receipt->block != record.block || receipt->block_number != record.block_number || !receipt->succeeded)
    return otherwise("the transaction is in another block, or failed", to_data(view(receipt->block)));
  const std::optional<Anchored> anchored = anchored_in(*receipt, record.site.contract, origin_hash(record.origin));
  if (anchored != Anchored{record.size, record.root}) return otherwise("the transaction has not anchored this tree");
  const Block block = TRY(node.block(record.block_number));
  if (block.hash != record.block || block.time_s != record.block_time_s)
    return otherwise("another block counts at that height, or it has another time", to_data(view(block.hash)));
  return {};
}

}  // namespace

NodeVerdict confirm_at(Node& node, const AnchorRecord& record) {
  NodeVerdict verdict{node.name(), confirm_receipt(node, record), false};
  if (!verdict.confirms) return verdict;
  const Result<std::string> answer = node.call(record.site.contract, call_data("latest()"), record.block);
  if (!answer) return verdict;  // most nodes forget the state of old blocks
  const Result<Anchored> state = anchored_from(*answer);
  verdict.state_seen = state.has_value();
  if (!state || state->size < record.size || (state->size == record.size && state->root != record.root))
    verdict.confirms = otherwise("the contract's state after the block does not have this tree");
  return verdict;
}

Result<std::vector<NodeVerdict>> confirm_online(const AnchorRecord& record, std::span<const std::string> urls) {
  if (urls.size() > limits::kAnchorNodesMax) return fail(Code::too_large, "too many nodes to ask", std::to_string(urls.size()));
  std::vector<NodeVerdict> verdicts;
  for (const std::string& url : urls) {
    Node node(TRY(JsonRpc::open(url)));
    verdicts.push_back(confirm_at(node, record));
  }
  return verdicts;
}

Status all_confirm(std::span<const NodeVerdict> verdicts) {
  if (verdicts.size() < 2) return fail(Code::invalid, "two nodes or more are wanted", {}, "one node alone could say what it likes");
  for (const NodeVerdict& verdict : verdicts)
    if (!verdict.confirms) {
      Error error = verdict.confirms.error();
      error.detail = verdict.node + (error.detail.empty() ? "" : ": " + error.detail);
      return std::unexpected(std::move(error));
    }
  return {};
}

}  // namespace fairway::ledger::anchor
