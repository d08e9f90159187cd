#include "store/admission.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/limits.h"

namespace fairway::store {
namespace {

Status within(std::string_view what, size_t size, size_t size_max) {
  if (size <= size_max) return {};
  return fail(Code::too_large, std::string(what) + " is too large for the store",
              std::to_string(size) + ", at most " + std::to_string(size_max));
}

// Of two terms with one key the later value stands, at the place of the earlier.
void keep_last_of_each_key(std::vector<Term>& terms) {
  constexpr size_t kFewTerms = 16;  // so few are compared faster than hashed
  size_t kept = 0;
  std::unordered_map<std::string_view, size_t> places;
  if (terms.size() > kFewTerms) places.reserve(terms.size());
  for (Term& term : terms) {
    size_t place = kept;
    if (terms.size() > kFewTerms) {
      const auto found = places.find(term.key);
      if (found != places.end()) place = found->second;
    } else {
      const auto same_key = [&](const Term& earlier) { return earlier.key == term.key; };
      place = static_cast<size_t>(std::find_if(terms.begin(), terms.begin() + static_cast<ptrdiff_t>(kept), same_key) - terms.begin());
    }
    if (place < kept) {
      terms[place].value = std::move(term.value);
      continue;
    }
    if (&terms[kept] != &term) terms[kept] = std::move(term);
    if (terms.size() > kFewTerms) places.emplace(terms[kept].key, kept);
    ++kept;
  }
  terms.resize(kept);
}

Result<size_t> admit_entry(NewEntry& entry) {
  TRY_OK(within("the body", entry.body.size(), limits::kEntryBodyBytesMax));
  TRY_OK(within("the party", entry.party.size(), limits::kIdentifierBytesMax));
  TRY_OK(within("the identity", entry.identity.size(), limits::kIdentityBytesMax));
  TRY_OK(within("the digest", entry.digest.size(), limits::kIdentityDigestBytesMax));
  TRY_OK(within("the number of terms", entry.terms.size(), limits::kTermsPerEntryMax));
  size_t bytes = sizeof(NewEntry) + entry.body.size() + entry.party.size() + entry.identity.size() + entry.digest.size();
  for (const Term& term : entry.terms) {
    if (term.key.empty()) return fail(Code::invalid, "a term needs a key");
    TRY_OK(within("the key of a term", term.key.size(), limits::kTermKeyBytesMax));
    TRY_OK(within("the value of a term", term.value.size(), limits::kTermValueBytesMax));
    bytes += sizeof(Term) + term.key.size() + term.value.size();
  }
  keep_last_of_each_key(entry.terms);
  return bytes;
}

Result<size_t> admit_state(const StateWrite& write) {
  if (write.key.empty()) return fail(Code::invalid, "a state write needs a key");
  TRY_OK(within("the key of a state", write.key.size(), limits::kStateKeyBytesMax));
  const size_t value_bytes = write.value.has_value() ? write.value->size() : 0;
  TRY_OK(within("the value of a state", value_bytes, limits::kStateValueBytesMax));
  return sizeof(StateWrite) + write.key.size() + value_bytes;
}

Result<size_t> admit_erasure(const Erasure& erasure) {
  TRY_OK(within("the body", erasure.left.body.size(), limits::kEntryBodyBytesMax));
  TRY_OK(within("the party", erasure.left.party.size(), limits::kIdentifierBytesMax));
  size_t bytes = sizeof(Erasure) + erasure.left.body.size() + erasure.left.party.size();
  for (const std::vector<std::string>* keys : {&erasure.terms, &erasure.identities})
    for (const std::string& key : *keys) bytes += sizeof(std::string) + key.size();
  return bytes;
}

}  // namespace

Result<size_t> admit(Batch& batch) {
  TRY_OK(within("the number of entries", batch.entries.size(), limits::kEntriesPerBatchMax));
  TRY_OK(within("the number of state writes", batch.state.size(), limits::kStateWritesPerBatchMax));
  TRY_OK(within("the number of erasures", batch.erasures.size(), limits::kEntriesPerBatchMax));
  size_t bytes = sizeof(Batch);
  for (NewEntry& entry : batch.entries) bytes += TRY(admit_entry(entry));
  for (const StateWrite& write : batch.state) bytes += TRY(admit_state(write));
  for (const Erasure& erasure : batch.erasures) bytes += TRY(admit_erasure(erasure));
  TRY_OK(within("the batch", bytes, limits::kBatchBytesMax));
  return bytes;
}

}  // namespace fairway::store
