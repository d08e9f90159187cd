// Receipt: the log's signed promise that what was submitted is in its tree by a time, and the judgement of whether the promise was kept.
// A log that leaves an entry out, or puts another in its place, is convicted by its own receipt and a checkpoint that witnesses cosigned.
//
// Receipts that are asked for together are signed together: their promises are the leaves of a small tree (merkle.h) of 2^n leaves, and
// the root of it is in one note (docs/reference/ledger.md, "Receipts"). Values; any thread. Errors: Code::invalid for a text that is no
// receipt, Code::forbidden for one that does not hold.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/commitment.h"
#include "ledger/merkle.h"
#include "ledger/note.h"
#include "ledger/policy.h"
#include "model/entry.h"

namespace fairway::ledger {

// SHA-256 over the fields of an entry without their salts. Whoever is shown all of an entry can work it out.
[[nodiscard]] Hash entry_digest(std::span<const Field> fields);
[[nodiscard]] Hash entry_digest(const Entry& entry);
// nullopt where a field is not shown.
[[nodiscard]] std::optional<Hash> entry_digest(const Opening& opening);

struct PromisedEntry {
  Position entry = 0;
  std::string event;  // the event's id as its sender knows it; "" of a message's own entry
  Hash digest{};
  friend bool operator==(const PromisedEntry&, const PromisedEntry&) = default;
};
struct Promise {
  std::string party;                   // who submitted
  Hash sent{};                         // SHA-256 of what was submitted, unpacked
  std::vector<PromisedEntry> entries;  // 1 to kPromisedEntriesMax
  friend bool operator==(const Promise&, const Promise&) = default;
};
inline constexpr size_t kPromisedEntriesMax = 10'000;

struct Receipt {
  Promise promise;
  uint64_t index = 0;      // of the promise among those that were signed together
  std::vector<Hash> path;  // up to the root that is signed: of n hashes in a tree of 2^n leaves
  std::string note;        // signed
};
// One text, one spelling: reading refuses what writing would not give.
[[nodiscard]] std::string to_json(const Promise& promise);
[[nodiscard]] std::string to_json(const Receipt& receipt);
[[nodiscard]] Result<Receipt> receipt_from_json(std::string_view text);

// What the note of a receipt says.
struct ReceiptTerms {
  std::string origin;
  Hash root{};
  uint64_t by_s = 0;  // seconds since 1970: no later than then
};
[[nodiscard]] std::string to_text(const ReceiptTerms& terms);
// The tree over promises: signs its root, and gives each promise its receipt. `promises` is not empty.
[[nodiscard]] Result<std::vector<Receipt>> sign_receipts(std::vector<Promise> promises, uint64_t by_s, const Signer& signer);

// That the log of this key has promised it.
[[nodiscard]] Result<ReceiptTerms> verify_receipt(const Receipt& receipt, const VerifierKey& key);

enum class Honour : uint8_t {
  honoured,     // every entry is proven at its place
  not_yet_due,  // the tree was smaller at a time before it was due
  broken,       // the tree was smaller after it was due, or has another entry in the place
  undecidable,
};
[[nodiscard]] std::string_view name(Honour honour);  // "honoured", "not yet due", "broken", "undecidable"

// An entry that is proven to be in the tree of the witnessed checkpoint.
struct ProvenEntry {
  Position entry = 0;
  std::optional<Hash> digest;  // entry_digest of its opening; nullopt where that does not show all of it
};
struct Judgement {
  Honour honour = Honour::undecidable;
  Position entry = 0;  // the entry that settled it; 0: all of them
  std::string why;     // one sentence
};
// `terms` are those that verify_receipt gave, `witnessed` what verify_checkpoint or verify of proof.h gave.
[[nodiscard]] Judgement judge_omission(const Receipt& receipt, const ReceiptTerms& terms, const Witnessed& witnessed,
                                       std::span<const ProvenEntry> proven);

}  // namespace fairway::ledger
