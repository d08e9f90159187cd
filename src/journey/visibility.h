// Visibility: what of an event may the viewer see, and on what ground?
//
// A party sees all of what it sent, and the operator all of everything. Of another's event a viewer sees what its part in the consignment
// gives (Insider::sees) where it is in the event's audience (audience.h), and what the grants that it holds give, each cut by what its
// giver sees of that very event. Then Sight::shows has the last word. A vessel's arrival or departure is also seen by who sees another
// party's event of a box that calls with it (calls.h). A journey past its limits is judged by the part that was read: what is not found to
// be open is closed.
//
// Audiences are what all viewers share, Visibility is one viewer's; both last for one request, or one event of a stream. LiveSight is for
// streams. Not thread-safe. Errors are the store's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "journey/audience.h"
#include "journey/sight.h"

namespace fairway::journey {

struct Look {
  Sees sees;                    // nothing: the event does not exist for the viewer
  const Held* grant = nullptr;  // the ground, where being named is not; lasts as long as the Visibility
  [[nodiscard]] bool sees_something() const { return !sees.nothing(); }
};

// Takes out of the event what is not seen at this look; true where something was taken.
bool redact(Event& event, const Look& look, const Sight& sight);

class Visibility {
 public:
  Visibility(Audiences& audiences, const Sight& sight) : audiences_(audiences), sight_(sight) {}

  // By the references that the event itself names.
  [[nodiscard]] Result<Look> look(const LocatedPtr& event);
  // The same, and for transport events by the boxes on their voyage.
  [[nodiscard]] Result<Look> look(const Event& event, const PartyId& sender, Position position);
  // Whether the viewer sees this reference on an event that it looks at so.
  [[nodiscard]] bool shows_reference(const Look& look, ReferenceKind kind, std::string_view value) const;

 private:
  static constexpr int kGiversMax = 4;         // one behind the other
  static constexpr int kGiversAskedMax = 500;  // for one event
  Result<Look> look_of_viewer(const LocatedPtr& event);
  Result<Look> look_of(const PartyId& party, const EventHead& event, const AudiencePtr& audience, int givers);
  Result<const std::vector<Held>*> held(const PartyId& party, const AudiencePtr& audience);

  Audiences& audiences_;
  const Sight& sight_;
  std::optional<Insider> viewer_;  // once asked for; empty where it is not registered
  int givers_asked_ = 0;
  std::unordered_map<Position, Look> looks_;
  std::unordered_map<std::string, std::pair<AudiencePtr, std::vector<Held>>> held_;  // by party and audience
};

// For a stream: follows the log event by event and answers for any number of viewers of the event it stands at. Keeps the heads of the
// references in use, at most `references_kept` of them, current from the events themselves instead of reading them again.
class LiveSight {
 public:
  explicit LiveSight(size_t references_kept = 65'536) : references_kept_(references_kept) {}

  // Every event entry must be given, in log order; `snapshot` sees it already and outlives the questions about it.
  void advance(store::Snapshot& snapshot, const Event& event, const PartyId& sender, Position position);
  // What the viewer sees of the event last given; the rule of all who ask is the same.
  struct Seen {
    Sees sees;
    std::optional<Held> grant;  // the ground, where being named is not
  };
  [[nodiscard]] Result<Seen> look(const Sight& sight);
  [[nodiscard]] size_t scans() const { return terms_ ? terms_->scans() : 0; }

 private:
  size_t references_kept_;
  std::unique_ptr<Terms> terms_;
  std::unique_ptr<Audiences> audiences_;
  Event event_;
  PartyId sender_;
  Position position_ = 0;
};

// An event as the graph holds it, for asking about it.
[[nodiscard]] LocatedPtr located(const Event& event, const PartyId& sender, Position position);

}  // namespace fairway::journey
