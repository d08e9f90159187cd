#include "app/ledger_command_line.h"

#include <CLI/CLI.hpp>

#include "app/commands.h"

namespace fairway::app {

void add_ledger_serving(CLI::App& serve, LedgerOptions& options) {
  serve.add_option("--ledger-key", options.key_file, "the key that signs checkpoints; DIR.ledger-key beside rocksdb:DIR without it")
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

void add_ledger_verbs(CLI::App& /*app*/, int& /*status*/) {}

void add_ledger_admin(CLI::App& /*admin*/, int& /*status*/) {}

}  // namespace fairway::app
