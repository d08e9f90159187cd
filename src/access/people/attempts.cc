#include "access/people/attempts.h"

#include <algorithm>

namespace fairway::access {
namespace {

constexpr int64_t kSecondUs = 1'000'000;

// After so many failures, counted from the latest.
int64_t wait_after(int failures) {
  if (failures < kAttemptsFree) return 0;
  const int doublings = std::min(failures - kAttemptsFree, 20);
  return std::min<int64_t>(int64_t{2} << doublings, kAttemptsWaitSecondsMax) * kSecondUs;
}

}  // namespace

Status Attempts::admit(const std::string& guarded) {
  const std::lock_guard lock(mutex_);
  return check(guarded);
}

Status Attempts::begin(const std::string& guarded) {
  const std::lock_guard lock(mutex_);
  TRY_OK(check(guarded));
  add(guarded);
  return {};
}

void Attempts::count(const std::string& guarded) {
  const std::lock_guard lock(mutex_);
  add(guarded);
}

Status Attempts::check(const std::string& guarded) {
  const auto found = places_.find(guarded);
  if (found == places_.end()) return {};
  const int64_t passed_us = env_.now_us() - found->second->failed_us;
  if (passed_us >= kAttemptsForgottenSeconds * kSecondUs) {
    drop(found->second);
    return {};
  }
  const int64_t left_us = wait_after(found->second->failures) - passed_us;
  if (left_us <= 0) return {};
  Error error{Code::throttled, "too many attempts have failed", {}, "wait, and then try again"};
  error.retry_after_s = (left_us + kSecondUs - 1) / kSecondUs;
  return std::unexpected(std::move(error));
}

void Attempts::add(const std::string& guarded) {
  const auto found = places_.find(guarded);
  if (found == places_.end()) {
    if (records_.size() >= kAttemptsKeptMax) drop(std::prev(records_.end()));
    records_.push_front({guarded, 0, 0});
    places_[guarded] = records_.begin();
  } else {
    records_.splice(records_.begin(), records_, found->second);
  }
  ++records_.front().failures;
  records_.front().failed_us = env_.now_us();
}

void Attempts::forgive(const std::string& guarded) {
  const std::lock_guard lock(mutex_);
  const auto found = places_.find(guarded);
  if (found != places_.end() && --found->second->failures <= 0) drop(found->second);
}

void Attempts::forget(const std::string& guarded) {
  const std::lock_guard lock(mutex_);
  if (const auto found = places_.find(guarded); found != places_.end()) drop(found->second);
}

void Attempts::drop(Place record) {
  places_.erase(record->guarded);
  records_.erase(record);
}

}  // namespace fairway::access
