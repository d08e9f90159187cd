#include "exchange/filing/desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/zone.h"

namespace fairway::exchange {
namespace {

using filing::Filing;
using filing::Finding;
using filing::Plan;
using filing::PlannedFiling;

const PlannedFiling* planned_as(const Plan& plan, const filing::FormKey& key) {
  const auto found = std::ranges::find(plan.filings, key, &PlannedFiling::key);
  return found == plan.filings.end() ? nullptr : &*found;
}

bool is_over(const Filing& filing) { return filing.state == filing::State::cancelled; }

}  // namespace

filing::Setting Desk::setting(const filing::Regime& regime) const {
  filing::Setting setting;
  setting.now_us = env_.now_us();
  const CivilTime local = civil_of(setting.now_us, offset_minutes_at(setting.now_us, regime.setting("zone")).value_or(0));
  setting.today = fmt::format("{:04}-{:02}-{:02}", local.year, local.month, local.day);
  return setting;
}

Result<Plan> Desk::plan(const filing::Record& record, std::span<const Filing> filings, std::span<const std::string> regimes) const {
  std::map<std::string, filing::Overrides, std::less<>> overrides;
  for (const Filing& filing : filings)
    if (!is_over(filing)) overrides[filing.key.text()] = filing.overrides;
  const filing::Regime* first = regimes.empty() ? nullptr : regimes_.find(regimes.front());
  if (first == nullptr) return Plan{};
  return filing::make_plan(regimes_, record, setting(*first), overrides, regimes);
}

Filing Desk::begin(const filing::Consignment& consignment, const PlannedFiling& planned, const PartyId& party) const {
  Filing filing;
  filing.consignment = consignment.id;
  filing.party = party;
  filing.key = planned.key;
  filing.authority = planned.authority;
  filing.message = planned.message;
  filing.record_version = consignment.record_version;
  filing.draft = planned.draft;
  filing.findings = planned.findings;
  if (planned.deadline) filing.latest_us = planned.deadline->latest.micros;
  return filing;
}

Status Desk::refill(Filing& filing, const filing::Consignment& consignment, std::span<const Filing> of_consignment) const {
  const filing::Regime* regime = regimes_.find(filing.key.regime);
  if (regime == nullptr) return fail(Code::unavailable, "this server does not know the regime any more", filing.key.regime);
  std::vector<Filing> own{filing};
  std::vector<std::string> regimes{filing.key.regime};
  for (const Filing& other : of_consignment) {
    if (other.party != filing.party || other.id == filing.id) continue;
    own.push_back(other);
    if (std::ranges::find(regimes, other.key.regime) == regimes.end()) regimes.push_back(other.key.regime);
  }
  const Plan plan = TRY(this->plan(consignment.record, own, regimes));
  const int64_t now_us = env_.now_us();
  filing::Draft draft;
  std::vector<Finding> findings;
  if (const PlannedFiling* planned = planned_as(plan, filing.key)) {
    draft = planned->draft;
    findings = planned->findings;
    filing.latest_us = planned->deadline ? std::optional(planned->deadline->latest.micros) : std::nullopt;
  } else {
    const filing::Setting now = setting(*regime);
    draft = TRY(filing::fill(*regime, filing.key, consignment.record, filing.overrides, now));
    findings = filing::check(*regime, draft, consignment.record, now);
  }
  for (const Finding& finding : plan.across)
    if (finding.form.empty() || finding.form == filing.key.text()) findings.push_back(finding);
  return filing::refill(filing, std::move(draft), std::move(findings), consignment.record_version, now_us);
}

}  // namespace fairway::exchange
