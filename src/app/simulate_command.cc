// `fairway simulate`: writes or sends the traffic of a simulated port; `--enrol` makes its parties.
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "app/commands.h"
#include "app/office.h"
#include "app/report.h"
#include "base/env.h"
#include "base/instant.h"
#include "base/json.h"
#include "simulate/world.h"

namespace fairway::app {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kDayUs = 86'400'000'000;
constexpr size_t kQueuedMax = 64;  // messages waiting for one connection

Result<simulate::Options> world_options(const SimulateOptions& options) {
  simulate::Options world;
  world.seed = options.seed;
  world.boxes = options.boxes;
  world.days = options.days;
  world.journeys = options.journeys;
  world.disturbed = options.disturbed;
  world.start_us =
      options.start.empty() ? (Env::system().now_us() / kDayUs - options.days) * kDayUs : TRY(parse_rfc3339(options.start)).micros;
  return world;
}

class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)) {}
  void tick(size_t count) {
    if (isatty(STDERR_FILENO) != 0 && count % 100 == 0) std::cerr << "\r" << count << " " << what_ << std::flush;
  }
  void finish(const std::string& line) { std::cerr << (isatty(STDERR_FILENO) != 0 ? "\r" : "") << line << "\n"; }

 private:
  std::string what_;
};

Status write_files(simulate::World& world, const std::string& folder) {
  Progress progress("messages");
  size_t count = 0;
  simulate::Dispatch dispatch;
  std::error_code error;
  while (world.next(dispatch)) {
    const fs::path path = fs::path(folder) / dispatch.party_slug / dispatch.file_name;
    fs::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << dispatch.body;
    if (error || !file.flush()) return fail(Code::unavailable, "cannot write a message", path.string(), "is the disk full?");
    progress.tick(++count);
  }
  progress.finish(std::to_string(count) + " messages below " + folder);
  return {};
}

using Keys = std::map<std::string, std::string>;

Result<Keys> read_keys(const std::string& path) {
  Keys keys;
  if (path.empty()) return keys;
  std::ifstream file(path);
  if (!file) return fail(Code::not_found, "cannot read the keys", path, "make them with --enrol");
  std::string line, slug, key;
  while (std::getline(file, line))
    if (std::istringstream(line) >> slug >> key && !slug.starts_with('#')) keys[slug] = key;
  return keys;
}

// One connection to the server with its queue. A party's messages all go over the same one, so that they arrive in order.
class Sender {
 public:
  Sender(ServerOptions server, const Keys& keys) : server_(std::move(server)), keys_(keys), thread_([this] { run(); }) {}
  ~Sender() { finish(); }

  void push(simulate::Dispatch dispatch) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return queue_.size() < kQueuedMax || failure_; });
    queue_.push_back(std::move(dispatch));
    work_.notify_one();
  }
  void finish() {
    {
      const std::lock_guard lock(mutex_);
      finished_ = true;
      work_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }  // after finish()
  size_t accepted = 0, repeated = 0, refused = 0;                                 // after finish()

 private:
  void run() {
    while (std::optional<simulate::Dispatch> dispatch = next()) {
      const Status sent = send(*dispatch);
      if (sent) continue;
      const std::lock_guard lock(mutex_);
      failure_ = sent.error();
      room_.notify_all();
      return;
    }
  }

  std::optional<simulate::Dispatch> next() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [this] { return !queue_.empty() || finished_; });
    if (queue_.empty()) return std::nullopt;
    simulate::Dispatch dispatch = std::move(queue_.front());
    queue_.pop_front();
    room_.notify_one();
    return dispatch;
  }

  // A message that the server refuses is part of the game; no server or no key ends it.
  Status send(const simulate::Dispatch& dispatch) {
    const auto key = keys_.find(dispatch.party_slug);
    if (!keys_.empty() && key == keys_.end())
      return fail(Code::not_found, "no key for a simulated party", dispatch.party_slug, "make them with --enrol");
    const std::string& token = keys_.empty() ? server_.key : key->second;
    if (!client_) client_ = TRY(http::Client::open(server_.url, {.tls = server_.tls}));
    http::ClientRequest request{http::Method::post, "/v1/messages", {{"content-type", dispatch.content_type}}, dispatch.body};
    if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
    const http::Response response = TRY(client_->send(request));
    if (response.status == 401 || response.status == 403 || response.status >= 500) return std::unexpected(error_of(response));
    count(response);
    return {};
  }

  void count(const http::Response& response) {
    const auto parsed = parse_json(response.body);
    const json::object* receipt = parsed ? parsed->if_object() : nullptr;
    if (receipt == nullptr || !integer_of(*receipt, "accepted")) {
      ++refused;
      return;
    }
    accepted += static_cast<size_t>(integer_of(*receipt, "accepted").value_or(0));
    repeated += static_cast<size_t>(integer_of(*receipt, "repeated").value_or(0));
    refused += static_cast<size_t>(integer_of(*receipt, "refused").value_or(0));
  }

  ServerOptions server_;
  const Keys& keys_;
  std::unique_ptr<http::Client> client_;
  std::mutex mutex_;
  std::condition_variable work_, room_;
  std::deque<simulate::Dispatch> queue_;
  bool finished_ = false;
  std::optional<Error> failure_;
  std::thread thread_;
};

// Keeps to `rate` messages a second.
class Pace {
 public:
  explicit Pace(double rate) : rate_(rate), start_ns_(Env::system().steady_ns()) {}
  void wait_for(size_t number) const {
    if (rate_ <= 0) return;
    const auto due_ns = start_ns_ + static_cast<int64_t>(static_cast<double>(number) / rate_ * 1e9);
    const int64_t ahead = due_ns - Env::system().steady_ns();
    if (ahead > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(ahead));
  }

 private:
  double rate_;
  int64_t start_ns_;
};

Status send_all(simulate::World& world, const SimulateOptions& options) {
  const Keys keys = TRY(read_keys(options.keys));
  if (keys.empty() && options.server.key.empty())
    return fail(Code::unauthorized, "no key to send with", "", "give --key, or --keys with a key for each party");
  std::deque<Sender> senders;
  for (int i = 0; i < options.connections; ++i) senders.emplace_back(options.server, keys);
  Progress progress("messages sent");
  const Pace pace(options.rate);
  size_t count = 0;
  simulate::Dispatch dispatch;
  while (world.next(dispatch)) {
    pace.wait_for(count);
    const size_t lane = std::hash<std::string>()(dispatch.party_slug) % senders.size();
    senders[lane].push(std::move(dispatch));
    progress.tick(++count);
  }
  size_t accepted = 0, repeated = 0, refused = 0;
  for (Sender& sender : senders) {
    sender.finish();
    if (sender.failure()) return std::unexpected(*sender.failure());
    accepted += sender.accepted, repeated += sender.repeated, refused += sender.refused;
  }
  progress.finish(std::to_string(count) + " messages sent: " + std::to_string(accepted) + " accepted, " + std::to_string(repeated) +
                  " repeated, " + std::to_string(refused) + " refused");
  return {};
}

Status write_truth(const simulate::World& world, const std::string& path) {
  if (path.empty()) return {};
  std::ofstream file(path, std::ios::trunc);
  const auto write = [&](std::string_view line) { file << line << "\n"; };
  world.truth(write);
  world.journey_truth(write);
  if (!file.flush()) return fail(Code::unavailable, "cannot write what was true", path, "is the folder there?");
  return {};
}

Status run_simulation(const SimulateOptions& options) {
  simulate::World world(TRY(world_options(options)));
  TRY_OK(write_truth(world, options.truth));
  return options.to_server ? send_all(world, options) : write_files(world, options.out);
}

Status enrol_parties(const EnrolOptions& options) {
  Office office = TRY(Office::open(options.store));
  std::ofstream file(options.keys, std::ios::trunc);
  std::error_code error;
  fs::permissions(options.keys, fs::perms::owner_read | fs::perms::owner_write, error);
  file << "# party, API key, name: the parties of the simulated port\n";
  const Issued port = TRY(office.add_party({"Port operator (sees everything)", Role::operator_, {}}));
  file << "operator " << port.key << " Port operator (sees everything)\n";
  for (const simulate::SimulatedParty& party : simulate::parties()) {
    const Issued issued = TRY(office.add_party({party.name, party.role, party.identifiers}));
    file << party.slug << " " << issued.key << " " << party.name << " (" << name(party.role) << ")\n";
  }
  if (!file.flush()) return fail(Code::unavailable, "cannot write the keys", options.keys);
  return {};
}

}  // namespace

int simulate(const SimulateOptions& options) {
  const Status done = run_simulation(options);
  return done ? kOk : complain(done.error(), kCannotRun);
}

int enrol(const EnrolOptions& options) {
  const Status done = enrol_parties(options);
  return done ? kOk : complain(done.error(), kCannotRun);
}

}  // namespace fairway::app
