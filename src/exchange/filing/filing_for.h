// What the routes of filings share: one that the viewer sees, and one that its party works on. Thread-safe as the services are.
#pragma once

#include "exchange/services.h"
#include "filing/life/book.h"

namespace fairway::exchange {

// Code::not_found for one that is not there, for one of another party, and for a draft of a participant that the owner has taken off the
// consignment alike. The operator's look is noted.
[[nodiscard]] Result<filing::Filing> filing_for(Services& services, std::string_view id, const access::Viewer& viewer);
// Only for its party, as long as it files for the consignment: the operator looks, and changes nothing (Code::forbidden).
[[nodiscard]] Result<filing::Filing> own_filing(Services& services, std::string_view id, const access::Viewer& viewer);

// The consignment that it is of, and all its filings; not for answers, they may be of others.
struct Surroundings {
  filing::Consignment consignment;
  std::vector<filing::Filing> filings;
};
[[nodiscard]] Result<Surroundings> surroundings_of(Services& services, const filing::Filing& filing);

}  // namespace fairway::exchange
