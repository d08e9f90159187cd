// `fairway admin ledger`: the log's key and how far it has come, from a running server or from the store.
#include <iostream>

#include "app/ledger_commands.h"
#include "app/ledger_service.h"
#include "app/office.h"
#include "app/report.h"
#include "ledger/status.h"

namespace fairway::app {
namespace {

Result<std::string> from_store(const LedgerAdminOptions& options, store::Store& store, bool key) {
  ledger::LogOptions log = TRY(log_options_of(options.ledger, options.store, ""));
  if (log.key_file.empty()) return fail(Code::invalid, "which key is the ledger's?", options.store, "--ledger-key FILE");
  const auto opened = TRY(ledger::Log::open(store, Env::system(), log));
  if (key) return to_text(opened->signer().key());
  const auto snapshot = TRY(store.snapshot());
  const int64_t now = Env::system().now_us();
  std::string out;
  JsonWriter writer(out);
  ledger::begin_json(writer, TRY(ledger::status_of(*snapshot, nullptr)), {}, now);
  writer.end_object();
  return out;
}

int print(const Result<std::string>& answer) {
  if (!answer) return complain(answer.error(), kCannotRun);
  std::cout << *answer << (answer->ends_with('\n') ? "" : "\n") << std::flush;
  return kOk;
}

Result<std::string> ask(const LedgerAdminOptions& options, bool key) {
  Office office = TRY(Office::open(options.store));
  if (office.store() != nullptr) return from_store(options, *office.store(), key);
  return office.get(key ? "/admin/ledger/key" : "/admin/ledger/status");
}

}  // namespace

int admin_ledger_key(const LedgerAdminOptions& options) { return print(ask(options, true)); }
int admin_ledger_status(const LedgerAdminOptions& options) { return print(ask(options, false)); }

}  // namespace fairway::app
