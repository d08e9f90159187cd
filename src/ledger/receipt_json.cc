// The text of a receipt.
#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/receipt.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr size_t kReceiptBytesMax = 8u << 20;
constexpr size_t kPathMax = 32;  // hashes
constexpr int64_t kVersion = 1;

Result<uint64_t> count_of(const json::object& object, std::string_view name) {
  const auto number = integer_of(object, name);
  if (!number || *number < 0) return fail(Code::invalid, "a receipt's number is missing", std::string(name));
  return static_cast<uint64_t>(*number);
}

Result<PromisedEntry> entry_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return fail(Code::invalid, "a receipt's entry is a JSON object");
  PromisedEntry entry;
  entry.entry = TRY(count_of(*object, "entry"));
  entry.event = text_of(*object, "event");
  entry.digest = TRY(exact_hash(text_of(*object, "digest")));
  return entry;
}

Result<Promise> promise_from(const json::object& object) {
  Promise promise;
  promise.party = text_of(object, "party");
  promise.sent = TRY(exact_hash(text_of(object, "sent")));
  const json::array* entries = array_of(object, "entries");
  if (entries == nullptr || entries->empty() || entries->size() > kPromisedEntriesMax)
    return fail(Code::invalid, "a receipt is of 1 to " + std::to_string(kPromisedEntriesMax) + " entries");
  for (const json::value& entry : *entries) promise.entries.push_back(TRY(entry_from(entry)));
  return promise;
}

}  // namespace

std::string to_json(const Promise& promise) {
  std::string out;
  out.reserve(160 + 128 * promise.entries.size());
  JsonWriter writer(out);
  writer.begin_object().member("party", promise.party).member("sent", to_base64(view(promise.sent))).key("entries").begin_array();
  for (const PromisedEntry& entry : promise.entries) {
    writer.begin_object().member("entry", entry.entry).optional_member("event", entry.event);
    writer.member("digest", to_base64(view(entry.digest))).end_object();
  }
  writer.end_array().end_object();
  return out;
}

std::string to_json(const Receipt& receipt) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("version", kVersion).key("promise").raw(to_json(receipt.promise));
  writer.member("index", receipt.index).key("path").begin_array();
  for (const Hash& hash : receipt.path) writer.value(to_base64(view(hash)));
  writer.end_array().member("note", receipt.note).end_object();
  return out;
}

Result<Receipt> receipt_from_json(std::string_view text) {
  if (text.size() > kReceiptBytesMax) return fail(Code::too_large, "the receipt is too large", std::to_string(text.size()) + " bytes");
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr || integer_of(*object, "version") != kVersion)
    return fail(Code::invalid, "the text is no receipt of version " + std::to_string(kVersion));
  const json::object* promise = object_of(*object, "promise");
  const json::array* path = array_of(*object, "path");
  if (promise == nullptr || path == nullptr || path->size() > kPathMax) return fail(Code::invalid, "a receipt has a promise and a path");
  Receipt receipt;
  receipt.promise = TRY(promise_from(*promise));
  receipt.index = TRY(count_of(*object, "index"));
  for (const json::value& hash : *path) {
    if (!hash.is_string()) return fail(Code::invalid, "a receipt's path is of hashes");
    receipt.path.push_back(TRY(exact_hash(std::string_view(hash.get_string()))));
  }
  receipt.note = text_of(*object, "note");
  if (to_json(receipt) != text) return fail(Code::invalid, "a receipt has one spelling, without blanks, and this is another");
  return receipt;
}

}  // namespace fairway::ledger
