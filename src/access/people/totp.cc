#include "access/people/totp.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "http/message.h"

namespace fairway::access {
namespace {

constexpr size_t kSecretBytes = 20;
constexpr unsigned kDigits = 6;

// liboath wants to be woken once.
bool is_ready() {
  static const bool ready = oath_init() == OATH_OK && sodium_init() >= 0;
  return ready;
}

// The code of a step, or "" where liboath fails.
std::string code_of(std::string_view secret, int64_t step) {
  std::array<char, kDigits + 1> code{};
  const int outcome = oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(step * kTotpStepSeconds), kTotpStepSeconds,
                                         OATH_TOTP_DEFAULT_START_TIME, kDigits, code.data());
  return outcome == OATH_OK ? code.data() : "";
}

}  // namespace

std::string new_totp_secret(Env& env) { return env.random_bytes(kSecretBytes); }

std::string totp_text(std::string_view secret) {
  char* text = nullptr;
  size_t size = 0;
  if (!is_ready() || oath_base32_encode(secret.data(), secret.size(), &text, &size) != OATH_OK) return {};
  const std::unique_ptr<char, decltype(&free)> owner(text, &free);
  std::string all(text, size);
  all.resize(all.find_last_not_of('=') + 1);
  return all;
}

std::string totp_uri(std::string_view secret, std::string_view account) {
  return "otpauth://totp/Fairway:" + http::percent_encode(account) + "?secret=" + totp_text(secret) + "&issuer=Fairway";
}

std::optional<int64_t> totp_step(std::string_view secret, std::string_view code, int64_t now_us, int64_t used_step) {
  if (!is_ready() || code.size() != kDigits) return std::nullopt;
  const int64_t now_step = now_us / 1'000'000 / kTotpStepSeconds;
  std::optional<int64_t> found;
  for (int64_t step = now_step - 1; step <= now_step + 1; ++step) {
    const std::string right = code_of(secret, step);
    if (step > used_step && right.size() == code.size() && sodium_memcmp(right.data(), code.data(), code.size()) == 0) found = step;
  }
  return found;
}

}  // namespace fairway::access
