// An EPCIS event as an event of Fairway. docs/reference/epcis.md has the table of what goes where.
//
// Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/decoded.h"
#include "gateway/epcis/event.h"

namespace fairway::gateway::epcis {

// Adds the one event of a valid message, with its references and parties; what Fairway cannot hold is reported.
void map(CapturedEvent captured, DecodedMessage& message);

// The container number that a URI stands for, or "": BIC's own scheme, a GRAI with the number as its serial, or a URI that ends in a
// number whose check digit is right.
[[nodiscard]] std::string_view container_in(std::string_view uri);
// The paper that an item of bizTransactionList names; nullopt for types that Fairway has no reference for.
[[nodiscard]] std::optional<Reference> transaction_reference(const json::object& transaction);

// The id under which Fairway knows the event: its eventID, or its hash where it has none.
[[nodiscard]] std::string id_of(const CapturedEvent& captured);

}  // namespace fairway::gateway::epcis
