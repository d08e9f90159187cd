// Graph: a tree of nodes taken apart into flat nodes that link to each other, and put together again.
//
// An embedded object is one that has no address of its own: its id is a blank node ("_:…") or an internal one ("internal:…"). Each node of
// a taken-apart tree has an id. Pure; any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/onerecord/node.h"

namespace fairway::gateway::onerecord {

using MakeId = std::function<std::string()>;

[[nodiscard]] bool is_blank(std::string_view id);     // "_:b0"
[[nodiscard]] bool is_embedded(std::string_view id);  // blank, or "internal:…"

// Gives every node below the root that has no id, or a blank one, an id of the server's own, so that a change can name it.
void name_embedded(Node& root, const MakeId& make_id);

// The nodes of the tree by their ids, each without the others in it. A link to an object outside stays a link. The root needs an id, and
// name_embedded() has been there.
using Flat = std::map<std::string, Node, std::less<>>;
[[nodiscard]] Flat take_apart(const Node& root);
// The tree under `root`, with embedded objects put where they are first linked from, at most limits::kJsonDepthMax deep (Code::too_large).
[[nodiscard]] Result<Node> put_together(const Flat& flat, const std::string& root);

// The one tree that flat nodes in any order make. Code::invalid where not exactly one of them is linked to by no other.
[[nodiscard]] Result<Node> nest(std::vector<Node> nodes);

}  // namespace fairway::gateway::onerecord
