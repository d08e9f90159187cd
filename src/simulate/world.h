// World: the traffic of a port for some days, message by message in the order of time, the same for the same seed on every machine.
//
// docs/explanation/simulator.md says what happens in it. Nothing is kept of a box but its shipment's place in the queue, so that a
// million boxes need some tens of megabytes; everything else follows from the seed when it is needed. Not thread-safe; one world, one
// thread. Nothing fails.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/party.h"

namespace fairway::simulate {

struct Options {
  uint64_t seed = 1;
  int boxes = 200;       // containers, 1 … 10,000,000
  int days = 1;          // of traffic, 1 … 3,650
  int64_t start_us = 0;  // the first moment; what happened before comes as a backlog in its first minutes
  int journeys = 0;      // consignments from door to door by several means of transport (multimodal/), 0 … 1,000,000
  int disturbed = 0;     // percent of their messages that are late, repeated, out of order, damaged, or wrong and put right: 0 … 50
};

// One message as it goes out.
struct Dispatch {
  int64_t at_us = 0;
  std::string party_slug;    // of the sender, as in parties()
  std::string content_type;  // "application/edifact", "application/json", …
  std::string file_name;     // unique: "00000042-hit-codeco.edi"
  std::string body;
};

struct SimulatedParty {
  std::string slug, name;
  Role role = Role::shipper;
  std::vector<PartyIdentifier> identifiers;  // as the messages name it
};

// Everybody who sends, and everybody whose boxes move.
[[nodiscard]] std::vector<SimulatedParty> parties();

class World {
 public:
  explicit World(const Options& options);
  ~World();
  World(World&&) noexcept;
  World& operator=(World&&) noexcept;

  // The next dispatch, in the order of at_us; false at the end of the period.
  [[nodiscard]] bool next(Dispatch& dispatch);

  // What is true of each box, whatever the messages say, as a line of JSON: container, trade, booking, bill of lading, line, vessels,
  // voyages, ports, parties, times, and the fault planted in its messages. In the order of the boxes; independent of next().
  void truth(const std::function<void(std::string_view line)>& sink) const;
  // What is true of each multimodal consignment: references, legs, and every milestone with its leg.
  void journey_truth(const std::function<void(std::string_view line)>& sink) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fairway::simulate
