// Answer: a response on its way to its connection, its head already written out. Private to src/http. Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"

namespace fairway::http {

class StreamCore;

struct Answer {
  std::string head;
  std::string body;
  std::shared_ptr<const std::string> shared_body;
  std::shared_ptr<StreamCore> stream;  // instead of a body
  bool chunked = false;                // how the stream's bytes are framed
  bool last = false;                   // the connection closes after it
  int64_t not_before_ns = 0;           // on Env::steady_ns()

  // For ServerOptions::on_answer.
  Method method = Method::other;
  std::string_view pattern;
  int status = 0;
  int64_t started_ns = 0;
};

// What the request says about the form of its answer.
struct AnswerForm {
  Method method = Method::get;
  bool http_1_1 = true;
  bool keep_alive = true;
  bool secure = false;
};

// Whether this answer carries a body at all (RFC 9110, 6.4.1).
[[nodiscard]] bool has_body(Method method, int status);

// The head of a response with a body of known length, and of a streaming one. Field values lose what could begin another field;
// fields that frame the message are the server's own and left out where a handler set them.
[[nodiscard]] std::string write_head(const Response& response, const AnswerForm& form, const Fields& default_headers);
[[nodiscard]] std::string write_stream_head(const Response& response, const AnswerForm& form, const Fields& default_headers);

}  // namespace fairway::http
