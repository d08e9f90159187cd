#include "exchange/evidence/collect.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "ledger/anchor/record.h"
#include "ledger/evidence/bundle.h"
#include "ledger/log.h"
#include "ledger/timestamp.h"
#include "ledger/tree_store.h"
#include "paper/document.h"

namespace fairway::exchange::evidence {
namespace {

Result<ledger::Proof> proof_of(ledger::TreeStore& tree, Position entry, const std::string& note) {
  auto proof = tree.prove(entry, note);
  if (proof || proof.error().code != Code::not_found) return proof;
  // Who asks sees the entry, so that it is there is no secret.
  Error wait{Code::unavailable, "the witnesses have not seen this entry yet", "entry " + std::to_string(entry),
             "ask again in a moment; GET /ledger/status says how far they are"};
  wait.retry_after_s = std::max<int64_t>(proof.error().retry_after_s, 1);
  return std::unexpected(std::move(wait));
}

// The checkpoint that all proofs are under: the first that was stamped with all of the entries in it, where there is one that today's
// policy believes; else the newest that the witnesses have seen.
struct Ground {
  std::string note;
  std::optional<ledger::Timestamp> stamp;
};

Result<Ground> ground_of(ledger::TreeStore& tree, store::Snapshot& snapshot, const ledger::Policy& policy, Position last) {
  std::optional<ledger::Timestamp> stamp = TRY(ledger::timestamp_of(snapshot, last));
  if (stamp && ledger::verify_checkpoint(policy, stamp->note, true)) {
    std::string note = stamp->note;
    return Ground{std::move(note), std::move(stamp)};
  }
  return Ground{TRY(tree.witnessed()), std::nullopt};
}

Result<ledger::Opening> opening_of(ledger::TreeStore& tree, const Disclosed& disclosed) {
  const std::optional<std::string> salt = TRY(tree.salt(disclosed.entry.position));
  if (!salt)
    return fail(Code::conflict, "this entry was erased", "entry " + std::to_string(disclosed.entry.position),
                "what it said can no longer be shown or proven");
  return ledger::open(disclosed.entry, *salt, disclosed.shown);
}

// anchor.json: the first anchor that fixed all that the checkpoint has, else the newest; "" where the log is not anchored.
Result<std::string> anchor_of(ledger::TreeStore& tree, store::Snapshot& snapshot, const ledger::Checkpoint& checkpoint) {
  std::optional<ledger::anchor::AnchorRecord> record = TRY(ledger::anchor::first_anchor_of(snapshot, checkpoint.size));
  if (!record) record = TRY(ledger::anchor::latest_anchor(snapshot));
  if (!record || record->origin != checkpoint.origin) return std::string();
  const auto [from, to] = std::minmax(record->size, checkpoint.size);
  const std::vector<ledger::Hash> proof = TRY(ledger::consistency_proof(from, to, tree.nodes()));
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("version", 1).key("record").raw(ledger::anchor::to_json(*record)).key("consistency").begin_array();
  for (const ledger::Hash& hash : proof) writer.value(to_base64(ledger::view(hash)));
  writer.end_array().end_object();
  return out;
}

StatedEntry stated(const Disclosed& disclosed, Services& services) {
  StatedEntry out;
  out.entry = disclosed.entry.position;
  out.received_us = disclosed.entry.received_us;
  out.submitter = services.names.find(disclosed.entry.party).name;
  if (out.submitter.empty()) out.submitter = disclosed.entry.party;
  out.kind = name(disclosed.entry.kind);
  out.event = disclosed.event;
  out.shown = static_cast<size_t>(std::ranges::count(disclosed.shown, true));
  out.hidden = disclosed.shown.size() - out.shown;
  return out;
}

Status add_statement(ledger::evidence::Contents& contents, const Stated& stated, journey::Language language) {
  const paper::Document document = statement_of(stated, language);
  contents.others.push_back({std::string(ledger::evidence::kStatementPage), TRY(paper::to_html(document))});
  contents.others.push_back({std::string(ledger::evidence::kStatementPaper), TRY(paper::to_pdf(document))});
  return {};
}

}  // namespace

Result<std::string> collect(Services& services, store::Snapshot& snapshot, const access::Viewer& viewer, const Wish& wish,
                            const std::string& verifier) {
  if (services.ledger == nullptr) return fail(Code::not_found, "this server keeps no ledger");
  if (wish.entries.size() > limits::kBundleEntriesMax)
    return fail(Code::too_large, "too many entries for one bundle", std::to_string(wish.entries.size()),
                "at most " + std::to_string(limits::kBundleEntriesMax) + ": ask for a narrower reference, or entry by entry");
  if (wish.entries.empty()) return fail(Code::not_found, "there is nothing to prove");
  const ledger::Policy& policy = services.ledger->policy();
  ledger::TreeStore tree(snapshot);
  const Ground ground = TRY(ground_of(tree, snapshot, policy, wish.entries.back().entry.position));
  ledger::evidence::Contents contents;
  Stated statement;
  statement.made_us = services.env.now_us();
  statement.about = wish.about;
  statement.made_for = viewer.party.name;
  for (const Disclosed& disclosed : wish.entries) {
    contents.proofs.push_back(TRY(proof_of(tree, disclosed.entry.position, ground.note)));
    contents.openings.push_back(TRY(opening_of(tree, disclosed)));
    statement.entries.push_back(stated(disclosed, services));
  }
  contents.origin = services.ledger->origin();
  contents.made = to_rfc3339_utc(statement.made_us);
  contents.about = wish.about;
  contents.policy = services.ledger->policy_text();
  statement.witnessed = TRY(ledger::verify_checkpoint(policy, ground.note));
  for (const size_t witness : statement.witnessed.witnesses) statement.witnesses.push_back(policy.witnesses.at(witness).name);
  const std::string anchor = TRY(anchor_of(tree, snapshot, statement.witnessed.checkpoint));
  if (!anchor.empty()) contents.others.push_back({std::string(ledger::evidence::kAnchorPart), anchor});
  if (ground.stamp) contents.others.push_back({std::string(ledger::evidence::kTimestampPart), ground.stamp->reply});
  if (!wish.certificate.empty()) contents.others.push_back({std::string(ledger::evidence::kCertificatePart), wish.certificate});
  statement.has_anchor = !anchor.empty();
  statement.has_timestamp = ground.stamp.has_value();
  statement.has_certificate = !wish.certificate.empty();
  statement.has_verifier = !verifier.empty();
  statement.more = wish.tables;
  TRY_OK(add_statement(contents, statement, wish.language));
  if (!verifier.empty()) contents.others.push_back({std::string(ledger::evidence::kVerifierPart), verifier});
  return ledger::evidence::make(contents, services.ledger->signer());
}

}  // namespace fairway::exchange::evidence
