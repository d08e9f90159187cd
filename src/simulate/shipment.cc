#include "simulate/shipment.h"

#include <algorithm>

#include "model/reference.h"
#include "simulate/dice.h"

namespace fairway::simulate {
namespace {

constexpr std::array<std::string_view, 6> kTrades = {"export by truck", "export by river", "import by truck",
                                                     "import by river", "transhipment",    "empties"};
constexpr std::array<std::string_view, kFaults> kFaultNames = {
    "",     "wrong check digit", "wrong document code", "broken segment",   "wrong charset", "duplicate",
    "late", "correction",        "cancellation",        "conflicting claim"};

// How a block of six boxes falls into bookings; 0 ends the row.
constexpr std::array<std::array<uint8_t, kShipmentsPerBlock>, 5> kPatterns = {
    {{1, 2, 3, 0}, {2, 2, 2, 0}, {1, 1, 4, 0}, {3, 1, 1, 1}, {2, 1, 2, 1}}};

struct SizeType {
  std::string_view code;
  int tare_kg, cargo_kg_max;
};
constexpr std::array kSizes = {SizeType{"22G1", 2250, 21000}, SizeType{"42G1", 3750, 26000}, SizeType{"45G1", 3900, 26000},
                               SizeType{"45G1", 3900, 26000}, SizeType{"45R1", 4600, 27000}, SizeType{"22R1", 3000, 24000}};

// One shipment in this many has a fault of its own; a row of them has every kind.
constexpr uint32_t kFaultEvery = 11;
constexpr uint32_t kRolledPercent = 5;

// Leased boxes of worlds with more than a million: a line's own serial numbers are used up.
constexpr std::array<std::string_view, 10> kLessors = {"TRHU", "TCNU", "TGHU", "FCIU", "TEMU", "BMOU", "CAIU", "DFSU", "SEGU", "UETU"};

enum Tag : uint64_t { kPattern = 11, kPlan = 12, kBoxTag = 13 };

std::string padded(uint64_t number, size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// Different for every box below a million with the same owner: 7919 has no factor in common with a million.
std::string container_number(const Carrier& carrier, uint32_t box, uint64_t seed) {
  const uint32_t turn = box / 1'000'000;
  std::string number(turn == 0 ? carrier.box_prefix : kLessors[(turn - 1) % kLessors.size()]);
  number += padded((uint64_t{box} * 7919 + mix(seed) % 1'000'000) % 1'000'000, 6);
  number += static_cast<char>('0' + iso6346_check_digit(number));
  return number;
}

const Company& pick(std::span<const Company> companies, Dice& dice) {
  return companies[dice.below(static_cast<uint32_t>(companies.size()))];
}

Trade trade_of(const Call& call, bool faulty, Dice& dice) {
  if (faulty) return Trade::export_by_truck;
  const uint32_t share = dice.below(100);
  if (share < 36) return Trade::export_by_truck;
  if (share < 50) return Trade::export_by_river;
  if (share < 74) return Trade::import_by_truck;
  if (share < 82) return Trade::import_by_river;
  if (share < 94) return call.onward >= 0 ? Trade::transhipment : Trade::import_by_truck;
  return Trade::empties;
}

void name_parties(Shipment& s, Dice& dice) {
  const Company &local = pick(shippers(), dice), &overseas = pick(consignees(), dice);
  s.shipper = s.is_export() ? &local : &overseas;
  s.consignee = s.is_export() ? &overseas : &local;
  if (s.trade == Trade::transhipment) s.consignee = &pick(consignees(), dice);
  s.forwarder = &pick(forwarders(), dice);
  s.haulier = &pick(hauliers(), dice);
}

void name_references(Shipment& s, uint64_t seed) {
  // 48271 has no factor in common with 10^8: different for every shipment.
  const std::string serial = padded((uint64_t{s.id} * 48271 + mix(seed) % 100'000'000) % 100'000'000, 8);
  s.booking = std::string(s.call->carrier->scac.substr(0, 2)) + "HK" + serial;
  s.bill_of_lading = std::string(s.call->carrier->scac) + "HKG" + serial;
  s.forwarder_reference = "FF" + serial;
  const std::string barge = std::to_string(1000 + s.id % 180);
  s.barge = "XIJIANG " + barge;
  s.barge_sign = "XJ" + barge;
  s.barge_voyage = "B" + padded(s.id % 10'000, 4);
}

void choose_ports(Shipment& s, Dice& dice) {
  const Route& in = *s.call->route;
  const Route& out = *s.loading_call().route;
  s.load_port = &hong_kong();
  s.discharge_port = &hong_kong();
  if (s.discharges()) {
    const Leg& leg = in.before[dice.below(static_cast<uint32_t>(in.before.size()))];
    s.load_port = leg.port;
    s.load_days = leg.days;
  }
  if (s.loads()) {
    const Leg& leg = out.after[dice.below(static_cast<uint32_t>(out.after.size()))];
    s.discharge_port = leg.port;
    s.discharge_days = leg.days;
  }
  if (s.trade == Trade::export_by_river || s.trade == Trade::import_by_river)
    s.river_port = &river_ports()[dice.below(static_cast<uint32_t>(river_ports().size()))];
}

// Where in a call's work a box is moved: by its place among the call's boxes, or by chance on a vessel it was not booked on.
Seconds move_time(Seconds begin, Seconds end, const Call& call, const Box& box, const Call& booked, Dice& dice) {
  const uint64_t first = uint64_t{booked.first_block} * kBlockBoxes, last = uint64_t{booked.end_block} * kBlockBoxes;
  const uint64_t span = std::max<uint64_t>(1, last - first);
  const uint64_t place = &call == &booked ? box.index - first : dice.below(static_cast<uint32_t>(span));
  return begin + static_cast<Seconds>(place * static_cast<uint64_t>(end - begin) / span) + dice.below(40);
}

void settle_box(const Shipment& s, Box& box, uint64_t seed, Dice& dice) {
  const SizeType& size = kSizes[dice.below(static_cast<uint32_t>(kSizes.size()))];
  box.number = container_number(*s.call->carrier, box.index, seed);
  box.size_type = size.code;
  box.tare_kg = size.tare_kg;
  box.empty = s.trade == Trade::empties;
  box.gross_kg = size.tare_kg + (box.empty ? 0 : static_cast<int>(dice.between(3000, size.cargo_kg_max)));
  box.seal = std::string(s.call->carrier->smdg) + padded(dice.below(10'000'000), 7);
  box.truck = std::string(1, static_cast<char>('A' + dice.below(26))) + static_cast<char>('A' + dice.below(26)) +
              std::to_string(dice.between(100, 9999));
  const Call& out = s.loading_call();
  if (s.loads()) box.load = move_time(out.load_begin(), out.load_end(), out, box, *s.call, dice);
  if (s.discharges()) box.discharge = move_time(s.call->discharge_begin(), s.call->load_begin(), *s.call, box, *s.call, dice);
  const Seconds cut_off = s.call->planned_arrival - 6 * kHour;
  switch (s.trade) {
    case Trade::export_by_truck:
      box.gate = cut_off - dice.between(0, 48 * 60) * kMinute;
      box.empty_out = box.gate - dice.between(20 * 60, 60 * 60) * kMinute;
      break;
    case Trade::empties: box.gate = cut_off - dice.between(0, 24 * 60) * kMinute; break;
    case Trade::import_by_truck:
      box.gate = box.discharge + dice.between(20 * 60, 70 * 60) * kMinute;
      box.empty_back = box.gate + dice.between(20 * 60, 60 * 60) * kMinute;
      break;
    default: break;
  }
}

void settle_times(Shipment& s, Dice& dice) {
  Seconds last_discharge = 0;
  for (size_t i = 0; i < s.box_count; ++i) last_discharge = std::max(last_discharge, s.boxes[i].discharge);
  if (s.is_export())
    s.booked = s.call->planned_arrival - dice.between(9 * 24 * 60, 12 * 24 * 60) * kMinute;
  else
    s.booked = s.origin_departure() - dice.between(8 * 24 * 60, 11 * 24 * 60) * kMinute;
  s.issued = (s.is_export() ? s.loading_call().departure : s.origin_departure()) + dice.between(6 * 60, 20 * 60) * kMinute;
  s.customs = s.is_import() ? last_discharge + dice.between(4 * 60, 18 * 60) * kMinute : 0;
  if (s.trade == Trade::export_by_river) {
    s.barge_arrival = s.call->planned_arrival - dice.between(10 * 60, 30 * 60) * kMinute;
    s.barge_departure = s.barge_arrival - dice.between(8 * 60, 14 * 60) * kMinute;
  } else if (s.trade == Trade::import_by_river) {
    s.barge_departure = last_discharge + dice.between(18 * 60, 36 * 60) * kMinute;
    s.barge_arrival = s.barge_departure + dice.between(8 * 60, 14 * 60) * kMinute;
  }
}

}  // namespace

std::string_view name(Trade trade) { return kTrades.at(static_cast<size_t>(trade)); }
std::string_view name(Fault fault) { return kFaultNames.at(static_cast<size_t>(fault)); }

std::optional<Shipment> shipment(const Schedule& schedule, uint32_t id) {
  const uint64_t seed = schedule.seed();
  const uint32_t block = id / kShipmentsPerBlock, place = id % kShipmentsPerBlock;
  const auto& pattern = kPatterns[Dice(mix(mix(seed, kPattern), block)).below(static_cast<uint32_t>(kPatterns.size()))];
  uint32_t first = block * kBlockBoxes;
  for (uint32_t i = 0; i < place; ++i) first += pattern[i];
  if (pattern[place] == 0 || first >= schedule.boxes()) return std::nullopt;

  Dice dice(mix(mix(seed, kPlan), id));
  Shipment s;
  s.id = id;
  s.call = &schedule.call_of_block(block);
  const bool faulty = id % kFaultEvery == 5;
  s.trade = trade_of(*s.call, faulty, dice);
  s.fault = faulty ? static_cast<Fault>(1 + id / kFaultEvery % (kFaults - 1)) : Fault::none;
  const bool changes = s.call->onward >= 0;
  s.rolled = s.trade == Trade::export_by_truck && !faulty && changes && dice.chance(kRolledPercent);
  if (s.rolled || s.trade == Trade::transhipment) s.onward = &schedule.calls()[static_cast<size_t>(s.call->onward)];
  name_parties(s, dice);
  name_references(s, seed);
  choose_ports(s, dice);
  s.box_count = std::min<size_t>(pattern[place], schedule.boxes() - first);
  for (size_t i = 0; i < s.box_count; ++i) {
    s.boxes[i].index = first + static_cast<uint32_t>(i);
    Dice of_box(mix(mix(seed, kBoxTag), s.boxes[i].index));
    settle_box(s, s.boxes[i], seed, of_box);
  }
  settle_times(s, dice);
  return s;
}

}  // namespace fairway::simulate
