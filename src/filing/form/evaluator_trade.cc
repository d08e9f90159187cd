// What expressions ask about the route, dates and money.
#include <fmt/format.h>

#include <algorithm>

#include "base/zone.h"
#include "filing/charge/charge.h"
#include "filing/form/compiled.h"
#include "filing/form/evaluator.h"

namespace fairway::filing {
namespace {

constexpr int64_t kMinuteUs = 60'000'000, kDayUs = 24 * 60 * kMinuteUs;

std::string_view country_of(std::string_view place) { return place.substr(0, 2); }

std::optional<int64_t> day_number(std::string_view date) {
  const auto instant = parse_rfc3339(std::string(date) + "T00:00:00Z");
  if (!instant) return std::nullopt;
  return instant->micros / kDayUs;
}

constexpr std::string_view kCrossings[] = {"in", "out", "within", "through", "outside"};

}  // namespace

void Evaluator::look_at_route() {
  const CommonItems& items = regime_.compiled().items();
  const auto within = [&](const std::string& place) { return !place.empty() && regime_.covers(country_of(place)); };
  const auto legs = static_cast<uint32_t>(record_.rows(Group::legs));
  bool touched = false;
  for (uint32_t leg = 0; leg < legs; ++leg) {
    const bool from = within(record_.value(items.leg_from, leg)), to = within(record_.value(items.leg_to, leg));
    const bool through = !from && !to && within(record_.value(items.leg_control_point, leg));
    crossings_.push_back(from      ? (to ? Crossing::within : Crossing::out)
                         : to      ? Crossing::in
                         : through ? Crossing::through
                                   : Crossing::outside);
    if (crossings_.back() == Crossing::in && !in_) in_ = leg;
    if (crossings_.back() == Crossing::out) out_ = leg;
    touched = touched || crossings_.back() != Crossing::outside;
  }
  const auto first_of = [&](std::initializer_list<const std::string*> places) -> const std::string& {
    for (const std::string* place : places) {
      if (!place->empty()) return *place;
    }
    return **(places.end() - 1);
  };
  const std::string &loading = record_.value(items.place_of_loading), &discharge = record_.value(items.place_of_discharge);
  const bool begins = within(first_of(
      {&record_.value(items.place_of_origin), &record_.value(items.leg_from, 0), &record_.value(items.country_of_dispatch), &loading}));
  const bool ends = within(first_of({&record_.value(items.place_of_delivery), &record_.value(items.leg_to, legs == 0 ? 0 : legs - 1),
                                     &record_.value(items.country_of_destination), &discharge}));
  touched = touched || within(loading) || within(discharge);
  trade_ = begins ? (ends ? "domestic" : "export") : ends ? "import" : touched ? "transhipment" : "none";
}

bool Evaluator::concerned() const {
  return trade_ != "none" || std::ranges::any_of(crossings_, [](Crossing crossing) { return crossing != Crossing::outside; });
}

Value Evaluator::trade(const Node&) const { return Value::of(trade_); }

Value Evaluator::crossing_of_leg(const Node&) const {
  const uint32_t leg = row_[static_cast<size_t>(Group::legs)];
  return leg < crossings_.size() ? Value::of(kCrossings[static_cast<size_t>(crossings_[leg])]) : Value{};
}

Value Evaluator::country(const Node& node) const { return Value::of(country_of(argument_text(node, 0))); }
Value Evaluator::within(const Node& node) const { return Value::of(regime_.covers(country_of(argument_text(node, 0)))); }

std::string_view Evaluator::date(const Value& value) const {
  if (value.kind != Value::Kind::instant) return text_of(value);
  const auto offset = offset_minutes_at(value.micros, regime_.compiled().zone());
  const CivilTime civil = civil_of(value.micros, offset.value_or(0));
  return keep(fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day));
}

std::optional<int64_t> Evaluator::moment(const Value& value) const {
  if (value.kind == Value::Kind::instant) return value.micros;
  return std::nullopt;
}

Value Evaluator::date_of(const Node& node) const {
  const Value value = argument(node, 0);
  return value.present() ? Value::of(date(value)) : Value{};
}

Value Evaluator::days(const Node& node) const {
  const Value a = argument(node, 0), b = argument(node, 1);
  if (!a.present() || !b.present()) return {};
  const auto from = day_number(date(a)), to = day_number(date(b));
  return from && to ? Value::of(Decimal(*to - *from)) : Value{};
}

Value Evaluator::minutes(const Node& node) const {
  const auto a = moment(argument(node, 0)), b = moment(argument(node, 1));
  return a && b ? Value::of(Decimal((*b - *a) / kMinuteUs)) : Value{};
}

Value Evaluator::today(const Node&) const { return Value::of(std::string_view(setting_.today)); }
Value Evaluator::now(const Node&) const { return {Value::Kind::instant, false, {}, {}, setting_.now_us}; }

Value Evaluator::dispatch(const Node&) const { return load({regime_.compiled().items().leg_departure, out_.value_or(0)}); }
Value Evaluator::arrival(const Node&) const { return load({regime_.compiled().items().leg_arrival, in_.value_or(0)}); }

Value Evaluator::money(const Node& node) const {
  const auto amount = argument_number(node, 0);
  const std::string_view currency = argument_text(node, 1);
  if (!amount || currency.empty()) return {};
  const auto rate = rate_of(regime_, record_, setting_, day_, currency, trace_);
  if (!rate) return {};
  const auto value = amount->times(*rate);
  if (!value) return {};
  const Decimal rounded = value->round(2);
  const std::string_view own = regime_.compiled().currency();
  if (trace_ != nullptr && currency != own) {
    note(fmt::format("{} {} × {} = {} {}", currency, amount->text(), rate->text(), own, rounded.text(2)));
  }
  return Value::of(rounded);
}

// What lodging costs for that value, by charges.csv: charge('2A', value, levied part).
Value Evaluator::charge_due(const Node& node) const {
  const auto value = argument_number(node, 1);
  if (!value || value->is_negative()) return {};
  ChargeQuestion question;
  question.charge = argument_text(node, 0), question.value = *value, question.date = day_;
  if (node.count > 2) question.levied_value = argument_number(node, 2);
  const auto due = charge(regime_, question);
  return due ? Value::of(due->total) : Value{};
}

// Of the goods line at hand; where there is none, of all lines that the form covers.
Value Evaluator::customs_value(const Node& node) const {
  const Basis basis = argument_text(node, 0) == "CIF" ? Basis::cif : Basis::fob;
  auto& valuation = valuations_[static_cast<size_t>(basis)];
  if (!valuation) valuation = customs_values(regime_, record_, setting_, day_, basis);
  if (trace_ != nullptr) {
    trace_->used.insert(trace_->used.end(), valuation->trace.used.begin(), valuation->trace.used.end());
    trace_->missing.insert(trace_->missing.end(), valuation->trace.missing.begin(), valuation->trace.missing.end());
    trace_->wants.insert(trace_->wants.end(), valuation->trace.wants.begin(), valuation->trace.wants.end());
  }
  if (!valuation->known) return {};
  Result<Decimal> value = Decimal(0), price = Decimal(0);
  const auto add = [&](uint32_t line) {
    if (line >= valuation->lines.size() || !value || !price) return;
    value = value->plus(valuation->lines[line]);
    price = price->plus(valuation->prices[line]);
  };
  if (node.item.group == Group::goods) {
    add(row_[static_cast<size_t>(Group::goods)]);
  } else {
    for (const uint32_t line : covered_) add(line);
  }
  if (!value || !price) return {};
  if (trace_ != nullptr) note(working_of(*valuation, regime_, *price, *value));
  return Value::of(*value);
}

}  // namespace fairway::filing
