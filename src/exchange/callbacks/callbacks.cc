#include "exchange/callbacks/callbacks.h"

#include "base/limits.h"

namespace fairway::exchange::callbacks {

Callbacks::Callbacks(const Rooms& rooms, const Settings& settings)
    : rooms_(rooms), settings_(settings), book_(rooms.store, rooms.vault, rooms.env, settings.to_private), courier_(settings.to_private) {}

Callbacks::~Callbacks() { stop(); }

void Callbacks::add(std::unique_ptr<const Kind> kind) {
  std::string name(kind->name());
  kinds_[std::move(name)] = std::move(kind);
}

void Callbacks::start() {
  dispatcher_ = std::thread([this] { run(); });
  for (size_t i = 0; i < limits::kCallbackSenders; ++i) senders_.emplace_back([this, i] { send(i % 2 == 1); });
}

void Callbacks::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_.store(true);
  }
  courier_.stop();
  wake_.notify_all();
  if (dispatcher_.joinable()) dispatcher_.join();
  for (std::thread& sender : senders_)
    if (sender.joinable()) sender.join();
}

const Kind* Callbacks::kind(std::string_view name) const {
  const auto found = kinds_.find(name);
  return found == kinds_.end() ? nullptr : found->second.get();
}

Result<http::Response> Callbacks::call(http::Method method, const std::string& url, const Letter& letter) {
  struct Place {
    explicit Place(std::atomic<size_t>& places) : taken(places), before(places.fetch_add(1)) {}
    ~Place() { taken.fetch_sub(1); }
    std::atomic<size_t>& taken;
    const size_t before;
  } const place(tests_);
  if (place.before >= limits::kCallbackTestsMax)
    return fail(Code::throttled, "others are being tried out just now", {}, "try again in a moment");
  return courier_.send(method, url, letter);
}

Callbacks::Figures Callbacks::figures() {
  Figures figures;
  const std::lock_guard lock(mutex_);
  figures.subscriptions = lanes_.size();
  for (const auto& [party, count] : sending_) figures.sending += count;
  for (const auto& [id, lane] : lanes_) {
    figures.troubled += lane->troubled ? 1 : 0;
    figures.waiting += lane->queue.size() + lane->again.size() + (lane->progress.pending ? 1 : 0);
    figures.dead += lane->dead;
  }
  return figures;
}

}  // namespace fairway::exchange::callbacks
