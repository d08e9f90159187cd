#include "http/connection.h"

#include <optional>

#include "base/env.h"
#include "base/log.h"
#include "http/channel.h"
#include "http/listen.h"
#include "http/output.h"
#include "http/request_parser.h"
#include "http/responder.h"
#include "http/routing.h"
#include "http/stream.h"
#include "http/tls_keeper.h"

namespace fairway::http {
namespace {

using boost::system::error_code;
using Then = Moved::Then;

constexpr size_t kUnparsedBytesMax = 64u << 10;  // beyond it the peer waits in its own buffers
constexpr size_t kChunksPerWriteMax = 60;
constexpr int kWritesPerFlushMax = 16;
constexpr int64_t kLingerNs = 1'000'000'000;
constexpr int64_t kSecondNs = 1'000'000'000;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

bool is_safe(Method method) { return method == Method::get || method == Method::head || method == Method::options; }

class SocketConnection final : public Connection, public std::enable_shared_from_this<SocketConnection> {
 public:
  SocketConnection(ConnectionHost& host, Accepted accepted)
      : host_(host),
        state_(*host.state()),
        local_(accepted.local),
        peer_(peer_of(accepted.descriptor)),
        channel_(host.io(), accepted.descriptor, local_, state_.tls != nullptr && !local_ ? state_.tls->current() : nullptr),
        idle_ns_(std::chrono::nanoseconds(state_.options.limits.idle_max).count()),
        handshake_ns_(std::chrono::nanoseconds(state_.options.limits.handshake_max).count()),
        body_share_(state_),
        idle_since_ns_(host.coarse_now_ns()) {}

  void start(bool refused) {
    if (refused) refuse({503, {Code::overloaded, "Too many connections are open.", {}, "Try again in a moment."}});
    arm_read();
  }

  void deliver(uint64_t sequence, Answer answer) override;
  void flush() override;
  void check_deadlines(int64_t now_ns) override;
  void finish() override;
  void cut_streams() override;
  void close() override;

 private:
  // In.
  void arm_read();
  void readable(error_code ec);
  void begin();
  void receiving_failed();
  [[nodiscard]] bool is_secure() const { return channel_.is_tls() || (state_.options.behind_tls_proxy && !local_); }
  void peer_ended();
  void consume(std::string_view bytes);
  void parse_input();
  size_t parse(std::string_view bytes);
  [[nodiscard]] bool takes_requests() const;
  void requested(RequestParser::Parsed parsed);
  void dispatch(RequestParser::Parsed parsed);
  Responder next_responder(const AnswerForm& form, std::string_view pattern, size_t body_bytes);
  void refuse(const Refusal& why);

  // Out.
  void take_answer();
  void fill_from_stream();
  bool write_out();
  void arm_write();
  bool end_stream();
  void all_sent();
  void end();
  void linger();
  void leave();
  void report(const Answer& answer);

  ConnectionHost& host_;
  ServerState& state_;
  const bool local_;
  const std::string peer_;
  Channel channel_;
  const int64_t idle_ns_;
  const int64_t handshake_ns_;

  RequestParser parser_;
  std::string input_;                          // received and not yet parsed
  std::optional<RequestParser::Parsed> held_;  // waits until what was asked before it is answered
  BodyShare body_share_;
  std::vector<std::optional<Answer>> slots_;  // the unanswered requests, in order
  uint64_t first_slot_ = 0;                   // its sequence number
  Output output_;
  std::shared_ptr<StreamCore> stream_;  // the answer being streamed, described by stream_answer_
  Answer stream_answer_;
  StreamCore::After after_stream_ = StreamCore::After::wait;

  bool reading_ = false;       // waits for the socket to become readable
  bool writing_ = false;       // and writable
  bool peer_ended_ = false;    // nothing more will come
  bool last_request_ = false;  // nothing more is taken
  bool last_answer_ = false;   // the connection ends with what is in output_
  bool unsafe_open_ = false;   // a request that may change something is being answered
  bool owes_continue_ = false;
  bool refused_ = false;
  bool finishing_ = false;
  bool cutting_ = false;
  bool lingering_ = false;
  bool closed_ = false;

  int64_t idle_since_ns_;
  int64_t request_since_ns_ = 0;  // 0 between requests
  int64_t write_since_ns_ = 0;
  int64_t linger_since_ns_ = 0;
};

void SocketConnection::arm_read() {
  if (reading_ || peer_ended_ || closed_ || input_.size() >= kUnparsedBytesMax) return;
  reading_ = true;
  channel_.when_readable([self = shared_from_this()](error_code ec) {
    self->reading_ = false;
    self->readable(ec);
    self->host_.after_event();
  });
}

void SocketConnection::readable(error_code ec) {
  if (closed_) return;
  if (ec) return close();
  const std::span<char> room = host_.scratch();
  const bool shook_hands = channel_.shakes_hands();
  const auto [size, then] = channel_.receive(room);
  if (shook_hands && !channel_.shakes_hands()) begin();
  if (size != 0) consume({room.data(), size});
  if (then == Then::failed) return receiving_failed();
  if (then == Then::ended) return peer_ended();
  arm_read();
}

// The handshake is done. What could not be taken in has been refused before it.
void SocketConnection::begin() {
  idle_since_ns_ = host_.coarse_now_ns();
  flush();
}

// Where the handshake failed the peer gets time to read why: in OpenSSL's alert, or in plain HTTP where that is what it speaks.
void SocketConnection::receiving_failed() {
  if (closed_ || !channel_.shakes_hands()) return close();
  const auto [reason, plain_http] = channel_.give_up_tls();
  log::debug("no TLS with {}: {}", peer_, reason);
  if (!plain_http) return linger();
  if (!refused_) refuse({400, {Code::invalid, "This address speaks TLS.", {}, "Write https:// instead of http://."}});
  flush();
  arm_read();
}

// The peer has closed, or only its half: an answer that is under way is still sent, a stream is not, since nobody can tell a
// reader who waits from one who has gone.
void SocketConnection::peer_ended() {
  peer_ended_ = true;
  const bool answers_wait = !slots_.empty() || held_ || !output_.empty();
  if (stream_ || lingering_ || !answers_wait) close();
}

void SocketConnection::consume(std::string_view bytes) {
  if (lingering_) return;
  if (input_.empty()) {
    input_.assign(bytes.substr(parse(bytes)));
  } else {
    input_.append(bytes);
    parse_input();
  }
  if (owes_continue_) flush();
}

void SocketConnection::parse_input() { input_.erase(0, parse(input_)); }

bool SocketConnection::takes_requests() const {
  return !closed_ && !last_request_ && !held_ && !stream_ && slots_.size() < limits::kRequestsPipelinedMax;
}

size_t SocketConnection::parse(std::string_view bytes) {
  size_t used = 0;
  while (used < bytes.size() && takes_requests()) {
    const auto [step, taken] = parser_.feed(bytes.substr(used));
    used += taken;
    if (step == RequestParser::Step::failed) {
      refuse(parser_.refusal());
      break;
    }
    if (!body_share_.grow_to(parser_.body_bytes())) {
      refuse({503, {Code::overloaded, "Too many large requests are being received.", {}, "Try again in a moment."}});
      break;
    }
    if (step == RequestParser::Step::complete) {
      request_since_ns_ = 0;
      requested(parser_.take());
      continue;
    }
    if (request_since_ns_ == 0 && parser_.started()) request_since_ns_ = host_.coarse_now_ns();
    owes_continue_ |= step == RequestParser::Step::expects_continue;
    if (step == RequestParser::Step::need_more) break;
  }
  return last_request_ ? bytes.size() : used;
}

void SocketConnection::requested(RequestParser::Parsed parsed) {
  if (!parsed.keep_alive) last_request_ = true;
  if (!slots_.empty() && (unsafe_open_ || !is_safe(parsed.request.method))) {
    held_ = std::move(parsed);
  } else {
    dispatch(std::move(parsed));
  }
}

void SocketConnection::dispatch(RequestParser::Parsed parsed) {
  Request& request = parsed.request;
  unsafe_open_ |= !is_safe(request.method);
  request.peer = peer_;
  request.local_socket = local_;
  request.secure = is_secure();
  request.client_certificate = channel_.client_certificate();
  const AnswerForm form{request.method, parsed.http_1_1, parsed.keep_alive, is_secure()};
  const size_t body_bytes = body_share_.hand_over();
  const auto found = route(request, local_ ? state_.local_router : state_.router);
  if (!found) return next_responder(form, {}, body_bytes).send(no_route(found.error(), request));
  Responder responder = next_responder(form, found->pattern, body_bytes);
  if (found->at_once != nullptr && answered_at_once(*found->at_once, request, responder)) return;
  WorkerPool::Job job{found->handler, std::move(request), std::move(responder)};
  if (host_.submit(job)) return;
  job.responder.send(problem({Code::overloaded, "Too many requests are waiting.", {}, "Try again in a moment."}));
}

Responder SocketConnection::next_responder(const AnswerForm& form, std::string_view pattern, size_t body_bytes) {
  const uint64_t sequence = first_slot_ + slots_.size();
  slots_.emplace_back();
  return Responder(std::make_shared<Responder::Impl>(
      host_.state(), host_.mailbox(),
      Responder::Impl::Origin{weak_from_this(), sequence, form, pattern, Env::system().steady_ns(), body_bytes}));
}

// Answers what cannot be read as a request, in its place behind the requests before it, and ends the connection.
void SocketConnection::refuse(const Refusal& why) {
  last_request_ = true;
  refused_ = true;
  owes_continue_ = false;
  request_since_ns_ = 0;
  next_responder({Method::other, true, false, is_secure()}, {}, body_share_.hand_over()).send(problem(why.status, why.error));
}

void SocketConnection::deliver(uint64_t sequence, Answer answer) {
  if (closed_) {
    if (answer.stream) answer.stream->finish();
    return report(answer);
  }
  slots_[sequence - first_slot_] = std::move(answer);
}

void SocketConnection::flush() {
  if (closed_) return;
  if (stream_ && stream_->overflowed()) return close();
  if (writing_ || channel_.shakes_hands()) return;
  for (int round = 0; round < kWritesPerFlushMax; ++round) {
    while (!stream_ && !slots_.empty() && slots_.front()) take_answer();
    if (stream_) fill_from_stream();
    const bool had_output = !output_.empty();
    if (!write_out()) return;
    if (stream_ && after_stream_ != StreamCore::After::wait) {
      if (!end_stream()) return;
    } else if (!had_output) {
      return all_sent();
    }
  }
  arm_write();  // the others' turn
}

void SocketConnection::take_answer() {
  Answer answer = std::move(*slots_.front());
  slots_.erase(slots_.begin());
  ++first_slot_;
  if (finishing_ && slots_.empty() && !answer.last) {
    answer.last = true;
    answer.head.insert(answer.head.size() - 2, "connection: close\r\n");
  }
  output_.add(std::move(answer.head));
  if (answer.stream) {
    stream_ = std::move(answer.stream);
    stream_answer_ = std::move(answer);
    after_stream_ = StreamCore::After::wait;
    if (cutting_ || peer_ended_) stream_->cut();
    return;
  }
  if (answer.shared_body) {
    output_.add(std::move(answer.shared_body));
  } else {
    output_.add(std::move(answer.body));
  }
  last_answer_ |= answer.last;
  report(answer);
}

// One chunk of everything that is queued (RFC 9112, 7.1).
void SocketConnection::fill_from_stream() {
  if (after_stream_ != StreamCore::After::wait) return;
  StreamCore::Chunks chunks;
  after_stream_ = stream_->take(chunks, kChunksPerWriteMax);
  const bool chunked = stream_answer_.chunked;
  size_t bytes = 0;
  for (const auto& chunk : chunks) bytes += chunk->size();
  if (bytes != 0) {
    if (chunked) output_.add(chunk_head(bytes));
    for (auto& chunk : chunks) output_.add_counted(std::move(chunk));
    if (chunked) output_.add(std::string("\r\n"));
  }
  if (after_stream_ == StreamCore::After::end && chunked) output_.add(std::string("0\r\n\r\n"));
}

// False when the connection ends with the stream.
bool SocketConnection::end_stream() {
  const auto ended = std::exchange(stream_, nullptr);
  ended->finish();
  report(stream_answer_);
  last_answer_ |= stream_answer_.last;
  stream_answer_ = {};
  if (std::exchange(after_stream_, StreamCore::After::wait) == StreamCore::After::end) return true;
  close();
  return false;
}

// False while the socket takes no more, or once it is closed.
bool SocketConnection::write_out() {
  while (!output_.empty()) {
    const auto [size, then] = channel_.transmit(output_);
    if (then == Then::failed || then == Then::ended) {
      close();
      return false;
    }
    const size_t counted = output_.sent(size);
    if (counted != 0 && stream_) stream_->sent(counted);
    if (then == Then::blocked) {
      arm_write();
      return false;
    }
  }
  return true;
}

void SocketConnection::arm_write() {
  writing_ = true;
  write_since_ns_ = host_.coarse_now_ns();
  channel_.when_writable([self = shared_from_this()](error_code) {
    self->writing_ = false;
    self->flush();
    self->host_.after_event();
  });
}

// Nothing can be sent now: what comes next?
void SocketConnection::all_sent() {
  if (last_answer_) return end();
  if (slots_.empty() && !stream_) {
    unsafe_open_ = false;
    idle_since_ns_ = host_.coarse_now_ns();
    if (held_) dispatch(*std::exchange(held_, std::nullopt));
  }
  if (!input_.empty() && takes_requests()) parse_input();
  if (slots_.empty() && !stream_) {
    if (finishing_ || peer_ended_) return leave();
    if (std::exchange(owes_continue_, false)) {
      output_.add(std::string(kContinue));
      if (!write_out()) return;
    }
  }
  arm_read();
}

// Closing with unread bytes resets the connection, and the answer may be lost with it: so the peer's bytes are read for a while
// and thrown away (RFC 9112, 9.6).
void SocketConnection::end() {
  if (!refused_ && input_.empty()) return leave();
  linger();
}

void SocketConnection::linger() {
  if (!channel_.end_sending() || peer_ended_) return close();
  lingering_ = true;
  linger_since_ns_ = host_.coarse_now_ns();
  input_.clear();
  arm_read();
}

// Closes where nothing is lost with it, and says so to who speaks TLS.
void SocketConnection::leave() {
  channel_.say_goodbye();
  close();
}

void SocketConnection::check_deadlines(int64_t now_ns) {
  if (closed_) return;
  const auto allowed_body_ns = static_cast<int64_t>(parser_.body_bytes() / limits::kRequestBodyBytesPerSecondMin) * kSecondNs;
  if (lingering_) {
    if (now_ns - linger_since_ns_ > kLingerNs) close();
  } else if (channel_.shakes_hands()) {
    if (now_ns - idle_since_ns_ > handshake_ns_) close();
  } else if (writing_) {
    if (now_ns - write_since_ns_ > idle_ns_) close();
  } else if (request_since_ns_ != 0) {
    if (now_ns - request_since_ns_ > idle_ns_ + allowed_body_ns) refuse({408, {Code::invalid, "The request came too slowly.", {}, {}}});
  } else if (slots_.empty() && !stream_ && now_ns - idle_since_ns_ > idle_ns_) {
    leave();
  }
}

void SocketConnection::finish() {
  finishing_ = true;
  last_request_ = true;
  request_since_ns_ = 0;
  held_.reset();
  input_.clear();
  if (lingering_ || (slots_.empty() && !stream_ && output_.empty())) leave();
}

void SocketConnection::cut_streams() {
  cutting_ = true;
  if (stream_) stream_->cut();
  flush();
}

void SocketConnection::close() {
  if (closed_) return;
  closed_ = true;
  const auto self = shared_from_this();
  channel_.close();
  for (auto& slot : std::exchange(slots_, {})) {
    if (slot && slot->stream) slot->stream->finish();
  }
  if (const auto ended = std::exchange(stream_, nullptr)) {
    ended->finish();
    report(stream_answer_);
  }
  state_.connections.fetch_sub(1);
  host_.forget(*this);
  state_.happened();
}

void SocketConnection::report(const Answer& answer) {
  if (!state_.options.on_answer) return;
  state_.options.on_answer(answer.method, answer.pattern, answer.status, Env::system().steady_ns() - answer.started_ns);
}

}  // namespace

std::shared_ptr<Connection> open_connection(ConnectionHost& host, Accepted accepted) {
  auto connection = std::make_shared<SocketConnection>(host, accepted);
  connection->start(accepted.refuse);
  return connection;
}

}  // namespace fairway::http
