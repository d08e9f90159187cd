// The fields that a demurrage or detention invoice must have by 46 CFR 541.6, and where the value of each comes from. Pure; any thread.
#pragma once

#include <vector>

#include "journey/demurrage.h"
#include "journey/demurrage_clock.h"

namespace fairway::journey {

// In the order of the section. Everything else of the certificate stands already.
[[nodiscard]] std::vector<InvoiceField> invoice_fields(const Certificate& certificate, const Journey& journey, const ClockClaims& claims);

}  // namespace fairway::journey
