// Quota: how much one party may read. Two limits: requests a second, and distinct references a day, because asking for one number
// after the other is how a rival would read the whole port.
//
// Counted in this server's memory: several servers on one store each count for themselves, and a restart begins anew. The operator is
// not limited, and sending is not reading. A reference counts whether anything is known of it or not, so that the limit tells
// nothing. Thread-safe.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "access/viewer.h"
#include "base/env.h"
#include "base/status.h"

namespace fairway::access {

struct QuotaRules {
  double requests_per_second = 100;  // in the long run; 0: no limit
  double requests_burst = 1'000;     // at once, after a pause
  size_t references_a_day = 10'000;  // from midnight to midnight UTC; 0: no limit
};

// What the operator is told, once a party and day: a party has looked for so many references as nobody's own trade explains.
struct BreadthAlert {
  PartyId party;
  size_t references = 0;  // so far this day
  bool refused = false;   // at the limit; false: at kBreadthWarning of it
};
inline constexpr double kBreadthWarning = 0.8;

class Quota {
 public:
  Quota(QuotaRules rules, Env& env, std::function<void(const BreadthAlert&)> alert) : rules_(rules), env_(env), alert_(std::move(alert)) {}

  // Before every read. Code::throttled, with the time to wait, where the party asks too fast.
  [[nodiscard]] Status admit(const Viewer& viewer);
  // Before looking a reference up, as the party wrote it. Code::throttled past the day's limit: references that it asked for before on
  // that day are still answered.
  [[nodiscard]] Status look_up(const Viewer& viewer, std::string_view reference);

 private:
  struct Account {
    double tokens = 0;
    int64_t filled_us = 0;
    int64_t day = -1;  // since 1970-01-01
    std::unordered_set<uint64_t> references;
    bool warned = false, refused = false;
  };
  [[nodiscard]] bool is_limited(const Viewer& viewer) const { return !viewer.is_operator(); }

  const QuotaRules rules_;
  Env& env_;
  const std::function<void(const BreadthAlert&)> alert_;
  std::mutex mutex_;
  std::unordered_map<PartyId, Account> accounts_;
};

}  // namespace fairway::access
