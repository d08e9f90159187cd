#include "simulate/schedule.h"

#include <algorithm>
#include <array>

#include "model/reference.h"
#include "simulate/dice.h"

namespace fairway::simulate {
namespace {

// Calls that matter for the period: those that came shortly before it, whose boxes are still on the quay, and those for which
// boxes already arrive.
constexpr Seconds kLookBack = 3 * kDay, kLookAhead = 4 * kDay;
constexpr uint32_t kServicesMin = 30;
constexpr uint32_t kBoxesPerCallMax = 600;
constexpr uint32_t kVesselsPerService = 6;
constexpr Seconds kConnection = 18 * kHour;  // from one arrival to a vessel that the box can change to

enum Tag : uint64_t { kPhase = 1, kDelay = 2, kSize = 3 };

constexpr std::array<std::string_view, 24> kNames = {
    "ORCHID", "LOTUS",   "MAGNOLIA", "BAUHINIA", "JASMINE", "CAMELLIA", "PEONY",   "AZALEA", "LILAC",  "GARDENIA", "HIBISCUS", "CEDAR",
    "BANYAN", "CYPRESS", "JUNIPER",  "LAUREL",   "HERON",   "EGRET",    "KESTREL", "OSPREY", "PLOVER", "CURLEW",   "PETREL",   "TERN"};

// Seven digits with the check digit; `vessel` below 100,000 gives different numbers.
std::string imo_number(uint32_t vessel) {
  std::string digits = std::to_string(900'000 + (vessel * 7 + 64'321) % 100'000);
  digits += static_cast<char>('0' + imo_check_digit(digits));
  return digits;
}

std::string vessel_name(const Carrier& carrier, uint32_t vessel) {
  std::string name(carrier.vessel_prefix);
  name += ' ';
  name += kNames[vessel % kNames.size()];
  const uint32_t turn = vessel / static_cast<uint32_t>(kNames.size());
  if (turn > 0) name += " " + std::to_string(turn + 1);
  return name;
}

std::string call_sign(uint32_t vessel) {
  std::string sign = "VR";
  for (uint32_t place = 0, rest = vessel + 1000; place < 4; ++place, rest /= 26) sign += static_cast<char>('A' + rest % 26);
  return sign;
}

// Most vessels are on time, a quarter late, a few very late (fog, a typhoon signal, congestion upstream).
Seconds delay_of(Dice& dice) {
  const uint32_t luck = dice.below(100);
  if (luck < 70) return dice.between(-60, 120) * kMinute;
  if (luck < 92) return dice.between(180, 840) * kMinute;
  return dice.between(900, 2400) * kMinute;
}

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

}  // namespace

Schedule::Schedule(uint64_t seed, uint32_t boxes, Period period) : seed_(seed), boxes_(boxes), period_(period) {
  const uint64_t days = static_cast<uint64_t>((period.end - period.start + kLookBack + kLookAhead) / kDay);
  const uint64_t wanted = uint64_t{boxes} * 7 / (days * kBoxesPerCallMax);
  const auto services = static_cast<uint32_t>(std::max<uint64_t>(kServicesMin, wanted));
  for (uint32_t service = 0; service < services; ++service) add_calls(service);
  std::ranges::sort(calls_, [](const Call& a, const Call& b) { return a.arrival != b.arrival ? a.arrival < b.arrival : a.imo < b.imo; });
  for (uint32_t i = 0; i < calls_.size(); ++i) calls_[i].index = i;
  connect();
  share_blocks();
}

// A service calls every week at its own hour, with its vessels in turn.
void Schedule::add_calls(uint32_t service) {
  const Carrier& carrier = carriers()[service % carriers().size()];
  const uint32_t turn = service / static_cast<uint32_t>(carriers().size());
  const Route& route = routes()[(service + turn * 3) % routes().size()];
  const Seconds phase = Dice(mix(seed_, mix(kPhase, service))).between(0, 167) * kHour;
  const int64_t first = floor_div(period_.start - kLookBack, kWeek) - 1, last = floor_div(period_.end + kLookAhead, kWeek) + 1;
  for (int64_t week = first; week <= last; ++week) {
    Dice dice(mix(mix(seed_, kDelay), mix(service, static_cast<uint64_t>(week))));
    Call call;
    call.planned_arrival = week * kWeek + phase;
    call.arrival = call.planned_arrival + delay_of(dice);
    if (call.arrival < period_.start - kLookBack || call.arrival >= period_.end + kLookAhead) continue;
    const Seconds stay = dice.between(16, 30) * kHour;
    call.planned_departure = call.planned_arrival + stay;
    call.departure = call.arrival + stay + dice.between(-30, 150) * kMinute;
    call.carrier = &carrier;
    call.terminal = &terminals()[static_cast<size_t>(carrier.terminal)];
    call.route = &route;
    call.service = std::string(route.code) + std::to_string(service / routes().size() + 1);
    const auto turn_of_vessel = static_cast<uint32_t>(((week % kVesselsPerService) + kVesselsPerService) % kVesselsPerService);
    const uint32_t vessel = service * kVesselsPerService + turn_of_vessel;
    call.vessel = vessel_name(carrier, vessel);
    call.imo = imo_number(vessel);
    call.call_sign = call_sign(vessel);
    const std::string number = std::to_string(100 + ((week % 900) + 900) % 900);
    call.voyage_out = number + route.outbound;
    call.voyage_in = number + route.inbound;
    calls_.push_back(std::move(call));
  }
}

void Schedule::connect() {
  std::vector<std::vector<int32_t>> later(carriers().size());
  for (size_t i = calls_.size(); i-- > 0;) {
    Call& call = calls_[i];
    std::vector<int32_t>& candidates = later[static_cast<size_t>(call.carrier - carriers().data())];
    for (size_t k = candidates.size(); k-- > 0 && call.onward < 0;) {
      const Call& next = calls_[static_cast<size_t>(candidates[k])];
      if (next.arrival >= call.arrival + kConnection && next.route != call.route) call.onward = candidates[k];
    }
    candidates.push_back(static_cast<int32_t>(i));
  }
  for (const Call& call : calls_)
    if (call.onward >= 0) calls_[static_cast<size_t>(call.onward)].feeders.push_back(call.index);
}

// Larger vessels have more boxes; every block has its call.
void Schedule::share_blocks() {
  std::vector<uint64_t> weights;
  uint64_t total = 0;
  for (const Call& call : calls_) {
    weights.push_back(50 + Dice(mix(mix(seed_, kSize), call.index)).below(100));
    total += weights.back();
  }
  uint64_t sum = 0;
  for (size_t i = 0; i < calls_.size(); ++i) {
    calls_[i].first_block = static_cast<uint32_t>(sum * blocks() / total);
    sum += weights[i];
    calls_[i].end_block = static_cast<uint32_t>(sum * blocks() / total);
  }
}

const Call& Schedule::call_of_block(uint32_t block) const {
  const auto after = std::ranges::upper_bound(calls_, block, {}, &Call::first_block);
  return *std::prev(after);
}

}  // namespace fairway::simulate
