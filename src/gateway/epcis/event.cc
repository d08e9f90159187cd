#include "gateway/epcis/event.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::gateway::epcis {
namespace {

// The prefixes of GS1's context; no document may declare them otherwise. The colon after "mda" belongs to the CURIE, not to the
// namespace that XML has.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kBuiltIn = {{
    {"epcis", "https://ref.gs1.org/epcis/"},
    {"cbv", "https://ref.gs1.org/cbv/"},
    {"cbvmda", "urn:epcglobal:cbv:mda"},
    {"gs1", "https://ref.gs1.org/voc/"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    {"dcterms", "http://purl.org/dc/terms/"},
}};
constexpr std::string_view kMasterData = "urn:epcglobal:cbv:mda";

// Schemes of names that are URIs themselves and need no prefix.
constexpr std::array<std::string_view, 3> kNameSchemes = {"http", "https", "urn"};
constexpr long kExponentMax = 400;

struct Decimal {
  bool negative = false;
  std::string digits;  // without leading zeros
  long point = 0;      // digits before the decimal point; may be negative or past the end
};

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal number;
  if (text.starts_with('-') || text.starts_with('+')) number.negative = text.front() == '-', text.remove_prefix(1);
  bool seen_point = false, seen_digit = false;
  size_t i = 0;
  for (; i < text.size() && (text[i] == '.' || (text[i] >= '0' && text[i] <= '9')); ++i) {
    if (text[i] == '.' && std::exchange(seen_point, true)) return std::nullopt;
    if (text[i] == '.') continue;
    seen_digit = true;
    number.digits += text[i];
    if (!seen_point) ++number.point;
  }
  if (!seen_digit) return std::nullopt;
  if (i == text.size()) return number;
  if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
  std::string_view exponent = text.substr(i + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  long shift = 0;
  const auto [end, error] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
  if (error != std::errc() || end != exponent.data() + exponent.size() || shift < -kExponentMax || shift > kExponentMax)
    return std::nullopt;
  number.point += shift;
  return number;
}

}  // namespace

bool Namespaces::declare(std::string_view prefix, std::string_view uri) {
  if (declared_.size() >= limits::kEpcisPrefixesMax && !declared_.contains(prefix)) return false;
  declared_.insert_or_assign(std::string(prefix), std::string(uri));
  return true;
}

std::optional<std::string_view> Namespaces::find(std::string_view prefix) const {
  for (const auto& [name, uri] : kBuiltIn)
    if (name == prefix) return uri;
  const auto found = declared_.find(prefix);
  if (found == declared_.end()) return std::nullopt;
  const std::string_view uri = found->second;
  return uri.starts_with(kMasterData) && uri.substr(kMasterData.size()) == ":" ? kMasterData : uri;
}

std::optional<QualifiedName> qualify(std::string_view name, const Namespaces& namespaces) {
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == name.size()) return std::nullopt;
  const std::string_view prefix = name.substr(0, colon);
  if (const auto space = namespaces.find(prefix)) return QualifiedName{std::string(*space), std::string(name.substr(colon + 1))};
  if (std::ranges::find(kNameSchemes, prefix) == kNameSchemes.end()) return std::nullopt;
  const size_t split = name.find_last_of("#/:");
  if (split + 1 == name.size()) return std::nullopt;
  // An XML name has its namespace without the colon of a URN, and with the '#' or '/' of a URL.
  const bool keeps = name[split] != ':';
  return QualifiedName{std::string(name.substr(0, split + (keeps ? 1 : 0))), std::string(name.substr(split + 1))};
}

void append_json(std::string& out, const json::value& value) {
  const char* separator = "";
  if (const json::object* object = value.if_object()) {
    std::vector<const json::key_value_pair*> members;
    for (const auto& member : *object) members.push_back(&member);
    std::ranges::sort(members, {}, [](const json::key_value_pair* member) { return std::string_view(member->key()); });
    out += '{';
    for (const json::key_value_pair* member : members) {
      append_json_string(out.append(std::exchange(separator, ",")), member->key());
      append_json(out.append(":"), member->value());
    }
    out += '}';
  } else if (const json::array* items = value.if_array()) {
    out += '[';
    for (const json::value& item : *items) append_json(out.append(std::exchange(separator, ",")), item);
    out += ']';
  } else if (value.is_double()) {
    JsonWriter(out).value(value.get_double());
  } else {
    out += json::serialize(value);
  }
}

std::string plain_number(std::string_view text) {
  const auto number = read_decimal(text);
  if (!number) return std::string(text);
  std::string whole, fraction;
  for (long i = std::min(0L, number->point); i < std::max(number->point, static_cast<long>(number->digits.size())); ++i) {
    const bool inside = i >= 0 && i < static_cast<long>(number->digits.size());
    (i < number->point ? whole : fraction) += inside ? number->digits[static_cast<size_t>(i)] : '0';
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (whole.empty()) whole = "0";
  const bool zero = whole == "0" && fraction.empty();
  std::string out = number->negative && !zero ? "-" + whole : whole;
  if (!fraction.empty()) out.append(".").append(fraction);
  return out;
}

std::string scalar_text(const json::value& value) {
  if (const json::string* text = value.if_string()) return std::string(trim(std::string_view(text->data(), text->size())));
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  if (!value.is_double()) return {};
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value.get_double());
  return error == std::errc() ? plain_number(std::string_view(digits.data(), end)) : std::string();
}

std::optional<std::string> utc_milliseconds(std::string_view text) {
  auto instant = parse_rfc3339(text);
  if (!instant || instant->zone != ZoneSource::stated) return std::nullopt;
  constexpr int64_t kMilli = 1000, kSecond = 1'000'000;
  int64_t millis = (instant->micros + kMilli / 2) / kMilli;
  if (instant->micros + kMilli / 2 < 0 && (instant->micros + kMilli / 2) % kMilli != 0) --millis;
  int64_t seconds = millis / kMilli, rest = millis % kMilli;
  if (rest < 0) --seconds, rest += kMilli;
  std::string out = to_rfc3339_utc(seconds * kSecond);  // "…:56Z"
  const std::string fraction = std::to_string(kMilli + rest).substr(1);
  out.insert(out.size() - 1, "." + fraction);
  return out;
}

}  // namespace fairway::gateway::epcis
