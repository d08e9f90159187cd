// /epcis/queries/{queryName}/subscriptions: named queries whose events are called back to a URL of the caller's. subscriptions.h says what
// one is; callbacks/ sends.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "exchange/account_answers.h"
#include "exchange/epcis/named_queries.h"
#include "exchange/epcis/routes.h"
#include "exchange/epcis/subscriptions.h"

namespace fairway::exchange::epcis {
namespace {

using callbacks::Subscription;

constexpr auto kMembers =
    std::to_array<std::string_view>({"dest", "signatureToken", "reportIfEmpty", "initialRecordTime", "schedule", "stream"});
constexpr int64_t kClocksUs = 60'000'000;  // that the clocks of several servers may differ by
constexpr size_t kIdBytes = 16;

Result<http::Response> json_answer(int status, std::string body) {
  http::Response response = answer(status, std::move(body));
  response.content_type = "application/json";
  return response;
}

Result<std::string> text_in(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  if (value == nullptr) return "";
  if (const json::string* text = value->if_string()) return std::string(*text);
  return fail(Code::invalid, "not a text", std::string(name));
}

std::string path_of(std::string_view query_name) {
  return std::string(kRoot).append("/queries/").append(query_name).append("/subscriptions");
}

// The last entry that came before that time, or one a little earlier.
Result<Position> last_before(store::Snapshot& snapshot, int64_t micros) {
  Position low = 0, high = snapshot.last();
  while (low < high) {
    const Position middle = low + (high - low + 1) / 2;
    const auto found = TRY(snapshot.range(middle, 1));
    const bool before = !found.empty() && found.front().received_us < micros - kClocksUs;
    before ? low = middle : high = middle - 1;
  }
  return low;
}

Result<std::string> describe(Services& services, const Subscription& subscription) {
  const StandingQuery standing = TRY(standing_query(subscription.filter));
  const callbacks::Progress progress = TRY(services.callbacks.book().progress(subscription.id));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("subscriptionID", subscription.id).member("queryName", standing.query_name).member("dest", subscription.url);
  writer.member("createdAt", to_rfc3339_utc(subscription.created_us));
  if (progress.left_us != 0) writer.member("lastNotifiedAt", to_rfc3339_utc(progress.left_us));
  writer.optional_member("initialRecordTime", standing.since_text);
  if (standing.format == EpcFormat::digital_link) writer.member("epcFormat", "Always_GS1_Digital_Link");
  if (standing.schedule)
    writer.key("schedule").raw(json::serialize(standing.schedule_text)).member("reportIfEmpty", standing.report_if_empty);
  if (!standing.schedule) writer.member("stream", true);
  if (subscription.state != callbacks::State::active)
    writer.member("state", name(subscription.state)).optional_member("reason", subscription.reason);
  writer.end_object();
  return out;
}

// One of the viewer's own to this query; those of others do not exist.
Result<Subscription> own(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("subscriptionID");
  auto found = TRY(services.callbacks.book().find(id));
  const bool is_own = found && found->party == viewer->party.id && found->kind == kSubscription &&
                      TRY(standing_query(found->filter)).query_name == request.parameter("queryName");
  if (is_own) return std::move(*found);
  return fail(Code::not_found, "there is no such subscription", legible(id));
}

Result<callbacks::Wish> wish_in(Services& services, const http::Request& request, const ViewerPtr& viewer, const NamedQuery& named) {
  const json::value parsed = TRY(object_in(request));
  const json::object& body = parsed.get_object();
  for (const auto& [name, value] : body)
    if (std::ranges::find(kMembers, std::string_view(name)) == kMembers.end())
      return fail(Code::invalid, "a subscription has no such member", legible(name));
  callbacks::Wish wish;
  wish.id = uuid_from_digest(sha256(services.env.random_bytes(kIdBytes)));
  wish.kind = kSubscription;
  wish.party = viewer->party.id;
  wish.url = TRY(text_in(body, "dest"));
  wish.secret = TRY(text_in(body, "signatureToken"));
  wish.filter = TRY(filter_for(named.name, named.parameters, body, TRY(epc_format_of(request))));
  const StandingQuery standing = TRY(standing_query(wish.filter));
  for (const std::string& key : standing.query.keys()) TRY_OK(services.quota.look_up(*viewer, key));
  if (standing.since_us != 0) wish.after = TRY(last_before(*TRY(services.store.snapshot()), standing.since_us));
  return wish;
}

Result<http::Response> create(Services& services, http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(viewer->may_read());  // what it is told is what it may read
  const NamedQuery named = TRY(named_query(services, viewer, request.parameter("queryName")));
  const Subscription subscription = TRY(services.callbacks.book().add(TRY(wish_in(services, request, viewer, named))));
  // Whoever deletes the query takes away those that it finds: this one may have come too late for that.
  if (const auto still = named_query(services, viewer, named.name); !still && still.error().code == Code::not_found) {
    if (const auto found = TRY(services.callbacks.book().find(subscription.id))) TRY_OK(services.callbacks.book().remove(*found));
    return std::unexpected(still.error());
  }
  http::Response response = TRY(json_answer(201, TRY(describe(services, subscription))));
  response.headers.emplace_back("location", path_of(named.name) + "/" + subscription.id);
  return response;
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const Paging paging = TRY(paging_of(request));
  const std::string_view name = request.parameter("queryName");
  std::vector<Subscription> all = TRY(subscriptions_to(services, viewer, name));
  if (all.empty()) TRY(named_query(services, viewer, name));
  std::erase_if(all, [&](const Subscription& subscription) { return subscription.id <= paging.token; });
  const bool more = all.size() > paging.per_page;
  if (more) all.resize(paging.per_page);
  std::string body;
  JsonWriter writer(body);
  writer.begin_array();
  for (const Subscription& subscription : all) writer.raw(TRY(describe(services, subscription)));
  writer.end_array();
  http::Response response = TRY(json_answer(200, std::move(body)));
  if (more) add_next_page(response, request, all.back().id, services.env);
  return response;
}

Result<http::Response> show(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return json_answer(200, TRY(describe(services, TRY(own(services, request, viewer)))));
}

Result<http::Response> erase(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  TRY_OK(services.callbacks.book().remove(TRY(own(services, request, viewer))));
  return answer(204, "");
}

}  // namespace

Result<std::vector<Subscription>> subscriptions_to(Services& services, const ViewerPtr& viewer, std::string_view name) {
  auto page = TRY(services.callbacks.book().list(viewer->party.id, kSubscription, "", limits::kCallbacksPerPartyMax));
  std::vector<Subscription> found;
  for (Subscription& subscription : page.subscriptions)
    if (TRY(standing_query(subscription.filter)).query_name == name) found.push_back(std::move(subscription));
  return found;
}

void add_subscription_routes(http::Router& router, Services& services) {
  const std::string all = path_of("{queryName}"), one = all + "/{subscriptionID}";
  const auto add = [&](http::Method method, const std::string& path, auto handler) {
    router.add(method, path,
               route(services, &access::Viewer::may_manage, Subject::subscription,
                     [&services, handler](http::Request& request, const ViewerPtr& viewer) { return handler(services, request, viewer); }));
  };
  add(http::Method::post, all, create);
  add(http::Method::get, all, list);
  add(http::Method::get, one, show);
  add(http::Method::del, one, erase);
  add_options(router, all, "OPTIONS, GET, POST");
  add_options(router, one, "OPTIONS, GET, DELETE");
}

}  // namespace fairway::exchange::epcis
