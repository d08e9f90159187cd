#include "exchange/land/excursions.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::exchange {
namespace {

constexpr int64_t kMinuteUs = 60'000'000;

bool is_beyond(const Limit& limit, double value) { return (limit.low && value < *limit.low) || (limit.high && value > *limit.high); }

// Far enough inside to end a run.
bool is_well_within(const Limit& limit, double value) {
  return (!limit.low || value >= *limit.low + limit.hysteresis) && (!limit.high || value <= *limit.high - limit.hysteresis);
}

std::string sentence(const Limit& limit, const Run& run, int64_t minutes) {
  const double last = run.values.back();
  const bool above = limit.high && last > *limit.high;
  return fmt::format("{} {} {} {} for {} minutes", limit.kind, above ? "above" : "below", above ? *limit.high : limit.low.value_or(0),
                     limit.unit, minutes);
}

}  // namespace

bool judge(const Limit& limit, Run& run, double value, int64_t at_us, const std::string& event_id) {
  if (at_us < run.last_us) return false;
  run.last_us = at_us;
  const bool beyond = is_beyond(limit, value);
  if (!run.beyond && !beyond) return false;
  if (run.beyond && is_well_within(limit, value)) {
    const int64_t last_us = run.last_us;
    run = Run();
    run.last_us = last_us;
    return false;
  }
  if (!run.beyond) {
    run.beyond = true;
    run.since_us = at_us;
  }
  if (run.values.size() == Run::kEvidenceMax) run.values.pop_back(), run.events.pop_back();  // the first ones and the last
  run.values.push_back(value);
  run.events.push_back(event_id);
  if (run.told || !beyond || at_us - run.since_us < limit.minutes * kMinuteUs) return false;
  run.told = true;
  return true;
}

Event excursion_of(const Event& measured, const Limit& limit, const Run& run, const PartyId& owner, const Reference& reference) {
  Event event;
  event.milestone = Milestone::excursion;
  event.classifier = Classifier::actual;
  event.occurred = measured.occurred;
  event.occurred.text.clear();
  event.place = measured.place;
  event.references = measured.references;
  event.transport = measured.transport;
  event.parties = measured.parties;
  for (const double value : run.values) event.readings.push_back({limit.kind, value, limit.unit, limit.low, limit.high});
  event.remark = sentence(limit, run, (run.last_us - run.since_us) / kMinuteUs);
  JsonWriter writer(event.original);
  writer.begin_object().member("reference", reference.key()).member("since", to_rfc3339_utc(run.since_us)).key("evidence").begin_array();
  for (const std::string& id : run.events) writer.value(id);
  writer.end_array().end_object();
  const Reference* device = measured.reference(ReferenceKind::sensor);
  event.id = uuid_from_digest(sha256("excursion/" + owner + "/" + reference.key() + "/" + limit.kind + "/" + std::to_string(run.since_us) +
                                     "/" + (device != nullptr ? device->value() : "")));
  event.source.format = "FAIRWAY";
  event.source.type = "excursion";
  return event;
}

std::string to_json(const Run& run) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("last", run.last_us);
  if (run.beyond) {
    writer.member("since", run.since_us).member("told", run.told).key("values").begin_array();
    for (const double value : run.values) writer.value(value);
    writer.end_array().key("events").begin_array();
    for (const std::string& id : run.events) writer.value(id);
    writer.end_array();
  }
  writer.end_object();
  return out;
}

Run run_from_json(std::string_view text) {
  Run run;
  const auto parsed = parse_json(text);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return run;
  run.last_us = integer_of(*object, "last").value_or(INT64_MIN);
  const auto since = integer_of(*object, "since");
  if (!since) return run;
  run.beyond = true;
  run.since_us = *since;
  run.told = truth_of(*object, "told").value_or(false);
  const json::array *values = array_of(*object, "values"), *events = array_of(*object, "events");
  for (size_t i = 0; values != nullptr && events != nullptr && i < std::min(values->size(), events->size()); ++i) {
    boost::system::error_code error;
    run.values.push_back((*values)[i].to_number<double>(error));
    run.events.emplace_back((*events)[i].is_string() ? std::string((*events)[i].as_string()) : "");
  }
  return run;
}

}  // namespace fairway::exchange
