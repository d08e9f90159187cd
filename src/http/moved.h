// Moved: how far a read or a write came that does not wait. Private to src/http. A value.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fairway::http {

struct Moved {
  enum class Then : uint8_t {
    more,     // there may be more to do at once
    blocked,  // nothing more now
    ended,    // the peer sends no more
    failed,   // nothing more ever
  };
  size_t bytes = 0;
  Then then = Then::more;
};

}  // namespace fairway::http
