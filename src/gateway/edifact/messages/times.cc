#include "gateway/edifact/messages/times.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/zone.h"
#include "model/place.h"

namespace fairway::gateway::edifact {
namespace {

struct Format {
  std::string_view code;
  std::string_view picture;  // UNCL 2379's own notation with h m s in lower case; Z is a zone up to the end
};

constexpr std::array kFormats = std::to_array<Format>({
    {"203", "CCYYMMDDhhmm"},
    {"102", "CCYYMMDD"},
    {"204", "CCYYMMDDhhmmss"},
    {"201", "YYMMDDhhmm"},
    {"101", "YYMMDD"},
    {"202", "YYMMDDhhmmss"},
    {"205", "CCYYMMDDhhmmZ"},
    {"303", "CCYYMMDDhhmmZ"},
    {"304", "CCYYMMDDhhmmssZ"},
    {"301", "YYMMDDhhmmZ"},
    {"302", "YYMMDDhhmmssZ"},
    {"2", "DDMMYY"},
    {"3", "MMDDYY"},
    {"4", "DDMMCCYY"},
    {"5", "DDMMCCYYhhmm"},
});

// The formats that a value's length alone suggests, where 2379 is missing or wrong.
constexpr std::array<std::string_view, 5> kByLength = {"CCYYMMDDhhmm", "CCYYMMDD", "CCYYMMDDhhmmss", "YYMMDDhhmm", "YYMMDD"};

struct Read {
  CivilTime civil;
  std::string_view zone;
};

int two_digits(std::string_view text) {
  if (text.size() < 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return -1;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

std::optional<Read> read_picture(std::string_view value, std::string_view picture) {
  Read read;
  int century = -1, year = 0;
  while (!picture.empty() && picture.front() != 'Z') {
    const int number = two_digits(value);
    if (number < 0) return std::nullopt;
    const std::string_view field = picture.substr(0, 2);
    if (field == "CC")
      century = number;
    else if (field == "YY")
      year = number;
    else if (field == "MM")
      read.civil.month = number;
    else if (field == "DD")
      read.civil.day = number;
    else if (field == "hh")
      read.civil.hour = number;
    else if (field == "mm")
      read.civil.minute = number;
    else
      read.civil.second = number;
    value.remove_prefix(2);
    picture.remove_prefix(2);
  }
  if (picture.empty() ? !value.empty() : value.empty()) return std::nullopt;
  if (century < 0) century = year >= 70 ? 19 : 20;
  read.civil.year = century * 100 + year;
  read.zone = value;
  return read;
}

// "+0800", "+08", "-5", "UTC", "GMT", "Z"; other abbreviations are ambiguous and say nothing.
std::optional<int> offset_of(std::string_view zone) {
  if (zone == "UTC" || zone == "GMT" || zone == "Z") return 0;
  if (zone.size() < 2 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int sign = zone[0] == '-' ? -1 : 1;
  zone.remove_prefix(1);
  if (zone.size() == 1 && zone[0] >= '0' && zone[0] <= '9') return sign * (zone[0] - '0') * 60;
  const int hours = two_digits(zone), minutes = zone.size() == 4 ? two_digits(zone.substr(2)) : 0;
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || (zone.size() != 2 && zone.size() != 4)) return std::nullopt;
  return sign * (hours * 60 + minutes);
}

Result<Instant> place_time(const Read& read, std::string_view unlocode) {
  Instant instant;
  if (const auto offset = offset_of(read.zone)) {
    instant.micros = TRY(micros_of(read.civil, *offset));
    instant.offset_minutes = static_cast<int16_t>(*offset);
    return instant;
  }
  const std::string_view zone = zone_of(unlocode);
  if (!zone.empty())
    if (auto placed = instant_in_zone(read.civil, zone)) return *placed;
  instant.micros = TRY(micros_of(read.civil, 0));
  instant.zone = ZoneSource::assumed;
  return instant;
}

Result<Instant> read_as(std::string_view value, std::string_view picture, std::string_view unlocode) {
  const auto read = read_picture(value, picture);
  if (!read) return fail(Code::invalid, "not a date or time", std::string(value));
  Instant instant = TRY(place_time(*read, unlocode));
  instant.text = value;
  return instant;
}

}  // namespace

StatedTime stated_time(const Segment& dtm) {
  return {std::string(dtm.at(1, 1)), std::string(dtm.at(1, 2)), std::string(dtm.at(1, 3)), dtm.number, dtm.offset};
}

const StatedTime* find_time(const std::vector<StatedTime>& times, std::span<const std::string_view> qualifiers) {
  for (const std::string_view qualifier : qualifiers)
    for (const StatedTime& time : times)
      if (time.qualifier == qualifier && !time.value.empty()) return &time;
  return nullptr;
}

Result<ReadTime> read_time(const StatedTime& time, std::string_view unlocode) {
  const auto format = std::ranges::find(kFormats, time.format, &Format::code);
  if (format != kFormats.end())
    if (auto instant = read_as(time.value, format->picture, unlocode)) return ReadTime{*std::move(instant), false};
  for (const std::string_view picture : kByLength)
    if (picture.size() == time.value.size())
      if (auto instant = read_as(time.value, picture, unlocode)) return ReadTime{*std::move(instant), !time.format.empty()};
  return fail(Code::invalid, "not a date or time", time.value, "format " + time.format);
}

}  // namespace fairway::gateway::edifact
