#include "gateway/epcis/xml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <pugixml.hpp>
#include <tuple>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/xml_name.h"
#include "gateway/epcis/vocabulary.h"

namespace fairway::gateway::epcis {
namespace {

constexpr size_t kElementsMax = 1'000'000;
constexpr size_t kAttributesMax = 2'000'000;
constexpr size_t kAttributesPerElementMax = 256;                  // they are looked through one by one
constexpr std::string_view kEpcisSpaces = "urn:epcglobal:epcis";  // …:xsd:1, …:xsd:2, …-query:xsd:2

std::string_view name_of(const pugi::xml_node& node) { return node.name(); }

// The namespace that a prefix ("": the default one) has at this node.
std::string_view space_of(pugi::xml_node node, std::string_view prefix) {
  const std::string attribute = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (; node; node = node.parent())
    if (const pugi::xml_attribute found = node.attribute(attribute.c_str())) return found.value();
  return {};
}

bool is_epcis(const pugi::xml_node& node) {
  const std::string_view space = space_of(node, prefix_of(name_of(node)));
  return space.empty() || space.starts_with(kEpcisSpaces);
}

bool is_element(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

std::string text_in(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node child : node.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  return std::string(trim(text));
}

// A number where the text is one; text that is none stays and is reported by validation.
json::value number_in(const std::string& text) {
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  int64_t whole = 0;
  if (const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
      error == std::errc() && end == digits.data() + digits.size())
    return whole;
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return json::value(text);
  return number;
}

json::value truth_in(const std::string& text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return json::value(text);
}

// Attributes and elements that are not plain text in JSON.
enum class Scalar : uint8_t { number, truth, word };
struct ScalarRow {
  std::string_view name;
  Scalar scalar;
  Vocabulary vocabulary = {};
};
constexpr std::array kReportScalars = {
    ScalarRow{"type", Scalar::word, Vocabulary::measurement_type},
    ScalarRow{"exception", Scalar::word, Vocabulary::alert_type},
    ScalarRow{"component", Scalar::word, Vocabulary::component},
    ScalarRow{"booleanValue", Scalar::truth},
    ScalarRow{"value", Scalar::number},
    ScalarRow{"minValue", Scalar::number},
    ScalarRow{"maxValue", Scalar::number},
    ScalarRow{"meanValue", Scalar::number},
    ScalarRow{"sDev", Scalar::number},
    ScalarRow{"percRank", Scalar::number},
    ScalarRow{"percValue", Scalar::number},
};

json::value scalar_in(std::string_view name, const std::string& text) {
  const auto found = std::ranges::find(kReportScalars, name, &ScalarRow::name);
  if (found == kReportScalars.end()) return json::value(text);
  switch (found->scalar) {
    case Scalar::number: return number_in(text);
    case Scalar::truth: return truth_in(text);
    case Scalar::word: return json::value(bare_word(found->vocabulary, text));
  }
  return json::value(text);
}

// A member that is there already becomes a list of what there is.
void add(json::object& object, const std::string& name, json::value value) {
  json::value* there = object.if_contains(name);
  if (there == nullptr) {
    object.emplace(name, std::move(value));
  } else if (there->is_array()) {
    there->get_array().push_back(std::move(value));
  } else {
    json::array both;
    both.push_back(std::move(*there));
    both.push_back(std::move(value));
    *there = std::move(both);
  }
}

// Turns one event element into JSON. Nesting has been bounded before.
class Converter {
 public:
  CapturedEvent convert(const pugi::xml_node& node) {
    event_.body.emplace("type", local_of(name_of(node)));
    members(node, event_.body);
    return std::move(event_);
  }

 private:
  void members(const pugi::xml_node& node, json::object& body) {
    for (const pugi::xml_node child : node.children()) {
      if (!is_element(child)) continue;
      const std::string name(local_of(name_of(child)));
      if (!is_epcis(child))
        extension(child, body);
      else if (name == "extension" || name == "baseExtension")  // where EPCIS 1.2 put what is newer than 1.0
        members(child, body);
      else
        member(child, name, body);
    }
  }

  void member(const pugi::xml_node& node, const std::string& name, json::object& body) {
    if (name == "epcList" || name == "childEPCs" || name == "inputEPCList" || name == "outputEPCList")
      add(body, name, texts(node));
    else if (name.ends_with("uantityList"))
      add(body, name, quantities(node));
    else if (name == "readPoint" || name == "bizLocation" || name == "ilmd" || name == "errorDeclaration")
      add(body, name, object(node));
    else if (name == "bizTransactionList" || name == "sourceList" || name == "destinationList")
      add(body, name, typed(node, name));
    else if (name == "persistentDisposition")
      add(body, name, dispositions(node));
    else if (name == "sensorElementList")
      add(body, name, sensors(node));
    else if (name == "correctiveEventIDs")
      add(body, name, texts(node));
    else
      text_member(node, name, body);
  }

  static void text_member(const pugi::xml_node& node, const std::string& name, json::object& body) {
    constexpr std::array<std::pair<std::string_view, Vocabulary>, 3> kWords = {
        {{"bizStep", Vocabulary::biz_step}, {"disposition", Vocabulary::disposition}, {"reason", Vocabulary::error_reason}}};
    const std::string text = text_in(node);
    const auto word = std::ranges::find(kWords, std::string_view(name), &std::pair<std::string_view, Vocabulary>::first);
    add(body, name, json::value(word == kWords.end() ? text : bare_word(word->second, text)));
  }

  static json::array texts(const pugi::xml_node& node) {
    json::array items;
    for (const pugi::xml_node child : node.children())
      if (is_element(child)) items.emplace_back(text_in(child));
    return items;
  }

  static json::array quantities(const pugi::xml_node& node) {
    json::array items;
    for (const pugi::xml_node element : node.children()) {
      if (!is_element(element)) continue;
      json::object quantity;
      for (const pugi::xml_node child : element.children())
        if (is_element(child)) {
          const std::string name(local_of(name_of(child)));
          add(quantity, name, name == "quantity" ? number_in(text_in(child)) : json::value(text_in(child)));
        }
      items.emplace_back(std::move(quantity));
    }
    return items;
  }

  json::object object(const pugi::xml_node& node) {
    json::object found;
    members(node, found);
    return found;
  }

  static json::array typed(const pugi::xml_node& node, const std::string& list) {
    const bool transactions = list == "bizTransactionList";
    json::array items;
    for (const pugi::xml_node child : node.children()) {
      if (!is_element(child)) continue;
      json::object item;
      if (const pugi::xml_attribute type = child.attribute("type"))
        item.emplace("type", bare_word(transactions ? Vocabulary::biz_transaction_type : Vocabulary::source_dest_type, type.value()));
      item.emplace(local_of(name_of(child)), text_in(child));
      items.emplace_back(std::move(item));
    }
    return items;
  }

  static json::object dispositions(const pugi::xml_node& node) {
    json::object changes;
    for (const pugi::xml_node child : node.children()) {
      if (!is_element(child)) continue;
      json::value& list = changes.emplace(local_of(name_of(child)), json::array()).first->value();
      list.get_array().emplace_back(bare_word(Vocabulary::disposition, text_in(child)));
    }
    return changes;
  }

  json::array sensors(const pugi::xml_node& node) {
    json::array elements;
    for (const pugi::xml_node element : node.children()) {
      if (!is_element(element)) continue;
      json::object sensor;
      json::array reports;
      for (const pugi::xml_node child : element.children()) {
        if (!is_element(child)) continue;
        const std::string_view name = local_of(name_of(child));
        if (!is_epcis(child))
          extension(child, sensor);
        else if (name == "sensorReport")
          reports.emplace_back(attributes(child, true));
        else if (name == "sensorMetadata")
          sensor.insert_or_assign("sensorMetadata", attributes(child, false));
        else if (name == "extension")
          members(child, sensor);
        else
          sensor.insert_or_assign(name, text_in(child));
      }
      if (!reports.empty()) sensor.emplace("sensorReport", std::move(reports));
      elements.emplace_back(std::move(sensor));
    }
    return elements;
  }

  // What sensor elements say stands in attributes.
  json::object attributes(const pugi::xml_node& node, bool report) {
    json::object found;
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "xmlns" || name.starts_with("xmlns:")) continue;
      const std::string text(trim(attribute.value()));
      const std::string key = prefix_of(name).empty() ? std::string(name) : key_of(node, name);
      add(found, key, report ? scalar_in(key, text) : json::value(text));
    }
    for (const pugi::xml_node child : node.children())
      if (is_element(child)) extension(child, found);
    return found;
  }

  void extension(const pugi::xml_node& node, json::object& into) { add(into, key_of(node, name_of(node)), content(node)); }

  json::value content(const pugi::xml_node& node) {
    json::object found;
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name != "xmlns" && !name.starts_with("xmlns:")) add(found, key_of(node, name), json::value(trim(attribute.value())));
    }
    for (const pugi::xml_node child : node.children())
      if (is_element(child)) extension(child, found);
    const std::string text = text_in(node);
    if (found.empty()) return json::value(text);
    if (!text.empty()) found.emplace("#text", text);
    return found;
  }

  // "prefix:local" with the prefix declared; another prefix where this one stands for something else already.
  std::string key_of(const pugi::xml_node& node, std::string_view name) {
    const std::string_view prefix = prefix_of(name), local = local_of(name);
    const std::string_view space = space_of(node, prefix);
    if (space.empty() || (prefix.empty() && space.starts_with(kEpcisSpaces))) return std::string(name);
    std::string chosen(prefix.empty() ? "ext" : prefix);
    for (int attempt = 2; attempt < 100; ++attempt) {
      const auto known = event_.namespaces.find(chosen);
      const bool own = event_.namespaces.declared().contains(chosen);
      if (known && (*known == space || !own)) break;
      if (!known && event_.namespaces.declare(chosen, space)) break;
      chosen = std::string(prefix.empty() ? "ext" : prefix) + std::to_string(attempt);
    }
    return chosen.append(":").append(local);
  }

  CapturedEvent event_;
};

class ShapeCheck : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    const auto attributes = node.attributes();
    return depth() < static_cast<int>(limits::kEpcisXmlDepthMax) &&
           std::distance(attributes.begin(), attributes.end()) <= static_cast<ptrdiff_t>(kAttributesPerElementMax);
  }
};

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node child : node.children())
    if (is_element(child) && local_of(name_of(child)) == name) return child;
  return {};
}

// Where the element stands in the bytes: from its '<' to the '>' of its end.
std::pair<uint64_t, uint64_t> extent_of(std::string_view bytes, const pugi::xml_node& node) {
  const auto begin = static_cast<size_t>(std::max<ptrdiff_t>(node.offset_debug() - 1, 0));
  const pugi::xml_node last = node.last_child();
  const auto inside = static_cast<size_t>(std::max<ptrdiff_t>(last ? last.offset_debug() : node.offset_debug(), 0));
  const std::string end = "</" + std::string(node.name());
  size_t at = bytes.find(end, inside);
  at = at == std::string_view::npos ? inside : at;
  const size_t close = bytes.find('>', at);
  const size_t stop = close == std::string_view::npos ? bytes.size() : close + 1;
  return {begin, stop > begin ? stop - begin : 0};
}

struct Cutter {
  std::string_view bytes;
  const std::function<void(XmlEvent)>& sink;
  std::string pointer;
  size_t count = 0;

  Status cut(const pugi::xml_node& list) {
    for (const pugi::xml_node child : list.children()) {
      if (!is_element(child)) continue;
      if (local_of(name_of(child)) == "extension" && is_epcis(child)) {
        TRY_OK(cut(child));  // around events newer than EPCIS 1.0
        continue;
      }
      if (count == limits::kEventsPerRequestMax)
        return fail(Code::too_large, "too many events", "more than " + std::to_string(limits::kEventsPerRequestMax),
                    "send them in several requests");
      XmlEvent event;
      event.event = Converter().convert(child);
      event.pointer = pointer + "/" + std::to_string(count++);
      std::tie(event.offset, event.length) = extent_of(bytes, child);
      sink(std::move(event));
    }
    return {};
  }
};

Status check_size(std::string_view bytes) {
  const auto elements = static_cast<size_t>(std::ranges::count(bytes, '<'));
  const auto attributes = static_cast<size_t>(std::ranges::count(bytes, '='));
  if (elements > 2 * kElementsMax || attributes > kAttributesMax)
    return fail(Code::too_large, "too many elements", "an EPCIS document in XML", "send the events in several documents");
  return {};
}

}  // namespace

Status read_xml(std::string_view bytes, const std::function<void(XmlEvent)>& sink) {
  TRY_OK(check_size(bytes));
  if (!is_valid_utf8(bytes)) return fail(Code::invalid, "not XML in UTF-8", "", "send UTF-8");
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed)
    return fail(Code::invalid, "not XML", std::string(parsed.description()) + " at byte " + std::to_string(parsed.offset),
                "send a well-formed EPCIS document");
  for (const pugi::xml_node child : document.children())
    if (child.type() == pugi::node_doctype) return fail(Code::invalid, "a document type definition", "", "leave <!DOCTYPE out");
  ShapeCheck shape;
  if (!document.traverse(shape))
    return fail(
        Code::invalid, "nested too deep, or an element with too many attributes",
        "at most " + std::to_string(limits::kEpcisXmlDepthMax) + " levels and " + std::to_string(kAttributesPerElementMax) + " attributes");
  const pugi::xml_node root = document.document_element();
  const std::string_view name = local_of(name_of(root));
  if ((name != "EPCISDocument" && name != "EPCISQueryDocument") || !is_epcis(root))
    return fail(Code::unsupported, "not an EPCIS document", legible(name), "send an EPCISDocument or an EPCISQueryDocument");
  pugi::xml_node body = child_named(root, "EPCISBody");
  std::string pointer = "/EPCISBody";
  if (name == "EPCISQueryDocument") {
    body = child_named(child_named(body, "QueryResults"), "resultsBody");
    pointer += "/QueryResults/resultsBody";
  }
  const pugi::xml_node list = child_named(body, "EventList");
  if (!list) return fail(Code::invalid, "an EPCIS document without EventList", pointer, "");
  return Cutter{bytes, sink, pointer + "/EventList"}.cut(list);
}

}  // namespace fairway::gateway::epcis
