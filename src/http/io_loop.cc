#include "http/io_loop.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <cstring>
#include <thread>
#include <unordered_map>

#include "base/env.h"
#include "base/log.h"
#include "http/stream.h"

namespace fairway::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr int kAcceptsPerEventMax = 64;
constexpr auto kPauseWithoutDescriptors = std::chrono::milliseconds(100);

// One listening socket.
class Acceptor {
 public:
  Acceptor(asio::io_context& io, int descriptor, bool local, std::function<void(Accepted)> place)
      : socket_(io, descriptor), pause_(io), local_(local), place_(std::move(place)) {
    arm();
  }
  void close() {
    error_code ec;
    socket_.close(ec);
    pause_.cancel();
  }

 private:
  void arm() {
    socket_.async_wait(asio::posix::stream_descriptor::wait_read, [this](error_code ec) {
      if (!ec) accept_some();
    });
  }
  void accept_some() {
    for (int accepted = 0; accepted < kAcceptsPerEventMax; ++accepted) {
      const int descriptor = ::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (descriptor >= 0) {
        place_({.descriptor = descriptor, .local = local_});
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        return pause();
      } else if (errno != ECONNABORTED && errno != EINTR) {
        break;
      }
    }
    arm();
  }
  // The connection stays in the backlog and would wake us again at once.
  void pause() {
    log::warn("cannot accept a connection: {}", std::strerror(errno));
    pause_.expires_after(kPauseWithoutDescriptors);
    pause_.async_wait([this](error_code ec) {
      if (!ec) arm();
    });
  }

  asio::posix::stream_descriptor socket_;
  asio::steady_timer pause_;
  const bool local_;
  const std::function<void(Accepted)> place_;
};

class AsioLoop final : public IoLoop, public ConnectionHost {
 public:
  AsioLoop(std::shared_ptr<ServerState> state, WorkerPool& workers)
      : state_(std::move(state)),
        workers_(workers),
        // The mailbox outlives the loop with the Responders that hold it, so it keeps the context that it posts to; what it posts
        // after the loop has ended never runs.
        mailbox_(std::make_shared<Mailbox>([io = io_, this] { asio::post(*io, [this] { after_event(); }); })),
        work_(asio::make_work_guard(*io_)),
        deadline_timer_(*io_),
        now_ns_(Env::system().steady_ns()) {}
  ~AsioLoop() override { join(); }

  void run_thread() {
    thread_ = std::thread([this] { run(); });
  }

  void listen(Listening listening, bool local, std::function<void(Accepted)> place) override {
    asio::post(*io_, [this, descriptor = listening.descriptor, local, place = std::move(place)]() mutable {
      acceptors_.push_back(std::make_unique<Acceptor>(*io_, descriptor, local, std::move(place)));
    });
  }
  void adopt(Accepted accepted) override {
    asio::dispatch(*io_, [this, accepted] { take_in(accepted); });
  }
  void finish() override {
    asio::post(*io_, [this] {
      finishing_ = true;
      for (const auto& acceptor : acceptors_) acceptor->close();
      for_each([](Connection& connection) { connection.finish(); });
    });
  }
  void cut_streams() override {
    asio::post(*io_, [this] { for_each([](Connection& connection) { connection.cut_streams(); }); });
  }
  void join() override {
    if (!thread_.joinable()) return;
    asio::post(*io_, [this] {
      for (const auto& acceptor : acceptors_) acceptor->close();
      for_each([](Connection& connection) { connection.close(); });
      deadline_timer_.cancel();
      finishing_ = true;
      work_.reset();
    });
    thread_.join();
  }

  asio::io_context& io() override { return *io_; }
  const std::shared_ptr<ServerState>& state() override { return state_; }
  const std::shared_ptr<Mailbox>& mailbox() override { return mailbox_; }
  bool submit(WorkerPool::Job& job) override;
  std::span<char> scratch() override { return scratch_; }
  int64_t coarse_now_ns() override { return now_ns_; }
  void forget(Connection& connection) override { connections_.erase(&connection); }
  void after_event() override;

 private:
  void run();
  void set_options(int descriptor) const;
  void take_in(const Accepted& accepted);
  void arm_deadlines();
  template <typename Action>
  void for_each(Action action);
  void deliver(Mail& mail);
  void hold(Mail& mail);
  void drop(Mail& mail);

  const std::shared_ptr<ServerState> state_;
  WorkerPool& workers_;
  const std::shared_ptr<asio::io_context> io_ = std::make_shared<asio::io_context>(1);
  const std::shared_ptr<Mailbox> mailbox_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::steady_timer deadline_timer_;
  std::vector<std::unique_ptr<Acceptor>> acceptors_;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> connections_;
  std::array<char, 64u << 10> scratch_;
  int64_t now_ns_;
  std::vector<Mail> mails_;
  std::vector<std::shared_ptr<Connection>> touched_;  // have been delivered something that is not yet sent
  bool delivering_ = false;
  bool workers_called_ = false;
  bool finishing_ = false;
  std::thread thread_;
};

void AsioLoop::run() {
  mailbox_->belongs_to_this_thread();
  arm_deadlines();
  while (true) {
    try {
      io_->run();
      break;
    } catch (const std::exception& error) {
      // Out of memory, or a callback of the owner's: this event is lost, the others are served.
      log::error("an I/O event failed: {}", error.what());
      mails_.clear();
      delivering_ = false;
    }
  }
  for (Mail& mail : mailbox_->close()) drop(mail);
}

// A peer whose machine has vanished says nothing more: the kernel asks after it, and gives up what it leaves unacknowledged.
void AsioLoop::set_options(int descriptor) const {
  const int on = 1;
  const auto patience_ms = static_cast<unsigned>(state_->options.limits.idle_max.count());
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience_ms, sizeof patience_ms);
}

void AsioLoop::take_in(const Accepted& accepted) {
  if (!accepted.local) set_options(accepted.descriptor);
  auto connection = open_connection(*this, accepted);
  connections_.emplace(connection.get(), connection);
  if (finishing_) connection->close();
  after_event();
}

void AsioLoop::arm_deadlines() {
  using std::chrono::milliseconds;
  const ServerLimits& limits = state_->options.limits;
  const auto period = std::clamp(std::min(limits.idle_max, limits.handshake_max) / 8, milliseconds(10), milliseconds(1000));
  deadline_timer_.expires_after(period);
  deadline_timer_.async_wait([this](error_code ec) {
    if (ec) return;
    now_ns_ = Env::system().steady_ns();
    for_each([this](Connection& connection) { connection.check_deadlines(now_ns_); });
    if (!finishing_ || !connections_.empty()) arm_deadlines();
  });
}

// The call to the workers queues up behind the other sockets that are ready now: one for all of them, where each would cost two
// switches of context.
bool AsioLoop::submit(WorkerPool::Job& job) {
  if (!workers_.submit(job)) return false;
  if (std::exchange(workers_called_, true)) return true;
  asio::post(*io_, [this] {
    workers_called_ = false;
    workers_.wake();
  });
  return true;
}

// Over a copy, since what is done to a connection may end it.
template <typename Action>
void AsioLoop::for_each(Action action) {
  std::vector<std::shared_ptr<Connection>> all;
  all.reserve(connections_.size());
  for (const auto& [key, connection] : connections_) all.push_back(connection);
  for (const auto& connection : all) action(*connection);
  after_event();
}

// Answers may call back into user code and produce more mail: taken until there is none. Each connection is flushed once for all
// that it was delivered.
void AsioLoop::after_event() {
  if (delivering_) return;
  delivering_ = true;
  for (mailbox_->take(mails_); !mails_.empty(); mailbox_->take(mails_)) {
    for (Mail& mail : mails_) deliver(mail);
    mails_.clear();
    for (const auto& connection : touched_) connection->flush();
    touched_.clear();
  }
  delivering_ = false;
}

void AsioLoop::deliver(Mail& mail) {
  auto connection = mail.to.lock();
  if (!connection) return drop(mail);
  if (mail.answer && mail.answer->not_before_ns > Env::system().steady_ns()) return hold(mail);
  if (mail.answer) connection->deliver(mail.sequence, std::move(*mail.answer));
  touched_.push_back(std::move(connection));
}

// Comes back once it is time.
void AsioLoop::hold(Mail& mail) {
  struct Held {
    asio::steady_timer timer;
    Mail mail;
  };
  const std::chrono::nanoseconds wait(mail.answer->not_before_ns - Env::system().steady_ns());
  auto held = std::make_shared<Held>(Held{asio::steady_timer(*io_, wait), std::move(mail)});
  held->timer.async_wait([this, held](error_code) {
    held->mail.answer->not_before_ns = 0;
    if (!mailbox_->push(held->mail)) drop(held->mail);
    after_event();
  });
}

// For a connection that is no more, or a task that needs none.
void AsioLoop::drop(Mail& mail) {
  if (mail.task) mail.task();
  if (!mail.answer) return;
  if (mail.answer->stream) mail.answer->stream->finish();
  if (!state_->options.on_answer) return;
  const Answer& answer = *mail.answer;
  state_->options.on_answer(answer.method, answer.pattern, answer.status, Env::system().steady_ns() - answer.started_ns);
}

}  // namespace

std::unique_ptr<IoLoop> IoLoop::start(std::shared_ptr<ServerState> state, WorkerPool& workers) {
  auto loop = std::make_unique<AsioLoop>(std::move(state), workers);
  loop->run_thread();
  return loop;
}

}  // namespace fairway::http
