// BAPLIE: the bay plan of a vessel when it leaves a port. States each container stowed, its planned discharge at the next port, and
// the vessel's own times.
//
// Both layouts are read: 2.x (D.95B, SMDG20/22: LOC 147, MEA, LOC, RFF, EQD, NAD) and 3.1 (D.13B, SMDG31: LOC 147, EQD, NAD, MEA,
// LOC, CNT). Keeps only the header and the location it is in. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class Bayplan final : public Mapper {
 public:
  Bayplan(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  // What is said of one container, or of its location before a container is named.
  struct Box {
    Origin origin;
    Equipment equipment;
    std::vector<Reference> references;
    std::vector<Location> ports;
    std::vector<NamedParty> parties;
  };
  // What holds for every container of the plan.
  struct Sailing {
    Place departure, next;
    std::optional<Instant> departed;  // when the plan was true
    Classifier classifier = Classifier::actual;
    std::optional<Instant> next_arrival;  // ETA at the next port
    Origin next_arrival_origin;
  };

  void header_segment(const Segment& segment);
  void location_segment(const Segment& segment);
  void leave_header();
  void state_calls();
  void settle_departure();
  void state_location();
  void state_box(Box box);

  Report report_;
  bool in_header_ = true;
  Transport transport_;
  Origin stage_origin_;
  std::vector<Reference> references_;
  std::vector<Location> ports_;
  std::vector<StatedTime> times_;
  Sailing sailing_;

  bool in_location_ = false;
  Box location_;            // before the first EQD
  std::vector<Box> boxes_;  // of the location
};

}  // namespace fairway::gateway::edifact
