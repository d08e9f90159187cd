#include "app/ledger_service.h"

#include "app/report.h"
#include "base/limits.h"
#include "base/log.h"

namespace fairway::app {
namespace {

constexpr std::string_view kNone = "none";

// Beside an embedded store's folder, where nothing else was said.
std::string key_file_of(const LedgerOptions& options, const std::string& store) {
  constexpr std::string_view kScheme = "rocksdb:";
  if (options.key_file == kNone) return "";
  if (!options.key_file.empty() || !store.starts_with(kScheme)) return options.key_file;
  std::string folder = store.substr(kScheme.size());
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder + ".ledger-key";
}

std::string without_scheme(const std::string& url) {
  const size_t scheme = url.find("://");
  return scheme == std::string::npos ? url : url.substr(scheme + 3);
}

}  // namespace

Result<ledger::LogOptions> log_options_of(const LedgerOptions& options, const std::string& store, const std::string& public_url) {
  ledger::LogOptions log;
  log.key_file = key_file_of(options, store);
  log.origin = options.origin;
  if (!public_url.empty()) {
    log.default_origin = without_scheme(public_url) + "/ledger";
    log.url = public_url + "/ledger";
  }
  if (!options.witness_policy.empty()) log.policy = TRY(read_input(options.witness_policy, limits::kPolicyBytesMax));
  log.batch_ms = options.batch_ms;
  log.promise_s = options.promise_s;
  return log;
}

Result<std::unique_ptr<LedgerService>> LedgerService::open(const ServeOptions& options, const std::string& public_url, store::Store& store,
                                                           Env& env) {
  const ledger::LogOptions log = TRY(log_options_of(options.ledger, options.store, public_url));
  if (log.key_file.empty()) {
    if (options.ledger.key_file != kNone) log::warn("no ledger is kept: name the file of its key by --ledger-key, on every server alike");
    return nullptr;
  }
  return std::unique_ptr<LedgerService>(new LedgerService(TRY(ledger::Log::open(store, env, log)), store, env));
}

void LedgerService::start() { log_->start(); }

void LedgerService::stop() { log_->stop(); }

std::vector<std::function<void(JsonWriter&)>> LedgerService::status_parts() { return {}; }

}  // namespace fairway::app
