// Hasher: argon2id by libsodium, for API keys and passwords alike.
//
// Verifying is slow on purpose and is what strangers can ask for, so it runs one at a time behind a bounded queue: wrong keys and
// passwords cannot take the processors. Thread-safe.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::access {

class Hasher {
 public:
  // The hash as libsodium writes it, "$argon2id$…". Code::unavailable where there is no memory for it.
  [[nodiscard]] static Result<std::string> hash(std::string_view secret);
  // Whether the secret is the hash's. Code::overloaded where limits::kKeyChecksWaitingMax wait already.
  [[nodiscard]] Result<bool> verify(const std::string& hash, std::string_view secret);
  // The same work for nothing, so that the time of an answer does not tell whether there was a hash to compare with.
  [[nodiscard]] Status pretend(std::string_view secret);

 private:
  std::mutex mutex_;
  std::atomic<size_t> waiting_{0};
};

}  // namespace fairway::access
