// Journey: what one viewer sees of cargo's way: claims, milestones, legs, conflicts, what customs say, what is expected next.
//
// A projection, never a source of truth. Everything refers to claims by their index in `claims`, which are sorted by when they occurred,
// then by content. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journey/customs.h"
#include "journey/sight.h"
#include "journey/standing.h"
#include "model/entry.h"
#include "model/event.h"

namespace fairway::journey {

enum class ClaimStatus : uint8_t {
  current,
  corrected,   // replaced by a correction of its sender
  retracted,   // withdrawn by its sender; also the retraction itself
  superseded,  // a plan or estimate that its sender has since renewed
};
[[nodiscard]] std::string_view name(ClaimStatus status);

struct Claim {
  Position position = 0;
  int64_t received_us = 0;
  PartyId sender;
  Event event;
  std::string body;           // the event's JSON: as the log has it, or written anew without what the viewer does not see
  std::optional<Held> grant;  // by which the viewer sees it, where it needs one
  ClaimStatus status = ClaimStatus::current;
  bool conflict = false;
  [[nodiscard]] bool stands() const { return status == ClaimStatus::current || status == ClaimStatus::superseded; }
  // When it was said, as far as is known: the later of two estimates is the one that counts.
  [[nodiscard]] int64_t said_us() const { return event.created ? event.created->micros : received_us; }
};

// The claims about one thing happening once, side by side; nobody's overwrites another's.
struct MilestoneGroup {
  Milestone milestone = Milestone::gate_in;
  std::string equipment;  // what it happened to: one of these three
  std::string document;
  std::string transport;  // vessel or vehicle and its voyage, for grouping
  Place place;
  int leg = 0;                                     // number of the leg that it begins, ends or happens on; 0: none
  std::vector<size_t> planned, estimated, actual;  // in order of claims
  std::optional<size_t> latest_estimate;
  bool conflict = false;
  // The claim to go by where one is needed: the earliest actual, else the latest estimate, else the latest plan.
  std::optional<size_t> best;
};

struct LegTimes {
  std::optional<Instant> planned, estimated, actual;
};
enum class LegState : uint8_t { planned, under_way, done };
[[nodiscard]] std::string_view name(LegState state);

struct Leg {
  int number = 0;
  TransportMode mode = TransportMode::unknown;
  Place from, to;                    // empty where no claim says
  Transport transport;               // vessel, voyage, service, vehicle
  std::vector<std::string> carries;  // containers, and papers of what is in none, ascending
  LegTimes departed, arrived;
  LegState state = LegState::planned;
};

enum class ConflictKind : uint8_t { time, place, order, load, transport };
[[nodiscard]] std::string_view name(ConflictKind kind);

struct Conflict {
  ConflictKind kind = ConflictKind::time;
  Milestone milestone = Milestone::gate_in;
  std::string equipment;
  std::vector<size_t> claims;
  std::string text;
};

struct Expected {
  Milestone milestone = Milestone::gate_in;
  Place place;
  std::string equipment;
  std::optional<Instant> at;
  std::optional<Classifier> classifier;  // none: by the usual order of milestones
  std::string text;
};

struct TripSummary {
  uint32_t number = 0;  // 1 for the earliest that the viewer sees
  int64_t from_us = 0, to_us = 0;
  bool current = false;  // the one that this journey shows
  std::string booking;
};

struct JourneyReference {
  Reference reference;
  bool over_shared = false;
};

struct Journey {
  JourneyReference reference;  // as asked for
  Position position = 0;       // of the log that it shows
  std::vector<JourneyReference> references;
  std::vector<TripSummary> trips;  // where a container was asked for
  std::vector<Claim> claims;
  std::vector<MilestoneGroup> milestones;
  std::vector<Leg> legs;
  std::vector<Conflict> conflicts;
  std::vector<Expected> expected;
  std::vector<CustomsStatus> customs;  // by unit, then regime
  std::optional<size_t> status;        // the claim that says where the cargo stands now
  bool truncated = false;              // past a limit: there is more than is shown
};

}  // namespace fairway::journey
