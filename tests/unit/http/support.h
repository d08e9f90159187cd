// A peer that says exactly what a test wants it to say, byte for byte, and a server to say it to.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/client.h"
#include "http/server.h"

namespace fairway::http::test {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Waits until the condition holds, at most ten seconds.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds patience = 10s) {
  const auto deadline = Clock::now() + patience;
  while (!condition()) {
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

// A gate that threads wait at until a test opens it.
class Gate {
 public:
  void open() {
    {
      const std::scoped_lock lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

struct Reply {
  int status = 0;
  std::string head;  // names in lower case as the server writes them
  std::string body;
  [[nodiscard]] std::string field(std::string_view name) const {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const size_t at = head.find(start);
    if (at == std::string::npos) return {};
    return head.substr(at + start.size(), head.find("\r\n", at + 2) - at - start.size());
  }
};

// A TCP connection in plain bytes; TlsPeer puts TLS in between.
class Peer {
 public:
  explicit Peer(std::string_view address, int receive_buffer = 0) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    const size_t colon = address.rfind(':');
    uint16_t port = 0;
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
    to.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    if (receive_buffer != 0) setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    const int on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  virtual ~Peer() { close(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  // False when the server has gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t size = write_some(bytes);
      if (size <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(size));
    }
    return true;
  }
  virtual void end_sending() { ::shutdown(descriptor_, SHUT_WR); }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

  // Reads on until what was received holds `text`, the server ends or patience is over; whether it holds it.
  bool wait_for(std::string_view text, std::chrono::milliseconds patience = 10s) {
    const auto deadline = Clock::now() + patience;
    while (received_.find(text) == std::string::npos) {
      if (!read_more(deadline)) return false;
    }
    return true;
  }
  // Everything until the server closes.
  std::string read_to_end(std::chrono::milliseconds patience = 10s) {
    const auto deadline = Clock::now() + patience;
    while (read_more(deadline)) {
    }
    return std::exchange(received_, {});
  }
  [[nodiscard]] bool ended() const { return ended_; }
  // Whether the server closes within that time, whatever it says before.
  bool closes(std::chrono::milliseconds patience = 10s) {
    read_to_end(patience);
    return ended_;
  }

  // One whole response; status 0 when there is none.
  Reply read_reply(bool to_head = false) {
    Reply reply;
    if (!wait_for("\r\n\r\n")) return reply;
    const size_t end = received_.find("\r\n\r\n") + 4;
    reply.head = received_.substr(0, end);
    received_.erase(0, end);
    reply.status = std::stoi(reply.head.substr(9, 3));
    if (to_head || reply.status == 100) return reply;
    if (reply.field("transfer-encoding") == "chunked") {
      read_chunks(reply);
    } else if (const std::string length = reply.field("content-length"); !length.empty()) {
      reply.body = take(std::stoul(length));
    }
    return reply;
  }
  Reply ask(std::string_view request) {
    send(request);
    return read_reply();
  }
  [[nodiscard]] const std::string& received() const { return received_; }

 protected:
  static constexpr ssize_t kNothingYet = -2;
  virtual ssize_t write_some(std::string_view bytes) { return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  virtual ssize_t read_some(std::span<char> room) { return ::recv(descriptor_, room.data(), room.size(), 0); }
  [[nodiscard]] virtual bool has_buffered() const { return false; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  bool read_more(Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{descriptor_, POLLIN, 0};
    if (ended_ || left <= 0 || (!has_buffered() && ::poll(&waiting, 1, static_cast<int>(left)) <= 0)) return false;
    std::array<char, 65536> room;
    const ssize_t size = read_some(room);
    if (size == kNothingYet) return true;
    if (size <= 0) {
      ended_ = true;
      return false;
    }
    received_.append(room.data(), static_cast<size_t>(size));
    return true;
  }
  std::string take(size_t size) {
    const auto deadline = Clock::now() + 10s;
    while (received_.size() < size && read_more(deadline)) {
    }
    std::string taken = received_.substr(0, size);
    received_.erase(0, size);
    return taken;
  }
  void read_chunks(Reply& reply) {
    while (wait_for("\r\n")) {
      const size_t end = received_.find("\r\n");
      const size_t size = std::stoul(received_.substr(0, end), nullptr, 16);
      received_.erase(0, end + 2);
      reply.body += take(size);
      take(2);
      if (size == 0) return;
    }
  }

  int descriptor_;
  bool connected_ = false;
  bool ended_ = false;
  std::string received_;
};

inline Response text(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

inline std::unique_ptr<Server> serve(Router router, ServerOptions options = {}, Router local_router = {}) {
  options.listen = "127.0.0.1:0";
  auto server = Server::start(std::move(options), std::move(router), std::move(local_router));
  EXPECT_TRUE(server) << server.error().text();
  return std::move(*server);
}

// A router with "/" answering "ok" on a worker.
inline Router simple_router() {
  Router router;
  router.add(Method::get, "/", [](const Request&, const Responder& responder) { responder.send(text("ok")); });
  return router;
}

// The same, once the gate is open.
inline Router gated_router(Gate& gate, const std::string& answer = "ok") {
  Router router;
  router.add(Method::get, "/", [&gate, answer](const Request&, const Responder& responder) {
    gate.pass();
    responder.send(text(answer));
  });
  return router;
}

inline std::string get(std::string_view target, std::string_view more_fields = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: t\r\n" + std::string(more_fields) + "\r\n";
}

}  // namespace fairway::http::test
