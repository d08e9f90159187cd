// A small log in memory, with witnesses, that evidence is made of.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "ledger/commitment.h"
#include "ledger/evidence/bundle.h"
#include "ledger/evidence/verify.h"
#include "ledger/merkle.h"
#include "ledger/note.h"
#include "ledger/policy.h"
#include "ledger/proof.h"
#include "unit/ledger/support.h"

namespace fairway::ledger::evidence_test {

inline constexpr uint64_t kSeenS = 1'795'464'000;  // what the first witness's clock says

class SmallLog {
 public:
  explicit SmallLog(size_t entries = 11, const std::string& origin = "port.example/ledger") : origin_(origin) {
    signer_ = *make_signer(origin, SignatureKind::ed25519, std::string(32, 'L'));
    for (const char* name : {"carriers", "terminals", "customs"})
      witnesses_.push_back(*make_signer(std::string(name) + ".example/w", SignatureKind::cosignature, std::string(32, name[1])));
    for (size_t i = 0; i < entries; ++i) add(i + 1);
  }

  [[nodiscard]] std::string policy_text() const {
    std::string text = "log " + to_text(signer_->key()) + " https://port.example/ledger\n";
    const char* const names[] = {"carriers", "terminals", "customs"};
    for (size_t i = 0; i < witnesses_.size(); ++i) text += std::string("witness ") + names[i] + " " + to_text(witnesses_[i]->key()) + "\n";
    return text + "group all 2 carriers terminals customs\nquorum all\n";
  }
  [[nodiscard]] Policy policy() const { return *policy_from(policy_text()); }

  [[nodiscard]] Checkpoint checkpoint(uint64_t size) const { return {origin_, size, *root_of(size, nodes()), {}}; }
  // Signed by the log and by so many witnesses, a minute after each other.
  [[nodiscard]] std::string note(uint64_t size, size_t witnesses = 3) const {
    Note note{to_text(checkpoint(size)), {}};
    note.signatures.push_back(*signer_->sign(note.text, 0));
    for (size_t i = 0; i < witnesses; ++i) note.signatures.push_back(*witnesses_[i]->sign(note.text, kSeenS + 60 * i));
    return to_text(note);
  }
  [[nodiscard]] Proof proof(Position entry, const std::string& note, uint64_t size) const {
    return {leaves_.at(entry - 1), entry - 1, *inclusion_proof(entry - 1, size, nodes()), note};
  }
  // Every field but those whose path is among `hidden`.
  [[nodiscard]] Opening opening(Position entry, const std::vector<std::string>& hidden = {}) const {
    const Entry& record = entries_.at(entry - 1);
    std::vector<bool> shown;
    for (const Field& field : fields_of(record)) shown.push_back(std::ranges::find(hidden, field.path) == hidden.end());
    return open(record, salts_.at(entry - 1), shown);
  }
  [[nodiscard]] evidence::Contents contents(const std::vector<Position>& entries, const std::vector<std::string>& hidden = {}) const {
    evidence::Contents contents{origin_, "2026-11-23T20:00:00Z", "equipment:CSQU3054383", policy_text(), {}, {}, {}};
    const std::string signed_note = note(entries_.size());
    for (const Position entry : entries) {
      contents.openings.push_back(opening(entry, hidden));
      contents.proofs.push_back(proof(entry, signed_note, entries_.size()));
    }
    return contents;
  }
  [[nodiscard]] const Signer& signer() const { return *signer_; }
  [[nodiscard]] uint64_t size() const { return entries_.size(); }
  [[nodiscard]] NodeReader nodes() const { return nodes_.reader(); }

 private:
  void add(Position position) {
    Entry entry{
        position, EntryKind::event, "pty_7k2m9q4xwa", 1'795'422'000'000'000 + static_cast<int64_t>(position),
        R"({"eventID":"e)" + std::to_string(position) +
            R"(","milestone":"discharged","occurred":{"instant":"2026-01-09T14:12:56Z","zone":"stated"},"references":[{"kind":"equipment","value":"CSQU3054383"},)"
            R"({"kind":"booking","value":"2600001111"}],"place":{"UNLocationCode":"HKHKG","latitude":22.3},"remark":"sugar"})"};
    salts_.emplace_back(32, static_cast<char>(position));
    leaves_.push_back(commit_to(entry, salts_.back()));
    range_.append(leaf_hash(leaves_.back()), [this](NodeId id, const Hash& hash) { nodes_.put(id, hash); });
    entries_.push_back(std::move(entry));
  }

  std::string origin_;
  std::unique_ptr<Signer> signer_;
  std::vector<std::unique_ptr<Signer>> witnesses_;
  std::vector<Entry> entries_;
  std::vector<std::string> salts_, leaves_;
  MemoryNodes nodes_;
  CompactRange range_;
};

inline std::string failures(const evidence::Report& report) {
  std::string out;
  for (const evidence::Finding& finding : report.findings)
    if (finding.verdict == evidence::Verdict::fails) out += finding.part + ": " + finding.text + "\n";
  return out;
}

}  // namespace fairway::ledger::evidence_test
