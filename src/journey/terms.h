// Terms: the heads under a reference, read once and kept while they are needed.
//
// For one request, bind it to a snapshot and let it go with the request. A stream keeps one for long: it binds the snapshot of the
// moment, applies every new event in log order, and the least recently used references make room. Heads handed out stay valid
// for as long as they are held. Not thread-safe; one per thread. Errors are the store's, and Code::internal for a damaged head.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "journey/index.h"
#include "store/store.h"

namespace fairway::journey {

// An event's head and its place in the log; `head.references` are all of its joining ones.
struct Located {
  Position position = 0;
  EventHead head;
};
using LocatedPtr = std::shared_ptr<const Located>;

// By what they say, never by where they stand in the log: arrival order must not show in a journey.
[[nodiscard]] bool content_less(const LocatedPtr& a, const LocatedPtr& b);

struct TermEvents {
  std::vector<LocatedPtr> events;    // in content order
  std::vector<LocatedPtr> amending;  // heads that amend an event here and do not name this reference themselves
  bool complete = true;              // false: there are more than kHeadsPerTermMax, and these are the newest
};
inline constexpr size_t kHeadsPerTermMax = 4 * limits::kJourneyEventsMax;

class Terms {
 public:
  // Keeps at most `references_kept` references once trim() is called.
  explicit Terms(store::Snapshot& snapshot, size_t references_kept = SIZE_MAX) : snapshot_(&snapshot), references_kept_(references_kept) {}
  void bind(store::Snapshot& snapshot) { snapshot_ = &snapshot; }

  [[nodiscard]] Result<std::shared_ptr<const TermEvents>> of(const HeadReference& reference);
  // The transport events of a vessel or voyage; not kept.
  [[nodiscard]] Result<std::vector<LocatedPtr>> transport_of(const HeadReference& reference, size_t limit);
  // The newest events under a reference; not kept. For kinds that join nothing and may have very many.
  [[nodiscard]] Result<std::vector<LocatedPtr>> newest_of(const HeadReference& reference, size_t limit);

  // Adds a new event to the references that are kept, so that they stay as the log has them.
  void apply(Position position, const Event& event, const PartyId& sender);
  void trim();
  [[nodiscard]] store::Snapshot& snapshot() { return *snapshot_; }
  [[nodiscard]] size_t scans() const { return scans_; }  // that went to the store

 private:
  struct Kept {
    std::shared_ptr<TermEvents> events;
    Position through = 0;  // the last position of the log that it has taken in
    std::list<HeadReference>::iterator used;
  };
  // What an amendment concerns may stand under references that it does not name: those are read again when they are next asked for.
  void forget_amended(const Event& event, const PartyId& sender);
  Result<LocatedPtr> locate(const store::TermHit& hit, const HeadReference& under);
  Result<std::vector<LocatedPtr>> locate_all(const std::vector<store::TermHit>& hits, const HeadReference& under);
  Result<std::shared_ptr<TermEvents>> read(const HeadReference& reference);

  store::Snapshot* snapshot_;
  size_t references_kept_;
  size_t scans_ = 0;
  std::unordered_map<HeadReference, Kept, HashReference> kept_;
  std::list<HeadReference> by_use_;                   // most recent first
  std::unordered_map<Position, LocatedPtr> located_;  // since the last trim()
};

}  // namespace fairway::journey
