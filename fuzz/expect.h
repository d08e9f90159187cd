// What every fuzz target does with a property that does not hold.
#pragma once

#include <cstdlib>

namespace fairway {

inline void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace fairway
