// Place: where something happened, in the codes it was told in. Value types; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway {

struct Place {
  std::string unlocode;                       // "HKHKG"; five characters, or "" where the message gives none
  std::string facility;                       // terminal or depot code: unique only together with the UN/LOCODE and its provider
  std::string facility_provider;              // SMDG, BIC, or as sent
  std::string facility_type;                  // DCSA facilityTypeCode: POTE, DEPO, …
  std::string name;                           // as sent
  std::optional<double> latitude, longitude;  // degrees, WGS 84, north and east positive; both or neither
  [[nodiscard]] bool empty() const { return *this == Place(); }
  // "HKHKG/HIT" or "HKHKG": one string for grouping.
  [[nodiscard]] std::string key() const;
  friend bool operator==(const Place&, const Place&) = default;
};

// Two letters and three of A–Z 2–9 (UN/LOCODE). Form only: whether the code exists is reference data.
[[nodiscard]] bool is_unlocode_form(std::string_view code);

// The IANA zone of a UN/LOCODE ("Asia/Hong_Kong"), from a table of port countries with exceptions by place; "" where unknown.
[[nodiscard]] std::string_view zone_of(std::string_view unlocode);

}  // namespace fairway
