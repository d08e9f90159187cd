#include "exchange/dcsa/event_by_id.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "intake/plan.h"

namespace fairway::exchange::dcsa {
namespace {

std::unexpected<Error> none(std::string_view id) {
  return fail(Code::not_found, "there is no event of this id that you may see", legible(id), "look for it by its references");
}

// nullopt where the sender has no event of that id, or the viewer does not see it.
Result<std::optional<ShownEvent>> sent_by(const PartyId& sender, std::string_view id, store::Snapshot& snapshot, Eyes& eyes,
                                          access::Looks& looks) {
  const std::optional<Position> position = TRY(snapshot.find(intake::event_identity(sender, id)));
  if (!position) return std::nullopt;
  const std::vector<Entry> entries = TRY(snapshot.entries({&*position, 1}));
  ShownEvent shown{TRY(event_from_json(entries.front().body)), entries.front().received_us};
  const Eyes::Seen seen = TRY(eyes.see(entries.front(), shown.event));
  if (!seen.seen) return std::nullopt;
  saw(looks, sender, shown.event, seen.grant);
  return shown;
}

}  // namespace

// An id is its sender's alone and stands in no index: each party is asked, which is one look-up by key each.
Result<ShownEvent> event_by_id(Services& services, const ViewerPtr& viewer, std::string_view id) {
  if (id.empty() || id.size() > limits::kIdentifierBytesMax) return none(id);
  TRY_OK(services.quota.look_up(*viewer, id));
  const auto snapshot = TRY(services.store.snapshot());
  Eyes eyes(*snapshot, services.rule, viewer);
  access::Looks looks(*viewer, access::Channel::events);
  std::optional<ShownEvent> shown = TRY(sent_by(viewer->party.id, id, *snapshot, eyes, looks));
  if (!shown) {
    const std::vector<Party> parties = TRY(services.registry.parties());
    for (const Party& party : parties) {
      if (party.guest || party.id == viewer->party.id) continue;
      shown = TRY(sent_by(party.id, id, *snapshot, eyes, looks));
      if (shown) break;
    }
  }
  if (!shown) return none(id);
  TRY_OK(services.access_log.note(std::move(looks)));
  return std::move(*shown);
}

}  // namespace fairway::exchange::dcsa
