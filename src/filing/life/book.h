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
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "filing/life/consignment.h"
#include "filing/life/filing.h"
#include "filing/lodge/channel.h"
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
  std::optional<int64_t> earliest_us;  // from when it may cross: by the form's deadline, or as the authority says
  int64_t created_us = 0, changed_us = 0;
  uint64_t version = 0;
  std::vector<Finding> findings;  // what whoever bundled it was warned of
  [[nodiscard]] bool is_live() const { return state == "bundled" || state == "inspected"; }
};
// Whole, as the store keeps it.
[[nodiscard]] std::string to_json(const Bundle& bundle);
[[nodiscard]] Result<Bundle> bundle_from_json(std::string_view text);

// A version of a record, as the log tells it.
struct RecordVersion {
  uint64_t number = 0;
  int64_t at_us = 0;
  std::string person;
  std::vector<std::string> changed;  // paths; at most limits::kChangedPathsToldMax of them
  size_t changed_count = 0;
};

template <typename Item>
struct PageOf {
  std::vector<Item> items;
  std::string next;  // "" at the end
};

class Book {
 public:
  Book(store::Store& store, Env& env, const Regimes& regimes) : store_(store), env_(env), regimes_(regimes) {}
  // Who writes the letter of a lodgement that is ordered (write_letter of lodge/outbox.h). To be called before any order: without it orders
  // are refused.
  using LetterWriter = std::function<Result<Letter>(const Filing&, const Lodgement&)>;
  void set_letter_writer(LetterWriter writer) { write_letter_ = std::move(writer); }

  // Code::conflict, with the id of the other in the detail, where the owner has a consignment of this reference.
  [[nodiscard]] Result<Consignment> add(Consignment consignment, std::string_view person);
  // `change` sees the consignment as it stands and changes it; it is called again where somebody was faster. Filings that use what changed
  // become stale in the same batch.
  [[nodiscard]] Result<Consignment> change(std::string_view id, std::string_view person, const std::function<Status(Consignment&)>& change);
  [[nodiscard]] Result<std::optional<Consignment>> find_consignment(std::string_view id);
  [[nodiscard]] Result<std::optional<Record>> version_of(std::string_view id, uint64_t record_version);
  // The oldest first, after version `after`.
  [[nodiscard]] Result<std::vector<RecordVersion>> versions(std::string_view id, uint64_t after, size_t limit);
  [[nodiscard]] Result<PageOf<Consignment>> consignments(const PartyId& party, std::string_view after, size_t limit);
  // The id of the owner's consignment of that reference.
  [[nodiscard]] Result<std::optional<std::string>> named(const PartyId& owner, std::string_view reference);
  // Those that follow this reference.
  [[nodiscard]] Result<std::vector<std::string>> following(const Reference& reference);

  [[nodiscard]] Result<Filing> add(Filing filing, std::string_view person);
  // `step` as above; `what` names the step in the log ("confirmed", "lodgement ordered", …). A lodgement ordered goes to the outbox in the
  // same batch, and one that the authority has leaves it. `with` is written in that batch too (a channel's cursor); where the step changes
  // nothing it is written alone, and no entry.
  [[nodiscard]] Result<Filing> step(std::string_view id, std::string_view what, std::string_view person,
                                    const std::function<Status(Filing&)>& step, std::span<const store::StateWrite> with = {});
  [[nodiscard]] Result<std::optional<Filing>> find_filing(std::string_view id);
  // By what authorities name.
  [[nodiscard]] Result<std::optional<Filing>> find_by_lodgement(std::string_view lodgement);
  [[nodiscard]] Result<std::optional<Filing>> find_by_number(std::string_view authority, std::string_view number);
  [[nodiscard]] Result<std::vector<Filing>> filings_of(std::string_view consignment);
  [[nodiscard]] Result<PageOf<Filing>> filings(const PartyId& party, std::string_view after, size_t limit);

  // All of the filings or none: each must be accepted, of a form of the family "road-cargo", in no other bundle, and with
  // nothing held of what it carries; in time by the form's deadline. Code::conflict names the one that is not, and why.
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
  LetterWriter write_letter_;
};

// What a filing carries, as references: its containers and bills, its number, and what its consignment follows. A hold on one of them holds
// the filing.
[[nodiscard]] std::vector<Reference> carried(const Consignment& consignment, const Filing& filing);

}  // namespace fairway::filing
