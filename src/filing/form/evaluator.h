// Evaluator: runs the expressions of one regime over one record. It remembers what several forms ask for (the trade, values for customs)
// and, where it is asked to, what a value was made of. One thread; record, regime and setting outlive it.
#pragma once

#include <array>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "filing/form/draft.h"
#include "filing/form/trace.h"
#include "filing/form/valuation.h"
#include "filing/record/record.h"
#include "filing/regime/expression.h"

namespace fairway::filing {

// Filled fields by slot and row, for field.NAME.
struct DraftIndex {
  struct At {
    ValueType type = ValueType::text;
    std::vector<const FilledField*> rows;  // of the form as a whole: one
  };
  std::vector<At> slots;
};

class Evaluator {
 public:
  Evaluator(const Regime& regime, const Record& record, const Setting& setting);

  // What follows is evaluated for this form: goods lines that it covers (rows from 0), the day that tables count on.
  void set_form(std::span<const uint32_t> covered, std::string_view day);
  void set_draft(const DraftIndex* draft) { draft_ = draft; }
  void set_trace(Trace* trace) { trace_ = trace; }
  // The row at hand: its place in the record and its running number in the form, both from 0.
  void set_row(Group group, uint32_t row, uint32_t number) const;

  [[nodiscard]] Value run(const Expression& expression) const;
  [[nodiscard]] bool holds(const Expression& expression) const { return run(expression).is_true(); }
  // As an authority gets it: numbers in plain digits, yes or no, instants as they stand.
  [[nodiscard]] std::string_view text_of(const Value& value) const;
  // The date of a moment in the regime's zone; of a date itself.
  [[nodiscard]] std::string_view date(const Value& value) const;

  [[nodiscard]] const Regime& regime() const { return regime_; }
  [[nodiscard]] const Record& record() const { return record_; }
  [[nodiscard]] const Setting& setting() const { return setting_; }
  [[nodiscard]] std::string_view day() const { return day_; }
  [[nodiscard]] std::span<const uint32_t> covered() const { return covered_; }
  enum class Crossing : uint8_t { in, out, within, through, outside };
  [[nodiscard]] Crossing crossing(uint32_t leg) const { return crossings_[leg]; }
  // Whether the consignment, or one of its legs, touches the territory.
  [[nodiscard]] bool concerned() const;

  // Operators and functions, in the order of the table in functions.cc; the node is one of the expression that runs.
  Value constant(const Node& node) const;
  Value item(const Node& node) const;
  Value inbound(const Node& node) const;
  Value outbound(const Node& node) const;
  Value row_number(const Node& node) const;
  Value field(const Node& node) const;
  Value plus(const Node& node) const;
  Value minus(const Node& node) const;
  Value times(const Node& node) const;
  Value over(const Node& node) const;
  Value equal(const Node& node) const;
  Value unequal(const Node& node) const;
  Value less(const Node& node) const;
  Value less_or_equal(const Node& node) const;
  Value greater(const Node& node) const;
  Value greater_or_equal(const Node& node) const;
  Value one_of(const Node& node) const;
  Value both(const Node& node) const;
  Value either(const Node& node) const;
  Value negation(const Node& node) const;
  Value is_present(const Node& node) const;
  Value is_absent(const Node& node) const;
  Value first(const Node& node) const;
  Value choice(const Node& node) const;
  Value concat(const Node& node) const;
  Value upper(const Node& node) const;
  Value digits(const Node& node) const;
  Value starts(const Node& node) const;
  Value contains(const Node& node) const;
  Value length(const Node& node) const;
  Value shape(const Node& node) const;
  Value round(const Node& node) const;
  Value round_up(const Node& node) const;
  Value least(const Node& node) const;
  Value most(const Node& node) const;
  Value count(const Node& node) const;
  Value sum(const Node& node) const;
  Value any(const Node& node) const;
  Value all(const Node& node) const;
  Value joined(const Node& node) const;
  Value same(const Node& node) const;
  Value listed(const Node& node) const;
  Value mapped(const Node& node) const;
  Value country(const Node& node) const;
  Value within(const Node& node) const;
  Value date_of(const Node& node) const;
  Value days(const Node& node) const;
  Value minutes(const Node& node) const;
  Value convert(const Node& node) const;
  Value money(const Node& node) const;
  Value customs_value(const Node& node) const;
  Value charge_due(const Node& node) const;
  Value container_number(const Node& node) const;
  Value unified_code(const Node& node) const;
  Value air_waybill(const Node& node) const;
  Value imo_number(const Node& node) const;
  Value post_box(const Node& node) const;
  Value trade(const Node& node) const;
  Value crossing_of_leg(const Node& node) const;
  Value today(const Node& node) const;
  Value now(const Node& node) const;
  Value dispatch(const Node& node) const;
  Value arrival(const Node& node) const;

 private:
  [[nodiscard]] Value eval(const Node& node) const { return (this->*node.run)(node); }
  [[nodiscard]] Value argument(const Node& node, size_t index) const { return eval(expression_->argument(node, index)); }
  [[nodiscard]] std::string_view argument_text(const Node& node, size_t index) const { return text_of(argument(node, index)); }
  [[nodiscard]] std::optional<Decimal> argument_number(const Node& node, size_t index) const;
  [[nodiscard]] Value arithmetic(const Node& node, Result<Decimal> (Decimal::*operation)(Decimal) const) const;
  [[nodiscard]] std::optional<std::strong_ordering> compare(const Node& node) const;
  [[nodiscard]] std::optional<std::strong_ordering> order(const Value& a, const Value& b) const;
  [[nodiscard]] Value load(Path path) const;
  [[nodiscard]] Value leg_item(const Node& node, std::optional<uint32_t> leg) const;
  template <typename Visit>
  void each_row(const Node& node, const Visit& visit) const;
  [[nodiscard]] std::string_view keep(std::string text) const;
  [[nodiscard]] std::optional<int64_t> moment(const Value& value) const;
  void want(Trace::Want want) const;
  void note(std::string_view working) const;
  void look_at_route();

  const Regime& regime_;
  const Record& record_;
  const Setting& setting_;
  std::string_view day_;
  std::span<const uint32_t> covered_;
  const DraftIndex* draft_ = nullptr;
  Trace* trace_ = nullptr;
  mutable const Expression* expression_ = nullptr;
  mutable std::array<uint32_t, kGroups> row_{}, number_{};
  mutable std::deque<std::string> kept_;
  mutable std::optional<Valuation> valuations_[2];  // by Basis, of day_
  std::vector<Crossing> crossings_;                 // by leg
  std::optional<uint32_t> in_, out_;                // first leg in, last leg out
  std::string_view trade_ = "none";
};

}  // namespace fairway::filing
