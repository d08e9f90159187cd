// `fairway simulate authority`: a customs office to lodge at, for trying things out and for tests. SIGTERM or SIGINT ends it.
#include <signal.h>

#include <iostream>

#include "app/commands.h"
#include "app/report.h"
#include "base/log.h"
#include "base/zone.h"
#include "http/server.h"
#include "simulate/authority/authority.h"

namespace fairway::app {
namespace {

constexpr auto kStopPatience = std::chrono::milliseconds(2000);

sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

Result<simulate::Conduct> conduct_of(const AuthorityOptions& options) {
  simulate::Conduct conduct;
  conduct.seed = options.seed;
  conduct.delay_ms = options.delay_ms;
  conduct.release_after_ms = options.release_after_ms;
  conduct.reject = static_cast<uint32_t>(options.reject);
  conduct.query = static_cast<uint32_t>(options.query);
  conduct.outage = static_cast<uint32_t>(options.outage);
  conduct.duplicate = static_cast<uint32_t>(options.duplicate);
  conduct.inspect = static_cast<uint32_t>(options.inspect);
  conduct.zone = options.zone;
  TRY(offset_minutes_at(0, conduct.zone));
  if (!options.hours.empty()) TRY_OK(set_hours(conduct, options.hours));
  return conduct;
}

Status serve_until_stopped(const AuthorityOptions& options) {
  const auto authority = TRY(simulate::Authority::open(TRY(conduct_of(options)), Env::system(), options.state));
  http::ServerOptions http;
  http.listen = options.listen;
  if (!options.tls_certificate.empty()) http.tls = http::ServerTls{options.tls_certificate, options.tls_key, ""};
  const auto server = TRY(http::Server::start(std::move(http), authority->router()));
  std::cout << "authority on " << (options.tls_certificate.empty() ? "http://" : "https://") << server->address() << std::endl;
  const sigset_t signals = end_signals();
  int received = 0;
  sigwait(&signals, &received);
  log::info("stopping on signal {}", received);
  server->stop(kStopPatience);
  return {};
}

}  // namespace

int simulate_authority(const AuthorityOptions& options) {
  const sigset_t signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  const Status served = serve_until_stopped(options);
  return served ? kOk : complain(served.error(), kCannotRun);
}

}  // namespace fairway::app
