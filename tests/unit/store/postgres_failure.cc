// Servers that are killed and a database that goes away. The servers are processes of their own: this program again, which turns
// into a server before its tests would run (ServerMain).
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <map>
#include <sstream>
#include <thread>

#include "unit/store/postgres_home.h"

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace fairway::store::contract {
namespace {

using namespace std::chrono_literals;

constexpr int kReportFd = 3;  // where a server process reports what was acknowledged
constexpr int kWritersEach = 3;
constexpr int64_t kTakeoverNsMax = 5'000'000'000;

struct Report {
  std::string body;  // "SERVER/WRITER/NUMBER"
  Position position = 0;
};

// A server that writes as fast as it is answered, until it is told to stop or dies. Batches have no identity, so that a batch
// that was sequenced twice would show.
class ServerProcess {
 public:
  ServerProcess(const std::string& url, std::string name) : name_(std::move(name)) {
    std::array<int, 2> pipe_ends{};
    EXPECT_EQ(pipe2(pipe_ends.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, pipe_ends[1], kReportFd);
    const std::string url_variable = "FAIRWAY_HELPER_URL=" + url, name_variable = "FAIRWAY_HELPER_NAME=" + name_;
    std::vector<char*> variables{const_cast<char*>(url_variable.c_str()), const_cast<char*>(name_variable.c_str())};
    for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
    variables.push_back(nullptr);
    std::array<const char*, 3> arguments{"test_store", "--gtest_filter=PostgresFailure.*", nullptr};
    EXPECT_EQ(posix_spawn(&pid_, "/proc/self/exe", &files, nullptr, const_cast<char**>(arguments.data()), variables.data()), 0);
    posix_spawn_file_actions_destroy(&files);
    close(pipe_ends[1]);
    reports_fd_ = pipe_ends[0];
  }
  ~ServerProcess() {
    if (pid_ > 0) kill_hard();
    close(reports_fd_);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] bool leads() const { return leads_; }
  void kill_hard() {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  // Asks it to end and takes what it still reports; false where it did not end well.
  bool stop(std::vector<Report>& reports) {
    ::kill(pid_, SIGTERM);
    while (read_reports(reports, 10s)) {
    }
    int status = -1;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return status == 0;
  }
  // Adds what it has reported, waiting for something; false at the end or when nothing came.
  bool read_reports(std::vector<Report>& reports, std::chrono::milliseconds patience) {
    pollfd ready{reports_fd_, POLLIN, 0};
    if (poll(&ready, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 65536> bytes{};
    const ssize_t count = read(reports_fd_, bytes.data(), bytes.size());
    if (count <= 0) return false;
    text_.append(bytes.data(), static_cast<size_t>(count));
    for (size_t end; (end = text_.find('\n')) != std::string::npos; text_.erase(0, end + 1)) {
      std::istringstream line(text_.substr(0, end));
      Report report;
      line >> report.body >> report.position >> leads_;
      reports.push_back(std::move(report));
    }
    return true;
  }

 private:
  std::string name_;
  pid_t pid_ = -1;
  int reports_fd_ = -1;
  bool leads_ = false;  // as it reported last
  std::string text_;
};

std::atomic<bool> g_stop = false;

void write_until_told(Store& store, const std::string& writer) {
  for (int number = 0; !g_stop; ++number) {
    const std::string body = writer + "/" + std::to_string(number);
    const Result<Receipt> receipt = store.commit_and_wait(batch_of({entry(body, {{writer, ""}}), entry(body + "+")}, {{writer, body}}));
    if (!receipt.has_value()) continue;
    const std::string position = std::to_string(receipt->entries[0].position);
    const std::string line = body + " " + position + (store.figures().sequencer ? " 1\n" : " 0\n");
    if (write(kReportFd, line.data(), line.size()) < 0) return;
  }
}

// The main of a server process, where ServerProcess started this program.
class ServerMain final : public testing::Environment {
 public:
  void SetUp() override {
    const char* url = std::getenv("FAIRWAY_HELPER_URL");
    const char* name = std::getenv("FAIRWAY_HELPER_NAME");
    if (url == nullptr || name == nullptr) return;
    signal(SIGTERM, [](int) { g_stop = true; });
    auto store = open_postgres(url, Env::system());
    if (!store.has_value()) std::exit(1);
    std::vector<std::thread> writers;
    for (int i = 0; i < kWritersEach; ++i)
      writers.emplace_back([&, i] { write_until_told(**store, std::string(name) + "/" + std::to_string(i)); });
    for (std::thread& writer : writers) writer.join();
    store->reset();
    std::exit(0);
  }
};
[[maybe_unused]] const testing::Environment* const kServerMain = testing::AddGlobalTestEnvironment(new ServerMain);

std::string writer_of(const std::string& body) { return body.substr(0, body.rfind('/')); }
int number_of(const std::string& body) { return std::atoi(body.c_str() + body.rfind('/') + 1); }

}  // namespace

class PostgresFailure : public testing::Test {
 protected:
  void SetUp() override {
    auto home = PostgresHome::make();
    if (!home.has_value()) GTEST_SKIP() << home.error().text();
    home_ = std::move(*home);
  }

  // The log as it is: no gap, every pair whole and together, each batch at most once, each writer's in order; everything that
  // was acknowledged is where it was said to be.
  void check_log(const std::vector<Report>& reports) {
    const auto opened = home_->open();
    ASSERT_TRUE(opened.has_value()) << opened.error().text();
    const auto snapshot = (*opened)->snapshot();
    ASSERT_TRUE(snapshot.has_value());
    std::map<std::string, int> latest;  // number, by writer
    std::vector<std::string> bodies{""};
    while (true) {
      const auto entries = (*snapshot)->range(bodies.size(), 1'000);
      ASSERT_TRUE(entries.has_value());
      if (entries->empty()) break;
      for (const Entry& each : *entries) {
        ASSERT_EQ(each.position, bodies.size());
        bodies.push_back(each.body);
      }
    }
    ASSERT_EQ(bodies.size() % 2, 1u);
    EXPECT_EQ((*snapshot)->last(), bodies.size() - 1);
    for (size_t i = 1; i < bodies.size(); i += 2) {
      ASSERT_EQ(bodies[i + 1], bodies[i] + "+");
      const auto [number, first] = latest.try_emplace(writer_of(bodies[i]), -1);
      ASSERT_GT(number_of(bodies[i]), number->second) << bodies[i];
      number->second = number_of(bodies[i]);
    }
    for (const Report& report : reports) ASSERT_EQ(bodies.at(report.position), report.body);
    for (const auto& [writer, number] : latest) {
      const auto state = (*snapshot)->state(writer);
      ASSERT_TRUE(state.has_value() && state->has_value());
      EXPECT_EQ((*state)->value, writer + "/" + std::to_string(number));
    }
  }

  std::unique_ptr<PostgresHome> home_;
};

TEST_F(PostgresFailure, AKilledHolderIsReplacedWithinFiveSecondsAndNothingIsLost) {
  constexpr int kRounds = 3;
  Env& env = Env::system();
  std::vector<Report> reports;
  auto holder = std::make_unique<ServerProcess>(home_->url(), "server0");
  ASSERT_TRUE(holder->read_reports(reports, 20s));
  for (int round = 1; round <= kRounds; ++round) {
    auto follower = std::make_unique<ServerProcess>(home_->url(), "server" + std::to_string(round));
    ASSERT_TRUE(follower->read_reports(reports, 20s));
    for (const int64_t end = env.steady_ns() + 300'000'000; env.steady_ns() < end;) {
      static_cast<void>(holder->read_reports(reports, 10ms));
      static_cast<void>(follower->read_reports(reports, 10ms));
    }
    // On a machine that stalls for seconds, the lease may have changed hands by itself.
    if (!holder->leads()) std::swap(holder, follower);
    ASSERT_TRUE(holder->leads());
    holder->kill_hard();
    const int64_t killed_ns = env.steady_ns();
    while (holder->read_reports(reports, 0ms)) {
    }
    while (!follower->leads() && env.steady_ns() - killed_ns < 2 * kTakeoverNsMax) static_cast<void>(follower->read_reports(reports, 5ms));
    EXPECT_LT(env.steady_ns() - killed_ns, kTakeoverNsMax);
    holder = std::move(follower);
  }
  EXPECT_TRUE(holder->stop(reports));
  EXPECT_GT(reports.size(), 100u);
  const auto takeovers = home_->connect()->run({"takeovers", "SELECT epoch - 1 FROM sequencer"});
  ASSERT_TRUE(takeovers.has_value());
  EXPECT_GE(takeovers->int8(0, 0), kRounds);
  check_log(reports);
}

TEST_F(PostgresFailure, ADatabaseThatStopsMakesTheStoreUnavailableUntilItIsBack) {
  const char* dir = std::getenv("FAIRWAY_TEST_POSTGRES_DIR");
  if (dir == nullptr) GTEST_SKIP() << "set FAIRWAY_TEST_POSTGRES_DIR to the folder that tools/postgres_cluster.sh was given";
  const auto control = [&](const std::string& what) {
    const std::string program =
        "/usr/lib/postgresql/15/bin/pg_ctl " + what + " -w -D " + dir + "/data -l " + dir + "/server.log >/dev/null 2>&1";
    return std::system((geteuid() == 0 ? "runuser -u postgres -- " + program : program).c_str());
  };
  auto opened = home_->open();
  ASSERT_TRUE(opened.has_value());
  Store& store = **opened;
  std::vector<Report> reports;
  const auto append = [&](int number) {
    const std::string body = "w/" + std::to_string(number);
    const auto receipt = store.commit_and_wait(batch_of({entry(body), entry(body + "+")}, {{"w", body}}));
    if (receipt.has_value()) reports.push_back({body, receipt->entries[0].position});
    return receipt;
  };
  ASSERT_TRUE(append(0).has_value());

  ASSERT_EQ(control("stop -m immediate"), 0);
  const auto refused = append(1);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::unavailable);
  EXPECT_EQ(store.writable().error().code, Code::unavailable);
  const auto unreadable = store.snapshot();
  ASSERT_FALSE(unreadable.has_value());
  EXPECT_EQ(unreadable.error().code, Code::unavailable);

  ASSERT_EQ(control("start"), 0);
  for (int i = 0; i < 500 && !store.writable().has_value(); ++i) std::this_thread::sleep_for(20ms);
  EXPECT_TRUE(store.writable().has_value());
  EXPECT_TRUE(append(2).has_value());
  EXPECT_TRUE(store.snapshot().has_value());

  // A crash of the database under load: what was acknowledged is there, what was not may be.
  std::atomic<bool> crashed = false;
  std::thread crasher([&] {
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(control("restart -m immediate"), 0);
    crashed = true;
  });
  int number = 3;
  for (int after = 0; after < 20; ++number)
    if (append(number).has_value() && crashed) ++after;
  crasher.join();
  opened->reset();
  check_log(reports);
}

}  // namespace fairway::store::contract
