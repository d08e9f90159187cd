// `fairway serve`: puts the rooms together and keeps them going until SIGTERM or SIGINT.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <filesystem>
#include <iostream>
#include <thread>

#include "app/ais_feeds.h"
#include "app/commands.h"
#include "app/filing_service.h"
#include "app/ledger_service.h"
#include "app/provider_option.h"
#include "app/report.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "base/log.h"
#include "exchange/alerts/mail_kind.h"
#include "exchange/alerts/watch.h"
#include "exchange/as2/station.h"
#include "exchange/callbacks/kinds.h"
#include "exchange/erasure/routes.h"
#include "exchange/evidence/routes.h"
#include "exchange/land/excursion_watch.h"
#include "exchange/portal.h"
#include "exchange/services.h"
#include "intake/folder/folder_channel.h"
#include "intake/mqtt.h"
#include "ledger/erasure/eraser.h"

namespace fairway::app {
namespace {

constexpr int kIoThreadsMax = 4;
constexpr size_t kVerifierBytesMax = 4u << 20;
constexpr int64_t kDayUs = 86'400'000'000;
constexpr double kBurstSeconds = 10;                             // of a party's requests that it may make at once
constexpr auto kStopPatience = std::chrono::milliseconds(4000);  // of the five seconds that a stop may take

// The folder that holds the program, where the portal and the API description lie beside it in a source tree.
std::filesystem::path program_folder() {
  char path[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size > 0 ? std::filesystem::path(std::string(path, static_cast<size_t>(size))).parent_path() : std::filesystem::path();
}

// The JSON Schemas of our own messages, beside the description that names them.
Status add_schemas(http::Router& router, const std::filesystem::path& folder) {
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(".json"))
      TRY_OK(exchange::add_file(router, "/schemas/land/" + name, file.path().string(), "application/schema+json"));
  }
  return {};
}

Status add_page(http::Router& router, const std::string& wanted) {
  const std::filesystem::path root = program_folder() / ".." / "..";
  const std::string description = (root / "openapi" / "fairway.yaml").string();
  if (std::filesystem::exists(description)) TRY_OK(exchange::add_file(router, "/openapi.yaml", description, "application/yaml"));
  TRY_OK(add_schemas(router, root / "openapi" / "schemas" / "land"));
  const std::string folder = wanted.empty() ? (root / "web" / "dist").string() : wanted;
  if (wanted.empty() && !std::filesystem::exists(folder)) {
    log::warn("no portal beside the program: only the API is served (build web/, or name its folder with --portal)");
    return {};
  }
  return exchange::add_portal(router, folder);
}

// The page that checks evidence without a network, built beside the portal's; "" where there is none.
std::string offline_verifier(const std::string& portal) {
  const std::filesystem::path folder = portal.empty() ? program_folder() / ".." / ".." / "web" / "dist" : std::filesystem::path(portal);
  return read_input((folder / "verifier.html").string(), kVerifierBytesMax).value_or("");
}

log::Level level_from(const std::string& name) {
  if (name == "debug") return log::Level::debug;
  if (name == "warn") return log::Level::warn;
  return name == "error" ? log::Level::error : log::Level::info;
}

// SIGHUP asks for the certificate to be read again; a server without one it ends, as it ends any program.
sigset_t awaited_signals(const ServeOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (!options.tls_certificate.empty()) sigaddset(&signals, SIGHUP);
  return signals;
}

// Waits for SIGTERM or SIGINT, which every thread has blocked.
int wait_for_the_end(const ServeOptions& options, http::Server& server) {
  const sigset_t signals = awaited_signals(options);
  int received = 0;
  while (sigwait(&signals, &received) == 0 && received == SIGHUP) server.reload_certificates();
  return received;
}

void hold_back_signals(const ServeOptions& options) {
  const sigset_t signals = awaited_signals(options);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);  // a file-size limit then fails the write, which the store reports, instead of ending the program
}

http::ServerOptions http_options_of(const ServeOptions& options, exchange::Metrics& metrics) {
  http::ServerOptions http;
  http.listen = options.listen;
  http.local_socket = local_socket_of(options.store);
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  http.io_threads = options.io_threads != 0 ? options.io_threads : std::clamp(processors, 1, kIoThreadsMax);
  http.workers = options.workers;
  http.default_headers = exchange::security_headers();
  http.behind_tls_proxy = options.behind_tls_proxy;
  if (!options.tls_certificate.empty()) http.tls = http::ServerTls{options.tls_certificate, options.tls_key, options.tls_client_ca};
  http.on_answer = [&metrics](http::Method method, std::string_view pattern, int status, int64_t ns) {
    metrics.answered(method, pattern, status, ns);
  };
  return http;
}

// Where it listens, for people; a word of warning where anybody on the way could read along.
std::string announce(const ServeOptions& options, const std::string& address) {
  const bool tls = !options.tls_certificate.empty();
  const bool is_loopback = address.starts_with("127.") || address.starts_with("[::1]:");
  if (!tls && !options.behind_tls_proxy && !is_loopback) {
    log::warn("plain HTTP on a public address: keys and data can be read on the way (--tls-certificate, or --behind-tls-proxy)");
  }
  return (tls ? "https://" : "http://") + address;
}

// Beside an embedded store's folder, where nothing else was said.
std::string secret_file_of(const ServeOptions& options) {
  constexpr std::string_view kScheme = "rocksdb:";
  if (!options.secret_file.empty() || !options.store.starts_with(kScheme)) return options.secret_file;
  std::string folder = options.store.substr(kScheme.size());
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder + ".secret";
}

std::string public_url_of(const ServeOptions& options) {
  std::string url = options.public_url.empty() ? "http://" + options.listen : options.public_url;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Result<access::IdentitySettings> identity_settings(const ServeOptions& options) {
  access::IdentitySettings settings;
  settings.secret_file = secret_file_of(options);
  settings.oidc.public_url = public_url_of(options);
  settings.oidc.audience = options.oidc_audience;
  for (const std::string& text : options.oidc_providers) settings.oidc.providers.push_back(TRY(provider_from(text)));
  return settings;
}

// "PARTY=DIR", where PARTY is an id or SCHEME:VALUE.
Result<intake::FolderChannel::Folder> folder_from(const std::string& text, access::Registry& registry) {
  const size_t sign = text.find('=');
  if (sign == std::string::npos || sign == 0 || sign + 1 == text.size())
    return fail(Code::invalid, "not a folder of a party", text, "--edi-folder PARTY=DIR");
  const auto sender = std::make_shared<const access::Viewer>(access::make_viewer(TRY(registry.find_party(text.substr(0, sign)))));
  TRY_OK(sender->may_send());
  FolderFiles files = TRY(FolderFiles::open(text.substr(sign + 1)));
  return intake::FolderChannel::Folder{sender, std::move(files)};
}

Result<std::vector<intake::FolderChannel::Folder>> folders_from(const ServeOptions& options, access::Registry& registry) {
  std::vector<intake::FolderChannel::Folder> folders;
  for (const std::string& text : options.edi_folders) folders.push_back(TRY(folder_from(text, registry)));
  return folders;
}

// null where this server takes no AS2.
Result<std::unique_ptr<const exchange::as2::Station>> as2_station(const ServeOptions& options) {
  if (options.as2_name.empty()) return std::unique_ptr<const exchange::as2::Station>();
  exchange::as2::Identity identity = TRY(exchange::as2::Identity::load(options.as2_certificate, options.as2_key));
  return std::make_unique<const exchange::as2::Station>(options.as2_name, std::move(identity));
}

exchange::callbacks::Settings callback_settings(const ServeOptions& options) {
  exchange::callbacks::Settings settings;
  settings.to_private = options.callbacks_to_private;
  settings.attempts_max = options.callback_attempts;
  settings.first_pause_us = static_cast<int64_t>(options.callback_pause * 1e6);
  return settings;
}

// Null where this server sends no mail.
Result<std::unique_ptr<exchange::Mailer>> open_mailer(const ServeOptions& options, const std::string& public_url) {
  if (options.smtp.empty()) return nullptr;
  exchange::MailSettings mail;
  mail.server = options.smtp;
  mail.from = options.smtp_from;
  mail.user = options.smtp_user;
  mail.ca_file = options.smtp_ca;
  if (!options.smtp_password_file.empty()) mail.password = trim(TRY(read_input(options.smtp_password_file, limits::kIdentifierBytesMax)));
  mail.public_url = public_url;
  mail.pause_us = static_cast<int64_t>(options.mail_pause * 1e6);
  return exchange::Mailer::open(std::move(mail));
}

// Null where nothing is taken in over MQTT.
Result<std::unique_ptr<intake::Mqtt>> start_mqtt(const ServeOptions& options, intake::Intake& intake, access::Registry& registry,
                                                 exchange::Metrics& metrics) {
  if (options.mqtt.empty()) return nullptr;
  intake::MqttOptions mqtt;
  TRY_OK(intake::set_mqtt_address(options.mqtt, mqtt));
  mqtt.client_id = options.mqtt_client_id;
  mqtt.user = options.mqtt_user;
  mqtt.ca_file = options.mqtt_ca;
  if (!options.mqtt_password_file.empty()) mqtt.password = trim(TRY(read_input(options.mqtt_password_file, limits::kIdentifierBytesMax)));
  for (const std::string& text : options.mqtt_topics) mqtt.topics.push_back(TRY(intake::mqtt_topic_from(text)));
  return intake::Mqtt::start(std::move(mqtt), intake, registry, [&metrics](const intake::Outcome& outcome) { metrics.received(outcome); });
}

access::QuotaRules quota_rules_of(const ServeOptions& options) {
  return {.requests_per_second = options.requests_per_second,
          .requests_burst = kBurstSeconds * options.requests_per_second,
          .references_a_day = options.references_a_day};
}

std::function<void(const access::BreadthAlert&)> breadth_watch(exchange::Metrics& metrics) {
  return [&metrics](const access::BreadthAlert& alert) {
    log::warn("{} has asked for {} different references today{}", alert.party, alert.references,
              alert.refused ? " and is refused more" : "");
    metrics.breadth(alert.refused);
  };
}

// What a crash in the middle of an erasure left in the store's files.
void finish_purges(store::Store& store, Env& env) {
  const Status purged = ledger::Eraser(store, env).finish_purges();
  if (!purged) log::warn("bytes of erased entries may still be in the store's files: {}", purged.error().text());
}

void add_local_routes(http::Router& local, exchange::Services& services) {
  exchange::add_admin_routes(local, services.identity);
  exchange::add_refdata_admin_routes(local, services.store, services.env);
  exchange::add_ledger_admin_routes(local, services);
  exchange::add_erasure_admin_routes(local, services.store, services.env);
}

Status serve_until_stopped(const ServeOptions& options) {
  Env& env = Env::system();
  const auto store = TRY(store::open(options.store, env));
  access::Identity identity(*store, env, TRY(identity_settings(options)));
  intake::Intake intake(*store, env);
  exchange::PartyNames names(identity.registry, env);
  exchange::Metrics metrics;
  access::Directory directory;
  access::GrantBook grants(*store, env);
  access::AccessLog access_log(*store, env, options.sealed_days * kDayUs);
  exchange::AccessRule rule(directory, grants);
  exchange::Feed feed(*store, rule, access_log, names, metrics, env);
  access::Quota quota(quota_rules_of(options), env, breadth_watch(metrics));
  const std::unique_ptr<exchange::Mailer> mailer = TRY(open_mailer(options, public_url_of(options)));
  exchange::callbacks::Callbacks callbacks({*store, identity.registry, identity.vault, access_log, rule, metrics, env},
                                           callback_settings(options));
  exchange::callbacks::add_kinds(callbacks, names, rule, grants, env);
  if (mailer) callbacks.add(std::make_unique<exchange::MailKind>(*mailer, names));
  exchange::Services services{
      *store,  env, identity, identity.registry, identity.authenticator, quota, grants, access_log, rule, intake, names, feed, callbacks,
      metrics, {},  {}};

  const std::unique_ptr<LedgerService> ledger = TRY(LedgerService::open(options, public_url_of(options), *store, env));
  if (ledger) services.ledger = &ledger->log(), services.receipts = &ledger->receipts(), services.ledger_parts = ledger->status_parts();

  const std::unique_ptr<FilingService> filing = TRY(FilingService::open(options, services));
  std::vector<intake::FolderChannel::Folder> watched = TRY(folders_from(options, identity.registry));
  http::Router router, local;
  exchange::add_routes(router, services);
  add_local_routes(local, services);
  const std::unique_ptr<const exchange::as2::Station> as2 = TRY(as2_station(options));
  if (as2) exchange::as2::add_routes(router, services, *as2);
  exchange::evidence::add_routes(router, services, offline_verifier(options.portal));
  TRY_OK(add_page(router, options.portal));
  AisFeeds ais(intake, env);
  TRY_OK(ais.open(options.ais, options.ais_party, identity.registry));
  services.feed_figures = [&ais] { return ais.figures(); };
  const auto server = TRY(http::Server::start(http_options_of(options, metrics), std::move(router), std::move(local)));
  services.http_figures = [&server] { return server->figures(); };
  ais.start();

  if (ledger) ledger->start();
  filing->start();
  const std::jthread purging([&] { finish_purges(*store, env); });  // ends with this function
  callbacks.start();
  intake::FolderChannel folders(intake, env, std::move(watched), [&metrics](const intake::Outcome& outcome) { metrics.received(outcome); });

  exchange::ExcursionWatch excursions(*store, rule, access_log, identity.registry, env);
  exchange::AlertWatch alerts(*store, rule, access_log, identity.registry, names, env);
  const auto mqtt = TRY(start_mqtt(options, intake, identity.registry, metrics));
  const std::string url = announce(options, server->address());
  log::info("serving {} on {}", url, store->figures().engine);
  std::cout << "Fairway serves " << url << std::endl;
  const int signal = wait_for_the_end(options, *server);
  log::info("stopping on signal {}", signal);
  if (mqtt) mqtt->stop();
  ais.stop();
  excursions.stop();
  alerts.stop();
  feed.stop();
  if (mailer) mailer->stop();
  callbacks.stop();
  folders.stop();
  filing->stop();
  if (ledger) ledger->stop();
  server->stop(kStopPatience);
  access_log.stop();
  return {};
}

}  // namespace

int serve(const ServeOptions& options) {
  log::set_level(level_from(options.log_level));
  hold_back_signals(options);
  if (const Status status = serve_until_stopped(options); !status) return complain(status.error(), kCannotRun);
  return kOk;
}

}  // namespace fairway::app
