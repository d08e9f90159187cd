// Cargo-XML: the messages of air cargo as XML (XFWB, XFZB, XFSU, XFFM, XFBL), read.
//
// A document is one message, known by its root element and its namespace. No document type definitions, no entities but XML's own; size,
// depth and counts are bounded by base/limits.h. Lenient: prefixes, versions and elements that are not known are reported with their path.
// Pure; any thread.
#pragma once

#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::cargo_xml {

// Whether the input begins as a message of Cargo-XML does: by its root element in a namespace of IATA's.
[[nodiscard]] bool begins_cargo_xml(std::string_view bytes);

// Gives the message to `sink`. Code::invalid where the input is not XML or has a DTD, Code::too_large past the limits, Code::unsupported
// where it is something else than Cargo-XML.
[[nodiscard]] Status decode_cargo_xml(std::string_view bytes, const Context& context, const MessageSink& sink);

// One JSON line: every element under the standard's name, attributes behind "@". The same errors.
[[nodiscard]] Status raw_cargo_xml(std::string_view bytes, const Context& context, const LineSink& sink);

}  // namespace fairway::gateway::cargo_xml
