// gzip (RFC 1952) over zlib, bounded. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

// Inflates one or more gzip members. Code::too_large past `bytes_max` of output, Code::invalid where it is not gzip or cut off.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, size_t bytes_max);
[[nodiscard]] std::string gzip(std::string_view bytes);

}  // namespace fairway
