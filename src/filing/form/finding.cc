#include "filing/form/finding.h"

namespace fairway::filing {

std::string_view name(Weight weight) { return weight == Weight::warning ? "warning" : "blocking"; }

}  // namespace fairway::filing
