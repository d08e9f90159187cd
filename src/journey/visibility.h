// Visibility: is this event on a journey that the viewer may see?
//
// The rule is Sight's. An event that the viewer did not send is visible when its journey is open: some event on it opens it, and still
// does when the viewer's own events are left out of the joining. A vessel's arrival or departure is visible when it belongs to
// a call (calls.h) of an open journey. A journey past its limits is judged by the part that was read: what is not found to be open is
// closed.
//
// Audiences are what all viewers share, Visibility is one viewer's; both last for one request, or one event of a stream. LiveSight is for
// streams. Not thread-safe. Errors are the store's.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "journey/graph.h"
#include "journey/sight.h"

namespace fairway::journey {

// Who sent the events of a journey and whom they name.
struct Audience {
  std::vector<PartyId> senders;     // ascending, each once
  std::vector<LocatedPtr> namings;  // one event for each sender and set of parties that it names
  [[nodiscard]] bool opens_to(const Sight& sight) const;
  [[nodiscard]] bool sent_by(const Sight& sight) const;
  void add(const std::vector<LocatedPtr>& events);
};
using AudiencePtr = std::shared_ptr<const Audience>;

class Audiences {
 public:
  // As the log stood at `as_of`.
  explicit Audiences(Terms& terms, Position as_of = UINT64_MAX);

  [[nodiscard]] Result<AudiencePtr> of(const LocatedPtr& event);
  // The boxes' events of the calls that a transport event belongs to, and the audience of their journeys together.
  struct CallAudience {
    std::vector<LocatedPtr> events;
    Audience audience;
  };
  [[nodiscard]] Result<std::shared_ptr<const CallAudience>> of_call(const Event& event);
  [[nodiscard]] Terms& terms() { return terms_; }
  [[nodiscard]] Graph::Filter until_then() const;

 private:
  Terms& terms_;
  Position as_of_;
  Graph graph_;
  std::unordered_map<std::string, AudiencePtr> known_;  // by node
  std::unordered_map<std::string, std::shared_ptr<const CallAudience>> calls_;
  std::unordered_map<std::string, std::shared_ptr<const std::vector<LocatedPtr>>> voyages_;
};

class Visibility {
 public:
  Visibility(Audiences& audiences, const Sight& sight);

  // By the references that the event itself names.
  [[nodiscard]] Result<bool> visible(const LocatedPtr& event);
  // Whether its whole journey is visible, whoever sent it.
  [[nodiscard]] Result<bool> open(const LocatedPtr& event);
  // The same, and for transport events by the boxes on their voyage.
  [[nodiscard]] Result<bool> visible(const Event& event, const PartyId& sender, Position position);

 private:
  // Open with the viewer's own events left out.
  Result<bool> open_without_own(const LocatedPtr& event);

  Audiences& audiences_;
  const Sight& sight_;
  Graph others_;
  std::unordered_map<std::string, bool> open_;  // by node of others_
};

// For a stream: follows the log event by event and answers for any number of viewers of the event it stands at. Keeps the heads of the
// references in use, at most `references_kept` of them, current from the events themselves instead of reading them again.
class LiveSight {
 public:
  explicit LiveSight(size_t references_kept = 65'536) : references_kept_(references_kept) {}

  // Every event entry must be given, in log order; `snapshot` sees it already and outlives the questions about it.
  void advance(store::Snapshot& snapshot, const Event& event, const PartyId& sender, Position position);
  // Of the event last given.
  [[nodiscard]] Result<bool> visible(const Sight& sight);
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
