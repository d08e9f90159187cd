#include "gateway/epcis/hash.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "gateway/epcis/epc_uri.h"
#include "gateway/epcis/rules.h"

namespace fairway::gateway::epcis {
namespace {

// How a member is written into the string.
enum class Kind : uint8_t { value, time, word, epcs, quantities, typed, place, dispositions, sensors };

struct Field {
  std::string_view name;
  Kind kind;
  Vocabulary vocabulary = {};
};

// The canonical order of properties.
constexpr auto kOrder = std::to_array<Field>({
    {"eventTime", Kind::time},
    {"eventTimeZoneOffset", Kind::value},
    {"epcList", Kind::epcs},
    {"parentID", Kind::value},
    {"inputEPCList", Kind::epcs},
    {"childEPCs", Kind::epcs},
    {"quantityList", Kind::quantities},
    {"childQuantityList", Kind::quantities},
    {"inputQuantityList", Kind::quantities},
    {"outputEPCList", Kind::epcs},
    {"outputQuantityList", Kind::quantities},
    {"action", Kind::value},
    {"transformationID", Kind::value},
    {"bizStep", Kind::word, Vocabulary::biz_step},
    {"disposition", Kind::word, Vocabulary::disposition},
    {"persistentDisposition", Kind::dispositions},
    {"readPoint", Kind::place},
    {"bizLocation", Kind::place},
    {"bizTransactionList", Kind::typed, Vocabulary::biz_transaction_type},
    {"sourceList", Kind::typed, Vocabulary::source_dest_type},
    {"destinationList", Kind::typed, Vocabulary::source_dest_type},
    {"sensorElementList", Kind::sensors},
});
constexpr auto kMetadata = std::to_array<Field>({
    {"time", Kind::time},
    {"startTime", Kind::time},
    {"endTime", Kind::time},
    {"deviceID", Kind::value},
    {"deviceMetadata", Kind::value},
    {"rawData", Kind::value},
    {"dataProcessingMethod", Kind::value},
    {"bizRules", Kind::value},
});
constexpr auto kReport = std::to_array<Field>({
    {"type", Kind::word, Vocabulary::measurement_type},
    {"exception", Kind::word, Vocabulary::alert_type},
    {"deviceID", Kind::value},
    {"deviceMetadata", Kind::value},
    {"rawData", Kind::value},
    {"dataProcessingMethod", Kind::value},
    {"time", Kind::time},
    {"microorganism", Kind::value},
    {"chemicalSubstance", Kind::value},
    {"value", Kind::value},
    {"component", Kind::word, Vocabulary::component},
    {"stringValue", Kind::value},
    {"booleanValue", Kind::value},
    {"hexBinaryValue", Kind::value},
    {"uriValue", Kind::value},
    {"minValue", Kind::value},
    {"maxValue", Kind::value},
    {"meanValue", Kind::value},
    {"sDev", Kind::value},
    {"percRank", Kind::value},
    {"percValue", Kind::value},
    {"uom", Kind::value},
    {"coordinateReferenceSystem", Kind::value},
});
constexpr auto kQuantity = std::to_array<Field>({{"epcClass", Kind::value}, {"quantity", Kind::value}, {"uom", Kind::value}});

// Comments are for people.
constexpr std::array<std::string_view, 3> kComments = {"rdfs:comment", "comment", "http://www.w3.org/2000/01/rdf-schema#comment"};

bool is_comment(std::string_view name) { return std::ranges::find(kComments, name) != kComments.end(); }

std::string canonical(std::string_view text) { return canonical_uri(standard_uri(plain_number(text))); }
std::string canonical(const json::value& value) { return canonical(scalar_text(value)); }

// "name=value", or nothing where there is no value.
void append_pair(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out.append(name).append("=").append(value);
}

void append_sorted(std::string& out, std::vector<std::string> parts) {
  std::ranges::sort(parts);
  for (const std::string& part : parts) out += part;
}

const json::object* as_object(const json::value& value) { return value.if_object(); }

class Writer {
 public:
  explicit Writer(const CapturedEvent& event) : event_(event) {}

  std::string write() {
    append_pair(out_, "eventType", event_.type());
    append_fields(out_, event_.body, kOrder);
    if (const json::object* ilmd = object_of(event_.body, "ilmd"); ilmd != nullptr && !ilmd->empty())
      out_.append("ilmd").append(extensions_of(*ilmd));
    for (const std::string_view place : {"readPoint", "bizLocation"})
      if (const json::object* found = object_of(event_.body, place)) append_named(out_, place, extensions_of(*found));
    append_sensor_extensions();
    return out_.append(extensions_of(event_.body));
  }

 private:
  // Extensions alone are under names with a prefix; in events of somebody's own type, so is all that is not everybody's.
  std::string extensions_of(const json::object& object) const {
    std::vector<std::string> parts;
    for (const auto& member : object) {
      const std::string_view name = member.key();
      if (name.find(':') != std::string_view::npos && !is_comment(name)) append_extension(parts, name, member.value());
    }
    std::string out;
    append_sorted(out, std::move(parts));
    return out;
  }

  // The keys of parents stay, whether or not they hold anything. A list is its key again and again.
  void append_extension(std::vector<std::string>& parts, std::string_view name, const json::value& value) const {
    if (const json::array* items = value.if_array()) {
      for (const json::value& item : *items) append_extension(parts, name, item);
      return;
    }
    std::string part = name_of(name);
    if (const json::object* members = value.if_object()) {
      std::vector<std::string> inner;
      for (const auto& member : *members) {
        if (member.key() == "#text")
          append_pair(part, "", canonical(member.value()));
        else if (!is_comment(member.key()) && member.key() != "@context")
          append_extension(inner, member.key(), member.value());
      }
      append_sorted(part, std::move(inner));
    } else {
      append_pair(part, "", canonical(value));
    }
    parts.push_back(std::move(part));
  }

  std::string name_of(std::string_view name) const {
    const auto qualified = qualify(name, event_.namespaces);
    return qualified ? "{" + qualified->space + "}" + qualified->local : std::string(name);
  }

  static void append_named(std::string& out, std::string_view name, std::string_view content) {
    if (!content.empty()) out.append(name).append(content);
  }

  void append_sensor_extensions() {
    const json::array* elements = array_of(event_.body, "sensorElementList");
    if (elements == nullptr) return;
    std::vector<std::string> parts;
    for (const json::value& element : *elements) {
      const json::object* sensor = as_object(element);
      if (sensor == nullptr) continue;
      std::vector<std::string> inner;
      if (const json::object* metadata = object_of(*sensor, "sensorMetadata"))
        append_named(inner.emplace_back(), "sensorMetadata", extensions_of(*metadata));
      if (const json::array* reports = array_of(*sensor, "sensorReport"))
        for (const json::value& report : *reports)
          if (const json::object* found = as_object(report)) append_named(inner.emplace_back(), "sensorReport", extensions_of(*found));
      inner.push_back(extensions_of(*sensor));
      std::string content;
      append_sorted(content, std::move(inner));
      append_named(parts.emplace_back(), "sensorElement", content);
    }
    append_sorted(out_, std::move(parts));
  }

  static void append_fields(std::string& out, const json::object& object, std::span<const Field> fields) {
    for (const Field& field : fields)
      if (const json::value* found = object.if_contains(field.name)) append_field(out, field, *found);
  }

  static void append_field(std::string& out, const Field& field, const json::value& value) {
    switch (field.kind) {
      case Kind::value: return append_pair(out, field.name, canonical(value));
      case Kind::time: {
        const std::string text = scalar_text(value);
        const auto utc = utc_milliseconds(text);
        return append_pair(out, field.name, utc ? *utc : text);
      }
      case Kind::word: return append_pair(out, field.name, word(value, field.vocabulary));
      case Kind::epcs: return append_epcs(out, field.name, value);
      case Kind::quantities: return append_quantities(out, field.name, value);
      case Kind::typed: return append_typed(out, field, value);
      case Kind::place:
        if (const json::object* place = value.if_object()) {
          std::string id;
          if (const json::value* found = place->if_contains("id")) append_pair(id, "id", canonical(*found));
          append_named(out, field.name, id);
        }
        return;
      case Kind::dispositions: return append_dispositions(out, field.name, value);
      case Kind::sensors: return append_sensors(out, value);
    }
  }

  static std::string word(const json::value& value, Vocabulary vocabulary) {
    const std::string text = scalar_text(value);
    auto uri = web_uri(vocabulary, text);
    return uri ? std::move(*uri) : canonical(text);
  }

  static void append_epcs(std::string& out, std::string_view name, const json::value& value) {
    const json::array* items = value.if_array();
    if (items == nullptr || items->empty()) return;
    std::vector<std::string> parts;
    for (const json::value& item : *items) append_pair(parts.emplace_back(), "epc", canonical(item));
    append_sorted(out.append(name), std::move(parts));
  }

  static void append_quantities(std::string& out, std::string_view name, const json::value& value) {
    const json::array* items = value.if_array();
    if (items == nullptr || items->empty()) return;
    std::vector<std::string> parts;
    for (const json::value& item : *items)
      if (const json::object* quantity = as_object(item)) append_fields(parts.emplace_back("quantityElement"), *quantity, kQuantity);
    append_sorted(out.append(name), std::move(parts));
  }

  // "bizTransactionList" holds "bizTransaction", "sourceList" "source", "destinationList" "destination".
  static void append_typed(std::string& out, const Field& field, const json::value& value) {
    constexpr std::string_view kList = "List";
    const std::string_view member = field.name.substr(0, field.name.size() - kList.size());
    const json::array* items = value.if_array();
    if (items == nullptr || items->empty()) return;
    std::vector<std::string> parts;
    for (const json::value& item : *items) {
      const json::object* typed = as_object(item);
      if (typed == nullptr) continue;
      std::string& part = parts.emplace_back();
      if (const json::value* type = typed->if_contains("type")) append_pair(part, "type", word(*type, field.vocabulary));
      if (const json::value* found = typed->if_contains(member)) append_pair(part, member, canonical(*found));
    }
    append_sorted(out.append(field.name), std::move(parts));
  }

  static void append_dispositions(std::string& out, std::string_view name, const json::value& value) {
    const json::object* object = as_object(value);
    if (object == nullptr) return;
    std::string content;
    for (const std::string_view change : {"set", "unset"}) {
      const json::array* items = array_of(*object, change);
      if (items == nullptr) continue;
      std::vector<std::string> parts;
      for (const json::value& item : *items) append_pair(parts.emplace_back(), change, word(item, Vocabulary::disposition));
      append_sorted(content, std::move(parts));
    }
    append_named(out, name, content);
  }

  static void append_sensors(std::string& out, const json::value& value) {
    const json::array* elements = value.if_array();
    if (elements == nullptr) return;
    std::vector<std::string> parts;
    for (const json::value& element : *elements) {
      const json::object* sensor = as_object(element);
      if (sensor == nullptr) continue;
      std::string content;
      if (const json::object* metadata = object_of(*sensor, "sensorMetadata")) {
        std::string fields;
        append_fields(fields, *metadata, kMetadata);
        append_named(content, "sensorMetadata", fields);
      }
      if (const json::array* reports = array_of(*sensor, "sensorReport")) {
        std::vector<std::string> written;
        for (const json::value& report : *reports)
          if (const json::object* found = as_object(report)) append_fields(written.emplace_back("sensorReport"), *found, kReport);
        append_sorted(content, std::move(written));
      }
      append_named(parts.emplace_back(), "sensorElement", content);
    }
    append_sorted(out, std::move(parts));
  }

  const CapturedEvent& event_;
  std::string out_;
};

}  // namespace

std::string pre_hash(const CapturedEvent& event) { return Writer(event).write(); }

std::string event_hash(const CapturedEvent& event) { return "ni:///sha-256;" + to_hex(sha256(pre_hash(event))) + "?ver=CBV2.0"; }

}  // namespace fairway::gateway::epcis
