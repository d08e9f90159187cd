// Time stamps as the store keeps them: docs/reference/ledger.md, "What the store keeps".
#include <array>
#include <cstdio>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/timestamp.h"

namespace fairway::ledger {
namespace {

constexpr std::string_view kLatestKey = "ledger/timestamp", kStamps = "ledger/timestamp/";

std::string stamp_key(uint64_t size) {
  std::array<char, 20> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(size));
  return std::string(kStamps) + digits.data();
}

}  // namespace

std::string to_json(const Timestamp& stamp) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("size", stamp.size).member("at", stamp.at_us).member("authority", stamp.authority);
  writer.member("note", stamp.note).member("reply", to_base64(stamp.reply)).end_object();
  return out;
}

Result<Timestamp> timestamp_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a kept time stamp is not a JSON object");
  Timestamp stamp;
  const std::optional<int64_t> size = integer_of(*object, "size"), at = integer_of(*object, "at");
  if (!size || *size <= 0 || !at) return fail(Code::invalid, "a kept time stamp without size or time");
  stamp.size = static_cast<uint64_t>(*size), stamp.at_us = *at;
  stamp.authority = text_of(*object, "authority"), stamp.note = text_of(*object, "note");
  stamp.reply = TRY(from_base64(text_of(*object, "reply")));
  return stamp;
}

store::Batch keeping(const Timestamp& stamp) {
  store::Batch batch;
  const std::string text = to_json(stamp);
  batch.state.push_back({stamp_key(stamp.size), text, std::nullopt});
  batch.state.push_back({std::string(kLatestKey), text, std::nullopt});
  return batch;
}

Result<std::optional<Timestamp>> latest_timestamp(store::Snapshot& snapshot) {
  const std::optional<store::StateValue> kept = TRY(snapshot.state(kLatestKey));
  if (!kept) return std::optional<Timestamp>();
  return std::optional(TRY(timestamp_from_json(kept->value)));
}

Result<std::optional<Timestamp>> timestamp_of(store::Snapshot& snapshot, Position entry) {
  if (entry == 0) return fail(Code::invalid, "entries are counted from 1");
  const auto found = TRY(snapshot.state_scan(kStamps, stamp_key(entry - 1), 1));
  if (found.empty()) return std::optional<Timestamp>();
  return std::optional(TRY(timestamp_from_json(found.front().second.value)));
}

}  // namespace fairway::ledger
