// Told: what an air message says, in one form for Cargo-IMP and Cargo-XML, and the events that it becomes.
//
// A format's mapper reads its fields into these values: times already placed in their zones, places as places, references checked by
// Claims. What they mean is decided here once, so that one status told in both formats is one and the same kind of event. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/air/claims.h"
#include "gateway/air/flight.h"
#include "gateway/air/status.h"

namespace fairway::gateway::air {

// When a message was written, for what says nothing of when it held; by its receipt where it has no date.
struct Written {
  Instant instant;
  bool of_receipt = false;
};

// A time of a flight at an airport: a claim of its own.
struct FlightTime {
  Milestone milestone = Milestone::departed;  // or arrived
  Classifier classifier = Classifier::planned;
  Instant instant;
  Place place;
};

// The flights whose scheduled date of departure a consignment's statuses state. A status of an arrival has another date: it takes its
// flight's reference from here.
class Departures {
 public:
  void add(const Flight& flight, const CivilTime& date);
  // The references of a flight that left at most three days from a moment.
  [[nodiscard]] std::vector<std::string> of(const Flight& flight, const Instant& arrived) const;

 private:
  struct Departure {
    Flight flight;
    CivilTime date;
  };
  std::vector<Departure> departures_;
};

// A status of a consignment: a line of FSU, a ReportedStatus of XFSU.
struct StatusTold {
  const StatusRow* row = nullptr;  // never null
  Event subject;                   // what each of its events has: references, cargo, parties; reason and remark are the status's own
  std::optional<Flight> flight;
  std::optional<CivilTime> date;  // of the flight's scheduled departure, local
  Place place;                    // where it was
  std::optional<Instant> moment;  // when it was
  bool is_actual = true;          // false: the moment is one of the flight's schedule
  std::optional<Written> written;
  std::vector<FlightTime> times;  // of the flight
};
void state(Claims& claims, StatusTold told, const Departures& departures, const Origin& at);

// A flight that is planned for a consignment, with its times there.
struct LegTold {
  Flight flight;
  CivilTime date;  // of its scheduled departure, local
  std::vector<FlightTime> times;
  std::string remark;
  Origin at;
};
void state(Claims& claims, const Event& subject, const LegTold& leg);

// A waybill, or a house waybill of one: its issue or, without a date of that, its receipt, and the flights planned.
struct WaybillTold {
  Event subject;
  std::optional<Instant> issued;
  Place place;  // of the issue
  std::optional<Written> written;
  std::vector<LegTold> legs;
  Origin at;
};
void state(Claims& claims, const WaybillTold& told);

// A consignment, or its part in one unit load device, on the manifest or the booked list of a flight.
struct LoadTold {
  Event subject;                // its air waybill, its cargo
  std::vector<Reference> more;  // that the claims of this flight have and those of the next do not: unit load device, customs
  bool is_booked = false;       // of a booked list: a plan
  Flight flight;
  CivilTime date;  // of its scheduled departure, local
  Place place;     // of loading
  Instant departure;
  bool is_actual = false;             // the departure is not one of the schedule
  std::optional<FlightTime> arrival;  // where it is unloaded
  std::optional<LegTold> onward;
};
void state(Claims& claims, LoadTold told, const Origin& at);

// A flight as the means of transport; of mode air without one.
[[nodiscard]] Transport transport_of(const std::optional<Flight>& flight);

// A party of a waybill: an agent is known by its IATA code, an account with the carrier only together with the airline's prefix.
[[nodiscard]] NamedParty party_told(std::string_view role, std::string_view name, std::string_view agent, std::string_view account,
                                    std::string_view airline_prefix);
// An airline by its designator, as a party to a transfer.
[[nodiscard]] NamedParty carrier_told(std::string_view designator);

// What the text of a customs line (OCI, IncludedCustomsNote) refers to, by its information and control identifiers; nothing for most.
[[nodiscard]] std::optional<ReferenceKind> customs_reference(std::string_view information, std::string_view control);

}  // namespace fairway::gateway::air
