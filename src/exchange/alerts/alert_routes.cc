// /v1/alerts: what the rules of an organisation have found, the newest first, and what somebody has seen of it.
#include <charconv>

#include "base/bytes.h"
#include "exchange/account_answers.h"
#include "exchange/alerts/routes.h"
#include "exchange/alerts/told.h"
#include "exchange/services.h"

namespace fairway::exchange {
namespace {

constexpr size_t kScanPage = 200;
constexpr size_t kScannedMax = 5'000;  // alerts that one page looks at for the ones that are wanted

struct Wish {
  std::string term, kind, state;
  Position before = 0;
  size_t limit = 0;
};

Result<Wish> wish_of(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  Wish wish;
  const PageWish page = TRY(page_in(request));
  wish.limit = page.limit;
  wish.term = alerts_term(viewer->party.id);
  if (const std::string* key = request.query_value("reference")) {
    const Reference reference = TRY(Reference::from_key(*key));
    TRY_OK(services.quota.look_up(*viewer, reference.value()));
    wish.term = alerts_term(viewer->party.id, reference);
  }
  if (const std::string* kind = request.query_value("kind")) wish.kind = name(TRY(journey::alert_kind_from(*kind)));
  if (const std::string* state = request.query_value("state")) wish.state = *state;
  if (!wish.state.empty() && wish.state != "open" && wish.state != "seen")
    return fail(Code::invalid, "not a state of an alert", legible(wish.state), "open or seen");
  if (page.after.empty()) return wish;
  const auto [end, error] = std::from_chars(page.after.data(), page.after.data() + page.after.size(), wish.before);
  if (error != std::errc() || end != page.after.data() + page.after.size() || wish.before == 0)
    return fail(Code::invalid, "not a cursor", legible(page.after), "use the one of the page before");
  return wish;
}

struct Found {
  Entry entry;
  std::string seen;  // when; "" where nobody has
};

// When each was seen, in their order.
Result<std::vector<Found>> with_seen(store::Snapshot& snapshot, const PartyId& party, std::vector<Entry> entries) {
  std::vector<std::string> keys;
  for (const Entry& entry : entries) keys.push_back(alert_seen_key(party, TRY(alert_head_from(entry.body)).id));
  const auto seen = TRY(snapshot.states(keys));
  std::vector<Found> out;
  for (size_t i = 0; i < entries.size(); ++i) out.push_back({std::move(entries[i]), seen[i] ? seen[i]->value : ""});
  return out;
}

std::string describe(Services& services, const Found& found) {
  std::string out;
  append_event_line(out, found.entry, services.names);
  if (found.seen.empty()) return out;
  out.pop_back();
  std::string more;
  JsonWriter(more).begin_object().member("seen", found.seen).end_object();
  more[0] = ',';
  return out + more;
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  Wish wish = TRY(wish_of(services, request, viewer));
  const auto snapshot = TRY(services.store.snapshot());
  std::vector<std::string> items;
  Position last = 0;
  bool more = true;
  for (size_t scanned = 0; more && items.size() < wish.limit && scanned < kScannedMax;) {
    store::TermScan scan{wish.term, true, last == 0 ? wish.before : last, kScanPage};
    const auto hits = TRY(snapshot->scan(scan));
    more = hits.size() == kScanPage;
    scanned += hits.size();
    std::vector<Position> wanted;
    for (const store::TermHit& hit : hits)
      if (wish.kind.empty() || hit.value == wish.kind) wanted.push_back(hit.position);
    if (!hits.empty()) last = hits.back().position;
    for (const Found& found : TRY(with_seen(*snapshot, viewer->party.id, TRY(snapshot->entries(wanted))))) {
      if (!wish.state.empty() && (wish.state == "seen") == found.seen.empty()) continue;
      items.push_back(describe(services, found));
      if (items.size() < wish.limit) continue;
      more = more || found.entry.position != last;
      last = found.entry.position;
      break;
    }
  }
  return private_answer(page_json("alerts", items, more && last != 0 ? std::to_string(last) : ""));
}

Result<Found> own_alert(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const std::string_view id = request.parameter("alert");
  const auto snapshot = TRY(services.store.snapshot());
  const auto position = TRY(snapshot->find(alert_identity(viewer->party.id, id.substr(0, 64))));
  if (!position) return fail(Code::not_found, "your organisation has no such alert", legible(id), "GET /v1/alerts lists them");
  const Position positions[] = {*position};
  std::vector<Found> found = TRY(with_seen(*snapshot, viewer->party.id, TRY(snapshot->entries(positions))));
  return std::move(found.front());
}

Result<http::Response> find(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  return private_answer(describe(services, TRY(own_alert(services, request, viewer))));
}

// Whoever of the organisation is first; the moment stays.
Result<http::Response> see(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  Found found = TRY(own_alert(services, request, viewer));
  if (!found.seen.empty()) return private_answer(describe(services, found));
  found.seen = to_rfc3339_utc(services.env.now_us());
  store::Batch batch;
  batch.state.push_back({alert_seen_key(viewer->party.id, TRY(alert_head_from(found.entry.body)).id), found.seen, std::nullopt});
  TRY(services.store.commit_and_wait(std::move(batch)));
  return private_answer(describe(services, found));
}

}  // namespace

void add_alert_routes(http::Router& router, Services& services) {
  const auto route = [&](http::Method method, const char* path, AccountAnswer answer) {
    router.add(method, path, answering(services, &access::Viewer::may_read, answer));
  };
  route(http::Method::get, "/v1/alerts", list);
  route(http::Method::get, "/v1/alerts/{alert}", find);
  route(http::Method::post, "/v1/alerts/{alert}/seen", see);
}

}  // namespace fairway::exchange
