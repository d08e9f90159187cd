#include "filing/form/plan.h"

#include <algorithm>

#include "base/zone.h"
#include "filing/clock/day.h"
#include "filing/form/filling.h"
#include "filing/record/merge.h"

namespace fairway::filing {
namespace {

// A moment, or the beginning of a date in the regime's zone.
std::optional<Instant> instant_of(const Value& value, std::string_view zone) {
  if (value.kind == Value::Kind::instant) {
    Instant instant;
    instant.micros = value.micros;
    return instant;
  }
  if (value.kind != Value::Kind::text || value.text.size() != 10) return std::nullopt;
  const auto date = parse_rfc3339(std::string(value.text) + "T00:00:00Z");
  if (!date) return std::nullopt;
  const auto instant = instant_in_zone(civil_of(date->micros, 0), zone);
  return instant ? std::optional(*instant) : std::nullopt;
}

class Planner {
 public:
  Planner(const Regime& regime, const Record& record, const Setting& setting,
          const std::map<std::string, Overrides, std::less<>>& overrides)
      : regime_(regime), setting_(setting), overrides_(overrides), evaluator_(regime, record, setting) {}

  Status into(Plan& plan) {
    if (!evaluator_.concerned()) return {};
    const size_t begin = plan.filings.size();
    for (NeededForm& form : needed_forms(evaluator_)) {
      PlannedFiling filing = TRY(planned(form));
      if (exempted(form, filing, plan)) continue;
      plan.filings.push_back(std::move(filing));
    }
    std::stable_sort(plan.filings.begin() + static_cast<std::ptrdiff_t>(begin), plan.filings.end(), [](const auto& a, const auto& b) {
      if (a.deadline.has_value() != b.deadline.has_value()) return a.deadline.has_value();
      return a.deadline && a.deadline->latest < b.deadline->latest;
    });
    return {};
  }

 private:
  Result<PlannedFiling> planned(const NeededForm& needed) {
    const Form& form = *needed.form;
    PlannedFiling filing;
    filing.key = {regime_.code(), form.code, needed.leg};
    filing.title = form.title, filing.family = form.family;
    filing.filer = form.filer, filing.authority = form.authority, filing.message = form.message;
    filing.reason = form.reason.en, filing.source = form.source;
    for (const uint32_t line : needed.covered) filing.items.push_back(line + 1);
    const auto laid_over = overrides_.find(filing.key.text());
    static const Overrides kNone;
    filing.draft = fill_form(evaluator_, needed, laid_over == overrides_.end() ? kNone : laid_over->second);
    filing.findings = check_form(evaluator_, needed, filing.draft);
    enter(evaluator_, needed);
    TRY_OK(add_deadline(form, filing));
    TRY_OK(add_charge(form, needed, filing));
    return filing;
  }

  Status add_deadline(const Form& form, PlannedFiling& filing) {
    if (form.deadline.empty()) return {};
    Trace trace;
    evaluator_.set_trace(&trace);
    const Value from = evaluator_.run(form.deadline_from);
    evaluator_.set_trace(nullptr);
    const auto instant = instant_of(from, regime_.compiled().zone());
    if (instant) {
      filing.deadline = TRY(deadline(regime_, form.deadline, *instant));
    } else if (!trace.missing.empty()) {
      filing.deadline_waits_for = evaluator_.record().schema().text(trace.missing.front());
    }
    return {};
  }

  Status add_charge(const Form& form, const NeededForm& needed, PlannedFiling& filing) {
    if (form.charge.empty()) return {};
    const Value value = evaluator_.run(form.charge_value);
    if (value.kind != Value::Kind::number) return {};
    ChargeQuestion question;
    question.charge = form.charge, question.value = value.number, question.date = needed.day;
    const Value levied = evaluator_.run(form.levied_value);
    if (levied.kind == Value::Kind::number) question.levied_value = levied.number;
    if (filing.deadline) {
      question.days_late = days_late(regime_, *filing.deadline, setting_.now_us);
      question.last_day = text(TRY(day_at(filing.deadline->latest.micros, regime_.compiled().zone())));
    }
    filing.charge = TRY(charge(regime_, question));
    return {};
  }

  // An exemption counts with its evidence; without it there is a finding that says what would do.
  bool exempted(const NeededForm& needed, PlannedFiling& filing, Plan& plan) {
    enter(evaluator_, needed);
    for (const Exemption& exemption : regime_.compiled().exemptions()) {
      const bool named = std::ranges::any_of(exemption.forms, [&](const auto& code) { return code == "*" || code == needed.form->code; });
      if (!named || !exemption.days.hold(needed.day) || !evaluator_.holds(exemption.when)) continue;
      Trace trace;
      evaluator_.set_trace(&trace);
      const Value evidence = evaluator_.run(exemption.evidence);
      evaluator_.set_trace(nullptr);
      if (evidence.present() || exemption.evidence.empty()) {
        plan.exempted.push_back({filing.key, exemption.category, exemption.title, std::string(evaluator_.text_of(evidence))});
        return true;
      }
      filing.findings.push_back(without_evidence(exemption, trace, filing.key));
    }
    return false;
  }

  [[nodiscard]] Finding without_evidence(const Exemption& exemption, const Trace& trace, const FormKey& key) const {
    Finding finding;
    finding.rule = "exemption.evidence", finding.weight = Weight::warning, finding.form = key.text(), finding.source = exemption.source;
    Words wanted;
    if (!trace.missing.empty()) {
      const Schema& schema = evaluator_.record().schema();
      finding.path = schema.text(trace.missing.front());
      wanted = schema.item(trace.missing.front().item).title;
    }
    const Words& title = exemption.title;
    const std::string& category = exemption.category;
    finding.message = {"It would be exempt (" + category + ", " + title.in("en") + "), but the evidence is missing",
                       "本可豁免（" + category + "，" + title.in("zh-Hant") + "），但欠缺證明",
                       "本可豁免（" + category + "，" + title.in("zh-Hans") + "），但缺少证明"};
    finding.cure = {"Give " + wanted.in("en") + ", or lodge it", "請提供" + wanted.in("zh-Hant") + "，否則須申報",
                    "请提供" + wanted.in("zh-Hans") + "，否则须申报"};
    return finding;
  }

  const Regime& regime_;
  const Setting& setting_;
  const std::map<std::string, Overrides, std::less<>>& overrides_;
  Evaluator evaluator_;
};

}  // namespace

Result<Plan> make_plan(const Regimes& regimes, const Record& record, const Setting& setting,
                       const std::map<std::string, Overrides, std::less<>>& overrides, std::span<const std::string> only) {
  Plan plan;
  for (const std::string& code : only) {
    if (regimes.find(code) == nullptr) return fail(Code::not_found, "there is no such regime", code);
  }
  for (const Regime& regime : regimes.all()) {
    if (!only.empty() && std::ranges::find(only, regime.code()) == only.end()) continue;
    TRY_OK(Planner(regime, record, setting, overrides).into(plan));
  }
  std::vector<Draft> drafts;
  drafts.reserve(plan.filings.size());
  for (PlannedFiling& filing : plan.filings) drafts.push_back(std::move(filing.draft));
  plan.across = check_across(regimes, drafts);
  for (Finding& conflict : conflicts(record)) plan.across.push_back(std::move(conflict));
  plan.typing = typing(record, drafts);
  for (size_t i = 0; i < drafts.size(); ++i) plan.filings[i].draft = std::move(drafts[i]);
  return plan;
}

}  // namespace fairway::filing
