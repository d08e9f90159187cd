#include "http/responder.h"

#include "base/env.h"
#include "base/log.h"
#include "http/stream.h"

namespace fairway::http {

Responder::Impl::Impl(std::shared_ptr<ServerState> state, std::shared_ptr<Mailbox> mailbox, Origin origin)
    : state_(std::move(state)), mailbox_(std::move(mailbox)), origin_(std::move(origin)) {
  state_->unanswered.fetch_add(1);
}

Responder::Impl::~Impl() {
  if (answered_.load()) return;
  send(problem({Code::internal, "The server did not answer this request.", {}, {}}));
}

bool Responder::Impl::first_answer() {
  if (!answered_.exchange(true)) return true;
  log::error("a request was answered twice; the second answer is dropped");
  return false;
}

void Responder::Impl::send(Response response) {
  if (!first_answer()) return;
  Answer answer;
  if (const int64_t step = response.time_step.count(); step > 0) {
    const int64_t taken = Env::system().steady_ns() - origin_.started_ns;
    answer.not_before_ns = origin_.started_ns + (taken / step + 1) * step;
  }
  answer.head = write_head(response, origin_.form, state_->options.default_headers);
  answer.status = response.status;
  if (has_body(origin_.form.method, response.status)) {
    answer.body = std::move(response.body);
    answer.shared_body = std::move(response.shared_body);
  }
  post(std::move(answer));
}

std::shared_ptr<Stream> Responder::Impl::stream(Response head) {
  std::shared_ptr<std::atomic<size_t>> count(state_, &state_->streams);
  auto core = std::make_shared<StreamCore>(mailbox_, origin_.connection, std::move(count));
  // The caller's handle is counted apart from the connection's: when the caller drops it, nobody can write any more.
  std::shared_ptr<Stream> handle(core.get(), [core](Stream*) { core->close(); });
  const bool full = state_->streams.load() > state_->options.limits.streams_max;
  if (full || !has_body(origin_.form.method, head.status) || answered_.load()) {
    core->finish();
    send(full ? problem({Code::overloaded, "Too many streams are open.", {}, "Try again in a moment."}) : std::move(head));
    return handle;
  }
  if (!first_answer()) return handle;
  Answer answer;
  answer.head = write_stream_head(head, origin_.form, state_->options.default_headers);
  answer.status = head.status;
  answer.stream = std::move(core);
  answer.chunked = origin_.form.http_1_1;
  origin_.form.keep_alive &= origin_.form.http_1_1;  // without chunks only the connection's end ends the answer
  post(std::move(answer));
  return handle;
}

void Responder::Impl::post(Answer answer) {
  answer.last = !origin_.form.keep_alive;
  answer.method = origin_.form.method;
  answer.pattern = origin_.pattern;
  answer.started_ns = origin_.started_ns;
  state_->bodies_bytes.fetch_sub(origin_.body_bytes);
  Mail mail{.to = origin_.connection, .sequence = origin_.sequence, .answer = std::move(answer)};
  if (!mailbox_->push(mail) && mail.answer->stream) mail.answer->stream->finish();
  state_->unanswered.fetch_sub(1);
  state_->happened();
}

void Responder::send(Response response) const { impl_->send(std::move(response)); }
std::shared_ptr<Stream> Responder::stream(Response head) const { return impl_->stream(std::move(head)); }

}  // namespace fairway::http
