// What expressions ask of all rows of a group: count, sum, any, all, joined, same.
#include <algorithm>

#include "filing/form/evaluator.h"

namespace fairway::filing {

// Goods lines are those that the form covers, unless all are asked for. `visit` says false to end.
template <typename Visit>
void Evaluator::each_row(const Node& node, const Visit& visit) const {
  const auto group = static_cast<size_t>(node.item.group);
  const uint32_t row_before = row_[group], number_before = number_[group];
  const bool some = node.item.group == Group::goods && !node.flag;
  const size_t count = some ? covered_.size() : record_.rows(node.item.group);
  for (uint32_t i = 0; i < count; ++i) {
    row_[group] = some ? covered_[i] : i, number_[group] = i;
    if (!visit()) break;
  }
  row_[group] = row_before, number_[group] = number_before;
}

Value Evaluator::count(const Node& node) const {
  int64_t found = 0;
  each_row(node, [&] {
    if (node.count == 0 || argument(node, 0).is_true()) ++found;
    return true;
  });
  return Value::of(Decimal(found));
}

Value Evaluator::sum(const Node& node) const {
  Result<Decimal> total = Decimal(0);
  each_row(node, [&] {
    if (node.count > 1 && !argument(node, 1).is_true()) return true;
    if (const auto number = argument_number(node, 0)) total = total->plus(*number);
    return total.has_value();
  });
  return total ? Value::of(*total) : Value{};
}

Value Evaluator::any(const Node& node) const {
  bool found = false;
  each_row(node, [&] {
    found = argument(node, 0).is_true();
    return !found;
  });
  return Value::of(found);
}

Value Evaluator::all(const Node& node) const {
  bool holds = true;
  each_row(node, [&] {
    holds = argument(node, 0).is_true();
    return holds;
  });
  return Value::of(holds);
}

// Each value once, in the order of the rows. A text behind it is what stands between, anything else the condition.
Value Evaluator::joined(const Node& node) const {
  std::string_view between = ", ";
  size_t condition = 0;
  for (size_t i = 1; i < node.count; ++i) {
    const Node& argument_node = expression_->argument(node, i);
    if (argument_node.run == &Evaluator::constant && argument_node.constant.kind == Value::Kind::text) {
      between = expression_->text(argument_node);
    } else {
      condition = i;
    }
  }
  std::vector<std::string_view> found;
  each_row(node, [&] {
    if (condition > 0 && !argument(node, condition).is_true()) return true;
    const std::string_view text = argument_text(node, 0);
    if (!text.empty() && std::ranges::find(found, text) == found.end()) found.push_back(text);
    return true;
  });
  if (found.size() == 1) return Value::of(found.front());
  std::string text;
  for (const std::string_view piece : found) {
    if (!text.empty()) text += between;
    text += piece;
  }
  return Value::of(keep(std::move(text)));
}

// Whether the value is the same in each row that has one.
Value Evaluator::same(const Node& node) const {
  Value seen;
  bool holds = true;
  each_row(node, [&] {
    if (node.count > 1 && !argument(node, 1).is_true()) return true;
    const Value value = argument(node, 0);
    if (value.present() && seen.present()) holds = order(value, seen) == std::strong_ordering::equal;
    if (value.present()) seen = value;
    return holds;
  });
  return Value::of(holds);
}

}  // namespace fairway::filing
