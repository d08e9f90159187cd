// The HTTP server: Boost.Asio and Beast behind a thin face that no other folder sees through.
//
// I/O threads read requests; a bounded pool of workers runs the handlers, which are plain functions. A handler answers through
// its Responder, at once or later from any thread, exactly once. HTTP/1.1 with keep-alive; pipelined requests are answered in
// order, and run side by side only as long as they are GET, HEAD or OPTIONS (RFC 9112, 9.3.2). Every size in base/limits.h is
// kept; past one the answer is problem+json with 400, 408, 413, 414, 431 or 503.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "http/message.h"

namespace fairway::http {

// One open streaming answer (server-sent events, exports). Thread-safe. Dropping the last shared_ptr closes it.
class Stream {
 public:
  virtual ~Stream() = default;
  // Queues bytes as one chunk. False when the peer has gone, or its queue passed limits::kStreamQueueBytesMax, after which the
  // stream is cut: the connection closes without the last chunk, so that nobody takes a part for the whole.
  virtual bool write(std::shared_ptr<const std::string> bytes) = 0;
  // Waits until at most `bytes_max` are queued: how an export keeps to its reader's pace. False when the stream has ended or
  // `patience` ran out. For workers and threads of one's own, never from an I/O thread.
  virtual bool wait_for_room(size_t bytes_max, std::chrono::milliseconds patience) = 0;
  [[nodiscard]] virtual size_t queued_bytes() const = 0;
  [[nodiscard]] virtual bool open() const = 0;
  // Ends the answer after what is queued.
  virtual void close() = 0;
  // Called once, from an I/O thread, when the stream ends for whatever reason; also when it had ended before. (Once the server
  // has stopped there is no such thread: then from the caller's.)
  virtual void on_close(std::function<void()> callback) = 0;
};

// The right to answer one request; movable, copyable (the copies are the same right). Dropping the last one unanswered answers 500.
// It may outlive the server.
class Responder {
 public:
  class Impl;
  explicit Responder(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  void send(Response response) const;
  // Sends the head with Transfer-Encoding: chunked and keeps the answer open. Past limits::kStreamsMax it answers 503 and hands
  // back a stream that has ended.
  [[nodiscard]] std::shared_ptr<Stream> stream(Response head) const;

 private:
  std::shared_ptr<Impl> impl_;
};

using Handler = std::function<void(Request, Responder)>;

// Tried before the handler, on the I/O thread that read the request: the hand-over to a worker and back costs some microseconds
// (README.md has the figures), and many answers cost no more than that. False leaves the request to the handler. What takes long, or
// waits for a network or a lock held long, is none of its business: every connection of the thread waits for it.
using AtOnce = std::function<bool(const Request&, const Responder&)>;

// Routes by method and path pattern: "/v1/journeys/{reference}". A segment in braces takes one path segment; "{rest...}" at the
// end takes the rest, but nothing with a "." or ".." segment in it. Literal segments win over braces. HEAD falls back on GET.
// Fill before the server starts; const afterwards, any thread.
class Router {
 public:
  void add(Method method, std::string pattern, Handler handler, AtOnce at_once = nullptr);

  struct Match {
    const Handler* handler = nullptr;
    std::string_view pattern;         // lives as long as the router
    const AtOnce* at_once = nullptr;  // null: there is none
    Fields parameters;
  };
  // `path` as it stands in the target, still percent-encoded, so that an encoded slash stays inside its segment. Code::not_found;
  // Code::unsupported (405, with the allowed methods in detail); Code::invalid for a broken escape in a parameter.
  [[nodiscard]] Result<Match> match(Method method, std::string_view path) const;

 private:
  enum class Kind : uint8_t { literal, parameter, rest };  // in the order of who wins
  struct Segment {
    Kind kind;
    std::string text;  // the literal, or the parameter's name
  };
  struct Route {
    Method method;
    std::string pattern;
    std::vector<Segment> segments;
    Handler handler;
    AtOnce at_once;
  };
  static Segment parse_segment(std::string_view text);
  static bool is_open_ended(const Route& route);
  static bool takes(const Route& route, const std::vector<std::string_view>& segments);
  static Result<Fields> parameters(const Route& route, std::string_view path, const std::vector<std::string_view>& segments);
  [[nodiscard]] std::string allowed_methods(const std::vector<std::string_view>& segments) const;

  std::vector<Route> routes_;  // whoever wins first
};

// Those of base/limits.h; tests set smaller ones to reach them sooner.
struct ServerLimits {
  size_t connections_max = limits::kConnectionsMax;
  size_t requests_queued_max = limits::kRequestsQueuedMax;
  size_t streams_max = limits::kStreamsMax;
  size_t bodies_bytes_max = limits::kRequestBodiesBytesMax;
  std::chrono::milliseconds idle_max = std::chrono::seconds(limits::kRequestIdleSecondsMax);
  std::chrono::milliseconds handshake_max = std::chrono::seconds(limits::kHandshakeSecondsMax);
};

// TLS 1.2 and later on the listening address. The files are read again when they change.
struct ServerTls {
  std::string certificate_file;  // PEM: the server's own first, then those between it and its authority
  std::string key_file;          // PEM, without a password
  // PEM: whose client certificates are good; "" asks for none. A client need not have one, but a bad one ends the handshake.
  std::string client_ca_file;
  std::chrono::milliseconds check_period = std::chrono::seconds(5);
};

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  // HOST:PORT or [IPv6]:PORT; port 0 takes a free one
  std::string local_socket;               // path of a Unix socket (mode 0600) with its own routes, "" for none
  std::optional<ServerTls> tls;           // not for the local socket
  bool behind_tls_proxy = false;          // plain HTTP from a proxy that speaks TLS with the world: every request is secure
  int io_threads = 1;
  int workers = 8;
  // Added to every response that does not carry the same field itself (security headers). Secure ones get Strict-Transport-Security too.
  Fields default_headers;
  // Called after every answer, from an I/O thread: method, route pattern ("" if none matched), status, nanoseconds. A stream's
  // answer ends with the stream.
  std::function<void(Method, std::string_view pattern, int status, int64_t ns)> on_answer;
  ServerLimits limits;
};

class Server {
 public:
  // Stops at once where stop() was not called, and waits for handlers that still run.
  virtual ~Server() = default;
  // Listens and serves until stopped. Code::invalid for a malformed address and for TLS files that cannot be used, Code::unavailable
  // when the address cannot be had.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router, Router local_router = {});
  // "127.0.0.1:8080" with the real port.
  [[nodiscard]] virtual std::string address() const = 0;
  // Takes no new connections or requests, waits for running handlers and open answers, ends streams (they are cut, see
  // Stream::write), closes what is left when `patience` is over, returns. Not from a handler or callback of the server's own.
  virtual void stop(std::chrono::milliseconds patience) = 0;
  // Reads the TLS files again, soon, as it does by itself when they change. New connections get what they hold; where that is broken
  // the reason is logged and everything stays as it was. Any thread.
  virtual void reload_certificates() = 0;
  struct Figures {
    size_t connections = 0, streams = 0, queued = 0;
  };
  [[nodiscard]] virtual Figures figures() const = 0;
};

}  // namespace fairway::http
