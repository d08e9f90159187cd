// Desk: where a consignment, the regimes and today come together: the plan of a record, and a filing filled and checked as of now.
//
// Reads only; what it works out is kept by the book. Thread-safe. Errors are the regimes' and the book's.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/env.h"
#include "filing/form/plan.h"
#include "filing/life/book.h"

namespace fairway::exchange {

class Desk {
 public:
  Desk(const filing::Regimes& regimes, Env& env) : regimes_(regimes), env_(env) {}

  // Today and now, in the regime's zone.
  [[nodiscard]] filing::Setting setting(const filing::Regime& regime) const;
  // What these regimes want of the record, with what people have laid over the filings that there are already.
  [[nodiscard]] Result<filing::Plan> plan(const filing::Record& record, std::span<const filing::Filing> filings,
                                          std::span<const std::string> regimes) const;

  // A filing of the party, filled and checked.
  [[nodiscard]] filing::Filing begin(const filing::Consignment& consignment, const filing::PlannedFiling& planned,
                                     const PartyId& party) const;
  // Fills it again from the record and checks it, alone and against the other filings of its party. A form that the record does not call
  // for any more is filled as well: its check says so.
  [[nodiscard]] Status refill(filing::Filing& filing, const filing::Consignment& consignment,
                              std::span<const filing::Filing> of_consignment) const;

 private:
  const filing::Regimes& regimes_;
  Env& env_;
};

}  // namespace fairway::exchange
