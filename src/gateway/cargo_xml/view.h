// View: an element read as a group: its fields and the groups in it, by the tables of groups.h. Refers to its document.
//
// Values; any thread. The work of asking is bounded by the children of the elements on the path.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateway/air/claims.h"
#include "gateway/cargo_xml/document.h"
#include "gateway/cargo_xml/groups.h"

namespace fairway::gateway::cargo_xml {

class View {
 public:
  View(const Document& document, uint32_t element, Group group) : document_(&document), element_(element), group_(group) {}

  // The element of a field: the first that is there with a text; null where there is none.
  [[nodiscard]] const Element* field(std::string_view name) const;
  [[nodiscard]] std::string_view text(std::string_view name) const;
  // The groups of that name in it, in order.
  [[nodiscard]] std::vector<View> all(std::string_view name) const;
  [[nodiscard]] std::optional<View> first(std::string_view name) const;

  [[nodiscard]] air::Origin origin() const { return origin_of(element_); }
  // Of a field; of the group where the field is absent.
  [[nodiscard]] air::Origin origin(std::string_view name) const;

 private:
  [[nodiscard]] air::Origin origin_of(uint32_t element) const;
  [[nodiscard]] std::optional<uint32_t> find(std::string_view name) const;

  const Document* document_;
  uint32_t element_;
  Group group_;
};

// Reports, once each, the elements below the root that no table knows.
void report_unknown(const Document& document, air::Claims& claims);

}  // namespace fairway::gateway::cargo_xml
