#include "refdata/built_in.h"

#include <array>

#include "base/json_writer.h"

namespace fairway::refdata {
namespace {

struct PlaceRow {
  std::string_view code, name, function;
  double latitude, longitude;
};
// Positions of the harbours (of the airports or depots where there is none), to a hundredth of a degree.
constexpr auto kPlaces = std::to_array<PlaceRow>({
    {"AEJEA", "Jebel Ali", "1-------", 25.01, 55.06},
    {"AUSYD", "Sydney", "12345---", -33.86, 151.20},
    {"CNCAN", "Guangzhou", "12345---", 23.10, 113.43},
    {"CNFOS", "Foshan", "-23-----", 23.03, 113.12},
    {"CNJMN", "Jiangmen", "123-----", 22.58, 113.08},
    {"CNNGB", "Ningbo", "12345---", 29.87, 121.55},
    {"CNNSA", "Nansha", "1-------", 22.75, 113.60},
    {"CNPVG", "Shanghai Pudong International Apt", "---4----", 31.14, 121.81},
    {"CNSHA", "Shanghai", "12345---", 31.23, 121.48},
    {"CNSHK", "Shekou", "1-------", 22.48, 113.90},
    {"CNSZX", "Shenzhen", "12345---", 22.54, 114.06},
    {"CNYTN", "Yantian", "1-------", 22.57, 114.27},
    {"CNZSN", "Zhongshan", "123-----", 22.52, 113.38},
    {"CNZUH", "Zhuhai", "123-----", 22.27, 113.57},
    {"DEFRA", "Frankfurt am Main", "12345---", 50.05, 8.57},
    {"DEHAM", "Hamburg", "12345---", 53.54, 9.98},
    {"GBFXT", "Felixstowe", "1-------", 51.96, 1.31},
    {"HKHKG", "Hong Kong", "1--45---", 22.30, 114.17},
    {"INNSA", "Nhava Sheva", "1-------", 18.95, 72.95},
    {"JPTYO", "Tokyo", "12345---", 35.62, 139.77},
    {"KRPUS", "Busan", "1234567-", 35.10, 129.04},
    {"LKCMB", "Colombo", "12345---", 6.95, 79.85},
    {"MYPKG", "Port Klang", "123-5---", 3.00, 101.40},
    {"NLRTM", "Rotterdam", "12345---", 51.92, 4.48},
    {"SGSIN", "Singapore", "1--45---", 1.27, 103.80},
    {"THLCH", "Laem Chabang", "1-3-----", 13.08, 100.88},
    {"TWKHH", "Kaohsiung", "1--4----", 22.60, 120.29},
    {"USLAX", "Los Angeles", "1--45---", 33.74, -118.26},
    {"USLGB", "Long Beach", "1234----", 33.76, -118.21},
    {"USNYC", "New York", "12345---", 40.68, -74.03},
    {"VNSGN", "Ho Chi Minh City", "1-3456--", 10.77, 106.71},
});

struct NameRow {
  std::string_view code, name;
};
constexpr auto kTerminals = std::to_array<NameRow>({
    {"HKHKG/ACTHK", "Asia Container Terminals"},
    {"HKHKG/CHTHK", "COSCO-HIT Terminals"},
    {"HKHKG/DPWHK", "DP World Hong Kong, Container Terminal 3"},
    {"HKHKG/HITHK", "Hongkong International Terminals"},
    {"HKHKG/MTLHK", "Modern Terminals"},
    {"HKHKG/RTT", "River Trade Terminal"},
});
constexpr auto kSizeTypes = std::to_array<NameRow>({
    {"22G1", "20 feet, 8 feet 6, general purpose with vents"},
    {"22R1", "20 feet, 8 feet 6, refrigerated and heated"},
    {"22T1", "20 feet, 8 feet 6, tank"},
    {"22U1", "20 feet, 8 feet 6, open top"},
    {"42G1", "40 feet, 8 feet 6, general purpose with vents"},
    {"42P1", "40 feet, 8 feet 6, platform"},
    {"42U1", "40 feet, 8 feet 6, open top"},
    {"45G1", "40 feet, 9 feet 6, general purpose with vents"},
    {"45R1", "40 feet, 9 feet 6, refrigerated and heated"},
    {"L5G1", "45 feet, 9 feet 6, general purpose with vents"},
});

CodeRow row_of(const PlaceRow& place) {
  CodeRow out{std::string(place.code), {}};
  JsonWriter writer(out.json);
  writer.begin_object().member("name", place.name).member("function", place.function);
  writer.member("latitude", place.latitude).member("longitude", place.longitude).end_object();
  return out;
}

CodeRow row_of(const NameRow& named, std::string_view member) {
  CodeRow out{std::string(named.code), {}};
  JsonWriter(out.json).begin_object().member(member, named.name).end_object();
  return out;
}

}  // namespace

std::vector<CodeRow> built_in_rows(Table table, std::string_view prefix) {
  std::vector<CodeRow> out;
  if (table == Table::unlocode)
    for (const PlaceRow& place : kPlaces)
      if (place.code.starts_with(prefix)) out.push_back(row_of(place));
  if (table == Table::terminals)
    for (const NameRow& terminal : kTerminals)
      if (terminal.code.starts_with(prefix)) out.push_back(row_of(terminal, "name"));
  if (table == Table::container_types)
    for (const NameRow& type : kSizeTypes)
      if (type.code.starts_with(prefix)) out.push_back(row_of(type, "description"));
  return out;
}

std::optional<CodeRow> built_in(Table table, std::string_view code) {
  std::vector<CodeRow> rows = built_in_rows(table, code);
  if (rows.empty() || rows.front().code != code) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace fairway::refdata
