#include "ledger/evidence/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/limits.h"
#include "ledger/merkle.h"

namespace fairway::ledger::evidence {
namespace {

constexpr int64_t kSecondUs = 1'000'000;

std::string time_text(uint64_t seconds) {
  constexpr uint64_t kLatest = 7'258'118'400;  // 2200: what clocks of today do not say
  return seconds < kLatest ? to_rfc3339_utc(static_cast<int64_t>(seconds) * kSecondUs) : std::to_string(seconds) + " s after 1970";
}

struct Pair {
  Position entry = 0;
  const Part* opening = nullptr;
  const Part* proof = nullptr;
};

// Openings and proofs by their entry, in the order of the openings; a proof without an opening stands behind them.
std::vector<Pair> pairs_of(const Bundle& bundle) {
  std::vector<Pair> pairs;
  for (const Part& part : bundle.parts)
    if (const Position entry = entry_of_part(part.name, "openings/", ".json"); entry != 0)
      pairs.push_back({entry, &part, bundle.find(proof_part(entry))});
  for (const Part& part : bundle.parts)
    if (const Position entry = entry_of_part(part.name, "proofs/", ".tlog-proof");
        entry != 0 && bundle.find(opening_part(entry)) == nullptr)
      pairs.push_back({entry, nullptr, &part});
  return pairs;
}

Status check_pair(const Inspection& inspection, const Pair& pair, ProvenEntry& proven) {
  if (pair.opening == nullptr || pair.proof == nullptr)
    return fail(Code::invalid, "an opening and its proof belong together",
                pair.opening == nullptr ? opening_part(pair.entry) : proof_part(pair.entry), "one of the two is missing");
  Opening opening = TRY(opening_from_json(pair.opening->bytes));
  if (opening.entry != pair.entry) return fail(Code::invalid, "the opening is of another entry", std::to_string(opening.entry));
  const Proof proof = TRY(proof_from(pair.proof->bytes));
  if (to_text(proof) != pair.proof->bytes) return fail(Code::invalid, "the proof is not spelt as a proof is");
  if (proof.index != pair.entry - 1) return fail(Code::invalid, "the proof is of another entry", std::to_string(proof.index + 1));
  if (proof.checkpoint != inspection.note) return fail(Code::invalid, "the proof is under another checkpoint than the first");
  const std::string entry = log_entry(opening);
  if (proof.extra != entry)
    return fail(Code::forbidden, "what is shown is not what was committed to", "", "a field, a salt or a commitment was changed");
  const Checkpoint& checkpoint = inspection.report.checkpoint;
  TRY_OK(verify_inclusion(proof.index, checkpoint.size, leaf_hash(entry), proof.hashes, checkpoint.root));
  proven.entry = pair.entry;
  for (OpenedField& field : opening.fields)
    if (field.field)
      proven.shown.push_back(std::move(*field.field));
    else
      ++proven.hidden;
  return {};
}

// What anchor.json says.
struct Anchored {
  uint64_t size = 0, time = 0, block = 0, chain = 0;
  Hash root{};
  std::vector<Hash> consistency;
  std::string origin, contract;
};

Result<uint64_t> count_of(const json::object& object, std::string_view name) {
  const auto number = integer_of(object, name);
  if (!number || *number < 0) return fail(Code::invalid, "a number is missing", std::string(name));
  return static_cast<uint64_t>(*number);
}

Result<Anchored> anchored_from(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "it is no object");
  if (integer_of(*object, "version") != 1) return fail(Code::unsupported, "it is of another version", "", "a newer fairway may know it");
  Anchored anchored;
  const json::object* record = object_of(*object, "record");
  if (record == nullptr) return fail(Code::invalid, "it has no record");
  anchored.size = TRY(count_of(*record, "size"));
  anchored.time = TRY(count_of(*record, "blockTime"));
  anchored.block = TRY(count_of(*record, "blockNumber"));
  anchored.chain = TRY(count_of(*record, "chainId"));
  anchored.root = TRY(hash_from(TRY(from_base64(text_of(*record, "root")))));
  anchored.origin = text_of(*record, "origin");
  anchored.contract = text_of(*record, "contract");
  const json::array* hashes = array_of(*object, "consistency");
  if (hashes == nullptr || hashes->size() > 2 * limits::kProofHashesMax) return fail(Code::invalid, "it has no consistency proof");
  for (const json::value& item : *hashes) {
    const json::string* hash = item.if_string();
    if (hash == nullptr) return fail(Code::invalid, "a hash is no text");
    anchored.consistency.push_back(TRY(hash_from(TRY(from_base64(*hash)))));
  }
  return anchored;
}

Status check_consistency(const Anchored& anchored, const Checkpoint& checkpoint) {
  if (anchored.origin != checkpoint.origin) return fail(Code::invalid, "the anchor is of another log", legible(anchored.origin));
  if (anchored.size == 0) return fail(Code::invalid, "an empty tree was anchored: that proves nothing");
  const bool before = anchored.size <= checkpoint.size;
  return verify_consistency(before ? anchored.size : checkpoint.size, before ? checkpoint.size : anchored.size,
                            before ? anchored.root : checkpoint.root, before ? checkpoint.root : anchored.root, anchored.consistency);
}

}  // namespace

void check_seal(Inspection& inspection) {
  const Bundle& bundle = inspection.bundle;
  const Status sealed = verify_seal(bundle.seal, bundle.manifest.origin, bundle.manifest_json, inspection.policy);
  if (!sealed) return inspection.fails(kSealName, sealed.error().text());
  inspection.holds(kSealName,
                   fmt::format("the log {} made just this bundle: its key signed the manifest", legible(bundle.manifest.origin)));
}

void check_checkpoint(Inspection& inspection) {
  Report& report = inspection.report;
  const std::vector<Pair> pairs = pairs_of(inspection.bundle);
  const auto first = std::ranges::find_if(pairs, [](const Pair& pair) { return pair.proof != nullptr; });
  if (first == pairs.end()) return inspection.fails("", "the bundle proves no entry");
  const auto proof = proof_from(first->proof->bytes);
  if (!proof) return inspection.fails(first->proof->name, proof.error().text());
  const auto witnessed = verify_checkpoint(inspection.policy, proof->checkpoint, true);
  if (!witnessed) return inspection.fails(first->proof->name, witnessed.error().text());
  if (witnessed->checkpoint.origin != report.origin)
    return inspection.fails(first->proof->name, "the checkpoint is of another log: " + legible(witnessed->checkpoint.origin));
  inspection.note = proof->checkpoint;
  report.checkpoint = witnessed->checkpoint;
  report.witnessed_s = witnessed->median_time_s();
  for (const size_t witness : witnessed->witnesses) report.witnesses.push_back(inspection.policy.witnesses.at(witness).name);
  if (report.witnesses.empty())
    return inspection.notes("", "the policy asks for no witness: that there is no second version of the log is the log's word alone");
  inspection.holds("",
                   fmt::format("{} witnesses ({}) saw the tree of {} entries; the median of their clocks says {}", report.witnesses.size(),
                               fmt::join(report.witnesses, ", "), report.checkpoint.size, time_text(report.witnessed_s)));
}

void check_entries(Inspection& inspection) {
  const std::vector<Pair> pairs = pairs_of(inspection.bundle);
  if (pairs.size() > limits::kBundleEntriesMax) return inspection.fails("", "too many entries for one bundle");
  if (inspection.note.empty()) return;  // said already
  for (const Pair& pair : pairs) {
    ProvenEntry proven;
    const Status checked = check_pair(inspection, pair, proven);
    if (!checked) {
      inspection.fails(pair.proof != nullptr ? pair.proof->name : pair.opening->name, checked.error().text());
      continue;
    }
    inspection.holds(pair.opening->name, fmt::format("entry {} is in the log as shown: {} fields shown, {} hidden", pair.entry,
                                                     proven.shown.size(), proven.hidden));
    inspection.report.entries.push_back(std::move(proven));
  }
}

void check_anchor(Inspection& inspection) {
  const Part* part = inspection.bundle.find(kAnchorPart);
  if (part == nullptr)
    return inspection.notes("", "the bundle has no anchor on a chain: that nothing was rewritten is the witnesses' word");
  if (inspection.note.empty()) return;
  const auto anchored = anchored_from(part->bytes);
  if (!anchored) return inspection.fails(kAnchorPart, anchored.error().text());
  const Status consistent = check_consistency(*anchored, inspection.report.checkpoint);
  if (!consistent) return inspection.fails(kAnchorPart, consistent.error().text());
  const Checkpoint& checkpoint = inspection.report.checkpoint;
  inspection.holds(kAnchorPart, fmt::format("the tree of {} entries that was anchored and the checkpoint's of {} are one log",
                                            anchored->size, checkpoint.size));
  inspection.notes(kAnchorPart, fmt::format("that it was anchored in block {} of chain {}, contract {}, at {} is said here and not proven: "
                                            "ask a node of that chain (--nodes)",
                                            anchored->block, anchored->chain, legible(anchored->contract), time_text(anchored->time)));
  const auto later = std::ranges::count_if(inspection.report.entries, [&](const ProvenEntry& e) { return e.entry > anchored->size; });
  if (later != 0) inspection.notes(kAnchorPart, fmt::format("{} of the entries came after what was anchored", later));
}

void check_others(Inspection& inspection) {
  constexpr std::array kKnown = {kPolicyPart, kAnchorPart, kTimestampPart, kCertificatePart};
  constexpr std::array kForPeople = {kStatementPage, kStatementPaper, kVerifierPart};
  for (const Part& part : inspection.bundle.parts) {
    if (std::ranges::find(kKnown, part.name) != kKnown.end() || entry_of_part(part.name, "openings/", ".json") != 0 ||
        entry_of_part(part.name, "proofs/", ".tlog-proof") != 0)
      continue;
    if (std::ranges::find(kForPeople, part.name) == kForPeople.end())
      inspection.fails(legible(part.name), "a part that this version does not know");
    else
      inspection.notes(part.name, part.name == kVerifierPart ? "the log's own verifier; take one from a source that you trust"
                                                             : "the log's words about what is proven; by itself it proves nothing");
  }
}

}  // namespace fairway::ledger::evidence
