// `fairway witness`: the daemon of an organisation that sees to it that a log only grows. SIGTERM or SIGINT ends it.
#include <signal.h>

#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/report.h"
#include "base/bytes.h"
#include "base/log.h"
#include "ledger/witness/anchor_routes.h"
#include "ledger/witness/routes.h"

namespace fairway::app {
namespace {

namespace witness_room = ledger::witness;

constexpr size_t kLogFileBytesMax = 256u << 10;
constexpr auto kStopPatience = std::chrono::milliseconds(4000);

log::Level level_from(const std::string& name) {
  if (name == "debug") return log::Level::debug;
  if (name == "warn") return log::Level::warn;
  return name == "error" ? log::Level::error : log::Level::info;
}

sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// A vkey has two '+', which a path hardly has; where it has, a file of that name is what is meant.
Status add_log(const std::string& text, std::vector<witness_room::FollowedLog>& logs) {
  if (text.find('+') != std::string::npos && !std::filesystem::is_regular_file(text)) {
    logs.push_back(TRY(witness_room::followed_log_from(text)));
    return {};
  }
  const std::string lines = TRY(read_input(text, kLogFileBytesMax));
  for (size_t begin = 0; begin < lines.size();) {
    const size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string_view line = trim(std::string_view(lines).substr(begin, end - begin));
    if (!line.empty() && !line.starts_with('#')) logs.push_back(TRY(witness_room::followed_log_from(line)));
    begin = end + 1;
  }
  return {};
}

http::ServerOptions http_options_of(const WitnessOptions& options) {
  http::ServerOptions http;
  http.listen = options.listen;
  if (!options.tls_certificate.empty()) http.tls = http::ServerTls{options.tls_certificate, options.tls_key, ""};
  http.limits.bodies_bytes_max = limits::kRequestBodyBytesMax;
  http.default_headers = {{"x-content-type-options", "nosniff"}};
  return http;
}

Status witness_until_stopped(const WitnessOptions& options) {
  const std::string seed = TRY(ledger::load_seed(options.key_file, true));
  auto signer = TRY(ledger::make_signer(options.name, ledger::SignatureKind::cosignature, seed));
  if (options.print_key) {
    std::cout << to_text(signer->key()) << std::endl;
    return {};
  }
  if (options.folder.empty()) return fail(Code::invalid, "a witness needs a folder for what it has cosigned", {}, "--dir DIR");
  std::vector<witness_room::FollowedLog> logs;
  for (const std::string& text : options.logs) TRY_OK(add_log(text, logs));
  const auto witness = TRY(witness_room::Witness::open(options.folder, std::move(signer), logs, Env::system()));

  http::Router router;
  witness_room::add_routes(router, *witness);
  std::unique_ptr<ledger::anchor::TxSigner> anchor_signer;
  if (!options.anchor_key_file.empty()) {
    anchor_signer = TRY(ledger::anchor::load_tx_signer(options.anchor_key_file, true, Env::system()));
    witness_room::add_anchor_routes(router, *witness, *anchor_signer);
    log::info("signs for contracts as {}", ledger::anchor::to_text(anchor_signer->address()));
  }
  const auto server = TRY(http::Server::start(http_options_of(options), std::move(router)));
  for (const witness_room::Witness::Figures::Log& log : witness->figures().logs)
    log::info("follows {}, cosigned last: size {}", log.origin, log.size);
  std::cout << "Fairway witnesses " << (options.tls_certificate.empty() ? "http://" : "https://") << server->address() << std::endl;
  const sigset_t signals = end_signals();
  int received = 0;
  sigwait(&signals, &received);
  server->stop(kStopPatience);
  return {};
}

}  // namespace

int witness(const WitnessOptions& options) {
  log::set_level(level_from(options.log_level));
  const sigset_t signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (const Status status = witness_until_stopped(options); !status) return complain(status.error(), kCannotRun);
  return kOk;
}

}  // namespace fairway::app
