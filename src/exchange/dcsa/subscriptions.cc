#include "exchange/dcsa/subscriptions.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "exchange/callbacks/signature.h"
#include "exchange/dcsa/api.h"
#include "gateway/dcsa/tnt2.h"

namespace fairway::exchange::dcsa {
namespace {

using callbacks::Letter;
using callbacks::Occasion;
using callbacks::Shown;

struct MemberRow {
  std::string_view name;
  bool list;  // an array in the schema of 2.2
};
constexpr std::array kMembers = {
    MemberRow{"eventType", true},
    MemberRow{"shipmentEventTypeCode", true},
    MemberRow{"documentTypeCode", true},
    MemberRow{"carrierBookingReference", false},
    MemberRow{"bookingReference", false},
    MemberRow{"transportDocumentID", false},
    MemberRow{"transportDocumentReference", false},
    MemberRow{"transportDocumentTypeCode", true},
    MemberRow{"transportEventTypeCode", true},
    MemberRow{"scheduleID", false},
    MemberRow{"transportCallID", false},
    MemberRow{"vesselIMONumber", false},
    MemberRow{"carrierVoyageNumber", false},
    MemberRow{"exportVoyageNumber", false},
    MemberRow{"carrierServiceCode", false},
    MemberRow{"UNLocationCode", false},
    MemberRow{"equipmentEventTypeCode", true},
    MemberRow{"equipmentReference", false},
};

std::unexpected<Error> bad(std::string_view member, std::string hint) {
  return fail(Code::invalid, "the subscription is not right", legible(member), std::move(hint));
}

// A member's values, comma-separated as a query has them; "" where it asks for nothing.
Result<std::string> values_of(std::string_view member, const json::value& value) {
  if (value.is_null()) return "";
  if (const json::string* text = value.if_string()) return std::string(trim(*text));
  const json::array* items = value.if_array();
  if (items == nullptr) return bad(member, "a text, or an array of texts");
  std::string joined;
  for (const json::value& item : *items) {
    const json::string* text = item.if_string();
    if (text == nullptr || trim(*text).empty()) return bad(member, "an array of texts");
    joined.append(joined.empty() ? "" : ",").append(trim(*text));
  }
  return joined;
}

void append_list(JsonWriter& writer, std::string_view values) {
  writer.begin_array();
  while (!values.empty()) {
    const size_t comma = std::min(values.find(','), values.size());
    if (const std::string_view value = trim(values.substr(0, comma)); !value.empty()) writer.value(value);
    values.remove_prefix(std::min(comma + 1, values.size()));
  }
  writer.end_array();
}

class EventFilter final : public callbacks::Filter {
 public:
  explicit EventFilter(EventsQuery query) : query_(std::move(query)) {}
  [[nodiscard]] bool takes(const Shown& shown) const override { return query_.matches(*shown.event, shown.entry->received_us); }

 private:
  const EventsQuery query_;
};

std::string signature_by(std::string_view secret, std::string_view body) {
  return "sha256=" + to_hex(callbacks::hmac_sha256(secret, body));
}

}  // namespace

Result<std::string> filter_in(const json::object& body, std::span<const std::string_view> others) {
  for (const auto& [name, value] : body) {
    if (value.is_null()) continue;
    const bool known = std::ranges::find(kMembers, std::string_view(name), &MemberRow::name) != kMembers.end();
    if (!known && std::ranges::find(others, std::string_view(name)) == others.end())
      return bad(name, "a subscription of Track & Trace 2.2 has no such member here");
  }
  std::string filter;
  JsonWriter writer(filter);
  writer.begin_object();
  for (const MemberRow& member : kMembers) {
    const json::value* value = body.if_contains(member.name);
    const std::string values = value != nullptr ? TRY(values_of(member.name, *value)) : "";
    if (values.empty()) continue;
    writer.key(member.name);
    if (member.list) append_list(writer, values);
    if (!member.list) writer.value(values);
  }
  writer.end_object();
  return filter;
}

Result<EventsQuery> query_of(std::string_view filter) {
  const json::value parsed = TRY(parse_json(filter));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return bad("", "a JSON object");
  http::Fields parameters;
  for (const auto& [name, value] : *object) parameters.emplace_back(name, TRY(values_of(name, value)));
  Result<EventsQuery> query = parse_events_query(parameters);
  if (!query) {
    if (query.error().code == Code::invalid) query.error().message = "the subscription is not right";
    return query;
  }
  if (query->contradicts)
    return fail(Code::invalid, "no event could ever pass all of these filters at once", {},
                "codes of shipment, transport and equipment events go into a subscription each; leave out scheduleID and "
                "transportDocumentTypeCode, which no event has");
  query->to_the_letter = true;
  return query;
}

Result<std::unique_ptr<const callbacks::Filter>> EventSubscriptionKind::read_filter(std::string_view json) const {
  return std::make_unique<const EventFilter>(TRY(query_of(json)));
}

Result<Letter> EventSubscriptionKind::write(std::span<const Shown> shown, const Occasion& occasion) const {
  if (occasion.secrets.empty()) return fail(Code::internal, "a subscription has no secret", occasion.subscription.id);
  Letter letter;
  for (const Shown& one : shown) {
    letter.body += letter.body.empty() ? '[' : ',';
    gateway::dcsa::append_dcsa(letter.body, *one.event, one.entry->received_us, gateway::dcsa::Form::standard);
  }
  letter.body += ']';
  letter.headers = {{"subscription-id", occasion.subscription.id},
                    {"notification-signature", signature_by(occasion.secrets.front(), letter.body)},
                    {"api-version", std::string(kTnt2.version)},
                    {"fairway-delivery", std::string(occasion.delivery)},
                    {"idempotency-key", std::string(occasion.delivery)}};
  std::string previous;
  for (const std::string& secret : occasion.secrets.subspan(1))
    previous.append(previous.empty() ? "" : ",").append(signature_by(secret, letter.body));
  if (!previous.empty()) letter.headers.emplace_back("fairway-previous-signature", std::move(previous));
  return letter;
}

}  // namespace fairway::exchange::dcsa
