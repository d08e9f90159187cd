// The HTTP server: Boost.Beast behind a thin face that no other folder sees through.
//
// I/O threads read requests; a bounded pool of workers runs the handlers, which are plain functions. A handler answers through
// its Responder, at once or later from any thread, exactly once. HTTP/1.1 with keep-alive and pipelining in order. Every size in
// base/limits.h is kept; past one the answer is problem+json with 400, 413, 414, 431 or 503.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "http/message.h"

namespace fairway::http {

// One open streaming answer (server-sent events, exports). Thread-safe.
class Stream {
 public:
  virtual ~Stream() = default;
  // Queues bytes as one chunk. False when the peer has gone, or its queue passed limits::kStreamQueueBytesMax, after which the
  // stream is closed.
  virtual bool write(std::shared_ptr<const std::string> bytes) = 0;
  [[nodiscard]] virtual size_t queued_bytes() const = 0;
  [[nodiscard]] virtual bool open() const = 0;
  // Ends the answer after what is queued.
  virtual void close() = 0;
  // Called once, from an I/O thread, when the stream ends for whatever reason.
  virtual void on_close(std::function<void()> callback) = 0;
};

// The right to answer one request; movable, copyable (the copies are the same right). Dropping the last one unanswered answers 500.
class Responder {
 public:
  class Impl;
  explicit Responder(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  void send(Response response) const;
  // Sends the head with Transfer-Encoding: chunked and keeps the answer open.
  [[nodiscard]] std::shared_ptr<Stream> stream(Response head) const;

 private:
  std::shared_ptr<Impl> impl_;
};

using Handler = std::function<void(Request, Responder)>;

// Routes by method and path pattern: "/v1/journeys/{reference}". A segment in braces takes one path segment; "{rest...}" at the
// end takes the rest. Literal segments win over braces. Fill before the server starts.
class Router {
 public:
  void add(Method method, std::string pattern, Handler handler);
  // The handler and its path parameters; Code::not_found, or Code::unsupported (405, with the allowed methods in detail).
  [[nodiscard]] Result<std::pair<const Handler*, Fields>> match(Method method, std::string_view path) const;

 private:
  struct Route {
    Method method;
    std::vector<std::string> segments;
    Handler handler;
  };
  std::vector<Route> routes_;
};

struct ServerOptions {
  std::string listen = "127.0.0.1:8080";  // HOST:PORT; port 0 takes a free one
  std::string local_socket;               // path of a Unix socket (mode 0600) with its own routes, "" for none
  int io_threads = 1;
  int workers = 8;
  // Added to every response (security headers).
  Fields default_headers;
  // Called after every answer, from an I/O thread: method, route pattern ("" if none matched), status, nanoseconds.
  std::function<void(Method, std::string_view pattern, int status, int64_t ns)> on_answer;
};

class Server {
 public:
  virtual ~Server() = default;
  // Listens and serves until stopped. Code::unavailable when the address cannot be had.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router, Router local_router = {});
  // "127.0.0.1:8080" with the real port.
  [[nodiscard]] virtual std::string address() const = 0;
  // Takes no new connections or requests, waits for running handlers and open answers at most `patience`, ends streams, returns.
  virtual void stop(std::chrono::milliseconds patience) = 0;
  struct Figures {
    size_t connections = 0, streams = 0, queued = 0;
  };
  [[nodiscard]] virtual Figures figures() const = 0;
};

}  // namespace fairway::http
