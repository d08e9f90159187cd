#include "gateway/epcis/validate.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <span>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/rules.h"

namespace fairway::gateway::epcis {
namespace {

// Where GS1 has published its context; all of them mean the built-in one.
constexpr std::array<std::string_view, 7> kContexts = {
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    "https://ref.gs1.org/standards/epcis/2.0.1/epcis-context.jsonld",
    "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
    "http://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    "https://gs1.github.io/EPCIS/epcis-context.jsonld",
    "https://id.gs1.org/epcis-context.jsonld",
    "https://ref.gs1.org/epcis/epcis-context.jsonld",
};
constexpr std::array<std::string_view, 8> kReserved = {"epcis", "cbv", "gs1", "rdfs", "owl", "xsd", "dcterms", "cbvmda"};
constexpr std::array<std::string_view, 3> kActions = {"ADD", "OBSERVE", "DELETE"};

std::string escaped(std::string_view name) {  // RFC 6901
  std::string out;
  for (const char c : legible(name)) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
  return out;
}

bool holds_some(const json::object& body, std::string_view list) {
  const json::array* items = array_of(body, list);
  return items != nullptr && !items->empty();
}

// Depth is bounded by the parser's.
size_t depth_of(const json::value& value) {
  size_t deepest = 0;
  if (const json::object* object = value.if_object())
    for (const auto& member : *object) deepest = std::max(deepest, depth_of(member.value()));
  else if (const json::array* array = value.if_array())
    for (const json::value& item : *array) deepest = std::max(deepest, depth_of(item));
  else
    return 0;
  return deepest + 1;
}

bool is_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 99; };
  const int hours = digit(1) * 10 + digit(2), minutes = digit(4) * 10 + digit(5);
  return (hours <= 13 && minutes <= 59) || (hours == 14 && minutes == 0);
}

// GS1's own words stand bare in JSON: their URN is not to be written, nor their addresses of the drafts.
bool is_own_uri(Vocabulary vocabulary, std::string_view text) {
  if (!is_uri(text)) return false;
  const bool measured = vocabulary == Vocabulary::measurement_type || vocabulary == Vocabulary::alert_type;
  const std::array<std::string_view, 6> standard = {"urn:epcglobal:cbv",    "http://ns.gs1.org/cbv/", "https://ns.gs1.org/cbv/",
                                                    "https://gs1.org/voc/", "http://gs1.org/voc/",    "https://www.gs1.org/voc/"};
  const std::span<const std::string_view> barred = std::span(standard).subspan(measured ? 3 : 0, 3);
  return std::ranges::none_of(barred, [&](std::string_view start) { return text.starts_with(start); });
}

class Validator {
 public:
  Validator(const Namespaces& namespaces, std::string pointer, DecodedMessage& message)
      : namespaces_(namespaces), path_(std::move(pointer)), message_(message) {}

  void object(const json::object& object, const ObjectRule& rule) {
    for (const MemberRule& member : rule.members)
      if (member.required && !object.contains(member.name)) error("epcis.member_missing", std::string(member.name) + " is missing");
    for (const auto& member : object) {
      const Step step(path_, member.key());
      const auto known = std::ranges::find(rule.members, std::string_view(member.key()), &MemberRule::name);
      if (known != rule.members.end())
        check(member.value(), *known);
      else
        extension(member.key(), member.value(), rule.open);
    }
  }

  void error(std::string code, std::string what) {
    report(message_, {Severity::error, std::move(code), std::move(what), 0, path_, message_.offset});
  }

 private:
  // One step further down the JSON pointer, for as long as it lives.
  class Step {
   public:
    Step(std::string& path, std::string_view name) : path_(path), size_(path.size()) { path_.append("/").append(escaped(name)); }
    Step(std::string& path, size_t index) : Step(path, std::to_string(index)) {}
    ~Step() { path_.resize(size_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    std::string& path_;
    size_t size_;
  };

  void check(const json::value& value, const MemberRule& rule) {
    switch (rule.form) {
      case Form::any: return;
      case Form::uris:
      case Form::unique_uris:
      case Form::unique_words:
      case Form::objects: return list(value, rule);
      case Form::uri_or_uris: return value.is_array() ? list(value, rule) : uri(value);
      case Form::object:
        if (const json::object* found = value.if_object()) return object_member(*found, rule);
        return error("epcis.type", "an object is wanted");
      case Form::decimal:
        if (!value.is_number()) error("epcis.type", "a number is wanted");
        return;
      case Form::truth:
        if (!value.is_bool()) error("epcis.type", "true or false is wanted");
        return;
      default: return text(value, rule);
    }
  }

  void object_member(const json::object& found, const MemberRule& rule) {
    object(found, *rule.item);
    if (rule.name == "persistentDisposition" && !found.contains("set") && !found.contains("unset"))
      error("epcis.rule", "persistentDisposition sets or unsets something");
  }

  void list(const json::value& value, const MemberRule& rule) {
    const json::array* items = value.if_array();
    if (items == nullptr) return error("epcis.type", "a list is wanted");
    if (items->empty() && (rule.at_least_one || rule.form == Form::unique_words)) error("epcis.rule", "the list is empty");
    std::set<std::string_view> seen;
    for (size_t i = 0; i < items->size(); ++i) {
      const Step step(path_, i);
      const json::value& item = (*items)[i];
      if (rule.form == Form::objects)
        item.is_object() ? object(item.get_object(), *rule.item) : error("epcis.type", "an object is wanted");
      else
        rule.form == Form::unique_words ? word(item, rule.vocabulary) : uri(item);
      const bool unique = rule.form == Form::unique_uris || rule.form == Form::unique_words;
      if (unique && item.is_string() && !seen.insert(std::string_view(item.get_string())).second)
        error("epcis.duplicate_item", "it is in the list already");
    }
  }

  void text(const json::value& value, const MemberRule& rule) {
    const json::string* found = value.if_string();
    if (found == nullptr) return error("epcis.type", "text is wanted");
    const std::string_view text(found->data(), found->size());
    switch (rule.form) {
      case Form::time:
        if (!utc_milliseconds(text)) error("epcis.value", "a date-time with its zone is wanted: " + legible(text));
        return;
      case Form::offset:
        if (!is_offset(text)) error("epcis.value", "an offset from UTC is wanted, as +02:00: " + legible(text));
        return;
      case Form::uri: return uri(value);
      case Form::word: return word(value, rule.vocabulary);
      case Form::action:
        if (std::ranges::find(kActions, text) == kActions.end()) error("epcis.value", "ADD, OBSERVE or DELETE is wanted: " + legible(text));
        return;
      case Form::hex:
        if (text.empty() || !std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; }))
          error("epcis.value", "hexadecimal digits are wanted");
        return;
      case Form::uom: return unit(text);
      default: return;
    }
  }

  void unit(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (text.size() < 2 || text.size() > 3 || !std::ranges::all_of(text, fits))
      error("epcis.value", "a unit of two or three characters of UN/ECE Recommendation 20 is wanted: " + legible(text));
  }

  void uri(const json::value& value) {
    if (!value.is_string()) return error("epcis.type", "a URI is wanted");
    const std::string_view text = value.get_string();
    if (!is_uri(text)) return error("epcis.value", "a URI is wanted: " + legible(text));
    if (epc_form(text) == EpcForm::malformed)
      error("epcis.epc_uri", "not an EPC or GS1 Digital Link as they are written: " + legible(text));
  }

  void word(const json::value& value, Vocabulary vocabulary) {
    if (!value.is_string()) return error("epcis.type", "a word of the vocabulary or a URI is wanted");
    const std::string_view text = value.get_string();
    if (!is_word(vocabulary, text) && !is_own_uri(vocabulary, text))
      error("epcis.word", "neither a word of the Core Business Vocabulary nor a URI of your own: " + legible(text));
  }

  void extension(std::string_view name, const json::value& value, bool open) {
    if (!open || name.find(':') == std::string_view::npos)
      return error("epcis.member_unknown", "EPCIS has no such member here" + std::string(open ? "; an extension has a prefix" : ""));
    if (!qualify(name, namespaces_)) return error("epcis.prefix_undeclared", "@context does not declare the prefix");
    nested(value);
  }

  // Within an extension everything goes, as long as its names can be resolved.
  void nested(const json::value& value) {
    if (const json::array* items = value.if_array()) {
      for (size_t i = 0; i < items->size(); ++i) {
        const Step step(path_, i);
        nested((*items)[i]);
      }
    } else if (const json::object* members = value.if_object()) {
      for (const auto& member : *members) {
        const Step step(path_, member.key());
        const bool prefixed = std::string_view(member.key()).find(':') != std::string_view::npos;
        if (prefixed && !qualify(member.key(), namespaces_)) error("epcis.prefix_undeclared", "@context does not declare the prefix");
        nested(member.value());
      }
    }
  }

  const Namespaces& namespaces_;
  std::string path_;
  DecodedMessage& message_;
};

// What must be there together: EPCIS 2.0 sections 7.4.2 to 7.4.6.
void check_together(const json::object& body, std::string_view type, Validator& validator) {
  const std::string_view action = text_of(body, "action");
  const auto rule = [&](bool holds, const char* what) {
    if (!holds) validator.error("epcis.rule", what);
  };
  const bool has_epcs = body.contains("epcList") || holds_some(body, "quantityList");
  const bool has_children = holds_some(body, "childEPCs") || holds_some(body, "childQuantityList");
  if (type == "ObjectEvent") {
    rule(has_epcs || (holds_some(body, "sensorElementList") && body.contains("readPoint")),
         "an object event has an epcList, a quantityList, or a sensorElementList with a readPoint");
    rule(!body.contains("ilmd") || action == "ADD", "ilmd comes with action ADD alone");
  } else if (type == "AggregationEvent") {
    rule(body.contains("parentID") || action == "OBSERVE", "an aggregation has a parentID unless it is only observed");
    rule(has_children || action == "DELETE", "an aggregation has childEPCs or a childQuantityList");
  } else if (type == "AssociationEvent") {
    rule(has_children || action == "DELETE", "an association has childEPCs or a childQuantityList");
  } else if (type == "TransactionEvent") {
    rule(has_epcs || action == "DELETE", "a transaction event has an epcList or a quantityList");
  } else {
    const bool in = holds_some(body, "inputEPCList") || holds_some(body, "inputQuantityList");
    const bool out = holds_some(body, "outputEPCList") || holds_some(body, "outputQuantityList");
    rule((in && out) || ((in || out) && body.contains("transformationID")),
         "a transformation has inputs and outputs, or a transformationID with one of the two");
  }
}

}  // namespace

void read_context(const json::value& context, const std::string& pointer, Namespaces& namespaces, DecodedMessage& message) {
  const auto refuse = [&](const char* code, std::string what) {
    report(message, {Severity::error, code, std::move(what), 0, pointer, message.offset});
  };
  if (const json::array* items = context.if_array()) {
    for (const json::value& item : *items) {
      if (item.is_array()) return refuse("epcis.context_invalid", "a context within a context is not an address or an object");
      read_context(item, pointer, namespaces, message);
    }
  } else if (const json::string* address = context.if_string()) {
    if (std::ranges::find(kContexts, std::string_view(*address)) == kContexts.end())
      refuse("epcis.context_remote", "only GS1's own context is known here: " + legible(std::string_view(*address), 200));
  } else if (const json::object* terms = context.if_object()) {
    for (const auto& term : *terms) {
      const std::string_view name = term.key();
      const json::value& value = term.value();
      const std::string_view uri = value.is_object()   ? text_of(value.get_object(), "@id")
                                   : value.is_string() ? std::string_view(value.get_string())
                                                       : std::string_view();
      if (name.starts_with('@')) continue;
      if (!is_uri(uri)) {
        refuse("epcis.context_invalid", "the namespace of a prefix is a URI: " + legible(name));
      } else if (const auto known = namespaces.find(name); std::ranges::find(kReserved, name) != kReserved.end()) {
        const bool same = known && (uri == *known || uri == std::string(*known) + ":" || (name == "gs1" && uri == "https://gs1.org/voc/"));
        if (!same) refuse("epcis.context_invalid", "GS1's context has this prefix already: " + legible(name));
      } else if (!namespaces.declare(name, uri)) {
        return refuse("epcis.context_invalid", "more than " + std::to_string(limits::kEpcisPrefixesMax) + " prefixes");
      }
    }
  } else {
    refuse("epcis.context_invalid", "an address, an object or a list of them is wanted");
  }
}

void validate(CapturedEvent& event, const std::string& pointer, DecodedMessage& message) {
  constexpr size_t kDepthMax = limits::kOriginalDepthMax - 2;  // it is kept within other JSON
  if (const json::value* own = event.body.if_contains("@context")) read_context(*own, pointer + "/@context", event.namespaces, message);
  Validator validator(event.namespaces, pointer, message);
  if (depth_of(event.body) > kDepthMax)
    return validator.error("epcis.too_deep", "nested deeper than " + std::to_string(kDepthMax) + " levels");
  const std::string_view type = event.type();
  if (const ObjectRule* rule = rule_of(type)) {
    validator.object(event.body, *rule);
    check_together(event.body, type, validator);
    return;
  }
  if (!is_uri(type)) return validator.error("epcis.event_type", "not an event type of EPCIS nor a URI of your own: " + legible(type));
  // An event type of somebody's own has what every event has; what else it has is its own affair.
  json::object common;
  for (const MemberRule& member : common_rule().members)
    if (const json::value* found = event.body.if_contains(member.name)) common.emplace(member.name, *found);
  validator.object(common, common_rule());
}

}  // namespace fairway::gateway::epcis
