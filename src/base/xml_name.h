// Qualified names of XML (Namespaces in XML 1.0, section 4): "prefix:local", or "local" alone. Pure; any thread.
#pragma once

#include <string_view>

namespace fairway {

[[nodiscard]] inline std::string_view local_of(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
// "" where there is none.
[[nodiscard]] inline std::string_view prefix_of(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

}  // namespace fairway
