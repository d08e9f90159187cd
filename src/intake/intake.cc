#include "intake/intake.h"

#include <atomic>
#include <memory>
#include <mutex>

#include "intake/plan.h"

namespace fairway::intake {
namespace {

// The only state that intake writes is what is known of claims: somebody was faster with another telling.
Error failure_of(Error error) {
  if (error.code != Code::conflict) return error;
  return {Code::overloaded, "the same claim was told at the same moment", error.detail, "send it again", 1};
}

// One submission on its way through the store: counts its batches in, then settles, then answers. Shared by the completions.
class Passage : public std::enable_shared_from_this<Passage> {
 public:
  Passage(store::Store& store, Plan plan, std::function<void(Result<Outcome>)> done)
      : store_(store), plan_(std::move(plan)), done_(std::move(done)) {}

  void start() {
    std::vector<PlannedBatch> batches = plan_.take_batches();
    if (batches.empty()) return done_(plan_.finish());
    waiting_.store(batches.size());
    for (PlannedBatch& planned : batches) {
      auto completion = [self = shared_from_this(), slots = std::move(planned.slots)](Result<store::Receipt> receipt) {
        self->arrived(slots, std::move(receipt));
      };
      store_.commit(std::move(planned.batch), std::move(completion));
    }
  }

 private:
  void arrived(const std::vector<Slot>& slots, Result<store::Receipt> receipt) {
    {
      const std::lock_guard lock(mutex_);
      if (receipt)
        plan_.settle(slots, *receipt);
      else if (!failure_)
        failure_ = failure_of(std::move(receipt).error());
    }
    if (waiting_.fetch_sub(1) != 1) return;
    if (failure_) return done_(std::unexpected(std::move(*failure_)));
    start();  // corrections that settling brought up, or the end
  }

  store::Store& store_;
  std::mutex mutex_;
  Plan plan_;
  std::optional<Error> failure_;
  std::atomic<size_t> waiting_{0};
  std::function<void(Result<Outcome>)> done_;
};

}  // namespace

namespace {

// Reads from one snapshot, taken when the first is asked for. What cannot be read is not known: the store says so when it is written to.
StoredThings things_in(store::Store& store) {
  const auto snapshot = [&store, taken = std::make_shared<std::unique_ptr<store::Snapshot>>()]() -> store::Snapshot* {
    if (!*taken)
      if (auto fresh = store.snapshot()) *taken = std::move(*fresh);
    return taken->get();
  };
  StoredThings things;
  things.event = [snapshot](std::string_view identity) -> std::optional<Event> {
    store::Snapshot* view = snapshot();
    if (view == nullptr) return std::nullopt;
    const auto position = view->find(identity);
    if (!position || !*position) return std::nullopt;
    const auto entries = view->entries({{**position}});
    if (!entries) return std::nullopt;
    auto event = event_from_json(entries->front().body);
    return event ? std::optional(std::move(*event)) : std::nullopt;
  };
  things.state = [snapshot](const std::string& key) -> std::optional<store::StateValue> {
    store::Snapshot* view = snapshot();
    if (view == nullptr) return std::nullopt;
    auto state = view->state(key);
    return state ? std::move(*state) : std::nullopt;
  };
  return things;
}

}  // namespace

void Intake::take(const Submission& submission, std::function<void(Result<Outcome>)> done) {
  if (Status may = submission.sender->may_send(); !may) return done(std::unexpected(may.error()));
  gateway::Format format = submission.format;
  if (format == gateway::Format::unknown) format = gateway::detect(submission.bytes, submission.content_type);
  const int64_t received_us = env_.now_us();
  Plan plan(submission.sender->party.id, received_us, things_in(store_));
  size_t messages = 0;
  const Status read = gateway::decode(submission.bytes, format, {received_us}, [&](gateway::DecodedMessage message) {
    ++messages;
    plan.add(std::move(message));
  });
  if (!read) return done(std::unexpected(read.error()));
  if (messages == 0) return done(fail(Code::invalid, "no message in the body", "", "send at least one message or event"));
  std::make_shared<Passage>(store_, std::move(plan), std::move(done))->start();
}

void Intake::take_decoded(const access::Viewer& sender, std::vector<gateway::DecodedMessage> messages,
                          std::function<void(Result<Outcome>)> done) {
  if (Status may = sender.may_send(); !may) return done(std::unexpected(may.error()));
  Plan plan(sender.party.id, env_.now_us(), things_in(store_));
  for (gateway::DecodedMessage& message : messages) plan.add(std::move(message));
  std::make_shared<Passage>(store_, std::move(plan), std::move(done))->start();
}

}  // namespace fairway::intake
