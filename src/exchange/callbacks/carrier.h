// Kinds whose letters do not go over HTTP.
#pragma once

#include <string>

#include "exchange/callbacks/kind.h"

namespace fairway::exchange::callbacks {

// What takes such letters. Asked from several threads.
class Carrier {
 public:
  virtual ~Carrier() = default;
  // As Courier::send(); the status is one of the carrier's own protocol, 200 to 299 where the letter was taken.
  [[nodiscard]] virtual Result<http::Response> carry(const std::string& url, const Letter& letter) const = 0;
};

class CarriedKind : public Kind {
 public:
  [[nodiscard]] virtual const Carrier& carrier() const = 0;
};

}  // namespace fairway::exchange::callbacks
