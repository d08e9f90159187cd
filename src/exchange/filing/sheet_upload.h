// Many consignments out of one sheet: each is made, or replaced, or refused with the cells that are wrong. Thread-safe as the services are.
#pragma once

#include "exchange/services.h"

namespace fairway::exchange {

// Whether the body is a sheet: text/csv or an Excel workbook, by Content-Type.
[[nodiscard]] bool is_sheet(const http::Request& request);
// {"consignments":[{"reference","place","status","id"?,"findings"}],"created","replaced","refused"}: 200, also where some were refused.
// `?replace=yes`: a reference that there is already gets the sheet's values as a new version; else it is refused with its id.
// `?file=` names the sheet in the sources.
[[nodiscard]] Result<http::Response> upload_sheet(Services& services, const http::Request& request, const access::Viewer& viewer);

}  // namespace fairway::exchange
