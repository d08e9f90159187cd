// Sight: what access decides, as a journey asks it. A journey asks nobody else, and knows of parties only what stands here.
//
// Rule is the same for all viewers, Sight is one viewer's. Both must give the same answers throughout one request. Implementations are
// asked from one thread at a time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "journey/index.h"
#include "model/party.h"
#include "model/sees.h"
#include "store/store.h"

namespace fairway::journey {

// A party as the rule knows it.
struct Insider {
  PartyId party;
  Sees sees;               // of a consignment that it is named on
  Sees most;               // and the most that grants can add to
  bool passes_on = false;  // what it sees may go on to those whom it names itself
  bool vouches = false;    // its word counts for who has a part in a consignment of which others speak without saying to whom
};

// A grant in force. What it gives is cut by what the giver sees; a legal basis is its own ground.
struct Held {
  std::string id;
  PartyId from;
  Sees sees;
  bool lawful = false;
  bool sealed = false;  // its use is told later; a journey hands this and the purpose along
  std::string purpose;
  // Where the grant is of containers only: then it is of these, and of papers and vessels, but not of the other boxes of the booking.
  std::vector<std::string> boxes;
};

class Rule {
 public:
  virtual ~Rule() = default;
  // The party that documents know under this name (name_hash() of model/party.h); none where nobody here is called so.
  [[nodiscard]] virtual Result<std::optional<Insider>> by_name(store::Snapshot& snapshot, uint64_t name) = 0;
  // None for one that is not registered.
  [[nodiscard]] virtual Result<std::optional<Insider>> by_id(store::Snapshot& snapshot, const PartyId& party) = 0;
  // What the party holds of these references, and from these parties of whatever they have a part in.
  [[nodiscard]] virtual Result<std::vector<Held>> held(store::Snapshot& snapshot, const PartyId& party,
                                                       std::span<const HeadReference> references, std::span<const PartyId> insiders) = 0;
};

class Sight {
 public:
  virtual ~Sight() = default;
  [[nodiscard]] virtual Rule& rule() const = 0;
  [[nodiscard]] virtual const PartyId& viewer() const = 0;
  // The operator.
  [[nodiscard]] virtual bool sees_everything() const = 0;
  // Whether one who sees so much of a consignment is shown this event of it at all.
  [[nodiscard]] virtual bool shows(Sees sees, const EventHead& event) const = 0;
  [[nodiscard]] virtual bool shows_reference(Sees sees, ReferenceKind kind) const = 0;
  // Takes out of the event what is not to be seen; true where something was taken.
  virtual bool redact(Event& event, Sees sees) const = 0;

  // Its own events, and the operator's sight, need no ground.
  [[nodiscard]] bool sees_sender(const PartyId& sender) const { return sees_everything() || sender == viewer(); }
};

}  // namespace fairway::journey
