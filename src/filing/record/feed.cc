#include "filing/record/feed.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "filing/record/feed_parts.h"

namespace fairway::filing {
namespace {

constexpr size_t kDocumentBytesMax = 256;

// Finds the rows of the record that the rows of a feed are of.
class Alignment {
 public:
  Alignment(const Record& record, const Record& fed) : record_(record), fed_(fed), schema_(record.schema()) {}

  // For each row of the feed the record's; none: it goes nowhere.
  std::vector<std::optional<uint32_t>> of(Group group) {
    taken_.assign(record_.rows(group), false);
    next_ = static_cast<uint32_t>(record_.rows(group));
    std::vector<std::optional<uint32_t>> rows(fed_.rows(group));
    for (uint32_t row = 0; row < rows.size(); ++row) rows[row] = take(find(group, row));
    if (group == Group::goods) return place_goods(std::move(rows));
    for (uint32_t row = 0; row < rows.size(); ++row)
      if (!rows[row] && adds(group, row)) rows[row] = next_++;
    return rows;
  }

 private:
  [[nodiscard]] const std::string& here(Group group, uint32_t row, std::string_view item) const {
    return record_.value(*schema_.find(group, item), row);
  }
  [[nodiscard]] const std::string& there(Group group, uint32_t row, std::string_view item) const {
    return fed_.value(*schema_.find(group, item), row);
  }

  std::optional<uint32_t> take(std::optional<uint32_t> row) {
    if (row) taken_[*row] = true;
    return row;
  }

  // The first free row for which `is` holds.
  template <typename Is>
  [[nodiscard]] std::optional<uint32_t> first(const Is& is) const {
    for (uint32_t row = 0; row < taken_.size(); ++row)
      if (!taken_[row] && is(row)) return row;
    return std::nullopt;
  }

  // Said by both, and the same; or said by the feed and left open by the record, where that counts.
  [[nodiscard]] bool same(Group group, uint32_t row, uint32_t fed_row, std::string_view item) const {
    const std::string& wanted = there(group, fed_row, item);
    return !wanted.empty() && to_upper(here(group, row, item)) == to_upper(wanted);
  }
  [[nodiscard]] bool differs(Group group, uint32_t row, uint32_t fed_row, std::string_view item) const {
    const std::string &a = here(group, row, item), &b = there(group, fed_row, item);
    return !a.empty() && !b.empty() && a != b;
  }

  [[nodiscard]] std::optional<uint32_t> find(Group group, uint32_t fed_row) const {
    switch (group) {
      case Group::containers: return first([&](uint32_t row) { return same(group, row, fed_row, "number"); });
      case Group::documents:
        return first([&](uint32_t row) { return same(group, row, fed_row, "type") && !differs(group, row, fed_row, "number"); });
      case Group::legs: return find_leg(fed_row);
      default: return find_goods(fed_row);
    }
  }

  // Of the same mode and not between other places; one that shares a place rather than one that shares none.
  [[nodiscard]] std::optional<uint32_t> find_leg(uint32_t fed_row) const {
    const auto fits = [&](uint32_t row) {
      return same(Group::legs, row, fed_row, "mode") && !differs(Group::legs, row, fed_row, "from") &&
             !differs(Group::legs, row, fed_row, "to");
    };
    const auto shares = [&](uint32_t row) {
      return fits(row) && (same(Group::legs, row, fed_row, "from") || same(Group::legs, row, fed_row, "to"));
    };
    if (const auto found = first(shares)) return found;
    const auto found = first(fits);
    const bool names_no_place = there(Group::legs, fed_row, "from").empty() && there(Group::legs, fed_row, "to").empty();
    const bool is_open = found && here(Group::legs, *found, "from").empty() && here(Group::legs, *found, "to").empty();
    const auto of_mode = std::ranges::count_if(legs(), [&](uint32_t row) { return same(Group::legs, row, fed_row, "mode"); });
    // A place that the record does not name says nothing of which of several carriages is meant.
    return found && (is_open || names_no_place) && of_mode == 1 ? found : std::nullopt;
  }

  [[nodiscard]] std::vector<uint32_t> legs() const {
    std::vector<uint32_t> rows(taken_.size());
    for (uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
    return rows;
  }

  [[nodiscard]] std::optional<uint32_t> find_goods(uint32_t fed_row) const {
    const auto same_code = [&](uint32_t row) { return same(Group::goods, row, fed_row, "hs"); };
    const auto same_words = [&](uint32_t row) {
      return same(Group::goods, row, fed_row, "description") && !differs(Group::goods, row, fed_row, "hs");
    };
    if (const auto found = first([&](uint32_t row) { return same_code(row) && same_words(row); })) return found;
    if (const auto found = first(same_words)) return found;
    return first([&](uint32_t row) { return same_code(row) && here(Group::goods, row, "description").empty(); });
  }

  // A record without goods takes all lines; else as many lines as it has are the same lines, and others are of another division of the
  // goods, which would count them twice.
  std::vector<std::optional<uint32_t>> place_goods(std::vector<std::optional<uint32_t>> rows) {
    const bool none_found = std::ranges::none_of(rows, [](const auto& row) { return row.has_value(); });
    if (!none_found || (!taken_.empty() && taken_.size() != rows.size())) return rows;
    for (uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
    return rows;
  }

  // Whether a row that the record does not have becomes one.
  [[nodiscard]] bool adds(Group group, uint32_t fed_row) const {
    if (group == Group::containers) return !there(group, fed_row, "number").empty();
    if (group == Group::documents) return !there(group, fed_row, "number").empty();
    // Carriages are the plan of whoever ships: only where there is none a message that has both ends gives one.
    return taken_.empty() && !there(group, fed_row, "from").empty() && !there(group, fed_row, "to").empty();
  }

  const Record &record_, &fed_;
  const Schema& schema_;
  std::vector<bool> taken_;
  uint32_t next_ = 0;
};

void add_values(std::vector<FieldValue>& values, const Record& fed, Group group, uint32_t from, uint32_t to) {
  for (const Item& item : fed.schema().items(group))
    if (const std::string& value = fed.value({group, item.id}, from); !value.empty()) values.push_back({{{group, item.id}, to}, value});
}

}  // namespace

Result<std::vector<Fed>> read_feed(const Schema& schema, std::string_view bytes, gateway::Format format) {
  std::vector<Fed> out;
  if (const std::string_view body = trim(without_byte_order_mark(bytes)); is_trade_document(body)) {
    out.push_back(TRY(read_trade_document(schema, body)));
    return out;
  }
  if (format == gateway::Format::edifact) TRY_OK(read_edifact_feed(schema, bytes, out));
  if (format == gateway::Format::cargo_imp) TRY_OK(read_cargo_imp_feed(schema, bytes, out));
  return out;
}

Result<std::vector<Path>> feed(Record& record, const Fed& fed, const Source& base) {
  auto source = std::make_shared<Source>(base);
  source->kind = fed.kind;
  source->document = legible(fed.document, kDocumentBytesMax);
  source->confidence = fed.confidence;
  std::vector<FieldValue> values;
  add_values(values, fed.record, Group::consignment, 0, 0);
  Alignment alignment(record, fed.record);
  for (const Group group : {Group::goods, Group::containers, Group::documents, Group::legs}) {
    const std::vector<std::optional<uint32_t>> rows = alignment.of(group);
    for (uint32_t row = 0; row < rows.size(); ++row)
      if (rows[row]) add_values(values, fed.record, group, row, *rows[row]);
  }
  return merge(record, values, source);
}

}  // namespace fairway::filing
