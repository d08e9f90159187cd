#include "gateway/air/dates.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/zone.h"
#include "gateway/air/airport.h"

namespace fairway::gateway::air {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr int64_t kDayMicros = 86'400'000'000;

int64_t day_number(int64_t micros) { return (micros >= 0 ? micros : micros - kDayMicros + 1) / kDayMicros; }

struct Window {
  int64_t back, ahead;
};

// The candidate nearest the day received that lies in the window.
class Nearest {
 public:
  Nearest(int64_t received_us, Window window) : today_(day_number(received_us)), window_(window) {}
  void consider(const CivilTime& candidate) {
    const auto micros = micros_of(candidate, 0);
    if (!micros) return;  // 29 February of a common year
    const int64_t distance = day_number(*micros) - today_;
    if (distance < -window_.back || distance > window_.ahead) return;
    if (best_ && std::abs(distance) >= std::abs(distance_)) return;
    best_ = candidate;
    distance_ = distance;
  }
  [[nodiscard]] std::optional<CivilTime> best() const { return best_; }

 private:
  int64_t today_, distance_ = 0;
  Window window_;
  std::optional<CivilTime> best_;
};

int two_digits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return 0;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

}  // namespace

int month_number(std::string_view name) {
  const auto found = std::ranges::find(kMonths, name);
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

std::string_view month_name(int month) { return kMonths.at(static_cast<size_t>(month - 1)); }

std::optional<CivilTime> place_date(int day, int month, int64_t received_us, bool happened) {
  const int year = civil_of(received_us, 0).year;
  Nearest nearest(received_us, happened ? Window{kHappenedDaysBackMax, kHappenedDaysAheadMax} : Window{kDaysBackMax, kDaysAheadMax});
  for (const int candidate : {year - 1, year, year + 1}) nearest.consider({candidate, month, day});
  return nearest.best();
}

std::optional<CivilTime> place_day(int day, int64_t received_us) {
  constexpr int kBack = 10, kAhead = 25;
  const CivilTime today = civil_of(received_us, 0);
  Nearest nearest(received_us, {kBack, kAhead});
  for (const int shift : {-1, 0, 1}) {
    const int months = today.year * 12 + today.month - 1 + shift;
    nearest.consider({months / 12, months % 12 + 1, day});
  }
  return nearest.best();
}

std::optional<DayMonth> read_day_month(std::string_view text) {
  const int day = two_digits(text.substr(0, std::min<size_t>(text.size(), 2)));
  if (day == 0 || day > 31) return std::nullopt;
  if (text.size() == 2) return DayMonth{day, 0};
  const int month = text.size() == 5 ? month_number(text.substr(2)) : 0;
  if (month == 0) return std::nullopt;
  return DayMonth{day, month};
}

std::optional<int> days_of_change(std::string_view indicator) {
  constexpr std::array<std::string_view, 5> kIndicators = {"P", "", "N", "S", "T"};
  const auto found = std::ranges::find(kIndicators, indicator);
  if (found == kIndicators.end()) return std::nullopt;
  return static_cast<int>(found - kIndicators.begin()) - 1;
}

CivilTime add_days(const CivilTime& date, int days) {
  const auto micros = micros_of(date, 0);
  return micros ? civil_of(*micros + days * kDayMicros, 0) : date;
}

Result<Instant> instant_at_airport(const CivilTime& local, std::string_view iata, std::string text) {
  Instant instant;
  const Airport* airport = find_airport(iata);
  if (airport != nullptr) instant = TRY(instant_in_zone(local, airport->zone));
  if (airport == nullptr) {
    instant.micros = TRY(micros_of(local, 0));
    instant.zone = ZoneSource::assumed;
  }
  instant.text = std::move(text);
  return instant;
}

}  // namespace fairway::gateway::air
