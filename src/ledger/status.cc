#include "ledger/status.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "ledger/state_keys.h"
#include "ledger/tree_store.h"

namespace fairway::ledger {
namespace {

Result<Checkpoint> checkpoint_in(const std::string& note) {
  if (note.empty()) return Checkpoint();
  return checkpoint_from(TRY(note_from(note)).text);
}

void write(JsonWriter& writer, std::string_view member, const Checkpoint& checkpoint) {
  if (checkpoint.size == 0) return;
  writer.key(member).begin_object().member("size", checkpoint.size).member("root", to_base64(view(checkpoint.root))).end_object();
}

}  // namespace

Result<LedgerStatus> status_of(store::Snapshot& snapshot, const Log* log) {
  LedgerStatus status;
  TreeStore tree(snapshot);
  const auto origin = TRY(snapshot.state(kOriginKey));
  if (origin) status.origin = origin->value;
  status.last = snapshot.last();
  status.head = TRY(tree.head());
  status.checkpoint = TRY(checkpoint_in(TRY(tree.checkpoint())));
  status.witnessed = TRY(checkpoint_in(TRY(tree.witnessed())));
  if (status.checkpoint.size < status.last && !status.origin.empty()) {
    const std::vector<Entry> oldest = TRY(snapshot.range(status.checkpoint.size + 1, 1));
    if (!oldest.empty()) status.waiting_since_us = oldest.front().received_us;
  }
  status.keeps = log != nullptr;
  if (log == nullptr) return status;
  status.sequencing = log->sequencing();
  status.publishing = log->publishing();
  return status;
}

double lag_seconds(const LedgerStatus& status, int64_t now_us) {
  return status.waiting_since_us == 0 ? 0 : static_cast<double>(std::max<int64_t>(0, now_us - status.waiting_since_us)) * 1e-6;
}

std::vector<std::string> warnings_of(const LedgerStatus& status, int64_t promise_s, int64_t now_us) {
  std::vector<std::string> warnings;
  if (!status.keeps) return warnings;
  if (!status.publishing.trouble.empty()) warnings.push_back("no checkpoint is signed: " + status.publishing.trouble);
  if (!status.sequencing.trouble.empty()) warnings.push_back("no entries go into the ledger: " + status.sequencing.trouble);
  if (const double lag = lag_seconds(status, now_us); lag > static_cast<double>(promise_s))
    warnings.push_back("the ledger is " + std::to_string(static_cast<int64_t>(lag)) + " seconds behind the log");
  return warnings;
}

void begin_json(JsonWriter& writer, const LedgerStatus& status, const std::vector<std::string>& warnings, int64_t now_us) {
  writer.begin_object().member("origin", status.origin).member("entries", status.last).member("size", status.head.size);
  writer.member("root", to_base64(view(status.head.root)));
  if (status.head.at_us != 0) writer.member("sequencedAt", to_rfc3339_utc(status.head.at_us));
  writer.key("lag").begin_object().member("entries", status.last - std::min(status.last, status.checkpoint.size));
  writer.member("seconds", lag_seconds(status, now_us)).end_object();
  write(writer, "checkpoint", status.checkpoint);
  write(writer, "witnessed", status.witnessed);
  writer.key("warnings").begin_array();
  for (const std::string& warning : warnings) writer.value(warning);
  writer.end_array();
}

}  // namespace fairway::ledger
