// ledger_sequence [EVENTS]: what the ledger costs, without HTTP around it.
//
// Commits to one typical event again and again; then puts EVENTS (default 200,000) into a RocksDB store without a ledger and brings them
// into the tree; then lets a log run as the server does and asks of single entries how long it takes until a checkpoint has them. CPU is
// the thread's own.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/env.h"
#include "base/log.h"
#include "ledger/commitment.h"
#include "ledger/log.h"
#include "ledger/sequencer.h"
#include "store/store.h"

namespace {

using namespace fairway;

constexpr size_t kBatch = 1'000;
constexpr int kLatencies = 1'000;
constexpr std::chrono::milliseconds kBetween{11};  // two single entries

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

[[noreturn]] void give_up(const Error& error) {
  log::error("ledger_sequence: {}", error.text());
  std::exit(1);
}

template <typename T>
T must(Result<T> result) {
  if (!result.has_value()) give_up(result.error());
  return std::move(*result);
}

// 22 fields, 800 bytes.
std::string body_of(uint64_t number) {
  return fmt::format(
      R"({{"eventID":"0c6f2e6a-4b1e-8f3a-9c0d-{0:012x}","milestone":"discharged","classifier":"actual","occurred":{{"instant":"2026-11-21T00:00:00Z",)"
      R"("local":"2026-11-21T08:00:00+08:00","zone":"given"}},"created":{{"instant":"2026-11-21T00:00:10Z","local":"2026-11-21T08:00:10+08:00",)"
      R"("zone":"given"}},"place":{{"UNLocationCode":"HKHKG","facilityCode":"HIT","facilityCodeListProvider":"SMDG"}},"references":[)"
      R"({{"kind":"equipment","value":"MSCU{1:07}"}},{{"kind":"booking","value":"BKG{1:07}"}},{{"kind":"transport_document","value":"MEDU{1:07}"}}],)"
      R"("transport":{{"mode":"sea","vesselIMONumber":"9321483","vesselName":"EVER GIVEN","voyage":"123E","carrier":"MSC"}},"equipment":)"
      R"({{"ISOEquipmentCode":"45G1","load":"full"}},"source":{{"format":"dcsa-tnt-2.2","type":"EQUIPMENT","hash":"{0:064x}"}}}})",
      number, number % 10'000'000);
}

store::NewEntry entry_of(uint64_t number) {
  return {EntryKind::event, "pty_7k2m9q4xwa", static_cast<int64_t>(number), body_of(number), {}, {}, {}};
}

void commitments() {
  constexpr int kCount = 100'000;
  const Entry entry{1, EntryKind::event, "pty_7k2m9q4xwa", 1, body_of(1)};
  std::string salt(ledger::kSaltBytes, 's');
  const double before = cpu_seconds();
  for (int i = 0; i < kCount; ++i) salt[0] = ledger::commit_to(entry, salt)[1];
  fmt::print("{:<52} {:>9.2f} us CPU\n",
             fmt::format("a commitment ({} fields, {} bytes)", ledger::fields_of(entry).size(), entry.body.size()),
             (cpu_seconds() - before) / kCount * 1e6);
}

void fill(store::Store& store, uint64_t events) {
  for (uint64_t number = 0; number < events;) {
    store::Batch batch;
    for (size_t i = 0; i < kBatch && number < events; ++i) batch.entries.push_back(entry_of(number++));
    must(store.commit_and_wait(std::move(batch)));
  }
}

uint64_t kept_bytes(store::Store& store) {
  const auto snapshot = must(store.snapshot());
  uint64_t bytes = 0;
  for (std::string after;;) {
    const auto page = must(snapshot->state_scan("ledger/", after, 1'000));
    for (const auto& [key, value] : page) bytes += key.size() + value.value.size() + sizeof value.version;
    if (page.size() < 1'000) return bytes;
    after = page.back().first;
  }
}

void sequence(store::Store& store, uint64_t events) {
  ledger::Sequencer sequencer(store, Env::system(), {}, [](const ledger::Stepped&) {});
  const int64_t began = Env::system().steady_ns();
  const double before = cpu_seconds();
  while (must(sequencer.step()).behind) {
  }
  const double cpu = cpu_seconds() - before, seconds = static_cast<double>(Env::system().steady_ns() - began) * 1e-9;
  const auto n = static_cast<double>(events);
  fmt::print("{:<52} {:>9.2f} us CPU, {:.0f}/s\n", "an entry into the tree, read from the store", cpu / n * 1e6, n / seconds);
  fmt::print("{:<52} {:>9.0f} MB\n", "kept for a million entries", static_cast<double>(kept_bytes(store)) / n);
}

void latency(store::Store& store, const std::string& folder) {
  ledger::LogOptions options;
  options.key_file = folder + "/key", options.default_origin = "bench.example/ledger";
  const auto log = must(ledger::Log::open(store, Env::system(), options));
  log->start();
  std::vector<int64_t> received(kLatencies), seen(kLatencies);
  const Position first = store.figures().last + 1;
  std::thread watch([&] {
    for (uint64_t size = first - 1; size < first - 1 + kLatencies;) {
      const auto pending = log->checkpoints().wait_pending(size, std::chrono::seconds(30));
      const int64_t now = Env::system().steady_ns();
      if (!pending) give_up({Code::internal, "no checkpoint comes", {}, {}});
      for (; size < pending->checkpoint.size; ++size) seen[size - first + 1] = now;
    }
  });
  for (int i = 0; i < kLatencies; ++i) {
    store::Batch batch;
    batch.entries.push_back(entry_of(static_cast<uint64_t>(i)));
    received[static_cast<size_t>(i)] = Env::system().steady_ns();
    must(store.commit_and_wait(std::move(batch)));
    std::this_thread::sleep_for(kBetween);
  }
  watch.join();
  std::vector<int64_t> took;
  for (size_t i = 0; i < seen.size(); ++i) took.push_back(seen[i] - received[i]);
  std::ranges::sort(took);
  const auto at = [&](size_t percent) { return static_cast<double>(took[took.size() * percent / 100]) * 1e-6; };
  fmt::print("{:<52} {:>9.0f} ms p50, {:.0f} ms p99\n", "from receipt to a checkpoint, 90 entries a second", at(50), at(99));
}

}  // namespace

int main(int count, char** arguments) {
  const uint64_t events = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 200'000;
  std::string folder = (std::filesystem::temp_directory_path() / "fairway-bench-ledger-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return 2;
  commitments();
  {
    const auto store = must(store::open("rocksdb:" + folder + "/store", Env::system()));
    fill(*store, events);
    sequence(*store, events);
    latency(*store, folder);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return 0;
}
