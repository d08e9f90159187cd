// LegDraft: a leg being put together, of what all its units tell of it. Values; any thread.
#pragma once

#include <string>
#include <vector>

#include "journey/journey.h"
#include "journey/units.h"

namespace fairway::journey {

// One unit's part in a leg: the milestone groups (indexes into Journey::milestones) that begin and end it there.
struct Ride {
  Unit unit;
  std::vector<size_t> begins, ends;
};

struct LegDraft {
  TransportMode mode = TransportMode::unknown;
  Place from, to;
  Transport transport;
  std::string flight_date;  // of departure, where it is known
  std::vector<Ride> rides;
  std::vector<size_t> departs, arrives;  // groups of the vessel, train or aircraft
  int64_t at_us = 0;
  bool tentative = false;  // begins with a stuffing or stripping: a leg only once something ends it
};

// What is loaded and discharged, and has calls of its own: everything but a truck.
[[nodiscard]] bool is_carriage(TransportMode mode);
// By UN/LOCODE where both have one: a vessel's claims seldom name the terminal.
[[nodiscard]] bool is_same_port(const Place& a, const Place& b);
// "" stands for not known, which agrees with anything.
[[nodiscard]] bool carriers_agree(const Transport& a, const Transport& b);
// The same, and the same flight; where one side does not say its date, at most two days apart.
[[nodiscard]] bool is_same_run(const LegDraft& draft, const Event& event);

// Fills in what is not known yet.
void complete(Transport& transport, const Transport& more);
// Whether two drafts of different units are one leg, and the one taken into the other.
[[nodiscard]] bool is_same_leg(const LegDraft& a, const LegDraft& b);
void merge(LegDraft& known, LegDraft more);

}  // namespace fairway::journey
