#include "filing/form/evaluator.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/zone.h"
#include "filing/form/compiled.h"
#include "filing/form/identifiers.h"
#include "filing/form/units.h"

namespace fairway::filing {
namespace {

// The `count` characters of UTF-8 text from character `from` on, counted from 0.
std::string_view characters(std::string_view text, size_t from, size_t count) {
  const auto skip = [&](size_t at, size_t characters) {
    for (; characters > 0 && at < text.size(); --characters) {
      ++at;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    }
    return at;
  };
  const size_t begin = skip(0, from);
  return text.substr(begin, skip(begin, count) - begin);
}

}  // namespace

Evaluator::Evaluator(const Regime& regime, const Record& record, const Setting& setting)
    : regime_(regime), record_(record), setting_(setting), day_(setting.today) {
  look_at_route();
}

void Evaluator::set_form(std::span<const uint32_t> covered, std::string_view day) {
  covered_ = covered;
  if (day != day_) valuations_[0].reset(), valuations_[1].reset();
  day_ = day;
}

void Evaluator::set_row(Group group, uint32_t row, uint32_t number) const {
  row_[static_cast<size_t>(group)] = row, number_[static_cast<size_t>(group)] = number;
}

Value Evaluator::run(const Expression& expression) const {
  if (expression.empty()) return {};
  expression_ = &expression;
  return eval(expression.root());
}

std::string_view Evaluator::keep(std::string text) const { return kept_.emplace_back(std::move(text)); }

std::string_view Evaluator::text_of(const Value& value) const {
  switch (value.kind) {
    case Value::Kind::absent: return {};
    case Value::Kind::text: return value.text;
    case Value::Kind::number: return keep(value.number.text());
    case Value::Kind::truth: return value.yes ? "yes" : "no";
    case Value::Kind::instant: return value.text.empty() ? keep(to_rfc3339_utc(value.micros)) : value.text;
  }
  return {};
}

void Evaluator::want(Trace::Want want) const {
  if (trace_ != nullptr) trace_->wants.push_back(std::move(want));
}

void Evaluator::note(std::string_view working) const {
  if (trace_ == nullptr) return;
  if (!trace_->working.empty()) trace_->working += "; ";
  trace_->working += working;
}

std::optional<Decimal> Evaluator::argument_number(const Node& node, size_t index) const {
  const Value value = argument(node, index);
  if (value.kind == Value::Kind::number) return value.number;
  if (value.kind != Value::Kind::text) return std::nullopt;
  const auto number = Decimal::parse(value.text);
  return number ? std::optional(*number) : std::nullopt;
}

Value Evaluator::load(Path path) const {
  const Field& field = record_.field(path);
  if (trace_ != nullptr) (field.present() ? trace_->used : trace_->missing).push_back(path);
  if (!field.present()) return {};
  switch (record_.schema().item(path.item).type) {
    case ValueType::decimal: {
      const auto number = Decimal::parse(field.value);
      return number ? Value::of(*number) : Value::of(std::string_view(field.value));
    }
    case ValueType::truth: return Value::of(field.value == "yes");
    case ValueType::instant: {
      const auto instant = parse_rfc3339(field.value);
      if (!instant) return Value::of(std::string_view(field.value));
      return {Value::Kind::instant, false, {}, field.value, instant->micros};
    }
    default: return Value::of(std::string_view(field.value));
  }
}

Value Evaluator::constant(const Node& node) const {
  Value value = node.constant;
  if (value.kind == Value::Kind::text) value.text = expression_->text(node);
  return value;
}

Value Evaluator::item(const Node& node) const { return load({node.item, row_[static_cast<size_t>(node.item.group)]}); }

Value Evaluator::leg_item(const Node& node, std::optional<uint32_t> leg) const { return load({node.item, leg.value_or(0)}); }
Value Evaluator::inbound(const Node& node) const { return in_ ? leg_item(node, in_) : Value{}; }
Value Evaluator::outbound(const Node& node) const { return out_ ? leg_item(node, out_) : Value{}; }

Value Evaluator::row_number(const Node& node) const {
  return Value::of(Decimal(static_cast<int64_t>(number_[static_cast<size_t>(node.item.group)]) + 1));
}

Value Evaluator::field(const Node& node) const {
  if (draft_ == nullptr || node.slot >= draft_->slots.size()) return {};
  const DraftIndex::At& at = draft_->slots[node.slot];
  const size_t row = node.item.group == Group::consignment ? 0 : number_[static_cast<size_t>(node.item.group)];
  if (row >= at.rows.size() || at.rows[row] == nullptr || at.rows[row]->value.empty()) return {};
  const std::string& text = at.rows[row]->value;
  if (at.type == ValueType::decimal) {
    const auto number = Decimal::parse(text);
    if (number) return Value::of(*number);
  }
  if (at.type == ValueType::truth) return Value::of(text == "yes");
  if (at.type == ValueType::instant) {
    const auto instant = parse_rfc3339(text);
    if (instant) return {Value::Kind::instant, false, {}, text, instant->micros};
  }
  return Value::of(std::string_view(text));
}

Value Evaluator::arithmetic(const Node& node, Result<Decimal> (Decimal::*operation)(Decimal) const) const {
  const auto a = argument_number(node, 0), b = argument_number(node, 1);
  if (!a || !b) return {};
  const auto result = ((*a).*operation)(*b);
  return result ? Value::of(*result) : Value{};
}

Value Evaluator::plus(const Node& node) const { return arithmetic(node, &Decimal::plus); }
Value Evaluator::minus(const Node& node) const { return arithmetic(node, &Decimal::minus); }
Value Evaluator::times(const Node& node) const { return arithmetic(node, &Decimal::times); }
Value Evaluator::over(const Node& node) const { return arithmetic(node, &Decimal::over); }

std::optional<std::strong_ordering> Evaluator::order(const Value& a, const Value& b) const {
  using Kind = Value::Kind;
  if (!a.present() || !b.present()) return std::nullopt;
  if (a.kind == Kind::number && b.kind == Kind::number) return a.number <=> b.number;
  if (a.kind == Kind::instant && b.kind == Kind::instant) return a.micros <=> b.micros;
  if (a.kind == Kind::number || b.kind == Kind::number) {
    const Value& other = a.kind == Kind::number ? b : a;
    const auto number = Decimal::parse(text_of(other));
    if (!number) return std::nullopt;
    return a.kind == Kind::number ? a.number <=> *number : *number <=> b.number;
  }
  // A date beside a moment: the date of the moment in the regime's zone.
  if (a.kind == Kind::instant || b.kind == Kind::instant) return date(a).compare(date(b)) <=> 0;
  return text_of(a).compare(text_of(b)) <=> 0;
}

std::optional<std::strong_ordering> Evaluator::compare(const Node& node) const {
  const Value a = argument(node, 0), b = argument(node, 1);
  return order(a, b);
}

Value Evaluator::equal(const Node& node) const { return Value::of(compare(node) == std::strong_ordering::equal); }
Value Evaluator::unequal(const Node& node) const {
  const auto order = compare(node);
  return Value::of(order && *order != 0);
}
Value Evaluator::less(const Node& node) const {
  const auto order = compare(node);
  return Value::of(order && *order < 0);
}
Value Evaluator::less_or_equal(const Node& node) const {
  const auto order = compare(node);
  return Value::of(order && *order <= 0);
}
Value Evaluator::greater(const Node& node) const {
  const auto order = compare(node);
  return Value::of(order && *order > 0);
}
Value Evaluator::greater_or_equal(const Node& node) const {
  const auto order = compare(node);
  return Value::of(order && *order >= 0);
}

Value Evaluator::one_of(const Node& node) const {
  const Value value = argument(node, 0);
  for (size_t i = 1; value.present() && i < node.count; ++i) {
    if (order(value, argument(node, i)) == std::strong_ordering::equal) return Value::of(true);
  }
  return Value::of(false);
}

Value Evaluator::both(const Node& node) const { return Value::of(argument(node, 0).is_true() && argument(node, 1).is_true()); }
Value Evaluator::either(const Node& node) const { return Value::of(argument(node, 0).is_true() || argument(node, 1).is_true()); }
Value Evaluator::negation(const Node& node) const { return Value::of(!argument(node, 0).is_true()); }
Value Evaluator::is_present(const Node& node) const { return Value::of(argument(node, 0).present()); }
Value Evaluator::is_absent(const Node& node) const { return Value::of(!argument(node, 0).present()); }

Value Evaluator::first(const Node& node) const {
  for (size_t i = 0; i < node.count; ++i) {
    if (const Value value = argument(node, i); value.present()) return value;
  }
  return {};
}

Value Evaluator::choice(const Node& node) const {
  if (argument(node, 0).is_true()) return argument(node, 1);
  return node.count > 2 ? argument(node, 2) : Value{};
}

Value Evaluator::concat(const Node& node) const {
  std::string text;
  for (size_t i = 0; i < node.count; ++i) text += argument_text(node, i);
  return Value::of(keep(std::move(text)));
}

Value Evaluator::upper(const Node& node) const { return Value::of(keep(to_upper(argument_text(node, 0)))); }

Value Evaluator::digits(const Node& node) const {
  const std::string_view text = argument_text(node, 0);
  const auto from = argument_number(node, 1), to = argument_number(node, 2);
  if (!from || !to || *from < Decimal(1) || *to < *from) return {};
  const auto begin = static_cast<size_t>(from->round(0).units()), end = static_cast<size_t>(to->round(0).units());
  return Value::of(characters(text, begin - 1, end - begin + 1));
}

Value Evaluator::starts(const Node& node) const {
  const std::string_view text = argument_text(node, 0), beginning = argument_text(node, 1);
  return Value::of(!beginning.empty() && text.starts_with(beginning));
}
Value Evaluator::contains(const Node& node) const {
  const std::string_view text = argument_text(node, 0), piece = argument_text(node, 1);
  return Value::of(!piece.empty() && text.find(piece) != std::string_view::npos);
}
Value Evaluator::length(const Node& node) const { return Value::of(Decimal(static_cast<int64_t>(counted_length(argument_text(node, 0))))); }

Value Evaluator::shape(const Node& node) const { return Value::of(has_shape(argument_text(node, 0), argument_text(node, 1))); }

Value Evaluator::round(const Node& node) const {
  const auto number = argument_number(node, 0), digits = argument_number(node, 1);
  return number && digits ? Value::of(number->round(static_cast<int>(digits->units()))) : Value{};
}
Value Evaluator::round_up(const Node& node) const {
  const auto number = argument_number(node, 0), digits = argument_number(node, 1);
  return number && digits ? Value::of(number->round(static_cast<int>(digits->units()), Rounding::up)) : Value{};
}

Value Evaluator::least(const Node& node) const {
  Value found;
  for (size_t i = 0; i < node.count; ++i) {
    const Value value = argument(node, i);
    if (value.present() && (!found.present() || order(value, found) == std::strong_ordering::less)) found = value;
  }
  return found;
}
Value Evaluator::most(const Node& node) const {
  Value found;
  for (size_t i = 0; i < node.count; ++i) {
    const Value value = argument(node, i);
    if (value.present() && (!found.present() || order(value, found) == std::strong_ordering::greater)) found = value;
  }
  return found;
}

Value Evaluator::listed(const Node& node) const {
  const std::string_view code = argument_text(node, 0);
  const CodeList::Entry* entry = code.empty() ? nullptr : node.list->find_beginning(code, day_);
  if (!node.flag) return Value::of(entry != nullptr);
  return entry == nullptr ? Value{} : Value::of(std::string_view(entry->cells[node.slot]));
}

Value Evaluator::mapped(const Node& node) const {
  const std::string_view code = argument_text(node, 0);
  const CodeList::Entry* entry = code.empty() ? nullptr : node.list->find(code, day_);
  if (entry == nullptr) return {};
  const std::string& theirs = entry->cells[node.slot];
  if (trace_ != nullptr && theirs != code) note(std::string(code) + " → " + theirs);
  return Value::of(std::string_view(theirs));
}

Value Evaluator::convert(const Node& node) const {
  const auto quantity = argument_number(node, 0);
  const std::string_view from = argument_text(node, 1), to = argument_text(node, 2);
  if (!quantity || from.empty() || to.empty()) return {};
  const auto converted = convert_unit(*quantity, from, to);
  if (!converted) {
    const Path path = trace_ == nullptr || trace_->used.empty() ? Path{} : trace_->used.back();
    want({Trace::Want::Kind::conversion, path, std::string(from) + " → " + std::string(to)});
    return {};
  }
  if (trace_ != nullptr && from != to) {
    note(quantity->text() + " " + std::string(from) + " = " + converted->text() + " " + std::string(to));
  }
  return Value::of(*converted);
}

Value Evaluator::container_number(const Node& node) const { return Value::of(is_container_number(argument_text(node, 0))); }
Value Evaluator::unified_code(const Node& node) const { return Value::of(is_unified_social_credit_code(argument_text(node, 0))); }
Value Evaluator::air_waybill(const Node& node) const { return Value::of(is_air_waybill(argument_text(node, 0))); }
Value Evaluator::imo_number(const Node& node) const { return Value::of(is_imo_number(argument_text(node, 0))); }
Value Evaluator::post_box(const Node& node) const { return Value::of(is_post_box(argument_text(node, 0))); }

}  // namespace fairway::filing
