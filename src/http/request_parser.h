// RequestParser: the bytes of one connection, however they are cut into pieces, as requests one after the other.
//
// Beast's push parser does the grammar; this adds what a server in the open needs: limits on the header as a whole (Beast counts
// only what one call sees), one framing per message (RFC 9112, 6.3: a request that could be read in two ways is refused, never
// repaired) and fields copied once, straight into the Request. Private to src/http. Not thread-safe; one a connection.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "http/message.h"

namespace fairway::http {

// Why a request cannot be read; the connection cannot go on after it.
struct Refusal {
  int status = 400;
  Error error;
};

class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  enum class Step : uint8_t {
    need_more,         // call again with the unused bytes and more behind them
    expects_continue,  // the header is read and the client waits for 100 (Continue) before it sends the body
    complete,          // take() the request
    failed,            // see refusal()
  };
  struct Progress {
    Step step;
    size_t used;  // bytes consumed; the rest must be presented again
  };
  [[nodiscard]] Progress feed(std::string_view bytes);

  struct Parsed {
    Request request;  // method, target, headers, body; path and query are not filled in yet
    bool http_1_1 = true;
    bool keep_alive = true;
  };
  // The request, after Step::complete; the parser is then ready for the next one.
  [[nodiscard]] Parsed take();

  [[nodiscard]] const Refusal& refusal() const;
  // Whether a part of a request has been consumed, and how much of its body.
  [[nodiscard]] bool started() const;
  [[nodiscard]] size_t body_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fairway::http
