// Identifiers with check digits, and addresses that are none: what the rules of a regime ask about a text. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace fairway::filing {

[[nodiscard]] bool is_container_number(std::string_view text);  // ISO 6346: owner, U, J or Z, serial number and check digit
// GB 32100-2015: 18 characters without I O S V Z, weights 3^i, mod 31.
[[nodiscard]] bool is_unified_social_credit_code(std::string_view text);
[[nodiscard]] bool is_air_waybill(
    std::string_view text);  // three digits and eight, with or without a hyphen; the last is the first seven mod 7
[[nodiscard]] bool is_imo_number(std::string_view text);   // seven digits, with or without "IMO"
[[nodiscard]] bool is_post_box(std::string_view address);  // "P.O. Box 12", "GPO Box 12", "郵政信箱 12 號"

// Whether a text is written as a pattern: 9 stands for a digit, A for a letter, X for either (ASCII capitals), the rest for itself.
[[nodiscard]] bool has_shape(std::string_view text, std::string_view pattern);

// Characters of a text as customs count them: those outside of ASCII count two.
[[nodiscard]] size_t counted_length(std::string_view text);

}  // namespace fairway::filing
