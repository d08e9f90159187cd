#include "filing/form/coverage.h"

#include <algorithm>
#include <numeric>

namespace fairway::filing {
namespace {

std::vector<uint32_t> all_lines(const Record& record) {
  std::vector<uint32_t> lines(record.rows(Group::goods));
  std::iota(lines.begin(), lines.end(), 0u);
  return lines;
}

// The day that the form's deadline counts from.
std::string day_of(Evaluator& evaluator, const Form& form, uint32_t leg) {
  if (leg > 0) evaluator.set_row(Group::legs, leg - 1, leg - 1);
  const Value from = evaluator.run(form.deadline_from);
  return from.present() ? std::string(evaluator.date(from)) : evaluator.setting().today;
}

// Goods lines of which a form of the family has taken care, on one leg.
struct Claim {
  std::string_view family;
  uint32_t leg = 0;
  bool whole = false;  // by a form without items_when
  std::vector<bool> lines;
};

class Choice {
 public:
  explicit Choice(Evaluator& evaluator) : evaluator_(evaluator), lines_(all_lines(evaluator.record())) {}

  std::vector<NeededForm> make() {
    const auto forms = evaluator_.regime().compiled().forms();
    std::vector<std::pair<size_t, NeededForm>> found;
    // Forms for some goods first: what they leave goes to those for all.
    for (const bool some : {true, false}) {
      for (size_t i = 0; i < forms.size(); ++i) {
        if (forms[i].items_when.empty() == some) continue;
        const auto legs = static_cast<uint32_t>(forms[i].per_leg ? evaluator_.record().rows(Group::legs) : 0);
        for (uint32_t leg = forms[i].per_leg ? 1 : 0; leg <= legs; ++leg) {
          if (auto needed = look_at(forms[i], leg)) found.emplace_back(i, std::move(*needed));
        }
      }
    }
    std::ranges::stable_sort(found, {}, [](const auto& pair) { return std::pair(pair.first, pair.second.leg); });
    std::vector<NeededForm> out;
    for (auto& [index, needed] : found) out.push_back(std::move(needed));
    return out;
  }

 private:
  std::optional<NeededForm> look_at(const Form& form, uint32_t leg) {
    evaluator_.set_form(lines_, evaluator_.setting().today);
    std::string day = day_of(evaluator_, form, leg);
    if (!form.days.hold(day)) return std::nullopt;
    evaluator_.set_form(lines_, day);
    if (!form.needed_when.empty() && !evaluator_.holds(form.needed_when)) return std::nullopt;
    Claim& claim = claim_of(form.family, leg);
    if (claim.whole) return std::nullopt;
    NeededForm needed{&form, leg, std::move(day), {}};
    for (const uint32_t line : lines_) {
      if (claim.lines[line]) continue;
      evaluator_.set_row(Group::goods, line, line);
      if (form.items_when.empty() || evaluator_.holds(form.items_when)) needed.covered.push_back(line);
    }
    if (needed.covered.empty() && !(form.items_when.empty() && lines_.empty())) return std::nullopt;
    for (const uint32_t line : needed.covered) claim.lines[line] = true;
    claim.whole = form.items_when.empty();
    return needed;
  }

  Claim& claim_of(std::string_view family, uint32_t leg) {
    for (Claim& claim : claims_) {
      if (claim.family == family && claim.leg == leg) return claim;
    }
    return claims_.emplace_back(Claim{family, leg, false, std::vector<bool>(lines_.size())});
  }

  Evaluator& evaluator_;
  std::vector<uint32_t> lines_;
  std::deque<Claim> claims_;
};

}  // namespace

std::vector<NeededForm> needed_forms(Evaluator& evaluator) { return Choice(evaluator).make(); }

Result<NeededForm> form_at(Evaluator& evaluator, const FormKey& key) {
  for (NeededForm& needed : needed_forms(evaluator)) {
    if (needed.form->code == key.form && needed.leg == key.leg) return std::move(needed);
  }
  const Compiled& compiled = evaluator.regime().compiled();
  const std::vector<uint32_t> lines = all_lines(evaluator.record());
  evaluator.set_form(lines, evaluator.setting().today);
  for (const Form& form : compiled.forms()) {
    if (form.code != key.form || form.per_leg != (key.leg > 0)) continue;
    if (key.leg > evaluator.record().rows(Group::legs)) break;
    NeededForm found{&form, key.leg, day_of(evaluator, form, key.leg), {}};
    if (!form.days.hold(found.day)) continue;
    for (const uint32_t line : lines) {
      evaluator.set_row(Group::goods, line, line);
      if (form.items_when.empty() || evaluator.holds(form.items_when)) found.covered.push_back(line);
    }
    return found;
  }
  return fail(Code::not_found, "there is no such form", key.text(), "the plan of the consignment has the forms that it needs");
}

void enter(Evaluator& evaluator, const NeededForm& form) {
  evaluator.set_form(form.covered, form.day);
  if (form.leg > 0) evaluator.set_row(Group::legs, form.leg - 1, form.leg - 1);
}

}  // namespace fairway::filing
