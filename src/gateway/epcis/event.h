// EPCIS events as one model, whichever syntax they came in.
//
// The canonical form of an event is its JSON-LD of EPCIS 2.0: bare words for the standard vocabularies, lists under their list
// members, extensions under prefixed names, and beside it the namespace of each prefix. JSON is taken as it was sent; XML of EPCIS
// 1.2 and 2.0 is brought into that form (xml.h). Validation, event hash, mapping and queries all work on it. Values; any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace fairway::gateway::epcis {

// The namespaces of extension prefixes: what @context declares, or xmlns.
class Namespaces {
 public:
  // False where there would be more than limits::kEpcisPrefixesMax. A later declaration of a prefix replaces an earlier one.
  bool declare(std::string_view prefix, std::string_view uri);
  // The namespace of a declared or built-in prefix ("gs1", "cbv", "cbvmda", "rdfs", …); nullopt for others.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view prefix) const;
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& declared() const { return declared_; }

 private:
  std::map<std::string, std::string, std::less<>> declared_;
};

// A name split at its namespace: "example:myField" under {"example": "http://ns.example.com/"}, or a whole URI at its last '#', '/' or ':'.
struct QualifiedName {
  std::string space, local;
};
[[nodiscard]] std::optional<QualifiedName> qualify(std::string_view name, const Namespaces& namespaces);

struct CapturedEvent {
  json::object body;
  Namespaces namespaces;
  [[nodiscard]] std::string_view type() const { return text_of(body, "type"); }
};

// The value as JSON text: members in the order of their names, numbers in their shortest form, so that what is equal is written alike.
void append_json(std::string& out, const json::value& value);

// The text of a scalar: a string without the blanks around it, a number in its shortest decimal form, "true", "false", "".
[[nodiscard]] std::string scalar_text(const json::value& value);
// A number's text without sign '+', leading or trailing zeros or exponent; text that is no number as it is.
[[nodiscard]] std::string plain_number(std::string_view text);

// "2013-06-08T14:58:56.5915+02:00" as UTC with three decimals, half rounded up; nullopt where it is no date-time with a zone.
[[nodiscard]] std::optional<std::string> utc_milliseconds(std::string_view text);

}  // namespace fairway::gateway::epcis
