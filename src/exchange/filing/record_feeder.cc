#include "exchange/filing/record_feeder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/log.h"
#include "filing/life/keys.h"
#include "journey/index.h"

namespace fairway::exchange {
namespace {

constexpr size_t kPage = 200;
constexpr Position kSaveEntries = 1'000;  // that feed nothing and that a restart may read again
constexpr size_t kToldBeforeMax = 500;    // entries of one reference that a new consignment gets
constexpr std::string_view kFollowing = "following/";

bool follows(const filing::Consignment& consignment, const std::vector<Reference>& references) {
  return std::ranges::any_of(
      references, [&](const Reference& one) { return std::ranges::find(consignment.follows, one) != consignment.follows.end(); });
}

}  // namespace

RecordFeeder::RecordFeeder(store::Store& store, filing::Book& book, const filing::Regimes& regimes, AccessRule& rule,
                           access::AccessLog& access_log, access::Registry& registry)
    : store_(store), book_(book), regimes_(regimes), rule_(rule), access_log_(access_log), registry_(registry) {}

Status RecordFeeder::turn() {
  const auto snapshot = TRY(store_.snapshot());
  if (!leads_) TRY_OK(take_over(*snapshot));
  const Position last = snapshot->last();
  while (position_ < last && !follower_.stopping()) {
    const std::vector<Entry> page = TRY(snapshot->range(position_ + 1, kPage));
    if (page.empty()) return {};
    for (const Entry& entry : page) {
      if (follower_.stopping()) return {};
      TRY_OK(take(*snapshot, entry));
    }
    position_ = page.back().position;
    if (position_ >= kept_.last() + kSaveEntries || (!followed_.empty() && position_ == last)) TRY_OK(kept_.keep(position_));
  }
  return {};
}

// Where nobody follows anything, nothing that was told before is for anybody.
Status RecordFeeder::take_over(store::Snapshot& snapshot) {
  position_ = TRY(kept_.read(snapshot));
  followed_.clear();
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(kFollowing, after, kPage));
    for (const auto& [key, value] : page) followed_.insert(key.substr(0, key.rfind('/') + 1));
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  if (followed_.empty()) position_ = snapshot.last();
  leads_ = true;
  return {};
}

Status RecordFeeder::take(store::Snapshot& snapshot, const Entry& entry) {
  if (entry.kind == EntryKind::document) return take_consignment(snapshot, entry);
  if (followed_.empty()) return {};
  if (entry.kind == EntryKind::event) return take_event(snapshot, entry);
  if (entry.kind == EntryKind::message) return take_message(entry);
  return {};
}

Result<std::set<std::string>> RecordFeeder::followers(const std::vector<Reference>& references) {
  std::set<std::string> consignments;
  for (const Reference& reference : references)
    if (followed_.contains(filing::following_prefix(reference)))
      for (std::string& id : TRY(book_.following(reference))) consignments.insert(std::move(id));
  return consignments;
}

Status RecordFeeder::take_event(store::Snapshot& snapshot, const Entry& entry) {
  const auto event = event_from_json(entry.body);
  if (!event || event->amendment == Amendment::retraction) return {};
  for (const std::string& id : TRY(followers(event->references)))
    if (const auto consignment = TRY(book_.find_consignment(id))) TRY_OK(give_event(snapshot, *consignment, entry, *event));
  return {};
}

Status RecordFeeder::give_event(store::Snapshot& snapshot, const filing::Consignment& consignment, const Entry& entry, const Event& event) {
  const auto viewer = TRY(viewer_of(consignment.owner));
  if (viewer == nullptr) return {};
  Event shown = event;
  Eyes eyes(snapshot, rule_, viewer);
  const Eyes::Seen seen = TRY(eyes.see(entry, shown));
  // What is left of it must still say that it is about what the consignment follows.
  if (!seen.seen || !follows(consignment, shown.references)) return {};
  const Told told{entry.position, entry.received_us, entry.party, filing::feed_of(regimes_.schema(), shown)};
  filing::Record trial = consignment.record;
  bool changes = false;
  for (const filing::Fed& fed : told.feds)
    changes = !TRY(filing::feed(trial, fed, {filing::SourceKind::event, "", told.sender, "", told.received_us, fed.confidence})).empty() ||
              changes;
  if (!changes && trial.asides().size() == consignment.record.asides().size()) return {};
  access::Looks looks(*viewer, access::Channel::filing);
  saw(looks, entry.party, shown, seen.grant);
  TRY_OK(access_log_.note(std::move(looks)));
  return put(consignment.id, told);
}

// A message is its sender's: nobody else is shown what it says beyond its events.
Status RecordFeeder::take_message(const Entry& entry) {
  const auto parsed = parse_json(entry.body);
  const json::object* message = parsed ? parsed->if_object() : nullptr;
  if (message == nullptr) return {};
  const std::string_view text = text_of(*message, "text");
  if (text.empty()) return {};
  auto feds = filing::read_feed(regimes_.schema(), text, gateway::detect(text));
  if (!feds) return {};
  for (filing::Fed& fed : *feds)
    for (const std::string& id : TRY(followers(fed.references))) {
      const auto consignment = TRY(book_.find_consignment(id));
      if (consignment && consignment->owner == entry.party) TRY_OK(put(id, {entry.position, entry.received_us, entry.party, {fed}}));
    }
  return {};
}

// A version of a record: somebody may have begun to follow something, of which much may have been told already.
Status RecordFeeder::take_consignment(store::Snapshot& snapshot, const Entry& entry) {
  const auto parsed = parse_json(entry.body);
  const json::object* told = parsed ? parsed->if_object() : nullptr;
  // What this feeder wrote has no person, and follows what it followed.
  if (told == nullptr || (integer_of(*told, "version").value_or(0) != 1 && text_of(*told, "person").empty())) return {};
  const auto consignment = TRY(book_.find_consignment(text_of(*told, "consignment")));
  if (!consignment) return {};
  std::set<Position> positions;
  for (const Reference& reference : consignment->follows) {
    followed_.insert(filing::following_prefix(reference));
    for (const store::TermHit& hit : TRY(snapshot.scan({journey::reference_term(reference), true, 0, kToldBeforeMax})))
      if (hit.position < entry.position) positions.insert(hit.position);
  }
  const std::vector<Position> ordered(positions.begin(), positions.end());
  for (const Entry& before : TRY(snapshot.entries(ordered))) {
    if (before.kind != EntryKind::event) continue;
    const auto event = event_from_json(before.body);
    if (!event || event->amendment == Amendment::retraction) continue;
    // Each changes the record: the next one meets it as it is then.
    if (const auto now = TRY(book_.find_consignment(consignment->id))) TRY_OK(give_event(snapshot, *now, before, *event));
  }
  return {};
}

Status RecordFeeder::put(const std::string& consignment, const Told& told) {
  const auto changed = book_.change(consignment, "", [&](filing::Consignment& changing) -> Status {
    for (filing::Fed fed : told.feds) {
      fed.document = fmt::format("{} (entry {})", fed.document, told.position);
      TRY(filing::feed(changing.record, fed, {fed.kind, "", told.sender, "", told.received_us, fed.confidence}));
    }
    return {};
  });
  if (changed) return {};
  // A record that is full takes no more, whatever else is told; that is no reason to wait.
  if (changed.error().code != Code::too_large && changed.error().code != Code::not_found) return std::unexpected(changed.error());
  log::warn("consignment {} does not take entry {}: {}", consignment, told.position, changed.error().text());
  return {};
}

Result<std::shared_ptr<const access::Viewer>> RecordFeeder::viewer_of(const PartyId& party) {
  const auto known = registry_.party(party);
  if (!known && known.error().code != Code::not_found) return std::unexpected(known.error());
  if (!known) return nullptr;
  return std::make_shared<const access::Viewer>(access::make_viewer(*known));
}

}  // namespace fairway::exchange
