// /v1/alert-mails: the addresses that an organisation's alerts are mailed to.
#include "base/bytes.h"
#include "base/json.h"
#include "exchange/account_answers.h"
#include "exchange/alerts/routes.h"
#include "exchange/callbacks/mail_address.h"
#include "exchange/callbacks/webhooks.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

using callbacks::Subscription;

constexpr size_t kIdCharacters = 12;
constexpr std::string_view kScheme = "mailto:";

Status sends_mail(Services& services) {
  if (services.callbacks.kind(callbacks::kMail) != nullptr) return {};
  return fail(Code::unsupported, "this server sends no mail", {}, "its operator starts it with --smtp");
}

Result<Subscription> own_mail(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("mail");
  auto found = TRY(services.callbacks.book().find(id));
  if (found && found->party == viewer->party.id && found->kind == callbacks::kMail) return std::move(*found);
  return fail(Code::not_found, "your organisation has no such address", legible(id), "GET /v1/alert-mails lists them");
}

Result<std::string> describe(Services& services, const Subscription& mail) {
  const callbacks::Progress progress = TRY(services.callbacks.book().progress(mail.id));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", mail.id).member("address", std::string_view(mail.url).substr(kScheme.size()));
  writer.optional_member("label", mail.label).key("filter").raw(mail.filter).member("state", name(mail.state));
  writer.optional_member("reason", mail.reason).member("created", to_rfc3339_utc(mail.created_us)).member("delivered", progress.delivered);
  if (progress.pending)
    writer.key("waiting")
        .begin_object()
        .member("attempts", progress.pending->attempts)
        .optional_member("error", progress.pending->error)
        .end_object();
  writer.end_object();
  return out;
}

// {"alerts": […], "references": […]}: every alert where nothing is said.
Result<std::string> filter_in(Services& services, const json::object& body, const access::Viewer& viewer) {
  json::object filter;
  for (const char* member : {"alerts", "references"})
    if (const json::value* value = body.if_contains(member)) filter[member] = *value;
  if (!filter.contains("alerts")) filter["alerts"] = json::array{"all"};
  std::string text = json::serialize(filter);
  if (text.size() > limits::kCallbackFilterBytesMax)
    return fail(Code::too_large, "the filter is too long", std::to_string(text.size()) + " bytes",
                "at most " + std::to_string(limits::kCallbackFilterBytesMax));
  TRY(services.callbacks.kind(callbacks::kMail)->read_filter(text));
  for (const Reference& reference : TRY(callbacks::references_in(text))) TRY_OK(services.quota.look_up(viewer, reference.value()));
  return text;
}

Result<http::Response> add(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_read());  // what is mailed is what it may read
  TRY_OK(sends_mail(services));
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  for (const auto& [member, value] : body)
    if (member != "address" && member != "label" && member != "alerts" && member != "references")
      return fail(Code::invalid, "an address for alerts has no such member", legible(std::string_view(member)), "see /openapi.yaml");
  callbacks::Wish wish;
  wish.id = "am_" + random_id(services.env, kIdCharacters);
  wish.kind = callbacks::kMail;
  wish.party = viewer->party.id;
  wish.url = std::string(kScheme) + std::string(text_of(body, "address"));
  wish.label = text_of(body, "label");
  wish.filter = TRY(filter_in(services, body, *viewer));
  return private_answer(TRY(describe(services, TRY(services.callbacks.book().add(wish)))), 201);
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  const auto page = TRY(services.callbacks.book().list(viewer->party.id, callbacks::kMail, wish.after, wish.limit));
  std::vector<std::string> items;
  for (const Subscription& mail : page.subscriptions) items.push_back(TRY(describe(services, mail)));
  return private_answer(page_json("mails", items, page.next));
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(TRY(describe(services, TRY(own_mail(services, request, viewer)))));
}

Result<http::Response> remove(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.callbacks.book().remove(TRY(own_mail(services, request, viewer))));
  return done();
}

}  // namespace

void add_alert_mail_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    router.add(method, path, answering(services, &access::Viewer::may_manage, answer));
  };
  using enum http::Method;
  route(post, "/v1/alert-mails", add);
  route(get, "/v1/alert-mails", list);
  route(get, "/v1/alert-mails/{mail}", find);
  route(del, "/v1/alert-mails/{mail}", remove);
}

}  // namespace fairway::exchange
