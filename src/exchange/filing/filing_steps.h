// The steps that people take with a filing, one at a time or many: checked against who asks, worked out at the desk, kept in the book.
// Thread-safe as the services are.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "exchange/services.h"
#include "filing/life/filing.h"

namespace fairway::exchange {

// Fills it again from the record and checks it.
[[nodiscard]] Result<filing::Filing> check_filing(Services& services, std::string_view id, const access::Viewer& viewer);

struct ConfirmWish {
  std::vector<std::string> groups;               // empty: all that nobody has confirmed as they are
  std::set<std::string, std::less<>> looked_at;  // groups with uncertain fields that the person has looked at
  std::string digest;                            // of the draft that the person saw
};
// Code::forbidden for a machine, Code::conflict where the draft is not the one that was seen.
[[nodiscard]] Result<filing::Filing> confirm_filing(Services& services, std::string_view id, const access::Viewer& viewer,
                                                    const ConfirmWish& wish);
// Code::forbidden for a machine.
[[nodiscard]] Result<filing::Filing> lodge_filing(Services& services, std::string_view id, const access::Viewer& viewer, filing::Kind kind,
                                                  std::string_view reason);

}  // namespace fairway::exchange
