// IFTSTA: what happened, and is expected, to consignments and their containers.
//
// Each STS group states one status, and with its means of transport (TDT, LOC, DTM) the planned, estimated and actual arrivals and
// departures of the legs. Every event names one container, so that a status of many does not join their journeys. Keeps only
// the header, the consignment and the status it is in. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class StatusReport final : public Mapper {
 public:
  StatusReport(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  // A time that a means of transport has at one of its places.
  struct LegTime {
    StatedTime time;
    Location location;
    size_t stage;  // index into Status::stages
  };
  struct Status {
    Origin origin;
    std::string code, text, reason;
    std::vector<Reference> references;
    std::vector<StatedTime> times;
    std::vector<Location> locations;
    std::vector<NamedParty> parties;
    std::vector<Stage> stages;
    std::vector<LegTime> leg_times;
    std::optional<Location> leg_location;  // the last LOC after TDT
    std::vector<Equipment> equipment;
    std::string remark;
  };

  void status_segment(Status& status, const Segment& segment);
  void leg_segment(Status& status, const Segment& segment);
  void begin_status(const Segment& sts);
  void state_status();
  void state_status_event(Status& status, const Event& subject);
  void state_leg_events(const Status& status, const Event& subject);
  [[nodiscard]] std::vector<Event> subjects_of(Status& status);
  [[nodiscard]] Transport transport_of(const LegTime& leg_time, Milestone milestone, const Status& status) const;

  Report report_;
  std::vector<Reference> references_;  // of the header
  std::vector<StatedTime> times_;
  std::vector<Reference> consignment_;  // of CNI
  std::optional<Status> status_;
  bool in_header_ = true;
};

}  // namespace fairway::gateway::edifact
