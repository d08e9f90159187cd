// Telling: one message about one act of a consignment, by whom, in which format, when; and the message itself. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/multimodal/consignment.h"

namespace fairway::simulate::multimodal {

struct Telling {
  size_t act = 0;  // of the consignment
  Voice voice = Voice::none;
  Seconds sent = 0;
  Seconds at = 0;       // when it happened, as the sender has it
  uint32_t number = 0;  // of the consignment's messages: names it
};

// Everything that is told of the consignment, in the order in which it is written.
[[nodiscard]] std::vector<Telling> tellings(const Consignment& consignment);

struct Written {
  std::string_view slug;  // of the sender
  std::string_view kind;  // in the file's name: "codeco"
  std::string_view content_type;
  std::string_view extension;
  std::string body;  // "" where this sender does not tell it
};
// `not_before`: a message whose format has no year, or no date, is not stamped earlier.
[[nodiscard]] Written write(const Consignment& consignment, const Telling& telling, Seconds not_before);

// As gateway::DecodedMessage::format has it: "DCSA"; "" where the voice is not heard.
[[nodiscard]] std::string_view format_of(const Consignment& consignment, Voice voice);

// One writer a kind of company.
[[nodiscard]] Written write_line(const Consignment& consignment, const Telling& telling);    // line, barge_edi
[[nodiscard]] Written write_papers(const Consignment& consignment, const Telling& telling);  // booking, bill, manifest
[[nodiscard]] Written write_port(const Consignment& consignment, const Telling& telling);    // gate, depot, quay
[[nodiscard]] Written write_land(const Consignment& consignment, const Telling& telling);    // haulier, road, lock, abroad, rail, barge
[[nodiscard]] Written write_warehouse(const Consignment& consignment, const Telling& telling);
[[nodiscard]] Written write_cargo_imp(const Consignment& consignment, const Telling& telling, Seconds stamp);
[[nodiscard]] Written write_one_record(const Consignment& consignment, const Telling& telling);

// "2026-11-22T08:30:00+08:00" of the clock of the place; without one, of Hong Kong's.
[[nodiscard]] std::string rfc3339(const Spot* where, Seconds at);
[[nodiscard]] Instant instant(const Spot* where, Seconds at);
// Names the message for its sender: "J17N3".
[[nodiscard]] std::string name_of(const Consignment& consignment, const Telling& telling);

}  // namespace fairway::simulate::multimodal
