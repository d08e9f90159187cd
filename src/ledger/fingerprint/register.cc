#include "ledger/fingerprint/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::ledger {
namespace {

constexpr int kAttempts = 20;       // against others that register the same fingerprint, or for the same party, at the same moment
constexpr size_t kHoldersMax = 64;  // of one fingerprint
constexpr size_t kKindBytesMax = 64;

struct Holder {
  std::string party;
  std::string kind;
  int64_t registered_us = 0;
  int64_t expires_us = 0;
  [[nodiscard]] bool over(int64_t now_us) const { return expires_us != 0 && expires_us <= now_us; }
};

std::string holders_key(std::string_view fingerprint) { return fmt::format("fingerprint/{}", fingerprint); }
std::string list_prefix(const PartyId& party) { return fmt::format("fingerprints/{}/", party); }
std::string count_key(const PartyId& party) { return fmt::format("fingerprint-count/{}", party); }

std::string to_json(const std::vector<Holder>& holders) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  for (const Holder& holder : holders)
    writer.begin_object()
        .member("party", holder.party)
        .member("kind", holder.kind)
        .member("registered", holder.registered_us)
        .member("expires", holder.expires_us)
        .end_object();
  writer.end_array();
  return out;
}

Result<std::vector<Holder>> holders_from(const std::optional<store::StateValue>& state) {
  std::vector<Holder> holders;
  if (!state) return holders;
  const json::value parsed = TRY(parse_json(state->value));
  const json::array* list = parsed.if_array();
  if (list == nullptr) return fail(Code::internal, "the holders of a fingerprint are not understood");
  for (const json::value& item : *list) {
    const json::object* holder = item.if_object();
    if (holder == nullptr) return fail(Code::internal, "the holder of a fingerprint is not understood");
    holders.push_back({std::string(text_of(*holder, "party")), std::string(text_of(*holder, "kind")),
                       integer_of(*holder, "registered").value_or(0), integer_of(*holder, "expires").value_or(0)});
  }
  return holders;
}

OtherHolders others_of(const std::vector<Holder>& holders, const PartyId& party, int64_t now_us) {
  OtherHolders others;
  for (const Holder& holder : holders) {
    if (holder.party == party || holder.over(now_us)) continue;
    others.first_us = others.count == 0 ? holder.registered_us : std::min(others.first_us, holder.registered_us);
    others.latest_us = std::max(others.latest_us, holder.registered_us);
    ++others.count;
  }
  return others;
}

size_t count_in(const std::optional<store::StateValue>& state) {
  size_t count = 0;
  if (state) std::from_chars(state->value.data(), state->value.data() + state->value.size(), count);
  return count;
}

store::NewEntry entry_of(const PartyId& party, std::string_view action, std::string_view fingerprint, const Holder* holder,
                         int64_t now_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::fingerprint;
  entry.party = party;
  entry.received_us = now_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("action", action).member("fingerprint", fingerprint);
  if (holder != nullptr) writer.optional_member("kind", holder->kind);
  if (holder != nullptr && holder->expires_us != 0) writer.member("expires", to_rfc3339_utc(holder->expires_us));
  writer.end_object();
  return entry;
}

// What a change stands on, as one snapshot has it, and what it makes of it.
struct Change {
  std::vector<Holder> holders;
  uint64_t holders_version = 0;
  size_t count = 0;
  uint64_t count_version = 0;

  static Result<Change> read(store::Store& store, const PartyId& party, std::string_view fingerprint) {
    const auto snapshot = TRY(store.snapshot());
    const auto holders = TRY(snapshot->state(holders_key(fingerprint)));
    const auto count = TRY(snapshot->state(count_key(party)));
    return Change{TRY(holders_from(holders)), holders ? holders->version : 0, count_in(count), count ? count->version : 0};
  }
  [[nodiscard]] std::vector<Holder>::iterator of(const PartyId& party) { return std::ranges::find(holders, party, &Holder::party); }

  [[nodiscard]] store::Batch batch(const PartyId& party, std::string_view fingerprint, bool listed) const {
    store::Batch batch;
    batch.state.push_back({holders_key(fingerprint), holders.empty() ? std::nullopt : std::optional(to_json(holders)), holders_version});
    batch.state.push_back({list_prefix(party) + std::string(fingerprint), listed ? std::optional(std::string()) : std::nullopt, {}});
    batch.state.push_back({count_key(party), std::to_string(count), count_version});
    return batch;
  }
};

}  // namespace

Result<Registration> FingerprintRegister::add(const PartyId& party, std::string_view fingerprint, std::string_view kind,
                                              int64_t expires_us) {
  if (kind.size() > kKindBytesMax || !is_valid_utf8(kind))
    return fail(Code::invalid, "not a kind of document", legible(kind), "64 bytes at most");
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const int64_t now_us = env_.now_us();
    Change change = TRY(Change::read(store_, party, fingerprint));
    auto own = change.of(party);
    const OtherHolders others = others_of(change.holders, party, now_us);
    if (own != change.holders.end() && !own->over(now_us))
      return Registration{std::string(fingerprint), own->kind, own->registered_us, own->expires_us, others, false};
    if (own != change.holders.end()) {
      change.holders.erase(own);  // its time was over: it begins anew
    } else if (++change.count > limits::kFingerprintsPerPartyMax) {
      return fail(Code::conflict, "your organisation has registered as many fingerprints as it may", {}, "withdraw what is repaid");
    }
    std::erase_if(change.holders, [&](const Holder& holder) { return change.holders.size() >= kHoldersMax && holder.over(now_us); });
    if (change.holders.size() >= kHoldersMax) return fail(Code::conflict, "too many hold this fingerprint already");
    change.holders.push_back({party, std::string(kind), now_us, expires_us});
    store::Batch batch = change.batch(party, fingerprint, true);
    batch.entries.push_back(entry_of(party, "registered", fingerprint, &change.holders.back(), now_us));
    const auto receipt = store_.commit_and_wait(std::move(batch));
    if (receipt) return Registration{std::string(fingerprint), std::string(kind), now_us, expires_us, others, true};
    if (receipt.error().code != Code::conflict) return std::unexpected(receipt.error());
  }
  return fail(Code::overloaded, "others register the same at this moment", {}, "send it again");
}

Status FingerprintRegister::withdraw(const PartyId& party, std::string_view fingerprint) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Change change = TRY(Change::read(store_, party, fingerprint));
    const auto own = change.of(party);
    if (own == change.holders.end())
      return fail(Code::not_found, "your organisation holds no such fingerprint", legible(fingerprint), "GET /v1/fingerprints lists them");
    change.holders.erase(own);
    change.count -= change.count > 0 ? 1 : 0;
    store::Batch batch = change.batch(party, fingerprint, false);
    batch.entries.push_back(entry_of(party, "withdrawn", fingerprint, nullptr, env_.now_us()));
    const auto receipt = store_.commit_and_wait(std::move(batch));
    if (receipt) return {};
    if (receipt.error().code != Code::conflict) return std::unexpected(receipt.error());
  }
  return fail(Code::overloaded, "others register the same at this moment", {}, "send it again");
}

Result<FingerprintRegister::Known> FingerprintRegister::check(const PartyId& party, std::string_view fingerprint) {
  Change change = TRY(Change::read(store_, party, fingerprint));
  const int64_t now_us = env_.now_us();
  const auto own = change.of(party);
  return Known{own != change.holders.end() && !own->over(now_us), others_of(change.holders, party, now_us)};
}

Result<FingerprintRegister::Page> FingerprintRegister::list(const PartyId& party, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  const std::string prefix = list_prefix(party);
  const auto keys = TRY(snapshot->state_scan(prefix, after.empty() ? "" : prefix + std::string(after), limit));
  Page page;
  const int64_t now_us = env_.now_us();
  for (const auto& [key, value] : keys) {
    const std::string fingerprint = key.substr(prefix.size());
    const std::vector<Holder> holders = TRY(holders_from(TRY(snapshot->state(holders_key(fingerprint)))));
    const auto own = std::ranges::find(holders, party, &Holder::party);
    if (own != holders.end())
      page.items.push_back({fingerprint, own->kind, own->registered_us, own->expires_us, others_of(holders, party, now_us), false});
  }
  if (keys.size() == limit) page.next = keys.back().first.substr(prefix.size());
  return page;
}

}  // namespace fairway::ledger
