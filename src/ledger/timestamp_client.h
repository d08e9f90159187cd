// Asking a time-stamping authority over HTTP (RFC 3161, section 3.4): one POST, bounded in time and size. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "base/env.h"
#include "base/status.h"
#include "ledger/timestamp.h"

namespace fairway::ledger {

struct TimestampAuthority {
  std::string url;  // http or https
  std::chrono::milliseconds patience{10'000};
};
// Code::invalid for a URL that cannot be asked.
[[nodiscard]] Status check_timestamp_url(const std::string& url);

// A reply with a token over SHA-256 of `bytes`, checked. The authority's clock must be within ten minutes of `env`'s: Code::forbidden.
// `give_up`: once it is true, every wait ends; lives as long as the call.
[[nodiscard]] Result<std::string> ask_for_stamp(const TimestampAuthority& authority, const TimestampTrust& trust, std::string_view bytes,
                                                Env& env, const std::atomic<bool>* give_up = nullptr);

}  // namespace fairway::ledger
