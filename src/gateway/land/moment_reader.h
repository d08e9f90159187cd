// Reads the times of one record by the clock of its place, reporting what had to be assumed. Not thread-safe.
#pragma once

#include <optional>
#include <string>

#include "gateway/land/record.h"

namespace fairway::gateway::land {

class MomentReader {
 public:
  MomentReader(const Record& record, DecodedMessage& message) : record_(record), message_(message) {}

  // Whose clock counts for times without an offset, where the record names no timeZone.
  void at_place(std::string_view unlocode);
  [[nodiscard]] std::optional<Instant> read(const Value& value);

 private:
  const Record& record_;
  DecodedMessage& message_;
  std::string zone_;
  bool said_zone_ = false;  // once a message is enough
};

}  // namespace fairway::gateway::land
