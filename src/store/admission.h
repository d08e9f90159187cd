// Admission: what both engines ask of a batch before they queue it. Pure; any thread.
#pragma once

#include <cstddef>

#include "base/status.h"
#include "store/store.h"

namespace fairway::store {

// Holds the batch to base/limits.h (Code::too_large) and to the interface (Code::invalid: a term, a state write without a key)
// and makes an entry's terms unique: of two terms with one key, the later value stands. Returns the bytes that the batch weighs
// in a queue.
[[nodiscard]] Result<size_t> admit(Batch& batch);

}  // namespace fairway::store
