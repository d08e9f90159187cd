// Road consignments on a vehicle: which may be bound together, and what becomes of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/instant.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "filing/clock/clock.h"
#include "filing/hold/hold.h"
#include "filing/life/json_parts.h"
#include "filing/life/kept.h"
#include "filing/life/keys.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kList = "bundles";
constexpr std::string_view kBundledFamily = "road-cargo";  // in forms.csv, whatever regime: cargo told in advance and bound to a vehicle

struct Way {
  std::string_view from, to;
};
constexpr std::array kWays = {
    Way{"bundled", "bundled"},    // the authority says from when it may cross
    Way{"bundled", "unbundled"},  //
    Way{"bundled", "crossed"},     Way{"bundled", "inspected"}, Way{"bundled", "expired"},
    Way{"inspected", "inspected"}, Way{"inspected", "crossed"}, Way{"inspected", "expired"},
};
// Where its filings are free for another one. What has crossed has had its journey.
bool sets_free(std::string_view state) { return state == "unbundled" || state == "expired"; }

store::NewEntry entry_of(const Bundle& bundle, std::string_view what, std::string_view person) {
  store::NewEntry entry;
  entry.kind = EntryKind::bundle;
  entry.party = bundle.party;
  entry.received_us = bundle.changed_us;
  entry.terms = {{bundle_key(bundle.id), std::string(what)}};
  JsonWriter writer(entry.body);
  writer.begin_object().member("bundle", bundle.id).member("action", what).optional_member("person", person).member("state", bundle.state);
  append_texts(writer, "filings", bundle.filings);
  writer.member("crossing", bundle.crossing_us).optional_member("controlPoint", bundle.control_point);
  if (bundle.earliest_us) writer.member("earliest", *bundle.earliest_us);
  writer.end_object();
  return entry;
}

Result<std::optional<Bundle>> read_bundle(store::Snapshot& snapshot, std::string_view id) {
  if (!is_id(id)) return std::nullopt;
  const auto found = TRY(snapshot.state(bundle_key(id)));
  if (!found) return std::nullopt;
  Bundle bundle = TRY(bundle_from_json(found->value));
  bundle.version = found->version;
  return bundle;
}

Status check_bounds(const Bundle& bundle, int64_t now_us) {
  if (bundle.party.empty() || bundle.vehicle.empty()) return fail(Code::invalid, "a bundle has a haulier and a vehicle");
  if (bundle.filings.empty()) return fail(Code::invalid, "nothing is to be bundled", {}, "name at least one filing");
  if (bundle.filings.size() > limits::kBundleFilingsMax)
    return fail(Code::too_large, "too many filings for one vehicle", std::to_string(bundle.filings.size()),
                fmt::format("at most {}", limits::kBundleFilingsMax));
  for (const std::string* text : {&bundle.vehicle, &bundle.trailer, &bundle.driver, &bundle.control_point})
    if (text->size() > limits::kIdentifierBytesMax) return fail(Code::too_large, "a text of the bundle is too long");
  if (bundle.crossing_us <= now_us) return fail(Code::invalid, "the crossing is over", to_rfc3339_utc(bundle.crossing_us));
  return {};
}

// The row of forms.csv that counts today.
struct FormRow {
  const Regime* regime = nullptr;
  std::string deadline;
};
Result<FormRow> form_of(const Regimes& regimes, const Filing& filing, std::string_view today) {
  const Regime* regime = regimes.find(filing.key.regime);
  if (regime != nullptr) {
    const Table& forms = regime->table("forms");
    for (size_t row = 0; row < forms.rows(); ++row)
      if (forms.cell(row, "form") == filing.key.form && forms.counts_on(row, today) && forms.cell(row, "family") == kBundledFamily)
        return FormRow{regime, forms.cell(row, "deadline")};
  }
  return fail(Code::conflict, "a filing of this form is not bundled", filing.id + " " + filing.key.text(), "bundle road cargo information");
}

// How long before the crossing it has to be bundled at the least.
Result<int64_t> lead_time_us(const FormRow& form, const Filing& filing, int64_t crossing_us, int64_t now_us) {
  if (form.deadline.empty()) return 0;
  const Deadline limit = TRY(deadline(*form.regime, form.deadline, Instant{.micros = crossing_us}));
  const int64_t lead_us = crossing_us - limit.latest.micros;
  if (now_us <= limit.latest.micros) return lead_us;
  const int64_t minute = 60'000'000;
  return fail(
      Code::conflict, "it is too late to bundle for this crossing (V11)",
      fmt::format("{}: {} minutes before the crossing, and {} are the least", filing.id, (crossing_us - now_us) / minute, lead_us / minute),
      "name a later crossing");
}

Status check_free(const Filing& filing) {
  if (!filing.bundle.empty())
    return fail(Code::conflict, "the filing is bundled already", filing.id, "unbundle " + filing.bundle + " first");
  if (filing.stale)
    return fail(Code::conflict, "the consignment has changed since the filing was lodged", filing.id, "check it, and amend it first");
  if (!may(filing, "bundle"))
    return fail(Code::conflict, "the authority has not accepted the filing", fmt::format("{} is {}", filing.id, name(filing.state)),
                "bundle it once it is accepted");
  return {};
}

// `free`: the keys that a hold on any of it would write.
Status check_not_held(Holds& holds, const Consignment& consignment, const Filing& filing, std::set<std::string>& free) {
  const std::vector<Reference> references = carried(consignment, filing);
  for (const Reference& reference : references) free.insert(held_key(reference));
  const std::vector<Hold> standing = TRY(holds.on(references));
  if (standing.empty()) return {};
  return fail(Code::conflict, "what the filing carries is held",
              fmt::format("{}: {} {}", filing.id, standing.front().id, standing.front().notice), "wait until the authority releases it");
}

// Whether the customs on the far side have the manifest of this carriage: as the record says, or by a filing of another regime of the leg.
bool has_far_manifest(const Consignment& consignment, const Filing& filing, const std::vector<Filing>& others) {
  const Record& record = consignment.record;
  const auto item = record.schema().find(Group::legs, "manifestAccepted");
  if (item && filing.key.leg > 0 && record.value(*item, filing.key.leg - 1) == "yes") return true;
  return std::ranges::any_of(others, [&](const Filing& other) {
    const bool is_accepted = other.standing == State::accepted || other.standing == State::released || other.standing == State::closed;
    return is_accepted && other.key.regime != filing.key.regime && other.key.leg == filing.key.leg && filing.key.leg > 0;
  });
}

Finding without_far_manifest(const Filing& filing) {
  Finding finding;
  finding.rule = "V17";
  finding.weight = Weight::warning;
  finding.form = filing.key.text();
  finding.path = fmt::format("legs[{}].manifestAccepted", std::max(filing.key.leg, 1u));
  finding.message = {filing.id + ": customs on the other side have not accepted the road manifest yet",
                     filing.id + "：對方海關尚未接受公路艙單", filing.id + "：对方海关尚未接受公路舱单"};
  finding.cure = {"tell the driver not to cross before it is accepted", "請通知司機在艙單獲接受前不要過境",
                  "请通知司机在舱单获接受前不要过境"};
  finding.source = "GACC Order 172";
  return finding;
}

struct Loading {
  store::Snapshot& snapshot;
  const Regimes& regimes;
  Holds& holds;
  Bundle& bundle;
  int64_t now_us;
  std::set<std::string>& free;  // of holds, which must still be so when the bundle is stored
};

// The filing, if it may come into the bundle. What is only doubtful goes to the findings.
Result<Filing> load(const Loading& loading, std::string_view id) {
  auto filing = TRY(read_filing(loading.snapshot, id));
  if (!filing) return not_there("filing", id);
  const std::string today = to_rfc3339_utc(loading.now_us).substr(0, 10);
  const FormRow form = TRY(form_of(loading.regimes, *filing, today));
  TRY_OK(check_free(*filing));
  const int64_t lead_us = TRY(lead_time_us(form, *filing, loading.bundle.crossing_us, loading.now_us));
  if (lead_us > 0) loading.bundle.earliest_us = std::max(loading.bundle.earliest_us.value_or(0), loading.now_us + lead_us);
  const auto consignment = TRY(read_consignment(loading.snapshot, loading.regimes.schema(), filing->consignment));
  if (!consignment) return not_there("consignment", filing->consignment);
  TRY_OK(check_not_held(loading.holds, *consignment, *filing, loading.free));
  const std::vector<Filing> others = TRY(read_filings_of(loading.snapshot, filing->consignment));
  if (!has_far_manifest(*consignment, *filing, others)) loading.bundle.findings.push_back(without_far_manifest(*filing));
  return std::move(*filing);
}

Status free_filings(store::Snapshot& snapshot, store::Batch& batch, const Bundle& bundle, std::string_view person) {
  for (const std::string& id : bundle.filings) {
    const auto before = TRY(read_filing(snapshot, id));
    if (!before || before->bundle != bundle.id) continue;
    Filing after = *before;
    after.bundle.clear();
    after.changed_us = bundle.changed_us;
    TRY_OK(put_filing(snapshot, batch, {&*before, after, "unbundled", person, bundle.changed_us}));
  }
  return {};
}

Status check_way(const Bundle& before, const Bundle& after) {
  const bool is_known = std::ranges::any_of(kWays, [&](const Way& way) { return way.from == before.state && way.to == after.state; });
  if (is_known) return {};
  return fail(Code::conflict, "the bundle is not where that can be done", fmt::format("{} is {}", before.id, before.state));
}

// One change of a bundle, tried again where somebody was faster.
Result<Bundle> change_bundle(store::Store& store, Env& env, std::string_view id, std::string_view what, std::string_view person,
                             const std::function<Status(Bundle&)>& step) {
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store.snapshot());
    const auto before = TRY(read_bundle(*snapshot, id));
    if (!before) return not_there("bundle", id);
    Bundle after = *before;
    TRY_OK(step(after));
    if (to_json(after) == to_json(*before)) return after;
    TRY_OK(check_way(*before, after));
    after.id = before->id, after.party = before->party, after.filings = before->filings;
    after.changed_us = env.now_us();
    store::Batch batch;
    batch.state.push_back({bundle_key(id), to_json(after), before->version});
    batch.entries.push_back(entry_of(after, what, person));
    if (sets_free(after.state)) TRY_OK(free_filings(*snapshot, batch, after, person));
    if (!TRY(commit_or_conflict(store, std::move(batch), attempt))) continue;
    after.version = before->version + 1;
    return after;
  }
}

}  // namespace

Result<Bundle> Book::bundle(Bundle bundle, std::string_view person) {
  std::ranges::sort(bundle.filings);
  bundle.filings.erase(std::ranges::unique(bundle.filings).begin(), bundle.filings.end());
  bundle.id = "bnd_" + random_id(env_, kIdCharacters);
  bundle.state = "bundled";
  Holds holds(store_, env_);
  for (int attempt = 1;; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    bundle.created_us = bundle.changed_us = env_.now_us();
    bundle.findings.clear();
    bundle.earliest_us.reset();
    TRY_OK(check_bounds(bundle, bundle.created_us));
    store::Batch batch;
    std::set<std::string> free;
    for (const std::string& id : bundle.filings) {
      const Filing before = TRY(load({*snapshot, regimes_, holds, bundle, bundle.created_us, free}, id));
      Filing after = before;
      after.bundle = bundle.id;
      after.changed_us = bundle.created_us;
      TRY_OK(put_filing(*snapshot, batch, {&before, after, "bundled", person, bundle.created_us}));
    }
    for (const std::string& key : free) batch.state.push_back({key, std::nullopt, 0});
    batch.state.push_back({bundle_key(bundle.id), to_json(bundle), 0});
    batch.state.push_back({list_key(kList, bundle.party, bundle.created_us, bundle.id), "", std::nullopt});
    batch.entries.push_back(entry_of(bundle, "bundled", person));
    if (!TRY(commit_or_conflict(store_, std::move(batch), attempt))) continue;
    bundle.version = 1;
    return bundle;
  }
}

Result<Bundle> Book::unbundle(std::string_view id, std::string_view person) {
  return change_bundle(store_, env_, id, "unbundled", person, [](Bundle& bundle) -> Status {
    if (bundle.state == "unbundled") return fail(Code::conflict, "the bundle was undone before", bundle.id);
    bundle.state = "unbundled";
    return {};
  });
}

Result<Bundle> Book::step_bundle(std::string_view id, std::string_view what, const std::function<Status(Bundle&)>& step) {
  return change_bundle(store_, env_, id, what, "", step);
}

Result<std::optional<Bundle>> Book::find_bundle(std::string_view id) { return read_bundle(*TRY(store_.snapshot()), id); }

Result<PageOf<Bundle>> Book::bundles(const PartyId& party, std::string_view after, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  PageOf<Bundle> page;
  std::string last;
  TRY_OK(walk_list(*snapshot, kList, party, after, [&](std::string_view name, std::string_view id) -> Result<bool> {
    if (page.items.size() == std::min(limit, limits::kFilingsPageSizeMax)) {
      page.next = last;
      return false;
    }
    auto bundle = TRY(read_bundle(*snapshot, id));
    if (!bundle) return fail(Code::internal, "a listed bundle is not there", std::string(id));
    page.items.push_back(std::move(*bundle));
    last = name;
    return true;
  }));
  return page;
}

}  // namespace fairway::filing
