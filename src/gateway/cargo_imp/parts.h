// Fields of air cargo messages as values of the model: references, quantities, parties, times.
//
// Times keeps the day on which the message was received and places dates without a year by it; everything that it has to assume it says
// through Claims. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/air/claims.h"
#include "gateway/air/flight.h"
#include "gateway/air/told.h"
#include "gateway/cargo_imp/message.h"
#include "model/event.h"

namespace fairway::gateway::cargo_imp {

[[nodiscard]] air::Origin origin_of(const Place& place);
[[nodiscard]] inline air::Origin origin_of(const Segment& segment) { return origin_of(segment.place); }

// "160-12345675" of a field of that form; "" where it was not read.
[[nodiscard]] std::string air_waybill_of(const Segment& segment);
// "PMC12345CX"; "" where the field was not read or names a type alone.
[[nodiscard]] std::string unit_load_device_of(const Field& field);

// The pieces, weight and volume of a field of the form "quantity"; the whole of the consignment by the total there or in `whole`.
[[nodiscard]] CargoFacts cargo_of(const Segment& segment, const Segment* whole);

// A party of a waybill, with the segments under it: its name, and what air::party_told() knows it by.
[[nodiscard]] NamedParty party_of(const Message& message, size_t index, std::string_view role, std::string_view airline_prefix);

class Times {
 public:
  Times(air::Claims& claims, int64_t received_us, const Envelope& envelope);

  // "23NOV", or "23" alone; nothing, with a diagnostic, where there is no such date.
  // `happened`: of something that has.
  [[nodiscard]] std::optional<CivilTime> date(std::string_view text, const air::Origin& at, bool happened = false);
  // A date with "1010" at an airport, `change` days later ("N"). Without a time of day the day's beginning stands for it, and says so.
  [[nodiscard]] std::optional<Instant> instant(const CivilTime& date, std::string_view time, std::string_view change,
                                               std::string_view airport, std::string text, const air::Origin& at);
  // A field of the form "moment" or "date_time" at an airport.
  [[nodiscard]] std::optional<Instant> moment(const Field& field, std::string_view airport, const air::Origin& at, bool happened = false);

  // When the message was written: by its envelope, else when it was received.
  [[nodiscard]] air::Written written(const air::Origin& at);

 private:
  air::Claims& claims_;
  int64_t received_us_;
  std::optional<Instant> stamp_;  // of the envelope
};

}  // namespace fairway::gateway::cargo_imp
