// Filling and checking of one form with an evaluator at hand: what fill(), check() and make_plan() share. One thread.
#pragma once

#include <vector>

#include "filing/form/coverage.h"
#include "filing/form/draft.h"

namespace fairway::filing {

[[nodiscard]] Draft fill_form(Evaluator& evaluator, const NeededForm& form, const Overrides& overrides);
[[nodiscard]] std::vector<Finding> check_form(Evaluator& evaluator, const NeededForm& form, const Draft& draft);

// "item[2].value" of "item.value" and running number 1 (from 0).
[[nodiscard]] std::string filled_name(const FieldRow& field, uint32_t number);
// Rows of the record that the fields of a group go through, by running number.
[[nodiscard]] std::vector<uint32_t> rows_of(const Evaluator& evaluator, Group group);

}  // namespace fairway::filing
