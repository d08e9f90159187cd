// The namespaces of ONE Record, and full and short names of what is in them. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace fairway::gateway::onerecord {

inline constexpr std::string_view kCargo = "https://onerecord.iata.org/ns/cargo#";
inline constexpr std::string_view kApi = "https://onerecord.iata.org/ns/api#";
inline constexpr std::string_view kCodeLists = "https://onerecord.iata.org/ns/code-lists/";
inline constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

[[nodiscard]] std::string cargo(std::string_view name);
[[nodiscard]] std::string api(std::string_view name);
[[nodiscard]] std::string xsd(std::string_view name);

// What stands after the last '#', or else '/', or else ':' of an IRI: the code of a code list's element, the name of a class.
[[nodiscard]] std::string_view local_name(std::string_view iri);
// "cargo:Piece" for what is in one of the two ontologies, the IRI as it is for the rest.
[[nodiscard]] std::string compact(std::string_view iri);
// The namespace that a name of the API's or the cargo ontology belongs to, for names that came without one.
[[nodiscard]] std::string_view namespace_of_class(std::string_view name);

// Whether values of the datatype are literals of XML Schema, and not links.
[[nodiscard]] bool is_xsd(std::string_view datatype);
// Whether `text` is a form that the datatype of XML Schema has; true for datatypes that are not known here.
[[nodiscard]] bool is_form_of(std::string_view datatype, std::string_view text);
// Whether two forms are the same value of the datatype: 20 and 20.0 are one double.
[[nodiscard]] bool same_value(std::string_view datatype, std::string_view a, std::string_view b);

}  // namespace fairway::gateway::onerecord
