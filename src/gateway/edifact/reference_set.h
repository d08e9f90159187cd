// ReferenceSet: which messages an interchange or a functional group has had, for finding duplicates.
//
// Keeps hashes in one flat table that grows up to limits::kMessagesPerInterchangeMax of them; past that it finds no duplicates any
// more. Two references with the same hash count as one: that is one wrong warning in 2^64. Not thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace fairway::gateway::edifact {

class ReferenceSet {
 public:
  void clear();
  // By 0062 and 0065, which together name a message. False where it is there already.
  bool insert(std::string_view reference, std::string_view type);

 private:
  bool place(uint64_t hash);

  std::vector<uint64_t> slots_;  // a power of two; 0 is free
  size_t count_ = 0;
};

}  // namespace fairway::gateway::edifact
