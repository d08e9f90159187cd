// Telling: one message about one act of a consignment, by whom, in which format, when; and the message itself. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulate/multimodal/consignment.h"

namespace fairway::simulate::multimodal {

// What goes wrong with a message. The sender puts right whatever is wrong, so that nothing is lost for good.
enum class Change : uint8_t {
  none,
  damaged,            // cut off on its way; it comes again, whole
  time_wrong,         // told with another time
  time_mended,        // and corrected
  number_wrong,       // told of another container
  number_taken_back,  // and retracted
};

struct Telling {
  size_t act = 0;  // of the consignment
  Voice voice = Voice::none;
  Seconds sent = 0;        // when it was written
  Seconds due_after = 0;   // how much later it goes out
  Seconds at = 0;          // when it happened, as the sender has it
  uint32_t number = 0;     // of the consignment's messages: names it
  Unit house = Unit::air;  // which, where a message is one house's
  Change change = Change::none;
  uint32_t mends = 0;  // the number of the telling that it corrects or retracts
};

// Everything that is told of the consignment, in the order in which it is sent; `disturbed` percent of it late, repeated, out of order or
// wrong (disturbance.cc).
[[nodiscard]] std::vector<Telling> tellings(const Consignment& consignment, int disturbed);
void disturb(const Consignment& consignment, int percent, std::vector<Telling>& all);

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
[[nodiscard]] Written write_cargo_xml(const Consignment& consignment, const Telling& telling);
[[nodiscard]] Written write_one_record(const Consignment& consignment, const Telling& telling);
[[nodiscard]] Written write_ais(const Consignment& consignment, const Telling& telling);
[[nodiscard]] Written write_sensor(const Consignment& consignment, const Telling& telling);

// "2026-11-22T08:30:00+08:00" of the clock of the place; without one, of Hong Kong's.
[[nodiscard]] std::string rfc3339(const Spot* where, Seconds at);
[[nodiscard]] Instant instant(const Spot* where, Seconds at);
// Names the message for its sender: "J17N3".
[[nodiscard]] std::string name_of(const Consignment& consignment, const Telling& telling);
// The name of what it corrects or retracts; its own where it does neither.
[[nodiscard]] std::string document_of(const Consignment& consignment, const Telling& telling);
// EDIFACT 1225: 9 original, 5 replaces, 1 cancels.
[[nodiscard]] std::string_view function_of(const Telling& telling);
// The cargo as the telling names it.
[[nodiscard]] Cargo cargo_of(const Consignment& consignment, const Telling& telling);

}  // namespace fairway::simulate::multimodal
