#include "exchange/filing/plan_sight.h"

#include <algorithm>

#include "filing/record/merge.h"

namespace fairway::exchange {
namespace {

using filing::Draft;
using filing::Filing;
using filing::Finding;
using filing::Plan;

std::vector<Draft> drafts_of(const Plan& plan) {
  std::vector<Draft> drafts;
  for (const filing::PlannedFiling& planned : plan.filings) drafts.push_back(planned.draft);
  return drafts;
}

bool same(const Finding& a, const Finding& b) { return a.rule == b.rule && a.form == b.form && a.field == b.field; }

bool is_in(const std::vector<Finding>& findings, const Finding& one) {
  return std::ranges::any_of(findings, [&](const Finding& other) { return same(one, other); });
}

bool is_of(const std::vector<Draft>& drafts, std::string_view form) {
  return std::ranges::any_of(drafts, [&](const Draft& draft) { return draft.key.text() == form; });
}

// What stands between one's own drafts and another's, without a word of what the other's say.
void add_between(std::vector<Finding>& across, const filing::Regimes& regimes, const std::vector<Draft>& own,
                 const std::vector<Draft>& theirs) {
  std::vector<Draft> both = own;
  both.insert(both.end(), theirs.begin(), theirs.end());
  const std::vector<Finding> alone = filing::check_across(regimes, own), aside = filing::check_across(regimes, theirs);
  for (Finding& found : filing::check_across(regimes, both)) {
    if (is_in(alone, found) || is_in(aside, found)) continue;
    if (!is_of(own, found.form)) found.form.clear(), found.field.clear(), found.path.clear();
    found.message = {"this does not agree with the filing of the other side", "與對方的申報不符", "与对方的申报不符"};
    found.cure = {"compare it with whoever files the other side", "請與對方核對", "请与对方核对"};
    across.push_back(std::move(found));
  }
}

// Of the record itself a participant is told what concerns the fields that it sees, and nothing of values that lost against them: they may
// be of somebody whom it does not see.
void hide_record_findings(Plan& plan, const RecordSight& sight) {
  if (sight.whole()) return;
  std::erase_if(plan.across, [&](const Finding& found) {
    return found.form.empty() && (found.rule == filing::kConflictRule || found.path.empty() || !sight.sees(found.path, filing::Field()));
  });
}

std::vector<PartyId> other_parties(const RecordSight& sight, const filing::Consignment& consignment, const filing::Regimes& regimes) {
  std::vector<PartyId> parties;
  for (const filing::Regime& regime : regimes.all()) {
    const PartyId& party = filer_of(consignment, regime.code());
    if (party != sight.party() && std::ranges::find(parties, party) == parties.end()) parties.push_back(party);
  }
  return parties;
}

std::vector<Filing> filings_of(std::span<const Filing> filings, const PartyId& party) {
  std::vector<Filing> found;
  for (const Filing& filing : filings)
    if (filing.party == party) found.push_back(filing);
  return found;
}

}  // namespace

Result<PlanSight> plan_for(const RecordSight& sight, const filing::Consignment& consignment, std::span<const Filing> filings,
                           const filing::Regimes& regimes, const Desk& desk) {
  PlanSight seen;
  if (sight.part() == RecordSight::Part::operator_) {
    seen.plan = TRY(desk.plan(consignment.record, filings, sight.regimes()));
    return seen;
  }
  seen.plan = TRY(desk.plan(consignment.record, filings_of(filings, sight.party()), sight.regimes()));
  hide_record_findings(seen.plan, sight);
  const std::vector<Draft> own = drafts_of(seen.plan);
  for (const PartyId& party : other_parties(sight, consignment, regimes)) {
    const Plan theirs = TRY(desk.plan(consignment.record, filings_of(filings, party), regimes_of(consignment, party, regimes)));
    if (!own.empty()) add_between(seen.plan.across, regimes, own, drafts_of(theirs));
    if (sight.part() != RecordSight::Part::owner) continue;
    for (const filing::PlannedFiling& planned : theirs.filings)
      seen.others.push_back({planned.key, planned.title, party, planned.deadline});
  }
  return seen;
}

}  // namespace fairway::exchange
