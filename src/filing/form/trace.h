// Trace: what a value was made of, or why there is none. Values; any thread.
#pragma once

#include <string>
#include <vector>

#include "filing/record/schema.h"

namespace fairway::filing {

struct Trace {
  struct Want {
    enum class Kind : uint8_t {
      component,   // of a value for customs: freight, insurance
      rate,        // of exchange
      conversion,  // of a unit into another
    } kind;
    Path path;         // that has to be given or put right
    std::string what;  // "USD", "KGM → LTR"
  };
  std::vector<Path> used;     // items that had a value
  std::vector<Path> missing;  // items that were asked for and had none
  std::vector<Want> wants;    // why there is no value, where it is not just that an item is missing
  std::string working;        // "PK → PKG", "" for a plain copy
  void clear() { used.clear(), missing.clear(), wants.clear(), working.clear(); }
};

}  // namespace fairway::filing
