#include "app/ledger_command_line.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands.h"

namespace fairway::app {

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
}

}  // namespace

void add_ledger_verbs(CLI::App& app, int& status) { add_evidence_verbs(app, status); }

void add_ledger_admin(CLI::App& admin, int& status) { add_ledger_office(admin, status); }

}  // namespace fairway::app
