// Checks the data elements of a segment against its definition: how many, which are mandatory, length and type. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/edifact/deviation.h"
#include "gateway/edifact/directory.h"
#include "gateway/edifact/segment.h"

namespace fairway::gateway::edifact {

struct ElementDeviation {
  Deviation deviation;
  uint16_t element = 0, component = 0;  // component 0: the whole element
  uint32_t offset = 0;                  // from the segment's tag
  std::string_view detail;              // tag of the element, or the value
};

inline constexpr char kAnyDecimalMark = '\0';  // point or comma

// Appends what deviates to `out`, in the order of the segment. Missing elements stand at `segment_bytes`, its end.
void check_elements(const SegmentRule& rule, std::span<const Component> components, char decimal_mark, uint32_t segment_bytes,
                    std::vector<ElementDeviation>& out);

}  // namespace fairway::gateway::edifact
