// Traffic: everything that is told of the multimodal consignments, message by message in the order of time.
//
// Nothing is kept but each telling's place in the queue; a message is written when its turn comes. Not thread-safe.
#pragma once

#include <optional>
#include <queue>
#include <vector>

#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {

class Traffic {
 public:
  // `disturbed`: of a hundred messages.
  Traffic(uint64_t seed, uint32_t consignments, int disturbed, Period period);

  // When the next message is due; nothing at the end.
  [[nodiscard]] std::optional<Seconds> due() const;
  [[nodiscard]] Written next();

 private:
  struct Entry {
    Seconds due;
    uint32_t consignment;
    uint32_t telling;
  };
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const;
  };
  void push(uint32_t number, const std::vector<Telling>& all, uint32_t telling);

  const uint64_t seed_;
  const int disturbed_;
  const Period period_;
  std::priority_queue<Entry, std::vector<Entry>, Later> queue_;
};

}  // namespace fairway::simulate::multimodal
