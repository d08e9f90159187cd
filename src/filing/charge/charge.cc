#include "filing/charge/charge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "base/bytes.h"
#include "filing/clock/day.h"

namespace fairway::filing {
namespace {

// A cell of a table of charges; none where it is empty.
Result<std::optional<Decimal>> amount_in(const Table& table, size_t row, std::string_view column) {
  const std::string& cell = table.cell(row, column);
  if (cell.empty()) return std::nullopt;
  const auto amount = Decimal::parse(cell);
  if (!amount || amount->is_negative())
    return fail(Code::invalid, "not an amount", table.place(row) + ", " + std::string(column) + ": " + cell);
  return *amount;
}

// How many times `part` goes into `whole`, a begun one counted: 54,000 by 1,000 is 54, 54,001 is 55. Nothing from nothing or less.
Result<Decimal> parts_of(Decimal whole, Decimal part) {
  if (whole <= Decimal() || part <= Decimal()) return Decimal();
  // The quotient may have been rounded; what it makes is held against the whole.
  Decimal count = TRY(whole.over(part)).round(0, Rounding::down);
  if (TRY(count.times(part)) < whole) count = TRY(count.plus(Decimal(1)));
  return count;
}

std::string money(Decimal amount) { return amount.scale() > 2 && amount != amount.round(2) ? amount.text() : amount.text(2); }

struct Row {
  const Table& table;
  size_t row;
  [[nodiscard]] Result<std::optional<Decimal>> amount(std::string_view column) const { return amount_in(table, row, column); }
  [[nodiscard]] std::string source() const { return table.cell(row, "source"); }
};

Result<Row> row_of(const Regime& regime, const ChargeQuestion& question) {
  const Table& table = regime.table("charges");
  if (const auto day = parse_day(question.date); !day) return std::unexpected(day.error());
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.cell(row, "charge") == question.charge && table.counts_on(row, question.date)) return Row{table, row};
  }
  return fail(Code::not_found, "no such charge", legible(question.charge) + " on " + question.date);
}

// 0.20 for the first 46,000, 0.125 for each further 1,000 or part, rounded up to 0.10, at most 200.
Result<ChargeLine> by_steps(const Row& row, Decimal value, bool capped) {
  const Decimal first = TRY(row.amount("first")).value_or(Decimal());
  const Decimal first_amount = TRY(row.amount("first_amount")).value_or(Decimal());
  const auto per = TRY(row.amount("per"));
  const auto per_amount = TRY(row.amount("per_amount"));
  ChargeLine line{"charge", first_amount, money(first_amount), row.source()};
  if (per && per_amount && value > first) {
    const Decimal parts = TRY(parts_of(TRY(value.minus(first)), *per));
    line.amount = TRY(first_amount.plus(TRY(parts.times(*per_amount))));
    line.working = fmt::format("{} + {} × {} = {}", money(first_amount), parts.text(), per_amount->text(), money(line.amount));
  }
  if (const auto step = TRY(row.amount("round_up")); step && !step->is_zero()) {
    const Decimal rounded = TRY(TRY(parts_of(line.amount, *step)).times(*step));
    if (rounded != line.amount) line.working += fmt::format(", rounded up to {}", money(rounded));
    line.amount = rounded;
  }
  if (const auto cap = TRY(row.amount("cap")); capped && cap && line.amount > *cap) {
    line.amount = *cap;
    line.working += fmt::format(", at most {}", money(*cap));
  }
  return line;
}

Result<ChargeLine> charge_line(const Row& row, Decimal value, bool capped) {
  if (const auto flat = TRY(row.amount("flat"))) {
    return ChargeLine{"charge", *flat, flat->is_zero() ? "no charge" : money(*flat) + " whatever the value", row.source()};
  }
  return by_steps(row, value, capped);
}

Result<std::optional<ChargeLine>> levy_line(const Row& row, Decimal levied) {
  const auto per = TRY(row.amount("levy_per"));
  const auto amount = TRY(row.amount("levy_amount"));
  if (!per || !amount) return std::nullopt;
  const Decimal parts = TRY(parts_of(levied, *per));
  const Decimal levy = TRY(parts.times(*amount));
  return ChargeLine{"levy", levy, fmt::format("{} × {} = {}", parts.text(), money(*amount), money(levy)), row.source()};
}

// Those of the table that have a levy: "2A".
std::string levied_charges(const Table& table) {
  std::set<std::string> charges;
  for (size_t row = 0; row < table.rows(); ++row) {
    if (!table.cell(row, "levy_per").empty()) charges.insert(table.cell(row, "charge"));
  }
  return charges.empty() ? "none" : fmt::format("{}", fmt::join(charges, ", "));
}

Result<int> whole_number(const Table& table, size_t row, std::string_view column) {
  const Decimal number = TRY(amount_in(table, row, column)).value_or(Decimal());
  if (number != number.round(0) || number > Decimal(10'000)) {
    return fail(Code::invalid, "not a number of days or months", table.place(row) + ", " + std::string(column));
  }
  return static_cast<int>(number.round(0).units());
}

// Rows say up to which day (so many months and the ordinary days for lodging after the import or export) and up to which value they count;
// the first that fits is it.
Result<std::optional<ChargeLine>> penalty_line(const Regime& regime, const ChargeQuestion& question) {
  const Table& table = regime.table("penalties");
  const Day start = TRY(parse_day(question.date));
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.cell(row, "charge") != question.charge || !table.counts_on(row, question.date)) continue;
    const auto value_up_to = TRY(amount_in(table, row, "value_up_to"));
    if (value_up_to && question.value > *value_up_to) continue;
    const int days = TRY(whole_number(table, row, "days_up_to"));
    const int months = TRY(whole_number(table, row, "months_up_to"));
    const bool open = table.cell(row, "days_up_to").empty() && table.cell(row, "months_up_to").empty();
    const Day limit = plus_months(start, months) + std::chrono::days(days);
    const Day last = question.last_day.empty() ? start + std::chrono::days(days) : TRY(parse_day(question.last_day));
    const Day lodged = last + std::chrono::days(question.days_late);
    if (!open && lodged > limit) continue;
    const Decimal amount = TRY(amount_in(table, row, "amount")).value_or(Decimal());
    const std::string when = open ? "later" : fmt::format("not after {}", text(limit));
    return ChargeLine{"late penalty", amount, fmt::format("lodged {} days late, {}", question.days_late, when), table.cell(row, "source")};
  }
  return std::nullopt;
}

}  // namespace

Result<Charge> charge(const Regime& regime, const ChargeQuestion& question) {
  if (question.value.is_negative()) return fail(Code::invalid, "a value is below zero", question.value.text());
  if (question.levied_value && question.levied_value->is_negative()) {
    return fail(Code::invalid, "a value is below zero", question.levied_value->text());
  }
  if (question.levied_value && *question.levied_value > question.value) {
    return fail(Code::invalid, "the part that is levied is more than the whole",
                question.levied_value->text() + " of " + question.value.text());
  }
  if (question.days_late < 0) return fail(Code::invalid, "days late are below zero", std::to_string(question.days_late));
  const Row row = TRY(row_of(regime, question));
  Charge charge{regime.setting("currency"), {}, {}};
  charge.lines.push_back(TRY(charge_line(row, question.value, true)));
  if (question.levied_value && !question.levied_value->is_zero() && row.table.cell(row.row, "levy_per").empty()) {
    return fail(Code::invalid, "this charge has no levy", question.charge, "charges with one: " + levied_charges(row.table));
  }
  if (auto levy = TRY(levy_line(row, question.levied_value.value_or(question.value)))) charge.lines.push_back(std::move(*levy));
  if (question.days_late > 0) {
    if (auto penalty = TRY(penalty_line(regime, question))) charge.lines.push_back(std::move(*penalty));
  }
  for (const ChargeLine& line : charge.lines) charge.total = TRY(charge.total.plus(line.amount));
  return charge;
}

Result<Decimal> undercharge(const Regime& regime, const ChargeQuestion& declared, Decimal true_value) {
  if (declared.value.is_negative() || true_value.is_negative()) return fail(Code::invalid, "a value is below zero", true_value.text());
  const Row row = TRY(row_of(regime, declared));
  const Decimal less = TRY(charge_line(row, declared.value, false)).amount;
  const Decimal more = TRY(charge_line(row, true_value, false)).amount;
  return more > less ? more.minus(less) : Decimal();
}

}  // namespace fairway::filing
