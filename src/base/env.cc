#include "base/env.h"

#include <openssl/rand.h>

#include <chrono>
#include <cstdlib>

namespace fairway {
namespace {

class SystemEnv final : public Env {
 public:
  int64_t now_us() override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  }
  int64_t steady_ns() override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
  }
  std::string random_bytes(size_t count) override {
    std::string bytes(count, '\0');
    // Without randomness no key may be made: there is nothing sensible to go on with.
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) std::abort();
    return bytes;
  }
};

}  // namespace

Env& Env::system() {
  static SystemEnv env;
  return env;
}

std::string ManualEnv::random_bytes(size_t count) {
  std::string bytes(count, '\0');
  for (char& byte : bytes) {  // splitmix64
    state_ += 0x9e3779b97f4a7c15ULL;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    byte = static_cast<char>(z ^ (z >> 31));
  }
  return bytes;
}

std::string random_id(Env& env, size_t length) {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id = env.random_bytes(length);
  for (char& character : id) character = kAlphabet[static_cast<unsigned char>(character) & 31];
  return id;
}

}  // namespace fairway
