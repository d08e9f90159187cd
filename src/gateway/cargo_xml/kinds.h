// Kinds: the messages of Cargo-XML that are read, by their root elements. Pure data; any thread.
#pragma once

#include <span>
#include <string_view>

namespace fairway::gateway::cargo_xml {

struct Mapping;

struct Kind {
  std::string_view id;     // "XFSU"
  std::string_view root;   // "StatusMessage"
  std::string_view space;  // "iata:statusmessage:1"
  int version_max;         // the newest that is known to exist; each is read by the same tables
  void (*map)(Mapping&);
  bool is_booked = false;
};
[[nodiscard]] std::span<const Kind> kinds();

// Null where the root element is none of these.
[[nodiscard]] const Kind* find_kind(std::string_view root);

}  // namespace fairway::gateway::cargo_xml
