#include "exchange/land/excursion_watch.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "intake/plan.h"

namespace fairway::exchange {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPatience{500};
constexpr milliseconds kAfterError{1000};
constexpr size_t kPage = 500;
constexpr size_t kOwnersMax = 100;  // of limits for one reference
constexpr int kTriesMax = 20;       // against other servers

}  // namespace

ExcursionWatch::ExcursionWatch(store::Store& store, AccessRule& rule, access::AccessLog& access_log, access::Registry& registry, Env& env)
    : store_(store), rule_(rule), access_log_(access_log), registry_(registry), env_(env), thread_([this] { run(); }) {}

void ExcursionWatch::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void ExcursionWatch::run() {
  for (bool begun = false; !stopping_;) {
    Status done;
    if (!begun) {
      done = begin();
      begun = done.has_value();
    }
    if (begun) done = catch_up();
    if (!done) {
      log::warn("readings are not held against limits now: {}", done.error().text());
      std::this_thread::sleep_for(kAfterError);
    } else {
      store_.wait_past(position_, kPatience);
    }
  }
}

// From where it stood, or from where the oldest limits count: nothing before either has anything to be held against.
Status ExcursionWatch::begin() {
  const auto snapshot = TRY(store_.snapshot());
  const Position kept = TRY(kept_.read(*snapshot));
  Position oldest = snapshot->last();
  for (std::string after;;) {
    const auto page = TRY(snapshot->state_scan(kThresholdPrefix, after, kPage));
    for (const auto& [key, stored] : page)
      if (const auto thresholds = thresholds_from_json(stored.value)) oldest = std::min(oldest, thresholds->since);
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  position_ = std::max(kept, oldest);
  return {};
}

// Limits count for what comes after they were set, so that without any there is nothing to read.
Status ExcursionWatch::catch_up() {
  const auto snapshot = TRY(store_.snapshot());
  const Position last = snapshot->last();
  if (TRY(snapshot->state_scan(kThresholdPrefix, "", 1)).empty()) {
    position_ = last;
    return {};
  }
  while (position_ < last && !stopping_) {
    const std::vector<Entry> page = TRY(snapshot->range(position_ + 1, kPage));
    if (page.empty()) return {};
    for (const Entry& entry : page) {
      if (stopping_) break;
      // Most entries are no readings, and need not be parsed to see that.
      if (entry.kind == EntryKind::event && entry.body.find("\"milestone\":\"measured\"") != std::string::npos)
        TRY_OK(judge_entry(*snapshot, entry));
      position_ = entry.position;
    }
    TRY_OK(kept_.keep(position_));
  }
  return {};
}

Status ExcursionWatch::judge_entry(store::Snapshot& snapshot, const Entry& entry) {
  const auto event = event_from_json(entry.body);
  if (!event || event->milestone != Milestone::measured || event->readings.empty()) return {};
  for (const Reference& reference : event->references) {
    const std::string prefix = threshold_prefix(reference);
    for (const auto& [key, stored] : TRY(snapshot.state_scan(prefix, "", kOwnersMax))) {
      const auto thresholds = thresholds_from_json(stored.value);
      if (thresholds && thresholds->since < entry.position)
        TRY_OK(judge_for(snapshot, entry, *event, reference, key.substr(prefix.size()), *thresholds));
    }
  }
  return {};
}

Status ExcursionWatch::judge_for(store::Snapshot& snapshot, const Entry& entry, const Event& measured, const Reference& reference,
                                 const PartyId& owner, const Thresholds& thresholds) {
  const auto party = registry_.party(owner);
  if (!party) return party.error().code == Code::not_found ? Status() : std::unexpected(party.error());
  const auto viewer = std::make_shared<const access::Viewer>(access::make_viewer(*party));
  Event seen = measured;
  Eyes eyes(snapshot, rule_, viewer);
  const Eyes::Seen look = TRY(eyes.see(entry, seen));
  if (!look.seen || std::ranges::find(seen.references, reference) == seen.references.end()) return {};
  address(seen, entry.party, owner);
  bool entered = false;
  for (const Limit& limit : thresholds.limits) {
    for (int attempt = 0; !TRY(enter(limit, reference, owner, seen)); ++attempt)
      if (attempt == kTriesMax) return fail(Code::overloaded, "limits that change all the time", reference.key());
    entered = entered || std::ranges::find(seen.readings, limit.kind, &Reading::kind) != seen.readings.end();
  }
  if (!entered) return {};
  access::Looks looks(*viewer, access::Channel::stream);
  saw(looks, entry.party, measured, look.grant);
  return access_log_.note(std::move(looks));
}

// What is addressed to somebody goes to whoever measured it, too.
void ExcursionWatch::address(Event& measured, const PartyId& sender, const PartyId& owner) {
  if (measured.parties.empty() || sender == owner) return;
  const auto party = registry_.party(sender);
  if (!party || party->identifiers.empty()) return;
  const NamedParty recipient{"MR", party->identifiers.front(), ""};  // EDIFACT 3035: message recipient
  measured.parties.push_back(recipient);
}

Result<bool> ExcursionWatch::enter(const Limit& limit, const Reference& reference, const PartyId& owner, const Event& measured) {
  const Reference* device = measured.reference(ReferenceKind::sensor);
  const std::string key = run_key(reference, owner, limit.kind, device != nullptr ? device->value() : "");
  const auto stored = TRY(TRY(store_.snapshot())->state(key));
  const Run before = stored ? run_from_json(stored->value) : Run();
  Run run = before;
  store::Batch batch;
  for (const Reading& reading : measured.readings) {
    if (reading.kind != limit.kind || reading.unit != limit.unit) continue;
    if (!judge(limit, run, reading.value, measured.occurred.micros, measured.id)) continue;
    batch.entries.push_back(intake::event_entry(excursion_of(measured, limit, run, owner, reference), owner, env_.now_us()));
  }
  if (!run.beyond && !before.beyond) return true;  // nothing to remember, and no sync of the store for it
  batch.state.push_back({key, to_json(run), stored ? stored->version : 0});
  const auto committed = store_.commit_and_wait(std::move(batch));
  if (!committed && committed.error().code == Code::conflict) return false;
  if (!committed) return std::unexpected(committed.error());
  return true;
}

}  // namespace fairway::exchange
