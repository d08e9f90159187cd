#include "base/instant.h"

#include <date/date.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

#include "base/bytes.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, 3> kZoneSources = {"stated", "place", "assumed"};
constexpr size_t kTextBytesMax = 64;  // no sender measures time so finely as to need more

// Reads exactly `digits` decimal digits at the front of `text`; −1 where they are not there.
int take_digits(std::string_view& text, size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::unexpected<Error> not_a_time(std::string_view text) {
  return fail(Code::invalid, "not a date-time", legible(text), "write it as RFC 3339, for example 2026-11-22T08:30:00+08:00");
}

// The digits after the point as microseconds, −1 where there is none; more than six are cut off.
int64_t take_fraction(std::string_view& text) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return -1;
  int64_t micros = 0, scale = 100'000;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    micros += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return micros;
}

// "Z", "+hh:mm", "+hhmm" or nothing; nullopt-like −9999 where it is neither.
constexpr int kNoOffset = -9999;
int take_offset(std::string_view& text, ZoneSource& zone) {
  if (text.empty()) {
    zone = ZoneSource::assumed;
    return 0;
  }
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-') && !take(text, ' ')) return kNoOffset;
  const int hours = take_digits(text, 2);
  take(text, ':');
  const int minutes = take_digits(text, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return kNoOffset;
  return sign * (hours * 60 + minutes);
}

void append_two(std::string& out, int value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

std::string_view name(ZoneSource source) { return kZoneSources.at(static_cast<size_t>(source)); }

Result<ZoneSource> zone_source_from(std::string_view text) {
  for (size_t i = 0; i < kZoneSources.size(); ++i)
    if (kZoneSources[i] == text) return static_cast<ZoneSource>(i);
  return fail(Code::invalid, "not a zone source", legible(text));
}

Result<Instant> parse_rfc3339(std::string_view whole) {
  std::string_view text = whole;
  CivilTime civil;
  civil.year = take_digits(text, 4);
  if (!take(text, '-')) return not_a_time(whole);
  civil.month = take_digits(text, 2);
  if (!take(text, '-')) return not_a_time(whole);
  civil.day = take_digits(text, 2);
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return not_a_time(whole);
  civil.hour = take_digits(text, 2);
  if (!take(text, ':')) return not_a_time(whole);
  civil.minute = take_digits(text, 2);
  civil.second = 0;
  if (take(text, ':')) civil.second = take_digits(text, 2);
  const int64_t fraction = take(text, '.') ? take_fraction(text) : 0;
  Instant instant;
  const int offset = take_offset(text, instant.zone);
  if (offset == kNoOffset || fraction < 0 || !text.empty() || whole.size() > kTextBytesMax) return not_a_time(whole);
  auto micros = micros_of(civil, offset);
  if (!micros) return not_a_time(whole);
  instant.micros = *micros + fraction;
  instant.offset_minutes = static_cast<int16_t>(offset);
  if (to_rfc3339(instant) != whole) instant.text = whole;
  return instant;
}

std::string to_rfc3339(const Instant& instant) {
  const CivilTime c = civil_of(instant.micros, instant.offset_minutes);
  std::string out;
  out.reserve(32);
  append_two(out, c.year / 100);
  append_two(out, c.year % 100);
  out += '-', append_two(out, c.month), out += '-', append_two(out, c.day);
  out += 'T', append_two(out, c.hour), out += ':', append_two(out, c.minute), out += ':', append_two(out, c.second);
  int64_t fraction = instant.micros % 1'000'000;
  if (fraction < 0) fraction += 1'000'000;
  if (fraction != 0) {
    out += '.';
    append_two(out, static_cast<int>(fraction / 10'000));
    out += static_cast<char>('0' + fraction / 1000 % 10);
    if (fraction % 1000 != 0) out += static_cast<char>('0' + fraction / 100 % 10), append_two(out, static_cast<int>(fraction % 100));
  }
  if (instant.offset_minutes == 0) return out += 'Z';
  const int offset = instant.offset_minutes < 0 ? -instant.offset_minutes : instant.offset_minutes;
  out += instant.offset_minutes < 0 ? '-' : '+';
  append_two(out, offset / 60), out += ':', append_two(out, offset % 60);
  return out;
}

std::string to_rfc3339_utc(int64_t micros) {
  Instant instant;
  instant.micros = micros;
  return to_rfc3339(instant);
}

Result<int64_t> micros_of(const CivilTime& c, int offset_minutes) {
  const date::year_month_day day{date::year{c.year}, date::month{static_cast<unsigned>(c.month < 0 ? 0 : c.month)},
                                 date::day{static_cast<unsigned>(c.day < 0 ? 0 : c.day)}};
  const bool midnight_after = c.hour == 24 && c.minute == 0 && c.second == 0;  // ISO 8601: 24:00 ends the day
  if (c.year < 1900 || c.year > 2200 || !day.ok() || c.hour < 0 || (c.hour > 23 && !midnight_after) || c.minute < 0 || c.minute > 59 ||
      c.second < 0 || c.second > 60)
    return fail(Code::invalid, "not a date or time of day",
                fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute, c.second));
  const int64_t days = date::sys_days{day}.time_since_epoch().count();
  const int64_t seconds = days * 86400 + c.hour * 3600LL + c.minute * 60LL + c.second - offset_minutes * 60LL;
  return seconds * 1'000'000;
}

CivilTime civil_of(int64_t micros, int offset_minutes) {
  using std::chrono::microseconds;
  const date::sys_time<microseconds> point{microseconds{micros + offset_minutes * 60'000'000LL}};
  const auto day = date::floor<date::days>(point);
  const date::year_month_day ymd{day};
  const date::hh_mm_ss<microseconds> time{point - day};
  return {static_cast<int>(ymd.year()),
          static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

}  // namespace fairway
