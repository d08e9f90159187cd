// /v1/webhooks: what a party has called back to a URL of its own, how far that has come, and its dead letters. Those of subscriptions that
// were made by a standard's own routes are looked at and sent again here, too; they are changed and ended where they were made.

#include "base/bytes.h"
#include "base/json.h"
#include "exchange/account_answers.h"
#include "exchange/callbacks/webhooks.h"
#include "exchange/routes.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

using callbacks::Delivery;
using callbacks::Fate;
using callbacks::Subscription;

constexpr size_t kSecretCharacters = 40;  // of 5 bits
constexpr size_t kIdCharacters = 12;

std::unexpected<Error> no_webhook(std::string_view id) {
  return fail(Code::not_found, "your organisation has no such webhook", legible(id), "GET /v1/webhooks lists them");
}

// One of the viewer's own, by whatever standard it was made; those of others do not exist.
Result<Subscription> own_subscription(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("webhook");
  auto found = TRY(services.callbacks.book().find(id));
  if (found && found->party == viewer->party.id) return std::move(*found);
  return no_webhook(id);
}

Result<Subscription> own_webhook(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  Subscription found = TRY(own_subscription(services, request, viewer));
  if (found.kind == callbacks::kWebhook) return found;
  return no_webhook(found.id);
}

std::string new_secret(Env& env) { return "whsec_" + random_id(env, kSecretCharacters); }

// What its owner may see; `secret` only at its making.
Result<std::string> describe(Services& services, const Subscription& webhook, std::string_view secret = {}) {
  const callbacks::Progress progress = TRY(services.callbacks.book().progress(webhook.id));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", webhook.id).member("url", webhook.url).optional_member("label", webhook.label);
  if (webhook.kind != callbacks::kWebhook) writer.member("kind", webhook.kind);
  writer.key("filter").raw(webhook.filter).member("state", name(webhook.state)).optional_member("reason", webhook.reason);
  writer.member("created", to_rfc3339_utc(webhook.created_us)).member("cursor", progress.cursor).member("delivered", progress.delivered);
  if (progress.pending)
    writer.key("waiting")
        .begin_object()
        .member("delivery", progress.pending->id)
        .member("attempts", progress.pending->attempts)
        .optional_member("error", progress.pending->error)
        .end_object();
  writer.member("secrets", webhook.secrets.size()).optional_member("secret", secret).end_object();
  return out;
}

// The filter of a body, read by the kind; the references in it count as asked for.
Result<std::string> filter_in(Services& services, const json::object& body, const access::Viewer& viewer) {
  const json::value* given = body.if_contains("filter");
  if (given == nullptr) return "{}";
  std::string filter = json::serialize(*given);
  if (filter.size() > limits::kCallbackFilterBytesMax)
    return fail(Code::too_large, "the filter is too long", std::to_string(filter.size()) + " bytes",
                "at most " + std::to_string(limits::kCallbackFilterBytesMax));
  for (const Reference& reference : TRY(callbacks::references_in(filter))) TRY_OK(services.quota.look_up(viewer, reference.value()));
  return filter;
}

Status only_members(const json::object& body, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : body)
    if (std::ranges::find(known, std::string_view(name)) == known.end())
      return fail(Code::invalid, "a webhook has no such member", legible(name), "see /openapi.yaml");
  return {};
}

Result<std::string> text_in(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  if (value == nullptr) return "";
  if (const json::string* text = value->if_string()) return std::string(*text);
  return fail(Code::invalid, "not a text", std::string(name));
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_read());  // what it is told is what it may read
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  TRY_OK(only_members(body, {"url", "label", "filter", "after"}));
  callbacks::Wish wish;
  wish.id = "wh_" + random_id(services.env, kIdCharacters);
  wish.kind = callbacks::kWebhook;
  wish.party = viewer->party.id;
  wish.url = TRY(text_in(body, "url"));
  wish.label = TRY(text_in(body, "label"));
  wish.filter = TRY(filter_in(services, body, *viewer));
  wish.secret = new_secret(services.env);
  if (body.contains("after")) {
    const auto after = integer_of(body, "after");
    if (!after || *after < 0) return fail(Code::invalid, "not an entry number", "after", "that of the last event you have; 0: all of them");
    wish.after = static_cast<Position>(*after);
  }
  const Subscription webhook = TRY(services.callbacks.book().add(wish));
  return private_answer(TRY(describe(services, webhook, wish.secret)), 201);
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  const auto page = TRY(services.callbacks.book().list(viewer->party.id, callbacks::kWebhook, wish.after, wish.limit));
  std::vector<std::string> items;
  for (const Subscription& webhook : page.subscriptions) items.push_back(TRY(describe(services, webhook)));
  return private_answer(page_json("webhooks", items, page.next));
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(TRY(describe(services, TRY(own_subscription(services, request, viewer)))));
}

Result<http::Response> change(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_read());
  Subscription webhook = TRY(own_subscription(services, request, viewer));
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  TRY_OK(webhook.kind == callbacks::kWebhook ? only_members(body, {"url", "label", "filter", "state"}) : only_members(body, {"state"}));
  if (body.contains("url")) webhook.url = TRY(text_in(body, "url"));
  if (body.contains("label")) webhook.label = TRY(text_in(body, "label"));
  if (body.contains("filter")) webhook.filter = TRY(filter_in(services, body, *viewer));
  if (body.contains("state")) {
    const std::string state = TRY(text_in(body, "state"));
    if (state != "active" && state != "paused") return fail(Code::invalid, "not a state of a webhook", legible(state), "active or paused");
    webhook.state = state == "active" ? callbacks::State::active : callbacks::State::paused;
    webhook.reason.clear();
  }
  return private_answer(TRY(describe(services, TRY(services.callbacks.book().change(std::move(webhook))))));
}

Result<http::Response> remove(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.callbacks.book().remove(TRY(own_webhook(services, request, viewer))));
  return done();
}

Result<http::Response> rotate(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const int64_t overlap_s = TRY(overlap_of(request));
  const std::string secret = new_secret(services.env);
  const Subscription webhook =
      TRY(services.callbacks.book().rotate(TRY(own_webhook(services, request, viewer)), secret, overlap_s * 1'000'000));
  return private_answer(TRY(describe(services, webhook, secret)), 201);
}

// Sends a ping at once, and says what came of it.
Result<http::Response> test(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Subscription webhook = TRY(own_webhook(services, request, viewer));
  const std::vector<std::string> secrets = TRY(services.callbacks.book().secrets(webhook));
  const std::string delivery = uuid_from_digest(sha256(services.env.random_bytes(16)));
  const int64_t began_ns = services.env.steady_ns();
  const auto answered =
      services.callbacks.call(http::Method::post, webhook.url, callbacks::write_ping({webhook, delivery, services.env.now_us(), secrets}));
  if (!answered && answered.error().code == Code::throttled) return std::unexpected(answered.error());
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("delivery", delivery).member("delivered", answered && answered->status / 100 == 2);
  if (answered) writer.member("status", answered->status);
  if (!answered) writer.member("error", answered.error().text());
  writer.member("milliseconds", (services.env.steady_ns() - began_ns) / 1'000'000).end_object();
  return private_answer(std::move(out));
}

void append_delivery(JsonWriter& writer, const Delivery& delivery) {
  writer.begin_object().member("delivery", delivery.id).key("entries").begin_array();
  for (const Position position : delivery.positions) writer.value(position);
  writer.end_array().member("state", delivery.again ? "replaying" : name(delivery.fate)).member("attempts", delivery.attempts);
  if (delivery.status != 0) writer.member("status", delivery.status);
  writer.optional_member("error", delivery.error);
  if (delivery.at_us != 0) writer.member("at", to_rfc3339_utc(delivery.at_us));
  writer.end_object();
}

// The standards have no words for what has died; their subscriptions' deliveries are looked at and replayed here, too.
Result<http::Response> deliveries(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Subscription webhook = TRY(own_subscription(services, request, viewer));
  const std::string state = request.query_value("state") != nullptr ? *request.query_value("state") : "dead";
  constexpr std::array kFates = {Fate::waiting, Fate::delivered, Fate::dead};
  const auto* const fate = std::ranges::find(kFates, state, [](Fate one) { return std::string(name(one)); });
  if (fate == kFates.end()) return fail(Code::invalid, "not a state of a delivery", legible(state), "waiting, delivered or dead");
  const PageWish wish = TRY(page_in(request));
  const auto page = TRY(services.callbacks.book().deliveries(webhook.id, *fate, wish.after, wish.limit));
  std::vector<std::string> items;
  for (const Delivery& delivery : page.deliveries) {
    JsonWriter writer(items.emplace_back());
    append_delivery(writer, delivery);
  }
  return private_answer(page_json("deliveries", items, page.next));
}

Result<http::Response> replay(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const size_t count =
      TRY(services.callbacks.book().replay(TRY(own_subscription(services, request, viewer)), request.parameter("delivery")));
  return private_answer("{\"replaying\":" + std::to_string(count) + "}", 202);
}

}  // namespace

void add_webhook_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    router.add(method, path, answering(services, &access::Viewer::may_manage, answer));
  };
  using enum http::Method;
  route(post, "/v1/webhooks", add);
  route(get, "/v1/webhooks", list);
  route(get, "/v1/webhooks/{webhook}", find);
  route(patch, "/v1/webhooks/{webhook}", change);
  route(del, "/v1/webhooks/{webhook}", remove);
  route(post, "/v1/webhooks/{webhook}/secret", rotate);
  route(post, "/v1/webhooks/{webhook}/test", test);
  route(get, "/v1/webhooks/{webhook}/deliveries", deliveries);
  route(post, "/v1/webhooks/{webhook}/deliveries/replay", replay);
  route(post, "/v1/webhooks/{webhook}/deliveries/{delivery}/replay", replay);
}

}  // namespace fairway::exchange
