#include "app/ledger_service.h"

#include "app/report.h"
#include "base/limits.h"
#include "base/log.h"
#include "ledger/anchor/anchor_guard.h"

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
  std::unique_ptr<LedgerService> service(new LedgerService(TRY(ledger::Log::open(store, env, log)), store, env));
  if (!service->log_->policy().witnesses.empty()) service->ask_witnesses(store, env);
  if (!options.ledger.anchor.empty()) TRY_OK(service->open_anchor(options.ledger.anchor, store, env));
  if (!options.ledger.timestamp.empty()) TRY_OK(service->open_timestamper(options.ledger, store, env));
  return service;
}

void LedgerService::ask_witnesses(store::Store& store, Env& env) {
  auto guard = std::make_unique<ledger::witness::WitnessGuard>(log_->policy());
  witness_guard_ = guard.get();
  log_->add_guard(std::move(guard));
  ledger::witness::CosignersOptions options;
  options.doubt = [this](const std::string& why) { log_->publisher().doubt(why); };
  cosigners_ = std::make_unique<ledger::witness::Cosigners>(ledger::witness::nodes_of(store), log_->checkpoints(), env, std::move(options));
}

Status LedgerService::open_anchor(const std::string& profile_file, store::Store& store, Env& env) {
  const ledger::anchor::Profile profile = TRY(ledger::anchor::load_profile(profile_file));
  const auto latest = [this] { return log_->checkpoints().witnessed(); };
  anchorer_ = TRY(ledger::anchor::Anchorer::open({store, env, latest}, profile, log_->origin()));
  log_->add_guard(TRY(ledger::anchor::AnchorGuard::open(profile, log_->origin(), &stopping_)));
  return {};
}

Status LedgerService::open_timestamper(const LedgerOptions& options, store::Store& store, Env& env) {
  ledger::TimestamperOptions stamping;
  stamping.authority.url = options.timestamp;
  stamping.ca_file = options.timestamp_ca;
  timestamper_ = TRY(ledger::Timestamper::open(store, env, stamping));
  return {};
}

void LedgerService::start() {
  log_->start();
  if (anchorer_) anchorer_->start();
  if (timestamper_) timestamper_->start();
}

void LedgerService::stop() {
  stopping_.store(true);
  if (timestamper_) timestamper_->stop();
  if (anchorer_) anchorer_->stop();
  if (witness_guard_ != nullptr) witness_guard_->stop();
  if (cosigners_) cosigners_->stop();
  log_->stop();
}

std::vector<std::function<void(JsonWriter&)>> LedgerService::status_parts() {
  std::vector<std::function<void(JsonWriter&)>> parts;
  if (cosigners_) parts.emplace_back([this](JsonWriter& json) { json.key("witnesses").raw(to_json(cosigners_->status())); });
  if (anchorer_) parts.emplace_back([this](JsonWriter& json) { json.key("anchor").raw(to_json(anchorer_->status())); });
  if (timestamper_) parts.emplace_back([this](JsonWriter& json) { append_json(json.key("timestamp"), timestamper_->figures()); });
  return parts;
}

}  // namespace fairway::app
