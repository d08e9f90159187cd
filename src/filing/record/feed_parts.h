// What the readers of feeds have in common: a record that is filled by names of items. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "filing/record/feed.h"

namespace fairway::filing {

class Filler {
 public:
  Filler(const Schema& schema, std::string document) : fed_{Record(schema), {}, std::move(document)} {}

  // Leaves out what is empty, what the record has no item for, and what has not the item's form. What is there already stays.
  void put(Group group, uint32_t row, std::string_view item, std::string_view value);
  void put(std::string_view item, std::string_view value) { put(Group::consignment, 0, item, value); }
  // Adds to the texts of an item, with `between` them.
  void append(Group group, uint32_t row, std::string_view item, std::string_view value, std::string_view between);
  void refer(ReferenceKind kind, std::string_view value);

  // The row whose item has that value; a new one with it where there is none.
  [[nodiscard]] uint32_t row_with(Group group, std::string_view item, std::string_view value);
  [[nodiscard]] uint32_t rows(Group group) const { return static_cast<uint32_t>(fed_.record.rows(group)); }
  [[nodiscard]] const std::string& value(Group group, uint32_t row, std::string_view item) const;
  [[nodiscard]] bool empty() const;

  [[nodiscard]] Fed& fed() { return fed_; }

 private:
  Fed fed_;
};

// Kilograms and the like without the noise of binary fractions: "21500", "913.5".
[[nodiscard]] std::string number_text(double value);
// The prefix of a party's items by its role in EDIFACT (3035): "consignor", "consignee", …; "" for others.
[[nodiscard]] std::string_view party_of_role(std::string_view role);

[[nodiscard]] Status read_edifact_feed(const Schema& schema, std::string_view bytes, std::vector<Fed>& out);
[[nodiscard]] Status read_cargo_imp_feed(const Schema& schema, std::string_view bytes, std::vector<Fed>& out);

}  // namespace fairway::filing
