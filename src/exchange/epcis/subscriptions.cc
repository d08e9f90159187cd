#include "exchange/epcis/subscriptions.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/callbacks/signature.h"
#include "exchange/epcis/redacted.h"
#include "exchange/epcis/search.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis {
namespace {

constexpr std::string_view kLinks = "Always_GS1_Digital_Link";

std::unexpected<Error> bad(std::string_view what, std::string_view where, std::string hint = {}) {
  return fail(Code::invalid, std::string(what), std::string(where), std::move(hint));
}

Result<bool> truth_in(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) return bad("true or false is wanted", name);
  return value->get_bool();
}

// How it is told: read from a body and from a filter alike.
Status read_manner(StandingQuery& standing, const json::object& from) {
  const bool stream = TRY(truth_in(from, "stream"));
  standing.report_if_empty = TRY(truth_in(from, "reportIfEmpty"));
  const json::value* schedule = from.if_contains("schedule");
  if (schedule != nullptr && stream) return bad("schedule and stream exclude each other", "schedule");
  if (schedule == nullptr && !stream) return bad("when is it to be told?", "", R"("stream": true, or "schedule": {"minute": "0"})");
  if (stream && standing.report_if_empty) return bad("a stream has nothing to report when it is empty", "reportIfEmpty", "give a schedule");
  if (schedule != nullptr) {
    if (!schedule->is_object()) return bad("not a schedule", "schedule", R"({"hour": "1", "minute": "5"})");
    standing.schedule_text = schedule->get_object();
    standing.schedule = TRY(Schedule::read(standing.schedule_text));
  }
  const json::value* since = from.if_contains("initialRecordTime");
  if (since == nullptr) return {};
  const json::string* text = since->if_string();
  const auto instant = parse_rfc3339(text != nullptr ? std::string_view(*text) : std::string_view());
  if (!instant || instant->zone != ZoneSource::stated) return bad("not a date-time with its zone", "initialRecordTime");
  standing.since_us = instant->micros;
  standing.since_text = std::string_view(*text);
  return {};
}

class StandingFilter final : public callbacks::Filter {
 public:
  explicit StandingFilter(StandingQuery standing) : standing_(std::move(standing)) {}
  [[nodiscard]] bool takes(const callbacks::Shown& shown) const override {
    if (shown.entry->received_us < standing_.since_us) return false;
    const auto captured = gateway::epcis::kept(*shown.event);
    return captured && standing_.query.matches(*captured, shown.entry->received_us);
  }
  [[nodiscard]] int64_t leaves_us(int64_t came_us) const override { return standing_.schedule ? standing_.schedule->next_us(came_us) : 0; }
  [[nodiscard]] bool reports_nothing() const override { return standing_.report_if_empty; }

 private:
  const StandingQuery standing_;
};

// As the query wants them ordered, each letter for itself.
void order(std::vector<Hit>& hits, const Query& query) {
  if (query.order == Query::Order::none) return;
  std::ranges::stable_sort(hits, {}, [&](const Hit& hit) {
    const int64_t at = query.order == Query::Order::event_time ? hit.occurred_us : hit.recorded_us;
    return query.descending ? -at : at;
  });
}

}  // namespace

Result<std::string> filter_for(std::string_view query_name, const http::Fields& query, const json::object& body, EpcFormat format) {
  StandingQuery standing;
  TRY_OK(read_manner(standing, body));
  const Query read = TRY(parse_query(query));
  if (read.event_count_limit || read.max_event_count)
    return bad("a subscription tells of every event", read.max_event_count ? "maxEventCount" : "eventCountLimit",
               "name the query again without it");
  std::string filter;
  JsonWriter writer(filter);
  writer.begin_object().member("queryName", query_name).key("query").begin_object();
  for (const auto& [name, value] : query) writer.member(name, value);
  writer.end_object();
  if (standing.schedule)
    writer.key("schedule").raw(json::serialize(standing.schedule_text)).member("reportIfEmpty", standing.report_if_empty);
  if (!standing.schedule) writer.member("stream", true);
  writer.optional_member("initialRecordTime", standing.since_text);
  if (format == EpcFormat::digital_link) writer.member("epcFormat", kLinks);
  writer.end_object();
  if (filter.size() > limits::kCallbackFilterBytesMax)
    return fail(Code::too_large, "the query is too long for a subscription", std::to_string(filter.size()) + " bytes",
                "at most " + std::to_string(limits::kCallbackFilterBytesMax));
  return filter;
}

Result<StandingQuery> standing_query(std::string_view filter) {
  const json::value parsed = TRY(parse_json(filter));
  const json::object* object = parsed.if_object();
  const json::object* query = object != nullptr ? object_of(*object, "query") : nullptr;
  if (query == nullptr) return bad("not a standing query", "");
  StandingQuery standing;
  TRY_OK(read_manner(standing, *object));
  standing.query_name = text_of(*object, "queryName");
  standing.query = TRY(parse_query(TRY(parameters_of(*query))));
  if (text_of(*object, "epcFormat") == kLinks) standing.format = EpcFormat::digital_link;
  return standing;
}

Result<std::unique_ptr<const callbacks::Filter>> SubscriptionKind::read_filter(std::string_view json) const {
  return std::make_unique<const StandingFilter>(TRY(standing_query(json)));
}

Result<callbacks::Letter> SubscriptionKind::write(std::span<const callbacks::Shown> shown, const callbacks::Occasion& occasion) const {
  const StandingQuery standing = TRY(standing_query(occasion.subscription.filter));
  std::vector<Hit> hits;
  for (const callbacks::Shown& one : shown) {
    auto captured = gateway::epcis::kept(*one.event);
    if (!captured) return fail(Code::internal, "an event of a subscription was not captured", std::to_string(one.entry->position));
    hits.push_back({std::move(*captured), one.entry->position, one.entry->received_us, one.event->occurred.micros});
  }
  order(hits, standing.query);
  callbacks::Letter letter;
  letter.body = query_document(hits, {standing.query_name, occasion.subscription.id, occasion.now_us}, standing.format);
  letter.headers = {{"idempotency-key", std::string(occasion.delivery)}};
  if (!occasion.secrets.empty())
    letter.headers.emplace_back("gs1-signature", to_base64(callbacks::hmac_sha256(occasion.secrets.front(), letter.body)));
  return letter;
}

void SubscriptionKind::reduce(const Event& whole, Event& seen) const {
  const auto captured = gateway::epcis::kept(whole);
  const auto left = captured ? reduced(*captured, seen) : std::nullopt;
  seen.original = left ? gateway::epcis::keep(*left) : std::string();
}

}  // namespace fairway::exchange::epcis
