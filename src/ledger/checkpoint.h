// Checkpoint: size and root of a log at one moment, the text that a log signs and witnesses cosign (C2SP tlog-checkpoint v1.0.0).
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/merkle.h"
#include "ledger/note.h"

namespace fairway::ledger {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions;  // lines, as they stand
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};
[[nodiscard]] std::string to_text(const Checkpoint& checkpoint);  // the text of the note
// Code::invalid: which line, and what is wrong with it.
[[nodiscard]] Result<Checkpoint> checkpoint_from(std::string_view text);

}  // namespace fairway::ledger
