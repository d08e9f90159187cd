#include "intake/ais_feed.h"

#include <algorithm>
#include <future>

#include "base/limits.h"
#include "base/log.h"
#include "gateway/ais/lines.h"
#include "gateway/ais/reader.h"

namespace fairway::intake {
namespace {

constexpr size_t kMessagesPerEntryMax = 1'000;
constexpr auto kPatience = std::chrono::milliseconds(200);  // until it is looked whether to stop
constexpr auto kConnectPatience = std::chrono::milliseconds(5'000);
constexpr int64_t kFirstPauseMs = 500, kLongestPauseMs = 60'000;
constexpr int64_t kSteadySeconds = 60;  // after which a connection counts as good again

}  // namespace

AisFeed::AisFeed(Intake& intake, Env& env, SourceAddress source, std::shared_ptr<const access::Viewer> sender)
    : intake_(intake), env_(env), source_(std::move(source)), sender_(std::move(sender)) {}

AisFeed::~AisFeed() { stop(); }

void AisFeed::start() {
  reader_ = std::thread([this] { follow(); });
  writer_ = std::thread([this] { enter_all(); });
}

void AisFeed::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (reader_.joinable()) reader_.join();
  if (writer_.joinable()) writer_.join();
}

AisFeed::Figures AisFeed::figures() const {
  return {source_.text(), connected_.load(), lines_.load(), dropped_.load(), events_.load(), failures_.load()};
}

void AisFeed::follow() {
  int64_t pause_ms = kFirstPauseMs;
  bool told = false;
  while (!stopping()) {
    auto source = ByteSource::open(source_, kConnectPatience);
    const int64_t since = env_.steady_ns();
    if (source) {
      log::info("AIS from {}: connected", source_.text());
      told = false;
      connected_ = true;
      const bool at_end = read_until_it_ends(**source);
      connected_ = false;
      if (at_end) break;
    } else if (!told) {
      log::warn("AIS from {}: {}; trying again", source_.text(), source.error().text());
      told = true;
    }
    if (stopping()) break;
    ++failures_;
    if (source && env_.steady_ns() - since > kSteadySeconds * 1'000'000'000) pause_ms = kFirstPauseMs;
    pause(pause_ms);
    pause_ms = std::min(2 * pause_ms, kLongestPauseMs);
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

// Whether that was all there is: the end of a file.
bool AisFeed::read_until_it_ends(ByteSource& source) {
  std::string bytes;
  while (!stopping()) {
    const auto read = source.read(bytes, kPatience);
    if (!read) {
      if (!bytes.empty() && read.error().code == Code::not_found) queue(std::move(bytes) + "\n");
      if (read.error().code != Code::not_found) log::warn("AIS from {}: {}", source_.text(), read.error().text());
      return read.error().code == Code::not_found;
    }
    const size_t end = bytes.rfind('\n');
    if (end != std::string::npos) {
      std::string rest = bytes.substr(end + 1);
      bytes.resize(end + 1);
      queue(std::exchange(bytes, std::move(rest)));
    } else if (bytes.size() > limits::kAisFeedLineBytesMax) {
      bytes.clear();
      ++dropped_;
    }
  }
  return false;
}

void AisFeed::queue(std::string bytes) {
  const auto count_lines = [](const std::string& text) { return static_cast<uint64_t>(std::ranges::count(text, '\n')); };
  lines_ += count_lines(bytes);
  std::unique_lock lock(mutex_);
  // A file waits for the store; the air does not.
  if (source_.kind == SourceAddress::Kind::file)
    changed_.wait(lock, [this] { return stopping() || waiting_bytes_ < limits::kAisFeedQueueBytesMax; });
  waiting_bytes_ += bytes.size();
  waiting_.push_back({std::move(bytes), env_.now_us() / 1'000'000});
  while (waiting_bytes_ > limits::kAisFeedQueueBytesMax && waiting_.size() > 1 && source_.kind != SourceAddress::Kind::file) {
    dropped_ += count_lines(waiting_.front().bytes);
    waiting_bytes_ -= waiting_.front().bytes.size();
    waiting_.pop_front();
  }
  lock.unlock();
  changed_.notify_all();
}

bool AisFeed::next(Lines& lines) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping() || ended_ || !waiting_.empty(); });
  if (stopping() || waiting_.empty()) return false;
  lines = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_bytes_ -= lines.bytes.size();
  lock.unlock();
  changed_.notify_all();
  return true;
}

void AisFeed::enter_all() {
  std::vector<gateway::DecodedMessage> messages;
  const gateway::MessageSink sink = [&messages](gateway::DecodedMessage message) { messages.push_back(std::move(message)); };
  const auto reader = std::make_unique<gateway::ais::Reader>(gateway::ais::Detail::worthy, sink);
  Lines lines;
  while (next(lines)) {
    // What a file says without a time is of no known time.
    const bool is_live = source_.kind != SourceAddress::Kind::file;
    const std::optional<int64_t> received_s = is_live ? std::optional(lines.received_s) : std::nullopt;
    gateway::ais::Line line;
    for (size_t at = 0; !stopping() && gateway::ais::next_line(lines.bytes, at, line);) {
      if (gateway::ais::is_candidate(line.text)) reader->read(line.text, 0, received_s);
      if (messages.size() >= kMessagesPerEntryMax) enter(std::exchange(messages, {}));
    }
    if (!messages.empty()) enter(std::exchange(messages, {}));
  }
}

// Waits until the store has them, and tries again while it cannot: sending twice changes nothing.
void AisFeed::enter(std::vector<gateway::DecodedMessage> messages) {
  int64_t pause_ms = kFirstPauseMs;
  while (!stopping()) {
    const auto promise = std::make_shared<std::promise<Result<Outcome>>>();  // whoever answers may be slower to let go of it
    auto answer = promise->get_future();
    intake_.take_decoded(*sender_, messages, [promise](Result<Outcome> given) { promise->set_value(std::move(given)); });
    const Result<Outcome> outcome = answer.get();
    if (outcome) {
      for (const MessageFate& message : outcome->messages)
        events_ += static_cast<uint64_t>(std::ranges::count(message.events, Fate::accepted, &EventFate::fate));
      return;
    }
    const bool passing = outcome.error().code == Code::overloaded || outcome.error().code == Code::unavailable;
    log::warn("AIS from {}: {}", source_.text(), outcome.error().text());
    if (!passing) return;
    pause(pause_ms);
    pause_ms = std::min(2 * pause_ms, kLongestPauseMs);
  }
}

void AisFeed::pause(int64_t ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return stopping(); });
}

}  // namespace fairway::intake
