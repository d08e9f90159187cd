// All messages but the binary ones of types 6 and 8.
#include <array>

#include "gateway/ais/layout.h"
#include "gateway/ais/legends.h"

namespace fairway::gateway::ais {
namespace {

constexpr uint32_t kPerDegree = 600'000;    // 1/10,000 minute
constexpr uint32_t kCoarsePerDegree = 600;  // 1/10 minute

constexpr Field coarse(std::string_view name, uint16_t at, uint16_t bits) { return signed_decimal(name, at, bits, kCoarsePerDegree, 1); }

constexpr TimePiece kFullTime[] = {{14, 4, '-'}, {4, 2, '-'}, {5, 2, 'T'}, {5, 2, ':'}, {6, 2, ':'}, {6, 2, 'Z'}};

constexpr Field kPosition[] = {
    code("status", 38, 4, kNavigationStatus),
    form("turn", 42, 8, Form::turn),
    form("speed", 50, 10, Form::speed),
    flag("accuracy", 60),
    signed_decimal("lon", 61, 28, kPerDegree, 6),
    signed_decimal("lat", 89, 27, kPerDegree, 6),
    decimal("course", 116, 12, 10, 1),
    number("heading", 128, 9),
    number("second", 137, 6),
    number("maneuver", 143, 2),
    flag("raim", 148),
    form("radio", 149, 19, Form::number_to_end),
};

constexpr Field kBaseStation[] = {
    time("timestamp", 38, kFullTime),
    flag("accuracy", 78),
    signed_decimal("lon", 79, 28, kPerDegree, 6),
    signed_decimal("lat", 107, 27, kPerDegree, 6),
    code("epfd", 134, 4, kPositionFix),
    flag("raim", 148),
    number("radio", 149, 19),
};

constexpr Field kVoyage[] = {
    number("imo", 40, 30),
    number("ais_version", 38, 2),
    text("callsign", 70, 7),
    text("shipname", 112, 20),
    code("shiptype", 232, 8, kShipType),
    number("to_bow", 240, 9),
    number("to_stern", 249, 9),
    number("to_port", 258, 6),
    number("to_starboard", 264, 6),
    code("epfd", 270, 4, kPositionFix),
    time("eta", 274, kMonthTime),
    decimal("draught", 294, 8, 10, 1),
    text("destination", 302, 20),
    number("dte", 422, 1),
};

constexpr Field kAcknowledge[] = {
    number("mmsi1", 40, 30),
    number("mmsi2", 72, 30),
    number("mmsi3", 104, 30),
    number("mmsi4", 136, 30),
};

constexpr Field kAircraft[] = {
    form("alt", 38, 12, Form::altitude),
    form("speed", 50, 10, Form::air_speed),
    flag("accuracy", 60),
    signed_decimal("lon", 61, 28, kPerDegree, 6),
    signed_decimal("lat", 89, 27, kPerDegree, 6),
    decimal("course", 116, 12, 10, 1),
    number("second", 128, 6),
    number("regional", 134, 8),
    number("dte", 142, 1),
    flag("raim", 147),
    number("radio", 148, 20),
};

constexpr Field kTimeInquiry[] = {number("dest_mmsi", 40, 30)};

constexpr Field kAddressedText[] = {
    number("seqno", 38, 2),
    number("dest_mmsi", 40, 30),
    flag("retransmit", 70),
    form("text", 72, 0, Form::text_to_end),
};

constexpr Field kBroadcastText[] = {form("text", 40, 0, Form::text_to_end)};

constexpr Field kInterrogation[] = {
    number("mmsi1", 40, 30),     number("type1_1", 70, 6), number("offset1_1", 76, 12), number("type1_2", 90, 6),
    number("offset1_2", 96, 12), number("mmsi2", 110, 30), number("type2_1", 140, 6),   number("offset2_1", 146, 12),
};

// A number of no bits is 0: what a short message leaves out.
constexpr Field kOneAssignment[] = {
    number("mmsi1", 40, 30), number("offset1", 70, 12), number("increment1", 82, 10),
    number("mmsi2", 0, 0),   number("offset2", 0, 0),   number("increment2", 0, 0),
};
constexpr Field kTwoAssignments[] = {
    number("mmsi1", 40, 30), number("offset1", 70, 12),  number("increment1", 82, 10),
    number("mmsi2", 92, 30), number("offset2", 122, 12), number("increment2", 134, 10),
};

constexpr Field kCorrections[] = {coarse("lon", 40, 18), coarse("lat", 58, 17), rest("data", 80)};

constexpr Field kClassB[] = {
    number("reserved", 38, 8),
    decimal("speed", 46, 10, 10, 1),
    flag("accuracy", 56),
    signed_decimal("lon", 57, 28, kPerDegree, 6),
    signed_decimal("lat", 85, 27, kPerDegree, 6),
    decimal("course", 112, 12, 10, 1),
    number("heading", 124, 9),
    number("second", 133, 6),
    number("regional", 139, 2),
    flag("cs", 141),
    flag("display", 142),
    flag("dsc", 143),
    flag("band", 144),
    flag("msg22", 145),
    flag("raim", 147),
    number("radio", 148, 20),
};

constexpr Field kClassBExtended[] = {
    number("reserved", 38, 8),
    decimal("speed", 46, 10, 10, 1),
    flag("accuracy", 56),
    signed_decimal("lon", 57, 28, kPerDegree, 6),
    signed_decimal("lat", 85, 27, kPerDegree, 6),
    decimal("course", 112, 12, 10, 1),
    number("heading", 124, 9),
    number("second", 133, 6),
    number("regional", 139, 4),
    text("shipname", 143, 20),
    code("shiptype", 263, 8, kShipType),
    number("to_bow", 271, 9),
    number("to_stern", 280, 9),
    number("to_port", 289, 6),
    number("to_starboard", 295, 6),
    code("epfd", 301, 4, kPositionFix),
    flag("raim", 305),
    number("dte", 306, 1),
    flag("assigned", 307),
};

constexpr Field kLinkManagement[] = {
    number("offset1", 40, 12),  number("number1", 52, 4),  number("timeout1", 56, 3),  number("increment1", 59, 11),
    number("offset2", 70, 12),  number("number2", 82, 4),  number("timeout2", 86, 3),  number("increment2", 89, 11),
    number("offset3", 100, 12), number("number3", 112, 4), number("timeout3", 116, 3), number("increment3", 119, 11),
    number("offset4", 130, 12), number("number4", 142, 4), number("timeout4", 146, 3), number("increment4", 149, 11),
};

constexpr Field kAidToNavigation[] = {
    code("aid_type", 38, 5, kAidType),
    form("name", 43, 120, Form::long_name),
    signed_decimal("lon", 164, 28, kPerDegree, 6),
    signed_decimal("lat", 192, 27, kPerDegree, 6),
    flag("accuracy", 163),
    number("to_bow", 219, 9),
    number("to_stern", 228, 9),
    number("to_port", 237, 6),
    number("to_starboard", 243, 6),
    code("epfd", 249, 4, kPositionFix),
    number("second", 253, 6),
    number("regional", 260, 8),
    flag("off_position", 259),
    flag("raim", 268),
    flag("virtual_aid", 269),
};

constexpr Field corner(std::string_view name, uint16_t at, uint16_t bits) {
  return {.name = name, .at = at, .bits = bits, .form = Form::coordinate, .divide = kCoarsePerDegree, .decimals = 6};
}
constexpr Field kChannels[] = {number("channel_a", 40, 12), number("channel_b", 52, 12), number("txrx", 64, 4), flag("power", 68)};
constexpr Field kChannelsOfArea[] = {
    corner("ne_lon", 69, 18), corner("ne_lat", 87, 17), corner("sw_lon", 104, 18), corner("sw_lat", 122, 17),
    flag("addressed", 139),   flag("band_a", 140),      flag("band_b", 141),       number("zonesize", 142, 3),
};
constexpr Field kChannelsOfStations[] = {
    number("dest1", 69, 30), number("dest2", 104, 30), flag("addressed", 139),
    flag("band_a", 140),     flag("band_b", 141),      number("zonesize", 142, 3),
};

constexpr Field kGroupAssignment[] = {
    corner("ne_lon", 40, 18),
    corner("ne_lat", 58, 17),
    corner("sw_lon", 75, 18),
    corner("sw_lat", 93, 17),
    code("stationtype", 110, 4, kStationType),
    code("shiptype", 114, 8, kShipType),
    number("interval", 146, 4),
    number("quiet", 150, 4),
};

constexpr Field kStaticA[] = {text("shipname", 40, 20)};
constexpr Field kStaticB[] = {
    code("shiptype", 40, 8, kShipType), text("vendorid", 48, 7), number("model", 66, 4), number("serial", 70, 20), text("callsign", 90, 7),
};
constexpr Field kDimensions[] = {
    number("to_bow", 132, 9),
    number("to_stern", 141, 9),
    number("to_port", 150, 6),
    number("to_starboard", 156, 6),
};
constexpr Field kMothership[] = {number("mothership_mmsi", 132, 30)};

// Types 25 and 26: two flags say what stands before the data.
constexpr Field kBinaryFlags[] = {flag("addressed", 38), flag("structured", 39)};
constexpr Field kNoAddress = number("dest_mmsi", 0, 0), kNoApplication = number("app_id", 0, 0);
constexpr Field kAddress = number("dest_mmsi", 40, 30);
constexpr Field kSlotPlain[] = {kNoAddress, kNoApplication, rest("data", 40)};
constexpr Field kSlotStructured[] = {kNoAddress, number("app_id", 40, 16), rest("data", 56)};
constexpr Field kSlotAddressed[] = {kAddress, kNoApplication, rest("data", 70)};
constexpr Field kSlotBoth[] = {kAddress, number("app_id", 70, 16), rest("data", 86)};
// gpsd writes the communication state at the end of type 26 as 0 whatever it is.
constexpr uint16_t kStateBits = 20;
constexpr Field kRadio = number("radio", 0, 0);
constexpr Field kSlotsPlain[] = {kNoAddress, kNoApplication, rest("data", 40, kStateBits), kRadio};
constexpr Field kSlotsStructured[] = {kNoAddress, number("app_id", 40, 16), rest("data", 56, kStateBits), kRadio};
constexpr Field kSlotsAddressed[] = {kAddress, kNoApplication, rest("data", 70, kStateBits), kRadio};
constexpr Field kSlotsBoth[] = {kAddress, number("app_id", 70, 16), rest("data", 86, kStateBits), kRadio};

constexpr Field kLongRange[] = {
    {.name = "status", .at = 40, .bits = 4, .form = Form::legend, .legend = &kNavigationStatus},
    flag("accuracy", 38),
    coarse("lon", 44, 18),
    coarse("lat", 62, 17),
    number("speed", 79, 6),
    number("course", 85, 9),
    flag("raim", 39),
    flag("gnss", 94),
};

constexpr Layout layout(uint8_t type, uint16_t bits_min, uint16_t bits_max, std::span<const Field> fields) {
  return {.type = type, .bits_min = bits_min, .bits_max = bits_max, .fields = fields};
}
// One of several forms of a type, told by some of its bits.
constexpr Layout keyed(uint8_t type, uint16_t bits_min, uint16_t bits_max, std::array<uint16_t, 3> key, std::span<const Field> head,
                       std::span<const Field> fields) {
  Layout row{.type = type, .bits_min = bits_min, .bits_max = bits_max, .head = head, .fields = fields};
  row.key_at = key[0], row.key_bits = key[1], row.key = key[2];
  return row;
}
constexpr uint16_t kAnyMax = Bits::kMax;

constexpr Layout kLayouts[] = {
    layout(1, 163, kAnyMax, kPosition),  // some stations leave out the end
    layout(2, 163, kAnyMax, kPosition),
    layout(3, 163, kAnyMax, kPosition),
    layout(4, 168, kAnyMax, kBaseStation),
    layout(5, 420, kAnyMax, kVoyage),  // 424; many transmitters send 420 or 422
    layout(7, 72, 168, kAcknowledge),
    layout(9, 168, kAnyMax, kAircraft),
    layout(10, 72, kAnyMax, kTimeInquiry),
    layout(11, 168, kAnyMax, kBaseStation),
    layout(12, 72, kAnyMax, kAddressedText),
    layout(13, 72, 168, kAcknowledge),
    layout(14, 40, kAnyMax, kBroadcastText),
    layout(15, 88, 168, kInterrogation),
    layout(16, 96, 143, kOneAssignment),
    layout(16, 144, 168, kTwoAssignments),
    layout(17, 80, kAnyMax, kCorrections),
    layout(18, 168, kAnyMax, kClassB),
    layout(19, 312, kAnyMax, kClassBExtended),
    layout(20, 72, 186, kLinkManagement),
    layout(21, 272, 368, kAidToNavigation),
    keyed(22, 168, kAnyMax, {139, 1, 0}, kChannels, kChannelsOfArea),
    keyed(22, 168, kAnyMax, {139, 1, 1}, kChannels, kChannelsOfStations),
    layout(23, 160, kAnyMax, kGroupAssignment),
    keyed(24, 160, 168, {38, 2, 0}, {}, kStaticA),
    {.type = 24, .bits_min = 168, .key_at = 38, .key_bits = 2, .key = 1, .head = kStaticB, .fields = kMothership, .auxiliary_craft = true},
    keyed(24, 168, kAnyMax, {38, 2, 1}, kStaticB, kDimensions),
    keyed(25, 40, 168, {38, 2, 0}, kBinaryFlags, kSlotPlain),
    keyed(25, 56, 168, {38, 2, 1}, kBinaryFlags, kSlotStructured),
    keyed(25, 70, 168, {38, 2, 2}, kBinaryFlags, kSlotAddressed),
    keyed(25, 86, 168, {38, 2, 3}, kBinaryFlags, kSlotBoth),
    keyed(26, 60, 1'064, {38, 2, 0}, kBinaryFlags, kSlotsPlain),
    keyed(26, 76, 1'064, {38, 2, 1}, kBinaryFlags, kSlotsStructured),
    keyed(26, 90, 1'064, {38, 2, 2}, kBinaryFlags, kSlotsAddressed),
    keyed(26, 106, 1'064, {38, 2, 3}, kBinaryFlags, kSlotsBoth),
    layout(27, 96, 96, kLongRange),
    layout(27, 168, 168, kLongRange),  // sent as a full slot by some
};

}  // namespace

std::span<const Layout> message_layouts() { return kLayouts; }

}  // namespace fairway::gateway::ais
