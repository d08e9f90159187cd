#include "simulate/geography.h"

#include <array>

#include "base/instant.h"
#include "base/zone.h"

namespace fairway::simulate {
namespace {

constexpr int kChina = 480;

constexpr Port kHongKong = {"HKHKG", "HONG KONG", "", "", kChina};

constexpr Port kShanghai = {"CNSHA", "SHANGHAI", "", "", kChina};
constexpr Port kNingbo = {"CNNGB", "NINGBO", "", "", kChina};
constexpr Port kYantian = {"CNYTN", "YANTIAN", "YICT", "", kChina};
constexpr Port kKaohsiung = {"TWKHH", "KAOHSIUNG", "KMCT", "", 480};
constexpr Port kBusan = {"KRPUS", "BUSAN", "PNC", "", 540};
constexpr Port kTokyo = {"JPTYO", "TOKYO", "OHA", "", 540};
constexpr Port kSaigon = {"VNSGN", "HO CHI MINH CITY", "CATLAI", "", 420};
constexpr Port kLaemChabang = {"THLCH", "LAEM CHABANG", "HLTD", "", 420};
constexpr Port kSingapore = {"SGSIN", "SINGAPORE", "PSAPPT", "", 480};
constexpr Port kPortKlang = {"MYPKG", "PORT KLANG", "KMT", "", 480};
constexpr Port kColombo = {"LKCMB", "COLOMBO", "CICT", "", 330};
constexpr Port kNhavaSheva = {"INNSA", "NHAVA SHEVA", "NSIGT", "", 330};
constexpr Port kJebelAli = {"AEJEA", "JEBEL ALI", "DPWJA", "", 240};
constexpr Port kRotterdam = {"NLRTM", "ROTTERDAM", "DDE", "Europe/Amsterdam", 60};
constexpr Port kHamburg = {"DEHAM", "HAMBURG", "CTA", "Europe/Berlin", 60};
constexpr Port kFelixstowe = {"GBFXT", "FELIXSTOWE", "TTY", "Europe/London", 0};
constexpr Port kLosAngeles = {"USLAX", "LOS ANGELES", "APMT", "America/Los_Angeles", -480};
constexpr Port kLongBeach = {"USLGB", "LONG BEACH", "LBCT", "America/Los_Angeles", -480};
constexpr Port kNewYork = {"USNYC", "NEW YORK", "APMT", "America/New_York", -300};
constexpr Port kSydney = {"AUSYD", "SYDNEY", "CTLPB", "Australia/Sydney", 600};

constexpr std::array kEuropeBefore = {Leg{&kShanghai, 5}, Leg{&kNingbo, 3}, Leg{&kYantian, 1}};
constexpr std::array kEuropeAfter = {Leg{&kSingapore, 4}, Leg{&kRotterdam, 28}, Leg{&kHamburg, 31}, Leg{&kFelixstowe, 33}};
constexpr std::array kHomeBefore = {Leg{&kHamburg, 34}, Leg{&kRotterdam, 31}, Leg{&kSingapore, 4}};
constexpr std::array kHomeAfter = {Leg{&kYantian, 1}, Leg{&kShanghai, 4}, Leg{&kBusan, 7}};
constexpr std::array kPacificBefore = {Leg{&kSaigon, 3}, Leg{&kLaemChabang, 6}};
constexpr std::array kPacificAfter = {Leg{&kYantian, 1}, Leg{&kLosAngeles, 16}, Leg{&kLongBeach, 18}};
constexpr std::array kAtlanticBefore = {Leg{&kKaohsiung, 1}, Leg{&kBusan, 4}};
constexpr std::array kAtlanticAfter = {Leg{&kSingapore, 4}, Leg{&kNewYork, 30}};
constexpr std::array kNorthBefore = {Leg{&kSingapore, 4}, Leg{&kLaemChabang, 7}, Leg{&kPortKlang, 5}};
constexpr std::array kNorthAfter = {Leg{&kKaohsiung, 1}, Leg{&kBusan, 4}, Leg{&kTokyo, 6}};
constexpr std::array kSouthBefore = {Leg{&kTokyo, 6}, Leg{&kBusan, 4}, Leg{&kKaohsiung, 1}};
constexpr std::array kSouthAfter = {Leg{&kSaigon, 3}, Leg{&kLaemChabang, 6}, Leg{&kSingapore, 8}};
constexpr std::array kIndiaBefore = {Leg{&kShanghai, 4}, Leg{&kNingbo, 3}};
constexpr std::array kIndiaAfter = {Leg{&kSingapore, 4}, Leg{&kColombo, 9}, Leg{&kNhavaSheva, 12}, Leg{&kJebelAli, 16}};
constexpr std::array kAustraliaBefore = {Leg{&kShanghai, 4}, Leg{&kKaohsiung, 2}};
constexpr std::array kAustraliaAfter = {Leg{&kSydney, 12}};

constexpr std::array kRoutes = {
    Route{"FE", 'W', 'E', kEuropeBefore, kEuropeAfter}, Route{"TP", 'E', 'W', kPacificBefore, kPacificAfter},
    Route{"HB", 'E', 'W', kHomeBefore, kHomeAfter},     Route{"NX", 'N', 'S', kNorthBefore, kNorthAfter},
    Route{"SX", 'S', 'N', kSouthBefore, kSouthAfter},   Route{"AE", 'W', 'E', kAtlanticBefore, kAtlanticAfter},
    Route{"IG", 'W', 'E', kIndiaBefore, kIndiaAfter},   Route{"AU", 'S', 'N', kAustraliaBefore, kAustraliaAfter},
};

constexpr std::array kRiverPorts = {
    Port{"CNNSA", "NANSHA", "NICT", "", kChina}, Port{"CNSHK", "SHEKOU", "CCT", "", kChina}, Port{"CNZSN", "ZHONGSHAN", "", "", kChina},
    Port{"CNJMN", "JIANGMEN", "", "", kChina},   Port{"CNFOS", "FOSHAN", "", "", kChina},    Port{"CNZUH", "ZHUHAI", "", "", kChina},
};

void append_digits(std::string& out, int value, int width) {
  for (int divisor = width == 4 ? 1000 : 10; divisor > 0; divisor /= 10) out += static_cast<char>('0' + value / divisor % 10);
}

}  // namespace

const Port& hong_kong() { return kHongKong; }
std::span<const Route> routes() { return kRoutes; }
std::span<const Port> river_ports() { return kRiverPorts; }

int offset_minutes(const Port& port, Seconds at) {
  if (port.summer_zone.empty()) return port.offset_minutes;
  return offset_minutes_at(at * 1'000'000, port.summer_zone).value_or(port.offset_minutes);
}

std::string local_time(const Port& port, Seconds at) {
  const CivilTime c = civil_of(at * 1'000'000, offset_minutes(port, at));
  std::string text;
  append_digits(text, c.year, 4);
  for (const int part : {c.month, c.day, c.hour, c.minute}) append_digits(text, part, 2);
  return text;
}

std::string envelope_time(Seconds at) {
  const CivilTime c = civil_of(at * 1'000'000, kChina);
  std::string text;
  for (const int part : {c.year % 100, c.month, c.day}) append_digits(text, part, 2);
  text += ':';
  for (const int part : {c.hour, c.minute}) append_digits(text, part, 2);
  return text;
}

}  // namespace fairway::simulate
