// What filings look like in answers: whole for who works on one, short in lists. docs/reference/filing.md has the members. Thread-safe as
// the services are.
#pragma once

#include <string>
#include <vector>

#include "exchange/services.h"
#include "filing/life/filing.h"

namespace fairway::exchange {

// The groups of a draft's fields, each once, in the order of the form.
[[nodiscard]] std::vector<std::string> groups_of(const filing::Draft& draft);
// {"id","consignment","party","key",…,"state","stale","late","groups":[…],"fields":[…],"findings":[…],"lodgements":[…],"answers":[…]}
[[nodiscard]] std::string whole_json(Services& services, const filing::Filing& filing);
// The same without fields, lodgements and answers: with the counts of findings and of what is missing, and the next step.
[[nodiscard]] std::string short_json(Services& services, const filing::Filing& filing);

// What somebody has to do next: "mend", "check", "confirm", "lodge", "amend", "answer", "wait", "pay"; "" where it is done.
[[nodiscard]] std::string_view next_step(const filing::Filing& filing);
// Smaller comes first in a work-list that shows what needs somebody: refused and asked, late, stale, what is to be done, what waits.
[[nodiscard]] int attention(const filing::Filing& filing, int64_t now_us);
[[nodiscard]] bool is_late(const filing::Filing& filing, int64_t now_us);

}  // namespace fairway::exchange
