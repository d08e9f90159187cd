// Document: an XML message as a tree of elements by their local names, with where each stands in the input.
//
// pugixml reads it, and stays in document.cc. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace fairway::gateway::cargo_xml {

struct Element {
  std::string name;                                             // without its prefix
  std::string text;                                             // its own, trimmed; valid UTF-8
  std::vector<std::pair<std::string, std::string>> attributes;  // but for those of XML itself: namespaces, schema locations
  bool foreign = false;                                         // in a namespace that is none of Cargo-XML's
  uint32_t ordinal = 1;                                         // among its siblings of that name
  uint32_t parent = 0;
  uint64_t offset = 0;             // of its '<' in the input
  std::vector<uint32_t> children;  // in order
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
};

struct Document {
  std::string space;              // the root's namespace
  std::vector<Element> elements;  // in the order of the input; the root is the first
  [[nodiscard]] const Element& root() const { return elements.front(); }
  // "/StatusMessage/MasterConsignment/ReportedStatus[2]"
  [[nodiscard]] std::string path_of(uint32_t element) const;
};

// Code::invalid where it is not XML in UTF-8, or has a document type definition; Code::too_large past limits::kCargoXml….
[[nodiscard]] Result<Document> read_document(std::string_view bytes);

// The local name and the namespace of the root element by the first bytes alone; empty names where they show none.
struct RootName {
  std::string_view name, space;
};
[[nodiscard]] RootName root_of(std::string_view bytes);

}  // namespace fairway::gateway::cargo_xml
