#include "http/stream.h"

#include "base/limits.h"

namespace fairway::http {

StreamCore::StreamCore(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection, std::shared_ptr<std::atomic<size_t>> count)
    : mailbox_(std::move(mailbox)), connection_(std::move(connection)), count_(std::move(count)) {
  count_->fetch_add(1);
}

StreamCore::~StreamCore() { finish(); }

bool StreamCore::write(std::shared_ptr<const std::string> bytes) {
  bool tell = false;
  bool queued = true;
  {
    const std::scoped_lock lock(mutex_);
    if (state_ != State::open) return false;
    if (bytes == nullptr || bytes->empty()) return true;  // as a chunk it would end the answer
    // A single chunk past the bound is the writer's own choice; it is the reader's slowness that is cut off.
    if (queued_bytes_ != 0 && queued_bytes_ + bytes->size() > limits::kStreamQueueBytesMax) {
      state_ = State::overflowed;
      queue_.clear();
      queued = false;
      tell = true;  // once more: a connection that waits for its reader does not look
    } else {
      queued_bytes_ += bytes->size();
      queue_.push_back(std::move(bytes));
      tell = !std::exchange(told_, true);
    }
  }
  if (tell) tell_connection();
  return queued;
}

bool StreamCore::wait_for_room(size_t bytes_max, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto settled = [&] { return state_ != State::open || queued_bytes_ <= bytes_max; };
  return room_.wait_for(lock, patience, settled) && state_ == State::open;
}

size_t StreamCore::queued_bytes() const {
  const std::scoped_lock lock(mutex_);
  return queued_bytes_;
}

bool StreamCore::open() const {
  const std::scoped_lock lock(mutex_);
  return state_ == State::open;
}

void StreamCore::close() {
  bool tell = false;
  {
    const std::scoped_lock lock(mutex_);
    if (state_ != State::open) return;
    state_ = State::closing;
    tell = !std::exchange(told_, true);
  }
  room_.notify_all();
  if (tell) tell_connection();
}

void StreamCore::on_close(std::function<void()> callback) {
  {
    const std::scoped_lock lock(mutex_);
    if (state_ != State::ended) {
      callback_ = std::move(callback);
      return;
    }
  }
  // Not from here: the caller may hold the very lock that its callback takes.
  Mail mail{.task = std::move(callback)};
  if (!mailbox_->push(mail)) mail.task();
}

StreamCore::After StreamCore::take(Chunks& chunks, size_t count_max) {
  const std::scoped_lock lock(mutex_);
  told_ = false;
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(count_max, queue_.size()));
  chunks.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  if (state_ == State::overflowed || state_ == State::ended) return After::cut_off;
  if (!queue_.empty() || state_ == State::open) return After::wait;
  return state_ == State::closing ? After::end : After::cut_off;
}

void StreamCore::sent(size_t bytes) {
  {
    const std::scoped_lock lock(mutex_);
    queued_bytes_ -= bytes;
  }
  room_.notify_all();
}

bool StreamCore::overflowed() const {
  const std::scoped_lock lock(mutex_);
  return state_ == State::overflowed;
}

void StreamCore::cut() {
  {
    const std::scoped_lock lock(mutex_);
    if (state_ == State::open) state_ = State::cut;
  }
  room_.notify_all();
}

void StreamCore::finish() {
  std::function<void()> callback;
  Chunks dropped;
  {
    const std::scoped_lock lock(mutex_);
    if (state_ == State::ended) return;
    state_ = State::ended;
    queued_bytes_ = 0;
    dropped.swap(queue_);
    callback.swap(callback_);
  }
  count_->fetch_sub(1);
  room_.notify_all();
  if (callback) callback();
}

void StreamCore::tell_connection() {
  Mail mail{.to = connection_};
  // Where the box is closed the server has stopped and every stream has been finished.
  (void)mailbox_->push(mail);
}

}  // namespace fairway::http
