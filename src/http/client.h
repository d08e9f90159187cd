// A plain blocking HTTP/1.1 client: for the command line, tests and peers. Not thread-safe; one a thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"
#include "http/message.h"

namespace fairway::http {

struct ClientRequest {
  Method method = Method::get;
  std::string target;  // path and query, encoded
  Fields headers;      // Host and Content-Length are the client's own
  std::string body;
};

class Client {
 public:
  virtual ~Client() = default;
  // `url`: "http://host:port", "https://host" or "unix:/path/of/socket"; connects with the first request. https verifies the
  // server's certificate against the system's authorities and its name. `patience` is for each wait: to connect, for the next
  // bytes, for the peer to take some. Code::invalid for another kind of URL.
  [[nodiscard]] static Result<std::unique_ptr<Client>> open(std::string_view url,
                                                            std::chrono::milliseconds patience = std::chrono::seconds(30));
  // Keeps the connection open between requests and connects again once where the server has closed it meanwhile; what might then
  // run twice (POST, PATCH) is only repeated when no byte of it was sent. Code::unavailable where nothing answers in time,
  // Code::too_large past limits::kResponseBodyBytesMax, Code::invalid for a request or answer that is not well-formed.
  [[nodiscard]] virtual Result<Response> send(const ClientRequest& request) = 0;
  // Reads a streaming answer piece by piece until it ends or `piece` returns false. The Response's body stays empty unless its
  // status is 300 or more. Code::unavailable where the answer breaks off.
  [[nodiscard]] virtual Result<Response> stream(const ClientRequest& request, const std::function<bool(std::string_view)>& piece) = 0;
};

}  // namespace fairway::http
