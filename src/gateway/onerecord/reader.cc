#include "gateway/onerecord/reader.h"

#include <fmt/format.h>

#include <memory>

#include "base/bytes.h"
#include "base/json.h"
#include "gateway/onerecord/context.h"
#include "gateway/onerecord/graph.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::gateway::onerecord {
namespace {

using ContextPtr = std::shared_ptr<const Context>;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

// The form of a number, a truth or a text, and the datatype that JSON gives it.
Value scalar(const json::value& value) {
  if (value.is_bool()) return Value::literal(value.as_bool() ? "true" : "false", xsd("boolean"));
  if (value.is_int64()) return Value::literal(std::to_string(value.as_int64()), xsd("integer"));
  if (value.is_uint64()) return Value::literal(std::to_string(value.as_uint64()), xsd("integer"));
  if (value.is_double()) return Value::literal(fmt::format("{}", value.as_double()), xsd("double"));
  return Value::literal(std::string(view(value.as_string())));
}

class Reader {
 public:
  Status read(const json::value& top);
  Document take() { return std::move(document_); }

 private:
  using Values = std::vector<Value>;
  Status read_top(const json::object& object, const ContextPtr& outer);
  Result<ContextPtr> context_of(const json::object& object, const ContextPtr& outer);
  Result<Node> read_node(const json::object& object, const ContextPtr& context);
  Status read_member(Node& node, std::string_view name, const json::value& value, const ContextPtr& context);
  Status read_types(Node& node, const json::value& value, const Context& context);
  Status read_values(Values& out, const json::value& value, const std::string& iri, const ContextPtr& context);
  Status read_object(Values& out, const json::object& object, const std::string& iri, const ContextPtr& outer);
  Result<Value> read_literal(const json::object& object, const Context& context);
  Value coerced(const json::value& value, const std::string& iri, const Context& context);
  std::string id_in(std::string_view raw, const Context& context);
  std::string type_in(std::string_view raw, const Context& context);
  Status count(size_t& what, size_t most, std::string_view name);
  void note(Severity severity, std::string code, std::string message);

  Document document_;
  std::string path_;  // JSON pointer to what is being read
  size_t nodes_ = 0, values_ = 0, contexts_ = 0;
};

void Reader::note(Severity severity, std::string code, std::string message) {
  if (document_.diagnostics.size() > limits::kDiagnosticsPerMessageMax) return;
  document_.diagnostics.push_back({severity, std::move(code), std::move(message), 0, legible(path_, 256), 0});
}

Status Reader::count(size_t& what, size_t most, std::string_view name) {
  if (++what <= most) return {};
  return fail(Code::too_large, "too many " + std::string(name) + " in one document", {}, "at most " + std::to_string(most));
}

Result<ContextPtr> Reader::context_of(const json::object& object, const ContextPtr& outer) {
  const json::value* own = object.if_contains("@context");
  if (own == nullptr) return outer;
  TRY_OK(count(contexts_, 100, "contexts"));
  auto context = std::make_shared<Context>(*outer);
  TRY_OK(context->add(*own));
  return ContextPtr(std::move(context));
}

std::string Reader::id_in(std::string_view raw, const Context& context) {
  const std::string_view id = trim(raw);
  if (id.size() != raw.size()) note(Severity::warning, "onerecord.blank_in_id", "blanks around an @id are left out");
  return context.expand_id(id);
}

std::string Reader::type_in(std::string_view raw, const Context& context) {
  const std::string_view type = trim(raw);
  std::string full = context.expand(type);
  if (!full.empty() || type.empty()) return full;
  note(Severity::warning, "onerecord.unqualified_type", "a type without a namespace is taken for ONE Record's own");
  return std::string(namespace_of_class(type)).append(type);
}

Status Reader::read(const json::value& top) {
  const auto none = std::make_shared<const Context>();
  if (const json::object* object = top.if_object()) return read_top(*object, none);
  const json::array* all = top.if_array();
  if (all == nullptr) return fail(Code::invalid, "not a JSON-LD document", "neither an object nor an array");
  for (const json::value& item : *all) {
    const json::object* object = item.if_object();
    if (object == nullptr) return fail(Code::invalid, "not a JSON-LD document", "an array of something else than objects");
    TRY_OK(read_top(*object, none));
  }
  return {};
}

Status Reader::read_top(const json::object& object, const ContextPtr& outer) {
  const ContextPtr context = TRY(context_of(object, outer));
  const json::value* graph = object.if_contains("@graph");
  if (graph == nullptr) {
    document_.nodes.push_back(TRY(read_node(object, context)));
    return {};
  }
  const json::array* all = graph->if_array();
  if (const json::object* one = graph->if_object()) return document_.nodes.push_back(TRY(read_node(*one, context))), Status();
  if (all == nullptr) return fail(Code::invalid, "not a graph", "@graph", "write an array of objects");
  for (const json::value& item : *all) {
    const json::object* node = item.if_object();
    if (node == nullptr) return fail(Code::invalid, "not a graph", "@graph", "write an array of objects");
    document_.nodes.push_back(TRY(read_node(*node, context)));
  }
  return {};
}

Result<Node> Reader::read_node(const json::object& object, const ContextPtr& outer) {
  TRY_OK(count(nodes_, limits::kLinkedDataNodesMax, "objects"));
  const ContextPtr context = TRY(context_of(object, outer));
  Node node;
  for (const auto& [name, value] : object) {
    const size_t before = path_.size();
    path_.append("/").append(name);
    TRY_OK(read_member(node, name, value, context));
    path_.resize(before);
  }
  return node;
}

Status Reader::read_member(Node& node, std::string_view name, const json::value& value, const ContextPtr& context) {
  if (name == "@context") return {};
  const std::string iri = context->expand(name);
  if (iri == "@id" || iri == "@type") {
    if (iri == "@type") return read_types(node, value, *context);
    const json::string* id = value.if_string();
    if (id == nullptr) return fail(Code::invalid, "an @id is a text", legible(path_, 256));
    node.id = id_in(view(*id), *context);
    return {};
  }
  if (iri.empty() || iri.starts_with('@')) {
    note(Severity::info, "onerecord.unknown_member", "a member that no context names says nothing in linked data and is left out");
    return {};
  }
  Values values;
  TRY_OK(read_values(values, value, iri, context));
  for (Value& item : values) node.add(iri, std::move(item));
  return {};
}

Status Reader::read_types(Node& node, const json::value& value, const Context& context) {
  if (const json::string* type = value.if_string()) {
    node.types.push_back(type_in(view(*type), context));
    return {};
  }
  const json::array* all = value.if_array();
  if (all == nullptr) return fail(Code::invalid, "a @type is a text or an array of texts", legible(path_, 256));
  for (const json::value& item : *all) {
    const json::string* type = item.if_string();
    if (type == nullptr) return fail(Code::invalid, "a @type is a text or an array of texts", legible(path_, 256));
    TRY_OK(count(values_, limits::kLinkedDataValuesMax, "values"));
    node.types.push_back(type_in(view(*type), context));
  }
  return {};
}

Value Reader::coerced(const json::value& value, const std::string& iri, const Context& context) {
  const std::string_view type = context.coercion(iri);
  Value read = scalar(value);
  if (type == "@id" && value.is_string()) return Value::link(id_in(read.text, context));
  if (!type.empty() && type != "@id") {
    read.datatype = type;
  } else if (value.is_string()) {
    read.language = context.language();
  }
  return read;
}

Status Reader::read_values(Values& out, const json::value& value, const std::string& iri, const ContextPtr& context) {
  if (value.is_null()) return {};
  if (const json::array* all = value.if_array()) {
    for (const json::value& item : *all) TRY_OK(read_values(out, item, iri, context));
    return {};
  }
  TRY_OK(count(values_, limits::kLinkedDataValuesMax, "values"));
  if (const json::object* object = value.if_object()) return read_object(out, *object, iri, context);
  out.push_back(coerced(value, iri, *context));
  return {};
}

Status Reader::read_object(Values& out, const json::object& object, const std::string& iri, const ContextPtr& outer) {
  const ContextPtr context = TRY(context_of(object, outer));
  if (object.contains("@value")) return out.push_back(TRY(read_literal(object, *context))), Status();
  if (const json::value* set = object.if_contains("@set")) return read_values(out, *set, iri, context);
  if (const json::value* list = object.if_contains("@list")) {
    note(Severity::info, "onerecord.list", "the order of a @list is not kept");
    return read_values(out, *list, iri, context);
  }
  Node node = TRY(read_node(object, outer));
  // What has neither a name nor anything to say is a comment at most.
  if (node.id.empty() && node.types.empty() && node.properties.empty()) return {};
  out.push_back(Value::of(std::move(node)));
  return {};
}

Result<Value> Reader::read_literal(const json::object& object, const Context& context) {
  const json::value& value = object.at("@value");
  if (value.is_object() || value.is_array() || value.is_null())
    return fail(Code::invalid, "a @value is a text, a number or a truth", legible(path_, 256));
  Value read = scalar(value);
  if (const std::string_view type = text_of(object, "@type"); !type.empty()) read.datatype = type_in(type, context);
  if (read.datatype == xsd("string")) read.datatype.clear();
  read.language = text_of(object, "@language");
  return read;
}

}  // namespace

Result<Document> read_document(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  Reader reader;
  TRY_OK(reader.read(parsed));
  return reader.take();
}

Result<Node> root_of(Document document) {
  if (document.nodes.size() == 1) return std::move(document.nodes.front());
  return nest(std::move(document.nodes));
}

Result<Node> read_object(std::string_view text) { return root_of(TRY(read_document(text))); }

}  // namespace fairway::gateway::onerecord
