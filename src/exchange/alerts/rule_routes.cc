// /v1/alert-rules: what of its cargo an organisation wants to be told of.
#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/alerts/routes.h"
#include "exchange/alerts/rules.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

constexpr size_t kIdCharacters = 12;

struct Stored {
  AlertRule rule;
  uint64_t version = 0;
};

Result<Stored> own_rule(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("rule");
  const std::string key = alert_rule_key(viewer->party.id, id.substr(0, limits::kIdentifierBytesMax / 2));
  const auto stored = TRY(TRY(services.store.snapshot())->state(key));
  if (!stored) return fail(Code::not_found, "your organisation has no such rule", legible(id), "GET /v1/alert-rules lists them");
  return Stored{TRY(alert_rule_from_state(key, stored->value)), stored->version};
}

// The references in it count as asked for.
Result<AlertRule> rule_in(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_read());  // what it is told is what it may read
  AlertRule rule = TRY(alert_rule_from_request(request.body));
  for (const Reference& reference : rule.references) TRY_OK(services.quota.look_up(*viewer, reference.value()));
  rule.party = viewer->party.id;
  rule.since = TRY(services.store.snapshot())->last();
  rule.created_us = services.env.now_us();
  return rule;
}

Status write(Services& services, const AlertRule& rule, std::string_view action, uint64_t version) {
  store::Batch batch;
  const bool goes = action == "deleted";
  batch.state.push_back({alert_rule_key(rule.party, rule.id), goes ? std::nullopt : std::optional(to_json(rule)), version});
  batch.entries.push_back(alert_rule_entry(rule, action, services.env.now_us()));
  const auto committed = services.store.commit_and_wait(std::move(batch));
  if (committed) return {};
  if (committed.error().code != Code::conflict) return std::unexpected(committed.error());
  return fail(Code::conflict, "the rule has been changed meanwhile", rule.id, "read it again and repeat the change");
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  AlertRule rule = TRY(rule_in(services, request, viewer));
  rule.id = "ar_" + random_id(services.env, kIdCharacters);
  const auto known = TRY(TRY(services.store.snapshot())->state_scan(alert_rule_prefix(rule.party), "", limits::kAlertRulesPerPartyMax));
  if (known.size() >= limits::kAlertRulesPerPartyMax)
    return fail(Code::too_large, "your organisation has too many rules", std::to_string(known.size()), "delete one nobody needs");
  TRY_OK(write(services, rule, "created", 0));
  return private_answer(to_json(rule), 201);
}

Result<http::Response> list(Services& services, const http::Request&, const ViewerPtr& viewer) {
  std::vector<std::string> items;
  const std::string prefix = alert_rule_prefix(viewer->party.id);
  for (const auto& [key, stored] : TRY(TRY(services.store.snapshot())->state_scan(prefix, "", limits::kAlertRulesPerPartyMax)))
    items.push_back(to_json(TRY(alert_rule_from_state(key, stored.value))));
  return private_answer(page_json("rules", items, ""));
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(to_json(TRY(own_rule(services, request, viewer)).rule));
}

Result<http::Response> replace(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Stored before = TRY(own_rule(services, request, viewer));
  AlertRule rule = TRY(rule_in(services, request, viewer));
  rule.id = before.rule.id;
  TRY_OK(write(services, rule, "changed", before.version));
  return private_answer(to_json(rule));
}

Result<http::Response> remove(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Stored before = TRY(own_rule(services, request, viewer));
  TRY_OK(write(services, before.rule, "deleted", before.version));
  return done();
}

}  // namespace

void add_alert_rule_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, May may, AccountAnswer answer) {
    router.add(method, path, answering(services, may, answer));
  };
  using enum http::Method;
  route(post, "/v1/alert-rules", &access::Viewer::may_manage, add);
  route(get, "/v1/alert-rules", &access::Viewer::may_read, list);
  route(get, "/v1/alert-rules/{rule}", &access::Viewer::may_read, find);
  route(http::Method::put, "/v1/alert-rules/{rule}", &access::Viewer::may_manage, replace);
  route(del, "/v1/alert-rules/{rule}", &access::Viewer::may_manage, remove);
}

}  // namespace fairway::exchange
