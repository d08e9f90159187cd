// Mappers: what each kind of message states. They read views and fill the values of gateway/air/told.h. Not thread-safe.
#pragma once

#include "gateway/cargo_xml/values.h"

namespace fairway::gateway::cargo_xml {

struct Mapping {
  const View& message;
  air::Claims& claims;
  Values& values;
  bool is_booked = false;  // of a flight: a booked list, not a manifest
  size_t stated = 0;       // how often something was, repeats too
};

void map_statuses(Mapping& mapping);  // XFSU
void map_waybill(Mapping& mapping);   // XFWB
void map_house(Mapping& mapping);     // XFZB
void map_flight(Mapping& mapping);    // XFFM, XFBL

// Counts one statement; true, and said once, where the message has stated as much as one may.
[[nodiscard]] bool is_full(Mapping& mapping);

// The times of a movement's flight where they are planned or estimated, or did happen.
[[nodiscard]] std::vector<air::FlightTime> times_of(Mapping& mapping, const View& movement);

// The scheduled date of a movement's departure, local: by the schedule where it is stated, else by the departure.
[[nodiscard]] std::optional<CivilTime> departure_date(Mapping& mapping, const View& movement);

}  // namespace fairway::gateway::cargo_xml
