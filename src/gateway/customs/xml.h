// How the XML of customs messages is opened, read and written. pugixml stays in this folder; no header outside of it includes this one.
//
// No document type definition, no entities but XML's own; bytes, elements and attributes are bounded by limits::kCustomsXml…. Names are
// told by their local part: senders differ in their prefixes. Pure; any thread.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/status.h"
#include "base/xml_name.h"
#include "gateway/customs/elements.h"

namespace fairway::gateway::customs {

// Code::invalid where it is not XML in UTF-8 or has a DTD, Code::too_large past the limits. `xml` owns what comes out.
[[nodiscard]] Result<pugi::xml_node> open_xml(std::string_view bytes, pugi::xml_document& xml);

// The local name of the root element by the first bytes alone; "" where they show none.
[[nodiscard]] std::string root_name(std::string_view bytes);

[[nodiscard]] inline std::string_view local_name(const pugi::xml_node& node) { return local_of(node.name()); }
[[nodiscard]] inline bool is_element(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

// Its own text, trimmed, as valid UTF-8; cut at limits::kTextBytesMax.
[[nodiscard]] std::string text_in(const pugi::xml_node& node);
// The first child element of that local name, or a null node.
[[nodiscard]] pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name);
// "/DecMessage/DecLists/DecList[2]"
[[nodiscard]] std::string path_of(const pugi::xml_node& node);

void remark_at(const pugi::xml_node& node, Severity severity, std::string_view code, std::string message, Remarks& remarks);

// Every child element that the table knows goes into `values`; others, and what a value must not be, are remarked upon.
template <typename T>
void read_elements(const pugi::xml_node& node, std::span<const ElementRow<T>> rows, T& values, Remarks& remarks) {
  for (const pugi::xml_node child : node.children()) {
    if (!is_element(child)) continue;
    const ElementRow<T>* row = find_element<T>(rows, local_name(child));
    if (row == nullptr) {
      remark_at(child, Severity::info, "customs.element_unknown", "an element that is not known is left out", remarks);
      continue;
    }
    values.*row->member = text_in(child);
    if (const std::string wrong = wrong_with(values.*row->member, row->length, row->holds); !wrong.empty())
      remark_at(child, Severity::warning, "customs.value", "the value is " + wrong, remarks);
  }
}

// Elements with a value, in the order of the table.
template <typename T>
void write_elements(pugi::xml_node node, std::span<const ElementRow<T>> rows, const T& values) {
  for (const ElementRow<T>& row : rows)
    if (!(values.*row.member).empty()) node.append_child(std::string(row.name).c_str()).text().set((values.*row.member).c_str());
}

// As UTF-8 with its declaration.
[[nodiscard]] std::string written(const pugi::xml_document& xml);

}  // namespace fairway::gateway::customs
