#include "gateway/dcsa/tnt3_members.h"

#include <vector>

namespace fairway::gateway::dcsa {
namespace {

struct Step {
  std::string_view first, rest;
};

Step step(std::string_view path) {
  const size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

void merge_at(json::object& object, const json::object& more, size_t depth) {
  if (depth > limits::kJsonDepthMax) return;
  for (const auto& [name, value] : more) {
    const auto there = object.find(name);
    if (there != object.end() && there->value().is_object() && value.is_object()) {
      merge_at(there->value().get_object(), value.get_object(), depth + 1);
    } else if (there != object.end() && there->value().is_array() && value.is_array()) {
      for (const json::value& item : value.get_array()) there->value().get_array().push_back(item);
    } else {
      object.insert_or_assign(name, value);
    }
  }
}

}  // namespace

const json::value* find_path(const json::object& object, std::string_view path) {
  const json::object* at = &object;
  while (true) {
    const Step next = step(path);
    const json::value* value = at->if_contains(next.first);
    if (value == nullptr || next.rest.empty()) return value;
    at = value->if_object();
    if (at == nullptr) return nullptr;
    path = next.rest;
  }
}

std::string text_at(const json::object& object, std::string_view path) {
  const json::value* value = find_path(object, path);
  if (value == nullptr) return {};
  if (const json::string* text = value->if_string()) return std::string(text->data(), text->size());
  return value->is_number() ? json::serialize(*value) : std::string();
}

void erase_path(json::object& object, std::string_view path) {
  std::vector<std::pair<json::object*, std::string_view>> way;
  json::object* at = &object;
  while (true) {
    const Step next = step(path);
    way.emplace_back(at, next.first);
    json::value* value = at->if_contains(next.first);
    if (value == nullptr) return;
    if (next.rest.empty()) break;
    at = value->if_object();
    if (at == nullptr) return;
    path = next.rest;
  }
  for (size_t i = way.size(); i-- > 0;) {
    way[i].first->erase(way[i].second);
    if (!way[i].first->empty()) return;
  }
}

void put_path(json::object& object, std::string_view path, json::value value) {
  json::object* at = &object;
  while (true) {
    const Step next = step(path);
    json::value& there = (*at)[next.first];
    if (next.rest.empty()) {
      there = std::move(value);
      return;
    }
    if (!there.is_object()) there.emplace_object();
    at = &there.get_object();
    path = next.rest;
  }
}

void merge(json::object& object, const json::object& more) { merge_at(object, more, 0); }

}  // namespace fairway::gateway::dcsa
