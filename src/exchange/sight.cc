#include "exchange/sight.h"

namespace fairway::exchange {

journey::Sight sight_of(std::shared_ptr<const access::Viewer> viewer) {
  journey::Sight sight;
  sight.sees_sender = [viewer](const PartyId& sender) { return viewer->sees_sent_by(sender); };
  sight.opens_journey = [viewer](const PartyId& sender, std::span<const uint64_t> named) { return viewer->opens_journey(sender, named); };
  return sight;
}

Eyes::Eyes(store::Snapshot& snapshot, std::shared_ptr<const access::Viewer> viewer)
    : viewer_(viewer), sight_(sight_of(std::move(viewer))), terms_(snapshot), audiences_(terms_), visibility_(audiences_, sight_) {}

Result<bool> Eyes::see(const Entry& entry, const Event& event) {
  if (viewer_->sees_sent_by(entry.party)) return true;
  return visibility_.visible(event, entry.party, entry.position);
}

Result<bool> Eyes::may_export(const Entry& entry) {
  if (viewer_->sees_sent_by(entry.party)) return true;
  if (entry.kind != EntryKind::event) return false;
  return visibility_.visible(TRY(event_from_json(entry.body)), entry.party, entry.position);
}

}  // namespace fairway::exchange
