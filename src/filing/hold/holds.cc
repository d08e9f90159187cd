// Holds in the store: state hold/ID, holds/PARTY/… as a list of the authority's and each addressee's, and held/DIGEST with the ids of those
// that stand on a reference, so that asking is one small read a reference.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "filing/hold/hold.h"
#include "filing/life/json_parts.h"
#include "filing/life/kept.h"
#include "filing/life/keys.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kList = "holds";

store::NewEntry entry_of(const Hold& hold, std::string_view action, const PartyId& party, std::string_view person, int64_t now_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::hold;
  entry.party = party;
  entry.received_us = now_us;
  entry.terms = {{hold_key(hold.id), std::string(action)}};
  JsonWriter writer(entry.body);
  writer.begin_object()
      .member("hold", hold.id)
      .member("action", action)
      .member("kind", name(hold.kind))
      .member("authority", hold.authority);
  writer.member("notice", hold.notice).optional_member("person", person);
  append_references(writer, "scope", hold.scope);
  append_texts(writer, "addressees", hold.addressees);
  writer.end_object();
  return entry;
}

Result<std::optional<Hold>> read_hold(store::Snapshot& snapshot, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  const auto found = TRY(snapshot.state(hold_key(id)));
  if (!found) return std::nullopt;
  Hold hold = TRY(hold_from_json(found->value));
  hold.version = found->version;
  return hold;
}

std::vector<std::string> ids_in(std::string_view list) {
  std::vector<std::string> ids;
  while (!list.empty()) {
    const size_t end = std::min(list.find(' '), list.size());
    ids.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return ids;
}

// The hold enters the index of what it holds, or leaves it.
Status put_index(store::Snapshot& snapshot, store::Batch& batch, const Hold& hold, bool stands) {
  std::vector<std::string> keys;
  for (const Reference& reference : hold.scope) keys.push_back(held_key(reference));
  const auto values = TRY(snapshot.states(keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    std::vector<std::string> ids = values[i] ? ids_in(values[i]->value) : std::vector<std::string>();
    std::erase(ids, hold.id);
    if (stands && ids.size() >= limits::kHoldsPerReferenceMax)
      return fail(Code::too_large, "too many holds stand on one reference", hold.scope[i].key(), "release some of them");
    if (stands) ids.push_back(hold.id);
    store::StateWrite write{keys[i], std::nullopt, values[i] ? values[i]->version : 0};
    if (!ids.empty()) write.value = fmt::format("{}", fmt::join(ids, " "));
    if (write.value || values[i]) batch.state.push_back(std::move(write));
  }
  return {};
}

Status check_bounds(const Hold& hold) {
  if (hold.authority.empty() || hold.notice.empty()) return fail(Code::invalid, "a hold has an authority and the number of its notice");
  if (hold.scope.empty()) return fail(Code::invalid, "a hold holds something", {}, "name containers or bills in its scope");
  if (hold.scope.size() > limits::kHoldScopeMax || hold.addressees.size() > limits::kHoldAddresseesMax)
    return fail(Code::too_large, "the hold names too much", hold.notice,
                fmt::format("at most {} references and {} addressees", limits::kHoldScopeMax, limits::kHoldAddresseesMax));
  for (const std::string* text : {&hold.notice, &hold.reason, &hold.place})
    if (text->size() > limits::kIdentifierBytesMax) return fail(Code::too_large, "a text of the hold is too long", legible(*text));
  if (hold.text.size() > limits::kTextBytesMax) return fail(Code::too_large, "the text of the hold is too long");
  return {};
}

}  // namespace

Result<Hold> Holds::place(Hold hold, std::string_view person) {
  TRY_OK(check_bounds(hold));
  std::ranges::sort(hold.scope);
  hold.scope.erase(std::ranges::unique(hold.scope).begin(), hold.scope.end());
  std::ranges::sort(hold.addressees);
  hold.addressees.erase(std::ranges::unique(hold.addressees).begin(), hold.addressees.end());
  hold.id = "hld_" + random_id(env_, kIdCharacters);
  hold.placed_us = env_.now_us();
  hold.acknowledgements.clear();
  hold.released_us = 0;
  hold.released_by.clear(), hold.release_text.clear();
  std::set<PartyId> parties(hold.addressees.begin(), hold.addressees.end());
  parties.insert(hold.authority);
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    store::Batch batch;
    TRY_OK(put_index(*snapshot, batch, hold, true));
    batch.state.push_back({hold_key(hold.id), to_json(hold), 0});
    for (const PartyId& party : parties) batch.state.push_back({list_key(kList, party, hold.placed_us, hold.id), "", std::nullopt});
    batch.entries.push_back(entry_of(hold, "placed", hold.authority, person, hold.placed_us));
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    hold.version = 1;
    return hold;
  }
}

Result<Hold> Holds::acknowledge(std::string_view id, const PartyId& party, std::string_view person) {
  if (person.empty())
    return fail(Code::forbidden, "a person has to do that", "a machine acknowledges no hold", "sign in, or use a personal key");
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    auto hold = TRY(read_hold(*snapshot, id));
    if (!hold || std::ranges::find(hold->addressees, party) == hold->addressees.end()) return not_there("hold", id);
    const auto is_same = [&](const Acknowledgement& one) { return one.party == party && one.person == person; };
    if (std::ranges::any_of(hold->acknowledgements, is_same)) return std::move(*hold);
    if (hold->acknowledgements.size() >= limits::kHoldAcknowledgementsMax)
      return fail(Code::too_large, "the hold has too many acknowledgements", hold->id);
    const int64_t now_us = env_.now_us();
    hold->acknowledgements.push_back({party, std::string(person), now_us});
    store::Batch batch;
    batch.state.push_back({hold_key(hold->id), to_json(*hold), hold->version});
    batch.entries.push_back(entry_of(*hold, "acknowledged", party, person, now_us));
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    ++hold->version;
    return std::move(*hold);
  }
}

Result<Hold> Holds::release(std::string_view id, const PartyId& authority, std::string_view person, std::string_view text) {
  if (text.size() > limits::kTextBytesMax) return fail(Code::too_large, "the text of the release is too long");
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    auto hold = TRY(read_hold(*snapshot, id));
    const bool is_of_it =
        hold && (hold->authority == authority || std::ranges::find(hold->addressees, authority) != hold->addressees.end());
    if (!is_of_it) return not_there("hold", id);
    if (hold->authority != authority) return fail(Code::forbidden, "only the authority that placed a hold releases it", hold->id);
    if (!hold->stands()) return fail(Code::conflict, "the hold was released before", hold->id);
    hold->released_us = env_.now_us();
    hold->released_by = person;
    hold->release_text = text;
    store::Batch batch;
    TRY_OK(put_index(*snapshot, batch, *hold, false));
    batch.state.push_back({hold_key(hold->id), to_json(*hold), hold->version});
    batch.entries.push_back(entry_of(*hold, "released", authority, person, hold->released_us));
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    ++hold->version;
    return std::move(*hold);
  }
}

Result<std::optional<Hold>> Holds::find(std::string_view id) { return read_hold(*TRY(store_.snapshot()), id); }

Result<PageOf<Hold>> Holds::list(const PartyId& party, bool standing_only, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  PageOf<Hold> page;
  std::string last;
  TRY_OK(walk_list(*snapshot, kList, party, after, [&](std::string_view name, std::string_view id) -> Result<bool> {
    auto hold = TRY(read_hold(*snapshot, id));
    if (!hold) return fail(Code::internal, "a listed hold is not there", std::string(id));
    if (standing_only && !hold->stands()) return true;
    if (page.items.size() == std::min(limit, limits::kFilingsPageSizeMax)) {
      page.next = last;
      return false;
    }
    page.items.push_back(std::move(*hold));
    last = name;
    return true;
  }));
  return page;
}

Result<std::vector<Hold>> Holds::on(std::span<const Reference> references) {
  const auto snapshot = TRY(store_.snapshot());
  std::vector<std::string> keys;
  for (const Reference& reference : references) keys.push_back(held_key(reference));
  std::set<std::string> ids;
  for (const auto& value : TRY(snapshot->states(keys)))
    if (value)
      for (std::string& id : ids_in(value->value)) ids.insert(std::move(id));
  std::vector<Hold> holds;
  for (const std::string& id : ids)
    if (auto hold = TRY(read_hold(*snapshot, id)); hold && hold->stands()) holds.push_back(std::move(*hold));
  return holds;
}

}  // namespace fairway::filing
