// The drafts of one consignment against each other, by cross.csv of the regimes.
#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "filing/form/compiled.h"
#include "filing/form/cross.h"
#include "filing/form/draft.h"

namespace fairway::filing {
namespace {

// What a value stands for: codes of the record where the form has them through a map, of which there may be several; else itself.
using Codes = std::set<std::string>;

// A field of one draft: of rows a sum where all are numbers, else each value once.
struct Said {
  const Draft* draft = nullptr;
  const FilledField* field = nullptr;  // the first
  std::optional<Decimal> number;
  std::optional<Decimal> alone;  // where forms that share the goods all say the same number
  std::set<Codes> values;        // each once
  std::string text;
};

const FieldRow* row_of_field(const Form& form, std::string_view name) {
  const auto found = std::ranges::find(form.fields, name, &FieldRow::name);
  return found == form.fields.end() ? nullptr : &*found;
}

Codes codes_of(const FieldRow& row, const std::string& value, std::string_view day, size_t characters) {
  Codes codes;
  const CodeList* map = row.value.outer_map();
  for (size_t i = 0; map != nullptr && i < map->entries().size(); ++i) {
    const CodeList::Entry& entry = map->entries()[i];
    if (entry.days.hold(day) && entry.cells[*map->column("theirs")] == value) codes.insert(entry.code);
  }
  if (codes.empty()) codes.insert(to_upper(characters > 0 ? std::string_view(value).substr(0, characters) : std::string_view(value)));
  return codes;
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
    out.values.insert(codes_of(*row, field.value, draft.day, characters));
  }
  if (out.field == nullptr) return std::nullopt;
  if (numbers && total) out.number = *total, out.alone = *total;
  for (const Codes& codes : out.values) out.text += (out.text.empty() ? "" : ", ") + *codes.begin();
  if (out.number) out.text = out.number->text();
  return out;
}

bool near(const CrossRule& rule, Decimal left, Decimal right) {
  auto apart = left.minus(right);
  if (!apart) return false;
  if (apart->is_negative()) apart = Decimal(0).minus(*apart);
  if (!rule.per_cent) return apart && *apart <= rule.tolerance;
  const auto share = left.times(rule.tolerance), hundredfold = apart ? apart->times(Decimal(100)) : apart;
  return share && hundredfold && *hundredfold <= *share;
}

// Whether each of these values may be one of those.
bool within(const std::set<Codes>& these, const std::set<Codes>& those) {
  return std::ranges::all_of(these, [&](const Codes& codes) {
    return std::ranges::any_of(those, [&](const Codes& others) {
      return std::ranges::any_of(codes, [&](const std::string& code) { return others.contains(code); });
    });
  });
}

bool agree(const CrossRule& rule, const Said& left, const Said& right) {
  if (!left.number || !right.number) return within(left.values, right.values) && within(right.values, left.values);
  return near(rule, *left.number, *right.number) || (left.alone && near(rule, *left.alone, *right.number)) ||
         (right.alone && near(rule, *left.number, *right.alone));
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

// Forms of one consignment that share its goods say together what one form would say; of the whole each may say it alone.
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
    if (together.alone != made->number) together.alone.reset();
    if (together.number && made->number) {
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
