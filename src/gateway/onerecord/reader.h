// JSON-LD in: a document in its compact, expanded or flattened form becomes nodes.
//
// What ONE Record uses of JSON-LD 1.1 is understood: @context in the document, @id, @type, @value with @type or @language, @set, @list (as
// a set), @graph. Members without a full name say nothing in linked data and are left out. Each deviation is reported with its place. Pure
// functions; any thread. Errors: Code::invalid for what is no JSON-LD, Code::unsupported for a remote context, Code::too_large past limits.
#pragma once

#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/decoded.h"
#include "gateway/onerecord/node.h"

namespace fairway::gateway::onerecord {

struct Document {
  std::vector<Node> nodes;  // those at the top: one, or all of a flattened document
  std::vector<Diagnostic> diagnostics;
};

[[nodiscard]] Result<Document> read_document(std::string_view text);

// The one object that the document is about: of a flattened document the one that no other links to, with the others put where they are
// linked from. Code::invalid where there is none, or more than one.
[[nodiscard]] Result<Node> root_of(Document document);
// Both at once, for bodies of requests.
[[nodiscard]] Result<Node> read_object(std::string_view text);

}  // namespace fairway::gateway::onerecord
