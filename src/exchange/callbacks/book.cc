#include "exchange/callbacks/book.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "exchange/callbacks/mail_address.h"
#include "http/public_address.h"

namespace fairway::exchange::callbacks {
namespace {

constexpr size_t kIdCharacters = 12;
constexpr size_t kScanPage = 500;
constexpr std::string_view kPrefix = "callback/";

std::string record_key(std::string_view id) { return std::string(kPrefix) + std::string(id); }
std::string list_prefix(const PartyId& party) { return "callbacks/" + party + "/"; }

// The host of "https://host:port", as an address where it is one.
std::string ip_of(std::string_view server) {
  std::string host(server.substr(server.find("//") + 2));
  if (host.starts_with('[')) {
    host = host.substr(1, host.find(']') - 1);
  } else {
    host = host.substr(0, host.find(':'));
  }
  in6_addr room{};
  return inet_pton(AF_INET, host.c_str(), &room) == 1 || inet_pton(AF_INET6, host.c_str(), &room) == 1 ? host : "";
}

store::NewEntry entry_of(const Subscription& subscription, std::string_view action, int64_t now_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::callback;
  entry.party = subscription.party;
  entry.received_us = now_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("subscription", subscription.id).member("kind", subscription.kind);
  writer.member("party", subscription.party).member("action", action).end_object();
  return entry;
}

// The record as it is now, and the entry that tells of it.
void put_record(store::Batch& batch, const Subscription& subscription, std::string_view action, int64_t now_us) {
  batch.state.push_back({record_key(subscription.id), to_json(subscription), subscription.version});
  batch.entries.push_back(entry_of(subscription, action, now_us));
}

Result<Subscription> subscription_from(std::string_view id, const store::StateValue& state) {
  Subscription subscription = TRY(subscription_from_json(id, state.value));
  subscription.version = state.version;
  return subscription;
}

Status check_secret(std::string_view secret) {
  if (secret.size() <= limits::kCallbackSecretBytesMax) return {};
  return fail(Code::too_large, "the secret is too long", std::to_string(secret.size()) + " bytes",
              "at most " + std::to_string(limits::kCallbackSecretBytesMax));
}

// Every state below a prefix, for one that goes.
Status erase_below(store::Snapshot& snapshot, const std::string& prefix, store::Batch& batch) {
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(prefix, after, kScanPage));
    for (const auto& [key, unused] : page) batch.state.push_back({key, std::nullopt, std::nullopt});
    if (page.size() < kScanPage) return {};
    after = page.back().first;
  }
}

}  // namespace

std::string subscription_in(const Entry& entry) {
  const auto parsed = parse_json(entry.body);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  return std::string(object != nullptr ? text_of(*object, "subscription") : "");
}

Result<std::vector<Subscription>> all_subscriptions(store::Snapshot& snapshot) {
  std::vector<Subscription> all;
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(kPrefix, after, kScanPage));
    for (const auto& [key, value] : page) all.push_back(TRY(subscription_from(key.substr(kPrefix.size()), value)));
    if (page.size() < kScanPage) return all;
    after = page.back().first;
  }
}

Result<Progress> read_progress(store::Snapshot& snapshot, std::string_view id) {
  const auto found = TRY(snapshot.state(progress_key(id)));
  if (!found) return fail(Code::not_found, "no such subscription", legible(id));
  Progress progress = TRY(progress_from_json(found->value));
  progress.version = found->version;
  return progress;
}

Status Book::check_url(std::string_view url) const {
  const Address address = TRY(address_from(url));
  if (to_private_) return {};
  if (!address.server.starts_with("https://"))
    return fail(Code::invalid, "anybody on the way could read along", legible(address.server), "give an https:// URL");
  const std::string ip = ip_of(address.server);
  if (!ip.empty() && !http::is_public(ip))
    return fail(Code::invalid, "this address is not on the open internet", ip, "give the URL of a server that everybody can reach");
  return {};
}

Status Book::check(const Subscription& subscription) const {
  if (subscription.kind == kMail)
    TRY(mail_address_from(subscription.url));
  else
    TRY_OK(check_url(subscription.url));
  if (subscription.label.size() > limits::kKeyLabelBytesMax)
    return fail(Code::invalid, "the label is too long", {}, "at most " + std::to_string(limits::kKeyLabelBytesMax) + " bytes");
  if (subscription.filter.size() > limits::kCallbackFilterBytesMax)
    return fail(Code::too_large, "the filter is too long", std::to_string(subscription.filter.size()) + " bytes",
                "at most " + std::to_string(limits::kCallbackFilterBytesMax));
  return {};
}

Result<Subscription> Book::commit(Subscription subscription, store::Batch batch) {
  const auto committed = store_.commit_and_wait(std::move(batch));
  if (committed) {
    ++subscription.version;
    return subscription;
  }
  if (committed.error().code != Code::conflict) return std::unexpected(committed.error());
  return fail(Code::conflict, "the subscription has been changed meanwhile", subscription.id, "read it again and repeat the change");
}

Result<Subscription> Book::put(store::Snapshot& snapshot, store::Batch& batch, const Wish& wish) {
  Subscription subscription{wish.id.empty() ? "cb_" + random_id(env_, kIdCharacters) : wish.id,
                            wish.kind,
                            wish.party,
                            wish.url,
                            wish.label,
                            wish.filter,
                            {},
                            State::active,
                            {},
                            env_.now_us(),
                            0};
  TRY_OK(check(subscription));
  TRY_OK(check_secret(wish.secret));
  const auto known = TRY(snapshot.state_scan(list_prefix(wish.party), "", limits::kCallbacksPerPartyMax));
  if (known.size() >= limits::kCallbacksPerPartyMax)
    return fail(Code::too_large, "your organisation has too many subscriptions", std::to_string(known.size()), "delete one nobody uses");
  if (!wish.secret.empty()) subscription.secrets.push_back({TRY(vault_.seal(wish.secret, record_key(subscription.id))), 0});
  Progress progress;
  progress.cursor = std::min(wish.after.value_or(snapshot.last()), snapshot.last());
  batch.state.push_back({list_prefix(wish.party) + subscription.id, wish.kind, 0});
  batch.state.push_back({progress_key(subscription.id), to_json(progress), 0});
  put_record(batch, subscription, "created", env_.now_us());
  return subscription;
}

Result<Subscription> Book::add(const Wish& wish) {
  const auto snapshot = TRY(store_.snapshot());
  store::Batch batch;
  Subscription subscription = TRY(put(*snapshot, batch, wish));
  return commit(std::move(subscription), std::move(batch));
}

Result<Subscription> Book::change(Subscription subscription, std::string_view action) {
  TRY_OK(check(subscription));
  store::Batch batch;
  put_record(batch, subscription, action, env_.now_us());
  return commit(std::move(subscription), std::move(batch));
}

Result<Subscription> Book::rotate(Subscription subscription, std::string_view secret, int64_t overlap_us) {
  TRY_OK(check_secret(secret));
  const int64_t now_us = env_.now_us();
  std::vector<SealedSecret>& secrets = subscription.secrets;
  for (SealedSecret& old : secrets)
    if (old.ends_us == 0) old.ends_us = now_us + overlap_us;
  std::erase_if(secrets, [&](const SealedSecret& old) { return old.ends_us <= now_us; });
  secrets.insert(secrets.begin(), {TRY(vault_.seal(secret, record_key(subscription.id))), 0});
  if (secrets.size() > limits::kCallbackSecretsMax) secrets.resize(limits::kCallbackSecretsMax);
  store::Batch batch;
  put_record(batch, subscription, "secret rotated", now_us);
  return commit(std::move(subscription), std::move(batch));
}

Status Book::take_out(store::Snapshot& snapshot, store::Batch& batch, const Subscription& subscription) {
  batch.state.push_back({record_key(subscription.id), std::nullopt, subscription.version});
  batch.state.push_back({list_prefix(subscription.party) + subscription.id, std::nullopt, std::nullopt});
  batch.state.push_back({progress_key(subscription.id), std::nullopt, std::nullopt});
  TRY_OK(erase_below(snapshot, dead_prefix(subscription.id), batch));
  TRY_OK(erase_below(snapshot, recent_prefix(subscription.id), batch));
  batch.entries.push_back(entry_of(subscription, "deleted", env_.now_us()));
  return {};
}

Status Book::remove(const Subscription& subscription) {
  const auto snapshot = TRY(store_.snapshot());
  store::Batch batch;
  TRY_OK(take_out(*snapshot, batch, subscription));
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Result<std::optional<Subscription>> Book::find(std::string_view id) {
  const auto found = TRY(TRY(store_.snapshot())->state(record_key(id)));
  if (!found) return std::nullopt;
  return TRY(subscription_from(id, *found));
}

Result<Book::Page> Book::list(const PartyId& party, std::string_view kind, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  const std::string prefix = list_prefix(party);
  Page page;
  // A party has at most limits::kCallbacksPerPartyMax of all kinds.
  for (const auto& [key, value] :
       TRY(snapshot->state_scan(prefix, after.empty() ? "" : prefix + std::string(after), limits::kCallbacksPerPartyMax))) {
    if (value.value != kind) continue;
    if (page.subscriptions.size() == limit) {
      page.next = page.subscriptions.back().id;
      break;
    }
    const std::string id = key.substr(prefix.size());
    const auto found = TRY(snapshot->state(record_key(id)));
    if (!found) return fail(Code::internal, "a listed subscription is not there", id);
    page.subscriptions.push_back(TRY(subscription_from(id, *found)));
  }
  return page;
}

Result<std::vector<std::string>> Book::secrets(const Subscription& subscription) {
  std::vector<std::string> secrets;
  for (const SealedSecret& secret : subscription.secrets)
    if (secret.ends_us == 0 || secret.ends_us > env_.now_us())
      secrets.push_back(TRY(vault_.open(secret.sealed, record_key(subscription.id))));
  return secrets;
}

Result<Progress> Book::progress(std::string_view id) { return read_progress(*TRY(store_.snapshot()), id); }

Result<std::vector<std::pair<std::string, Delivery>>> Book::dead(store::Snapshot& snapshot, std::string_view id, std::string_view after,
                                                                 size_t limit) {
  const std::string prefix = dead_prefix(id);
  std::vector<std::pair<std::string, Delivery>> all;
  for (const auto& [key, value] : TRY(snapshot.state_scan(prefix, after.empty() ? "" : prefix + std::string(after), limit)))
    all.emplace_back(key, TRY(delivery_from_json(value.value)));
  return all;
}

Result<Book::Deliveries> Book::deliveries(std::string_view id, Fate fate, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  Deliveries page;
  if (fate == Fate::waiting) {
    const Progress progress = TRY(read_progress(*snapshot, id));
    if (progress.pending) page.deliveries.push_back(*progress.pending);
    return page;
  }
  if (fate == Fate::delivered) {
    for (const auto& [key, value] : TRY(snapshot->state_scan(recent_prefix(id), "", limits::kCallbackRecentMax)))
      page.deliveries.push_back(TRY(delivery_from_json(value.value)));
    std::ranges::sort(page.deliveries, [](const Delivery& a, const Delivery& b) { return a.at_us > b.at_us; });
    if (page.deliveries.size() > limit) page.deliveries.resize(limit);
    return page;
  }
  auto all = TRY(dead(*snapshot, id, after, limit + 1));
  if (all.size() > limit) {
    all.resize(limit);
    page.next = all.back().first.substr(dead_prefix(id).size());
  }
  for (auto& [key, delivery] : all) page.deliveries.push_back(std::move(delivery));
  return page;
}

Result<size_t> Book::replay(const Subscription& subscription, std::string_view wanted) {
  const auto snapshot = TRY(store_.snapshot());
  store::Batch batch;
  for (auto& [key, delivery] : TRY(dead(*snapshot, subscription.id, "", limits::kCallbackDeadMax))) {
    if (delivery.again || (!wanted.empty() && delivery.id != wanted)) continue;
    delivery.again = true;
    batch.state.push_back({key, to_json(delivery), std::nullopt});
  }
  const size_t count = batch.state.size();
  if (count == 0 && !wanted.empty())
    return fail(Code::not_found, "no such dead letter", legible(wanted), "GET …/deliveries?state=dead lists them");
  if (count == 0) return 0;
  // Where the subscription goes meanwhile, so does this.
  batch.state.push_back({record_key(subscription.id), to_json(subscription), subscription.version});
  batch.entries.push_back(entry_of(subscription, "replayed", env_.now_us()));
  TRY(store_.commit_and_wait(std::move(batch)));
  return count;
}

}  // namespace fairway::exchange::callbacks
