#include "model/place.h"

#include <algorithm>
#include <array>

namespace fairway {
namespace {

struct ZoneRow {
  std::string_view prefix;  // country, or a whole UN/LOCODE where the country has several zones
  std::string_view zone;
};

// Sorted by prefix; the longest match wins. Countries with one zone (or one for all of their container ports), then the ports of
// those with several. From the IANA tz database's zone1970.tab and the ports' positions.
constexpr std::array kZones = std::to_array<ZoneRow>({
    {"AE", "Asia/Dubai"},
    {"AR", "America/Argentina/Buenos_Aires"},
    {"AT", "Europe/Vienna"},
    {"AU", "Australia/Sydney"},
    {"AUADL", "Australia/Adelaide"},
    {"AUBNE", "Australia/Brisbane"},
    {"AUDRW", "Australia/Darwin"},
    {"AUFRE", "Australia/Perth"},
    {"AUMEL", "Australia/Melbourne"},
    {"BD", "Asia/Dhaka"},
    {"BE", "Europe/Brussels"},
    {"BG", "Europe/Sofia"},
    {"BH", "Asia/Bahrain"},
    {"BN", "Asia/Brunei"},
    {"BR", "America/Sao_Paulo"},
    {"BRMAO", "America/Manaus"},
    {"BRSUA", "America/Recife"},
    {"CA", "America/Toronto"},
    {"CAHAL", "America/Halifax"},
    {"CAPRR", "America/Vancouver"},
    {"CAVAN", "America/Vancouver"},
    {"CH", "Europe/Zurich"},
    {"CI", "Africa/Abidjan"},
    {"CL", "America/Santiago"},
    {"CN", "Asia/Shanghai"},
    {"CO", "America/Bogota"},
    {"CR", "America/Costa_Rica"},
    {"CY", "Asia/Nicosia"},
    {"CZ", "Europe/Prague"},
    {"DE", "Europe/Berlin"},
    {"DK", "Europe/Copenhagen"},
    {"DO", "America/Santo_Domingo"},
    {"DZ", "Africa/Algiers"},
    {"EC", "America/Guayaquil"},
    {"EE", "Europe/Tallinn"},
    {"EG", "Africa/Cairo"},
    {"ES", "Europe/Madrid"},
    {"ESLPA", "Atlantic/Canary"},
    {"FI", "Europe/Helsinki"},
    {"FR", "Europe/Paris"},
    {"GB", "Europe/London"},
    {"GE", "Asia/Tbilisi"},
    {"GH", "Africa/Accra"},
    {"GR", "Europe/Athens"},
    {"GT", "America/Guatemala"},
    {"HK", "Asia/Hong_Kong"},
    {"HR", "Europe/Zagreb"},
    {"HU", "Europe/Budapest"},
    {"ID", "Asia/Jakarta"},
    {"IDMAK", "Asia/Makassar"},
    {"IE", "Europe/Dublin"},
    {"IL", "Asia/Jerusalem"},
    {"IN", "Asia/Kolkata"},
    {"IQ", "Asia/Baghdad"},
    {"IR", "Asia/Tehran"},
    {"IT", "Europe/Rome"},
    {"JM", "America/Jamaica"},
    {"JO", "Asia/Amman"},
    {"JP", "Asia/Tokyo"},
    {"KE", "Africa/Nairobi"},
    {"KH", "Asia/Phnom_Penh"},
    {"KR", "Asia/Seoul"},
    {"KW", "Asia/Kuwait"},
    {"LB", "Asia/Beirut"},
    {"LK", "Asia/Colombo"},
    {"LT", "Europe/Vilnius"},
    {"LV", "Europe/Riga"},
    {"MA", "Africa/Casablanca"},
    {"MM", "Asia/Yangon"},
    {"MO", "Asia/Macau"},
    {"MT", "Europe/Malta"},
    {"MU", "Indian/Mauritius"},
    {"MX", "America/Mexico_City"},
    {"MXESE", "America/Tijuana"},
    {"MXZLO", "America/Mexico_City"},
    {"MY", "Asia/Kuala_Lumpur"},
    {"NG", "Africa/Lagos"},
    {"NL", "Europe/Amsterdam"},
    {"NO", "Europe/Oslo"},
    {"NZ", "Pacific/Auckland"},
    {"OM", "Asia/Muscat"},
    {"PA", "America/Panama"},
    {"PE", "America/Lima"},
    {"PG", "Pacific/Port_Moresby"},
    {"PH", "Asia/Manila"},
    {"PK", "Asia/Karachi"},
    {"PL", "Europe/Warsaw"},
    {"PR", "America/Puerto_Rico"},
    {"PT", "Europe/Lisbon"},
    {"QA", "Asia/Qatar"},
    {"RO", "Europe/Bucharest"},
    {"RULED", "Europe/Moscow"},
    {"RUNVS", "Europe/Moscow"},
    {"RUVVO", "Asia/Vladivostok"},
    {"RUVYP", "Asia/Vladivostok"},
    {"SA", "Asia/Riyadh"},
    {"SE", "Europe/Stockholm"},
    {"SG", "Asia/Singapore"},
    {"SI", "Europe/Ljubljana"},
    {"SN", "Africa/Dakar"},
    {"TH", "Asia/Bangkok"},
    {"TN", "Africa/Tunis"},
    {"TR", "Europe/Istanbul"},
    {"TW", "Asia/Taipei"},
    {"TZ", "Africa/Dar_es_Salaam"},
    {"UA", "Europe/Kyiv"},
    {"US", "America/New_York"},
    {"USCHI", "America/Chicago"},
    {"USHOU", "America/Chicago"},
    {"USLAX", "America/Los_Angeles"},
    {"USLGB", "America/Los_Angeles"},
    {"USMOB", "America/Chicago"},
    {"USMSY", "America/Chicago"},
    {"USOAK", "America/Los_Angeles"},
    {"USPDX", "America/Los_Angeles"},
    {"USSEA", "America/Los_Angeles"},
    {"USTIW", "America/Los_Angeles"},
    {"UY", "America/Montevideo"},
    {"VE", "America/Caracas"},
    {"VN", "Asia/Ho_Chi_Minh"},
    {"YE", "Asia/Aden"},
    {"ZA", "Africa/Johannesburg"},
});

static_assert(std::ranges::is_sorted(kZones, {}, &ZoneRow::prefix));

std::string_view find_zone(std::string_view prefix) {
  const auto found = std::ranges::lower_bound(kZones, prefix, {}, &ZoneRow::prefix);
  return found != kZones.end() && found->prefix == prefix ? found->zone : std::string_view();
}

}  // namespace

std::string Place::key() const {
  if (facility.empty()) return unlocode.empty() ? name : unlocode;
  return unlocode + "/" + facility;
}

bool is_unlocode_form(std::string_view code) {
  if (code.size() != 5) return false;
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return is_letter(code[0]) && is_letter(code[1]) &&
         std::ranges::all_of(code.substr(2), [&](char c) { return is_letter(c) || (c >= '2' && c <= '9'); });
}

std::string_view zone_of(std::string_view unlocode) {
  if (unlocode.size() < 2) return {};
  const std::string_view exact = find_zone(unlocode);
  return exact.empty() ? find_zone(unlocode.substr(0, 2)) : exact;
}

}  // namespace fairway
