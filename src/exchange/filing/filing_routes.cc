// /v1/filings: drafts of what must be filed, the work-list, one filing in the formats that people and authorities read.
#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/account_answers.h"
#include "exchange/filing/consignment_answers.h"
#include "exchange/filing/filing_answers.h"
#include "exchange/filing/filing_for.h"
#include "exchange/filing/plan_sight.h"
#include "exchange/filing/rooms.h"
#include "exchange/filing/routes.h"

namespace fairway::exchange {
namespace {

using filing::Filing;

constexpr size_t kFormsMax = 200;      // asked for at once
constexpr size_t kScannedMax = 5'000;  // filings looked at for one page

Result<std::vector<filing::FormKey>> forms_in(const json::object& body) {
  std::vector<filing::FormKey> keys;
  const json::array* forms = array_of(body, "forms");
  if (forms == nullptr) return keys;
  if (forms->size() > kFormsMax) return fail(Code::too_large, "too many forms at once", std::to_string(forms->size()));
  for (const json::value& item : *forms)
    keys.push_back(TRY(filing::FormKey::parse(item.is_string() ? std::string_view(item.get_string()) : std::string_view())));
  return keys;
}

const Filing* live(const std::vector<Filing>& filings, const filing::FormKey& key) {
  const auto found =
      std::ranges::find_if(filings, [&](const Filing& one) { return one.key == key && one.state != filing::State::cancelled; });
  return found == filings.end() ? nullptr : &*found;
}

// Those wanted of the viewer's plan: all of it where nothing is said.
Result<std::vector<const filing::PlannedFiling*>> wanted_of(const filing::Plan& plan, const std::vector<filing::FormKey>& keys) {
  std::vector<const filing::PlannedFiling*> wanted;
  if (keys.empty())
    for (const filing::PlannedFiling& planned : plan.filings) wanted.push_back(&planned);
  for (const filing::FormKey& key : keys) {
    const auto found = std::ranges::find(plan.filings, key, &filing::PlannedFiling::key);
    if (found == plan.filings.end())
      return fail(Code::conflict, "the consignment does not call for this form from you", key.text(),
                  "GET /v1/consignments/{consignment}/plan has those that it calls for");
    wanted.push_back(&*found);
  }
  return wanted;
}

Result<http::Response> draft(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const std::vector<filing::FormKey> keys = TRY(forms_in(parsed.get_object()));
  const SeenConsignment seen = TRY(consignment_for(services, text_of(parsed.get_object(), "consignment"), *viewer));
  if (seen.sight.part() == RecordSight::Part::operator_) return fail(Code::forbidden, "the operator files nothing for others");
  FilingRooms& rooms = *services.filings;
  const std::vector<Filing> known = TRY(rooms.book.filings_of(seen.consignment.id));
  const PlanSight sight = TRY(plan_for(seen.sight, seen.consignment, known, rooms.regimes, rooms.desk));
  std::vector<std::string> items;
  bool any_new = false;
  for (const filing::PlannedFiling* planned : TRY(wanted_of(sight.plan, keys))) {
    if (const Filing* before = live(known, planned->key)) {
      if (sees(*viewer, *before)) items.push_back(short_json(services, *before));
      continue;
    }
    const Filing begun = rooms.desk.begin(seen.consignment, *planned, viewer->party.id);
    items.push_back(short_json(services, TRY(rooms.book.add(begun, viewer->person))));
    any_new = true;
  }
  return private_answer(page_json("filings", items, ""), any_new ? 201 : 200);
}

// What a work-list is asked for.
struct Asked {
  std::optional<filing::State> state;
  std::string consignment;
  std::optional<bool> stale, late;
  bool by_attention = false;
};

Result<std::optional<bool>> truth_in(const http::Request& request, const char* name) {
  const std::string* text = request.query_value(name);
  if (text == nullptr) return std::nullopt;
  if (*text != "yes" && *text != "no") return fail(Code::invalid, "yes or no?", std::string(name) + "=" + legible(*text));
  return std::optional(*text == "yes");
}

Result<Asked> asked_in(const http::Request& request) {
  Asked asked;
  if (const std::string* state = request.query_value("state")) asked.state = TRY(filing::state_from(*state));
  if (const std::string* consignment = request.query_value("consignment")) asked.consignment = *consignment;
  asked.stale = TRY(truth_in(request, "stale"));
  asked.late = TRY(truth_in(request, "late"));
  if (const std::string* order = request.query_value("order")) {
    if (*order != "attention")
      return fail(Code::invalid, "not an order", "order=" + legible(*order), "attention, or none: the newest first");
    asked.by_attention = true;
  }
  return asked;
}

bool is_asked_for(const Filing& filing, const Asked& asked, int64_t now_us) {
  if (asked.state && filing.state != *asked.state) return false;
  if (!asked.consignment.empty() && filing.consignment != asked.consignment) return false;
  if (asked.stale && filing.stale != *asked.stale) return false;
  return !asked.late || is_late(filing, now_us) == *asked.late;
}

Result<http::Response> newest(Services& services, const PageWish& wish, const Asked& asked, const PartyId& party) {
  std::vector<std::string> items;
  std::string after = wish.after;
  const int64_t now_us = services.env.now_us();
  for (size_t scanned = 0; items.size() < wish.limit && scanned < kScannedMax;) {
    const auto page = TRY(services.filings->book.filings(party, after, wish.limit - items.size()));
    for (const Filing& one : page.items)
      if (is_asked_for(one, asked, now_us)) items.push_back(short_json(services, one));
    scanned += page.items.size();
    after = page.next;
    if (after.empty()) break;
  }
  return private_answer(page_json("filings", items, after));
}

// The newest kScannedMax, what needs somebody first and then the nearest deadline; without a cursor, since the order changes meanwhile.
Result<http::Response> by_attention(Services& services, const PageWish& wish, const Asked& asked, const PartyId& party) {
  const int64_t now_us = services.env.now_us();
  std::vector<Filing> found;
  std::string after;
  for (size_t scanned = 0; scanned < kScannedMax;) {
    auto page = TRY(services.filings->book.filings(party, after, limits::kPeoplePageSizeMax));
    scanned += page.items.size();
    for (Filing& one : page.items)
      if (is_asked_for(one, asked, now_us)) found.push_back(std::move(one));
    after = page.next;
    if (after.empty()) break;
  }
  std::ranges::stable_sort(found, {},
                           [&](const Filing& one) { return std::pair(attention(one, now_us), one.latest_us.value_or(INT64_MAX)); });
  std::vector<std::string> items;
  for (size_t i = 0; i < std::min(found.size(), wish.limit); ++i) items.push_back(short_json(services, found[i]));
  return private_answer(page_json("filings", items, ""));
}

Result<http::Response> list(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const PageWish wish = TRY(page_in(request));
  const Asked asked = TRY(asked_in(request));
  return (asked.by_attention ? by_attention : newest)(services, wish, asked, viewer->party.id);
}

// Values that a person lays over what was filled in.
Result<http::Response> lay_over(Services& services, const http::Request& request, const ViewerPtr& viewer) {
  const json::value parsed = TRY(object_in(request));
  const json::object* fields = object_of(parsed.get_object(), "fields");
  if (fields == nullptr) return fail(Code::invalid, "nothing to change", {}, R"({"fields":{"importer.name":"WING ON LTD"}})");
  const Filing filing = TRY(own_filing(services, request.parameter("filing"), *viewer));
  FilingRooms& rooms = *services.filings;
  const Surroundings around = TRY(surroundings_of(services, filing));
  const Filing after = TRY(rooms.book.step(filing.id, "changed", viewer->person, [&](Filing& now) -> Status {
    const filing::Draft before = now.draft;
    for (const auto& [name, value] : *fields) {
      if (value.is_null()) {
        now.overrides.erase(std::string(name));
        continue;
      }
      if (!value.is_string() || value.get_string().size() > limits::kTextBytesMax)
        return fail(Code::invalid, "a value is a text", legible(name), "at most " + std::to_string(limits::kTextBytesMax) + " bytes");
      now.overrides[std::string(name)] = std::string_view(value.get_string());
    }
    TRY_OK(rooms.desk.refill(now, around.consignment, around.filings));
    for (const auto& [name, value] : *fields)  // an optional field without a value is in no draft before
      if (now.draft.find(name) == nullptr && before.find(name) == nullptr)
        return fail(Code::invalid, "the form has no such field", legible(name));
    return {};
  }));
  return private_answer(whole_json(services, after));
}

}  // namespace

void add_filing_routes(http::Router& router, Services& services) {
  using enum http::Method;
  router.add(post, "/v1/filings", answering(services, &access::Viewer::may_send, draft));
  router.add(get, "/v1/filings", answering(services, &access::Viewer::may_read, list));
  router.add(patch, "/v1/filings/{filing}", answering(services, &access::Viewer::may_send, lay_over));
}

}  // namespace fairway::exchange
