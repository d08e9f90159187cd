#include "gateway/onerecord/graph.h"

#include <algorithm>
#include <set>

#include "base/limits.h"

namespace fairway::gateway::onerecord {
namespace {

// `within`: whether a node may be put into another: embedded objects of a logistics object, all nodes of a flattened document.
using Within = std::function<bool(std::string_view id)>;

class Assembly {
 public:
  Assembly(const Flat& flat, Within within) : flat_(flat), within_(std::move(within)) {}

  Result<Node> tree(const std::string& id, size_t depth) {
    if (depth > limits::kJsonDepthMax)
      return fail(Code::too_large, "objects are nested too deep", id, "at most " + std::to_string(limits::kJsonDepthMax) + " levels");
    placed_.insert(id);
    Node out = flat_.find(id)->second;
    for (Property& property : out.properties)
      for (Value& value : property.values)
        if (value.is_node()) TRY_OK(place(value.node.front(), depth));
    return out;
  }
  [[nodiscard]] size_t placed() const { return placed_.size(); }

 private:
  // A node stands where it is first linked from; further links stay links.
  Status place(Node& link, size_t depth) {
    const auto found = flat_.find(link.id);
    if (found == flat_.end() || !within_(link.id) || placed_.contains(link.id)) return {};
    link = TRY(tree(found->first, depth + 1));
    return {};
  }

  const Flat& flat_;
  Within within_;
  std::set<std::string, std::less<>> placed_;
};

void gather(const Node& node, Flat& flat) {
  Node& own = flat[node.id];
  own.id = node.id;
  for (const std::string& type : node.types)
    if (!own.is(type)) own.types.push_back(type);
  for (const Property& property : node.properties)
    for (const Value& value : property.values) {
      if (!value.is_node()) {
        flat[node.id].add(property.iri, value);
        continue;
      }
      const Node& inner = value.node.front();
      Node link;
      link.id = inner.id;
      link.types = inner.types;
      flat[node.id].add(property.iri, Value::of(std::move(link)));
      if (!inner.is_link() || is_embedded(inner.id)) gather(inner, flat);
    }
}

void gather_links(const Node& node, std::set<std::string, std::less<>>& linked) {
  for (const Property& property : node.properties)
    for (const Value& value : property.values)
      if (value.is_node()) {
        linked.insert(value.node.front().id);
        gather_links(value.node.front(), linked);
      }
}

void name_below(Node& node, const MakeId& make_id, std::map<std::string, std::string>& names) {
  for (Property& property : node.properties)
    for (Value& value : property.values) {
      if (!value.is_node()) continue;
      Node& inner = value.node.front();
      if (is_blank(inner.id)) {
        std::string& name = names[inner.id];
        if (name.empty()) name = make_id();
        inner.id = name;
      } else if (inner.id.empty()) {
        inner.id = make_id();
      }
      name_below(inner, make_id, names);
    }
}

}  // namespace

bool is_blank(std::string_view id) { return id.starts_with("_:"); }
bool is_embedded(std::string_view id) { return is_blank(id) || id.starts_with("internal:"); }

void name_embedded(Node& root, const MakeId& make_id) {
  std::map<std::string, std::string> names;
  name_below(root, make_id, names);
}

Flat take_apart(const Node& root) {
  Flat flat;
  gather(root, flat);
  return flat;
}

Result<Node> put_together(const Flat& flat, const std::string& root) {
  if (!flat.contains(root)) return fail(Code::invalid, "the object is not in the graph", root);
  Assembly assembly(flat, is_embedded);
  return assembly.tree(root, 1);
}

Result<Node> nest(std::vector<Node> nodes) {
  if (nodes.empty()) return fail(Code::invalid, "the document has no object");
  std::set<std::string, std::less<>> linked;
  Flat flat;
  for (Node& node : nodes) {
    gather_links(node, linked);
    if (node.id.empty()) node.id = "_:top" + std::to_string(flat.size());
    const std::string id = node.id;
    if (!flat.emplace(id, std::move(node)).second) return fail(Code::invalid, "two objects of the document have one @id", id);
  }
  std::vector<std::string> roots;
  for (const auto& [id, node] : flat)
    if (!linked.contains(id)) roots.push_back(id);
  if (roots.size() != 1)
    return fail(Code::invalid, "the document is not about one object", std::to_string(roots.size()) + " objects are linked from no other",
                "send one object a request");
  Assembly assembly(flat, [](std::string_view) { return true; });
  Node root = TRY(assembly.tree(roots.front(), 1));
  if (root.id.starts_with("_:top")) root.id.clear();
  return root;
}

}  // namespace fairway::gateway::onerecord
