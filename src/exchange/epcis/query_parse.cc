#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"
#include "exchange/epcis/query.h"
#include "exchange/epcis/query_fields.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis {
namespace {

using gateway::epcis::Vocabulary;
using Family = Condition::Family;

struct ComparisonRow {
  std::string_view prefix;
  Comparison comparison;
};
constexpr std::array kComparisons = {ComparisonRow{"EQ_", Comparison::eq}, ComparisonRow{"GT_", Comparison::gt},
                                     ComparisonRow{"GE_", Comparison::ge}, ComparisonRow{"LT_", Comparison::lt},
                                     ComparisonRow{"LE_", Comparison::le}, ComparisonRow{"EXISTS_", Comparison::exists}};

struct SectionRow {
  std::string_view prefix;
  Place place;
};
constexpr std::array kSections = {SectionRow{"ILMD_", Place::ilmd},
                                  SectionRow{"ERROR_DECLARATION_", Place::error},
                                  SectionRow{"SENSORELEMENT_", Place::sensor_element},
                                  SectionRow{"SENSORMETADATA_", Place::sensor_metadata},
                                  SectionRow{"SENSORREPORT_", Place::sensor_report},
                                  SectionRow{"readPoint_", Place::read_point},
                                  SectionRow{"bizLocation_", Place::biz_location}};

constexpr std::array<std::string_view, 7> kSensorValues = {"value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"};
constexpr size_t kPatternsMax = 16;  // values of one parameter that end in an asterisk
// Part of a request, and no part of what is asked for.
constexpr std::array<std::string_view, 4> kPassedOver = {"perPage", "nextPageToken", "GS1-EPCIS-Version", "GS1-Extensions"};

std::unexpected<Error> bad(std::string_view parameter, std::string_view what) {
  return fail(Code::invalid, "a query parameter is not understood", legible(parameter), std::string(what));
}

Result<std::vector<std::string>> split(std::string_view parameter, std::string_view text) {
  std::vector<std::string> values;
  while (true) {
    const size_t bar = std::min(text.find('|'), text.size());
    if (bar == 0) return bad(parameter, "values are divided by '|', and none is empty");
    if (values.size() == limits::kEpcisQueryValuesMax)
      return bad(parameter, "at most " + std::to_string(limits::kEpcisQueryValuesMax) + " values");
    values.emplace_back(text.substr(0, bar));
    if (bar == text.size()) return values;
    text.remove_prefix(bar + 1);
  }
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

Result<size_t> count_in(std::string_view parameter, std::string_view text) {
  size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size() || count == 0) return bad(parameter, "a whole number from 1");
  return count;
}

Result<int64_t> time_in(std::string_view parameter, std::string_view text) {
  const auto instant = parse_rfc3339(text);
  if (!instant || instant->zone != ZoneSource::stated) return bad(parameter, "a date-time with its zone");
  return instant->micros;
}

// A value to be compared with is a number or a time.
Status read_ordered(Condition& condition, std::string_view value) {
  if (const auto number = number_in(value)) {
    condition.number = *number;
    return {};
  }
  condition.micros = TRY(time_in(condition.parameter, value));
  return {};
}

std::string normal(const FieldRow& row, std::string_view value) {
  switch (row.kind) {
    case ValueKind::word: return gateway::epcis::bare_word(row.vocabulary, value);
    case ValueKind::pattern:
    case ValueKind::uri: return gateway::epcis::canonical_uri(value);
    default: return std::string(value);
  }
}

Status read_fixed(Condition& condition, const FieldRow& row, std::string_view value) {
  condition.family = Family::fixed;
  condition.row = static_cast<size_t>(&row - field_rows().data());
  switch (row.kind) {
    case ValueKind::time:
      if (condition.comparison != Comparison::ge && condition.comparison != Comparison::lt)
        return bad(condition.parameter, "times have GE_ and LT_");
      condition.micros = TRY(time_in(condition.parameter, value));
      return {};
    case ValueKind::number: {
      const auto number = number_in(value);
      if (!number) return bad(condition.parameter, "a number");
      condition.number = *number;
      return {};
    }
    case ValueKind::truth:
      if (value != "true" && value != "false") return bad(condition.parameter, "true or false");
      condition.values = {std::string(value)};
      return {};
    default: break;
  }
  const std::vector<std::string> values = TRY(split(condition.parameter, value));
  for (const std::string& one : values) {
    if (row.kind == ValueKind::pattern && one.ends_with('*'))
      condition.patterns.push_back(one);
    else
      condition.values.push_back(normal(row, one));
  }
  if (condition.patterns.size() > kPatternsMax) return bad(condition.parameter, "at most " + std::to_string(kPatternsMax) + " patterns");
  return {};
}

// EQ_bizTransaction_po, EQ_source_owning_party, GE_maxValue_CEL, …
Result<bool> read_family(Condition& condition, std::string_view rest, std::string_view value) {
  struct Row {
    std::string_view prefix;
    Family family;
    Vocabulary vocabulary;
  };
  constexpr std::array kRows = {Row{"bizTransaction_", Family::biz_transaction, Vocabulary::biz_transaction_type},
                                Row{"source_", Family::source, Vocabulary::source_dest_type},
                                Row{"destination_", Family::destination, Vocabulary::source_dest_type}};
  for (const Row& row : kRows) {
    if (condition.comparison != Comparison::eq || !rest.starts_with(row.prefix)) continue;
    condition.family = row.family;
    condition.name = gateway::epcis::bare_word(row.vocabulary, rest.substr(row.prefix.size()));
    const std::vector<std::string> values = TRY(split(condition.parameter, value));
    for (const std::string& one : values) condition.values.push_back(gateway::epcis::canonical_uri(one));
    return true;
  }
  const size_t bar = rest.find('_');
  const std::string_view field = rest.substr(0, bar);
  if (bar == std::string_view::npos || std::ranges::find(kSensorValues, field) == kSensorValues.end()) return false;
  const auto number = number_in(value);
  if (!number || condition.comparison == Comparison::exists) return bad(condition.parameter, "a number");
  condition.family = Family::sensor_value;
  condition.number = *number;
  condition.values = {std::string(field)};
  condition.name = rest.substr(bar + 1);
  return true;
}

Status read_extension(Condition& condition, std::string_view rest, std::string_view value) {
  condition.family = Family::extension;
  constexpr std::string_view kInner = "INNER_";
  if (rest.starts_with(kInner)) condition.inner = true, rest.remove_prefix(kInner.size());
  for (const SectionRow& row : kSections)
    if (rest.starts_with(row.prefix)) {
      condition.place = row.place;
      rest.remove_prefix(row.prefix.size());
      break;
    }
  if (rest.find(':') == std::string_view::npos)
    return bad(condition.parameter, "there is no such parameter; an extension has a prefix or is a URI");
  condition.name = rest;
  if (condition.comparison == Comparison::exists) return {};
  if (condition.comparison != Comparison::eq) return read_ordered(condition, value);
  condition.values = TRY(split(condition.parameter, value));
  return {};
}

Result<Condition> read_condition(std::string_view parameter, std::string_view value) {
  Condition condition;
  condition.parameter = parameter;
  const auto rows = field_rows();
  const auto named = [&](std::string_view name) { return std::ranges::find(rows, name, &FieldRow::name); };
  if (const auto row = named(parameter); row != rows.end() && (parameter == "eventType" || parameter.starts_with("MATCH_"))) {
    TRY_OK(read_fixed(condition, *row, value));
    return condition;
  }
  // Without master data no location has descendants but those within its own GLN, and nothing has attributes.
  for (const std::string_view place : {"WD_readPoint", "WD_bizLocation"})
    if (parameter == place) {
      TRY_OK(read_fixed(condition, *named(place.substr(3)), value));
      condition.inner = true;
      return condition;
    }
  if (parameter.starts_with("EQATTR_") || parameter.starts_with("HASATTR_")) {
    condition.family = Family::never;
    return condition;
  }
  const auto found = std::ranges::find_if(kComparisons, [&](const ComparisonRow& row) { return parameter.starts_with(row.prefix); });
  if (found == kComparisons.end()) return bad(parameter, "EPCIS has no such parameter");
  condition.comparison = found->comparison;
  const std::string_view rest = parameter.substr(found->prefix.size());
  if (parameter == "EXISTS_errorDeclaration") {
    condition.family = Family::fixed;
    condition.truth = value != "false";
    return condition;
  }
  if (const auto row = named(rest); row != rows.end() && !rest.starts_with("MATCH_") && rest != "eventType") {
    const bool ordering = condition.comparison != Comparison::eq;
    if (condition.comparison == Comparison::exists || (ordering && !row->ordered)) return bad(parameter, "this one has EQ_ alone");
    TRY_OK(read_fixed(condition, *row, value));
    return condition;
  }
  if (TRY(read_family(condition, rest, value))) return condition;
  TRY_OK(read_extension(condition, rest, value));
  return condition;
}

// What a query is sorted by and cut to. False where the parameter is another one.
Result<bool> read_shape(Query& query, std::string_view name, const std::string& value) {
  if (name == "orderBy") {
    if (value != "eventTime" && value != "recordTime") return bad(name, "eventTime or recordTime");
    query.order = value == "eventTime" ? Query::Order::event_time : Query::Order::record_time;
  } else if (name == "orderDirection") {
    if (value != "ASC" && value != "DESC") return bad(name, "ASC or DESC");
    query.descending = value == "DESC";
  } else if (name == "eventCountLimit") {
    query.event_count_limit = TRY(count_in(name, value));
  } else if (name == "maxEventCount") {
    query.max_event_count = TRY(count_in(name, value));
  } else {
    return false;
  }
  return true;
}

}  // namespace

Result<Query> parse_query(const http::Fields& parameters) {
  Query query;
  std::string canonical;
  size_t values = 0;
  for (const auto& [name, value] : parameters) {
    if (std::ranges::find(kPassedOver, std::string_view(name)) != kPassedOver.end()) continue;
    canonical.append(name).append("=").append(value).append("\n");
    if (TRY(read_shape(query, name, value))) continue;
    if (query.conditions.size() == limits::kEpcisQueryParametersMax)
      return fail(Code::too_large, "too many parameters", "more than " + std::to_string(limits::kEpcisQueryParametersMax));
    Condition& condition = query.conditions.emplace_back(TRY(read_condition(name, value)));
    std::ranges::sort(condition.values);
    values += condition.values.size();
    if (values > limits::kEpcisQueryValuesMax)
      return fail(Code::too_large, "too many values", "more than " + std::to_string(limits::kEpcisQueryValuesMax));
  }
  if (query.event_count_limit && query.max_event_count) return bad("maxEventCount", "eventCountLimit and maxEventCount exclude each other");
  if (query.event_count_limit && query.order == Query::Order::none) return bad("eventCountLimit", "eventCountLimit needs orderBy");
  query.fingerprint = to_hex(sha256(canonical).substr(0, 4));
  return query;
}

Result<http::Fields> parameters_of(const json::object& query) {
  http::Fields fields;
  for (const auto& member : query) {
    if (fields.size() == limits::kEpcisQueryParametersMax) return bad(member.key(), "too many parameters");
    std::string value;
    if (const json::array* items = member.value().if_array()) {
      for (const json::value& item : *items) {
        if (item.is_object() || item.is_array()) return bad(member.key(), "a list of texts");
        if (!value.empty()) value += '|';
        value += gateway::epcis::scalar_text(item);
      }
    } else if (member.value().is_object()) {
      return bad(member.key(), "a text, a number or a list of them");
    } else {
      value = gateway::epcis::scalar_text(member.value());
    }
    fields.emplace_back(member.key(), std::move(value));
  }
  return fields;
}

}  // namespace fairway::exchange::epcis
