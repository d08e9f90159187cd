#include "exchange/land/thresholds.h"

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/land/readings.h"

namespace fairway::exchange {
namespace {

constexpr int64_t kMinutesMax = 366 * 24 * 60;

std::unexpected<Error> wrong(size_t index, std::string what, std::string hint) {
  return fail(Code::invalid, std::move(what), "/limits/" + std::to_string(index), std::move(hint));
}

Result<Limit> limit_from(const json::object& object, size_t index) {
  const std::string_view kind = text_of(object, "kind"), unit = text_of(object, "unit");
  const auto low = number_of(object, "low"), high = number_of(object, "high");
  if (!low && !high) return wrong(index, "a limit without low and high", "give one of them, or both");
  const auto turned = [&](double value) { return gateway::land::make_reading(kind, value, unit); };
  const gateway::land::MadeReading made = turned(low ? *low : *high);
  if (!made.kind_known)
    return wrong(index, "not a kind of reading that limits are known for", "temperature, humidity, shock, light, battery, …");
  if (made.unit == gateway::land::UnitKnown::no) return wrong(index, "not a unit of this kind of reading", "see docs/reference/sensors.md");
  Limit limit;
  limit.kind = made.reading.kind;
  limit.unit = made.reading.unit;
  if (low) limit.low = turned(*low).reading.value;
  if (high) limit.high = turned(*high).reading.value;
  if (low && high && *limit.low > *limit.high) return wrong(index, "low is above high", "change them over");
  limit.minutes = integer_of(object, "minutes").value_or(0);
  if (limit.minutes < 0 || limit.minutes > kMinutesMax)
    return wrong(index, "not a number of minutes", "0 to " + std::to_string(kMinutesMax));
  const double hysteresis = number_of(object, "hysteresis").value_or(0);
  limit.hysteresis = turned(hysteresis).reading.value - turned(0).reading.value;
  if (hysteresis < 0) return wrong(index, "a hysteresis below zero", "give how far within the limits a reading ends an excursion");
  if (low && high && *limit.low + limit.hysteresis > *limit.high - limit.hysteresis)
    return wrong(index, "a hysteresis that no reading can fulfil", "at most half of what is between low and high");
  return limit;
}

}  // namespace

std::string threshold_prefix(const Reference& reference) { return std::string(kThresholdPrefix) + reference.key() + "/"; }
std::string threshold_key(const Reference& reference, const PartyId& party) { return threshold_prefix(reference) + party; }
std::string run_prefix(const Reference& reference, const PartyId& party) { return "excursion/" + reference.key() + "/" + party + "/"; }
std::string run_key(const Reference& reference, const PartyId& party, std::string_view kind, std::string_view device) {
  constexpr size_t kDeviceBytes = 8;  // of its digest: a device's name may be long
  return run_prefix(reference, party) + std::string(kind) + "/" + to_hex(sha256(device).substr(0, kDeviceBytes));
}

Result<Thresholds> thresholds_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const json::array* limits = object != nullptr ? array_of(*object, "limits") : nullptr;
  if (limits == nullptr || limits->empty())
    return fail(Code::invalid, "no limits", "",
                "send {\"limits\":[{\"kind\":\"temperature\",\"unit\":\"C\",\"low\":-20,\"high\":-15,\"minutes\":30}]}");
  if (limits->size() > limits::kThresholdsPerReferenceMax)
    return fail(Code::too_large, "too many limits", std::to_string(limits->size()),
                "at most " + std::to_string(limits::kThresholdsPerReferenceMax));
  Thresholds thresholds;
  for (size_t i = 0; i < limits->size(); ++i) {
    const json::object* one = (*limits)[i].if_object();
    if (one == nullptr) return wrong(i, "a limit is a JSON object", "");
    Limit limit = TRY(limit_from(*one, i));
    if (std::ranges::find(thresholds.limits, limit.kind, &Limit::kind) != thresholds.limits.end())
      return wrong(i, "there is a limit for this kind already", "give one limit a kind");
    thresholds.limits.push_back(std::move(limit));
  }
  thresholds.since = static_cast<Position>(std::max<int64_t>(0, integer_of(*object, "since").value_or(0)));
  return thresholds;
}

std::string to_json(const Thresholds& thresholds) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("limits").begin_array();
  for (const Limit& limit : thresholds.limits) {
    writer.begin_object().member("kind", limit.kind).member("unit", limit.unit);
    if (limit.low) writer.member("low", *limit.low);
    if (limit.high) writer.member("high", *limit.high);
    writer.member("minutes", limit.minutes).member("hysteresis", limit.hysteresis).end_object();
  }
  writer.end_array().member("since", thresholds.since).end_object();
  return out;
}

}  // namespace fairway::exchange
