// store_append STORE [EVENTS]: what it costs to append to a store and to read back.
//
// STORE is as for `fairway serve --store`; it must be empty. EVENTS (default 1 000 000) go in by batches of 1,000, then by
// batches of 100, then one by one from 64 threads; then containers are scanned. An event has a body of 700 bytes, three terms
// with keys of 48 bytes and an identity. CPU is the whole process's without the threads that make the events.
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/env.h"
#include "base/log.h"
#include "store/store.h"

namespace {

using namespace fairway;

constexpr size_t kBodyBytes = 700;
constexpr size_t kTermKeyBytes = 48;
constexpr uint64_t kEventsPerContainer = 40;
constexpr size_t kBatchesInFlight = 8;
constexpr int kSingleThreads = 64;
constexpr uint64_t kSinglesPerThread = 400;
constexpr uint64_t kScans = 2000;

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; }

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// A term's key as a hash would give it: containers that are alike in time do not stand together.
std::string term_key(std::string_view kind, uint64_t number) {
  std::string key(kind);
  key += fmt::format("{:016x}{:016x}", mix(number), mix(number + 1));
  key.resize(kTermKeyBytes, '/');
  return key;
}

std::string container_key(uint64_t containers, uint64_t event) { return term_key("container/", mix(event) % containers); }

store::NewEntry make_event(uint64_t number, uint64_t containers) {
  store::NewEntry entry;
  entry.party = "party-0123456789";
  entry.received_us = static_cast<int64_t>(number);
  entry.body = fmt::format(R"({{"id":"{:016x}{:016x}","milestone":"gate_in","classifier":"actual","time":"2026-03-01T10:{:02}:00+08:00",)",
                           mix(number), mix(~number), number % 60);
  static const std::string kFiller = [] {
    std::string filler;
    for (uint64_t word = 0; filler.size() < 4096; ++word) filler += fmt::format(R"("field{}":"{:x}",)", word % 30, mix(word) >> 36);
    return filler;
  }();
  entry.body.append(kFiller, mix(number) % 2048, kBodyBytes - entry.body.size());
  const std::string head = entry.body.substr(34, 60);
  entry.terms = {{container_key(containers, number), head},
                 {term_key("booking/", number / 3), head},
                 {term_key("transport_document/", number / 5), head}};
  entry.identity.reserve(32);
  for (uint64_t i = 0; i < 4; ++i) append_u64(entry.identity, mix(number * 4 + i));
  entry.digest = entry.identity;
  return entry;
}

struct Cost {
  double seconds = 0, cpu_seconds = 0;
};

void report(std::string_view what, uint64_t count, const Cost& cost) {
  const auto n = static_cast<double>(count);
  fmt::print("{:<44} {:>10.0f}/s {:>8.1f} us CPU each\n", what, n / cost.seconds, cost.cpu_seconds / n * 1e6);
  std::fflush(stdout);
}

[[noreturn]] void give_up(const Error& error) {
  log::error("store_append: {}", error.text());
  std::exit(1);
}

// Appends events [from, to) by batches, several in flight.
Cost append(store::Store& store, uint64_t from, uint64_t to, uint64_t batch_size, uint64_t containers) {
  std::mutex mutex;
  std::condition_variable changed;
  size_t in_flight = 0;
  const int64_t started_ns = Env::system().steady_ns();
  const double cpu_before = cpu_seconds(RUSAGE_SELF), own_before = cpu_seconds(RUSAGE_THREAD);
  for (uint64_t number = from; number < to;) {
    store::Batch batch;
    for (uint64_t i = 0; i < batch_size && number < to; ++i) batch.entries.push_back(make_event(number++, containers));
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return in_flight < kBatchesInFlight; });
      ++in_flight;
    }
    store.commit(std::move(batch), [&](Result<store::Receipt> receipt) {
      if (!receipt.has_value()) give_up(receipt.error());
      const std::lock_guard lock(mutex);
      --in_flight;
      changed.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return in_flight == 0; });
  const double own = cpu_seconds(RUSAGE_THREAD) - own_before;
  return {.seconds = static_cast<double>(Env::system().steady_ns() - started_ns) * 1e-9,
          .cpu_seconds = cpu_seconds(RUSAGE_SELF) - cpu_before - own};
}

Cost append_singly(store::Store& store, uint64_t from, uint64_t containers) {
  std::atomic<uint64_t> next{from};
  const int64_t started_ns = Env::system().steady_ns();
  const double cpu_before = cpu_seconds(RUSAGE_SELF);
  std::vector<std::thread> threads;
  for (int i = 0; i < kSingleThreads; ++i)
    threads.emplace_back([&] {
      for (uint64_t sent = 0; sent < kSinglesPerThread; ++sent) {
        store::Batch batch;
        batch.entries.push_back(make_event(next++, containers));
        const auto receipt = store.commit_and_wait(std::move(batch));
        if (!receipt.has_value()) give_up(receipt.error());
      }
    });
  for (std::thread& thread : threads) thread.join();
  return {.seconds = static_cast<double>(Env::system().steady_ns() - started_ns) * 1e-9,
          .cpu_seconds = cpu_seconds(RUSAGE_SELF) - cpu_before};
}

// Scans the containers of some events; returns the hits.
uint64_t scan(store::Store& store, uint64_t events, uint64_t containers, bool with_bodies, Cost& cost) {
  uint64_t hits = 0;
  const int64_t started_ns = Env::system().steady_ns();
  const double cpu_before = cpu_seconds(RUSAGE_THREAD);
  for (uint64_t i = 0; i < kScans; ++i) {
    const auto snapshot = store.snapshot();
    if (!snapshot.has_value()) give_up(snapshot.error());
    const auto found = (*snapshot)->scan({.key = container_key(containers, mix(i) % events)});
    if (!found.has_value()) give_up(found.error());
    hits += found->size();
    if (!with_bodies) continue;
    std::vector<Position> positions;
    for (const store::TermHit& hit : *found) positions.push_back(hit.position);
    if (const auto entries = (*snapshot)->entries(positions); !entries.has_value()) give_up(entries.error());
  }
  cost = {.seconds = static_cast<double>(Env::system().steady_ns() - started_ns) * 1e-9,
          .cpu_seconds = cpu_seconds(RUSAGE_THREAD) - cpu_before};
  return hits;
}

void run(store::Store& store, uint64_t events) {
  const uint64_t containers = events / kEventsPerContainer + 1;
  const uint64_t window = std::max<uint64_t>(events / 10, 1);
  for (uint64_t from = 0; from < events; from += window) {
    const uint64_t to = std::min(events, from + window);
    report(fmt::format("batches of 1,000, to {} events", to), to - from, append(store, from, to, 1000, containers));
  }
  uint64_t at = events;
  report("batches of 100", window, append(store, at, at + window, 100, containers));
  at += window;
  report("batches of 100, sent again", window, append(store, at - window, at, 100, containers));
  report("one by one from 64 threads", kSingleThreads * kSinglesPerThread, append_singly(store, at, containers));
  Cost cost;
  const uint64_t hits = scan(store, events, containers, false, cost);
  report("scans of a container, a hit", hits, cost);
  report("scans of a container, each", kScans, cost);
  report("scans of a container with bodies, a hit", scan(store, events, containers, true, cost), cost);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "usage: store_append STORE [EVENTS]\n");
    return 2;
  }
  const auto store = store::open(arguments[1], Env::system());
  if (!store.has_value()) give_up(store.error());
  if ((*store)->figures().last != 0) give_up({Code::conflict, "the store is not empty", arguments[1], {}});
  run(**store, count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1'000'000);
  return 0;
}
