#include "ledger/anchor/fees.h"

#include <algorithm>
#include <vector>

namespace fairway::ledger::anchor {
namespace {

uint64_t eighth_more(uint64_t wei) { return wei + wei / 8 + 1; }

// Nodes take the place of a transaction for a tenth more of both.
bool is_enough(const Fee& old, const Fee& fee) {
  const auto tenth_more = [](uint64_t wei) { return wei + (wei + 9) / 10; };
  return fee.max >= tenth_more(old.max) && fee.priority >= tenth_more(old.priority);
}

}  // namespace

Fee fee_for(const FeePolicy& policy, uint64_t base_fee_wei) {
  switch (policy.kind) {
    case FeeKind::zero: return {true, 0, 0};
    case FeeKind::legacy: return {true, policy.gas_price_wei, 0};
    case FeeKind::eip1559: break;
  }
  // Twice the base fee lasts for six full blocks in a row, each of which raises it by an eighth.
  const uint64_t twice = base_fee_wei > policy.max_fee_wei / 2 ? policy.max_fee_wei : 2 * base_fee_wei;
  const uint64_t max = std::min(policy.max_fee_wei, twice + policy.priority_fee_wei);
  return {false, max, std::min(policy.priority_fee_wei, max)};
}

std::optional<Fee> dearer(const FeePolicy& policy, const Fee& old, const Fee& now) {
  if (policy.kind == FeeKind::zero) return std::nullopt;
  Fee fee{old.legacy, std::max(eighth_more(old.max), now.max), 0};
  if (!old.legacy) fee.priority = std::max(eighth_more(old.priority), now.priority);
  fee.max = std::min(std::max(fee.max, fee.priority), policy.max_fee_wei);
  fee.priority = std::min(fee.priority, fee.max);
  if (!is_enough(old, fee)) return std::nullopt;
  return fee;
}

uint64_t base_fee(Nodes& nodes) {
  std::vector<Block> blocks = nodes.answers<Block>([](Node& node) { return node.block("latest"); });
  if (blocks.empty()) return 0;
  const auto middle = blocks.begin() + static_cast<std::ptrdiff_t>(blocks.size() / 2);
  std::ranges::nth_element(blocks, middle, {}, &Block::base_fee);
  return middle->base_fee;
}

}  // namespace fairway::ledger::anchor
