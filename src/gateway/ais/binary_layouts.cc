// The binary messages of types 6 (addressed) and 8 (broadcast), by area code and function identifier. What is not here is given whole.
#include <array>

#include "gateway/ais/layout.h"
#include "gateway/ais/legends.h"

namespace fairway::gateway::ais {
namespace {

constexpr uint32_t kPerDegree = 600'000, kBinaryPerDegree = 60'000;
constexpr Field place(std::string_view name, uint16_t at, uint16_t bits) { return signed_decimal(name, at, bits, kBinaryPerDegree, 4); }
constexpr Field fine_place(std::string_view name, uint16_t at, uint16_t bits) { return signed_decimal(name, at, bits, kPerDegree, 6); }
constexpr Field tenths(std::string_view name, uint16_t at, uint16_t bits, int32_t add = 0) { return decimal(name, at, bits, 10, 1, add); }
constexpr Field signed_tenths(std::string_view name, uint16_t at, uint16_t bits) { return signed_decimal(name, at, bits, 10, 1); }
constexpr Field legend(std::string_view name, uint16_t at, uint16_t bits, const Legend& texts) {
  return {.name = name, .at = at, .bits = bits, .form = Form::legend, .legend = &texts};
}
constexpr Field signed_number(std::string_view name, uint16_t at, uint16_t bits) { return form(name, at, bits, Form::signed_number); }

constexpr TimePiece kDayTime[] = {{5, 2, 'T'}, {5, 2, ':'}, {6, 2, 'Z'}};
constexpr TimePiece kBareTime[] = {{4, 1, '-'}, {5, 1, 'T'}, {5, 1, ':'}, {6, 1, '\0'}};

constexpr Field kAddressed[] = {
    number("seqno", 38, 2), number("dest_mmsi", 40, 30), flag("retransmit", 70), number("dac", 72, 10), number("fid", 82, 6),
};
constexpr Field kBroadcast[] = {number("dac", 40, 10), number("fid", 50, 6)};
constexpr Field kAddressedData[] = {rest("data", 88)};
constexpr Field kBroadcastData[] = {rest("data", 56)};

// 1/12, Circ.236: dangerous cargo
constexpr Field kDangerousCargo[] = {
    text("lastport", 88, 5),      time("departure", 118, kMonthTime), text("nextport", 138, 5),
    time("eta", 168, kMonthTime), text("dangerous", 188, 20),         text("imdcat", 308, 4),
    number("unid", 332, 13),      number("amount", 345, 10),          number("unit", 355, 2),
};

// 1/14, Circ.236, and 1/32, Circ.289: tidal windows. gpsd scales both alike.
constexpr Field kTidalDay[] = {number("month", 88, 4), number("day", 92, 5)};
constexpr Field kOldTidal[] = {
    place("lon", 27, 28),     place("lat", 0, 27),     number("from_hour", 55, 5), number("from_min", 60, 6),
    number("to_hour", 66, 5), number("to_min", 71, 6), number("cdir", 77, 9),      tenths("cspeed", 86, 7),
};
constexpr Field kTidal[] = {
    place("lon", 0, 25),      place("lat", 25, 24),    number("from_hour", 49, 5), number("from_min", 54, 6),
    number("to_hour", 60, 5), number("to_min", 65, 6), number("cdir", 71, 9),      tenths("cspeed", 80, 8),
};

// 1/18, Circ.289: clearance time to enter port
constexpr Field kClearance[] = {
    number("linkage", 88, 10),   time("arrival", 98, kMonthTime), text("portname", 118, 20),
    text("destination", 238, 5), place("lon", 268, 25),           place("lat", 293, 24),
};

// 1/20, Circ.289: berthing data
constexpr Field kBerthing[] = {
    number("linkage", 88, 10),        number("berth_length", 98, 9),  code("position", 115, 3, kBerthPosition),
    time("arrival", 118, kBareTime),  number("availability", 138, 1), number("agent", 139, 2),
    number("fuel", 141, 2),           number("chandler", 143, 2),     number("stevedore", 145, 2),
    number("electrical", 147, 2),     number("water", 149, 2),        number("customs", 151, 2),
    number("cartage", 153, 2),        number("crane", 155, 2),        number("lift", 157, 2),
    number("medical", 159, 2),        number("navrepair", 161, 2),    number("provisions", 163, 2),
    number("shiprepair", 165, 2),     number("surveyor", 167, 2),     number("steam", 169, 2),
    number("tugs", 171, 2),           number("solidwaste", 173, 2),   number("liquidwaste", 175, 2),
    number("hazardouswaste", 177, 2), number("ballast", 179, 2),      number("additional", 181, 2),
    number("regional1", 183, 2),      number("regional2", 185, 2),    number("future1", 187, 2),
    number("future2", 189, 2),        text("berth_name", 191, 20),    place("berth_lon", 311, 25),
    place("berth_lat", 336, 24),      tenths("berth_depth", 107, 8),
};

// 1/25, Circ.289: dangerous cargo by code
constexpr Field kCargoAmount[] = {number("unit", 88, 2), number("amount", 90, 10)};
constexpr Field kCargo[] = {number("code", 0, 4), number("subtype", 4, 13)};

// 1/28 addressed and 1/27 broadcast, Circ.289: routes
constexpr std::array<Field, 5> route(uint16_t at) {
  const auto from = [at](int offset) { return static_cast<uint16_t>(at + offset); };
  return {number("linkage", at, 10), number("sender", from(10), 3), code("rtype", from(13), 5, kRouteType),
          time("start", from(18), kMonthTime), number("duration", from(38), 18)};
}
constexpr std::array kAddressedRoute = route(88), kBroadcastRoute = route(56);
constexpr Field kWaypoint[] = {fine_place("lon", 0, 28), fine_place("lat", 28, 27)};

// 1/30 addressed and 1/29 broadcast, Circ.289: text
constexpr Field kAddressedText[] = {number("linkage", 88, 10), form("text", 98, 0, Form::text_to_end)};
constexpr Field kBroadcastText[] = {number("linkage", 56, 10), form("text", 66, 0, Form::text_to_end)};

// 200/21, 200/22, 200/55: Inland AIS, times at a lock, bridge or terminal; persons on board
constexpr Field kInlandPlace[] = {
    number("seqno", 38, 2),   number("dest_mmsi", 40, 30), flag("retransmit", 70),      number("dac", 72, 10),
    number("fid", 82, 6),     text("country", 88, 2),      text("locode", 100, 3),      text("section", 118, 5),
    text("terminal", 148, 5), text("hectometre", 178, 5),  time("eta", 208, kBareTime),
};
constexpr Field kInlandEta[] = {number("tugs", 228, 3), number("airdraught", 231, 12)};
constexpr Field kInlandRta[] = {code("status", 228, 2, kLockStatus)};
constexpr Field kInlandPersons[] = {number("crew", 88, 8), number("passengers", 96, 13), number("personnel", 109, 8)};

// 235/10: the general lighthouse authorities' monitoring of aids to navigation; volts
constexpr Field kAidMonitoring[] = {
    flag("off_pos", 131),
    flag("alarm", 122),
    number("stat_ext", 123, 8),
    decimal("ana_int", 88, 10, 20, 2),
    decimal("ana_ext1", 98, 10, 20, 2),
    decimal("ana_ext2", 108, 10, 20, 2),
    code("racon", 118, 2, kRacon),
    code("light", 120, 2, kLight),
};

// 1/11, Circ.236: weather and water
constexpr Field kOldWeather[] = {
    place("lat", 56, 24),
    place("lon", 80, 25),
    time("timestamp", 105, kDayTime),
    number("wspeed", 121, 7),
    number("wgust", 128, 7),
    number("wdir", 135, 9),
    number("wgustdir", 144, 9),
    number("humidity", 164, 7),
    tenths("airtemp", 153, 11, -600),
    tenths("dewpoint", 171, 10, -200),
    decimal("pressure", 181, 9, 1, 0, 800),
    legend("pressuretend", 190, 2, kTrend),
    tenths("visibility", 192, 8),
    tenths("waterlevel", 200, 9, -100),
    legend("leveltrend", 209, 2, kTrend),
    tenths("cspeed", 211, 8),
    number("cdir", 219, 9),
    tenths("cspeed2", 228, 8),
    number("cdir2", 236, 9),
    number("cdepth2", 245, 5),
    tenths("cspeed3", 250, 8),
    number("cdir3", 258, 9),
    number("cdepth3", 267, 5),
    tenths("waveheight", 272, 8),
    number("waveperiod", 280, 6),
    number("wavedir", 286, 9),
    tenths("swellheight", 295, 8),
    number("swellperiod", 303, 6),
    number("swelldir", 309, 9),
    number("seastate", 318, 4),
    tenths("watertemp", 322, 10, -100),
    code("preciptype", 332, 3, kPrecipitation),
    tenths("salinity", 335, 9),
    code("ice", 344, 2, kIce),
};

// 1/31, Circ.289: the same, laid out anew
constexpr Field kWeather[] = {
    place("lat", 81, 24),
    place("lon", 56, 25),
    flag("accuracy", 105),
    time("timestamp", 106, kDayTime),
    number("wspeed", 122, 7),
    number("wgust", 129, 7),
    number("wdir", 136, 9),
    number("wgustdir", 145, 9),
    number("humidity", 165, 7),
    signed_tenths("airtemp", 154, 11),
    signed_tenths("dewpoint", 172, 10),
    decimal("pressure", 182, 9, 1, 0, 799),
    legend("pressuretend", 191, 2, kTrend),
    flag("visgreater", 193),
    tenths("visibility", 194, 7),
    decimal("waterlevel", 201, 12, 100, 1, -1000),
    legend("leveltrend", 213, 2, kTrend),
    tenths("cspeed", 215, 8),
    number("cdir", 223, 9),
    tenths("cspeed2", 232, 8),
    number("cdir2", 240, 9),
    number("cdepth2", 249, 5),
    tenths("cspeed3", 254, 8),
    number("cdir3", 262, 9),
    number("cdepth3", 271, 5),
    tenths("waveheight", 276, 8),
    number("waveperiod", 284, 6),
    number("wavedir", 290, 9),
    tenths("swellheight", 299, 8),
    number("swellperiod", 307, 6),
    number("swelldir", 313, 9),
    number("seastate", 322, 4),
    signed_tenths("watertemp", 326, 10),
    legend("preciptype", 336, 3, kPrecipitation),
    tenths("salinity", 339, 9),
    legend("ice", 348, 2, kIce),
};

// 200/10: Inland AIS, the ship and its voyage; lengths in decimetres, draught in centimetres
constexpr Field kInlandShip[] = {
    text("vin", 56, 8),
    number("length", 104, 13),
    number("beam", 117, 10),
    code("shiptype", 127, 14, kInlandShipType),
    code("hazard", 141, 3, kBlueCones),
    number("draught", 144, 11),
    code("loaded", 155, 2, kLoadStatus),
    flag("speed_q", 157),
    flag("course_q", 158),
    flag("heading_q", 159),
};

// 200/24 and 200/40: Inland AIS, water levels and signals
constexpr Field kGaugeCountry[] = {text("country", 56, 2)};
constexpr Field kGauge[] = {number("id", 0, 11), signed_number("level", 11, 14)};
constexpr Field kSignal[] = {
    fine_place("lon", 56, 28),
    fine_place("lat", 84, 27),
    number("form", 111, 4),
    number("facing", 115, 9),
    code("direction", 124, 3, kSignalDirection),
    code("status", 127, 30, kSignalStatus),
};

constexpr uint16_t application(uint16_t area, uint16_t function) { return static_cast<uint16_t>(area << 6 | function); }

constexpr Layout addressed(uint16_t area, uint16_t function, std::span<const Field> fields, uint16_t bits = 0, Repeat repeat = {}) {
  Layout row{.type = 6, .bits_min = bits != 0 ? bits : uint16_t{88}, .head = kAddressed, .fields = fields, .repeat = repeat};
  if (bits != 0) row.bits_max = bits;
  row.key_at = 72, row.key_bits = 16, row.key = application(area, function);
  return row;
}
constexpr Layout inland(uint16_t function, std::span<const Field> fields, uint16_t bits) {
  Layout row = addressed(200, function, fields, bits);
  row.head = kInlandPlace;
  return row;
}
constexpr Layout broadcast(uint16_t area, uint16_t function, std::span<const Field> fields, uint16_t bits = 0, Repeat repeat = {}) {
  Layout row{.type = 8, .bits_min = bits != 0 ? bits : uint16_t{56}, .head = kBroadcast, .fields = fields, .repeat = repeat};
  if (bits != 0) row.bits_max = bits;
  row.key_at = 40, row.key_bits = 16, row.key = application(area, function);
  return row;
}

// Those of a fixed length are given whole where they have another: a false use of the number.
constexpr Layout kLayouts[] = {
    addressed(1, 12, kDangerousCargo),
    addressed(1, 14, kTidalDay, 0, {"tidals", 97, 93, kOldTidal}),
    addressed(1, 18, kClearance),
    addressed(1, 20, kBerthing),
    addressed(1, 25, kCargoAmount, 0, {"cargos", 100, 17, kCargo}),
    addressed(1, 28, kAddressedRoute, 0, {"waypoints", 149, 55, kWaypoint, 144, 5}),
    addressed(1, 30, kAddressedText),
    addressed(1, 32, kTidalDay, 0, {"tidals", 97, 88, kTidal}),
    inland(21, kInlandEta, 248),
    inland(22, kInlandRta, 232),
    addressed(200, 55, kInlandPersons, 168),
    addressed(235, 10, kAidMonitoring, 136),
    addressed(250, 10, kAidMonitoring, 136),
    {.type = 6, .bits_min = 88, .head = kAddressed, .fields = kAddressedData},
    broadcast(1, 11, kOldWeather),
    broadcast(1, 27, kBroadcastRoute, 0, {"waypoints", 117, 55, kWaypoint, 112, 5}),
    broadcast(1, 29, kBroadcastText),
    broadcast(1, 31, kWeather),
    broadcast(200, 10, kInlandShip, 168),
    broadcast(200, 24, kGaugeCountry, 168, {"gauges", 68, 25, kGauge}),
    broadcast(200, 40, kSignal, 168),
    {.type = 8, .bits_min = 56, .head = kBroadcast, .fields = kBroadcastData},
};

}  // namespace

std::span<const Layout> binary_layouts() { return kLayouts; }

}  // namespace fairway::gateway::ais
