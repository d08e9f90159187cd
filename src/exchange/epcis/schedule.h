// When a standing query is run: QuerySchedule of EPCIS 2.0 (8.2.5.3), in UTC.
//
//   {"second": "0", "minute": "[0-30],45", "hour": "1", "dayOfMonth": "…", "month": "…", "dayOfWeek": "[1-5]"}
//
// Each is a list of numbers and ranges; a moment fits where all of them do. dayOfWeek is 1 (Monday) to 7. Of those that are left out
// the ones finer than the finest one given are at their beginning, the others anything: {"hour": "1"} is 01:00:00 of each day. Beside the
// standard's grammar cron's is understood: '*', 1-5 without brackets, and steps as in "0/30". Value type; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "base/json.h"
#include "base/status.h"

namespace fairway::exchange::epcis {

class Schedule {
 public:
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

  // Code::invalid names the member that is not right; also where nothing is said, and where no day is ever like that.
  [[nodiscard]] static Result<Schedule> read(const json::object& text);

  // The first moment after that one.
  [[nodiscard]] int64_t next_us(int64_t after_us) const;

 private:
  [[nodiscard]] int second_of_day(int from) const;

  std::array<uint64_t, 6> fitting_{};  // of each member, bit n: the number n fits
};

}  // namespace fairway::exchange::epcis
