// AddCheckpoint: what a witness is asked (C2SP tlog-witness v1.0.0, add-checkpoint): the size that it has cosigned last, the proof that the
// new tree grew out of that one, and the new checkpoint. Pure; any thread. Code::invalid names the line, Code::too_large past the bounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "ledger/merkle.h"

namespace fairway::ledger::witness {

inline constexpr size_t kProofLinesMax = 63;
inline constexpr size_t kRequestBytesMax = limits::kNoteBytesMax + 4096;  // 63 lines of 45 bytes, and the first

struct AddCheckpoint {
  uint64_t old_size = 0;
  std::vector<Hash> proof;
  std::string note;  // the signed checkpoint, verbatim
};
[[nodiscard]] std::string to_text(const AddCheckpoint& request);
[[nodiscard]] Result<AddCheckpoint> add_checkpoint_from(std::string_view body);

}  // namespace fairway::ledger::witness
