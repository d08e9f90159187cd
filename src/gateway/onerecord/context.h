// Context: what the short names of a JSON-LD document stand for (JSON-LD 1.1, section 3.1).
//
// Prefixes, terms, @vocab, @language and the type that a term's values have are understood where they stand in the document. A context at
// an address is never fetched: Code::unsupported, unless it is one of ONE Record's own, which are built in. Value type; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/status.h"

namespace fairway::gateway::onerecord {

class Context {
 public:
  // Takes the value of an @context in: an object, an address, null, or an array of these.
  [[nodiscard]] Status add(const json::value& context);

  // The full name of a member or type; "" where the context does not say.
  [[nodiscard]] std::string expand(std::string_view name) const;
  // The full form of an @id: prefixes are resolved, nothing else is.
  [[nodiscard]] std::string expand_id(std::string_view id) const;
  // The datatype that the context gives values of this property ("@id" for links), or "".
  [[nodiscard]] std::string_view coercion(const std::string& iri) const;
  [[nodiscard]] const std::string& language() const { return language_; }

 private:
  Status add_object(const json::object& object);
  Status add_address(std::string_view address);
  void define(std::string_view term, const json::value& definition);
  std::string resolve(std::string_view name) const;

  std::map<std::string, std::string, std::less<>> terms_;
  std::map<std::string, std::string, std::less<>> coercions_;  // by full name
  std::string vocabulary_, language_;
};

}  // namespace fairway::gateway::onerecord
