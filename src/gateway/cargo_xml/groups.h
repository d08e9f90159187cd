// Groups: the structure of Cargo-XML as data: which path is which field, which elements hold which others.
//
// A group is an element with the fields that its mapper reads, each by its path from that element. Where several rows have one name, the
// first that is there with a text counts: versions and senders differ. No schema of Cargo-XML is public: the rows follow classes that were
// published of the schemas of XFSU 3, XFWB 3, XFFM 2 and XFBL 2, and sample messages. Pure data; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fairway::gateway::cargo_xml {

enum class Group : uint8_t {
  message,  // the root element
  consignment,
  house,
  status,
  part,  // of a consignment that a status is of
  movement,
  location,
  moment,
  point,  // where a flight unloads
  cargo,  // a unit load device or bulk, with its consignments
  unit,
  onward,
  party,
  note,         // of customs
  instruction,  // other service information
};
inline constexpr size_t kGroups = 15;

struct FieldRow {
  std::string_view name;
  std::string_view path;  // "DepartureEvent/OccurrenceDepartureLocation/ID"
};
struct InnerRow {
  std::string_view name;  // by which the mapper asks for it
  Group group;
  std::string_view path;
};
struct GroupRow {
  Group group;
  std::span<const FieldRow> fields;
  std::span<const InnerRow> groups;
};
[[nodiscard]] const GroupRow& row(Group group);

// Known to be in such messages, and not read: charges, addresses, packages and the like, with all that they hold.
[[nodiscard]] bool is_passed_over(std::string_view element);

}  // namespace fairway::gateway::cargo_xml
