// PlanSight: the plan of a consignment as one viewer may see it. Each side sees only its own filings; the owner reads of the others' that
// they are due, from whom and by when. What differs between two sides' filings is told to both, without what the other has written.
//
// Values; for one request.
#pragma once

#include <vector>

#include "exchange/filing/record_sight.h"

namespace fairway::exchange {

// A filing that another party has to file.
struct OthersFiling {
  filing::FormKey key;
  filing::Words title;
  PartyId party;
  std::optional<filing::Deadline> deadline;
};

struct PlanSight {
  filing::Plan plan;                 // of the viewer's own regimes
  std::vector<OthersFiling> others;  // for the owner
};

// `filings`: all of the consignment's, whosever they are.
[[nodiscard]] Result<PlanSight> plan_for(const RecordSight& sight, const filing::Consignment& consignment,
                                         std::span<const filing::Filing> filings, const filing::Regimes& regimes, const Desk& desk);

}  // namespace fairway::exchange
