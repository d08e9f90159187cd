// The thread: what has changed, and what is due. What is found in a journey is in look.cc.
#include "exchange/alerts/watch.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"
#include "exchange/alerts/told.h"
#include "journey/index.h"

namespace fairway::exchange {
namespace {

constexpr size_t kPage = 200;
constexpr size_t kDueAtOnce = 200;
constexpr Position kSaveEntries = 1'000;  // that are for nobody and that a restart may read again

// What is told very often and makes no alert.
bool is_of_no_matter(const Event& event) {
  return event.milestone == Milestone::measured || event.milestone == Milestone::observed || event.milestone == Milestone::adjusted;
}

// By which journeys the event can be found: its containers, or else its first paper, or else its vessel.
std::vector<Reference> seeds_of(const Event& event) {
  std::vector<Reference> seeds;
  for (const Reference& reference : event.references)
    if (reference.kind() == ReferenceKind::equipment) seeds.push_back(reference);
  if (!seeds.empty()) return seeds;
  for (const Reference& reference : event.references)
    if (journey::joins(reference.kind())) return {reference};
  if (event.milestone != Milestone::arrived && event.milestone != Milestone::departed) return {};
  for (const journey::HeadReference& head : journey::transport_references(event))
    if (auto made = Reference::make(head.kind, head.value)) seeds.push_back(std::move(*made));
  std::ranges::sort(seeds);  // the vessel before its voyage and call
  if (seeds.size() > 1) seeds.erase(seeds.begin() + 1, seeds.end());
  return seeds;
}

}  // namespace

AlertWatch::AlertWatch(store::Store& store, AccessRule& rule, access::AccessLog& access_log, access::Registry& registry, PartyNames& names,
                       Env& env)
    : store_(store), rule_(rule), access_log_(access_log), registry_(registry), names_(names), env_(env) {}

Status AlertWatch::turn() {
  const auto snapshot = TRY(store_.snapshot());
  if (!leads_ || owners_.empty()) {
    if (leads_ && TRY(snapshot->state_scan(kAlertRulePrefix, "", 1)).empty()) {
      position_ = snapshot->last();  // without a rule there is nothing to look at
      return {};
    }
    TRY_OK(take_over(*snapshot));
  }
  TRY_OK(catch_up(*snapshot));
  return look_at_due(*snapshot);
}

// From where the one before stood, or from where the oldest rule counts.
Status AlertWatch::take_over(store::Snapshot& snapshot) {
  eyes_.reset();
  const Position kept = TRY(kept_.read(snapshot));
  TRY_OK(load_rules(snapshot));
  TRY_OK(load_dues(snapshot));
  Position oldest = snapshot.last();
  for (const auto& [party, owner] : owners_)
    for (const AlertRule& rule : owner.rules) oldest = std::min(oldest, rule.since);
  position_ = std::max(kept, oldest);
  leads_ = true;
  return {};
}

Status AlertWatch::load_rules(store::Snapshot& snapshot) {
  owners_.clear();
  for (AlertRule& rule : TRY(all_alert_rules(snapshot))) {
    Owner& owner = owners_[rule.party];
    owner.rules.push_back(std::move(rule));
  }
  for (auto owner = owners_.begin(); owner != owners_.end();) {
    const auto party = registry_.party(owner->first);
    if (!party && party.error().code != Code::not_found) return std::unexpected(party.error());
    if (!party) {
      owner = owners_.erase(owner);
      continue;
    }
    owner->second.viewer = std::make_shared<const access::Viewer>(access::make_viewer(*party));
    owner->second.sight = std::make_unique<ViewerSight>(rule_, owner->second.viewer);
    ++owner;
  }
  return {};
}

Status AlertWatch::load_dues(store::Snapshot& snapshot) {
  dues_.clear();
  by_time_.clear();
  const std::string prefix = "alert-due/";
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(prefix, after, kPage));
    for (const auto& [key, stored] : page) {
      const auto parsed = parse_json(stored.value);
      const json::object* object = parsed ? parsed->if_object() : nullptr;
      if (object == nullptr) continue;
      auto reference = Reference::from_key(text_of(*object, "reference"));
      if (!reference) continue;
      const std::string party = key.substr(prefix.size(), key.rfind('/') - prefix.size());
      const int64_t at_us = integer_of(*object, "at").value_or(0);
      by_time_.emplace(at_us, key);
      dues_.emplace(key, Due{party, std::move(*reference), at_us});
    }
    if (page.size() < kPage) return {};
    after = page.back().first;
  }
}

Status AlertWatch::catch_up(store::Snapshot& snapshot) {
  const Position last = snapshot.last();
  while (position_ < last && !follower_.stopping()) {
    const std::vector<Entry> page = TRY(snapshot.range(position_ + 1, kPage));
    if (page.empty()) return {};
    Changed changed;
    TRY_OK(read_page(snapshot, page, changed));
    const bool concerns = !changed.empty();
    TRY_OK(look_at(snapshot, std::move(changed)));
    position_ = page.back().position;
    if (concerns || position_ >= kept_.last() + kSaveEntries) TRY_OK(kept_.keep(position_));
  }
  return {};
}

Status AlertWatch::read_page(store::Snapshot& snapshot, const std::vector<Entry>& page, Changed& changed) {
  for (const Entry& entry : page) {
    if (entry.kind == EntryKind::event) {
      TRY_OK(read_event(snapshot, entry, changed));
    } else if (entry.kind == EntryKind::alert_rule || entry.kind == EntryKind::party) {
      TRY_OK(load_rules(snapshot));
    }
    if (entry.kind == EntryKind::alert_rule) ask_for(entry, changed);
  }
  return {};
}

// What a new rule is for is looked at once, whether or not anything of it changes.
void AlertWatch::ask_for(const Entry& entry, Changed& changed) {
  const auto parsed = parse_json(entry.body);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  const auto owner = owners_.find(entry.party);
  if (object == nullptr || owner == owners_.end()) return;
  for (const AlertRule& rule : owner->second.rules)
    if (rule.id == text_of(*object, "rule"))
      for (const Reference& reference : rule.references) changed[entry.party][reference];
}

Status AlertWatch::read_event(store::Snapshot& snapshot, const Entry& entry, Changed& changed) {
  if (owners_.empty()) {
    eyes_.reset();
    return {};
  }
  const auto event = event_from_json(entry.body);
  if (!event) return {};
  if (!eyes_) eyes_.emplace();
  eyes_->advance(snapshot, *event, entry.party, entry.position);
  if (is_of_no_matter(*event)) return {};
  for (const auto& [party, owner] : owners_) {
    const auto seen = TRY(eyes_->look(*owner.sight));
    if (seen.sees.nothing()) continue;
    Event shown = *event;
    journey::redact(shown, {seen.sees, seen.grant ? &*seen.grant : nullptr}, *owner.sight);
    for (const Reference& seed : seeds_of(shown)) changed[party][seed].insert(entry.position);
  }
  return {};
}

Status AlertWatch::look_at(store::Snapshot& snapshot, Changed changed) {
  for (auto& [party, news] : changed) {
    std::set<Reference> more;
    while (!news.empty()) {
      if (follower_.stopping()) return fail(Code::unavailable, "stopping");
      const Reference seed = news.begin()->first;
      TRY_OK(look(snapshot, party, seed, news, more));
      news.erase(seed);
    }
    std::map<Reference, std::set<Position>> none;
    std::set<Reference> unused;
    for (const Reference& seed : more) {
      if (follower_.stopping()) return fail(Code::unavailable, "stopping");
      TRY_OK(look(snapshot, party, seed, none, unused));
    }
  }
  return {};
}

Status AlertWatch::look_at_due(store::Snapshot& snapshot) {
  const int64_t now_us = env_.now_us();
  for (size_t count = 0; count < kDueAtOnce && !by_time_.empty() && by_time_.begin()->first <= now_us && !follower_.stopping(); ++count) {
    const Due due = dues_.at(by_time_.begin()->second);
    std::map<Reference, std::set<Position>> none;
    std::set<Reference> more;
    TRY_OK(look(snapshot, due.party, due.reference, none, more));
  }
  return {};
}

}  // namespace fairway::exchange
