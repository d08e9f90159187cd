#include "ledger/anchor/transaction.h"

#include <algorithm>
#include <vector>

#include "ledger/anchor/keccak.h"
#include "ledger/anchor/rlp.h"

namespace fairway::ledger::anchor {
namespace {

using Items = std::vector<std::string>;

Items items_of(const Transaction& transaction) {
  const std::string to = rlp_bytes(transaction.to ? view(*transaction.to) : std::string_view());
  const std::string price = rlp_number(transaction.fee.max);
  Items items;
  if (!transaction.fee.legacy) items = {rlp_number(transaction.chain_id)};
  items.push_back(rlp_number(transaction.nonce));
  if (!transaction.fee.legacy) items.push_back(rlp_number(transaction.fee.priority));
  items.insert(items.end(), {price, rlp_number(transaction.gas), to, rlp_number(transaction.value_wei), rlp_bytes(transaction.data)});
  if (!transaction.fee.legacy) items.push_back(rlp_list({}));  // no access list
  return items;
}

std::string envelope(const Transaction& transaction, const Items& items) {
  return (transaction.fee.legacy ? "" : "\x02") + rlp_list(items);
}

Hash hash_of(std::string_view bytes) {
  Hash hash{};
  std::ranges::copy(keccak256(bytes), hash.begin());
  return hash;
}

}  // namespace

Hash signing_digest(const Transaction& transaction) {
  Items items = items_of(transaction);
  if (transaction.fee.legacy) items.insert(items.end(), {rlp_number(transaction.chain_id), rlp_number(0), rlp_number(0)});  // EIP-155
  return hash_of(envelope(transaction, items));
}

Result<SignedTransaction> sign(const Transaction& transaction, const TxSigner& signer) {
  const Signature signature = TRY(signer.sign(signing_digest(transaction)));
  Items items = items_of(transaction);
  const uint64_t v = transaction.fee.legacy ? 2 * transaction.chain_id + 35 + signature.y_parity : signature.y_parity;
  items.insert(items.end(), {rlp_number(v), rlp_number(view(signature.r)), rlp_number(view(signature.s))});
  std::string raw = envelope(transaction, items);
  const Hash hash = hash_of(raw);
  return SignedTransaction{std::move(raw), hash};
}

}  // namespace fairway::ledger::anchor
