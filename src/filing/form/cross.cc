#include "filing/form/cross.h"

#include <algorithm>
#include <array>

#include "filing/form/compiled.h"

namespace fairway::filing {
namespace {

std::unexpected<Error> wrong(const Table& table, size_t row, std::string_view column, std::string what, std::string hint = {}) {
  return fail(Code::invalid, "a table is not right", table.place(row) + ", column " + std::string(column) + ": " + std::move(what),
              std::move(hint));
}

// The longest family that the text begins with; the rest is the field. Empty where the other regime is not there.
Result<std::optional<CrossSide>> side_of(const Regimes& regimes, const Regime& own, const Table& table, size_t row,
                                         std::string_view column) {
  std::string_view text = table.cell(row, column);
  CrossSide side;
  side.regime = own.code();
  if (const size_t colon = text.find(':'); colon != std::string_view::npos) {
    side.regime = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  const Regime* regime = regimes.find(side.regime);
  if (regime == nullptr) return std::optional<CrossSide>();
  for (const Form& form : regime->compiled().forms()) {
    if (form.family.size() <= side.family.size() || text.size() <= form.family.size()) continue;
    if (text.starts_with(form.family) && text[form.family.size()] == '.') side.family = form.family;
  }
  if (side.family.empty()) {
    return wrong(table, row, column, "\"" + std::string(text) + "\" begins with no family of " + side.regime + "/forms.csv",
                 "write FAMILY.field, or cn:FAMILY.field");
  }
  side.field = text.substr(side.family.size() + 1);
  const bool known = std::ranges::any_of(regime->compiled().forms(),
                                         [&](const Form& form) { return form.family == side.family && form.slot(side.field); });
  if (!known) return wrong(table, row, column, "no form of " + side.regime + ":" + side.family + " has a field " + side.field);
  return std::optional(std::move(side));
}

}  // namespace

Status add_cross_rules(const Regimes& regimes, const Regime& regime, std::vector<CrossRule>& rules) {
  static constexpr std::array<std::string_view, 11> kColumns = {"rule",      "left",   "right",  "tolerance", "characters", "weight",
                                                                "message_*", "cure_*", "source", "from",      "to"};
  const Table& table = regime.table("cross");
  TRY_OK(check_columns(table, kColumns));
  for (size_t row = 0; row < table.rows(); ++row) {
    CrossRule rule;
    rule.id = table.cell(row, "rule");
    if (rule.id.empty()) return wrong(table, row, "rule", "the rule has no name");
    auto left = TRY(side_of(regimes, regime, table, row, "left")), right = TRY(side_of(regimes, regime, table, row, "right"));
    if (!left || !right) continue;
    rule.left = std::move(*left), rule.right = std::move(*right);
    std::string tolerance = table.cell(row, "tolerance");
    rule.per_cent = tolerance.ends_with('%');
    if (rule.per_cent) tolerance.pop_back();
    if (!tolerance.empty()) {
      const auto number = Decimal::parse(tolerance);
      if (!number) return wrong(table, row, "tolerance", "\"" + tolerance + "\" is no number", "write 0.5 or 1%");
      rule.tolerance = *number;
    }
    const std::string& characters = table.cell(row, "characters");
    if (!characters.empty()) {
      const auto number = Decimal::parse(characters);
      if (!number || number->is_negative() || number->scale() != 0) return wrong(table, row, "characters", "it is no number");
      rule.characters = static_cast<size_t>(number->units());
    }
    rule.weight = TRY(weight_of(table, row));
    rule.message = words_of(table, row, "message"), rule.cure = words_of(table, row, "cure");
    rule.source = table.cell(row, "source");
    rule.days = {table.cell(row, "from"), table.cell(row, "to")};
    rules.push_back(std::move(rule));
  }
  return {};
}

}  // namespace fairway::filing
