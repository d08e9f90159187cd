// The tables of reference data: what each is called, and which columns of its published file go where. Constants; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/status.h"

namespace fairway::refdata {

enum class Table : uint8_t {
  unlocode,         // UN/LOCODE: places
  terminals,        // SMDG terminal codes, unique only together with their UN/LOCODE
  hs,               // Harmonized System: goods
  container_types,  // ISO 6346 size-types, with the numeric ones of 1984
};
inline constexpr size_t kTables = 4;

enum class Form : uint8_t {
  text,
  country,    // two letters
  place,      // three of A–Z 0–9
  unlocode,   // five characters
  hs_code,    // two, four or six digits
  size_type,  // four characters
  latitude,   // degrees, WGS 84
  longitude,
  number,
  date,  // YYYY-MM-DD
};

struct Column {
  std::string_view heading;  // in the file
  std::string_view member;   // in the API
  Form form = Form::text;
  bool required = false;
};

struct TableRow {
  Table table;
  std::string_view name;  // in routes and options: "unlocode", "container-types"
  // The columns that make up the code, and what stands between them.
  std::span<const Column> code;
  std::string_view between;
  std::span<const Column> columns;
  std::string_view source;  // who publishes it
};

[[nodiscard]] const TableRow& row(Table table);
[[nodiscard]] std::span<const TableRow> tables();
[[nodiscard]] Result<Table> table_from(std::string_view name);

}  // namespace fairway::refdata
