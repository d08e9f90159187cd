// Coverage: which forms of a regime a consignment needs, on which leg, for which goods lines, by the tables of which day. Pure.
#pragma once

#include <string>
#include <vector>

#include "filing/form/compiled.h"
#include "filing/form/evaluator.h"

namespace fairway::filing {

struct NeededForm {
  const Form* form = nullptr;
  uint32_t leg = 0;               // from 1; 0: of the consignment
  std::string day;                // of which the tables count: of what the clock counts from, today where that is not known
  std::vector<uint32_t> covered;  // goods lines, from 0
};

// In the order of forms.csv. Of a family each goods line is covered once (on each leg, where the forms are of a leg): by the first form
// whose items_when holds for it, or by the first without items_when.
[[nodiscard]] std::vector<NeededForm> needed_forms(Evaluator& evaluator);

// The form by its key, whether it is needed or not. Code::not_found where the regime does not have it, or the consignment not the leg.
[[nodiscard]] Result<NeededForm> form_at(Evaluator& evaluator, const FormKey& key);

// Makes the evaluator ready for this form.
void enter(Evaluator& evaluator, const NeededForm& form);

}  // namespace fairway::filing
