// A page of events: those that the viewer may see and the query wants, found by their references or along the log.
//
// Every list of events is read here, whatever standard it is asked in, so that what is hidden is hidden everywhere alike: the filter is
// asked again once an event has been cut down to what the viewer sees, the breadth of what is looked up counts, and what was shown of
// others' is noted before it is answered. Any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "exchange/services.h"
#include "model/entry.h"
#include "model/event.h"

namespace fairway::exchange {

struct PageQuery {
  // The references of the most selective filter, each an alternative: where to look; empty when only the log itself will do.
  std::vector<Reference> index;
  std::function<bool(const Event& event, int64_t received_us)> matches;
  std::function<void(std::string& out, const Event& event, const Entry& entry)> write;
  size_t limit = 0;
  bool newest_first = false;
  Position after = 0;  // in the direction of the list; 0: from its start
};

struct EventsPage {
  std::vector<std::string> events;  // each as it was written
  Position next_after = 0;          // where the next page begins; 0: this is the last one

  // "[…]".
  [[nodiscard]] std::string array() const;
};

// How long a page may take. A short one looks at few entries and at none for which a journey would have to be walked.
enum class Patience : uint8_t { short_, long_ };

// nullopt where a short page would not do. Looks at a bounded number of entries and answers with what it has by then and a place to go
// on from. Code::throttled for a party that looks up too many references.
[[nodiscard]] Result<std::optional<EventsPage>> read_events_page(Services& services, const ViewerPtr& viewer, const PageQuery& query,
                                                                 Patience patience);

}  // namespace fairway::exchange
