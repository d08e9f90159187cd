#include "exchange/epcis/schedule.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace fairway::exchange::epcis {
namespace {

enum Member : size_t { kSecond, kMinute, kHour, kDayOfMonth, kMonth, kDayOfWeek };

struct Row {
  std::string_view name;
  int low, high;
};
constexpr std::array kRows = {Row{"second", 0, 59},     Row{"minute", 0, 59}, Row{"hour", 0, 23},
                              Row{"dayOfMonth", 1, 31}, Row{"month", 1, 12},  Row{"dayOfWeek", 1, 7}};

constexpr size_t kTextBytesMax = 400;  // every number of a minute one by one, and some
constexpr int kMonthsMax = 12 * 41;    // a leap day on one day of the week can be 40 years away

constexpr uint64_t bits(int low, int high) { return (~uint64_t{0} >> (63 - high)) & (~uint64_t{0} << low); }
bool fits(uint64_t set, unsigned number) { return (set >> number & 1) != 0; }
// The first of the set from there on; -1 where there is none.
int first_from(uint64_t set, int from) {
  if (from > 63) return -1;
  const uint64_t rest = set & (~uint64_t{0} << from);
  return rest == 0 ? -1 : std::countr_zero(rest);
}

std::unexpected<Error> bad(const Row& row, std::string_view text) {
  return fail(Code::invalid, "a schedule is not understood", "schedule." + std::string(row.name) + ": " + legible(text),
              "numbers from " + std::to_string(row.low) + " to " + std::to_string(row.high) + " and ranges as [1-5], divided by ','");
}

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = !text.empty() && text.front() != '-' && error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

// "5", "[1-5]", "1-5", "*", and each with "/step".
std::optional<uint64_t> element(const Row& row, std::string_view text) {
  int step = 1;
  const size_t slash = text.find('/');
  const bool steps = slash != std::string_view::npos;
  if (steps) {
    const auto given = number_in(text.substr(slash + 1));
    if (!given || *given < 1 || *given > row.high) return std::nullopt;
    step = *given;
    text = text.substr(0, slash);
  }
  const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (bracketed) text = text.substr(1, text.size() - 2);
  std::optional<int> low = row.low, high = row.high;
  const size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    low = number_in(text.substr(0, dash)), high = number_in(text.substr(dash + 1));
  } else if (bracketed || text != "*") {
    low = number_in(text);
    if (!steps) high = low;
  }
  if (!low || !high || (bracketed && dash == std::string_view::npos)) return std::nullopt;
  if (*low < row.low || *high > row.high || *low > *high) return std::nullopt;
  uint64_t set = 0;
  for (int number = *low; number <= *high; number += step) set |= uint64_t{1} << number;
  return set;
}

Result<uint64_t> list(const Row& row, std::string_view text) {
  if (text.size() > kTextBytesMax) return bad(row, "too long");
  uint64_t set = 0;
  for (std::string_view rest = text;;) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const auto some = element(row, rest.substr(0, comma));
    if (!some) return bad(row, text);
    set |= *some;
    if (comma == rest.size()) return set;
    rest.remove_prefix(comma + 1);
  }
}

// A text, or a number as the standard's own examples have it; "" where it is not there.
Result<std::string> text_in(const json::object& schedule, const Row& row) {
  const json::value* value = schedule.if_contains(row.name);
  if (value == nullptr) return "";
  if (value->is_int64() || value->is_uint64()) return std::to_string(value->to_number<int64_t>());
  const json::string* text = value->if_string();
  if (text == nullptr || text->empty()) return bad(row, json::serialize(*value));
  return std::string(*text);
}

}  // namespace

Result<Schedule> Schedule::read(const json::object& text) {
  for (const auto& [name, value] : text)
    if (std::ranges::find(kRows, std::string_view(name), &Row::name) == kRows.end())
      return fail(Code::invalid, "a schedule has no such member", legible(name), "second, minute, hour, dayOfMonth, month, dayOfWeek");
  Schedule schedule;
  // dayOfWeek is coarser than hours, and as fine as dayOfMonth.
  bool finer_given = false;
  const bool weekday = text.contains("dayOfWeek");
  for (size_t i = 0; i < kRows.size(); ++i) {
    const Row& row = kRows[i];
    const std::string given = TRY(text_in(text, row));
    const bool free = finer_given || i == kMonth || i == kDayOfWeek || (i == kDayOfMonth && weekday);
    if (!given.empty()) {
      schedule.fitting_[i] = TRY(list(row, given));
      finer_given = true;
    } else {
      schedule.fitting_[i] = free ? bits(row.low, row.high) : bits(row.low, row.low);
    }
  }
  if (!finer_given) return fail(Code::invalid, "the schedule is empty", {}, R"({"hour": "1", "minute": "5"} is 01:05:00 UTC of each day)");
  if (schedule.next_us(0) == kNever) return fail(Code::invalid, "the schedule never comes", legible(json::serialize(text)));
  return schedule;
}

// The first that fits at or after it; -1 where the day has none.
int Schedule::second_of_day(int from) const {
  for (int hour = first_from(fitting_[kHour], from / 3600); hour >= 0; hour = first_from(fitting_[kHour], hour + 1)) {
    const int minutes = std::max(0, from - hour * 3600) / 60;
    for (int minute = first_from(fitting_[kMinute], minutes); minute >= 0; minute = first_from(fitting_[kMinute], minute + 1)) {
      const int start = hour * 3600 + minute * 60;
      const int second = first_from(fitting_[kSecond], std::max(0, from - start));
      if (second >= 0) return start + second;
    }
  }
  return -1;
}

int64_t Schedule::next_us(int64_t after_us) const {
  using namespace std::chrono;
  const sys_seconds start = floor<seconds>(sys_time<microseconds>(microseconds(after_us))) + seconds(1);
  const sys_days first_day = floor<days>(start);
  const year_month_day first(first_day);
  year_month month = first.year() / first.month();
  for (int i = 0; i <= kMonthsMax; ++i, month += months(1)) {
    if (!fits(fitting_[kMonth], static_cast<unsigned>(month.month()))) continue;
    const sys_days end = sys_days(month / last) + days(1);
    for (sys_days day = std::max(first_day, sys_days(month / 1)); day < end; day += days(1)) {
      const bool fitting = fits(fitting_[kDayOfMonth], static_cast<unsigned>(year_month_day(day).day())) &&
                           fits(fitting_[kDayOfWeek], weekday(day).iso_encoding());
      if (!fitting) continue;
      const int from = day == first_day ? static_cast<int>((start - day).count()) : 0;
      const int second = second_of_day(from);
      if (second >= 0) return duration_cast<microseconds>((day + seconds(second)).time_since_epoch()).count();
    }
  }
  return kNever;
}

}  // namespace fairway::exchange::epcis
