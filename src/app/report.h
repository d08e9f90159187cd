// How the commands speak: answers on standard output, everything else on standard error.
#pragma once

#include <string>
#include <string_view>

#include "app/commands.h"
#include "base/status.h"
#include "http/client.h"

namespace fairway::app {

// "fairway: message: detail (hint)" on standard error.
void complain(const Error& error);
int complain(const Error& error, int status);

// Reads a file, or standard input for "-". Code::not_found with the reason, Code::too_large past `bytes_max`.
[[nodiscard]] Result<std::string> read_input(const std::string& path, size_t bytes_max);

// A client for the server with the key, where there is one, in every request.
class Connection {
 public:
  [[nodiscard]] static Result<Connection> open(const ServerOptions& options);
  // The answer, or its problem+json as an Error where the status is 400 or more (but 422, which is an answer about the content).
  [[nodiscard]] Result<http::Response> send(http::ClientRequest request);
  [[nodiscard]] Result<http::Response> stream(http::ClientRequest request, const std::function<bool(std::string_view)>& piece);

 private:
  Connection(std::unique_ptr<http::Client> client, std::string key) : client_(std::move(client)), key_(std::move(key)) {}
  void sign(http::ClientRequest& request) const;

  std::unique_ptr<http::Client> client_;
  std::string key_;
};

// The Error that a problem+json answer carries.
[[nodiscard]] Error error_of(const http::Response& response);

// Path of the local socket of a server on this embedded store, "" for other stores.
[[nodiscard]] std::string local_socket_of(std::string_view store_url);

}  // namespace fairway::app
