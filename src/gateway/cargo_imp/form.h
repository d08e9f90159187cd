// Form: matches one field against the form that the grammar gives it, and names its parts.
//
// Pure; any thread. The work on one field is bounded, whatever stands in it.
#pragma once

#include <string_view>
#include <vector>

namespace fairway::gateway::cargo_imp {

struct Part {
  std::string_view name;  // "" where the field is of one part
  std::string_view value;
};

// Whether `text` as a whole is of the form of that name; its parts in order, those of a repetition after each other.
[[nodiscard]] bool match_form(std::string_view form, std::string_view text, std::vector<Part>& parts);

// The forms of the grammar that cannot be read: none, which a test holds it to.
[[nodiscard]] bool is_readable_form(std::string_view form);

}  // namespace fairway::gateway::cargo_imp
