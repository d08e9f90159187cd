// /dcsa/tnt/v2/event-subscriptions: what a party has told to a URL of its own, as Track & Trace 2.2 has it.
#include "exchange/dcsa/subscription_routes.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json.h"
#include "exchange/account_answers.h"
#include "exchange/dcsa/api.h"
#include "exchange/dcsa/paging.h"
#include "exchange/dcsa/subscriptions.h"

namespace fairway::exchange::dcsa {
namespace {

using callbacks::Subscription;

// Of a key for HMAC-SHA-256: no shorter than its digest (RFC 2104), no longer than its block, as receivers have it.
constexpr size_t kKeyBytesMin = 32, kKeyBytesMax = 64;

// One of the viewer's own; those of others do not exist.
Result<Subscription> own_subscription(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string id = to_lower(request.parameter("subscriptionID"));
  auto found = TRY(services.callbacks.book().find(id));
  if (found && found->party == viewer->party.id && found->kind == kEventSubscription) return std::move(*found);
  return fail(Code::not_found, "your organisation has no such subscription", legible(id),
              "GET /dcsa/tnt/v2/event-subscriptions lists them");
}

// As the standard shows it, without its secret. One that Fairway has paused says so, in a member of its own.
std::string describe(const Subscription& subscription) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("subscriptionID", subscription.id).member("callbackUrl", subscription.url);
  const auto filter = parse_json(subscription.filter);
  if (filter && filter->is_object())
    for (const auto& [name, value] : filter->get_object()) writer.key(name).raw(json::serialize(value));
  if (subscription.state != callbacks::State::active)
    writer.key("fairway")
        .begin_object()
        .member("state", name(subscription.state))
        .optional_member("reason", subscription.reason)
        .end_object();
  writer.end_object();
  return out;
}

Result<std::string> required_text(const json::object& body, std::string_view member) {
  std::string text(text_of(body, member));
  if (text.empty()) return fail(Code::invalid, "a member is missing", std::string(member), "a text");
  return text;
}

Result<std::string> secret_in(const json::object& body) {
  const std::string text = TRY(required_text(body, "secret"));
  const auto key = from_base64(text);
  if (key && key->size() >= kKeyBytesMin && key->size() <= kKeyBytesMax) return *key;
  return fail(Code::invalid, "not a secret", key ? std::to_string(key->size()) + " bytes" : key.error().text(),
              std::to_string(kKeyBytesMin) + " to " + std::to_string(kKeyBytesMax) + " bytes, in base 64");
}

// The filter of a body, as it is kept; the references in it count as asked for.
Result<std::string> counted_filter(Services& services, const json::object& body, std::span<const std::string_view> others,
                                   const access::Viewer& viewer) {
  std::string filter = TRY(filter_in(body, others));
  const EventsQuery query = TRY(query_of(filter));
  for (const auto* references : {&query.bookings, &query.transport_documents, &query.equipment, &query.vessels, &query.transport_calls})
    for (const Reference& reference : *references) TRY_OK(services.quota.look_up(viewer, reference.value()));
  return filter;
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  constexpr std::array<std::string_view, 2> kOthers = {"callbackUrl", "secret"};
  TRY_OK(viewer->may_read());  // what it is told is what it may read
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  callbacks::Wish wish;
  wish.id = uuid_from_digest(sha256(services.env.random_bytes(16)));
  wish.kind = kEventSubscription;
  wish.party = viewer->party.id;
  wish.url = TRY(required_text(body, "callbackUrl"));
  wish.secret = TRY(secret_in(body));
  wish.filter = TRY(counted_filter(services, body, kOthers, *viewer));
  return private_answer(describe(TRY(services.callbacks.book().add(wish))), 201);
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(describe(TRY(own_subscription(services, request, viewer))));
}

// The whole of it but its secret; one that was paused goes on.
Result<http::Response> change(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  constexpr std::array<std::string_view, 3> kOthers = {"subscriptionID", "callbackUrl", "fairway"};
  TRY_OK(viewer->may_read());
  Subscription subscription = TRY(own_subscription(services, request, viewer));
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  if (const json::value* secret = body.if_contains("secret"); secret != nullptr && !secret->is_null())
    return fail(Code::invalid, "a secret is not changed here", {}, "PUT …/secret");
  if (body.contains("subscriptionID") && to_lower(text_of(body, "subscriptionID")) != subscription.id)
    return fail(Code::invalid, "the subscriptionID is not that of the address", legible(text_of(body, "subscriptionID")), subscription.id);
  subscription.url = TRY(required_text(body, "callbackUrl"));
  subscription.filter = TRY(counted_filter(services, body, kOthers, *viewer));
  subscription.state = callbacks::State::active;
  subscription.reason.clear();
  return private_answer(describe(TRY(services.callbacks.book().change(std::move(subscription)))));
}

Result<http::Response> remove(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.callbacks.book().remove(TRY(own_subscription(services, request, viewer))));
  return done();
}

Result<http::Response> rotate(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const int64_t overlap_s = TRY(overlap_of(request));
  Subscription subscription = TRY(own_subscription(services, request, viewer));
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  if (body.size() != 1) return fail(Code::invalid, "the body is a secret and nothing else", {}, R"({"secret":"…"})");
  TRY(services.callbacks.book().rotate(std::move(subscription), TRY(secret_in(body)), overlap_s * 1'000'000));
  return done();
}

struct SortKey {
  std::string member;
  bool descending = false;
};

// "carrierBookingReference:DESC,callbackUrl": by what the subscriptions show.
Result<std::vector<SortKey>> sort_from(std::string_view text) {
  constexpr size_t kKeysMax = 20;
  std::vector<SortKey> keys;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = trim(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    const size_t colon = std::min(part.find(':'), part.size());
    const std::string_view order = part.substr(colon);
    if (colon == 0 || (!order.empty() && order != ":ASC" && order != ":DESC") || keys.size() == kKeysMax)
      return fail(Code::invalid, "a query parameter is not right", "sort=" + legible(part), "names of members, each with :ASC or :DESC");
    keys.push_back({std::string(part.substr(0, colon)), order == ":DESC"});
  }
  return keys;
}

struct ListQuery {
  size_t limit = limits::kPageSizeDefault;
  std::vector<SortKey> sort;
  Cursor cursor;
  std::string fingerprint;
};

Result<ListQuery> list_query(const http::Request& request) {
  ListQuery query;
  std::string_view cursor, sort;
  for (const auto& [name, value] : request.query) {
    if (name == "cursor") {
      cursor = value;
    } else if (name == "limit") {
      query.limit = TRY(page_limit_from(value));
    } else if (name == "sort") {
      sort = value;
      query.sort = TRY(sort_from(value));
    } else {
      return fail(Code::invalid, "a query parameter is not right", legible(name), "limit, cursor and sort are known here");
    }
  }
  query.fingerprint = to_hex(sha256("event-subscriptions\n" + std::string(sort)).substr(0, 4));
  if (!cursor.empty()) query.cursor = TRY(parse_cursor(cursor, query.fingerprint));
  return query;
}

struct Listed {
  std::string body;
  std::vector<std::string> keys;  // what it is sorted by
};

bool comes_before(const std::vector<SortKey>& sort, const Listed& a, const Listed& b) {
  for (size_t i = 0; i < sort.size(); ++i)
    if (a.keys[i] != b.keys[i]) return (a.keys[i] < b.keys[i]) != sort[i].descending;
  return false;
}

// All of a party's, in the order asked for; where none is asked for, and among equals, as they were made. A party has
// limits::kCallbacksPerPartyMax of all kinds at most.
Result<std::vector<Listed>> list_all(Services& services, const PartyId& party, const std::vector<SortKey>& sort) {
  auto page = TRY(services.callbacks.book().list(party, kEventSubscription, "", limits::kCallbacksPerPartyMax));
  std::ranges::stable_sort(page.subscriptions, {}, &Subscription::created_us);
  std::vector<Listed> all;
  for (const Subscription& subscription : page.subscriptions) {
    Listed& listed = all.emplace_back(Listed{describe(subscription), {}});
    const json::value shown = TRY(parse_json(listed.body));
    for (const SortKey& key : sort) {
      const json::value* value = shown.get_object().if_contains(key.member);
      listed.keys.push_back(value != nullptr ? json::serialize(*value) : "");
    }
  }
  std::ranges::stable_sort(all, [&](const Listed& a, const Listed& b) { return comes_before(sort, a, b); });
  return all;
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const ListQuery query = TRY(list_query(request));
  const std::vector<Listed> all = TRY(list_all(services, viewer->party.id, query.sort));
  const size_t begin =
      query.cursor.last ? all.size() - std::min(all.size(), query.limit) : std::min<size_t>(query.cursor.after(), all.size());
  const size_t end = std::min(begin + query.limit, all.size());
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  for (size_t i = begin; i < end; ++i) writer.raw(all[i].body);
  writer.end_array();
  http::Response response = private_answer(std::move(out));
  add_paging(response, request, query.cursor, query.fingerprint, end < all.size() ? end : 0);
  return response;
}

}  // namespace

void add_subscription_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    router.add(
        method, path,
        answering(services, kTnt2, &access::Viewer::may_manage, [&services, answer](const http::Request& request, const ViewerPtr& viewer) {
          return answer(services, request, viewer);
        }));
  };
  using enum http::Method;
  route(post, "/dcsa/tnt/v2/event-subscriptions", add);
  route(get, "/dcsa/tnt/v2/event-subscriptions", list);
  route(get, "/dcsa/tnt/v2/event-subscriptions/{subscriptionID}", find);
  route(put, "/dcsa/tnt/v2/event-subscriptions/{subscriptionID}", change);
  route(del, "/dcsa/tnt/v2/event-subscriptions/{subscriptionID}", remove);
  route(put, "/dcsa/tnt/v2/event-subscriptions/{subscriptionID}/secret", rotate);
}

}  // namespace fairway::exchange::dcsa
