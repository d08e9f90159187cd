// Who acts on land and in the air beside the port's own companies (simulate/cast.h). Airlines go by their real codes; every other company
// is invented. Tables; any thread.
#pragma once

#include <span>
#include <string_view>

#include "simulate/cast.h"

namespace fairway::simulate::multimodal {

enum class AirFeed { cargo_imp, one_record, cargo_xml };

struct Airline {
  std::string_view slug, name;
  std::string_view code, prefix;  // IATA designator, air waybill prefix
  AirFeed feed;
};

[[nodiscard]] std::span<const Airline> airlines();
[[nodiscard]] const Company& rail_operator();
[[nodiscard]] const Company& warehouse_operator();
[[nodiscard]] std::span<const Company> hauliers_abroad();
[[nodiscard]] const Company& receiver();  // of AIS, on shore

}  // namespace fairway::simulate::multimodal
