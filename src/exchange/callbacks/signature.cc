#include "exchange/callbacks/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdint>

#include "base/bytes.h"

namespace fairway::exchange::callbacks {

std::string hmac_sha256(std::string_view key, std::string_view text) {
  constexpr size_t kBytes = 32;
  std::string mac(kBytes, '\0');
  unsigned int size = kBytes;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(mac.data()), &size);
  return mac;
}

std::string signature_of(std::string_view body, int64_t now_us, std::span<const std::string> secrets) {
  const std::string seconds = std::to_string(now_us / 1'000'000);
  std::string out = "t=" + seconds;
  const std::string text = seconds + "." + std::string(body);
  for (const std::string& secret : secrets) out += ",v1=" + to_hex(hmac_sha256(secret, text));
  return out;
}

}  // namespace fairway::exchange::callbacks
