// Register: which party holds which fingerprint of a document, and what may be told of that to another: how many, and since when. Never
// who.
//
//   state "fingerprint/FINGERPRINT"            who registered it: JSON, so that of two that register at once each is told of one
//   state "fingerprints/PARTY/FINGERPRINT"     empty: a party's own list
//   state "fingerprint-count/PARTY"            how many it has: decimal
//   state "fingerprint-key"                    the seed of the server's secret key, sealed by the secret file
//   entry kind `fingerprint`                   {"action":"registered"|"withdrawn","fingerprint","kind"?,"expires"?}
//
// Any thread. Errors: the store's; Code::not_found, Code::conflict at a limit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "model/party.h"
#include "store/store.h"

namespace fairway::ledger {

// What is told of the others that hold a fingerprint; of one whose time is over nothing is told.
struct OtherHolders {
  size_t count = 0;
  int64_t first_us = 0, latest_us = 0;  // when they registered it
};

struct Registration {
  std::string fingerprint;
  std::string kind;  // of document, as the party names it: "bill_of_lading"
  int64_t registered_us = 0;
  int64_t expires_us = 0;  // 0: until it is withdrawn
  OtherHolders others;
  bool fresh = false;  // made just now
};

class FingerprintRegister {
 public:
  FingerprintRegister(store::Store& store, Env& env) : store_(store), env_(env) {}

  // Registering again changes nothing and tells what there is, but for one whose time was over: that begins anew.
  [[nodiscard]] Result<Registration> add(const PartyId& party, std::string_view fingerprint, std::string_view kind, int64_t expires_us);
  // The financing is repaid, or never came about. Code::not_found where the party holds no such fingerprint.
  [[nodiscard]] Status withdraw(const PartyId& party, std::string_view fingerprint);
  // Whether the party holds it, and what is told of others.
  struct Known {
    bool own = false;
    OtherHolders others;
  };
  [[nodiscard]] Result<Known> check(const PartyId& party, std::string_view fingerprint);

  struct Page {
    std::vector<Registration> items;
    std::string next;
  };
  // In the order of fingerprints.
  [[nodiscard]] Result<Page> list(const PartyId& party, std::string_view after, size_t limit);

 private:
  store::Store& store_;
  Env& env_;
};

}  // namespace fairway::ledger
