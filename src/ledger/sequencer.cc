#include "ledger/sequencer.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

#include "base/limits.h"
#include "base/log.h"
#include "ledger/commitment.h"
#include "ledger/tree_growth.h"

namespace fairway::ledger {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPatience{250};     // that a wait for entries takes, so that a stop does not wait longer
constexpr milliseconds kAfterError{1000};  // before the next try
constexpr milliseconds kIdle{1000};        // between two looks at whether this server gives the positions now

// An entry costs about 7 us of processor time here and 35 us where it comes in. When both want the processor the tree can wait. Up to so
// many entries a second it follows at once; while more come in its thread works a tenth of the time, and pays what it owes when the burst
// is over, or once it is late.
constexpr int kNiceness = 10;
constexpr uint64_t kBurstPerSecond = 15'000;
constexpr int kRestsPerStep = 9;

// Bodies are up to 16 MB: so many are read at a time that they come to about this.
constexpr size_t kPageBytes = 4u << 20, kPageMin = 1, kPageMax = 512, kFirstPage = 64;

size_t page_after(const std::vector<Entry>& page) {
  size_t bytes = 0;
  for (const Entry& entry : page) bytes += entry.body.size();
  return std::clamp(kPageBytes * page.size() / (bytes + 1), kPageMin, kPageMax);
}

}  // namespace

Sequencer::Sequencer(store::Store& store, Env& env, SequencerOptions options, std::function<void(const Stepped&)> on_step)
    : store_(store), env_(env), options_(std::move(options)), on_step_(std::move(on_step)), page_(kFirstPage) {}

void Sequencer::start() {
  thread_ = std::thread([this] { run(); });
}

void Sequencer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Sequencer::pause(milliseconds time) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, std::max(time, milliseconds(0)), [this] { return stopping_; });
}

void Sequencer::run() {
  static_cast<void>(setpriority(PRIO_PROCESS, 0, kNiceness));  // on Linux: of this thread
  bool leads = false;
  for (milliseconds wait{0}; pause(wait);) {
    const bool led = std::exchange(leads, store_.figures().sequencer);
    wait = kIdle;
    if (!leads) continue;
    const int64_t began_ns = env_.steady_ns();
    Result<Stepped> stepped = step();
    if (!stepped) {
      wait = stepped.error().code == Code::conflict ? milliseconds(options_.batch_ms) : kAfterError;
      if (stepped.error().code != Code::conflict) log::warn("no entries go into the ledger now: {}", stepped.error().text());
      continue;
    }
    // Who leads from now on looks whether the one before has signed what it wrote.
    stepped->another_wrote = stepped->another_wrote || !led;
    if (stepped->entries != 0 || stepped->another_wrote) on_step_(*stepped);
    wait = rest_after(*stepped, began_ns);
    if (stepped->entries != 0) continue;
    static_cast<void>(store_.wait_past(figures().size, kPatience));
    wait = milliseconds(0);
  }
}

milliseconds Sequencer::rest_after(const Stepped& stepped, int64_t began_ns) {
  const int64_t now_ns = env_.steady_ns();
  const uint64_t last = figures().last;
  const double since_s = static_cast<double>(began_ns - std::exchange(began_ns_, began_ns)) * 1e-9;
  const bool burst = static_cast<double>(last - std::exchange(last_, last)) > static_cast<double>(kBurstPerSecond) * since_s;
  if (!stepped.behind) all_in_ns_ = began_ns;
  const bool late = !all_in_ns_ || now_ns - *all_in_ns_ > int64_t{options_.late_ms} * 1'000'000;
  const milliseconds took((now_ns - began_ns) / 1'000'000);
  const milliseconds stroke = stepped.behind ? milliseconds(0) : milliseconds(options_.batch_ms) - took;
  return burst && !late ? std::max(stroke, took * kRestsPerStep) : stroke;
}

Result<Stepped> Sequencer::step() {
  const auto stepped = [this]() -> Result<Stepped> {
    const auto snapshot = TRY(store_.snapshot());
    TreeStore tree(*snapshot);
    const TreeHead head = TRY(tree.head());
    const Position last = snapshot->last();
    const bool another_wrote = head.version != version_;
    if (another_wrote) TRY_OK(know(tree, head));
    note(head, last);
    if (last < head.size)
      return fail(Code::internal, "the log is shorter than its ledger", std::to_string(last), "restore the store from a backup");
    Stepped done;
    if (last > head.size) done = TRY(grow(*snapshot, head, std::min<uint64_t>(last - head.size, limits::kLedgerBatchMax)));
    done.another_wrote = another_wrote;
    done.behind = head.size + done.entries < last;
    return done;
  }();
  const std::lock_guard lock(mutex_);
  ++figures_.steps;
  figures_.trouble = stepped ? std::string() : stepped.error().text();
  if (!stepped) ++figures_.failures;
  return stepped;
}

// The right edge of a tree that somebody else has written, or this server before it was started again.
Status Sequencer::know(TreeStore& tree, const TreeHead& head) {
  std::vector<Hash> roots = TRY(tree.nodes()(compact_nodes(head.size)));
  CompactRange range(head.size, std::move(roots));
  if (range.root() != head.root)
    return fail(Code::internal, "the ledger's tiles do not have the root of its head", std::to_string(head.size),
                "restore the store from a backup");
  range_ = std::move(range);
  version_ = head.version;
  return {};
}

Result<Stepped> Sequencer::grow(store::Snapshot& snapshot, const TreeHead& head, uint64_t count) {
  TreeGrowth growth(snapshot, head, range_);
  const std::string salts = env_.random_bytes(count * kSaltBytes);
  for (uint64_t done = 0; done < count;) {
    const std::vector<Entry> page = TRY(snapshot.range(head.size + done + 1, std::min<uint64_t>(page_, count - done)));
    if (page.empty()) return fail(Code::internal, "the log has a gap", std::to_string(head.size + done + 1));
    TRY_OK(interrupted("read"));
    for (const Entry& entry : page) {
      const std::string_view salt = std::string_view(salts).substr(done++ * kSaltBytes, kSaltBytes);
      TRY_OK(growth.add(commit_to(entry, salt), salt));
    }
    page_ = page_after(page);
  }
  TRY_OK(interrupted("committed to"));
  CompactRange range = growth.range();
  TRY(store_.commit_and_wait(std::move(growth).batch(env_.now_us())));
  range_ = std::move(range);
  ++version_;
  TRY_OK(interrupted("written"));
  note({range_.size(), range_.root(), 0, version_}, snapshot.last());
  return Stepped{.entries = count};
}

Status Sequencer::interrupted(std::string_view done) const { return options_.interruption ? options_.interruption(done) : Status(); }

void Sequencer::note(const TreeHead& head, Position last) {
  const std::lock_guard lock(mutex_);
  figures_.size = head.size;
  figures_.last = last;
}

Sequencer::Figures Sequencer::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace fairway::ledger
