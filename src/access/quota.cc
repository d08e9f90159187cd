#include "access/quota.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/bytes.h"

namespace fairway::access {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr int64_t kDayUs = 86'400 * kSecondUs;

std::unexpected<Error> throttled(std::string message, std::string detail, int64_t wait_us) {
  const int64_t seconds = std::max<int64_t>(1, (wait_us + kSecondUs - 1) / kSecondUs);
  Error error{Code::throttled, std::move(message), std::move(detail), "try again in " + std::to_string(seconds) + " s"};
  error.retry_after_s = seconds;
  return std::unexpected(std::move(error));
}

// Letters and digits alone, in upper case: however a number is written, it is one.
uint64_t number_of(std::string_view reference) {
  std::string plain;
  for (const char c : to_upper(reference))
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) plain += c;
  return read_u64(sha256(plain).data());
}

}  // namespace

Status Quota::admit(const Viewer& viewer) {
  if (!is_limited(viewer) || rules_.requests_per_second <= 0) return {};
  const int64_t now_us = env_.now_us();
  const std::lock_guard lock(mutex_);
  const auto [found, first] = accounts_.try_emplace(viewer.party.id);
  Account& account = found->second;
  const double seconds = static_cast<double>(std::max<int64_t>(0, now_us - account.filled_us)) / kSecondUs;
  account.tokens = first ? rules_.requests_burst : std::min(rules_.requests_burst, account.tokens + seconds * rules_.requests_per_second);
  account.filled_us = now_us;
  if (account.tokens >= 1) {
    account.tokens -= 1;
    return {};
  }
  const double wait_s = (1 - account.tokens) / rules_.requests_per_second;
  return throttled("too many requests", "at most " + std::to_string(std::llround(rules_.requests_per_second)) + " a second",
                   static_cast<int64_t>(wait_s * kSecondUs));
}

Status Quota::look_up(const Viewer& viewer, std::string_view reference) {
  if (!is_limited(viewer) || rules_.references_a_day == 0) return {};
  const int64_t now_us = env_.now_us();
  std::optional<BreadthAlert> alert;
  Status answer;
  {
    const std::lock_guard lock(mutex_);
    Account& account = accounts_[viewer.party.id];
    if (account.filled_us == 0) account.tokens = rules_.requests_burst, account.filled_us = now_us;
    if (account.day != now_us / kDayUs) {
      account.day = now_us / kDayUs;
      account.references.clear();
      account.warned = account.refused = false;
    }
    const uint64_t number = number_of(reference);
    const bool room = account.references.size() < rules_.references_a_day;
    if (!(room ? account.references.insert(number).second : !account.references.contains(number))) return {};
    if (!room) {
      if (!account.refused) alert = BreadthAlert{viewer.party.id, account.references.size(), true};
      account.refused = true;
      answer = throttled("too many different references", "at most " + std::to_string(rules_.references_a_day) + " a day",
                         kDayUs - now_us % kDayUs);
    } else if (!account.warned &&
               static_cast<double>(account.references.size()) >= kBreadthWarning * static_cast<double>(rules_.references_a_day)) {
      account.warned = true;
      alert = BreadthAlert{viewer.party.id, account.references.size(), false};
    }
  }
  if (alert) alert_(*alert);
  return answer;
}

}  // namespace fairway::access
