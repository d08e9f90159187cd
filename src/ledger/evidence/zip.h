// Zip: the container of an evidence bundle, in one canonical spelling: parts stored and not compressed, in their order, the time 1980-01-01
// 00:00, no extra fields, no comments, one central directory. What is read is written again and compared, so that there is no byte that
// says nothing: reading refuses whatever writing would not give.
//
// libzip cannot be held to one spelling (its versions write other flags and fields), so these few records are written here; the checksums
// are zlib's. Pure; any thread. Errors: Code::invalid, Code::too_large past limits::kBundleBytesMax and limits::kBundlePartsMax.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::ledger::evidence {

struct Part {
  std::string name;  // of a-z 0-9 . _ - and /, as of a file below the container
  std::string bytes;
};

[[nodiscard]] bool is_zip(std::string_view bytes);
[[nodiscard]] Result<std::string> to_zip(std::span<const Part> parts);
[[nodiscard]] Result<std::vector<Part>> parts_of_zip(std::string_view bytes);

}  // namespace fairway::ledger::evidence
