// CallHeader: what stands in front of the containers of a container message: the vessel's (or truck's) call, its places and times, the
// references and parties of the whole message.
//
// Plain values, filled segment by segment. Not thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class CallHeader {
 public:
  // Takes BGM, NAD, TDT, LOC, DTM and RFF; passes over everything else.
  void segment(Report& report, const Segment& segment);

  // States the arrivals and departures of a vessel that is named, and adds it to the references. `reported`: what the message reports
  // decides which of its ports a time belongs to that stands with no place of its own.
  void leave(Report& report, std::optional<Milestone> reported);

  // The first of the call's times by `qualifiers`; null where there is none.
  [[nodiscard]] const StatedTime* call_time(std::span<const std::string_view> qualifiers) const;

  Transport transport;
  Origin stage_origin;
  std::vector<Reference> references;
  std::vector<Location> locations;
  std::vector<StatedTime> times;  // that are not of the call

 private:
  struct HeaderTime {
    StatedTime time;
    Place place;  // of the location whose group it is in
    bool placed = false;
  };
  void stage(const Segment& tdt);
  void time(Report& report, const Segment& dtm);
  void state_calls(Report& report, std::optional<Milestone> reported);
  [[nodiscard]] Place call_place(const HeaderTime& time, Milestone milestone, std::optional<Milestone> reported) const;

  bool in_stage_ = false;  // after TDT
  bool stage_is_main_ = false;
  std::vector<HeaderTime> call_times_;
};

}  // namespace fairway::gateway::edifact
