// Connection: one accepted socket: requests in, answers out in their order, one stream at a time. Private to src/http.
//
// Everything here happens on one I/O thread; other threads reach a connection through its Mailbox. The loop owns its
// connections, asks them now and then whether they are overdue, and is told by close() to forget them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "http/mailbox.h"
#include "http/server_state.h"
#include "http/worker_pool.h"

namespace boost::asio {
class io_context;  // NOLINT(readability-identifier-naming)
}

namespace fairway::http {

class Connection {
 public:
  virtual ~Connection() = default;
  // Puts an answer in its place; flush() sends what is next in order.
  virtual void deliver(uint64_t sequence, Answer answer) = 0;
  virtual void flush() = 0;
  // Closes where the peer has been idle, or its request or its reading slow, for too long.
  virtual void check_deadlines(int64_t now_ns) = 0;
  // Takes no more requests; closes once the open ones are answered.
  virtual void finish() = 0;
  // Ends streams, open or still to come, after what they have queued.
  virtual void cut_streams() = 0;
  virtual void close() = 0;
};

// What a connection needs of the I/O loop it lives on.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  virtual boost::asio::io_context& io() = 0;
  virtual const std::shared_ptr<ServerState>& state() = 0;
  virtual const std::shared_ptr<Mailbox>& mailbox() = 0;
  // Gives a job to the workers; false, with the job left here, where their queue is full.
  [[nodiscard]] virtual bool submit(WorkerPool::Job& job) = 0;
  // Room to read into during one event, shared by the loop's connections.
  virtual std::span<char> scratch() = 0;
  // Env's steady clock at the last look at the deadlines: exact enough for them.
  virtual int64_t coarse_now_ns() = 0;
  // To be called at the end of each event: takes the mail that it produced.
  virtual void after_event() = 0;
  // Drops the loop's ownership.
  virtual void forget(Connection& connection) = 0;
};

struct Accepted {
  int descriptor = -1;  // the connection closes it
  bool local = false;   // came by the Unix socket
  bool refuse = false;  // one too many: is answered 503 and closed
};
[[nodiscard]] std::shared_ptr<Connection> open_connection(ConnectionHost& host, Accepted accepted);

}  // namespace fairway::http
