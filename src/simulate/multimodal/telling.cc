#include "simulate/multimodal/telling.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "model/reference.h"
#include "simulate/dice.h"

namespace fairway::simulate::multimodal {
namespace {

enum Tag : uint64_t { kDelays = 0xDE1A };

struct VoiceRow {
  Voice voice;
  std::string_view format;
};
constexpr std::array kVoices = {
    VoiceRow{Voice::booking, "EDIFACT"}, VoiceRow{Voice::bill, "EDIFACT"},      VoiceRow{Voice::manifest, "EDIFACT"},
    VoiceRow{Voice::gate, "EDIFACT"},    VoiceRow{Voice::depot, "EDIFACT"},     VoiceRow{Voice::quay, "EDIFACT"},
    VoiceRow{Voice::barge, "LAND"},      VoiceRow{Voice::barge_edi, "EDIFACT"}, VoiceRow{Voice::haulier, "LAND"},
    VoiceRow{Voice::road, "LAND"},       VoiceRow{Voice::lock, "LAND"},         VoiceRow{Voice::abroad, "LAND"},
    VoiceRow{Voice::rail, "LAND"},       VoiceRow{Voice::warehouse, "EPCIS"},   VoiceRow{Voice::sensor, "LAND"},
    VoiceRow{Voice::ais, "AIS"},
};

bool mends(const Telling& telling) { return telling.change == Change::time_mended || telling.change == Change::number_taken_back; }

bool by_airline(Voice voice) {
  return voice == Voice::airline || voice == Voice::manifest_air || voice == Voice::waybill || voice == Voice::houses;
}

}  // namespace

std::string_view format_of(const Consignment& c, Voice voice) {
  if (voice == Voice::line) return c.line->feed == Feed::dcsa ? "DCSA" : "EDIFACT";
  if (by_airline(voice) && c.airline->feed == AirFeed::cargo_imp) return "CARGO-IMP";
  if (by_airline(voice) && c.airline->feed == AirFeed::cargo_xml) return "CARGO-XML";
  if (by_airline(voice)) return voice == Voice::manifest_air ? "" : "ONERECORD";
  const auto row = std::ranges::find(kVoices, voice, &VoiceRow::voice);
  return row == kVoices.end() ? std::string_view() : row->format;
}

std::vector<Telling> tellings(const Consignment& c, int disturbed) {
  std::vector<Telling> all;
  for (size_t i = 0; i < c.acts.size(); ++i) {
    const Act& act = c.acts[i];
    Dice dice(mix(mix(c.key, kDelays), i));
    const Seconds first = act.at + dice.between(2, 40) * kMinute;
    if (act.row.voice == Voice::houses && c.airline->feed == AirFeed::cargo_xml) {
      for (const Unit house : {Unit::house_1, Unit::house_2, Unit::house_3})
        if (c.has(house)) all.push_back({.act = i, .voice = act.row.voice, .sent = first, .at = act.at, .house = house});
      continue;
    }
    all.push_back({.act = i, .voice = act.row.voice, .sent = first, .at = act.at});
    const Seconds skew = dice.between(-4, 6) * kMinute, second = first + dice.between(5, 90) * kMinute;
    if (!format_of(c, act.row.second).empty()) all.push_back({.act = i, .voice = act.row.second, .sent = second, .at = act.at + skew});
  }
  std::ranges::stable_sort(all, {}, [](const Telling& t) { return std::tuple(t.sent, t.act); });
  for (size_t i = 0; i < all.size(); ++i) all[i].number = static_cast<uint32_t>(i);
  if (disturbed > 0) disturb(c, disturbed, all);
  return all;
}

namespace {

Written write_whole(const Consignment& c, const Telling& telling, Seconds not_before) {
  switch (telling.voice) {
    case Voice::none: return {};
    case Voice::line:
    case Voice::barge_edi: return write_line(c, telling);
    case Voice::booking:
    case Voice::bill:
    case Voice::manifest: return write_papers(c, telling);
    case Voice::gate:
    case Voice::depot:
    case Voice::quay: return write_port(c, telling);
    case Voice::ais: return write_ais(c, telling);
    case Voice::sensor: return write_sensor(c, telling);
    case Voice::warehouse: return write_warehouse(c, telling);
    case Voice::airline:
    case Voice::manifest_air:
    case Voice::waybill:
    case Voice::houses:
      if (c.airline->feed == AirFeed::cargo_imp) return write_cargo_imp(c, telling, std::max(telling.sent, not_before));
      return c.airline->feed == AirFeed::cargo_xml ? write_cargo_xml(c, telling) : write_one_record(c, telling);
    default: return write_land(c, telling);
  }
}

}  // namespace

Written write(const Consignment& c, const Telling& telling, Seconds not_before) {
  Written out = write_whole(c, telling, not_before);
  if (telling.change == Change::damaged) out.body.resize(out.body.size() / 3);
  return out;
}

Instant instant(const Spot* where, Seconds at) {
  Instant value;
  value.micros = at * 1'000'000;
  value.offset_minutes = static_cast<int16_t>(offset_minutes(where == nullptr ? hong_kong() : where->port, at));
  return value;
}

std::string rfc3339(const Spot* where, Seconds at) { return to_rfc3339(instant(where, at)); }

std::string name_of(const Consignment& c, const Telling& telling) {
  return "J" + std::to_string(c.number) + "N" + std::to_string(telling.number);
}

std::string document_of(const Consignment& c, const Telling& telling) {
  Telling named = telling;
  if (mends(telling)) named.number = telling.mends;
  return name_of(c, named);
}

std::string_view function_of(const Telling& telling) {
  if (telling.change == Change::time_mended) return "5";
  return telling.change == Change::number_taken_back ? "1" : "9";
}

// The wrong container is of an owner that no other consignment's are.
Cargo cargo_of(const Consignment& c, const Telling& telling) {
  Cargo cargo = c.of(c.acts[telling.act].row.unit);
  if (telling.change != Change::number_wrong && telling.change != Change::number_taken_back) return cargo;
  cargo.box = "FWYU" + cargo.box.substr(4, 6);
  cargo.box += static_cast<char>('0' + iso6346_check_digit(cargo.box));
  return cargo;
}

}  // namespace fairway::simulate::multimodal
