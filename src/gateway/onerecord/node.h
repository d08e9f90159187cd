// Node: one object of a linked-data graph, with its types and properties under their full names.
//
// A node without properties is a link to an object that stands elsewhere. Nodes hold other nodes as values, as deep as the document nests
// them and never deeper than limits::kJsonDepthMax. Value types; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fairway::gateway::onerecord {

struct Node;

// A literal, or a node.
struct Value {
  std::string text;        // the form of a literal
  std::string datatype;    // its IRI; "" stands for xsd:string
  std::string language;    // BCP 47, where the text has one
  std::vector<Node> node;  // one node where the value is no literal

  [[nodiscard]] bool is_node() const { return !node.empty(); }
  [[nodiscard]] static Value literal(std::string text, std::string datatype = {});
  [[nodiscard]] static Value of(Node node);
  [[nodiscard]] static Value link(std::string id, std::string type = {});
};

struct Property {
  std::string iri;
  std::vector<Value> values;  // at least one
};

struct Node {
  std::string id;  // "" where the document gives none
  std::vector<std::string> types;
  std::vector<Property> properties;  // each IRI once, in the order of the document

  [[nodiscard]] bool is_link() const { return !id.empty() && properties.empty(); }
  [[nodiscard]] bool is(std::string_view type) const;
  // The first type, or "".
  [[nodiscard]] std::string_view type() const { return types.empty() ? std::string_view() : std::string_view(types.front()); }
  // The values of a property; null where it has none.
  [[nodiscard]] const std::vector<Value>* find(std::string_view iri) const;
  // The form of the first literal, or the id of the first node; "" where there is neither.
  [[nodiscard]] std::string_view text(std::string_view iri) const;
  // The first node among the values, or null.
  [[nodiscard]] const Node* object(std::string_view iri) const;

  void add(std::string_view iri, Value value);
  void set(std::string_view iri, Value value);  // instead of what it has
  void remove(std::string_view iri);
};

[[nodiscard]] bool operator==(const Value& a, const Value& b);
[[nodiscard]] bool operator==(const Property& a, const Property& b);
[[nodiscard]] bool operator==(const Node& a, const Node& b);

}  // namespace fairway::gateway::onerecord
