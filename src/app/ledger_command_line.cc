#include "app/ledger_command_line.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/anchor_command.h"
#include "app/commands.h"
#include "app/erasure_commands.h"
#include "app/fingerprint_command.h"
#include "app/server_options.h"

namespace fairway::app {
namespace {

// The options live as long as the callback that reads them.
void add_witness(CLI::App& app, int& status) {
  CLI::App* verb = app.add_subcommand("witness", "cosign the checkpoints of logs, each only where it continues the one before");
  const auto options = std::make_shared<WitnessOptions>();
  verb->add_option("--key", options->key_file, "the file of the key, which is made where it does not exist")
      ->envname("FAIRWAY_WITNESS_KEY")
      ->required();
  verb->add_option("--name", options->name, "the key's name, for example line.example/witness")
      ->envname("FAIRWAY_WITNESS_NAME")
      ->required();
  verb->add_option("--dir", options->folder, "the folder that keeps what was cosigned")->envname("FAIRWAY_WITNESS_DIR");
  verb->add_option("--log", options->logs, "VKEY, ORIGIN=VKEY, or a file of such lines: a log to follow; may be given several times")
      ->allow_extra_args(false)
      ->envname("FAIRWAY_WITNESS_LOG");
  verb->add_option("--anchor-key", options->anchor_key_file, "the file of a second key, for contracts; made where it does not exist")
      ->envname("FAIRWAY_WITNESS_ANCHOR_KEY");
  verb->add_option("--listen", options->listen, "HOST:PORT")->envname("FAIRWAY_WITNESS_LISTEN")->capture_default_str();
  CLI::Option* certificate = verb->add_option("--tls-certificate", options->tls_certificate, "speak TLS with this certificate chain (PEM)")
                                 ->envname("FAIRWAY_WITNESS_TLS_CERTIFICATE");
  CLI::Option* key =
      verb->add_option("--tls-key", options->tls_key, "its private key (PEM)")->envname("FAIRWAY_WITNESS_TLS_KEY")->needs(certificate);
  certificate->needs(key);
  verb->add_option("--log-level", options->log_level, "debug, info, warn or error")
      ->envname("FAIRWAY_LOG_LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  verb->add_flag("--print-key", options->print_key, "print the key as policies name it, and end");
  verb->callback([options, &status] { status = witness(*options); });
}

}  // namespace

void add_ledger_serving(CLI::App& serve, LedgerOptions& options) {
  serve
      .add_option("--ledger-key", options.key_file,
                  "the key that signs checkpoints; DIR.ledger-key beside rocksdb:DIR without it; none: no ledger")
      ->envname("FAIRWAY_LEDGER_KEY");
  serve.add_option("--ledger-origin", options.origin, "the log's name, for example port.example/ledger; from the public URL without it")
      ->envname("FAIRWAY_LEDGER_ORIGIN");
  serve.add_option("--ledger-batch-ms", options.batch_ms, "milliseconds between two steps of sequencing")
      ->envname("FAIRWAY_LEDGER_BATCH_MS")
      ->check(CLI::Range(10, 10'000))
      ->capture_default_str();
  serve.add_option("--ledger-promise", options.promise_s, "seconds within which an accepted entry is in a checkpoint")
      ->envname("FAIRWAY_LEDGER_PROMISE")
      ->check(CLI::Range(1, 86'400))
      ->capture_default_str();
  serve
      .add_option("--witness-policy", options.witness_policy, "whose cosignatures are asked for: a policy file (docs/reference/ledger.md)")
      ->envname("FAIRWAY_WITNESS_POLICY");
  serve.add_option("--anchor", options.anchor, "anchor the tree on a chain: a profile (docs/reference/ledger.md)")
      ->envname("FAIRWAY_ANCHOR");
  serve.add_option("--timestamp", options.timestamp, "have evidence stamped by this RFC 3161 authority: a URL")
      ->envname("FAIRWAY_TIMESTAMP");
  serve
      .add_option("--timestamp-ca", options.timestamp_ca,
                  "whose certificates that authority's must lead to: a PEM file; the system's without it")
      ->envname("FAIRWAY_TIMESTAMP_CA");
}

namespace {

void add_ledger_office(CLI::App& admin, int& status) {
  CLI::App* ledger = admin.add_subcommand("ledger", "the ledger's key, and how far it has come");
  ledger->require_subcommand(1);
  const auto options = std::make_shared<LedgerAdminOptions>();
  const auto add = [&](const char* name, const char* what, int (*run)(const LedgerAdminOptions&)) {
    CLI::App* verb = ledger->add_subcommand(name, what);
    verb->add_option("--store", options->store, "rocksdb:DIR or postgresql://…")->envname("FAIRWAY_STORE")->capture_default_str();
    verb->add_option("--ledger-key", options->ledger.key_file, "the key's file, where no server runs; DIR.ledger-key beside rocksdb:DIR")
        ->envname("FAIRWAY_LEDGER_KEY");
    verb->callback([options, run, &status] { status = run(*options); });
  };
  add("key", "print the verifier key (vkey) that checkpoints are checked by", admin_ledger_key);
  add("status", "print how far the ledger has come, as JSON", admin_ledger_status);
  add_anchor_office(*ledger, status);
}

void add_erasing(CLI::App& admin, int& status) {
  const auto options = std::make_shared<ErasureOptions>();
  CLI::App* erase = admin.add_subcommand("erase", "take what an entry says out of the store for good; prints what was erased as JSON");
  erase->add_option("ENTRY", options->entry, "the entry's position in the log")->required()->check(CLI::PositiveNumber);
  erase->add_option("--authority", options->authority, "who demands it: a law, a court, the person concerned; without a name")->required();
  erase->add_option("--reason", options->reason, "why")->required();
  erase->callback([options, &status] { status = admin_erase(*options); });
  CLI::App* list = admin.add_subcommand("erasures", "list what was erased, by whose authority and why, as JSON lines");
  list->callback([options, &status] { status = admin_erasures(*options); });
  for (CLI::App* verb : {erase, list})
    verb->add_option("--store", options->store, "rocksdb:DIR or postgresql://…")->envname("FAIRWAY_STORE")->capture_default_str();
}

void add_fingerprint(CLI::App& app, int& status) {
  const auto options = std::make_shared<FingerprintOptions>();
  CLI::App* verb =
      app.add_subcommand("fingerprint", "the fingerprint of a document, which the server works out without seeing the document");
  CLI::Option* file = verb->add_option("FILE", options->file, "the document, byte for byte; - for standard input");
  CLI::Option* number =
      verb->add_option("--number", options->number, "instead of a file: a transport document by its number…")->excludes(file);
  CLI::Option* carrier = verb->add_option("--carrier", options->carrier, "…and the SCAC of its carrier")->needs(number);
  number->needs(carrier);
  CLI::Option* check = verb->add_flag("--check", options->check, "ask whether others have registered it");
  CLI::Option* add = verb->add_flag("--register", options->add, "register it")->excludes(check);
  verb->add_flag("--withdraw", options->withdraw, "withdraw it: the financing is repaid")->excludes(check)->excludes(add);
  verb->add_option("--kind", options->kind, "what it is, for example bill_of_lading")->needs(add);
  verb->add_option("--expires", options->expires, "until when it counts, for example 2027-01-31T00:00:00Z")->needs(add);
  verb->add_option("--public-key", options->public_key, "the server's key as you know it (base64): another is refused")
      ->envname("FAIRWAY_FINGERPRINT_KEY");
  add_server(*verb, options->server);
  verb->callback([options, file, number, &status] {
    if (file->count() + number->count() == 0) throw CLI::RequiredError("FILE, or --carrier with --number,");
    status = fingerprint(*options);
  });
}

}  // namespace

void add_ledger_verbs(CLI::App& app, int& status) {
  add_evidence_verbs(app, status);
  add_fingerprint(app, status);
  add_witness(app, status);
}

void add_ledger_admin(CLI::App& admin, int& status) {
  add_ledger_office(admin, status);
  add_erasing(admin, status);
}

}  // namespace fairway::app
