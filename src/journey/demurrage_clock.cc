#include "journey/demurrage_clock.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/zone.h"

namespace fairway::journey {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;
constexpr size_t kClockClaimsMax = 4;  // of each end
constexpr size_t kInterruptionsMax = 200;
constexpr int kDaysWalkedMax = 2'000;

enum class Laden : uint8_t { any, not_empty, not_laden };
struct Step {
  Milestone milestone;
  Laden load = Laden::any;
};
// What starts and what stops the clock. A claim that says nothing of the load may be either.
struct ClockRow {
  Traffic traffic;
  Charge charge;
  std::array<Step, 2> starts;
  Milestone available;  // what starts it where it starts with availability
  std::array<Step, 2> stops;
};
constexpr std::array kClocks = {
    ClockRow{Traffic::import,
             Charge::demurrage,
             {{{Milestone::discharged}, {Milestone::discharged}}},
             Milestone::available_for_pick_up,
             {{{Milestone::gate_out, Laden::not_empty}, {Milestone::picked_up, Laden::not_empty}}}},
    ClockRow{Traffic::import,
             Charge::detention,
             {{{Milestone::gate_out, Laden::not_empty}, {Milestone::picked_up, Laden::not_empty}}},
             Milestone::available_for_pick_up,
             {{{Milestone::gate_in, Laden::not_laden}, {Milestone::dropped_off, Laden::not_laden}}}},
    ClockRow{Traffic::export_,
             Charge::detention,
             {{{Milestone::gate_out, Laden::not_laden}, {Milestone::picked_up, Laden::not_laden}}},
             Milestone::available_for_drop_off,
             {{{Milestone::gate_in, Laden::not_empty}, {Milestone::dropped_off, Laden::not_empty}}}},
    ClockRow{Traffic::export_,
             Charge::demurrage,
             {{{Milestone::gate_in, Laden::not_empty}, {Milestone::dropped_off, Laden::not_empty}}},
             Milestone::available_for_drop_off,
             {{{Milestone::loaded}, {Milestone::loaded}}}},
};

const ClockRow& clock_of(const DemurrageTerms& terms) {
  return *std::ranges::find_if(kClocks, [&](const ClockRow& row) { return row.traffic == terms.traffic && row.charge == terms.charge; });
}

class Way {
 public:
  Way(const Journey& journey, const std::string& container) : journey_(journey) {
    for (const MilestoneGroup& group : journey.milestones)
      if (!group.actual.empty() && group.equipment == container) groups_.push_back(&group);
    std::ranges::stable_sort(groups_, {}, [this](const MilestoneGroup* group) { return at(*group); });
  }

  [[nodiscard]] const MilestoneGroup* first_of(std::span<const Step> steps, int64_t after_us) const {
    for (const MilestoneGroup* group : groups_)
      if (at(*group) > after_us && std::ranges::any_of(steps, [&](const Step& step) { return fits(*group, step); })) return group;
    return nullptr;
  }
  // The discharge with which the voyage ended: the container was not loaded on a vessel again. Trains and trucks come after it.
  [[nodiscard]] const MilestoneGroup* last_discharge() const {
    const MilestoneGroup* found = nullptr;
    for (const MilestoneGroup* group : groups_) {
      if (is_on_land(*group)) continue;
      if (group->milestone == Milestone::discharged) found = group;
      if (group->milestone == Milestone::loaded && found != nullptr && at(*group) > at(*found)) found = nullptr;
    }
    return found;
  }
  [[nodiscard]] int64_t at(const MilestoneGroup& group) const { return journey_.claims[group.actual.front()].event.occurred.micros; }
  // Of the container itself, or of cargo that names no container.
  [[nodiscard]] std::vector<size_t> told_between(Milestone milestone, int64_t from_us, int64_t to_us, const std::string& container) const {
    std::vector<size_t> out;
    for (const MilestoneGroup& group : journey_.milestones) {
      if (group.milestone != milestone || (!group.equipment.empty() && group.equipment != container)) continue;
      for (const size_t claim : group.actual)
        if (const int64_t when = journey_.claims[claim].event.occurred.micros; when >= from_us && when <= to_us) out.push_back(claim);
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_on_land(const MilestoneGroup& group) const {
    const TransportMode mode = journey_.claims[group.actual.front()].event.transport.mode;
    return mode == TransportMode::rail || mode == TransportMode::truck;
  }

  [[nodiscard]] bool fits(const MilestoneGroup& group, const Step& step) const {
    if (group.milestone != step.milestone) return false;
    const auto loaded_as = [&](Load load) {
      return std::ranges::any_of(group.actual, [&](size_t claim) { return journey_.claims[claim].event.equipment.load == load; });
    };
    if (step.load == Laden::not_empty) return !loaded_as(Load::empty) || loaded_as(Load::laden);
    if (step.load == Laden::not_laden) return !loaded_as(Load::laden) || loaded_as(Load::empty);
    return true;
  }

  const Journey& journey_;
  std::vector<const MilestoneGroup*> groups_;
};

std::vector<size_t> some_of(std::vector<size_t> claims) {
  if (claims.size() > kClockClaimsMax) claims.resize(kClockClaimsMax);
  return claims;
}

// Days since 1970-01-01 by the clock of the place.
class Calendar {
 public:
  Calendar(std::string zone, int16_t offset_minutes) : zone_(std::move(zone)), offset_(offset_minutes) {}

  [[nodiscard]] int64_t day_of(int64_t micros) const {
    const int64_t local = micros + offset_at(micros) * int64_t{60'000'000};
    return local >= 0 ? local / kDayUs : (local - kDayUs + 1) / kDayUs;
  }
  [[nodiscard]] Instant beginning_of(int64_t day) const {
    const CivilTime civil = civil_of(day * kDayUs, 0);
    if (!zone_.empty())
      if (Result<Instant> instant = instant_in_zone(civil, zone_)) return *instant;
    Instant instant{.micros = day * kDayUs - offset_ * int64_t{60'000'000}, .offset_minutes = offset_};
    return instant;
  }
  static std::string text_of(int64_t day) {
    const CivilTime civil = civil_of(day * kDayUs, 0);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    return text.data();
  }
  static bool is_weekend(int64_t day) {
    const int64_t weekday = ((day + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; 0 is Sunday
    return weekday == 0 || weekday == 6;
  }

 private:
  [[nodiscard]] int offset_at(int64_t micros) const {
    if (zone_.empty()) return offset_;
    return offset_minutes_at(micros, zone_).value_or(offset_);
  }
  std::string zone_;
  int16_t offset_;
};

class Clock {
 public:
  Clock(FreeTime& time, const DemurrageTerms& terms, const std::string& zone)
      : time_(time), terms_(terms), calendar_(zone, time.starts.offset_minutes) {}

  void run(int64_t as_of_us) {
    const int64_t last = calendar_.day_of(time_.stopped ? time_.stopped->micros : std::max(as_of_us, time_.starts.micros));
    const int64_t after_free = walk_free_days();
    time_.ends = calendar_.beginning_of(after_free);
    for (int64_t day = after_free; day <= last; ++day) {
      if (time_.charged.size() == kChargedDaysMax || day - after_free > kDaysWalkedMax) return void(time_.cut = true);
      if (counts(day, terms_.charged_counted)) time_.charged.push_back(Calendar::text_of(day));
    }
  }

 private:
  // The day after the last free one.
  int64_t walk_free_days() {
    int64_t day = calendar_.day_of(time_.starts.micros) + (terms_.first_day_counts ? 0 : 1);
    int left = *terms_.free_days;
    for (int walked = 0; left > 0 && walked < kDaysWalkedMax; ++walked, ++day) {
      if (!counts(day, terms_.free_counted)) continue;
      if (time_.first_day.empty()) time_.first_day = Calendar::text_of(day);
      time_.last_day = Calendar::text_of(day);
      --left;
    }
    return day;
  }

  bool counts(int64_t day, CountedDays counted) {
    const std::string text = Calendar::text_of(day);
    const bool day_off =
        counted == CountedDays::working && (Calendar::is_weekend(day) || std::ranges::binary_search(terms_.holidays, text));
    if (!day_off && !is_stopped(day)) return true;
    if (time_.not_counted.size() < kChargedDaysMax) time_.not_counted.push_back(text);
    return false;
  }

  [[nodiscard]] bool is_stopped(int64_t day) const {
    const int64_t from = calendar_.beginning_of(day).micros, to = calendar_.beginning_of(day + 1).micros;
    return std::ranges::any_of(time_.interruptions, [&](const Interruption& stretch) {
      return stretch.stops_clock && stretch.from_us < to && stretch.to_us.value_or(INT64_MAX) > from;
    });
  }

  FreeTime& time_;
  const DemurrageTerms& terms_;
  const Calendar calendar_;
};

struct Ends {
  Milestone begins, ends;
  LineKind kind;
};
constexpr std::array kStretches = {
    Ends{Milestone::customs_held, Milestone::customs_released, LineKind::hold},
    Ends{Milestone::hold_placed, Milestone::hold_released, LineKind::hold},
    Ends{Milestone::document_held, Milestone::document_released, LineKind::hold},
    Ends{Milestone::outage_began, Milestone::outage_ended, LineKind::outage},
};

bool is_fact(const CertificateLine& line) {
  return line.event.classifier == Classifier::actual && line.status == ClaimStatus::current &&
         line.event.amendment != Amendment::retraction;
}

bool is_end_of(const CertificateLine& begun, const CertificateLine& line, const Ends& ends) {
  return is_fact(line) && line.event.milestone == ends.ends && line.party == begun.party && line.event.occurred >= begun.event.occurred &&
         line.event.place.key() == begun.event.place.key();
}

}  // namespace

ClockClaims clock_claims(const Journey& journey, const std::string& container, const DemurrageTerms& terms) {
  const ClockRow& row = clock_of(terms);
  const Way way(journey, container);
  ClockClaims out;
  const MilestoneGroup* arrival = nullptr;
  const MilestoneGroup* discharge = terms.traffic == Traffic::import ? way.last_discharge() : nullptr;
  if (terms.traffic == Traffic::import && terms.charge == Charge::demurrage)
    arrival = discharge;
  else
    arrival = way.first_of(row.starts, discharge == nullptr ? INT64_MIN : way.at(*discharge));
  int64_t begun_us = arrival == nullptr ? INT64_MIN : way.at(*arrival);
  const MilestoneGroup* stop = arrival == nullptr ? nullptr : way.first_of(row.stops, begun_us);
  if (arrival != nullptr) out.arrivals = some_of(arrival->actual);
  if (stop != nullptr) out.stops = some_of(stop->actual);
  // A container may be brought from before it is; it is available from after its discharge.
  const int64_t from_us = terms.traffic == Traffic::export_ ? INT64_MIN : begun_us;
  out.available = some_of(way.told_between(row.available, from_us, stop == nullptr ? INT64_MAX : way.at(*stop), container));
  const bool by_availability = terms.charge == Charge::demurrage && terms.start == ClockStart::availability;
  out.starts = by_availability ? out.available : out.arrivals;
  return out;
}

std::vector<Interruption> interruptions_of(const std::vector<CertificateLine>& lines, const DemurrageTerms& terms) {
  std::vector<Interruption> out;
  for (const CertificateLine& line : lines) {
    const auto ends = std::ranges::find(kStretches, line.event.milestone, &Ends::begins);
    if (ends == kStretches.end() || !is_fact(line) || out.size() == kInterruptionsMax) continue;
    Interruption stretch{.kind = ends->kind, .from_us = line.event.occurred.micros, .to_us = {}, .entries = {line.entry}};
    stretch.stops_clock = ends->kind == LineKind::hold ? terms.holds_stop : terms.outages_stop;
    if (line.event.window.ends) stretch.to_us = line.event.window.ends->micros;
    const CertificateLine* end = nullptr;  // the first that the same party tells; what happened goes before what was announced
    for (const CertificateLine& other : lines)
      if (is_end_of(line, other, *ends) && (end == nullptr || other.event.occurred < end->event.occurred)) end = &other;
    if (end != nullptr) stretch.to_us = end->event.occurred.micros, stretch.entries.push_back(end->entry);
    out.push_back(std::move(stretch));
  }
  return out;
}

void run_clock(FreeTime& time, const DemurrageTerms& terms, const std::string& zone, int64_t as_of_us) {
  Clock(time, terms, zone).run(as_of_us);
}

}  // namespace fairway::journey
