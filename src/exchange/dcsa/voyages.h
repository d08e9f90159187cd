// Voyages: where vessels call and when, put together from what parties have said of arrivals and departures, as far as the viewer sees it.
//
// What was corrected or retracted does not count; of several that say the same kind of time (planned, estimated, actual) of a call the last
// one told counts. For one request; not thread-safe. Errors are the store's, and Code::throttled for a party that looks up too much.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/services.h"
#include "journey/index.h"
#include "model/event.h"

namespace fairway::exchange::dcsa {

// An arrival or departure that holds.
struct CallEvent {
  Event event;
  Position position = 0;
  int64_t told_us = 0;
};

// A vessel's visit to a port or terminal.
struct Call {
  Place place;
  std::string call_id, voyage, import_voyage;
  // By Classifier. Instants are in the local time of the place, where its zone is known.
  struct Told {
    Instant at;
    int64_t told_us = 0;
  };
  std::array<std::optional<Told>, 3> arrivals, departures;

  // The most certain one.
  [[nodiscard]] static const Instant* best(const std::array<std::optional<Told>, 3>& times);
  [[nodiscard]] int64_t first_us() const;
  // Whether one of its dates at the place lies between the two, both included; "": no bound.
  [[nodiscard]] bool within(std::string_view from, std::string_view to) const;
};

// The calls of one vessel on the voyages asked for, in the order of time.
struct Rotation {
  Transport vessel;  // its facts, service and carrier as last told
  std::vector<Call> calls;
};

class Voyages {
 public:
  Voyages(Services& services, const ViewerPtr& viewer, store::Snapshot& snapshot);

  // The calls under a term of journey/index.h, the newest entries first. `value`: what the party looks up, for its quota.
  [[nodiscard]] Result<std::vector<CallEvent>> calls(const std::string& term, std::string_view value);
  // The whole voyages that these calls are of, import and export, a rotation a vessel.
  [[nodiscard]] Result<std::vector<Rotation>> rotations(std::span<const CallEvent> calls);
  // Notes what was shown of others'. To be called before the answer.
  [[nodiscard]] Status note();

 private:
  Result<std::vector<CallEvent>> read(const std::string& term);

  Services& services_;
  ViewerPtr viewer_;
  store::Snapshot& snapshot_;
  Eyes eyes_;
  access::Looks looks_;
  size_t entries_ = 0;                                  // read for this request
  std::map<std::string, std::vector<CallEvent>> read_;  // by term
};

// "2026-01-23", by the clock of the place.
[[nodiscard]] std::string date_of(const Event& event);
// A rotation of calls of one vessel.
[[nodiscard]] Rotation rotation_of(std::vector<CallEvent> events);

}  // namespace fairway::exchange::dcsa
