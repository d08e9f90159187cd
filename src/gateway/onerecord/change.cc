#include "gateway/onerecord/change.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::gateway::onerecord {
namespace {

// Events are added under their own address and never changed; types are what an object is.
constexpr std::array<std::string_view, 3> kUntouchable = {
    "https://onerecord.iata.org/ns/cargo#events",
    "https://onerecord.iata.org/ns/cargo#hasLogisticsEvent",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
};

std::string place_of(const Operation& operation) {
  return std::string(operation.adds ? "ADD " : "DELETE ") + legible(operation.subject, 128) + " " +
         compact(legible(operation.property, 128));
}

Result<uint64_t> revision_in(const Node& node) {
  const std::string_view text = node.text(api("hasRevision"));
  uint64_t revision = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), revision);
  if (error != std::errc() || end != text.data() + text.size() || revision == 0)
    return fail(Code::invalid, "a change names the revision that it was made for", "api:hasRevision", "take it from the Revision header");
  return revision;
}

Status check_property(const Operation& operation) {
  if (operation.property.empty()) return fail(Code::invalid, "an operation needs a property", "api:p");
  if (std::ranges::find(kUntouchable, operation.property) != kUntouchable.end())
    return fail(Code::invalid, "Logistics Events and types of a Logistics Object can not be updated using PATCH", place_of(operation));
  if (operation.property.starts_with(kApi) || operation.property.starts_with('@') || operation.property.find(':') == std::string::npos)
    return fail(Code::invalid, "no change may touch this property", place_of(operation),
                "name a property of the cargo ontology by its IRI");
  return {};
}

Result<Operation::Object> object_from(const Value& value, const Operation& operation) {
  Operation::Object object;
  if (!value.is_node()) {  // the short form: a text
    object.value = value.text;
    object.datatype = value.datatype;
    return object;
  }
  const Node& node = value.node.front();
  const std::vector<Value>* values = node.find(api("hasValue"));
  if (values == nullptr) return fail(Code::invalid, "an operation's object needs a value", "api:hasValue of " + place_of(operation));
  object.value = node.text(api("hasValue"));
  object.datatype = node.text(api("hasDatatype"));
  if (object.datatype.empty() && !values->front().is_node()) object.datatype = values->front().datatype;
  if (object.datatype == xsd("string")) object.datatype.clear();
  if (is_xsd(object.datatype) && !is_form_of(object.datatype, object.value))
    return fail(Code::invalid, "the value is none of its datatype", legible(object.value) + " in " + place_of(operation));
  return object;
}

Result<Operation> operation_from(const Node& node) {
  Operation operation;
  const std::string_view op = local_name(node.text(api("op")));
  if (op != "ADD" && op != "DELETE") return fail(Code::invalid, "an operation adds or deletes", "api:op " + legible(op), "ADD or DELETE");
  operation.adds = op == "ADD";
  operation.subject = trim(node.text(api("s")));
  operation.property = trim(node.text(api("p")));
  if (operation.subject.empty()) return fail(Code::invalid, "an operation needs a subject", "api:s");
  TRY_OK(check_property(operation));
  const std::vector<Value>* objects = node.find(api("o"));
  if (objects == nullptr) return fail(Code::invalid, "an operation needs an object", "api:o of " + place_of(operation));
  for (const Value& value : *objects) operation.objects.push_back(TRY(object_from(value, operation)));
  return operation;
}

bool is_true(std::string_view text) { return text == "true" || text == "1"; }

// A change at work on the flat nodes of one object.
class Work {
 public:
  Work(const Node& object, const MakeId& make_id) : flat_(take_apart(object)), root_(object.id), make_id_(make_id) {}

  Status remove(const Operation& operation) {
    const auto subject = flat_.find(operation.subject);
    if (subject == flat_.end()) return impossible("the subject is no part of the object", operation);
    for (const Operation::Object& object : operation.objects) TRY_OK(remove_one(subject->second, operation, object));
    return {};
  }

  // New embedded objects are known by their blank names throughout the change.
  void announce(const Operation& operation) {
    if (is_blank(operation.subject)) (void)name_of(operation.subject);
  }

  Status add(const Operation& operation) {
    const std::string subject = name_of(operation.subject);
    const bool is_new = is_blank(operation.subject);
    if (!is_new && !flat_.contains(subject)) return impossible("the subject is no part of the object", operation);
    flat_[subject].id = subject;
    for (const Operation::Object& object : operation.objects) add_one(flat_[subject], operation, object);
    return {};
  }

  Result<Node> finish() {
    Node whole = TRY(put_together(flat_, root_));
    const Flat reached = take_apart(whole);
    for (const auto& [blank, name] : names_)
      if (!reached.contains(name))
        return fail(Code::conflict, "a new embedded object is linked from nowhere", legible(blank),
                    "add the property that leads to it, too");
    return whole;
  }

 private:
  static std::unexpected<Error> impossible(std::string why, const Operation& operation) {
    return fail(Code::conflict, std::move(why), place_of(operation));
  }

  std::string name_of(const std::string& id) {
    if (!is_blank(id)) return id;
    std::string& name = names_[id];
    if (name.empty()) name = make_id_();
    return name;
  }

  static bool matches(const Value& value, const Operation::Object& object) {
    if (value.is_node()) return value.node.front().id == object.value;
    const bool same_type = value.datatype == object.datatype || object.datatype.empty() || value.datatype.empty() ||
                           (is_xsd(value.datatype) && is_xsd(object.datatype));
    return same_type && same_value(object.datatype.empty() ? value.datatype : object.datatype, value.text, object.value);
  }

  Status remove_one(Node& subject, const Operation& operation, const Operation::Object& object) {
    const auto property = std::ranges::find(subject.properties, operation.property, &Property::iri);
    if (property == subject.properties.end()) return impossible("there is nothing to delete", operation);
    const auto value = std::ranges::find_if(property->values, [&](const Value& each) { return matches(each, object); });
    if (value == property->values.end()) return impossible("the value to delete is not there", operation);
    property->values.erase(value);
    if (property->values.empty()) subject.properties.erase(property);
    return {};
  }

  void add_one(Node& subject, const Operation& operation, const Operation::Object& object) {
    const std::vector<Value>* values = subject.find(operation.property);
    const auto same = [&](const Value& each) { return matches(each, object); };
    if (values != nullptr && std::ranges::any_of(*values, same)) return;
    // What is no literal of XML Schema is a link: to another object, to a code, or to an embedded object that the change brings.
    const bool links = !is_xsd(object.datatype) && object.value.find(':') != std::string::npos;
    if (!links) return subject.add(operation.property, Value::literal(object.value, object.datatype));
    const bool typed = object.datatype.starts_with(kCargo) || object.datatype.starts_with(kApi);
    const std::string target = name_of(object.value);
    if (is_blank(object.value)) {
      Node& embedded = flat_[target];
      embedded.id = target;
      if (typed && !embedded.is(object.datatype)) embedded.types.push_back(object.datatype);
    }
    flat_[name_of(operation.subject)].add(operation.property, Value::link(target, typed ? object.datatype : std::string()));
  }

  Flat flat_;
  std::string root_;
  const MakeId& make_id_;
  std::map<std::string, std::string> names_;  // of blank nodes that the change brings
};

}  // namespace

Result<Change> change_from(const Node& node) {
  if (!node.is(api("Change"))) return fail(Code::invalid, "the body is no change", legible(node.type()), "send an api:Change");
  Change change;
  change.logistics_object = node.text(api("hasLogisticsObject"));
  change.description = node.text(api("hasDescription"));
  change.notify = is_true(node.text(api("notifyRequestStatusChange")));
  change.revision = TRY(revision_in(node));
  const std::vector<Value>* operations = node.find(api("hasOperation"));
  if (operations == nullptr) return fail(Code::invalid, "a change needs an operation", "api:hasOperation");
  if (operations->size() > limits::kChangeOperationsMax)
    return fail(Code::too_large, "too many operations in one change", std::to_string(operations->size()),
                "at most " + std::to_string(limits::kChangeOperationsMax));
  for (const Value& value : *operations) {
    if (!value.is_node()) return fail(Code::invalid, "an operation is an object", "api:hasOperation");
    change.operations.push_back(TRY(operation_from(value.node.front())));
  }
  return change;
}

Result<Node> apply(const Node& object, const Change& change, const MakeId& make_id) {
  Work work(object, make_id);
  for (const Operation& operation : change.operations)
    if (!operation.adds) TRY_OK(work.remove(operation));
  for (const Operation& operation : change.operations)
    if (operation.adds) work.announce(operation);
  for (const Operation& operation : change.operations)
    if (operation.adds) TRY_OK(work.add(operation));
  return work.finish();
}

std::vector<std::string> changed_properties(const Node& before, const Node& after) {
  std::vector<std::string> changed;
  const auto differs = [](const Node& in, const Property& property) {
    const std::vector<Value>* other = in.find(property.iri);
    return other == nullptr || *other != property.values;
  };
  for (const Property& property : after.properties)
    if (differs(before, property)) changed.push_back(property.iri);
  for (const Property& property : before.properties)
    if (after.find(property.iri) == nullptr) changed.push_back(property.iri);
  return changed;
}

}  // namespace fairway::gateway::onerecord
