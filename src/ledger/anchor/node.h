// Node: the questions that anchoring asks one node of a chain, typed. Answers are read strictly; whether they are true is another matter
// (nodes.h). Not thread-safe. Errors are JsonRpc's, and Code::unavailable for an answer that is not of its form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/abi.h"
#include "ledger/anchor/address.h"
#include "ledger/anchor/json_rpc.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

struct Block {
  uint64_t number = 0;
  Hash hash{};
  uint64_t time_s = 0;
  uint64_t base_fee = 0;  // wei; 0 where the chain has none
  std::string header;     // JSON as the node gave it, without the lists of what is in the block
};
struct TxLog {
  Address address{};
  std::vector<Hash> topics;
  std::string data;
};
struct TxReceipt {
  Hash transaction{};
  Hash block{};
  uint64_t block_number = 0;
  bool succeeded = false;
  uint64_t gas_used = 0;
  std::optional<Address> contract;  // that it has made
  std::vector<TxLog> logs;
  std::string json;  // as the node gave it
};
// What the receipt's event says that the contract has anchored for this log; nullopt where there is no such event.
[[nodiscard]] std::optional<Anchored> anchored_in(const TxReceipt& receipt, const Address& contract, const Hash& origin_hash);

class Node {
 public:
  explicit Node(JsonRpc rpc) : rpc_(std::move(rpc)) {}
  [[nodiscard]] const std::string& name() const { return rpc_.name(); }

  [[nodiscard]] Result<uint64_t> chain_id();
  [[nodiscard]] Result<uint64_t> height();                      // of the newest block
  [[nodiscard]] Result<Block> block(std::string_view tag);      // "latest", "finalized"; Code::not_found where there is none
  [[nodiscard]] Result<Block> block(uint64_t number);           // the one that counts at that height
  [[nodiscard]] Result<uint64_t> nonce(const Address& sender);  // how many transactions of the sender's are in blocks
  [[nodiscard]] Result<Hash> send(std::string_view raw);        // a signed transaction
  [[nodiscard]] Result<std::optional<TxReceipt>> receipt(const Hash& transaction);
  // What the function answers in the state after that block, as long as the block counts (EIP-1898), or after the newest one.
  [[nodiscard]] Result<std::string> call(const Address& contract, std::string_view data, const std::optional<Hash>& block = std::nullopt);

 private:
  [[nodiscard]] Result<uint64_t> number(std::string_view method, std::string_view parameters);
  [[nodiscard]] Result<Block> read_block(std::string_view reference);
  JsonRpc rpc_;
};

// The typed answers out of a node's JSON; for tests and fuzzing.
[[nodiscard]] Result<Block> block_from(const json::value& value);
[[nodiscard]] Result<std::optional<TxReceipt>> receipt_from(const json::value& value);

}  // namespace fairway::ledger::anchor
