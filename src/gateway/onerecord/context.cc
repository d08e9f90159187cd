#include "gateway/onerecord/context.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::gateway::onerecord {
namespace {

// Contexts of the ontologies themselves, known by the addresses under which they are published.
struct KnownRow {
  std::string_view address, prefix, space;
};
constexpr std::array kKnown = {
    KnownRow{"https://onerecord.iata.org/ns/cargo", "cargo", kCargo},
    KnownRow{"https://onerecord.iata.org/ns/api", "api", kApi},
};

std::string_view string_in(const json::value& value) {
  const json::string* text = value.if_string();
  return text != nullptr ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::unexpected<Error> remote(std::string_view address) {
  return fail(Code::unsupported, "a context at an address is not fetched", legible(address),
              "write the prefixes into the document: {\"cargo\": \"" + std::string(kCargo) + "\"}");
}

}  // namespace

Status Context::add(const json::value& context) {
  if (context.is_null()) return *this = Context(), Status();
  if (context.is_string()) return add_address(string_in(context));
  if (const json::object* object = context.if_object()) return add_object(*object);
  const json::array* all = context.if_array();
  if (all == nullptr) return fail(Code::invalid, "not a context", "@context", "write an object of prefixes");
  for (const json::value& item : *all) {
    if (item.is_array()) return fail(Code::invalid, "not a context", "an array in an array of contexts");
    TRY_OK(add(item));
  }
  return {};
}

Status Context::add_address(std::string_view address) {
  std::string_view base = trim(address);
  while (base.ends_with('#') || base.ends_with('/')) base.remove_suffix(1);
  const auto known = std::ranges::find_if(kKnown, [&](const KnownRow& row) {
    return base == row.address || (base.starts_with(row.address) && base[row.address.size()] == '/');  // with its version
  });
  if (known == kKnown.end()) return remote(address);
  terms_[std::string(known->prefix)] = known->space;
  if (vocabulary_.empty()) vocabulary_ = known->space;
  return {};
}

Status Context::add_object(const json::object& object) {
  if (object.contains("@import")) return remote(text_of(object, "@import"));
  if (object.size() + terms_.size() + coercions_.size() > limits::kLinkedDataTermsMax)
    return fail(Code::too_large, "too many terms in the document's contexts", std::to_string(object.size()),
                "at most " + std::to_string(limits::kLinkedDataTermsMax));
  if (const json::value* vocabulary = object.if_contains("@vocab")) vocabulary_ = string_in(*vocabulary);
  if (const json::value* language = object.if_contains("@language")) language_ = string_in(*language);
  // Prefixes first: a definition may use those that stand after it.
  for (const auto& [term, definition] : object)
    if (const std::string_view iri = string_in(definition); !term.starts_with('@') && iri.find(':') != std::string_view::npos)
      terms_[std::string(term)] = iri;
  for (const auto& [term, definition] : object)
    if (!term.starts_with('@')) define(term, definition);
  return {};
}

void Context::define(std::string_view term, const json::value& definition) {
  if (definition.is_null()) return void(terms_.erase(std::string(term)));
  const json::object* object = definition.if_object();
  const std::string_view iri = object != nullptr ? text_of(*object, "@id") : string_in(definition);
  if (!iri.empty()) terms_[std::string(term)] = iri.starts_with('@') ? std::string(iri) : resolve(iri);
  if (object == nullptr) return;
  const std::string_view type = text_of(*object, "@type");
  if (type.empty()) return;
  const std::string full = expand(term);
  if (!full.empty()) coercions_[full] = type.starts_with('@') ? "@id" : resolve(type);
}

// As expand(), without the terms' own definitions, so that no definition goes in a circle.
std::string Context::resolve(std::string_view name) const {
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return vocabulary_.empty() ? std::string() : vocabulary_ + std::string(name);
  if (name.substr(colon + 1).starts_with("//")) return std::string(name);
  const auto prefix = terms_.find(name.substr(0, colon));
  return prefix == terms_.end() ? std::string(name) : prefix->second + std::string(name.substr(colon + 1));
}

std::string Context::expand(std::string_view name) const {
  if (name.starts_with('@')) return std::string(name);
  if (const auto term = terms_.find(name); term != terms_.end()) return term->second;
  return resolve(name);
}

std::string Context::expand_id(std::string_view id) const { return id.find(':') == std::string_view::npos ? std::string(id) : resolve(id); }

std::string_view Context::coercion(const std::string& iri) const {
  const auto found = coercions_.find(iri);
  return found == coercions_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace fairway::gateway::onerecord
