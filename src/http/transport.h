// Transport: a client's connection: TCP, TLS or a Unix socket, read and written with a bound on every wait. Private to src/http.
// Not thread-safe.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/status.h"
#include "http/client.h"

namespace fairway::http {

struct Endpoint {
  enum class Kind : uint8_t { tcp, tls, local };
  Kind kind = Kind::tcp;
  std::string host;  // or the path of the Unix socket
  std::string port;
  std::string name;  // as the Host field gives it
};
// Code::invalid unless it is http://, https:// or unix: without anything behind the authority but a slash.
[[nodiscard]] Result<Endpoint> parse_url(std::string_view url);

class Transport {
 public:
  virtual ~Transport() = default;
  // Code::unavailable where nobody can be reached in time, or is not who the certificate should say; the other codes as Client says.
  [[nodiscard]] static Result<std::unique_ptr<Transport>> connect(const Endpoint& endpoint, const ClientOptions& options);
  // Some bytes; 0 when the peer has ended.
  [[nodiscard]] virtual Result<size_t> read(std::span<char> room) = 0;
  [[nodiscard]] virtual Status write(std::string_view bytes) = 0;
  // Whether the peer has closed, or said something nobody asked for, since the last answer.
  [[nodiscard]] virtual bool stale() = 0;
  // Whether the last error was that patience ran out, which trying again would not mend.
  [[nodiscard]] virtual bool timed_out() const = 0;
};

}  // namespace fairway::http
