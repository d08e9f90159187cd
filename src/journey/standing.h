// Standing: which claims still hold once corrections and retractions are taken into account, whatever order they arrived in.
//
// An amendment concerns events of its own sender only: the one whose id it names, or, where it names a document number
// (EDIFACT BGM 1004), the events of that document with the same milestone and container that were written before it. A retraction that
// has itself been retracted has no effect. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "journey/terms.h"

namespace fairway::journey {

enum class Standing : uint8_t {
  stands,
  corrected,
  retracted,  // withdrawn by its sender; also the retraction itself, which claims nothing
};

// One for each of `events`. `amending` are further heads that may amend them.
[[nodiscard]] std::vector<Standing> standing_of(std::span<const LocatedPtr> events, std::span<const LocatedPtr> amending = {});

}  // namespace fairway::journey
