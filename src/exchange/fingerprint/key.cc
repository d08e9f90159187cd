#include "exchange/fingerprint/key.h"

namespace fairway::exchange {
namespace {

constexpr const char* kState = "fingerprint-key";
constexpr std::string_view kPurpose = "fingerprints of documents";
constexpr std::string_view kInfo = "fairway-fingerprint/v1";
constexpr size_t kSeedBytes = 32;

}  // namespace

Result<ledger::oprf::KeyPair> FingerprintKey::get() {
  const std::lock_guard lock(mutex_);
  if (!key_) key_ = TRY(ledger::oprf::derive_key_pair(TRY(seed()), kInfo));
  return *key_;
}

// Of two servers that make one at the same moment both go on with the one that was written first.
Result<std::string> FingerprintKey::seed() {
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto stored = TRY(TRY(store_.snapshot())->state(kState));
    if (stored) return vault_.open(stored->value, kPurpose);
    store::Batch batch;
    batch.state.push_back({kState, TRY(vault_.seal(env_.random_bytes(kSeedBytes), kPurpose)), 0});
    const auto written = store_.commit_and_wait(std::move(batch));
    if (!written && written.error().code != Code::conflict) return std::unexpected(written.error());
  }
  const auto stored = TRY(TRY(store_.snapshot())->state(kState));
  if (!stored) return fail(Code::unavailable, "the key for fingerprints cannot be read");
  return vault_.open(stored->value, kPurpose);
}

}  // namespace fairway::exchange
