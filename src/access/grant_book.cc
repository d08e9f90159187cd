#include "access/grant_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr size_t kGrantIdCharacters = 12;
constexpr int kTries = 5;  // where others write the same lists meanwhile
constexpr size_t kListPage = 200;

std::string grant_key(std::string_view id) { return "grant/" + std::string(id); }
std::string list_prefix(const PartyId& party, GrantBook::Side side) {
  return "grants/" + party + (side == GrantBook::Side::given ? "/given/" : "/received/");
}
// Later comes first.
std::string list_name(const Grant& grant) {
  return fmt::format("{:016x}-{}", static_cast<uint64_t>(std::numeric_limits<int64_t>::max() - grant.created_us), grant.id);
}
std::string marker_key(const PartyId& party) { return "granted/" + party; }
std::string reference_key(const PartyId& party, std::string_view reference) { return "granted/" + party + "/r/" + std::string(reference); }
std::string giver_key(const PartyId& party, const PartyId& from) { return "granted/" + party + "/p/" + from; }

std::vector<std::string> held_keys(const Grant& grant) {
  if (grant.covers_everything()) return {giver_key(grant.to, grant.from)};
  std::vector<std::string> keys;
  for (const Reference& reference : grant.references) keys.push_back(reference_key(grant.to, reference.key()));
  return keys;
}

void append_held(JsonWriter& writer, const HeldGrant& held) {
  writer.begin_object().member("id", held.id).member("kind", name(held.kind)).member("from", held.from).key("fields").begin_array();
  for (const Data data : held.data) writer.value(name(data));
  writer.end_array().member("purpose", held.purpose).member("expires", held.expires_us).member("sealed", held.sealed).end_object();
}

std::string to_json(const std::vector<HeldGrant>& all) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  for (const HeldGrant& held : all) append_held(writer, held);
  writer.end_array();
  return out;
}

Result<HeldGrant> held_from(const json::object& object) {
  HeldGrant held;
  held.id = text_of(object, "id");
  held.kind = TRY(grant_kind_from(text_of(object, "kind")));
  held.from = text_of(object, "from");
  if (const json::array* fields = array_of(object, "fields"))
    for (const json::value& item : *fields)
      if (const json::string* field = item.if_string()) held.data.push_back(TRY(data_from(*field)));
  held.purpose = text_of(object, "purpose");
  held.expires_us = integer_of(object, "expires").value_or(0);
  held.sealed = truth_of(object, "sealed").value_or(false);
  return held;
}

// Those of a list that hold at this time.
Result<std::vector<HeldGrant>> held_from_json(std::string_view text, int64_t now_us) {
  const json::value parsed = TRY(parse_json(text));
  std::vector<HeldGrant> all;
  if (const json::array* items = parsed.if_array())
    for (const json::value& item : *items)
      if (const json::object* object = item.if_object())
        if (HeldGrant held = TRY(held_from(*object)); held.expires_us == 0 || now_us < held.expires_us) all.push_back(std::move(held));
  return all;
}

HeldGrant held_of(const Grant& grant) {
  return {grant.id, grant.kind, grant.from, grant.data, grant.purpose, grant.expires_us, grant.sealed, {}};
}

store::NewEntry entry_of(const Grant& grant, std::string_view action, const PartyId& by, int64_t now_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::grant;
  entry.party = by;
  entry.received_us = now_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("action", action).key("grant").raw(to_json(grant)).end_object();
  return entry;
}

std::unexpected<Error> not_its_turn(const Grant& grant, int64_t now_us) {
  return fail(Code::conflict, "the grant is not open to that any more", "it is " + std::string(grant.state_at(now_us)),
              "ask the other side for a new one");
}

bool is_open(const Grant& grant, int64_t now_us) {
  const std::string_view state = grant.state_at(now_us);
  return state == "offered" || state == "accepted";
}

}  // namespace

// Enters the grant under its keys, or takes it out; expired ones leave on this occasion.
Status GrantBook::put(store::Batch& batch, store::Snapshot& snapshot, const Grant& grant, bool holds) {
  const std::vector<std::string> keys = held_keys(grant);
  const auto values = TRY(snapshot.states(keys));
  for (size_t i = 0; i < keys.size(); ++i) {
    std::vector<HeldGrant> all;
    if (values[i]) all = TRY(held_from_json(values[i]->value, env_.now_us()));
    std::erase_if(all, [&](const HeldGrant& held) { return held.id == grant.id; });
    if (holds && all.size() >= limits::kGrantsPerReferenceMax)
      return fail(Code::too_large, "the receiver holds too many grants of one reference", std::to_string(all.size()),
                  "revoke some of them");
    if (holds) all.push_back(held_of(grant));
    store::StateWrite write{keys[i], std::nullopt, values[i] ? values[i]->version : 0};
    if (!all.empty()) write.value = to_json(all);
    if (write.value || values[i]) batch.state.push_back(std::move(write));
  }
  return {};
}

Result<Grant> GrantBook::commit_step(Grant grant, std::string_view action, const PartyId& by, bool is_new) {
  const bool in_effect = grant.state == GrantState::accepted || grant.state == GrantState::revoked;
  for (int attempt = 1;; ++attempt) {
    store::Batch batch;
    batch.state.push_back({grant_key(grant.id), access::to_json(grant), grant.version});
    if (is_new) {
      batch.state.push_back({list_prefix(grant.from, Side::given) + list_name(grant), "", std::nullopt});
      batch.state.push_back({list_prefix(grant.to, Side::received) + list_name(grant), "", std::nullopt});
    }
    if (in_effect) TRY_OK(put(batch, *TRY(store_.snapshot()), grant, grant.state == GrantState::accepted));
    if (grant.state == GrantState::accepted) batch.state.push_back({marker_key(grant.to), "1", std::nullopt});
    batch.entries.push_back(entry_of(grant, action, by, env_.now_us()));
    const Result<store::Receipt> receipt = store_.commit_and_wait(std::move(batch));
    if (receipt) {
      ++grant.version;
      return grant;
    }
    if (receipt.error().code != Code::conflict || attempt == kTries) return std::unexpected(receipt.error());
    // Another write was faster: on one of the lists, which are read again, or on this very grant, which ends it here.
    const auto now = TRY(find(grant.id));
    if ((now ? now->version : 0) != grant.version) return not_its_turn(now.value_or(grant), env_.now_us());
  }
}

Result<Grant> GrantBook::give(Grant grant) {
  grant.id = "gr_" + random_id(env_, kGrantIdCharacters);
  grant.created_us = env_.now_us();
  grant.version = 0;
  const bool at_once = grant.kind == GrantKind::legal_basis || grant.kind == GrantKind::guest;
  grant.state = at_once ? GrantState::accepted : GrantState::offered;
  if (at_once) grant.decided_us = grant.created_us;
  const PartyId by = grant.from;
  return commit_step(std::move(grant), at_once ? "given" : "offered", by, true);
}

Result<Grant> GrantBook::accept(const Grant& grant) {
  Grant next = grant;
  if (grant.state_at(env_.now_us()) != "offered") return not_its_turn(grant, env_.now_us());
  next.state = GrantState::accepted;
  next.decided_us = env_.now_us();
  return commit_step(std::move(next), "accepted", grant.to, false);
}

Result<Grant> GrantBook::decline(const Grant& grant) {
  Grant next = grant;
  if (grant.state_at(env_.now_us()) != "offered") return not_its_turn(grant, env_.now_us());
  next.state = GrantState::declined;
  next.decided_us = env_.now_us();
  return commit_step(std::move(next), "declined", grant.to, false);
}

Result<Grant> GrantBook::revoke(const Grant& grant, const PartyId& by) {
  Grant next = grant;
  if (!is_open(grant, env_.now_us())) return not_its_turn(grant, env_.now_us());
  next.state = GrantState::revoked;
  next.decided_us = env_.now_us();
  return commit_step(std::move(next), "revoked", by, false);
}

Result<std::optional<Grant>> GrantBook::find(std::string_view id) {
  const auto found = TRY(TRY(store_.snapshot())->state(grant_key(id)));
  if (!found) return std::nullopt;
  Grant grant = TRY(grant_from_json(found->value));
  grant.version = found->version;
  return grant;
}

Result<GrantBook::Page> GrantBook::list(const PartyId& party, Side side, std::string_view state, std::string_view cursor, size_t limit) {
  if (cursor.size() > limits::kIdentifierBytesMax)
    return fail(Code::invalid, "not a cursor", legible(cursor), "use the one of the page before");
  const auto snapshot = TRY(store_.snapshot());
  const std::string prefix = list_prefix(party, side);
  Page page;
  for (std::string after = cursor.empty() ? "" : prefix + std::string(cursor);;) {
    const auto names = TRY(snapshot->state_scan(prefix, after, kListPage));
    for (const auto& [key, unused] : names) {
      const std::string name = key.substr(prefix.size());
      const auto found = TRY(snapshot->state(grant_key(std::string_view(name).substr(name.find('-') + 1))));
      if (!found) return fail(Code::internal, "a listed grant is not there", name);
      Grant grant = TRY(grant_from_json(found->value));
      if (!state.empty() && grant.state_at(env_.now_us()) != state) continue;
      if (page.grants.size() == limit) return page;
      grant.version = found->version;
      page.next = name;
      page.grants.push_back(std::move(grant));
    }
    if (names.size() < kListPage) break;
    after = names.back().first;
  }
  page.next.clear();
  return page;
}

Result<std::vector<HeldGrant>> GrantBook::held(store::Snapshot& snapshot, const PartyId& party, std::span<const std::string> references,
                                               std::span<const PartyId> from) {
  std::vector<HeldGrant> all;
  if (!TRY(snapshot.state(marker_key(party)))) return all;
  std::vector<std::string> keys;
  keys.reserve(references.size() + from.size());
  for (const std::string& reference : references) keys.push_back(reference_key(party, reference));
  for (const PartyId& giver : from) keys.push_back(giver_key(party, giver));
  const auto values = TRY(snapshot.states(keys));
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    for (HeldGrant& held : TRY(held_from_json(values[i]->value, env_.now_us()))) {
      auto known = std::ranges::find(all, held.id, &HeldGrant::id);
      if (known == all.end()) known = all.insert(all.end(), std::move(held));
      if (i < references.size()) known->found_by.push_back(references[i]);
    }
  }
  return all;
}

}  // namespace fairway::access
