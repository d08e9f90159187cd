// Segment: one EDIFACT segment as a message mapper sees it: taken apart, unescaped, in UTF-8, with its place.
//
// Views into buffers of the reader; valid only during the call that hands the segment over. Not thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fairway::gateway::edifact {

// One component data element value with its place. Elements and components count from 1 as ISO 9735 does (the tag is element 0).
struct Component {
  uint16_t element = 0;
  uint16_t repetition = 0;  // 0 for the first
  uint16_t component = 0;
  uint32_t offset = 0;  // bytes from the segment's tag
  std::string_view value;
};

class Segment {
 public:
  std::string_view tag;
  uint32_t number = 0;                    // within the message, UNH is 1
  uint64_t offset = 0;                    // of the tag in the input
  uint16_t group = 0;                     // number of the segment group it was resolved to (SG3 → 3), 0 at the top level
  bool opens_group = false;               // it is the trigger segment of a new repetition of `group`
  std::span<const Component> components;  // in order; absent and empty values are left out

  // The value at (element, component), "" where absent. repetition 0 is the first.
  [[nodiscard]] std::string_view at(uint16_t element, uint16_t component = 1, uint16_t repetition = 0) const {
    for (const Component& c : components)
      if (c.element == element && c.component == component && c.repetition == repetition) return c.value;
    return {};
  }
};

}  // namespace fairway::gateway::edifact
