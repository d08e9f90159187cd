#include "access/service_accounts.h"

#include <algorithm>

#include "access/people/people.h"
#include "access/rights_json.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr size_t kIdCharacters = 12;

std::string account_key(std::string_view id) { return "service/" + std::string(id); }
std::string list_prefix(const PartyId& party) { return "services/" + party + "/"; }
std::string claim_key(const Subject& subject) { return subject_key("machine/", subject); }

std::string to_json(const ServiceAccount& account) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("party", account.party).member("issuer", account.subject.issuer);
  writer.member("subject", account.subject.subject).key("wish").raw(to_json(account.wish));
  writer.member("created", account.created_us).member("withdrawn", account.withdrawn).end_object();
  return out;
}

Result<ServiceAccount> account_from(std::string_view id, const store::StateValue& state) {
  const json::value parsed = TRY(parse_json(state.value));
  const json::object* object = parsed.if_object();
  const json::object* wish = object != nullptr ? object_of(*object, "wish") : nullptr;
  if (wish == nullptr) return fail(Code::internal, "a service account is not as it should be", std::string(id));
  ServiceAccount account;
  account.id = id;
  account.party = text_of(*object, "party");
  account.subject = {std::string(text_of(*object, "issuer")), std::string(text_of(*object, "subject"))};
  account.wish = TRY(key_wish_from_json(json::serialize(*wish), INT64_MIN));
  account.created_us = integer_of(*object, "created").value_or(0);
  account.withdrawn = truth_of(*object, "withdrawn").value_or(true);
  account.version = state.version;
  return account;
}

Result<std::optional<ServiceAccount>> read(store::Snapshot& snapshot, const std::string& id) {
  const auto found = TRY(snapshot.state(account_key(id)));
  if (!found) return std::nullopt;
  return TRY(account_from(id, *found));
}

store::NewEntry entry_of(const ServiceAccount& account, std::string_view action, int64_t at_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::key;
  entry.party = account.party;
  entry.received_us = at_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("serviceAccount", account.id).member("party", account.party).member("action", action).end_object();
  return entry;
}

Status check(const Subject& subject) {
  for (const std::string& text : {subject.issuer, subject.subject})
    if (text.empty() || text.size() > limits::kIdentifierBytesMax || !is_valid_utf8(text))
      return fail(Code::invalid, "a service account needs an issuer and a subject", legible(text),
                  "as the provider writes \"iss\" and \"sub\"");
  return {};
}

}  // namespace

Result<ServiceAccount> ServiceAccounts::add(const PartyId& party, const Subject& subject, const KeyWish& wish) {
  TRY_OK(check(subject));
  const int64_t now_us = env_.now_us();
  const ServiceAccountPage known = TRY(list(party, {}, limits::kStateWritesPerBatchMax));
  const auto working = std::ranges::count_if(known.accounts, [&](const ServiceAccount& one) { return one.works_at(now_us); });
  if (static_cast<size_t>(working) >= limits::kServiceAccountsPerPartyMax)
    return fail(Code::too_large, "the party has too many service accounts", std::to_string(working), "withdraw one that nobody uses");
  ServiceAccount account{"svc_" + random_id(env_, kIdCharacters), party, subject, wish, now_us, false, 1};
  store::Batch batch;
  batch.state.push_back({account_key(account.id), to_json(account), 0});
  batch.state.push_back({list_prefix(party) + account.id, "", 0});
  batch.state.push_back({claim_key(subject), account.id, 0});
  batch.entries.push_back(entry_of(account, "given", now_us));
  const auto committed = store_.commit_and_wait(std::move(batch));
  if (committed) return account;
  if (committed.error().code != Code::conflict) return std::unexpected(committed.error());
  return fail(Code::conflict, "this subject has a service account", legible(subject.subject),
              "withdraw that one, or ask the operator whose it is");
}

Result<ServiceAccountPage> ServiceAccounts::list(const PartyId& party, const std::string& after, size_t limit) {
  const std::string prefix = list_prefix(party);
  const auto snapshot = TRY(store_.snapshot());
  const auto page = TRY(snapshot->state_scan(prefix, after.empty() ? "" : prefix + after, limit + 1));
  ServiceAccountPage out;
  for (const auto& [key, unused] : page) {
    if (out.accounts.size() == limit) {
      out.next = out.accounts.back().id;
      break;
    }
    auto account = TRY(read(*snapshot, key.substr(prefix.size())));
    if (!account) return fail(Code::internal, "a listed service account is not there", key);
    out.accounts.push_back(std::move(*account));
  }
  return out;
}

Status ServiceAccounts::withdraw(const PartyId& party, const std::string& id) {
  auto account = TRY(this->account(id));
  if (!account || account->party != party)
    return fail(Code::not_found, "your organisation has no such service account", legible(id), "GET /v1/service-accounts lists them");
  if (account->withdrawn) return {};
  account->withdrawn = true;
  store::Batch batch;
  batch.state.push_back({account_key(id), to_json(*account), account->version});
  batch.state.push_back({claim_key(account->subject), std::nullopt, std::nullopt});
  batch.entries.push_back(entry_of(*account, "withdrawn", env_.now_us()));
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Result<std::optional<ServiceAccount>> ServiceAccounts::account(const std::string& id) {
  const auto snapshot = TRY(store_.snapshot());
  return read(*snapshot, id);
}

Result<std::optional<ServiceAccount>> ServiceAccounts::by_subject(const Subject& subject) {
  const auto snapshot = TRY(store_.snapshot());
  const auto id = TRY(snapshot->state(claim_key(subject)));
  return id ? read(*snapshot, id->value) : std::nullopt;
}

std::string describe(const ServiceAccount& account, int64_t now_us) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", account.id).member("issuer", account.subject.issuer).member("subject", account.subject.subject);
  writer.optional_member("label", account.wish.label);
  write_rights(writer, "scopes", account.wish.scopes);
  if (account.wish.expires_us != 0) writer.member("expires", to_rfc3339_utc(account.wish.expires_us));
  writer.member("created", to_rfc3339_utc(account.created_us));
  writer.member("status", account.withdrawn ? "withdrawn" : account.works_at(now_us) ? "active" : "expired").end_object();
  return out;
}

}  // namespace fairway::access
