// Schema: the items that a consignment record can hold, by the terms of the WCO Data Model, each with its type and where it repeats.
//
// The items that every regime shares are tables/record/items.csv; a regime adds its own in tables/regimes/CODE/items.csv. An item's path is
// "name" in the consignment ("consignor.name", "invoice.amount") and "group[row].name" in what repeats, rows counted from 1
// ("goods[2].hs", "containers[1].number", "legs[1].vessel"). Made once at start, then only read; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/status.h"

namespace fairway::filing {

enum class Group : uint8_t { consignment, goods, containers, documents, legs };
inline constexpr size_t kGroups = 5;
[[nodiscard]] std::string_view name(Group group);      // "consignment", "goods", "containers", "documents", "legs"
[[nodiscard]] std::string_view row_name(Group group);  // as expressions name the row at hand: "", "item", "container", "document", "leg"
[[nodiscard]] std::optional<Group> group_from(std::string_view name);

enum class ValueType : uint8_t {
  text,
  code,     // upper case, no blanks inside
  decimal,  // base/decimal.h
  date,     // YYYY-MM-DD, of the place that it belongs to
  instant,  // RFC 3339 with its offset
  truth,    // "yes" or "no"
};
[[nodiscard]] std::string_view name(ValueType type);
[[nodiscard]] std::optional<ValueType> value_type_from(std::string_view name);

// In the three languages of the port.
struct Words {
  std::string en, hant, hans;
  [[nodiscard]] const std::string& in(std::string_view language) const;  // BCP 47; English where the asked one is empty
};

using ItemId = uint16_t;  // its place among the items of its group

struct Item {
  ItemId id = 0;
  Group group = Group::consignment;
  std::string name;  // "consignor.name", "hs"
  ValueType type = ValueType::text;
  Words title;
  std::string wco;    // WCO Data Model: class and attribute, "Consignor/Name"
  bool told = false;  // taken from what happened where events say it: dates, voyage, vehicle
};

struct ItemRef {
  Group group = Group::consignment;
  ItemId id = 0;
  friend bool operator==(const ItemRef&, const ItemRef&) = default;
};

// Where a value stands in a record.
struct Path {
  ItemRef item;
  uint32_t row = 0;  // from 0; 0 in the consignment
  friend bool operator==(const Path&, const Path&) = default;
};

class Schema {
 public:
  // Rows of the items' CSV: "group,name,type,told,wco,title_en,title_hant,title_hans". An item that is there already is Code::conflict.
  [[nodiscard]] Status add(std::string_view csv, std::string_view file);

  [[nodiscard]] std::span<const Item> items(Group group) const { return items_[static_cast<size_t>(group)]; }
  [[nodiscard]] const Item& item(ItemRef ref) const { return items_[static_cast<size_t>(ref.group)][ref.id]; }
  // By group and name; none where the record has no such item.
  [[nodiscard]] std::optional<ItemRef> find(Group group, std::string_view name) const;

  // "goods[2].hs". Code::invalid names what is wrong and the nearest item that there is.
  [[nodiscard]] Result<Path> parse_path(std::string_view text) const;
  [[nodiscard]] std::string text(Path path) const;
  // The path that looks most like it, with a row of 1: "goods[1].hs"; "" where none does.
  [[nodiscard]] std::string nearest(std::string_view text) const;
  // The value as the record keeps it: trimmed, codes in upper case, decimals without separators, dates and instants in their one form.
  // Code::invalid says what is expected. Pure.
  [[nodiscard]] Result<std::string> normalise(ItemRef item, std::string_view raw) const;

 private:
  std::vector<Item> items_[kGroups];
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, ItemId, Hash, std::equal_to<>> by_name_[kGroups];
};

}  // namespace fairway::filing
