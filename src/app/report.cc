#include "app/report.h"

#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/json.h"

namespace fairway::app {

void complain(const Error& error) { std::cerr << "fairway: " << error.text() << "\n"; }

int complain(const Error& error, int status) {
  complain(error);
  return status;
}

Result<std::string> read_input(const std::string& path, size_t bytes_max) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return fail(Code::not_found, "cannot read the file", path, "check the name and that you may read it");
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  char chunk[64 * 1024];
  while (in.read(chunk, sizeof chunk) || in.gcount() > 0) {
    text.append(chunk, static_cast<size_t>(in.gcount()));
    if (text.size() > bytes_max)
      return fail(Code::too_large, "the input is too large", path, "at most " + std::to_string(bytes_max >> 20) + " MiB: split it");
  }
  if (in.bad() || (path != "-" && text.empty() && !file.eof()))
    return fail(Code::not_found, "cannot read the file", path, "is it a folder?");
  return text;
}

Result<Connection> Connection::open(const ServerOptions& options) {
  return Connection(TRY(http::Client::open(options.url, {.tls = options.tls})), options.key);
}

void Connection::sign(http::ClientRequest& request) const {
  if (!key_.empty()) request.headers.emplace_back("authorization", "Bearer " + key_);
}

Result<http::Response> Connection::send(http::ClientRequest request) {
  sign(request);
  http::Response response = TRY(client_->send(request));
  if (response.status >= 400 && response.status != 422) return std::unexpected(error_of(response));
  return response;
}

Result<http::Response> Connection::stream(http::ClientRequest request, const std::function<bool(std::string_view)>& piece) {
  sign(request);
  http::Response response = TRY(client_->stream(request, piece));
  if (response.status >= 400) return std::unexpected(error_of(response));
  return response;
}

Error error_of(const http::Response& response) {
  Error error{Code::internal, "the server answered " + std::to_string(response.status), "", ""};
  const auto parsed = parse_json(response.body);
  const json::object* problem = parsed ? parsed->if_object() : nullptr;
  if (problem == nullptr) return error;
  for (int code = 0; code <= static_cast<int>(Code::internal); ++code)
    if (name(static_cast<Code>(code)) == text_of(*problem, "code")) error.code = static_cast<Code>(code);
  if (!text_of(*problem, "title").empty()) error.message = text_of(*problem, "title");
  error.detail = text_of(*problem, "detail");
  error.hint = text_of(*problem, "hint");
  return error;
}

std::string local_socket_of(std::string_view store_url) {
  constexpr std::string_view kEmbedded = "rocksdb:";
  if (!store_url.starts_with(kEmbedded)) return {};
  return std::string(store_url.substr(kEmbedded.size())) + "/admin.sock";
}

}  // namespace fairway::app
