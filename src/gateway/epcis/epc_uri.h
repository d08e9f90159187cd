// EPC URIs: whether one is well-formed, and the canonical GS1 Digital Link URI of everything that identifies the same thing.
//
// EPC Tag Data Standard 1.13 section 6 (URN forms), GS1 Digital Link 1.2 sections 4.10 and 4.11. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::gateway::epcis {

// A URI as RFC 3986 means it, as far as a message needs it: a scheme, ':' and something after it, no blanks, no control characters.
[[nodiscard]] bool is_uri(std::string_view text);

enum class EpcForm : uint8_t {
  not_epc,    // a URI that is no EPC: valid, and kept as it is
  valid,      // an EPC, EPC class or pattern URN, or a Digital Link URI of a GS1 key
  malformed,  // begins like one of these and is not
};
[[nodiscard]] EpcForm epc_form(std::string_view uri);

// The constrained canonical Digital Link URI: https://id.gs1.org, application identifiers as numbers, the finest level of
// identification alone, no query. nullopt where the URI identifies nothing by a GS1 key.
[[nodiscard]] std::optional<std::string> digital_link(std::string_view uri);

// The same where there is one, the URI itself otherwise: two spellings of one identifier have one.
[[nodiscard]] std::string canonical_uri(std::string_view uri);

// The check digit of GS1 keys over any number of digits (GS1 General Specifications 7.9).
[[nodiscard]] char gs1_check_digit(std::string_view digits);

}  // namespace fairway::gateway::epcis
