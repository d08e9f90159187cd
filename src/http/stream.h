// StreamCore: the queue between those who write a streaming answer and the connection that sends it. Private to src/http.
//
// Writers call what Stream declares, from any thread. The connection, on its I/O thread, takes batches, says what it has sent and
// in the end finishes the stream, which runs the on_close callback. A queue holds shared chunks: five hundred subscribers to one
// event hold one copy of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/mailbox.h"
#include "http/server.h"

namespace fairway::http {

class StreamCore final : public Stream {
 public:
  // `count`, the server's number of open streams, outlives the core with the state that owns it.
  StreamCore(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection, std::shared_ptr<std::atomic<size_t>> count);
  ~StreamCore() override;

  bool write(std::shared_ptr<const std::string> bytes) override;
  bool wait_for_room(size_t bytes_max, std::chrono::milliseconds patience) override;
  [[nodiscard]] size_t queued_bytes() const override;
  [[nodiscard]] bool open() const override;
  void close() override;
  void on_close(std::function<void()> callback) override;

  // For the connection.
  enum class After : uint8_t {
    wait,     // for more
    end,      // send the last chunk: the answer is complete
    cut_off,  // close the connection without it
  };
  using Chunks = std::vector<std::shared_ptr<const std::string>>;
  // Takes at most `count_max` chunks off the queue; what follows once they are sent.
  [[nodiscard]] After take(Chunks& chunks, size_t count_max);
  void sent(size_t bytes);
  // The reader is too slow: the connection must be closed without waiting for it.
  [[nodiscard]] bool overflowed() const;
  // Refuses further writes; what is queued is still sent, then the connection is closed without the last chunk.
  void cut();
  // The stream has ended for whatever reason; runs the callback.
  void finish();

 private:
  enum class State : uint8_t { open, closing, cut, overflowed, ended };
  void tell_connection();

  const std::shared_ptr<Mailbox> mailbox_;
  const std::weak_ptr<Connection> connection_;
  const std::shared_ptr<std::atomic<size_t>> count_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  State state_ = State::open;
  Chunks queue_;
  size_t queued_bytes_ = 0;  // in the queue or handed to the connection and not yet sent
  bool told_ = false;        // the connection has been told and has not looked yet
  std::function<void()> callback_;
};

}  // namespace fairway::http
