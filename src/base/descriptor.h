// Descriptor: a file, folder or socket of the operating system, closed with the value that holds it. Not thread-safe.
#pragma once

#include <unistd.h>

#include <utility>

namespace fairway {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool good() const { return number_ >= 0; }
  // Hands it on: closing it is somebody else's from here.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

}  // namespace fairway
