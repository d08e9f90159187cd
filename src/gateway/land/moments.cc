#include "gateway/land/moments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/zone.h"

namespace fairway::gateway::land {
namespace {

constexpr size_t kTextBytesMax = 64;
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

int number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits.substr(0, 9)) number = number * 10 + (c - '0');
  return number;
}

// Takes a text apart from its front; lower case, its Chinese signs replaced.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::string_view digits() { return take(is_digit); }
  std::string_view letters() { return take(is_letter); }
  bool skip(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_blanks() {
    while (skip(" ")) {
    }
  }
  bool word(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  [[nodiscard]] char next() const { return rest_.empty() ? '\0' : rest_.front(); }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view take(bool (*belongs)(char)) {
    const auto end = std::ranges::find_if_not(rest_, belongs);
    const std::string_view taken = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest_;
};

struct Parts {
  CivilTime civil;
  int64_t micros = 0;  // of the second
  std::optional<int> offset_minutes;
  bool date_only = false, order_assumed = false;
};

bool set_time(std::string_view digits, CivilTime& civil) {
  if (digits.size() != 4 && digits.size() != 6) return false;
  civil.hour = number_of(digits.substr(0, 2));
  civil.minute = number_of(digits.substr(2, 2));
  civil.second = digits.size() == 6 ? number_of(digits.substr(4)) : 0;
  return true;
}

// "20261122", and "202611220830" with its time.
bool read_compact_date(std::string_view digits, Parts& parts) {
  parts.civil = {number_of(digits.substr(0, 4)), number_of(digits.substr(4, 2)), number_of(digits.substr(6, 2))};
  parts.date_only = digits.size() == 8;
  return parts.date_only || set_time(digits.substr(8), parts.civil);
}

std::optional<int> read_month(Reader& reader) {
  if (is_digit(reader.next())) return number_of(reader.digits());
  const std::string_view name = reader.letters();
  const auto found = std::ranges::find(kMonths, name.substr(0, 3));
  if (name.size() < 3 || found == kMonths.end()) return std::nullopt;
  return static_cast<int>(found - kMonths.begin()) + 1;
}

bool read_date(Reader& reader, Parts& parts) {
  const std::string_view first = reader.digits();
  if (first.size() == 8 || first.size() == 12 || first.size() == 14) return read_compact_date(first, parts);
  if (first.size() != 4 && (first.empty() || first.size() > 2)) return false;
  if (!reader.skip("-/. ")) return false;
  const bool in_digits = is_digit(reader.next());
  const std::optional<int> month = read_month(reader);
  if (!month || !reader.skip("-/. ")) return false;
  const std::string_view last = reader.digits();
  parts.date_only = true;
  if (first.size() == 4) {
    parts.civil = {number_of(first), *month, number_of(last)};
    return last.size() == 1 || last.size() == 2;
  }
  int day = number_of(first), number = *month;
  if (in_digits && number > 12) std::swap(day, number);  // it can only be the other way about
  parts.order_assumed = in_digits && day <= 12 && day != number;
  parts.civil = {number_of(last), number, day};
  return last.size() == 4;
}

bool read_clock(Reader& reader, Parts& parts) {
  const bool morning = reader.word("上午"), afternoon = !morning && reader.word("下午");
  reader.skip_blanks();
  const std::string_view hour = reader.digits();
  if (hour.empty()) return false;
  parts.date_only = false;
  if (!reader.skip(":")) return set_time(hour, parts.civil);
  const std::string_view minute = reader.digits();
  if (hour.size() > 2 || minute.size() != 2) return false;
  parts.civil.hour = number_of(hour);
  parts.civil.minute = number_of(minute);
  if (reader.skip(":")) {
    const std::string_view second = reader.digits();
    if (second.size() != 2) return false;
    parts.civil.second = number_of(second);
    if (reader.skip(".,")) {
      std::string fraction(reader.digits());
      fraction.resize(6, '0');
      parts.micros = number_of(fraction);
    }
  }
  reader.skip_blanks();
  const bool am = morning || reader.word("am"), pm = afternoon || (!am && reader.word("pm"));
  if (am || pm) {
    if (parts.civil.hour < 1 || parts.civil.hour > 12) return false;
    parts.civil.hour = parts.civil.hour % 12 + (pm ? 12 : 0);
  }
  return true;
}

bool read_offset(Reader& reader, Parts& parts) {
  reader.skip_blanks();
  if (reader.at_end()) return true;
  if (reader.word("z") || reader.word("utc") || reader.word("gmt")) {
    parts.offset_minutes = 0;
    if (reader.at_end()) return true;
  }
  const bool minus = reader.next() == '-';
  if (!reader.skip("+-")) return false;
  std::string digits(reader.digits());
  if (digits.size() == 1) digits.insert(0, "0");
  if (digits.size() == 2) digits += reader.skip(":") ? std::string(reader.digits()) : "00";
  if (digits.size() != 4 || number_of(digits) > 1400) return false;
  const int minutes = number_of(digits.substr(0, 2)) * 60 + number_of(digits.substr(2));
  parts.offset_minutes = minus ? -minutes : minutes;
  return reader.at_end();
}

std::string simplified(std::string_view text) {
  std::string out = to_lower(trim(text));
  for (const auto& [sign, instead] : {std::pair<std::string_view, std::string_view>{"年", "-"}, {"月", "-"}, {"日", " "}, {"，", " "}})
    for (size_t at = out.find(sign); at != std::string::npos; at = out.find(sign, at)) out.replace(at, sign.size(), instead);
  return out;
}

std::unexpected<Error> no_time(std::string_view text) {
  return fail(Code::invalid, "not a date and time", legible(text, 48), "write 2026-11-22 08:30, or 2026-11-22T08:30:00+08:00");
}

Result<Parts> parts_of(std::string_view text) {
  if (text.size() > kTextBytesMax) return no_time(text);
  const std::string simple = simplified(text);
  Reader reader(simple);
  Parts parts;
  if (!read_date(reader, parts)) return no_time(text);
  if (parts.date_only) {
    reader.skip_blanks();
    if (reader.skip("t,")) reader.skip_blanks();
    if (!reader.at_end() && !read_clock(reader, parts)) return no_time(text);
  }
  if (!read_offset(reader, parts)) return no_time(text);
  return parts;
}

}  // namespace

Result<Moment> parse_moment(std::string_view text, std::string_view zone) {
  const Parts parts = TRY(parts_of(text));
  Moment moment;
  moment.date_only = parts.date_only;
  moment.order_assumed = parts.order_assumed;
  Instant& instant = moment.instant;
  if (parts.offset_minutes) {
    instant.offset_minutes = static_cast<int16_t>(*parts.offset_minutes);
    instant.micros = TRY(micros_of(parts.civil, *parts.offset_minutes));
  } else if (!zone.empty()) {
    instant = TRY(instant_in_zone(parts.civil, zone));
  } else {
    instant.micros = TRY(micros_of(parts.civil, 0));
    instant.zone = ZoneSource::assumed;
  }
  instant.micros += parts.micros;
  if (parts.civil.year < 1900 || parts.civil.year > 2200) return no_time(text);
  instant.text.clear();
  if (trim(text) != to_rfc3339(instant)) instant.text = trim(text);
  return moment;
}

}  // namespace fairway::gateway::land
