// kill -9 at random moments: every acknowledged entry is there, once.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "unit/store/rocksdb_home.h"

namespace fairway::store::contract {
namespace {

constexpr const char* kDirVariable = "FAIRWAY_TEST_KILL_DIR";
constexpr const char* kRoundVariable = "FAIRWAY_TEST_KILL_ROUND";
constexpr int kAcknowledgements = 3;  // the writer's descriptor for them
constexpr int kRounds = 25;
constexpr int kWriters = 4;
constexpr size_t kEntriesPerBatch = 3;
constexpr unsigned kWriterSecondsMax = 120;  // it ends even where its tester does not

// One line for each batch, of the same length, so that a pipe passes it whole.
struct Acknowledgement {
  int round = 0, writer = 0, batch = 0;
  friend auto operator<=>(const Acknowledgement&, const Acknowledgement&) = default;
};

std::string batch_name(const Acknowledgement& batch) {
  return std::to_string(batch.round) + "/" + std::to_string(batch.writer) + "/" + std::to_string(batch.batch);
}

Batch make(const Acknowledgement& number) {
  const std::string name = batch_name(number);
  Batch batch;
  for (size_t i = 0; i < kEntriesPerBatch; ++i) {
    const std::string id = name + "/" + std::to_string(i);
    batch.entries.push_back(entry(id, {{"batch " + name, id}, {"all", ""}}, id, "digest"));
  }
  batch.state.push_back({"writer " + std::to_string(number.writer), name, std::nullopt});
  return batch;
}

// Starts this test binary again as the writer; returns its process and the end of the pipe that its acknowledgements come from.
std::pair<pid_t, int> start_writer(const std::string& dir, int round) {
  int ends[2];
  if (pipe(ends) != 0) return {-1, -1};
  const std::string dir_setting = std::string(kDirVariable) + "=" + dir,
                    round_setting = std::string(kRoundVariable) + "=" + std::to_string(round);
  const pid_t child = fork();
  if (child == 0) {
    alarm(kWriterSecondsMax);
    close(ends[0]);
    dup2(ends[1], kAcknowledgements);
    if (ends[1] != kAcknowledgements) close(ends[1]);
    putenv(const_cast<char*>(dir_setting.c_str()));
    putenv(const_cast<char*>(round_setting.c_str()));
    execl("/proc/self/exe", "test_store", "--gtest_filter=RocksdbKill.DISABLED_Writer", "--gtest_also_run_disabled_tests",
          "--gtest_brief=1", nullptr);
    _exit(127);
  }
  close(ends[1]);
  return {child, ends[0]};
}

// Reads acknowledgements, kills the writer some time after the first, and reads what had been said until then.
std::set<Acknowledgement> read_and_kill(pid_t child, int pipe_end, std::chrono::milliseconds lifetime) {
  std::set<Acknowledgement> acknowledged;
  std::thread killer;
  Acknowledgement next;
  while (read(pipe_end, &next, sizeof next) == static_cast<ssize_t>(sizeof next)) {
    acknowledged.insert(next);
    if (killer.joinable()) continue;
    killer = std::thread([child, lifetime] {
      std::this_thread::sleep_for(lifetime);
      kill(child, SIGKILL);
    });
  }
  if (killer.joinable()) killer.join();
  close(pipe_end);
  waitpid(child, nullptr, 0);
  return acknowledged;
}

void check(Store& store, const std::set<Acknowledgement>& acknowledged) {
  const auto snapshot = store.snapshot();
  ASSERT_TRUE(snapshot.has_value());
  const Position last = (*snapshot)->last();
  const auto entries = (*snapshot)->range(1, last + 1);
  ASSERT_TRUE(entries.has_value());
  ASSERT_EQ(entries->size(), last);
  std::map<std::string, Position> found;
  for (size_t i = 0; i < entries->size(); ++i) {
    ASSERT_EQ((*entries)[i].position, i + 1);
    ASSERT_TRUE(found.emplace((*entries)[i].body, i + 1).second) << (*entries)[i].body << " is there twice";
  }
  ASSERT_EQ((*snapshot)->scan({.key = "all", .limit = last + 1})->size(), last);
  for (const Acknowledgement& batch : acknowledged)
    for (size_t i = 0; i < kEntriesPerBatch; ++i)
      ASSERT_TRUE(found.contains(batch_name(batch) + "/" + std::to_string(i))) << batch_name(batch);
  // Acknowledged or not, a batch is there as a whole, with its terms.
  ASSERT_EQ(last % kEntriesPerBatch, 0u);
  for (Position position = 1; position <= last; position += kEntriesPerBatch) {
    const std::string& body = (*entries)[position - 1].body;
    const auto hits = (*snapshot)->scan({.key = "batch " + body.substr(0, body.rfind('/'))});
    ASSERT_TRUE(hits.has_value());
    ASSERT_EQ(hits->size(), kEntriesPerBatch);
    ASSERT_EQ(hits->front().position, position);
  }
}

}  // namespace

// Run by the test below in a process of its own.
TEST(RocksdbKill, DISABLED_Writer) {
  const char* dir = std::getenv(kDirVariable);
  const char* round = std::getenv(kRoundVariable);
  if (dir == nullptr || round == nullptr) GTEST_SKIP() << "started by RocksdbKill.EveryAcknowledgedEntryIsThereOnce";
  const auto store = open_rocksdb(dir, Env::system());
  ASSERT_TRUE(store.has_value()) << store.error().text();
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer)
    writers.emplace_back([&, writer] {
      for (int batch = 0;; ++batch) {
        const Acknowledgement number{.round = std::atoi(round), .writer = writer, .batch = batch};
        if (!(*store)->commit_and_wait(make(number)).has_value()) return;
        if (write(kAcknowledgements, &number, sizeof number) != static_cast<ssize_t>(sizeof number)) return;
      }
    });
  for (std::thread& writer : writers) writer.join();
}

TEST(RocksdbKill, EveryAcknowledgedEntryIsThereOnce) {
  const RocksdbHome home;
  std::mt19937 random(7);
  std::set<Acknowledgement> acknowledged;
  for (int round = 0; round < kRounds; ++round) {
    const auto [child, pipe_end] = start_writer(home.dir(), round);
    ASSERT_GT(child, 0);
    const auto lifetime = std::chrono::milliseconds(std::uniform_int_distribution<int>(0, 60)(random));
    const std::set<Acknowledgement> now = read_and_kill(child, pipe_end, lifetime);
    ASSERT_FALSE(now.empty()) << "the writer did not start";
    acknowledged.insert(now.begin(), now.end());
    const auto store = open_rocksdb(home.dir(), Env::system());
    ASSERT_TRUE(store.has_value()) << store.error().text();
    ASSERT_NO_FATAL_FAILURE(check(**store, acknowledged)) << "after round " << round;
  }
}

}  // namespace fairway::store::contract
