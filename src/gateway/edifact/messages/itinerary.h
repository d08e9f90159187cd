// Itinerary: the means of transport of a consignment or of a schedule, stage by stage, with their places and times; and the arrivals
// and departures that these state.
//
// Plain values, filled segment by segment. Not thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class Itinerary {
 public:
  // Takes TDT, and LOC and DTM in and outside of a stage. `RFF VON` names the voyage of the stage that it follows.
  void segment(Report& report, const Segment& segment);
  // LOC and DTM that follow are of no stage (any more).
  void leave_stage() {
    in_stage_ = false;
    last_.reset();
  }

  // States what its times say. `subject`: the papers that travel; none for a schedule, whose events are the vessel's own. Places that a
  // stage does not name are looked for in `wider`.
  void state(Report& report, const std::vector<Reference>& subject, const std::vector<NamedParty>& parties,
             const std::vector<Location>& wider) const;

  // The main carriage: TDT 20, else the first stage; null where there is none.
  [[nodiscard]] const Stage* main() const;
  [[nodiscard]] Origin main_origin() const;
  [[nodiscard]] const std::vector<Location>& locations() const { return locations_; }
  // The place of loading or discharge of the main carriage, by 3227; null where it is not named.
  [[nodiscard]] const Location* port(std::initializer_list<std::string_view> qualifiers) const;
  [[nodiscard]] bool empty() const { return stages_.empty() && locations_.empty(); }

 private:
  static constexpr size_t kNone = SIZE_MAX;
  struct Leg {
    Stage stage;
    Origin origin;
    std::vector<Location> locations;
  };
  struct Time {
    StatedTime time;
    size_t stage = kNone;
    std::optional<Location> location;  // whose group it stands in
  };
  void time(Report& report, const Segment& dtm);
  [[nodiscard]] const Place* place_of(const Time& time, Milestone milestone, const std::vector<Location>& wider) const;
  [[nodiscard]] Transport transport_of(const Time& time, Milestone milestone) const;

  std::vector<Leg> stages_;
  std::vector<Location> locations_;  // of no stage
  std::vector<Time> times_;
  std::optional<Location> last_;  // LOC whose times follow
  bool in_stage_ = false;
};

}  // namespace fairway::gateway::edifact
