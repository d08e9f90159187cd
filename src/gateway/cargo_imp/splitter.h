// Splitter: an input of air cargo messages cut into messages and these into lines.
//
// Messages follow each other in one input, with or without the envelope of a type B message (priority and addresses, origin), with blank
// lines between them or without. A message begins with its identifier and version alone on a line ("FSU/14"; FMA and FNA may have no
// version). What FMA and FNA repeat of the message that they answer belongs to them. Lines come out as the standard has them: capitals, no
// blanks at the end, UTF-8; what had to be changed for that is a finding. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cargo_imp/deviation.h"

namespace fairway::gateway::cargo_imp {

// Type B: "QK HKGFMCX FRAFMLH" and ".HKGKKCX 231105".
struct Envelope {
  std::string priority;
  std::vector<std::string> addresses;
  std::string origin;
  std::string stamp;  // what follows the origin: day, hour and minute, mostly
  [[nodiscard]] bool empty() const { return priority.empty() && origin.empty() && addresses.empty(); }
};

struct Line {
  std::string text;
  Place place;  // of its first character
};

struct MessageText {
  std::string id;       // "FSU"
  std::string version;  // "14", or ""
  Envelope envelope;
  uint64_t offset = 0, length = 0;  // with its envelope, to where the next message begins
  std::vector<Line> lines;          // the first one is the identifier's
  Findings findings;
};

// Gives each message to `sink` in order; the count of messages.
size_t split(std::string_view bytes, const std::function<void(MessageText)>& sink);

// Whether the input begins as air cargo messages do: with an identifier or an envelope.
[[nodiscard]] bool begins_as_cargo_imp(std::string_view bytes);

}  // namespace fairway::gateway::cargo_imp
