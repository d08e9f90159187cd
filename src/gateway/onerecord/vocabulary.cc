#include "gateway/onerecord/vocabulary.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/instant.h"

namespace fairway::gateway::onerecord {
namespace {

// The classes of the API ontology that a request's body can be of.
constexpr std::array<std::string_view, 12> kApiClasses = {
    "AccessDelegation", "AuditTrail", "Change",          "Collection",        "Error",        "ErrorDetail",
    "Notification",     "Operation",  "OperationObject", "ServerInformation", "Subscription", "Verification"};

constexpr std::array<std::string_view, 8> kIntegers = {"integer",         "int",        "long", "short", "decimal", "nonNegativeInteger",
                                                       "positiveInteger", "unsignedInt"};
constexpr std::array<std::string_view, 2> kFractions = {"double", "float"};

std::string_view name_of(std::string_view datatype) {
  return datatype.starts_with(kXsd) ? datatype.substr(kXsd.size()) : std::string_view("string");
}

std::optional<double> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

bool is_whole(std::string_view text) { return text.find_first_not_of("+-0123456789") == std::string_view::npos; }

std::optional<bool> truth_in(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

bool is_number_form(std::string_view name, std::string_view text) {
  const auto number = number_in(text);
  if (!number) return false;
  if (std::ranges::find(kFractions, name) != kFractions.end() || name == "decimal") return true;
  if (!is_whole(text)) return false;
  return name == "positiveInteger" ? *number >= 1 : !(name == "nonNegativeInteger" || name == "unsignedInt") || *number >= 0;
}

bool is_number(std::string_view name) {
  return std::ranges::find(kIntegers, name) != kIntegers.end() || std::ranges::find(kFractions, name) != kFractions.end();
}

}  // namespace

std::string cargo(std::string_view name) { return std::string(kCargo).append(name); }
std::string api(std::string_view name) { return std::string(kApi).append(name); }
std::string xsd(std::string_view name) { return std::string(kXsd).append(name); }

std::string_view local_name(std::string_view iri) {
  for (const char mark : {'#', '/', ':'})
    if (const size_t at = iri.rfind(mark); at != std::string_view::npos) return iri.substr(at + 1);
  return iri;
}

std::string compact(std::string_view iri) {
  if (iri.starts_with(kCargo)) return "cargo:" + std::string(iri.substr(kCargo.size()));
  if (iri.starts_with(kApi)) return "api:" + std::string(iri.substr(kApi.size()));
  return std::string(iri);
}

std::string_view namespace_of_class(std::string_view name) {
  return std::ranges::find(kApiClasses, name) != kApiClasses.end() ? kApi : kCargo;
}

bool is_xsd(std::string_view datatype) { return datatype.empty() || datatype.starts_with(kXsd); }

bool is_form_of(std::string_view datatype, std::string_view text) {
  const std::string_view name = name_of(datatype);
  if (name == "boolean") return truth_in(text).has_value();
  if (is_number(name)) return is_number_form(name, text);
  if (name == "dateTime") return parse_rfc3339(text).has_value();
  return true;
}

bool same_value(std::string_view datatype, std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::string_view name = name_of(datatype);
  if (name == "boolean") return truth_in(a) && truth_in(a) == truth_in(b);
  if (is_number(name)) return number_in(a) && number_in(a) == number_in(b);
  if (name != "dateTime") return false;
  const auto first = parse_rfc3339(a), second = parse_rfc3339(b);
  return first && second && *first == *second;
}

}  // namespace fairway::gateway::onerecord
