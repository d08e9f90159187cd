#include <algorithm>
#include <charconv>

#include "base/instant.h"
#include "exchange/epcis/query.h"
#include "exchange/epcis/query_fields.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis {
namespace {

using Family = Condition::Family;

bool compares(Comparison comparison, auto value, auto wanted) {
  switch (comparison) {
    case Comparison::eq: return value == wanted;
    case Comparison::gt: return value > wanted;
    case Comparison::ge: return value >= wanted;
    case Comparison::lt: return value < wanted;
    case Comparison::le: return value <= wanted;
    case Comparison::exists: return true;
  }
  return false;
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool compares_text(const Condition& condition, std::string_view text) {
  if (condition.micros) {
    const auto instant = parse_rfc3339(text);
    return instant && compares(condition.comparison, instant->micros, *condition.micros);
  }
  const auto number = number_in(text);
  return number && compares(condition.comparison, *number, condition.number);
}

bool is_among(const std::vector<std::string>& values, std::string_view value) { return std::ranges::binary_search(values, value); }

// "urn:epc:idpat:sgtin:0614141.107346.*" stands for all serials of the product, "urn:x:lot:*" for all that begins so.
bool matches_pattern(std::string_view pattern, std::string_view value, std::string_view canonical) {
  constexpr std::string_view kPattern = "urn:epc:idpat:", kId = "urn:epc:id:";
  if (pattern == value) return true;
  const bool of_epc = pattern.starts_with(kPattern);
  std::string_view start = pattern.substr(0, pattern.find('*'));
  if (!of_epc) return value.starts_with(start);
  start.remove_prefix(kPattern.size());
  if (value.starts_with(kId) && value.substr(kId.size()).starts_with(start)) return true;
  const auto product = gateway::epcis::digital_link(pattern);
  return product && canonical.starts_with(*product);
}

// Locations within a GLN have it with an extension of their own.
bool is_within(std::string_view wanted, std::string_view value) {
  return value.starts_with(wanted) && value.substr(wanted.size()).starts_with("/254/");
}

bool fits(const Condition& condition, const FieldRow& row, const std::string& text) {
  if (row.kind == ValueKind::time || row.kind == ValueKind::number) return compares_text(condition, text);
  std::string value = text;
  if (row.kind == ValueKind::word) value = gateway::epcis::bare_word(row.vocabulary, text);
  if (row.kind == ValueKind::uri || row.kind == ValueKind::pattern) value = gateway::epcis::canonical_uri(text);
  if (is_among(condition.values, value)) return true;
  if (std::ranges::any_of(condition.patterns, [&](const std::string& pattern) { return matches_pattern(pattern, text, value); }))
    return true;
  return condition.inner && std::ranges::any_of(condition.values, [&](const std::string& wanted) { return is_within(wanted, value); });
}

bool fixed(const Condition& condition, const json::object& body, int64_t recorded_us) {
  if (condition.row == SIZE_MAX) return body.contains("errorDeclaration") == condition.truth;
  const FieldRow& row = field_rows()[condition.row];
  if (row.collect == nullptr) return compares(condition.comparison, recorded_us, condition.micros.value_or(0));
  Texts values;
  row.collect(body, values);
  return std::ranges::any_of(values, [&](const std::string& value) { return fits(condition, row, value); });
}

bool typed(const Condition& condition, const json::object& body, std::string_view list, std::string_view member,
           gateway::epcis::Vocabulary vocabulary) {
  const json::array* items = array_of(body, list);
  if (items == nullptr) return false;
  return std::ranges::any_of(*items, [&](const json::value& item) {
    const json::object* object = item.if_object();
    if (object == nullptr || gateway::epcis::bare_word(vocabulary, text_of(*object, "type")) != condition.name) return false;
    const std::string value = gateway::epcis::canonical_uri(text_of(*object, member));
    return is_among(condition.values, value);
  });
}

bool sensor_value(const Condition& condition, const json::object& body) {
  bool found = false;
  each_sensor_object(body, "sensorReport", [&](const json::object& report) {
    const auto value = number_of(report, condition.values.front());
    if (value && text_of(report, "uom") == condition.name) found |= compares(condition.comparison, *value, condition.number);
  });
  return found;
}

// Walks the extensions of one object.
class ExtensionSearch {
 public:
  ExtensionSearch(const Condition& condition, const gateway::epcis::Namespaces& namespaces)
      : condition_(condition), namespaces_(namespaces) {}

  bool in(const json::object& object, bool top) {
    for (const auto& member : object) {
      const std::string_view name = member.key();
      if (name == "@context" || (top && name.find(':') == std::string_view::npos)) continue;
      if (top == !condition_.inner && is_asked_for(name) && fits(member.value())) return true;
      if (condition_.inner && deeper(member.value())) return true;
    }
    return false;
  }

 private:
  bool deeper(const json::value& value) {
    if (const json::object* object = value.if_object()) return in(*object, false);
    const json::array* items = value.if_array();
    return items != nullptr && std::ranges::any_of(*items, [&](const json::value& item) { return deeper(item); });
  }

  // By the name as it is written, or by namespace and local name in one.
  bool is_asked_for(std::string_view name) const {
    if (name == condition_.name) return true;
    const auto qualified = gateway::epcis::qualify(name, namespaces_);
    return qualified &&
           (qualified->space + qualified->local == condition_.name || qualified->space + "#" + qualified->local == condition_.name);
  }

  bool fits(const json::value& value) const {
    if (condition_.comparison == Comparison::exists) return true;
    if (const json::array* items = value.if_array())
      return std::ranges::any_of(*items, [&](const json::value& item) { return fits(item); });
    if (value.is_object()) return false;
    const std::string text = gateway::epcis::scalar_text(value);
    if (condition_.comparison != Comparison::eq) return compares_text(condition_, text);
    return is_among(condition_.values, text);
  }

  const Condition& condition_;
  const gateway::epcis::Namespaces& namespaces_;
};

bool extension(const Condition& condition, const CapturedEvent& event) {
  ExtensionSearch search(condition, event.namespaces);
  const auto in_member = [&](std::string_view member) {
    const json::object* object = object_of(event.body, member);
    return object != nullptr && search.in(*object, true);
  };
  bool found = false;
  const auto look = [&](const json::object& object) { found = found || search.in(object, true); };
  switch (condition.place) {
    case Place::event: return search.in(event.body, true);
    case Place::ilmd: return in_member("ilmd");
    case Place::error: return in_member("errorDeclaration");
    case Place::read_point: return in_member("readPoint");
    case Place::biz_location: return in_member("bizLocation");
    case Place::sensor_element: each_sensor_object(event.body, "", look); break;
    case Place::sensor_metadata: each_sensor_object(event.body, "sensorMetadata", look); break;
    case Place::sensor_report: each_sensor_object(event.body, "sensorReport", look); break;
  }
  return found;
}

bool holds(const Condition& condition, const CapturedEvent& event, int64_t recorded_us) {
  using gateway::epcis::Vocabulary;
  switch (condition.family) {
    case Family::fixed: return fixed(condition, event.body, recorded_us);
    case Family::extension: return extension(condition, event);
    case Family::biz_transaction:
      return typed(condition, event.body, "bizTransactionList", "bizTransaction", Vocabulary::biz_transaction_type);
    case Family::source: return typed(condition, event.body, "sourceList", "source", Vocabulary::source_dest_type);
    case Family::destination: return typed(condition, event.body, "destinationList", "destination", Vocabulary::source_dest_type);
    case Family::sensor_value: return sensor_value(condition, event.body);
    case Family::never: return false;
  }
  return false;
}

}  // namespace

bool Query::matches(const CapturedEvent& event, int64_t recorded_us) const {
  return std::ranges::all_of(conditions, [&](const Condition& condition) { return holds(condition, event, recorded_us); });
}

std::vector<std::string> Query::keys() const {
  std::vector<std::string> keys;
  for (const Condition& condition : conditions) {
    if (condition.family != Family::fixed || condition.row == SIZE_MAX) continue;
    const FieldRow& row = field_rows()[condition.row];
    if (row.name != "eventID" && (row.kind != ValueKind::pattern || !condition.patterns.empty())) continue;
    keys.clear();
    for (const std::string& value : condition.values)
      keys.push_back(row.name == "eventID" ? gateway::epcis::event_key(value) : gateway::epcis::epc_key(value));
    if (row.name == "eventID") break;  // nothing is narrower
  }
  return keys;
}

}  // namespace fairway::exchange::epcis
