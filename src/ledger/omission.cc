// judge_omission of receipt.h.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/instant.h"
#include "ledger/receipt.h"

namespace fairway::ledger {
namespace {

constexpr std::array<std::string_view, 4> kHonours = {"honoured", "not yet due", "broken", "undecidable"};
constexpr int64_t kSecondUs = 1'000'000;
constexpr uint64_t kYear2200 = 7'258'118'400;  // RFC 3339 as base/instant.h writes it goes no further

std::string when(uint64_t seconds) {
  return seconds < kYear2200 ? to_rfc3339_utc(static_cast<int64_t>(seconds) * kSecondUs) : std::to_string(seconds) + " s";
}

Judgement judge_missing(const PromisedEntry& entry, const ReceiptTerms& terms, const Witnessed& witnessed) {
  const std::string size = "the tree had " + std::to_string(witnessed.checkpoint.size) + " entries";
  const uint64_t seen_s = witnessed.median_time_s();
  if (seen_s == 0) return {Honour::undecidable, entry.entry, size + ", but no witness says when"};
  const std::string due = ", and the entry was due by " + when(terms.by_s);
  if (seen_s <= terms.by_s) return {Honour::not_yet_due, entry.entry, size + " at " + when(seen_s) + due};
  return {Honour::broken, entry.entry, size + " still at " + when(seen_s) + due};
}

Judgement judge_entry(const PromisedEntry& entry, const ReceiptTerms& terms, const Witnessed& witnessed,
                      std::span<const ProvenEntry> proven) {
  if (witnessed.checkpoint.size < entry.entry) return judge_missing(entry, terms, witnessed);
  const auto found = std::ranges::find(proven, entry.entry, &ProvenEntry::entry);
  if (found == proven.end())
    return {Honour::undecidable, entry.entry, "the tree reaches the entry: only its proof and opening show what is there"};
  if (!found->digest) return {Honour::undecidable, entry.entry, "the opening of the entry does not show all of it"};
  if (*found->digest != entry.digest) return {Honour::broken, entry.entry, "another entry is in the place that was promised"};
  return {Honour::honoured, entry.entry, "the entry is in the tree as it was promised"};
}

// What weighs more than what, where entries of one receipt fare differently.
constexpr std::array kWeights = {Honour::broken, Honour::undecidable, Honour::not_yet_due};

}  // namespace

std::string_view name(Honour honour) { return kHonours.at(static_cast<size_t>(honour)); }

Judgement judge_omission(const Receipt& receipt, const ReceiptTerms& terms, const Witnessed& witnessed,
                         std::span<const ProvenEntry> proven) {
  if (witnessed.checkpoint.origin != terms.origin)
    return {Honour::undecidable, 0, "the checkpoint is of another log: " + legible(witnessed.checkpoint.origin)};
  std::vector<Judgement> judgements;
  judgements.reserve(receipt.promise.entries.size());
  for (const PromisedEntry& entry : receipt.promise.entries) judgements.push_back(judge_entry(entry, terms, witnessed, proven));
  for (const Honour honour : kWeights)
    if (const auto found = std::ranges::find(judgements, honour, &Judgement::honour); found != judgements.end()) return *found;
  return {Honour::honoured, 0, "every entry is in the tree as it was promised"};
}

}  // namespace fairway::ledger
