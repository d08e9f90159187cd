#include "exchange/onerecord/book.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/writer.h"

namespace fairway::exchange::onerecord {
namespace {

constexpr int kTries = 6;  // where others write to the same object meanwhile
constexpr size_t kTimeDigits = 16;
constexpr size_t kIdBytesMax = 64;
constexpr std::string_view kRoot = "onerecord/";

std::string head_key(std::string_view id) { return std::string(kRoot) + "o/" + std::string(id); }
std::string revision_key(std::string_view id, uint64_t revision) { return fmt::format("{}v/{}/{:010}", kRoot, id, revision); }
std::string events_prefix(std::string_view id) { return fmt::format("{}e/{}/", kRoot, id); }
std::string request_key(std::string_view id) { return fmt::format("{}a/{}", kRoot, id); }
std::string requests_prefix(std::string_view object) { return fmt::format("{}b/{}/", kRoot, object); }
std::string topic_prefix(std::string_view topic) { return fmt::format("{}s/{}/", kRoot, to_hex(sha256(topic).substr(0, 16))); }

std::string kept_text(const ld::Node& node, int64_t us) {
  return fmt::format("{:016x}", static_cast<uint64_t>(us)) + ld::write_document(node);
}

Result<Kept> kept_from(const store::StateValue& value) {
  Kept kept;
  uint64_t us = 0;
  const std::string_view text = value.value;
  if (text.size() < kTimeDigits) return fail(Code::internal, "a damaged ONE Record document");
  std::from_chars(text.data(), text.data() + kTimeDigits, us, 16);
  kept.us = static_cast<int64_t>(us);
  kept.node = TRY(ld::read_object(text.substr(kTimeDigits)));
  kept.version = value.version;
  return kept;
}

Result<std::optional<Kept>> find_kept(store::Snapshot& snapshot, const std::string& key) {
  const auto value = TRY(snapshot.state(key));
  if (!value) return std::nullopt;
  return TRY(kept_from(*value));
}

Result<std::vector<Kept>> requests_under(store::Snapshot& snapshot, const std::string& prefix, size_t most) {
  const auto names = TRY(snapshot.state_scan(prefix, "", most));
  std::vector<std::string> keys;
  for (const auto& [key, value] : names) keys.push_back(request_key(std::string_view(key).substr(prefix.size())));
  const auto values = TRY(snapshot.states(keys));
  std::vector<Kept> all;
  for (const auto& value : values)
    if (value) all.push_back(TRY(kept_from(*value)));
  std::ranges::stable_sort(all, {}, &Kept::us);
  return all;
}

std::string head_json(const Head& head) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("holder", head.holder).member("type", head.type).member("created", head.created_us);
  writer.member("modified", head.modified_us).member("eventsModified", head.events_us).member("revision", head.revision);
  writer.member("events", head.events).member("requests", head.requests).key("references").begin_array();
  for (const std::string& reference : head.references) writer.value(reference);
  writer.end_array().end_object();
  return out;
}

Result<Head> head_from(std::string_view id, const store::StateValue& value) {
  const json::value parsed = TRY(parse_json(value.value));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a damaged logistics object", std::string(id));
  Head head;
  head.id = id;
  head.holder = text_of(*object, "holder");
  head.type = text_of(*object, "type");
  head.created_us = integer_of(*object, "created").value_or(0);
  head.modified_us = integer_of(*object, "modified").value_or(0);
  head.events_us = integer_of(*object, "eventsModified").value_or(0);
  head.revision = static_cast<uint64_t>(integer_of(*object, "revision").value_or(1));
  head.events = static_cast<uint64_t>(integer_of(*object, "events").value_or(0));
  head.requests = static_cast<uint64_t>(integer_of(*object, "requests").value_or(0));
  if (const json::array* references = array_of(*object, "references"))
    for (const json::value& item : *references)
      if (const json::string* text = item.if_string()) head.references.emplace_back(text->data(), text->size());
  head.version = value.version;
  return head;
}

}  // namespace

bool is_id(std::string_view id) {
  const auto fine = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; };
  return !id.empty() && id.size() <= kIdBytesMax && std::ranges::all_of(id, fine);
}

std::string_view object_id(std::string_view address) {
  if (!address.starts_with(kObjects)) return {};
  address.remove_prefix(kObjects.size());
  const std::string_view id = address.substr(0, address.find_first_of("/?#"));
  return is_id(id) ? id : std::string_view();
}

Result<std::optional<Head>> find_head(store::Snapshot& snapshot, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  const auto value = TRY(snapshot.state(head_key(id)));
  if (!value) return std::nullopt;
  return TRY(head_from(id, *value));
}

Result<std::optional<Kept>> find_revision(store::Snapshot& snapshot, const Head& head, uint64_t revision) {
  return find_kept(snapshot, revision_key(head.id, revision));
}

Result<std::optional<Kept>> find_event(store::Snapshot& snapshot, std::string_view object, std::string_view event) {
  if (!is_id(event)) return std::nullopt;
  return find_kept(snapshot, events_prefix(object) + std::string(event));
}

Result<std::vector<Kept>> events_of(store::Snapshot& snapshot, std::string_view object) {
  const auto values = TRY(snapshot.state_scan(events_prefix(object), "", limits::kLogisticsEventsMax));
  std::vector<Kept> all;
  for (const auto& [key, value] : values) all.push_back(TRY(kept_from(value)));
  std::ranges::stable_sort(all, {}, &Kept::us);
  return all;
}

Result<std::optional<Kept>> find_request(store::Snapshot& snapshot, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  return find_kept(snapshot, request_key(id));
}

Result<std::vector<Kept>> requests_of(store::Snapshot& snapshot, std::string_view object) {
  return requests_under(snapshot, requests_prefix(object), limits::kActionRequestsMax);
}

Result<std::vector<Kept>> subscriptions_to(store::Snapshot& snapshot, std::string_view topic) {
  return requests_under(snapshot, topic_prefix(topic), limits::kSubscriptionsPerTopicMax);
}

void put_head(store::Batch& batch, const Head& head) { batch.state.push_back({head_key(head.id), head_json(head), head.version}); }

void put_revision(store::Batch& batch, const Head& head, const ld::Node& node, int64_t now_us) {
  batch.state.push_back({revision_key(head.id, head.revision), kept_text(node, now_us), 0});
}

void put_event(store::Batch& batch, const Head& head, std::string_view event, const ld::Node& node, int64_t now_us) {
  batch.state.push_back({events_prefix(head.id) + std::string(event), kept_text(node, now_us), 0});
}

void put_request(store::Batch& batch, std::string_view id, const Kept& request) {
  batch.state.push_back({request_key(id), kept_text(request.node, request.us), request.version});
}

void list_request(store::Batch& batch, std::string_view object, std::string_view request) {
  batch.state.push_back({requests_prefix(object) + std::string(request), "", std::nullopt});
}

void list_subscription(store::Batch& batch, std::string_view topic, std::string_view request, bool stands) {
  store::StateWrite write{topic_prefix(topic) + std::string(request), std::nullopt, std::nullopt};
  if (stands) write.value = "";
  batch.state.push_back(std::move(write));
}

Result<http::Response> transact(Call& call, const Work& work) {
  for (int attempt = 1;; ++attempt) {
    store::Batch batch;
    const auto snapshot = TRY(call.services.store.snapshot());
    Result<http::Response> response = work(*snapshot, batch);
    if (!response || (batch.state.empty() && batch.entries.empty())) return response;
    const auto receipt = call.services.store.commit_and_wait(std::move(batch));
    if (receipt) return response;
    if (receipt.error().code != Code::conflict || attempt == kTries) return std::unexpected(receipt.error());
  }
}

}  // namespace fairway::exchange::onerecord
