// What people and the outbox do to a filing. What authorities answer: answers.cc.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/bytes.h"
#include "base/limits.h"
#include "filing/life/filing.h"
#include "filing/life/standing.h"

namespace fairway::filing {
namespace {

constexpr size_t kNamedMax = 8;  // of a longer list, in a message

std::string listed(std::span<const std::string> names) {
  const size_t shown = std::min(names.size(), kNamedMax);
  std::string out = fmt::format("{}", fmt::join(names.first(shown), ", "));
  if (shown < names.size()) out += fmt::format(" and {} more", names.size() - shown);
  return out;
}

std::vector<std::string> blocking(const Filing& filing) {
  std::vector<std::string> fields = filing.draft.missing;
  for (const Finding& finding : filing.findings)
    if (finding.weight == Weight::blocking) fields.push_back(finding.field.empty() ? finding.rule : finding.field);
  std::ranges::sort(fields);
  fields.erase(std::ranges::unique(fields).begin(), fields.end());
  return fields;
}

std::unexpected<Error> bundled(const Filing& filing) {
  return fail(Code::conflict, "a bundled filing is not changed (V12)", filing.id, "unbundle " + filing.bundle + " first");
}

std::unexpected<Error> not_now(const Filing& filing, std::string_view step) {
  std::string detail = fmt::format("{}: {} is {}", step, filing.id, name(filing.state));
  if (filing.standing != State::draft && filing.standing != filing.state)
    detail += fmt::format(", and with the authority {}", name(filing.standing));
  std::string hint = "see what it waits for, and what can be done in that state";
  if (filing.state == State::lodging || filing.state == State::cancelling) hint = "wait for the authority's answer";
  if (filing.state == State::draft) hint = "check it, and mend what is found: " + listed(blocking(filing));
  return fail(Code::conflict, "the filing is not where that can be done", std::move(detail), std::move(hint));
}

// What is on its way must stay what was confirmed. An original that the authority has is kept as `lodged`, and can be amended.
bool is_sealed(const Filing& filing) {
  const Lodgement* open = open_lodgement(filing);
  return open != nullptr && (open->kind != Kind::original || open->sent_us == 0);
}

std::unexpected<Error> nobody() {
  return fail(Code::forbidden, "a person has to do that", "a machine confirms and lodges nothing", "sign in, or use a personal key");
}

Status may_order(const Filing& filing, const Lodgement& order) {
  if (order.by.empty()) return nobody();
  if (order.id.empty()) return fail(Code::invalid, "a lodgement needs an id");
  if (std::ranges::find(filing.lodgements, order.id, &Lodgement::id) != filing.lodgements.end())
    return fail(Code::conflict, "the lodgement was ordered before", order.id);
  if (!filing.bundle.empty()) return bundled(filing);
  if (const Lodgement* open = open_lodgement(filing))
    return fail(Code::conflict, "another lodgement has no answer yet", open->id, "wait for the authority's answer");
  if (filing.lodgements.size() >= limits::kLodgementsPerFilingMax)
    return fail(Code::too_large, "the filing has too many lodgements", std::to_string(filing.lodgements.size()), "make a new filing");
  if (order.reason.size() > limits::kTextBytesMax)
    return fail(Code::too_large, "the reason is too long", {}, fmt::format("at most {} bytes", limits::kTextBytesMax));
  // A cancellation sends nothing of the draft.
  if (order.kind != Kind::cancellation) {
    if (filing.stale)
      return fail(Code::conflict, "the consignment has changed since the filing was filled", filing.id,
                  "check it again, and confirm what changed");
    const std::vector<std::string> groups = unconfirmed(filing);
    if (!groups.empty()) return fail(Code::conflict, "nobody has confirmed these groups", listed(groups), "look at them and confirm them");
  }
  if (!may(filing, name(order.kind))) return not_now(filing, name(order.kind));
  return {};
}

}  // namespace

State work_state(const Filing& filing) {
  if (filing.draft.fields.empty() || !blocking(filing).empty()) return State::draft;
  return unconfirmed(filing).empty() ? State::confirmed : State::checked;
}

Status refill(Filing& filing, Draft draft, std::vector<Finding> findings, uint64_t record_version, int64_t now_us) {
  const bool same = draft.digest() == filing.draft.digest();
  if (!same && !filing.bundle.empty()) return bundled(filing);
  if (!may(filing, "check") || (!same && is_sealed(filing))) return not_now(filing, "check");
  filing.draft = std::move(draft);
  filing.findings = std::move(findings);
  filing.record_version = record_version;
  filing.stale = false;
  filing.changed_us = now_us;
  std::erase_if(filing.confirmations, [&](const GroupConfirmation& one) { return one.digest != filing.draft.digest(one.group); });
  if (is_sealed(filing)) return {};  // it says what was sent
  const bool as_lodged = filing.lodged && filing.lodged->digest() == filing.draft.digest();
  filing.state = as_lodged ? filing.standing : work_state(filing);
  return {};
}

Status confirm(Filing& filing, std::string_view group, GroupConfirmation confirmation, bool looked_at, int64_t now_us) {
  if (confirmation.person.empty()) return nobody();
  if (!filing.bundle.empty()) return bundled(filing);
  if (!may(filing, "confirm")) return not_now(filing, "confirm");
  if (filing.stale)
    return fail(Code::conflict, "the consignment has changed since the filing was filled", filing.id,
                "check it again before you confirm it");
  std::vector<std::string> unsure;
  bool is_there = false;
  for (const FilledField& field : filing.draft.fields) {
    if (field.group != group) continue;
    is_there = true;
    if (field.confidence() < kConfident) unsure.push_back(field.name);
  }
  if (!is_there) return fail(Code::not_found, "the filing has no such group of fields", legible(group));
  if (!unsure.empty() && !looked_at)
    return fail(Code::conflict, "fields of this group are not certain", listed(unsure), "look at each of them, and say so: \"lookedAt\"");
  const std::string digest = filing.draft.digest(group);
  if (!confirmation.digest.empty() && confirmation.digest != digest)
    return fail(Code::conflict, "the group has changed since it was shown", legible(group), "look at it again");
  std::erase_if(filing.confirmations, [&](const GroupConfirmation& one) { return one.group == group; });
  confirmation.group = group;
  confirmation.digest = digest;
  if (confirmation.at_us == 0) confirmation.at_us = now_us;
  filing.confirmations.push_back(std::move(confirmation));
  filing.state = work_state(filing);
  filing.changed_us = now_us;
  return {};
}

Status withdraw_confirmation(Filing& filing, std::string_view group, int64_t now_us) {
  if (!may(filing, "withdraw") || is_sealed(filing)) return not_now(filing, "withdraw");
  if (std::erase_if(filing.confirmations, [&](const GroupConfirmation& one) { return one.group == group; }) == 0)
    return fail(Code::not_found, "nobody has confirmed this group", legible(group));
  filing.state = work_state(filing);
  filing.changed_us = now_us;
  return {};
}

Status order_lodgement(Filing& filing, Lodgement lodgement, int64_t now_us) {
  TRY_OK(may_order(filing, lodgement));
  const bool cancels = lodgement.kind == Kind::cancellation;
  const std::string digest = (cancels && filing.lodged ? *filing.lodged : filing.draft).digest();
  if (!lodgement.digest.empty() && lodgement.digest != digest)
    return fail(Code::conflict, "the filing has changed since it was shown", filing.id, "look at it again");
  if (lodgement.kind == Kind::amendment) filing.offered = filing.draft;
  lodgement.digest = digest;
  lodgement.ordered_us = now_us;
  lodgement.sent_us = lodgement.answered_us = 0;
  lodgement.outcome.clear();
  filing.lodgements.push_back(std::move(lodgement));
  filing.state = cancels ? State::cancelling : State::lodging;
  filing.changed_us = now_us;
  return {};
}

Status note_sent(Filing& filing, std::string_view lodgement, int64_t now_us) {
  const auto found = std::ranges::find(filing.lodgements, lodgement, &Lodgement::id);
  if (found == filing.lodgements.end()) return fail(Code::not_found, "the filing has no such lodgement", legible(lodgement));
  take_as_sent(filing, *found, now_us);
  return {};
}

bool mark_stale(Filing& filing, const std::vector<std::string>& changed_paths, int64_t now_us) {
  if (filing.stale || filing.state == State::cancelled) return false;
  // "goods[3].hs" → "goods[].hs": a new row is of a filing that has other rows of it.
  const auto item_of = [](std::string_view path) {
    const size_t open = path.find('['), close = path.find(']');
    return close == std::string_view::npos ? std::string(path) : fmt::format("{}[]{}", path.substr(0, open), path.substr(close + 1));
  };
  std::vector<std::string> used;
  for (const FilledField& field : filing.draft.fields)
    for (const std::string& path : field.from) used.push_back(item_of(path));
  for (const Finding& finding : filing.findings) used.push_back(item_of(finding.path));
  std::ranges::sort(used);
  if (std::ranges::none_of(changed_paths, [&](const std::string& path) { return std::ranges::binary_search(used, item_of(path)); }))
    return false;
  filing.stale = true;
  filing.changed_us = now_us;
  return true;
}

}  // namespace fairway::filing
