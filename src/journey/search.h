// What a person may mean by the text of a search. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "model/reference.h"

namespace fairway::journey {

// "kind:value" means just that. Bare text means each kind that it can be, the likeliest first: by its form a container, an air waybill
// or a ship; then the papers, the commonest first; then what joins no journey. Empty where the text can be no reference.
[[nodiscard]] std::vector<Reference> candidates(std::string_view text);

}  // namespace fairway::journey
