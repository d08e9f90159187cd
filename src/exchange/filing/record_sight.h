// RecordSight: what of a consignment one viewer sees and may change.
//
//   owner        the whole record and who takes part in it; files for every regime that no participant is named for
//   participant  the fields that the forms of its own regimes are filled from, and what it gave itself; its own filings
//   operator     everything, which is noted in the access log; it changes nothing
//   others       nothing: the consignment is answered for as if it did not exist
//
// A filing is seen by its party and the operator. Values; for one request.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "exchange/filing/desk.h"
#include "filing/life/consignment.h"
#include "filing/life/filing.h"

namespace fairway::exchange {

// Who files for a regime.
[[nodiscard]] const PartyId& filer_of(const filing::Consignment& consignment, std::string_view regime);
// The regimes that the party files for, in their order.
[[nodiscard]] std::vector<std::string> regimes_of(const filing::Consignment& consignment, const PartyId& party,
                                                  const filing::Regimes& regimes);

class RecordSight {
 public:
  enum class Part : uint8_t { owner, participant, operator_ };
  // nullopt for somebody who has no part in it. Works out what the forms of a participant's regimes are filled from.
  [[nodiscard]] static Result<std::optional<RecordSight>> of(const access::Viewer& viewer, const filing::Consignment& consignment,
                                                             const filing::Regimes& regimes, const Desk& desk);

  [[nodiscard]] Part part() const { return part_; }
  [[nodiscard]] bool whole() const { return part_ != Part::participant; }
  [[nodiscard]] const PartyId& party() const { return party_; }
  // The regimes that the viewer's party files for; the operator looks at all.
  [[nodiscard]] const std::vector<std::string>& regimes() const { return regimes_; }
  [[nodiscard]] bool sees(std::string_view path, const filing::Field& field) const;
  // The record without what is not to be seen; of what others gave, a participant sees neither the document nor the person.
  [[nodiscard]] Result<filing::Record> shown(const filing::Record& record) const;

  // Code::forbidden for who may not change records at all…
  [[nodiscard]] Status may_edit() const;
  // …and for a participant's change of a field that is not its business, naming it.
  [[nodiscard]] Status may_change(const filing::Record& before, const filing::Record& after) const;

 private:
  Part part_ = Part::owner;
  PartyId party_;
  bool edits_ = false;
  std::vector<std::string> regimes_;
  std::set<std::string, std::less<>> used_;   // paths
  std::set<std::string, std::less<>> items_;  // the same without rows: "goods.hs", for rows that are new
};

// Whether the viewer sees the filing at all.
[[nodiscard]] bool sees(const access::Viewer& viewer, const filing::Filing& filing);

}  // namespace fairway::exchange
