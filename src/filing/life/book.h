// Book: consignments, filings and bundles in the store; each change is one batch: an entry of the log, the new state, and what must go with
// it (stale marks, an order to lodge). What was read is expected to be as it was: Code::conflict where somebody was faster.
//
//   entry document    a version of a consignment's record     state consignment/ID, consignments/PARTY/…, consignment-version/ID/N
//   entry filing      a step of a filing                       state filing/ID, filings/PARTY/…, filings-of/CONSIGNMENT/…
//   entry bundle      road consignments bound to a vehicle     state bundle/ID, bundles/PARTY/…
//   state outbox/CHANNEL/ID   a lodgement that waits to be sent: lodge/outbox.h
// docs/reference/log.md has the keys and bodies. Thread-safe. Errors are the store's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "filing/life/consignment.h"
#include "filing/life/filing.h"
#include "store/store.h"

namespace fairway::filing {

struct Bundle {
  std::string id;  // "bnd_…"
  PartyId party;   // the haulier
  std::string vehicle, trailer, driver;
  std::vector<std::string> filings;
  int64_t crossing_us = 0;  // when the vehicle means to be at the control point
  std::string control_point;
  std::string state;                   // "bundled", "unbundled", "crossed", "inspected", "expired"
  std::optional<int64_t> earliest_us;  // from when the authority lets it cross
  int64_t created_us = 0, changed_us = 0;
  uint64_t version = 0;
};

template <typename Item>
struct PageOf {
  std::vector<Item> items;
  std::string next;  // "" at the end
};

class Book {
 public:
  Book(store::Store& store, Env& env, const Regimes& regimes) : store_(store), env_(env), regimes_(regimes) {}

  [[nodiscard]] Result<Consignment> add(Consignment consignment, std::string_view person);
  // `change` sees the consignment as it stands and changes it; it is called again where somebody was faster. Filings that use what changed
  // become stale in the same batch.
  [[nodiscard]] Result<Consignment> change(std::string_view id, std::string_view person, const std::function<Status(Consignment&)>& change);
  [[nodiscard]] Result<std::optional<Consignment>> find_consignment(std::string_view id);
  [[nodiscard]] Result<std::optional<Record>> version_of(std::string_view id, uint64_t record_version);
  [[nodiscard]] Result<PageOf<Consignment>> consignments(const PartyId& party, std::string_view after, size_t limit);
  // Those that follow this reference.
  [[nodiscard]] Result<std::vector<std::string>> following(const Reference& reference);

  [[nodiscard]] Result<Filing> add(Filing filing, std::string_view person);
  // `step` as above; `what` names the step in the log ("confirmed", "lodgement ordered", …). A lodgement ordered goes to the outbox in the
  // same batch.
  [[nodiscard]] Result<Filing> step(std::string_view id, std::string_view what, std::string_view person,
                                    const std::function<Status(Filing&)>& step);
  [[nodiscard]] Result<std::optional<Filing>> find_filing(std::string_view id);
  [[nodiscard]] Result<std::vector<Filing>> filings_of(std::string_view consignment);
  [[nodiscard]] Result<PageOf<Filing>> filings(const PartyId& party, std::string_view after, size_t limit);

  // All of the filings or none: each must be accepted, of a road form, and in no live bundle. Code::conflict names the one that is not.
  [[nodiscard]] Result<Bundle> bundle(Bundle bundle, std::string_view person);
  [[nodiscard]] Result<Bundle> unbundle(std::string_view id, std::string_view person);
  [[nodiscard]] Result<Bundle> step_bundle(std::string_view id, std::string_view what, const std::function<Status(Bundle&)>& step);
  [[nodiscard]] Result<std::optional<Bundle>> find_bundle(std::string_view id);
  [[nodiscard]] Result<PageOf<Bundle>> bundles(const PartyId& party, std::string_view after, size_t limit);

  [[nodiscard]] store::Store& store() { return store_; }

 private:
  store::Store& store_;
  Env& env_;
  const Regimes& regimes_;
};

}  // namespace fairway::filing
