#include "ledger/publisher.h"

#include <chrono>

#include "base/log.h"
#include "ledger/tree_store.h"

namespace fairway::ledger {
namespace {

constexpr std::chrono::seconds kPauseAfterRefusal{2};

// The tree must have grown out of the one that was signed last: no store that has lost or changed something is signed for.
Status continues(const std::string& signed_note, const Checkpoint& head, const NodeReader& nodes) {
  if (signed_note.empty()) return {};
  const Checkpoint before = TRY(checkpoint_from(TRY(note_from(signed_note)).text));
  constexpr const char* kCure = "restore a newer backup, or bring in what is missing: never sign on with another key";
  if (before.size > head.size)
    return fail(Code::forbidden, "the ledger is shorter than its latest checkpoint",
                std::to_string(head.size) + " entries, " + std::to_string(before.size) + " were signed for", kCure);
  if (TRY(root_of(before.size, nodes)) != before.root)
    return fail(Code::forbidden, "the ledger has not grown out of its latest checkpoint", std::to_string(before.size), kCure);
  return {};
}

}  // namespace

Publisher::Publisher(store::Store& store, Env& env, const Signer& signer, Checkpoints& checkpoints, Interruption interruption)
    : store_(store), env_(env), signer_(signer), checkpoints_(checkpoints), interruption_(std::move(interruption)) {}

void Publisher::add_guard(std::unique_ptr<Guard> guard) { guards_.push_back(std::move(guard)); }

void Publisher::start() {
  thread_ = std::thread([this] { run(); });
}

void Publisher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Publisher::head_moved(bool another_wrote) {
  {
    const std::lock_guard lock(mutex_);
    moved_ = true;
    if (another_wrote) ++doubts_;
  }
  work_.notify_one();
}

void Publisher::doubt(const std::string& why) {
  log::warn("ledger: nothing is signed until witnesses and anchors agree again: {}", why);
  head_moved(true);
}

void Publisher::run() {
  bool again = false;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      const auto has_work = [this] { return stopping_ || moved_; };
      // What was refused is tried again after a pause, whatever else happens.
      if (again)
        work_.wait_for(lock, kPauseAfterRefusal, [this] { return stopping_; });
      else
        work_.wait(lock, has_work);
      if (stopping_) return;
      moved_ = false;
    }
    again = !publish();
  }
}

Status Publisher::publish() {
  Status published = sign_newest();
  // Another server, or a cosignature, has changed the note meanwhile.
  if (!published && published.error().code == Code::conflict) {
    static_cast<void>(checkpoints_.resume());
    published = sign_newest();
  }
  say(published);
  return published;
}

Status Publisher::sign_newest() {
  const auto snapshot = TRY(store_.snapshot());
  TreeStore tree(*snapshot);
  const TreeHead kept = TRY(tree.head());
  const std::string note = TRY(tree.checkpoint());
  if (kept.size == 0 && note.empty()) return {};
  const Checkpoint head{signer_.key().name, kept.size, kept.root, {}};
  TRY_OK(agree(head, tree.nodes(), note));
  if (!note.empty() && TRY(checkpoint_from(TRY(note_from(note)).text)).size >= head.size) return {};

  Note fresh{to_text(head), {}};
  fresh.signatures.push_back(TRY(signer_.sign(fresh.text, 0)));
  if (interruption_) TRY_OK(interruption_("signed"));
  TRY_OK(checkpoints_.set_pending(to_text(fresh)));
  if (interruption_) TRY_OK(interruption_("shown"));
  const std::lock_guard lock(mutex_);
  figures_.size = head.size;
  figures_.at_us = env_.now_us();
  ++figures_.signatures;
  return {};
}

Status Publisher::agree(const Checkpoint& head, const NodeReader& nodes, const std::string& signed_note) {
  uint64_t asked = 0;
  {
    const std::lock_guard lock(mutex_);
    if (answered_ == doubts_) return {};
    asked = doubts_;
  }
  const Status agreed = ask(head, nodes, signed_note);
  const std::lock_guard lock(mutex_);
  if (agreed && asked == doubts_) {
    answered_ = asked;
    return {};
  }
  ++figures_.refusals;
  if (!agreed) return agreed;
  return fail(Code::unavailable, "doubts came up while the guards were asked; they are asked again");
}

Status Publisher::ask(const Checkpoint& head, const NodeReader& nodes, const std::string& signed_note) {
  TRY_OK(continues(signed_note, head, nodes));
  TRY_OK(checkpoints_.resume());
  for (const auto& guard : guards_) {
    Status agreed = guard->agree({signed_note, head, nodes});
    if (agreed) continue;
    agreed.error().message = std::string(guard->name()) + ": " + agreed.error().message;
    agreed.error().code = Code::forbidden;  // a conflict would be of the note, and tried again at once
    return agreed;
  }
  return {};
}

void Publisher::say(const Status& published) {
  std::string trouble = published ? std::string() : published.error().text();
  {
    const std::lock_guard lock(mutex_);
    if (trouble == figures_.trouble) return;
    figures_.trouble = trouble;
  }
  if (published)
    log::info("ledger: checkpoints are signed again");
  else
    log::error("ledger: no checkpoint is signed: {}", trouble);
}

Publisher::Figures Publisher::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace fairway::ledger
