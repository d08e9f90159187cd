// Responder::Impl: one request's way back to its place on its connection. Private to src/http.
//
// It does not own the connection: where the peer has gone the answer is dropped. Any thread.
#pragma once

#include <atomic>
#include <memory>
#include <string_view>

#include "http/answer.h"
#include "http/mailbox.h"
#include "http/server_state.h"

namespace fairway::http {

class Responder::Impl {
 public:
  struct Origin {
    std::weak_ptr<Connection> connection;
    uint64_t sequence = 0;
    AnswerForm form;
    std::string_view pattern;
    int64_t started_ns = 0;
    size_t body_bytes = 0;  // counted in ServerState::bodies_bytes until the answer
  };
  Impl(std::shared_ptr<ServerState> state, std::shared_ptr<Mailbox> mailbox, Origin origin);
  ~Impl();

  void send(Response response);
  std::shared_ptr<Stream> stream(Response head);

 private:
  [[nodiscard]] bool first_answer();
  void post(Answer answer);

  const std::shared_ptr<ServerState> state_;
  const std::shared_ptr<Mailbox> mailbox_;
  Origin origin_;
  std::atomic<bool> answered_ = false;
};

}  // namespace fairway::http
