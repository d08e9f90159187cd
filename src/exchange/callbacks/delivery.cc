#include "exchange/callbacks/delivery.h"

#include <fmt/format.h>

#include <array>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::exchange::callbacks {
namespace {

constexpr std::array<std::string_view, 3> kFates = {"waiting", "delivered", "dead"};

Result<Delivery> delivery_from(const json::object& object) {
  Delivery delivery;
  delivery.id = text_of(object, "id");
  if (const json::array* entries = array_of(object, "entries"))
    for (const json::value& entry : *entries)
      if (entry.is_int64() || entry.is_uint64()) delivery.positions.push_back(entry.to_number<Position>());
  if (delivery.positions.empty()) return fail(Code::internal, "a delivery is not as it should be", delivery.id);
  for (size_t i = 0; i < kFates.size(); ++i)
    if (text_of(object, "state") == kFates[i]) delivery.fate = static_cast<Fate>(i);
  delivery.attempts = static_cast<int>(integer_of(object, "attempts").value_or(0));
  delivery.status = static_cast<int>(integer_of(object, "status").value_or(0));
  delivery.error = text_of(object, "error");
  delivery.at_us = integer_of(object, "at").value_or(0);
  delivery.again = truth_of(object, "again").value_or(false);
  delivery.report = truth_of(object, "report").value_or(false);
  return delivery;
}

}  // namespace

std::string_view name(Fate fate) { return kFates.at(static_cast<size_t>(fate)); }

Delivery make_delivery(std::string_view subscription, std::vector<Position> positions) {
  Delivery delivery;
  delivery.id = uuid_from_digest(sha256(fmt::format("{}:{}", subscription, positions.front())));
  delivery.positions = std::move(positions);
  return delivery;
}

Delivery make_report(std::string_view subscription, Position searched, int64_t moment_us) {
  Delivery delivery;
  delivery.id = uuid_from_digest(sha256(fmt::format("{}:report:{}", subscription, moment_us)));
  delivery.positions = {searched};
  delivery.report = true;
  return delivery;
}

std::string to_json(const Delivery& delivery) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", delivery.id).key("entries").begin_array();
  for (const Position position : delivery.positions) writer.value(position);
  writer.end_array().member("state", name(delivery.fate)).member("attempts", delivery.attempts);
  if (delivery.status != 0) writer.member("status", delivery.status);
  writer.optional_member("error", delivery.error).member("at", delivery.at_us);
  if (delivery.again) writer.member("again", true);
  if (delivery.report) writer.member("report", true);
  writer.end_object();
  return out;
}

Result<Delivery> delivery_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a delivery is not as it should be");
  return delivery_from(*object);
}

std::string to_json(const Progress& progress) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("cursor", progress.cursor).member("delivered", progress.delivered).member("left", progress.left_us);
  if (progress.reported_us != 0) writer.member("reported", progress.reported_us);
  if (progress.pending) writer.key("pending").raw(to_json(*progress.pending));
  writer.end_object();
  return out;
}

Result<Progress> progress_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a subscription's progress is not as it should be");
  Progress progress;
  progress.cursor = static_cast<Position>(integer_of(*object, "cursor").value_or(0));
  progress.delivered = static_cast<uint64_t>(integer_of(*object, "delivered").value_or(0));
  progress.left_us = integer_of(*object, "left").value_or(0);
  progress.reported_us = integer_of(*object, "reported").value_or(0);
  if (const json::object* pending = object_of(*object, "pending")) progress.pending = TRY(delivery_from(*pending));
  return progress;
}

std::string progress_key(std::string_view subscription) { return fmt::format("callback-at/{}", subscription); }
std::string recent_prefix(std::string_view subscription) { return fmt::format("callback-recent/{}/", subscription); }
std::string recent_key(std::string_view subscription, uint64_t delivered) {
  return fmt::format("{}{:02}", recent_prefix(subscription), delivered % limits::kCallbackRecentMax);
}
std::string dead_prefix(std::string_view subscription) { return fmt::format("callback-dead/{}/", subscription); }
std::string dead_key(std::string_view subscription, Position last) { return fmt::format("{}{:016x}", dead_prefix(subscription), last); }

}  // namespace fairway::exchange::callbacks
