// Mapper: turns the segments of one EDIFACT message into references, parties and events, as they come.
//
// The reader makes one for each message by mapper_for(), hands it every segment between UNH and UNT (both included) in order, and
// calls finish() after UNT. A mapper keeps only what the message's header says and the group it is in. Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/decoded.h"
#include "gateway/edifact/segment.h"

namespace fairway::gateway::edifact {

// S009 of UNH and the envelope around it.
struct MessageHeader {
  std::string type;                                                    // 0065 "COARRI"
  std::string version;                                                 // 0052 "D"
  std::string release;                                                 // 0054 "95B"
  std::string agency;                                                  // 0051 "UN"
  std::string association;                                             // 0057 "ITG13", "SMDG22"; "" where absent
  std::string reference;                                               // 0062
  std::string interchange_sender, interchange_sender_qualifier;        // S002 0004, 0007; "" for a bare message
  std::string interchange_recipient, interchange_recipient_qualifier;  // S003
  std::string interchange;                                             // 0020
  bool test = false;                                                   // 0035
};

// "COARRI D.95B ITG13"
[[nodiscard]] std::string type_of(const MessageHeader& header);

class Mapper {
 public:
  virtual ~Mapper() = default;
  virtual void segment(const Segment& segment) = 0;
  virtual void finish() = 0;
};

// The message types that mapper_for() has one for.
[[nodiscard]] std::vector<std::string_view> mapped_types();

// The mapper of a message type (docs/reference/edifact.md), writing into `out`, which outlives it. For a type that it has none for, one
// that collects references and parties but states no events.
[[nodiscard]] std::unique_ptr<Mapper> mapper_for(const MessageHeader& header, DecodedMessage& out);

}  // namespace fairway::gateway::edifact
