#include "refdata/table.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::refdata {
namespace {

constexpr std::array kPlaceCode = {Column{"country", "", Form::country, true}, Column{"location", "", Form::place, true}};
constexpr std::array kPlaces = {
    Column{"name", "name", Form::text, true},
    Column{"nameWoDiacritics", "plainName"},
    Column{"subdivision", "subdivision"},
    Column{"status", "status"},
    Column{"function", "function"},  // eight positions: port, rail, road, airport, post, inland depot, pipe, border
    Column{"iata", "iata"},
    Column{"lat", "latitude", Form::latitude},
    Column{"lon", "longitude", Form::longitude},
    Column{"geocoded", "geocoded"},  // "true": the coordinates are not the UN's
};

constexpr std::array kTerminalCode = {Column{"UNLOCODE", "", Form::unlocode, true}, Column{"Terminal Code", "", Form::text, true}};
constexpr std::array kTerminals = {
    Column{"Terminal Facility Name", "name", Form::text, true},
    Column{"Terminal Company Name", "company"},
    Column{"Alternative UNLOCODE", "alternativeUNLocationCode"},
    Column{"Latitude", "latitude", Form::latitude},
    Column{"Longitude", "longitude", Form::longitude},
    Column{"Valid from", "validFrom", Form::date},
    Column{"Valid to", "validTo", Form::date},
    Column{"Last change", "lastChange", Form::date},
    Column{"Terminal Website", "website"},
    Column{"Terminal Address", "address"},
    Column{"Remarks", "remarks"},
};

constexpr std::array kGoodsCode = {Column{"hscode", "", Form::hs_code, true}};
constexpr std::array kGoods = {
    Column{"description", "description", Form::text, true},
    Column{"section", "section"},
    Column{"parent", "parent"},
    Column{"level", "level", Form::number},
};

constexpr std::array kSizeTypeCode = {Column{"code", "", Form::size_type, true}};
constexpr std::array kSizeTypes = {
    Column{"description", "description", Form::text, true},
    Column{"length", "lengthFeet", Form::number},
    Column{"height", "heightFeet", Form::number},
    Column{"group", "group"},
};

constexpr std::array<TableRow, kTables> kRows = {{
    {Table::unlocode, "unlocode", kPlaceCode, "", kPlaces, "UNECE"},
    {Table::terminals, "terminals", kTerminalCode, "/", kTerminals, "SMDG"},
    {Table::hs, "hs", kGoodsCode, "", kGoods, "WCO"},
    {Table::container_types, "container-types", kSizeTypeCode, "", kSizeTypes, "ISO 6346"},
}};

}  // namespace

const TableRow& row(Table table) { return kRows.at(static_cast<size_t>(table)); }
std::span<const TableRow> tables() { return kRows; }

Result<Table> table_from(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &TableRow::name);
  if (found != kRows.end()) return found->table;
  return fail(Code::not_found, "there is no such table", legible(name), "unlocode, terminals, hs or container-types");
}

}  // namespace fairway::refdata
