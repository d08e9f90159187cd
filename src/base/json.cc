#include "base/json.h"

#include <array>

namespace fairway {

Result<json::value> parse_json(std::string_view text, json::storage_ptr storage, size_t depth_max) {
  json::parse_options options;
  options.max_depth = depth_max;
  std::array<unsigned char, 4096> scratch;  // what the parser itself needs for a text of common size
  json::parser parser(std::move(storage), options, scratch.data(), scratch.size());
  boost::system::error_code error;
  const size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size() && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) error = json::error::extra_data;
  if (error) return fail(Code::invalid, "not JSON", error.message() + " at byte " + std::to_string(read), "send one JSON value in UTF-8");
  return parser.release();
}

std::string_view text_of(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  const json::string* text = found != nullptr ? found->if_string() : nullptr;
  return text != nullptr ? std::string_view(text->data(), text->size()) : std::string_view();
}

const json::object* object_of(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr ? found->if_object() : nullptr;
}

const json::array* array_of(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr ? found->if_array() : nullptr;
}

std::optional<int64_t> integer_of(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = found->to_number<int64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

std::optional<double> number_of(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = found->to_number<double>(error);
  return error ? std::nullopt : std::optional(number);
}

std::optional<bool> truth_of(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  if (found == nullptr || !found->is_bool()) return std::nullopt;
  return found->as_bool();
}

}  // namespace fairway
