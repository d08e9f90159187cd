// Vault: secrets that must be read again, sealed with a key that is not in the store.
//
// A one-time code's secret and the state of a sign-in through a provider cannot be hashed. They are sealed with
// XChaCha20-Poly1305 (libsodium), each for the purpose it was sealed for, under a key of 32 bytes in a file of its own (mode 0600, hex):
// somebody who steals the store's files alone reads none of them. Whoever loses the key file loses the second factors with it, so it
// belongs in another backup than the store. Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "base/env.h"
#include "base/status.h"

namespace fairway::access {

class Vault {
 public:
  // The file is read when it is first needed, and made where it does not exist. "": there is none, and whoever needs it is told so.
  Vault(std::string file, Env& env) : file_(std::move(file)), env_(env) {}

  // In base 64. Code::unavailable where the key cannot be had, as for open().
  [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view purpose);
  // Code::invalid for what was not sealed under this key and for this purpose.
  [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view purpose);

 private:
  Result<std::string> key();

  const std::string file_;
  Env& env_;
  std::mutex mutex_;
  std::string key_;  // once it has been read
};

}  // namespace fairway::access
