// Change: what a PATCH of a logistics object asks for, as triples to take out and to put in (api:Change), and its application.
//
// A change is applied whole or not at all: first everything that is deleted, then everything that is added, whatever their order in the
// request. Adding what is there already changes nothing. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/onerecord/graph.h"
#include "gateway/onerecord/node.h"

namespace fairway::gateway::onerecord {

struct Operation {
  bool adds = false;  // otherwise it deletes
  std::string subject, property;
  struct Object {
    std::string datatype, value;
  };
  std::vector<Object> objects;  // at least one
};

struct Change {
  std::string logistics_object;  // the address that it names
  std::string description;
  uint64_t revision = 0;  // that it was made for
  bool notify = false;    // the requester wants to hear of the decision
  std::vector<Operation> operations;
};

// From an api:Change. Code::invalid names the operation that is none: an unknown op, a member that is missing, a value that its datatype
// does not have, and what no change may touch (events, types, the API's own properties).
[[nodiscard]] Result<Change> change_from(const Node& node);

// The object after the change. `object` has an id, and name_embedded() has been there; `make_id` names the embedded objects that the change
// adds. Code::conflict says which operation cannot be done: it deletes what is not there, or its subject is no part of the object.
[[nodiscard]] Result<Node> apply(const Node& object, const Change& change, const MakeId& make_id);

// The properties of the object itself that differ, for notifications.
[[nodiscard]] std::vector<std::string> changed_properties(const Node& before, const Node& after);

}  // namespace fairway::gateway::onerecord
