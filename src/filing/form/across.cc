// The drafts of one consignment against each other, by cross.csv of the regimes.
#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "filing/form/compiled.h"
#include "filing/form/cross.h"
#include "filing/form/draft.h"

namespace fairway::filing {
namespace {

// A field of one draft: of rows a sum where all are numbers, else each value once.
struct Said {
  const Draft* draft = nullptr;
  const FilledField* field = nullptr;  // the first
  std::optional<Decimal> number;
  std::set<std::string> values;  // as the record has them, where the form has them through a map
  std::string text;
};

const FieldRow* row_of_field(const Form& form, std::string_view name) {
  const auto found = std::ranges::find(form.fields, name, &FieldRow::name);
  return found == form.fields.end() ? nullptr : &*found;
}

// The codes of the record that the authority's code stands for.
void add_codes(const FieldRow& row, const std::string& value, std::string_view day, size_t characters, std::set<std::string>& out) {
  const CodeList* map = row.value.outer_map();
  bool found = false;
  for (size_t i = 0; map != nullptr && i < map->entries().size(); ++i) {
    const CodeList::Entry& entry = map->entries()[i];
    if (!entry.days.hold(day) || entry.cells[*map->column("theirs")] != value) continue;
    out.insert(entry.code);
    found = true;
  }
  if (!found) out.insert(to_upper(characters > 0 ? std::string_view(value).substr(0, characters) : std::string_view(value)));
}

std::optional<Said> said(const Regimes& regimes, const CrossSide& side, const Draft& draft, size_t characters) {
  const Regime* regime = regimes.find(side.regime);
  const Form* form = regime == nullptr ? nullptr : regime->compiled().find(draft.key.form, draft.day);
  if (form == nullptr || form->family != side.family) return std::nullopt;
  const FieldRow* row = row_of_field(*form, side.field);
  if (row == nullptr) return std::nullopt;
  Said out;
  out.draft = &draft;
  Result<Decimal> total = Decimal(0);
  bool numbers = row->type == ValueType::decimal;
  for (const FilledField& field : draft.fields) {
    const bool same = row->per == Group::consignment ? field.name == side.field : row_name_of(field.name) == side.field;
    if (!same || field.value.empty()) continue;
    if (out.field == nullptr) out.field = &field;
    const auto number = numbers ? Decimal::parse(field.value) : Result<Decimal>(std::unexpected(Error{}));
    numbers = numbers && number.has_value();
    if (number && total) total = total->plus(*number);
    add_codes(*row, field.value, draft.day, characters, out.values);
  }
  if (out.field == nullptr) return std::nullopt;
  if (numbers && total) out.number = *total;
  for (const std::string& value : out.values) out.text += (out.text.empty() ? "" : ", ") + value;
  if (out.number) out.text = out.number->text();
  return out;
}

bool agree(const CrossRule& rule, const Said& left, const Said& right) {
  if (!left.number || !right.number) {
    // A map may have several codes of ours for one of theirs: one in common is enough where each side says one thing.
    return left.values == right.values || std::ranges::any_of(left.values, [&](const auto& value) { return right.values.contains(value); });
  }
  auto apart = left.number->minus(*right.number);
  if (!apart) return false;
  if (apart->is_negative()) apart = Decimal(0).minus(*apart);
  if (!rule.per_cent) return apart && *apart <= rule.tolerance;
  const auto share = left.number->times(rule.tolerance), hundredfold = apart ? apart->times(Decimal(100)) : apart;
  return share && hundredfold && *hundredfold <= *share;
}

std::string filled(const std::string& text, const Said& left, const Said& right) {
  const std::pair<std::string_view, std::string> words[] = {
      {"{left}", left.text}, {"{right}", right.text}, {"{left.form}", left.draft->key.text()}, {"{right.form}", right.draft->key.text()}};
  std::string out = text;
  for (const auto& [word, value] : words) {
    for (size_t at = out.find(word); at != std::string::npos; at = out.find(word, at + value.size())) out.replace(at, word.size(), value);
  }
  return out;
}

Finding finding_of(const CrossRule& rule, const Said& left, const Said& right) {
  Finding finding;
  finding.rule = rule.id, finding.weight = rule.weight, finding.source = rule.source;
  finding.form = left.draft->key.text();
  finding.field = left.field->name;
  if (!left.field->from.empty()) finding.path = left.field->from.front();
  finding.message = {filled(rule.message.en, left, right), filled(rule.message.hant, left, right), filled(rule.message.hans, left, right)};
  finding.cure = {filled(rule.cure.en, left, right), filled(rule.cure.hant, left, right), filled(rule.cure.hans, left, right)};
  return finding;
}

// Forms of one consignment that share its goods say together what one form says alone.
std::vector<Said> sides_of(const Regimes& regimes, const CrossSide& side, std::span<const Draft> drafts, size_t characters) {
  std::vector<Said> sides;
  for (const Draft& draft : drafts) {
    if (draft.key.regime != side.regime) continue;
    auto made = said(regimes, side, draft, characters);
    if (!made) continue;
    const bool shared = !sides.empty() && draft.key.leg == 0 && sides.back().draft->key.leg == 0;
    if (!shared) {
      sides.push_back(std::move(*made));
      continue;
    }
    Said& together = sides.back();
    const bool each = side.field.find("item.") == std::string::npos && together.number == made->number;
    if (together.number && made->number && !each) {
      const auto sum = together.number->plus(*made->number);
      if (sum) together.number = *sum, together.text = sum->text();
    }
    together.values.merge(made->values);
  }
  return sides;
}

}  // namespace

std::vector<Finding> check_across(const Regimes& regimes, std::span<const Draft> drafts) {
  std::vector<Finding> findings;
  for (const CrossRule& rule : regimes.cross_rules()) {
    const auto left = sides_of(regimes, rule.left, drafts, rule.characters), right = sides_of(regimes, rule.right, drafts, rule.characters);
    for (const Said& a : left) {
      for (const Said& b : right) {
        if (a.draft == b.draft || !rule.days.hold(a.draft->day) || agree(rule, a, b)) continue;
        findings.push_back(finding_of(rule, a, b));
      }
    }
  }
  return findings;
}

}  // namespace fairway::filing
