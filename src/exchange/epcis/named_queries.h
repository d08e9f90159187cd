// Named queries as they are kept: a name is its party's own, and what it stands for does not change.
//
// Functions; any thread. Errors are the store's beside those said here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/epcis/answers.h"

namespace fairway::exchange::epcis {

// {"name": "…", "query": {…}} as it is kept and shown.
struct NamedQuery {
  std::string name, text;
  http::Fields parameters;
};
// The viewer's; Code::not_found where it has none of this name.
[[nodiscard]] Result<NamedQuery> named_query(Services& services, const ViewerPtr& viewer, std::string_view name);

// What is subscribed to the viewer's query of this name, by id.
[[nodiscard]] Result<std::vector<callbacks::Subscription>> subscriptions_to(Services& services, const ViewerPtr& viewer,
                                                                            std::string_view name);

}  // namespace fairway::exchange::epcis
