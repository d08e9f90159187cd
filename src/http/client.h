// A plain blocking HTTP/1.1 client: for the command line, tests and peers. Not thread-safe; one a thread.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "http/message.h"

namespace fairway::http {

struct ClientRequest {
  Method method = Method::get;
  std::string target;  // path and query, encoded
  Fields headers;      // Host and Content-Length are the client's own
  std::string body;
};

// How a client shows itself over TLS, and whom it trusts. PEM files; "" for none.
struct ClientTls {
  std::string ca_file;           // authorities trusted beside the system's
  std::string certificate_file;  // the client's own, those between it and its authority behind it
  std::string key_file;          // without a password
};

struct ClientOptions {
  // For each wait: to connect, for the next bytes, for the peer to take some.
  std::chrono::milliseconds patience = std::chrono::seconds(30);
  ClientTls tls;
  // For a URL that somebody else has given: connects to addresses of the open internet alone (http/public_address.h). The name is
  // resolved once for each connection; were it to lead elsewhere, too, nothing is sent. Code::forbidden otherwise.
  bool only_public = false;
  // How long one exchange may take from its first byte to its last, however steadily its bytes drip; 0: no bound but `patience`.
  std::chrono::milliseconds whole{0};
  const std::atomic<bool>* give_up = nullptr;               // once it is true, every wait ends; lives as long as the client
  size_t answer_bytes_max = limits::kResponseBodyBytesMax;  // past it: Code::too_large
};

class Client {
 public:
  virtual ~Client() = default;
  // `url`: "http://host:port", "https://host" or "unix:/path/of/socket"; connects with the first request. https verifies the
  // server's certificate against the authorities and its name. Redirects are answers like any other: nothing follows them.
  // Code::invalid for another kind of URL.
  [[nodiscard]] static Result<std::unique_ptr<Client>> open(std::string_view url, const ClientOptions& options = {});
  // Keeps the connection open between requests and connects again once where the server has closed it meanwhile; what might then
  // run twice (POST, PATCH) is only repeated when no byte of it was sent. Code::unavailable where nothing answers in time,
  // Code::too_large past ClientOptions::answer_bytes_max, Code::invalid for a request or answer that is not well-formed and for TLS files
  // that cannot be used.
  [[nodiscard]] virtual Result<Response> send(const ClientRequest& request) = 0;
  // Reads a streaming answer piece by piece until it ends or `piece` returns false. The Response's body stays empty unless its
  // status is 300 or more. Code::unavailable where the answer breaks off.
  [[nodiscard]] virtual Result<Response> stream(const ClientRequest& request, const std::function<bool(std::string_view)>& piece) = 0;
};

}  // namespace fairway::http
