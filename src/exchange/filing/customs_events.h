// Customs events: what becomes of a declaration, a bundle or a hold, as events on the journeys of what it is about.
//
// The filing's own party says it, and names the authority's channel in the role CM: containers and bills are that party's own word, and an
// authority, who vouches, must not be made to lend its name to them. It goes to whom the events name: the filing's party, the owner of the
// consignment and those who take part in it. An event is of one container and of what the goods travel under; a container that is shared
// (`PART`) is not named, for what is said of one owner's goods is not said of it. Ids follow from filing, answer and container: telling
// it twice tells it once. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "filing/life/book.h"
#include "filing/regime/regime.h"
#include "model/event.h"

namespace fairway::exchange {

// What of a consignment its filings' events say.
struct CustomsSubject {
  const filing::Record* record = nullptr;    // as the authority has it
  const filing::Regime* regime = nullptr;    // null where it is not known any more: the events then have no place
  std::vector<PartyIdentifier> recipients;   // the owner and the participants, one identifier each
  std::optional<PartyIdentifier> declarant;  // of the filing's party
};

inline constexpr std::string_view kFilingFormat = "filing";
inline constexpr size_t kCustomsDocumentsMax = 16;  // named on one event

// That the authority has been sent it.
[[nodiscard]] std::vector<Event> lodged_events(const filing::Filing& filing, const filing::Lodgement& lodgement,
                                               const CustomsSubject& subject);
// Empty for an answer that contradicts what is known, or that says nothing new of the goods.
[[nodiscard]] std::vector<Event> events_of(const filing::Filing& filing, const filing::Answer& answer, const CustomsSubject& subject);
// Of one filing of the bundle as it is now, by its state: bundled, permitted to cross, crossed, inspected, unbundled.
[[nodiscard]] std::vector<Event> events_of(const filing::Bundle& bundle, const filing::Filing& filing, const CustomsSubject& subject);

}  // namespace fairway::exchange
