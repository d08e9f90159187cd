// The mapper of message types that state no events (yet known to Fairway): it collects references and parties. Not thread-safe.
#pragma once

#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class ReferenceReader final : public Mapper {
 public:
  ReferenceReader(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override {}

 private:
  Report report_;
};

}  // namespace fairway::gateway::edifact
