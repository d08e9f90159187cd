// Clock: from when until when something must be filed, in the time of the place, with the working shown. deadlines.csv of a regime says
// how; its calendar.csv says which days are holidays, or had a gale or black rainstorm warning. Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/status.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

// Kinds of day that are no days to lodge on. Every Sunday is a general holiday where the regime says so (calendar_sundays in regime.csv).
class Calendar {
 public:
  Calendar() = default;
  // "date,kind" with kind holiday, gale or black-rain. Code::invalid names the row.
  [[nodiscard]] static Result<Calendar> parse(std::string_view csv, std::string_view file);
  [[nodiscard]] static Result<Calendar> of(const Regime& regime);
  void add(std::string date, std::string kind);
  void set_sundays(bool holidays) { sundays_ = holidays; }
  // The kinds of that day: "holiday", "gale", "black-rain"; empty for a day like others.
  [[nodiscard]] std::vector<std::string> kinds(std::string_view date) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> days_;
  bool sundays_ = false;
};

struct Deadline {
  std::string id;                   // of deadlines.csv: "import-declaration"
  std::optional<Instant> earliest;  // none: at any time before
  Instant latest;                   // the last moment that counts as in time
  std::vector<Instant> reminders;
  std::vector<std::string> working;  // step by step
  std::string caution;               // what is not counted in: holidays of a year that the calendar has nothing of; "" for nothing
  std::string source;
};

// `from`: the moment of what the clock counts from (arrival, departure, crossing, loading). Code::not_found for an id that the regime does
// not have on that day. A calendar given takes the place of the regime's own.
[[nodiscard]] Result<Deadline> deadline(const Regime& regime, std::string_view id, const Instant& from, const Calendar* calendar = nullptr);
// Whole days after the last day, in the regime's zone; 0 in time.
[[nodiscard]] int days_late(const Regime& regime, const Deadline& deadline, int64_t now_us);

}  // namespace fairway::filing
