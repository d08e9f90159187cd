// The server's secret key for fingerprints of documents. Its seed is in the store, sealed by the secret file: servers on one store that
// have the same secret file have the same key, and the store's files alone give nobody the means to guess documents. Thread-safe.
#pragma once

#include <mutex>
#include <optional>

#include "access/people/vault.h"
#include "base/env.h"
#include "ledger/fingerprint/oprf.h"
#include "store/store.h"

namespace fairway::exchange {

class FingerprintKey {
 public:
  FingerprintKey(store::Store& store, access::Vault& vault, Env& env) : store_(store), vault_(vault), env_(env) {}

  // Made when it is first asked for. Code::unavailable where there is no secret file.
  [[nodiscard]] Result<ledger::oprf::KeyPair> get();

 private:
  [[nodiscard]] Result<std::string> seed();

  store::Store& store_;
  access::Vault& vault_;
  Env& env_;
  std::mutex mutex_;
  std::optional<ledger::oprf::KeyPair> key_;
};

}  // namespace fairway::exchange
