#include "gateway/onerecord/node.h"

#include <algorithm>

namespace fairway::gateway::onerecord {

Value Value::literal(std::string text, std::string datatype) {
  Value value;
  value.text = std::move(text);
  value.datatype = std::move(datatype);
  return value;
}

Value Value::of(Node node) {
  Value value;
  value.node.push_back(std::move(node));
  return value;
}

Value Value::link(std::string id, std::string type) {
  Node node;
  node.id = std::move(id);
  if (!type.empty()) node.types.push_back(std::move(type));
  return of(std::move(node));
}

bool Node::is(std::string_view type) const { return std::ranges::find(types, type) != types.end(); }

const std::vector<Value>* Node::find(std::string_view iri) const {
  const auto found = std::ranges::find(properties, iri, &Property::iri);
  return found == properties.end() ? nullptr : &found->values;
}

std::string_view Node::text(std::string_view iri) const {
  const std::vector<Value>* values = find(iri);
  if (values == nullptr) return {};
  const Value& value = values->front();
  return value.is_node() ? value.node.front().id : value.text;
}

const Node* Node::object(std::string_view iri) const {
  const std::vector<Value>* values = find(iri);
  if (values == nullptr) return nullptr;
  const auto found = std::ranges::find_if(*values, &Value::is_node);
  return found == values->end() ? nullptr : &found->node.front();
}

void Node::add(std::string_view iri, Value value) {
  const auto found = std::ranges::find(properties, iri, &Property::iri);
  if (found != properties.end()) return void(found->values.push_back(std::move(value)));
  Property& property = properties.emplace_back();
  property.iri = iri;
  property.values.push_back(std::move(value));
}

void Node::set(std::string_view iri, Value value) {
  remove(iri);
  add(iri, std::move(value));
}

void Node::remove(std::string_view iri) {
  std::erase_if(properties, [iri](const Property& property) { return property.iri == iri; });
}

bool operator==(const Value& a, const Value& b) {
  return a.text == b.text && a.datatype == b.datatype && a.language == b.language && a.node == b.node;
}
bool operator==(const Property& a, const Property& b) { return a.iri == b.iri && a.values == b.values; }
bool operator==(const Node& a, const Node& b) { return a.id == b.id && a.types == b.types && a.properties == b.properties; }

}  // namespace fairway::gateway::onerecord
