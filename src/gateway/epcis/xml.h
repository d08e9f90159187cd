// EPCIS 1.2 and 2.0 XML brought into the JSON-LD form of EPCIS 2.0. pugixml stays in here.
//
// No document type definitions, no entities but XML's own, nesting bounded by limits::kEpcisXmlDepthMax. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/epcis/event.h"

namespace fairway::gateway::epcis {

struct XmlEvent {
  CapturedEvent event;
  std::string pointer;  // "/EPCISBody/EventList/0"
  uint64_t offset = 0, length = 0;
};

// Calls `sink` with each event element, in order. Code::invalid where it is not XML or has a DTD, Code::unsupported where it is
// something else than EPCIS, Code::too_large past the limits.
[[nodiscard]] Status read_xml(std::string_view bytes, const std::function<void(XmlEvent)>& sink);

}  // namespace fairway::gateway::epcis
