// Where access and journey meet: a viewer's rule handed to the journeys, and one request's view of entries through it.
#pragma once

#include <memory>

#include "access/viewer.h"
#include "base/status.h"
#include "journey/sight.h"
#include "journey/visibility.h"
#include "model/entry.h"
#include "model/event.h"
#include "store/store.h"

namespace fairway::exchange {

// The rule of access/viewer.h as a journey asks it. Keeps the viewer alive.
[[nodiscard]] journey::Sight sight_of(std::shared_ptr<const access::Viewer> viewer);

// Which entries of one snapshot a viewer sees. For one request; not thread-safe.
class Eyes {
 public:
  Eyes(store::Snapshot& snapshot, std::shared_ptr<const access::Viewer> viewer);

  [[nodiscard]] Result<bool> see(const Entry& entry, const Event& event);
  // Events that it sees, and of the other kinds only what it sent or what is about itself; the operator: everything.
  [[nodiscard]] Result<bool> may_export(const Entry& entry);

 private:
  std::shared_ptr<const access::Viewer> viewer_;
  journey::Sight sight_;
  journey::Terms terms_;
  journey::Audiences audiences_;
  journey::Visibility visibility_;
};

}  // namespace fairway::exchange
