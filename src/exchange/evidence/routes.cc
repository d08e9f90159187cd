#include "exchange/evidence/routes.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <semaphore>

#include "base/bytes.h"
#include "base/limits.h"
#include "exchange/account_answers.h"
#include "exchange/evidence/collect.h"
#include "exchange/evidence/disclosure.h"
#include "exchange/journey_query.h"
#include "exchange/services.h"
#include "journey/assemble.h"
#include "journey/demurrage.h"

namespace fairway::exchange::evidence {
namespace {

constexpr ptrdiff_t kAtOnce = 2;  // bundles that are made at a time: each is work for a processor, and waits for the one PDF writer

// What the routes share.
struct Office {
  Services& services;
  const std::string verifier;
  std::counting_semaphore<kAtOnce> places{kAtOnce};
};

// A place at the work, given back at the end.
class Place {
 public:
  explicit Place(Office& office) : office_(office), taken_(office.places.try_acquire()) {}
  ~Place() {
    if (taken_) office_.places.release();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] Status status() const {
    if (taken_) return {};
    Error busy{Code::overloaded, "other evidence is being made", "", "ask again in a second"};
    busy.retry_after_s = 1;
    return std::unexpected(std::move(busy));
  }

 private:
  Office& office_;
  const bool taken_;
};

Result<journey::Language> language_of(const http::Request& request) {
  const std::string* language = request.query_value("language");
  return language == nullptr ? journey::Language::en : journey::language_from(*language);
}

std::unexpected<Error> no_such_entry() { return fail(Code::not_found, "there is no such entry"); }

Result<Position> entry_of(const http::Request& request) {
  const std::string_view text = request.parameter("entry");
  Position entry = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), entry);
  if (error != std::errc() || end != text.data() + text.size()) return fail(Code::invalid, "not the number of an entry", legible(text));
  return entry;
}

// The entry as the viewer is shown it, where it is shown at all.
Result<Disclosed> disclosed_of(Services& services, store::Snapshot& snapshot, const ViewerPtr& viewer, Position position,
                               access::Looks& looks) {
  if (position == 0 || position > snapshot.last()) return no_such_entry();
  Disclosed disclosed;
  disclosed.entry = std::move(TRY(snapshot.entries(std::span(&position, 1))).front());
  const Entry& entry = disclosed.entry;
  Eyes eyes(snapshot, services.rule, viewer);
  if (entry.kind != EntryKind::event) {
    if (!eyes.sees_other(entry)) return no_such_entry();
    disclosed.shown = all_fields(entry);
    return disclosed;
  }
  Event event = TRY(event_from_json(entry.body));
  const Eyes::Seen seen = TRY(eyes.see(entry, event));
  if (!seen.seen) return no_such_entry();
  disclosed.shown = seen.redacted ? shown_fields(entry, to_json(event)) : all_fields(entry);
  saw(looks, entry.party, event, seen.grant);
  disclosed.event = std::move(event);
  return disclosed;
}

// `file`: what to call it; characters that a file's name does not always have go.
http::Response bundle_answer(std::string bytes, std::string file) {
  http::Response response = private_answer(std::move(bytes));
  response.content_type = "application/zip";
  std::erase_if(file, [](unsigned char c) { return c >= 0x80 || (std::isalnum(c) == 0 && c != '-'); });
  response.headers.emplace_back("content-disposition", "attachment; filename=\"" + file + ".zip\"");
  return response;
}

Result<http::Response> of_entry(Office& office, const http::Request& request, const ViewerPtr& viewer) {
  Services& services = office.services;
  const Position position = TRY(entry_of(request));
  Wish wish;
  wish.about = "entry:" + std::to_string(position);
  wish.language = TRY(language_of(request));
  TRY_OK(services.quota.look_up(*viewer, wish.about));
  const auto snapshot = TRY(services.store.snapshot());
  access::Looks looks(*viewer, access::Channel::export_);
  wish.entries.push_back(TRY(disclosed_of(services, *snapshot, viewer, position, looks)));
  const Place place(office);
  TRY_OK(place.status());
  std::string bundle = TRY(collect(services, *snapshot, *viewer, wish, office.verifier));
  TRY_OK(services.access_log.note(std::move(looks)));
  return bundle_answer(std::move(bundle), "entry-" + std::to_string(position));
}

// All events of the journey that the viewer is shown, by entry.
Result<std::vector<Disclosed>> disclosed_of(store::Snapshot& snapshot, const journey::Journey& journey) {
  std::vector<const journey::Claim*> claims;
  for (const journey::Claim& claim : journey.claims) claims.push_back(&claim);
  std::ranges::sort(claims, {}, &journey::Claim::position);
  std::vector<Position> positions;
  for (const journey::Claim* claim : claims) positions.push_back(claim->position);
  std::vector<Entry> entries = TRY(snapshot.entries(positions));
  std::vector<Disclosed> disclosed;
  for (size_t i = 0; i < entries.size(); ++i) disclosed.push_back({std::move(entries[i]), {}, claims[i]->event});
  for (size_t i = 0; i < disclosed.size(); ++i) disclosed[i].shown = shown_fields(disclosed[i].entry, claims[i]->body);
  return disclosed;
}

// The certificate of free time by the terms of the request. A journey that has none goes without, unless terms were asked for.
Status certify(Services& services, const http::Request& request, const journey::Journey& journey, Wish& wish) {
  const journey::DemurrageTerms terms =
      TRY(journey::demurrage_terms_from([&](std::string_view name) { return request.query_value(name); }));
  const auto certificate = journey::make_certificate(journey, terms, services.env.now_us());
  if (!certificate) {
    const auto asked = [&](std::string_view name) { return request.query_value(name) != nullptr; };
    const std::vector<std::string_view> parameters = journey::demurrage_parameters();
    return std::ranges::any_of(parameters, asked) ? Status(std::unexpected(certificate.error())) : Status();
  }
  if (certificate->lines.empty()) return {};
  const journey::PartyNames names = [&services](const PartyId& id) {
    const PartyNames::Name known = services.names.find(id);
    return journey::PartyName{known.name, known.role};
  };
  wish.certificate = journey::to_json(*certificate, names);
  std::vector<journey::CertificateTable> tables = journey::tables_of(*certificate, names);
  for (journey::CertificateTable& table : tables) {
    wish.tables.emplace_back(paper::Heading{1, std::move(table.heading)});
    if (!table.text.empty()) wish.tables.emplace_back(paper::Paragraph{std::move(table.text)});
    paper::Table rows;
    for (std::string& column : table.columns) rows.columns.push_back({std::move(column), 1});
    rows.rows = std::move(table.rows);
    if (!rows.rows.empty()) wish.tables.emplace_back(std::move(rows));
  }
  return {};
}

Result<http::Response> of_journey(Office& office, const http::Request& request, const ViewerPtr& viewer) {
  Services& services = office.services;
  const journey::Options options = TRY(journey_options_of(request));
  Wish wish;
  wish.language = TRY(language_of(request));
  TRY_OK(services.quota.look_up(*viewer, request.parameter("reference")));
  const auto snapshot = TRY(services.store.snapshot());
  const ViewerSight sight(services.rule, viewer);
  const journey::Journey journey = TRY(journey::find(*snapshot, request.parameter("reference"), sight, options));
  if (journey.truncated || journey.claims.size() > limits::kBundleEntriesMax)
    return fail(Code::too_large, "the journey has more events than one bundle holds", std::to_string(journey.claims.size()),
                "ask for one of its containers or trips, or entry by entry");
  const Place place(office);
  TRY_OK(place.status());
  wish.about = journey.reference.reference.key();
  wish.entries = TRY(disclosed_of(*snapshot, journey));
  TRY_OK(certify(services, request, journey, wish));
  std::string bundle = TRY(collect(services, *snapshot, *viewer, wish, office.verifier));
  access::Looks looks(*viewer, access::Channel::export_);
  for (const journey::Claim& claim : journey.claims) saw(looks, claim.sender, claim.event, claim.grant ? &*claim.grant : nullptr);
  TRY_OK(services.access_log.note(std::move(looks)));
  return bundle_answer(std::move(bundle), "journey-" + journey.reference.reference.value());
}

}  // namespace

void add_routes(http::Router& router, Services& services, std::string verifier) {
  const auto office = std::make_shared<Office>(services, std::move(verifier));
  using Make = Result<http::Response> (*)(Office&, const http::Request&, const ViewerPtr&);
  const auto add = [&](const char* path, Make make) {
    router.add(http::Method::get, path,
               answering(services, &access::Viewer::may_read,
                         [office, make](const http::Request& request, const ViewerPtr& viewer) { return make(*office, request, viewer); }));
  };
  add("/v1/entries/{entry}/evidence", of_entry);
  add("/v1/journeys/{reference}/evidence", of_journey);
}

}  // namespace fairway::exchange::evidence
