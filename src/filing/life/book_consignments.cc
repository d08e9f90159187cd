#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "filing/life/json_parts.h"
#include "filing/life/kept.h"
#include "filing/life/keys.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kList = "consignments";

Status check_bounds(const Consignment& consignment) {
  if (consignment.participants.size() > limits::kParticipantsMax)
    return fail(Code::too_large, "too many participants", std::to_string(consignment.participants.size()),
                fmt::format("at most {}", limits::kParticipantsMax));
  if (consignment.follows.size() > limits::kFollowsMax)
    return fail(Code::too_large, "too many references are followed", std::to_string(consignment.follows.size()),
                fmt::format("at most {}", limits::kFollowsMax));
  if (consignment.reference.size() > limits::kIdentifierBytesMax)
    return fail(Code::too_large, "the reference is too long", legible(consignment.reference));
  if (consignment.owner.empty()) return fail(Code::invalid, "a consignment has an owner");
  return {};
}

// Everybody in whose list it stands.
std::set<PartyId> parties_of(const Consignment& consignment) {
  std::set<PartyId> parties{consignment.owner};
  for (const Participant& one : consignment.participants) parties.insert(one.party);
  return parties;
}

// Names that the one has and the other has not enter the lists; the other way round they leave them.
template <typename Names>
void put_difference(store::Batch& batch, const Names& before, const Names& after,
                    const std::function<std::string(const std::string&)>& key) {
  for (const auto& name : after)
    if (!before.contains(name)) batch.state.push_back({key(name), "", std::nullopt});
  for (const auto& name : before)
    if (!after.contains(name)) batch.state.push_back({key(name), std::nullopt, std::nullopt});
}

void put_lists(store::Batch& batch, const Consignment* before, const Consignment& after) {
  const auto follows = [&](const Consignment* one) {
    std::set<std::string> keys;
    if (one != nullptr)
      for (const Reference& reference : one->follows) keys.insert(following_prefix(reference) + after.id);
    return keys;
  };
  const std::set<PartyId> nobody;
  put_difference(batch, before == nullptr ? nobody : parties_of(*before), parties_of(after),
                 [&](const PartyId& party) { return list_key(kList, party, after.created_us, after.id); });
  put_difference(batch, follows(before), follows(&after), [](const std::string& key) { return key; });
}

// An owner's reference names one consignment: what is sent twice is not there twice.
Status claim_reference(store::Snapshot& snapshot, store::Batch& batch, const Consignment* before, const Consignment& after) {
  const std::string_view old = before == nullptr ? std::string_view() : before->reference;
  if (old == after.reference) return {};
  if (!old.empty()) batch.state.push_back({named_key(after.owner, old), std::nullopt, std::nullopt});
  if (after.reference.empty()) return {};
  const std::string key = named_key(after.owner, after.reference);
  if (const auto taken = TRY(snapshot.state(key)))
    return fail(Code::conflict, "you have a consignment of this reference", taken->value, "change that one, or give another reference");
  batch.state.push_back({key, after.id, 0});
  return {};
}

store::NewEntry entry_of(const Consignment& consignment, std::string_view person, const std::vector<std::string>& changed,
                         std::string_view record) {
  store::NewEntry entry;
  entry.kind = EntryKind::document;
  entry.party = consignment.owner;
  entry.received_us = consignment.changed_us;
  entry.terms = {{consignment_key(consignment.id), std::to_string(consignment.record_version)}};
  JsonWriter writer(entry.body);
  writer.begin_object().member("consignment", consignment.id).member("version", consignment.record_version);
  writer.optional_member("person", person).member("sha256", to_hex(sha256(record))).member("changes", changed.size());
  append_texts(writer, "changed",
               {changed.begin(), changed.begin() + static_cast<ptrdiff_t>(std::min(changed.size(), limits::kChangedPathsToldMax))});
  writer.end_object();
  return entry;
}

Status put_version(store::Batch& batch, const Consignment& consignment, std::string record) {
  if (record.size() > limits::kConsignmentBytesMax)
    return fail(Code::too_large, "the record is too large", fmt::format("{} bytes", record.size()),
                fmt::format("at most {}", limits::kConsignmentBytesMax));
  if (consignment.record_version > limits::kRecordVersionsMax)
    return fail(Code::too_large, "the record has too many versions", consignment.id, "make a new consignment");
  batch.state.push_back({record_key(consignment.id, consignment.record_version), std::move(record), 0});
  return {};
}

std::vector<std::string> paths_of(const Schema& schema, const std::vector<Path>& paths) {
  std::vector<std::string> texts;
  texts.reserve(paths.size());
  for (const Path& path : paths) texts.push_back(schema.text(path));
  return texts;
}

Status mark_dependents(store::Snapshot& snapshot, store::Batch& batch, const Consignment& after, std::string_view person,
                       const std::vector<std::string>& changed) {
  for (const Filing& filing : TRY(read_filings_of(snapshot, after.id))) {
    Filing marked = filing;
    if (!mark_stale(marked, changed, after.changed_us)) continue;
    TRY_OK(put_filing(snapshot, batch, {&filing, marked, "stale", person, after.changed_us}));
  }
  return {};
}

Result<RecordVersion> version_told(const Entry& entry) {
  const json::value parsed = TRY(parse_json(entry.body));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "a version is not as it should be", std::to_string(entry.position));
  return RecordVersion{static_cast<uint64_t>(integer_of(*object, "version").value_or(0)), entry.received_us,
                       std::string(text_of(*object, "person")), texts_in(*object, "changed"),
                       static_cast<size_t>(integer_of(*object, "changes").value_or(0))};
}

}  // namespace

Result<Consignment> Book::add(Consignment consignment, std::string_view person) {
  TRY_OK(check_bounds(consignment));
  consignment.id = "cns_" + random_id(env_, kIdCharacters);
  consignment.record_version = 1;
  consignment.created_us = consignment.changed_us = env_.now_us();
  store::Batch batch;
  std::string record = to_json(consignment.record);
  batch.entries.push_back(entry_of(consignment, person,
                                   paths_of(consignment.record.schema(), changes(Record(consignment.record.schema()), consignment.record)),
                                   record));
  TRY_OK(put_version(batch, consignment, std::move(record)));
  batch.state.push_back({consignment_key(consignment.id), to_json(consignment), 0});
  put_lists(batch, nullptr, consignment);
  TRY_OK(claim_reference(*TRY(store_.snapshot()), batch, nullptr, consignment));
  if (const auto committed = store_.commit_and_wait(std::move(batch)); !committed) {
    if (committed.error().code != Code::conflict) return std::unexpected(committed.error());
    return fail(Code::conflict, "you have a consignment of this reference",
                TRY(named(consignment.owner, consignment.reference)).value_or(""), "change that one, or give another reference");
  }
  consignment.version = 1;
  return consignment;
}

Result<Consignment> Book::change(std::string_view id, std::string_view person, const std::function<Status(Consignment&)>& change) {
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    const auto before = TRY(read_consignment(*snapshot, regimes_.schema(), id));
    if (!before) return not_there("consignment", id);
    Consignment after = *before;
    TRY_OK(change(after));
    after.id = before->id, after.owner = before->owner, after.created_us = before->created_us;
    TRY_OK(check_bounds(after));
    std::string record = to_json(after.record);
    const bool is_new_version = record != to_json(before->record);
    if (!is_new_version && to_json(after) == to_json(*before)) return after;
    after.changed_us = env_.now_us();
    store::Batch batch;
    if (is_new_version) {
      ++after.record_version;
      const std::vector<std::string> changed = paths_of(regimes_.schema(), changes(before->record, after.record));
      batch.entries.push_back(entry_of(after, person, changed, record));
      TRY_OK(put_version(batch, after, std::move(record)));
      TRY_OK(mark_dependents(*snapshot, batch, after, person, changed));
    }
    batch.state.push_back({consignment_key(after.id), to_json(after), before->version});
    put_lists(batch, &*before, after);
    TRY_OK(claim_reference(*snapshot, batch, &*before, after));
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    after.version = before->version + 1;
    return after;
  }
}

Result<std::optional<Consignment>> Book::find_consignment(std::string_view id) {
  return read_consignment(*TRY(store_.snapshot()), regimes_.schema(), id);
}

Result<std::optional<std::string>> Book::named(const PartyId& owner, std::string_view reference) {
  if (reference.empty()) return std::nullopt;
  const auto found = TRY(TRY(store_.snapshot())->state(named_key(owner, reference)));
  return found ? std::optional(found->value) : std::nullopt;
}

Result<std::optional<Record>> Book::version_of(std::string_view id, uint64_t record_version) {
  if (!is_id(id)) return std::nullopt;
  const auto found = TRY(TRY(store_.snapshot())->state(record_key(id, record_version)));
  if (!found) return std::nullopt;
  return TRY(record_from_json(regimes_.schema(), found->value));
}

Result<std::vector<RecordVersion>> Book::versions(std::string_view id, uint64_t after, size_t limit) {
  std::vector<RecordVersion> told;
  if (!is_id(id)) return told;
  const auto snapshot = TRY(store_.snapshot());
  store::TermScan scan{.key = consignment_key(id), .newest_first = false, .after = 0, .limit = limits::kPageSizeMax};
  while (told.size() < limit) {
    const auto hits = TRY(snapshot->scan(scan));
    std::vector<Position> positions;
    for (const store::TermHit& hit : hits) positions.push_back(hit.position);
    for (const Entry& entry : TRY(snapshot->entries(positions))) {
      if (entry.kind != EntryKind::document) continue;
      RecordVersion version = TRY(version_told(entry));
      if (version.number > after && told.size() < limit) told.push_back(std::move(version));
    }
    if (hits.size() < scan.limit) break;
    scan.after = hits.back().position;
  }
  return told;
}

Result<PageOf<Consignment>> Book::consignments(const PartyId& party, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  PageOf<Consignment> page;
  std::string last;
  TRY_OK(walk_list(*snapshot, kList, party, after, [&](std::string_view name, std::string_view id) -> Result<bool> {
    if (page.items.size() == std::min(limit, limits::kFilingsPageSizeMax)) {
      page.next = last;
      return false;
    }
    auto consignment = TRY(read_consignment(*snapshot, regimes_.schema(), id));
    if (!consignment) return fail(Code::internal, "a listed consignment is not there", std::string(id));
    page.items.push_back(std::move(*consignment));
    last = name;
    return true;
  }));
  return page;
}

Result<std::vector<std::string>> Book::following(const Reference& reference) {
  constexpr size_t kPage = 1'000;
  const auto snapshot = TRY(store_.snapshot());
  const std::string prefix = following_prefix(reference);
  std::vector<std::string> ids;
  for (std::string after;;) {
    const auto page = TRY(snapshot->state_scan(prefix, after, kPage));
    for (const auto& [key, unused] : page) ids.push_back(key.substr(prefix.size()));
    if (page.size() < kPage) return ids;
    after = page.back().first;
  }
}

}  // namespace fairway::filing
