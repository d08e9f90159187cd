#include "ledger/anchor/queue.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/anchor/quantity.h"

namespace fairway::ledger::anchor {
namespace {

constexpr std::string_view kKey = "ledger/anchor/queue";

std::unexpected<Error> odd(std::string_view where) {
  return fail(Code::invalid, "what is kept of the anchors on their way is not of its form", std::string(where));
}

// Written as quantities: fees may be past what every reader of JSON takes for a number.
Result<uint64_t> number_in(const json::object& object, std::string_view name) { return number_from_quantity(text_of(object, name)); }

void write(JsonWriter& json, const Attempt& attempt) {
  json.begin_object().member("hash", to_data(view(attempt.hash))).member("legacy", attempt.fee.legacy);
  json.member("max", to_quantity(attempt.fee.max)).member("priority", to_quantity(attempt.fee.priority));
  json.member("at", attempt.at_us).end_object();
}

Result<Attempt> attempt_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return odd("attempts");
  Attempt attempt;
  attempt.hash = TRY(hash_from_data(text_of(*object, "hash")));
  attempt.fee.legacy = truth_of(*object, "legacy").value_or(false);
  attempt.fee.max = TRY(number_in(*object, "max"));
  attempt.fee.priority = TRY(number_in(*object, "priority"));
  attempt.at_us = integer_of(*object, "at").value_or(0);
  return attempt;
}

void write(JsonWriter& json, const Pending& pending) {
  json.begin_object().member("size", to_quantity(pending.size)).member("root", to_data(view(pending.root)));
  json.member("signatures", to_data(pending.signatures)).member("nonce", to_quantity(pending.nonce)).key("attempts").begin_array();
  for (const Attempt& attempt : pending.attempts) write(json, attempt);
  json.end_array().member("raw", to_data(pending.raw)).end_object();
}

Result<Pending> pending_from(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return odd("pending");
  Pending pending;
  pending.size = TRY(number_in(*object, "size"));
  pending.root = TRY(hash_from_data(text_of(*object, "root")));
  pending.signatures = TRY(bytes_from_data(text_of(*object, "signatures")));
  pending.nonce = TRY(number_in(*object, "nonce"));
  pending.raw = TRY(bytes_from_data(text_of(*object, "raw")));
  const json::array* attempts = array_of(*object, "attempts");
  if (attempts == nullptr || attempts->empty() || attempts->size() > kAttemptsMax) return odd("attempts");
  for (const json::value& attempt : *attempts) pending.attempts.push_back(TRY(attempt_from(attempt)));
  return pending;
}

}  // namespace

std::string to_json(const Queue& queue) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("version", 1).member("chainId", to_quantity(queue.site.chain_id));
  json.member("contract", to_text(queue.site.contract)).member("origin", std::string_view(queue.origin));
  json.member("lastSize", to_quantity(queue.last_size)).member("lastAt", queue.last_at_us).key("pending").begin_array();
  for (const Pending& pending : queue.pending) write(json, pending);
  json.end_array().end_object();
  return out;
}

Result<Queue> queue_from_json(std::string_view text) {
  const json::value value = TRY(parse_json(text));
  const json::object* object = value.if_object();
  if (object == nullptr || integer_of(*object, "version") != 1) return odd("version");
  Queue queue;
  queue.site = {TRY(number_in(*object, "chainId")), TRY(address_from(text_of(*object, "contract")))};
  queue.origin = text_of(*object, "origin");
  queue.last_size = TRY(number_in(*object, "lastSize"));
  queue.last_at_us = integer_of(*object, "lastAt").value_or(0);
  const json::array* pending = array_of(*object, "pending");
  if (pending == nullptr || pending->size() > kQueueMax) return odd("pending");
  for (const json::value& one : *pending) queue.pending.push_back(TRY(pending_from(one)));
  return queue;
}

Result<Queue> load_queue(store::Snapshot& snapshot, const Site& site, std::string_view origin) {
  const std::optional<store::StateValue> kept = TRY(snapshot.state(kKey));
  Queue queue;
  if (kept) queue = TRY(queue_from_json(kept->value));
  if (queue.site != site || queue.origin != origin) queue = Queue{site, std::string(origin), 0, 0, {}, 0};
  queue.version = kept ? kept->version : 0;
  return queue;
}

store::StateWrite write_of(const Queue& queue) { return {std::string(kKey), to_json(queue), queue.version}; }

}  // namespace fairway::ledger::anchor
