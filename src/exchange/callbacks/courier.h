// Courier: one attempt to bring something to a URL that somebody else has given. Thread-safe.
//
// Only addresses of the open internet are called, and only over https, unless the operator lets them be private. Redirects are not
// followed. An attempt ends after limits::kCallbackSecondsMax, or at once when the courier is stopped.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "base/status.h"
#include "exchange/callbacks/kind.h"
#include "http/client.h"

namespace fairway::exchange::callbacks {

class Courier {
 public:
  explicit Courier(bool to_private) : to_private_(to_private) {}

  // Whatever it was answered. Code::forbidden for an address that is not to be called, Code::unavailable where nothing answers, and the
  // other codes as http::Client has them. `kept`: a connection to the same server that is used again, and made where it is null.
  [[nodiscard]] Result<http::Response> send(http::Method method, const std::string& url, const Letter& letter,
                                            std::unique_ptr<http::Client>& kept);
  [[nodiscard]] Result<http::Response> send(http::Method method, const std::string& url, const Letter& letter) {
    std::unique_ptr<http::Client> client;
    return send(method, url, letter, client);
  }
  void stop() { stopping_.store(true); }

 private:
  const bool to_private_;
  std::atomic<bool> stopping_{false};
};

}  // namespace fairway::exchange::callbacks
