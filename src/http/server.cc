#include "http/server.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

#include "base/log.h"
#include "http/io_loop.h"
#include "http/listen.h"
#include "http/server_state.h"
#include "http/tls_keeper.h"
#include "http/worker_pool.h"

namespace fairway::http {
namespace {

// Connections over the limit that may be told so at a time; more are closed without a word.
constexpr size_t kRefusalsMax = 64;

class ServerImpl final : public Server {
 public:
  ServerImpl(std::shared_ptr<ServerState> state, std::unique_ptr<TlsKeeper> tls, const Listening& listening, const Listening& local)
      : state_(std::move(state)),
        tls_(std::move(tls)),
        address_(listening.address),
        local_path_(local.address),
        workers_(std::max(1, state_->options.workers), state_->options.limits.requests_queued_max, [this] { state_->happened(); }) {
    state_->tls = tls_.get();
    for (int loop = 0; loop < std::max(1, state_->options.io_threads); ++loop) loops_.push_back(IoLoop::start(state_, workers_));
    const auto place = [this](Accepted accepted) { this->place(accepted); };
    loops_.front()->listen(listening, false, place);
    if (local.descriptor >= 0) loops_.front()->listen(local, true, place);
  }
  ~ServerImpl() override { stop({}); }

  std::string address() const override { return address_; }
  Figures figures() const override { return {state_->connections.load(), state_->streams.load(), workers_.queued()}; }
  void stop(std::chrono::milliseconds patience) override;
  void reload_certificates() override {
    if (tls_) tls_->reload();
  }

 private:
  void place(Accepted accepted);

  const std::shared_ptr<ServerState> state_;
  const std::unique_ptr<TlsKeeper> tls_;
  const std::string address_;
  const std::string local_path_;
  WorkerPool workers_;
  std::vector<std::unique_ptr<IoLoop>> loops_;
  size_t next_loop_ = 0;  // on the first loop's thread
  std::mutex stop_mutex_;
  bool stopped_ = false;
};

// On the first loop's thread: gives a new connection to each loop in turn.
void ServerImpl::place(Accepted accepted) {
  const size_t open = state_->connections.fetch_add(1);
  const size_t most = state_->options.limits.connections_max;
  if (open >= most + kRefusalsMax) {
    ::close(accepted.descriptor);
    state_->connections.fetch_sub(1);
    return;
  }
  accepted.refuse = open >= most;
  loops_[next_loop_++ % loops_.size()]->adopt(accepted);
}

void ServerImpl::stop(std::chrono::milliseconds patience) {
  const std::scoped_lock lock(stop_mutex_);
  if (std::exchange(stopped_, true)) return;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  state_->stopping = true;
  for (const auto& loop : loops_) loop->finish();
  state_->wait_until(deadline, [this] { return state_->unanswered.load() == 0 && workers_.idle(); });
  for (const auto& loop : loops_) loop->cut_streams();
  state_->wait_until(deadline, [this] { return state_->connections.load() == 0 && state_->unanswered.load() == 0 && workers_.idle(); });
  if (!workers_.idle()) log::warn("the server stops while handlers still run");
  workers_.drop_queued();
  for (const auto& loop : loops_) loop->join();
  if (!local_path_.empty()) ::unlink(local_path_.c_str());
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router, Router local_router) {
  std::unique_ptr<TlsKeeper> tls;
  if (options.tls) tls = TRY(TlsKeeper::start(*options.tls));
  const Listening listening = TRY(listen_tcp(options.listen));
  Listening local;
  if (!options.local_socket.empty()) {
    auto opened = listen_unix(options.local_socket);
    if (!opened) {
      ::close(listening.descriptor);
      return std::unexpected(std::move(opened).error());
    }
    local = std::move(*opened);
  }
  try {
    auto state = std::make_shared<ServerState>(std::move(options), std::move(router), std::move(local_router));
    return std::make_unique<ServerImpl>(std::move(state), std::move(tls), listening, local);
  } catch (const std::exception& error) {  // no more threads or descriptors
    ::close(listening.descriptor);
    if (local.descriptor >= 0) ::close(local.descriptor);
    return fail(Code::unavailable, "The server cannot start its threads.", error.what());
  }
}

}  // namespace fairway::http
