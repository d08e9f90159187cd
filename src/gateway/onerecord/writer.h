// JSON-LD out: a node as a document with the prefixes that ONE Record's own examples use, or expanded without any.
//
// A property with one value is written without an array, as JSON-LD compacts it. Literals that are no plain texts are written with their
// datatype, in the form in which they are kept, so that nothing is lost on the way through somebody's JSON numbers. Pure; any thread.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "gateway/onerecord/node.h"

namespace fairway::gateway::onerecord {

enum class Form : uint8_t { compact, expanded };

[[nodiscard]] std::string write_document(const Node& node, Form form = Form::compact);
// The node without a @context, inside other JSON.
void append_node(JsonWriter& writer, const Node& node, Form form);

}  // namespace fairway::gateway::onerecord
