// The ledger's part of the command line: the options of `serve` that concern it, its verbs, and `admin ledger`. The verbs set `status` to
// what main() returns; they keep their options alive for as long as the program runs.
#pragma once

#include "app/ledger_commands.h"

namespace CLI {
class App;
}

namespace fairway::app {

void add_ledger_serving(CLI::App& serve, LedgerOptions& options);
void add_ledger_verbs(CLI::App& app, int& status);
void add_evidence_verbs(CLI::App& app, int& status);  // evidence, verify
void add_ledger_admin(CLI::App& admin, int& status);

}  // namespace fairway::app
