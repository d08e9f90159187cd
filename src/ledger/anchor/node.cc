#include "ledger/anchor/node.h"

#include "base/bytes.h"
#include "base/json_writer.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

constexpr size_t kLogsMax = 64;             // of one receipt that are read
constexpr size_t kTopicsMax = 4;            // of one log, by the machine's own rules
constexpr size_t kRecordedMax = 64u << 10;  // of a receipt or header that goes into evidence

// Code::unavailable: whatever is wrong with an answer is the node's fault and may be mended.
std::unexpected<Error> odd(std::string_view what) {
  return fail(Code::unavailable, "the node's answer is not of its form", std::string(what));
}

Result<std::string_view> string_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return odd(name);
  return std::string_view(value->get_string());
}

Result<uint64_t> number_in(const json::object& object, std::string_view name) {
  const Result<uint64_t> number = number_from_quantity(TRY(string_in(object, name)));
  return number ? number : odd(name);
}

Result<Hash> hash_in(const json::object& object, std::string_view name) {
  const Result<Hash> hash = hash_from_data(TRY(string_in(object, name)));
  return hash ? hash : odd(name);
}

Result<std::string> recorded(const json::object& object) {
  std::string text = json::serialize(object);
  if (text.size() > kRecordedMax) return odd("longer than evidence takes");
  return text;
}

Result<TxLog> log_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return odd("logs");
  TxLog log;
  const Result<std::string> address = bytes_from_data(TRY(string_in(*object, "address")));
  if (!address || address->size() != log.address.size()) return odd("logs/address");
  log.address = TRY(address_from_bytes(*address));
  const json::array* topics = array_of(*object, "topics");
  if (topics == nullptr || topics->size() > kTopicsMax) return odd("logs/topics");
  for (const json::value& topic : *topics) {
    const Result<Hash> hash = topic.is_string() ? hash_from_data(topic.get_string()) : odd("logs/topics");
    if (!hash) return odd("logs/topics");
    log.topics.push_back(*hash);
  }
  Result<std::string> data = bytes_from_data(TRY(string_in(*object, "data")));
  if (!data) return odd("logs/data");
  log.data = std::move(*data);
  return log;
}

}  // namespace

Result<Block> block_from(const json::value& value) {
  if (value.is_null()) return fail(Code::not_found, "the node has no such block");
  const json::object* object = value.if_object();
  if (object == nullptr) return odd("a block is an object");
  Block block;
  block.number = TRY(number_in(*object, "number"));
  block.hash = TRY(hash_in(*object, "hash"));
  block.time_s = TRY(number_in(*object, "timestamp"));
  if (object->contains("baseFeePerGas")) block.base_fee = TRY(number_in(*object, "baseFeePerGas"));
  json::object header = *object;
  for (const std::string_view list : {"transactions", "uncles", "withdrawals"}) header.erase(list);
  block.header = TRY(recorded(header));
  return block;
}

Result<std::optional<TxReceipt>> receipt_from(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  const json::object* object = value.if_object();
  if (object == nullptr) return odd("a receipt is an object");
  TxReceipt receipt;
  receipt.transaction = TRY(hash_in(*object, "transactionHash"));
  receipt.block = TRY(hash_in(*object, "blockHash"));
  receipt.block_number = TRY(number_in(*object, "blockNumber"));
  receipt.succeeded = TRY(number_in(*object, "status")) == 1;
  receipt.gas_used = TRY(number_in(*object, "gasUsed"));
  if (const std::string_view made = text_of(*object, "contractAddress"); !made.empty()) {
    const Result<std::string> address = bytes_from_data(made);
    if (!address || address->size() != Address{}.size()) return odd("contractAddress");
    receipt.contract = TRY(address_from_bytes(*address));
  }
  const json::array* logs = array_of(*object, "logs");
  if (logs == nullptr || logs->size() > kLogsMax) return odd("logs");
  for (const json::value& log : *logs) receipt.logs.push_back(TRY(log_from(log)));
  receipt.json = TRY(recorded(*object));
  return receipt;
}

std::optional<Anchored> anchored_in(const TxReceipt& receipt, const Address& contract, const Hash& origin_hash) {
  for (const TxLog& log : receipt.logs) {
    if (log.address != contract || log.topics.size() != 3 || log.topics[0] != anchored_topic() || log.topics[1] != origin_hash) continue;
    const Result<Anchored> anchored = anchored_from(std::string(view(log.topics[2])) + log.data);
    if (anchored) return *anchored;
  }
  return std::nullopt;
}

Result<uint64_t> Node::number(std::string_view method, std::string_view parameters) {
  const json::value answer = TRY(rpc_.call(method, parameters));
  if (!answer.is_string()) return odd(method);
  const Result<uint64_t> number = number_from_quantity(answer.get_string());
  return number ? number : odd(method);
}

Result<uint64_t> Node::chain_id() { return number("eth_chainId", "[]"); }

Result<uint64_t> Node::height() { return number("eth_blockNumber", "[]"); }

Result<uint64_t> Node::nonce(const Address& sender) {
  return number("eth_getTransactionCount", R"([")" + to_data(view(sender)) + R"(","latest"])");
}

Result<Block> Node::read_block(std::string_view reference) {
  const json::value answer = TRY(rpc_.call("eth_getBlockByNumber", R"([")" + std::string(reference) + R"(",false])"));
  return block_from(answer);
}

Result<Block> Node::block(std::string_view tag) { return read_block(tag); }

Result<Block> Node::block(uint64_t number) {
  Block block = TRY(read_block(to_quantity(number)));
  if (block.number != number) return odd("another block than the one asked for");
  return block;
}

Result<Hash> Node::send(std::string_view raw) {
  const json::value answer = TRY(rpc_.call("eth_sendRawTransaction", R"([")" + to_data(raw) + R"("])"));
  const Result<Hash> hash = answer.is_string() ? hash_from_data(answer.get_string()) : odd("a hash");
  return hash ? hash : odd("eth_sendRawTransaction");
}

Result<std::optional<TxReceipt>> Node::receipt(const Hash& transaction) {
  const json::value answer = TRY(rpc_.call("eth_getTransactionReceipt", R"([")" + to_data(view(transaction)) + R"("])"));
  std::optional<TxReceipt> receipt = TRY(receipt_from(answer));
  if (receipt && receipt->transaction != transaction) return odd("the receipt of another transaction");
  return receipt;
}

Result<std::string> Node::call(const Address& contract, std::string_view data, const std::optional<Hash>& block) {
  std::string parameters;
  JsonWriter json(parameters);
  json.begin_array().begin_object().member("to", to_data(view(contract))).member("data", to_data(data)).end_object();
  if (block)
    json.begin_object().member("blockHash", to_data(view(*block))).member("requireCanonical", true).end_object();
  else
    json.value("latest");
  json.end_array();
  const json::value answer = TRY(rpc_.call("eth_call", parameters));
  Result<std::string> bytes = answer.is_string() ? bytes_from_data(answer.get_string()) : odd("bytes");
  if (!bytes) return odd("eth_call");
  return bytes;
}

}  // namespace fairway::ledger::anchor
