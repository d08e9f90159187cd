// A plain blocking HTTP/1.1 client over Boost.Beast: for the command line, tests and peers. Not thread-safe; one a thread.
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
  Fields headers;
  std::string body;
};

class Client {
 public:
  virtual ~Client() = default;
  // `url`: "http://host:port", "https://…" or "unix:/path/of/socket". Keeps the connection open between requests and connects
  // again once where the server closed it. Code::unavailable where nothing answers in time.
  [[nodiscard]] static Result<std::unique_ptr<Client>> open(std::string_view url, std::chrono::milliseconds patience = std::chrono::seconds(30));
  [[nodiscard]] virtual Result<Response> send(const ClientRequest& request) = 0;
  // Reads a streaming answer piece by piece until it ends or `piece` returns false. The Response's body stays empty unless its
  // status is 300 or more.
  [[nodiscard]] virtual Result<Response> stream(const ClientRequest& request, const std::function<bool(std::string_view)>& piece) = 0;
};

}  // namespace fairway::http
