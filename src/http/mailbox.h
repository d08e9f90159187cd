// Mailbox: what other threads leave for an I/O thread: answers, and word that a stream has something to write.
//
// However many letters come, the I/O thread is woken once for all of them: a store that commits a hundred requests together and
// answers them in a loop costs one wake-up. Private to src/http. Outlives its I/O thread with the Responders that hold it; any
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "http/answer.h"

namespace fairway::http {

class Connection;

struct Mail {
  std::weak_ptr<Connection> to;
  uint64_t sequence = 0;         // of the request on its connection
  std::optional<Answer> answer;  // none: the connection's stream has news
  std::function<void()> task;    // or something to run on the I/O thread
};

class Mailbox {
 public:
  // `wake` makes the I/O thread call take() soon; it may be called from any thread, as long as the mailbox lives.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  // The calling thread is the one that takes; it empties the box by itself and needs no waking.
  void belongs_to_this_thread();
  // False once the box is closed: the mail is left with the caller.
  [[nodiscard]] bool push(Mail& mail);
  // Hands over everything in exchange for an empty vector.
  void take(std::vector<Mail>& empty);
  // No more mail; hands over what is left.
  [[nodiscard]] std::vector<Mail> close();

 private:
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<Mail> mails_;
  bool woken_ = false;
  bool closed_ = false;
};

}  // namespace fairway::http
