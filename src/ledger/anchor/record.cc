#include "ledger/anchor/record.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

constexpr std::string_view kLatest = "ledger/anchor/latest";
constexpr std::string_view kDone = "ledger/anchor/done/";

std::string done_key(uint64_t size) {
  std::string number;
  append_u64(number, size);
  return std::string(kDone) + to_hex(number);
}

Result<uint64_t> count_of(const json::object& object, std::string_view name) {
  const std::optional<int64_t> number = integer_of(object, name);
  if (!number || *number < 0) return fail(Code::invalid, "an anchor's record wants a number here", std::string(name));
  return static_cast<uint64_t>(*number);
}

Result<std::string> object_text(const json::object& object, std::string_view name) {
  const json::object* inner = object_of(object, name);
  if (inner == nullptr) return fail(Code::invalid, "an anchor's record wants an object here", std::string(name));
  return json::serialize(*inner);
}

}  // namespace

std::string to_json(const AnchorRecord& record) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("version", 1).member("chainId", record.site.chain_id).member("contract", to_text(record.site.contract));
  json.member("origin", std::string_view(record.origin)).member("size", record.size).member("root", to_base64(view(record.root)));
  json.member("transaction", to_data(view(record.transaction))).member("block", to_data(view(record.block)));
  json.member("blockNumber", record.block_number).member("blockTime", record.block_time_s);
  json.key("receipt").raw(record.receipt).key("header").raw(record.header).end_object();
  return out;
}

Result<AnchorRecord> anchor_record_from_json(std::string_view text) {
  const json::value value = TRY(parse_json(text));
  const json::object* object = value.if_object();
  if (object == nullptr || integer_of(*object, "version") != 1) return fail(Code::invalid, "this is no anchor's record of version 1");
  AnchorRecord record;
  record.site = {TRY(count_of(*object, "chainId")), TRY(address_from(text_of(*object, "contract")))};
  record.origin = text_of(*object, "origin");
  record.size = TRY(count_of(*object, "size"));
  record.root = TRY(hash_from(TRY(from_base64(text_of(*object, "root")))));
  record.transaction = TRY(hash_from_data(text_of(*object, "transaction")));
  record.block = TRY(hash_from_data(text_of(*object, "block")));
  record.block_number = TRY(count_of(*object, "blockNumber"));
  record.block_time_s = TRY(count_of(*object, "blockTime"));
  record.receipt = TRY(object_text(*object, "receipt"));
  record.header = TRY(object_text(*object, "header"));
  return record;
}

Result<std::optional<AnchorRecord>> latest_anchor(store::Snapshot& snapshot) {
  const std::optional<store::StateValue> kept = TRY(snapshot.state(kLatest));
  if (!kept) return std::nullopt;
  return TRY(anchor_record_from_json(kept->value));
}

Result<std::optional<AnchorRecord>> first_anchor_of(store::Snapshot& snapshot, uint64_t size_min) {
  const std::string after = size_min == 0 ? std::string() : done_key(size_min - 1);
  const auto kept = TRY(snapshot.state_scan(kDone, after, 1));
  if (kept.empty()) return std::nullopt;
  return TRY(anchor_record_from_json(kept.front().second.value));
}

Status keep(store::Snapshot& snapshot, const AnchorRecord& record, store::Batch& batch) {
  const std::string text = to_json(record);
  batch.state.push_back({std::string(kLatest), text, std::nullopt});
  batch.state.push_back({done_key(record.size), text, std::nullopt});
  const auto kept = TRY(snapshot.state_scan(kDone, "", 2 * kAnchorsKept));
  for (size_t i = 0; i + kAnchorsKept <= kept.size(); ++i) batch.state.push_back({kept[i].first, std::nullopt, std::nullopt});
  return {};
}

}  // namespace fairway::ledger::anchor
