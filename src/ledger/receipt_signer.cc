#include "ledger/receipt_signer.h"

#include <algorithm>
#include <utility>

namespace fairway::ledger {
namespace {

constexpr size_t kQueuedEntriesMax = 65'536;  // about 100 MB of entries, were all of them read
constexpr size_t kReadAtOnce = 1'024;         // entries
constexpr Position kGapRead = 4;              // entries that nobody waits for are read along rather than begun anew after
constexpr int64_t kSecondUs = 1'000'000;

std::unexpected<Error> stopped() { return fail(Code::unavailable, "the server stops"); }

}  // namespace

ReceiptSigner::ReceiptSigner(store::Store& store, Env& env, const Signer& signer, int64_t promise_s)
    : store_(store), env_(env), signer_(signer), promise_s_(promise_s), thread_([this] { run(); }) {}

ReceiptSigner::~ReceiptSigner() { stop(); }

void ReceiptSigner::sign(Promise promise, Done done) {
  const size_t entries = promise.entries.size();
  if (entries == 0 || entries > kPromisedEntriesMax)
    return done(fail(Code::too_large, "a receipt is of 1 to " + std::to_string(kPromisedEntriesMax) + " entries", std::to_string(entries)));
  Status admitted;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_)
      admitted = stopped();
    else if (queued_entries_ + entries > kQueuedEntriesMax)
      admitted = fail(Code::overloaded, "too many receipts wait to be signed");
    if (admitted) {
      queued_entries_ += entries;
      queue_.push_back({std::move(promise), std::move(done)});
    } else {
      ++figures_.refused;
    }
  }
  if (!admitted) return done(std::unexpected(std::move(admitted).error()));
  work_.notify_one();
}

void ReceiptSigner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ReceiptSigner::run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    const bool stopping = stopping_;
    if (queue_.empty()) return;
    std::vector<Waiting> waiting = std::exchange(queue_, {});
    queued_entries_ = 0;
    lock.unlock();
    if (!stopping) {
      serve(std::move(waiting));
      continue;
    }
    for (const Waiting& one : waiting) one.done(stopped());
  }
}

// The digests of the entries as the store has them, whoever stored them first. What came together stands together in the log and is read
// in one sweep.
Status ReceiptSigner::fill_in(std::vector<Waiting>& waiting) const {
  std::vector<PromisedEntry*> wanted;
  for (Waiting& one : waiting)
    for (PromisedEntry& entry : one.promise.entries) wanted.push_back(&entry);
  std::ranges::sort(wanted, {}, &PromisedEntry::entry);
  const auto snapshot = TRY(store_.snapshot());
  for (size_t at = 0, end = 0; at < wanted.size(); at = end) {
    const Position first = wanted[at]->entry;
    for (end = at + 1;
         end < wanted.size() && wanted[end]->entry - wanted[end - 1]->entry <= kGapRead && wanted[end]->entry - first < kReadAtOnce;)
      ++end;
    const std::vector<Entry> entries = TRY(snapshot->range(first, wanted[end - 1]->entry - first + 1));
    for (size_t i = at; i < end; ++i) {
      const size_t place = wanted[i]->entry - first;
      if (place >= entries.size()) return fail(Code::not_found, "no such entry", std::to_string(wanted[i]->entry));
      wanted[i]->digest = i > at && wanted[i]->entry == wanted[i - 1]->entry ? wanted[i - 1]->digest : entry_digest(entries[place]);
    }
  }
  return {};
}

void ReceiptSigner::serve(std::vector<Waiting> waiting) {
  const auto refuse = [&](const Error& error) {
    for (const Waiting& one : waiting) one.done(std::unexpected(error));
    const std::lock_guard lock(mutex_);
    figures_.refused += waiting.size();
  };
  if (const Status filled = fill_in(waiting); !filled) return refuse(filled.error());
  const auto by_s = static_cast<uint64_t>(env_.now_us() / kSecondUs + promise_s_ + 1);  // whole seconds, rounded up
  std::vector<Promise> promises;
  promises.reserve(waiting.size());
  for (Waiting& one : waiting) promises.push_back(std::move(one.promise));
  const auto receipts = sign_receipts(std::move(promises), by_s, signer_);
  if (!receipts) return refuse(receipts.error());
  for (size_t i = 0; i < waiting.size(); ++i) waiting[i].done(SignedReceipt{to_json((*receipts)[i]), by_s});
  const std::lock_guard lock(mutex_);
  figures_.receipts += waiting.size();
  ++figures_.signatures;
}

ReceiptSigner::Figures ReceiptSigner::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace fairway::ledger
