// HTTP requests and responses as Fairway's handlers see them. Values; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/certificate.h"
#include "base/status.h"

namespace fairway::http {

enum class Method : uint8_t { get, head, post, put, patch, del, options, other };
[[nodiscard]] std::string_view name(Method method);

using Fields = std::vector<std::pair<std::string, std::string>>;  // names in lower case
// The first field of that (lower-case) name, or "".
[[nodiscard]] std::string_view find(const Fields& fields, std::string_view lower_name);

struct Request {
  Method method = Method::get;
  std::string path;    // decoded, without the query
  std::string target;  // as received
  Fields query;        // names and values percent-decoded, names in their own case, in order
  Fields headers;
  Fields path_parameters;  // {reference} of the route
  std::string body;        // at most limits::kRequestBodyBytesMax; as received, even when Content-Encoding is gzip
  std::string peer;        // address, "unix" on a local socket
  bool local_socket = false;
  bool secure = false;  // came over TLS, or through a TLS proxy (ServerOptions::behind_tls_proxy)
  // The client's, where the server asked for one: it is good, and its authority is one of ServerTls::client_ca_file.
  std::shared_ptr<const Certificate> client_certificate;

  [[nodiscard]] std::string_view header(std::string_view lower_name) const { return find(headers, lower_name); }
  [[nodiscard]] std::string_view parameter(std::string_view name) const { return find(path_parameters, name); }
  // The value of a query parameter, or null where it is absent.
  [[nodiscard]] const std::string* query_value(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  Fields headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body, for files served many times
  // Where it is not 0, the answer leaves at a whole multiple of this after the request came, so that its time does not tell what was
  // done for it. Not for streams.
  std::chrono::nanoseconds time_step{0};
};

// An Error as application/problem+json (RFC 9457): {"type","title","status","detail","code","hint","instance"}, empty ones left
// out. 401 carries WWW-Authenticate, 503 Retry-After.
[[nodiscard]] Response problem(const Error& error, std::string_view instance = {});
// The same with a status of HTTP's own that no Code stands for: 405, 408, 414, 417, 431.
[[nodiscard]] Response problem(int status, const Error& error, std::string_view instance = {});

// Percent-decoding; '+' becomes a blank only when `plus_is_blank` (query strings). The result is text: Code::invalid for a broken
// escape, and for what is not UTF-8 or holds a NUL once decoded.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text, bool plus_is_blank);
[[nodiscard]] std::string percent_encode(std::string_view text);  // everything but unreserved characters
[[nodiscard]] Result<Fields> parse_query(std::string_view query);

}  // namespace fairway::http
