// Message: an air cargo message as a tree of segments with named fields, in the terms of the trade.
//
// A segment is a line with those that continue it ("SHP" with the shipper's address); it belongs under the segment `parent`: a status under
// its air waybill, a consignment under its unit load device. Values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/cargo_imp/deviation.h"
#include "gateway/cargo_imp/splitter.h"

namespace fairway::gateway::cargo_imp {

struct NamedPart {
  std::string_view name;  // of the grammar; "" where the field is of one part
  std::string value;
};

struct Field {
  std::string_view name;
  std::string text;  // as it stands
  Place place;
  bool list = false;             // there may be several of its name in a segment
  bool parts_repeat = false;     // its form is a repetition: "MYC1600.50SCC2667.50"
  std::vector<NamedPart> parts;  // none where the field has not the form that it should have
  [[nodiscard]] bool read() const { return !parts.empty(); }
  // The value of a part, or of the field where it is of one part; "" where it is absent.
  [[nodiscard]] std::string_view part(std::string_view name) const;
};

inline constexpr size_t kNoParent = static_cast<size_t>(-1);

struct Segment {
  std::string_view name;
  std::string_view tag;  // "" where the line has no identifier
  Place place;
  uint8_t level = 1;
  bool repeats = false;  // further lines hold more of the same
  bool rows = false;     // each of its lines is a row of several fields that belong together
  size_t parent = kNoParent;
  std::vector<Field> fields;

  // The first field of that name; null where there is none.
  [[nodiscard]] const Field* field(std::string_view name) const;
  // Its text as it stands, or the value of one of its parts; "" where it is absent or unread.
  [[nodiscard]] std::string_view text(std::string_view field_name) const;
  [[nodiscard]] std::string_view part(std::string_view field_name, std::string_view part_name) const;
};

struct Message {
  std::string_view id;    // "FSU"
  std::string_view name;  // "status_update"
  std::string version;
  Envelope envelope;
  std::vector<Segment> segments;
  std::string echo;  // of FMA and FNA: the message answered, as it was repeated
  Findings findings;
};

// Reads the lines of a message by the grammar of its kind. Never fails: what cannot be read is a finding.
[[nodiscard]] Message read_message(MessageText text);

// One JSON object, on one line: everything that was read by its name, and the findings.
[[nodiscard]] std::string to_json(const Message& message);

}  // namespace fairway::gateway::cargo_imp
