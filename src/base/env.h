// Env: the clock and the randomness that the program runs on, so that a test or the simulator can own them.
//
// Nothing outside src/base asks the system for the time or for random bytes. Implementations are safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace fairway {

class Env {
 public:
  virtual ~Env() = default;
  // Microseconds since 1970-01-01T00:00:00Z.
  [[nodiscard]] virtual int64_t now_us() = 0;
  // Nanoseconds of a clock that only goes forward, for durations.
  [[nodiscard]] virtual int64_t steady_ns() = 0;
  // `count` unpredictable bytes (predictable in a test's Env).
  [[nodiscard]] virtual std::string random_bytes(size_t count) = 0;

  // The machine's own clock and the kernel's random generator; lives as long as the program.
  static Env& system();
};

// A clock that stands still until told otherwise and randomness from a seed; for tests and simulation.
class ManualEnv final : public Env {
 public:
  explicit ManualEnv(int64_t now_us = 0, uint64_t seed = 1) : now_us_(now_us), state_(seed) {}
  int64_t now_us() override { return now_us_; }
  int64_t steady_ns() override { return now_us_ * 1000; }
  std::string random_bytes(size_t count) override;
  void advance_us(int64_t micros) { now_us_ += micros; }

 private:
  int64_t now_us_;
  uint64_t state_;
};

// `length` characters of lower-case base 32 (Crockford, no i l o u) from env's randomness: 5 bits each.
[[nodiscard]] std::string random_id(Env& env, size_t length);

}  // namespace fairway
