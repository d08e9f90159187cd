// What a letter says of itself beside the fields of its form. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "filing/form/draft.h"
#include "filing/life/filing.h"

namespace fairway::filing {

struct LetterHead {
  std::string id;  // the lodgement's
  std::string filing;
  Kind kind = Kind::original;
  std::string number;  // the authority's of what is amended or cancelled
  std::string sender;  // the party whose filing it is
  std::string authority;
  std::string reason;  // of an amendment or a cancellation
  int64_t ordered_us = 0;
};

}  // namespace fairway::filing
