#include "gateway/land/control_points.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"

namespace fairway::gateway::land {
namespace {

constexpr std::string_view kProvider = "FAIRWAY";  // whose list this is: UN/LOCODE does not tell all of them apart
constexpr std::string_view kBorder = "BORD";       // DCSA facilityTypeCode

struct Row {
  std::string_view code;  // of the place as a facility
  std::string_view unlocode;
  std::string_view name;
  std::array<std::string_view, 5> known_as;
};

// Hong Kong's land control points for goods and their other sides; UN/LOCODE 2024 where it has them. Shenzhen Bay's two halves stand in
// one building in Shekou.
constexpr auto kRows = std::to_array<Row>({
    {"LMC", "HK9LM", "Lok Ma Chau", {"lok-ma-chau", "落馬洲", "落马洲"}},
    {"HUANGG", "CNHUG", "Huanggang", {"huanggang", "皇崗", "皇岗"}},
    {"MKT", "HKHKG", "Man Kam To", {"man-kam-to", "文錦渡", "文锦渡"}},
    {"WENJIN", "CNWJD", "Wenjindu", {"wenjindu"}},
    {"STK", "HK8ST", "Sha Tau Kok", {"sha-tau-kok", "沙頭角", "沙头角"}},
    {"SHATOU", "CNSTJ", "Shatoujiao", {"shatoujiao"}},
    {"SBP", "CNSZW", "Shenzhen Bay", {"shenzhen-bay", "shenzhenwan", "深圳灣", "深圳湾"}},
    {"HYW", "HKHKG", "Heung Yuen Wai", {"heung-yuen-wai", "香園圍", "香园围"}},
    {"LIANTA", "CNSNZ", "Liantang", {"liantang", "蓮塘", "莲塘"}},
    {"HZMBHK", "HKHKG", "Hong Kong–Zhuhai–Macao Bridge, Hong Kong port", {"hzmb", "hzmb-hong-kong", "港珠澳大橋", "港珠澳大桥"}},
    {"HZMBZH", "CNZUH", "Hong Kong–Zhuhai–Macao Bridge, Zhuhai port", {"hzmb-zhuhai"}},
    {"HZMBMO", "MOMFM", "Hong Kong–Zhuhai–Macao Bridge, Macao port", {"hzmb-macao"}},
});

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : to_lower(trim(name)))
    if (c != ' ' && c != '-' && c != '_') out += c;
  return out;
}

}  // namespace

Place control_point(std::string_view name) {
  const std::string wanted = folded(name);
  if (wanted.empty()) return {};
  const auto found = std::ranges::find_if(kRows, [&](const Row& row) {
    const auto is_wanted = [&](std::string_view candidate) { return folded(candidate) == wanted; };
    return is_wanted(row.code) || is_wanted(row.name) || std::ranges::any_of(row.known_as, is_wanted);
  });
  if (found == kRows.end()) return {};
  Place place;
  place.unlocode = found->unlocode;
  place.facility = found->code;
  place.facility_provider = kProvider;
  place.facility_type = kBorder;
  place.name = found->name;
  return place;
}

}  // namespace fairway::gateway::land
