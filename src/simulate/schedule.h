// Schedule: which vessel calls at Kwai Tsing when, and which boxes it is there for. Built once, then read only; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulate/cast.h"
#include "simulate/geography.h"

namespace fairway::simulate {

struct Period {
  Seconds start = 0, end = 0;
};

// One visit of a vessel. Boxes of the world are numbered; a call handles the blocks first_block … end_block − 1 of them.
struct Call {
  uint32_t index = 0;
  const Carrier* carrier = nullptr;
  const Terminal* terminal = nullptr;
  const Route* route = nullptr;
  std::string service;  // "FE1"
  std::string vessel, imo, call_sign;
  std::string voyage_in, voyage_out;
  Seconds planned_arrival = 0, arrival = 0;  // planned as the schedule has it; as it came
  Seconds planned_departure = 0, departure = 0;
  uint32_t first_block = 0, end_block = 0;
  int32_t onward = -1;            // the same line's next call that boxes can change to, −1 where there is none
  std::vector<uint32_t> feeders;  // calls whose `onward` is this one

  [[nodiscard]] Seconds delay() const { return arrival - planned_arrival; }
  // Cranes discharge first, then load.
  [[nodiscard]] Seconds discharge_begin() const { return arrival + 90 * kMinute; }
  [[nodiscard]] Seconds load_begin() const { return arrival + (departure - arrival) * 45 / 100; }
  [[nodiscard]] Seconds load_end() const { return departure - kHour; }
};

// Boxes come in blocks of six, so that a box's shipment follows from its number alone.
inline constexpr uint32_t kBlockBoxes = 6;

class Schedule {
 public:
  Schedule(uint64_t seed, uint32_t boxes, Period period);

  [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }  // by arrival
  [[nodiscard]] const Call& call_of_block(uint32_t block) const;
  [[nodiscard]] uint32_t blocks() const { return (boxes_ + kBlockBoxes - 1) / kBlockBoxes; }
  [[nodiscard]] uint32_t boxes() const { return boxes_; }
  [[nodiscard]] uint64_t seed() const { return seed_; }
  [[nodiscard]] Period period() const { return period_; }

 private:
  void add_calls(uint32_t service);
  void connect();
  void share_blocks();

  const uint64_t seed_;
  const uint32_t boxes_;
  const Period period_;
  std::vector<Call> calls_;
};

}  // namespace fairway::simulate
