// The layouts of CUSDEC, CUSCAR and CUSRES as rows: cusdec_layout.cc, cuscar_layout.cc, cusres_layout.cc. Constants; any thread.
#pragma once

#include <span>

#include "gateway/customs/layout.h"

namespace fairway::gateway::customs {

[[nodiscard]] std::span<const LayoutRow> cusdec_rows();
[[nodiscard]] std::span<const LayoutRow> cuscar_rows();
[[nodiscard]] std::span<const LayoutRow> cusres_rows();

}  // namespace fairway::gateway::customs
