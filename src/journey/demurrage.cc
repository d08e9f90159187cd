#include "journey/demurrage.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/json_scan.h"
#include "base/json_writer.h"
#include "base/zone.h"
#include "journey/demurrage_clock.h"
#include "journey/demurrage_fields.h"

namespace fairway::journey {
namespace {

struct KindRow {
  Milestone milestone;
  LineKind kind;
};
// What a line may be about. What is not here says nothing about whether the container could be had.
constexpr auto kKinds = std::to_array<KindRow>({
    {Milestone::arrived, LineKind::move},
    {Milestone::discharged, LineKind::move},
    {Milestone::loaded, LineKind::move},
    {Milestone::gate_in, LineKind::move},
    {Milestone::gate_out, LineKind::move},
    {Milestone::picked_up, LineKind::move},
    {Milestone::dropped_off, LineKind::move},
    {Milestone::stripped, LineKind::move},
    {Milestone::delivered, LineKind::move},
    {Milestone::available_for_pick_up, LineKind::availability},
    {Milestone::available_for_drop_off, LineKind::availability},
    {Milestone::last_free_day, LineKind::availability},
    {Milestone::notified, LineKind::paper},
    {Milestone::document_surrendered, LineKind::paper},
    {Milestone::document_held, LineKind::hold},
    {Milestone::document_released, LineKind::hold},
    {Milestone::customs_held, LineKind::hold},
    {Milestone::customs_released, LineKind::hold},
    {Milestone::customs_selected_for_scan, LineKind::hold},
    {Milestone::customs_selected_for_inspection, LineKind::hold},
    {Milestone::inspected, LineKind::hold},
    {Milestone::hold_placed, LineKind::hold},
    {Milestone::hold_released, LineKind::hold},
    {Milestone::appointment_requested, LineKind::appointment},
    {Milestone::appointment_offered, LineKind::appointment},
    {Milestone::appointment_confirmed, LineKind::appointment},
    {Milestone::appointment_cancelled, LineKind::appointment},
    {Milestone::appointment_refused, LineKind::refusal},
    {Milestone::pick_up_refused, LineKind::refusal},
    {Milestone::return_refused, LineKind::refusal},
    {Milestone::return_instructed, LineKind::instruction},
    {Milestone::outage_began, LineKind::outage},
    {Milestone::outage_ended, LineKind::outage},
});
constexpr std::array<std::string_view, 8> kKindNames = {"move", "availability", "appointment", "refusal",
                                                        "hold", "instruction",  "outage",      "paper"};

// Members of a body that a line cites, where the event has them; objects whose members are fields of their own by those (ledger.md).
constexpr auto kCited = std::to_array<std::string_view>(
    {"eventID", "milestone", "classifier", "occurred", "created", "window", "reason", "amendment", "amends"});
constexpr auto kCitedOfPlace = std::to_array<std::string_view>({"UNLocationCode", "facilityCode", "facilityCodeListProvider", "name"});
constexpr auto kCitedOfEquipment = std::to_array<std::string_view>({"load"});

template <size_t count>
void cite_members(std::string_view object, std::string_view path, const std::array<std::string_view, count>& names,
                  std::vector<CitedField>& says) {
  static_cast<void>(each_json_member(object, [&](std::string_view name, std::string_view value) -> Status {
    if (std::ranges::find(names, name) != names.end()) says.push_back({std::string(path) + std::string(name), std::string(value)});
    return {};
  }));
}

std::vector<CitedField> fields_said(const Claim& claim) {
  std::vector<CitedField> says;
  std::string party;
  append_json_string(party, claim.sender);
  says.push_back({"party", std::move(party)});
  says.push_back({"received", std::to_string(claim.received_us)});
  cite_members(claim.body, "body/", kCited, says);
  static_cast<void>(each_json_member(claim.body, [&](std::string_view name, std::string_view value) -> Status {
    if (name == "place") cite_members(value, "body/place/", kCitedOfPlace, says);
    if (name == "equipment") cite_members(value, "body/equipment/", kCitedOfEquipment, says);
    if (name != "references") return {};
    return each_json_element(value, [&](std::string_view element) -> Status {
      says.push_back({"body/references/*", std::string(element)});
      return {};
    });
  }));
  return says;
}

bool names_container(const Event& event, const std::string& container) {
  bool names_some = false;
  for (const Reference& reference : event.references) {
    if (reference.kind() != ReferenceKind::equipment) continue;
    if (reference.value() == container) return true;
    names_some = true;
  }
  return !names_some;
}

Result<std::string> container_of(const Journey& journey, const DemurrageTerms& terms) {
  std::set<std::string> all;
  for (const Claim& claim : journey.claims)
    for (const Reference& reference : claim.event.references)
      if (reference.kind() == ReferenceKind::equipment) all.insert(reference.value());
  std::string wanted = terms.container;
  if (wanted.empty() && journey.reference.reference.kind() == ReferenceKind::equipment) wanted = journey.reference.reference.value();
  if (wanted.empty() && all.size() == 1) return *all.begin();
  if (const auto made = Reference::make(ReferenceKind::equipment, wanted); made && all.contains(made->value())) return made->value();
  if (wanted.empty() && all.empty()) return fail(Code::invalid, "no container is on this journey", journey.reference.reference.key());
  std::string some;
  for (const std::string& one : all)
    if (some.size() < 200) some.append(some.empty() ? "" : ", ").append(one);
  return fail(Code::invalid, wanted.empty() ? "which container?" : "the container is not on this journey", wanted.substr(0, 32),
              "container=…, one of " + some);
}

class Maker {
 public:
  Maker(const Journey& journey, std::string container, const DemurrageTerms& terms, int64_t as_of_us) : journey_(journey) {
    made_.container = std::move(container);
    made_.reference = journey.reference.reference.key();
    made_.position = journey.position;
    made_.as_of_us = as_of_us;
    made_.terms = terms;
    made_.truncated = journey.truncated;
  }

  Certificate make() {
    for (size_t i = 0; i < journey_.claims.size(); ++i) add_line(i);
    add_amendments();
    add_contradictions();
    const ClockClaims claims = clock_claims(journey_, made_.container, made_.terms);
    choose_zone(claims);
    work_out(claims);
    made_.fields = invoice_fields(made_, journey_, claims);
    return std::move(made_);
  }

 private:
  [[nodiscard]] const Claim& claim(size_t index) const { return journey_.claims[index]; }

  // An outage counts where the container was or is to be; its facility may be the port as a whole.
  [[nodiscard]] bool is_here(const Place& outage) const {
    return std::ranges::any_of(journey_.claims, [&](const Claim& other) {
      const Place& place = other.event.place;
      if (kind_of(other.event.milestone) == LineKind::outage || !names_container(other.event, made_.container)) return false;
      return !place.unlocode.empty() && place.unlocode == outage.unlocode && (outage.facility.empty() || outage.facility == place.facility);
    });
  }

  static std::optional<LineKind> kind_of(Milestone milestone) {
    const auto row = std::ranges::find(kKinds, milestone, &KindRow::milestone);
    return row == kKinds.end() ? std::nullopt : std::optional(row->kind);
  }

  void add_line(size_t index) {
    const Claim& told = claim(index);
    const std::optional<LineKind> kind = kind_of(told.event.milestone);
    if (!kind || !names_container(told.event, made_.container)) return;
    if (*kind == LineKind::outage && !is_here(told.event.place)) return;
    CertificateLine line{.entry = told.position, .kind = *kind, .party = told.sender, .logged_us = told.received_us};
    line.event = told.event;
    line.status = told.status;
    line.says = fields_said(told);
    lines_[told.position] = made_.lines.size();
    made_.lines.push_back(std::move(line));
  }

  void add_amendments() {
    std::map<std::pair<PartyId, std::string>, std::vector<size_t>> by_name;
    for (size_t i = 0; i < made_.lines.size(); ++i) {
      const CertificateLine& line = made_.lines[i];
      by_name[{line.party, line.event.id}].push_back(i);
      if (const std::string& document = line.event.source.document; !document.empty() && document != line.event.id)
        by_name[{line.party, document}].push_back(i);
    }
    for (size_t i = 0; i < made_.lines.size(); ++i) {
      CertificateLine& line = made_.lines[i];
      if (line.event.amendment == Amendment::none) continue;
      const auto amended = by_name.find({line.party, line.event.amends});
      if (amended == by_name.end()) continue;
      for (const size_t other : amended->second) {
        if (other == i) continue;
        line.amends.push_back(made_.lines[other].entry);
        made_.lines[other].amended_by.push_back(line.entry);
      }
    }
  }

  void add_contradictions() {
    for (const Conflict& conflict : journey_.conflicts)
      for (const size_t one : conflict.claims)
        for (const size_t other : conflict.claims) {
          const auto line = lines_.find(claim(one).position);
          if (one == other || line == lines_.end() || !lines_.contains(claim(other).position)) continue;
          std::vector<Position>& contradicts = made_.lines[line->second].contradicts;
          if (std::ranges::find(contradicts, claim(other).position) == contradicts.end()) contradicts.push_back(claim(other).position);
        }
  }

  void choose_zone(const ClockClaims& claims) {
    made_.zone = made_.terms.zone;
    for (const std::vector<size_t>* list : {&claims.starts, &claims.arrivals, &claims.stops})
      if (made_.zone.empty() && !list->empty()) made_.zone = zone_of(claim(list->front()).event.place.unlocode);
  }

  void work_out(const ClockClaims& claims) {
    if (!made_.terms.free_days) return void(made_.why_no_free_time = "the asker has not said how many days are free");
    if (claims.starts.empty()) return void(made_.why_no_free_time = "nothing in the record starts the clock");
    const std::vector<Interruption> interruptions = interruptions_of(made_.lines, made_.terms);
    for (const size_t start : claims.starts) {
      if (claims.stops.empty()) work_out(start, std::nullopt, interruptions);
      for (const size_t stop : claims.stops) work_out(start, stop, interruptions);
    }
  }

  void work_out(size_t start, std::optional<size_t> stop, const std::vector<Interruption>& interruptions) {
    FreeTime time{.started_by = claim(start).position, .ended_by = {}, .starts = claim(start).event.occurred};
    if (!made_.zone.empty())
      if (const auto offset = offset_minutes_at(time.starts.micros, made_.zone)) time.starts.offset_minutes = static_cast<int16_t>(*offset);
    if (stop) time.ended_by = claim(*stop).position, time.stopped = claim(*stop).event.occurred;
    const int64_t until = time.stopped ? time.stopped->micros : std::max(made_.as_of_us, time.starts.micros);
    for (const Interruption& stretch : interruptions)
      if (stretch.from_us < until && stretch.to_us.value_or(INT64_MAX) > time.starts.micros) time.interruptions.push_back(stretch);
    for (const CertificateLine& line : made_.lines) {
      const int64_t when = line.event.occurred.micros;
      if (line.kind == LineKind::refusal && line.status == ClaimStatus::current && when >= time.starts.micros && when <= until)
        time.refusals.push_back(line.entry);
    }
    run_clock(time, made_.terms, made_.zone, made_.as_of_us);
    made_.free_time.push_back(std::move(time));
  }

  const Journey& journey_;
  Certificate made_;
  std::map<Position, size_t> lines_;
};

}  // namespace

std::string_view name(LineKind kind) { return kKindNames.at(static_cast<size_t>(kind)); }

Result<Certificate> make_certificate(const Journey& journey, const DemurrageTerms& terms, int64_t as_of_us) {
  return Maker(journey, TRY(container_of(journey, terms)), terms, as_of_us).make();
}

}  // namespace fairway::journey
