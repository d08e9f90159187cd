#include "access/rights_json.h"

#include <string>
#include <vector>

namespace fairway::access {

Result<KeyScopes> rights_of(const json::object& object, std::string_view name) {
  std::vector<std::string> names;
  if (const json::array* rights = array_of(object, name))
    for (const json::value& item : *rights) names.emplace_back(item.is_string() ? std::string_view(item.get_string()) : std::string_view());
  return KeyScopes::from_names(names);
}

void write_rights(JsonWriter& writer, std::string_view name, KeyScopes rights) {
  writer.key(name).begin_array();
  for (const std::string_view right : rights.names()) writer.value(right);
  writer.end_array();
}

}  // namespace fairway::access
