// Where access and journey meet: access's rule as a journey asks it, one viewer's sight, and one request's view of entries through it.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "access/access_log.h"
#include "access/directory.h"
#include "access/grant_book.h"
#include "access/viewer.h"
#include "base/status.h"
#include "journey/sight.h"
#include "journey/visibility.h"
#include "model/entry.h"
#include "model/event.h"
#include "store/store.h"

namespace fairway::exchange {

// access/need_to_know.h and access/grant_book.h behind the face that journeys know. Thread-safe.
class AccessRule final : public journey::Rule {
 public:
  AccessRule(access::Directory& directory, access::GrantBook& grants) : directory_(directory), grants_(grants) {}
  [[nodiscard]] Result<std::optional<journey::Insider>> by_name(store::Snapshot& snapshot, uint64_t name) override;
  [[nodiscard]] Result<std::optional<journey::Insider>> by_id(store::Snapshot& snapshot, const PartyId& party) override;
  [[nodiscard]] Result<std::vector<journey::Held>> held(store::Snapshot& snapshot, const PartyId& party,
                                                        std::span<const journey::HeadReference> references,
                                                        std::span<const PartyId> insiders) override;

 private:
  access::Directory& directory_;
  access::GrantBook& grants_;
};

// One viewer's. For one thread.
class ViewerSight final : public journey::Sight {
 public:
  ViewerSight(AccessRule& rule, std::shared_ptr<const access::Viewer> viewer);
  [[nodiscard]] journey::Rule& rule() const override { return rule_; }
  [[nodiscard]] const PartyId& viewer() const override { return viewer_->party.id; }
  [[nodiscard]] bool sees_everything() const override { return viewer_->is_operator(); }
  [[nodiscard]] bool shows(Sees sees, const journey::EventHead& event) const override;
  [[nodiscard]] bool shows_reference(Sees sees, ReferenceKind kind) const override { return access::shows_reference(sees, kind); }
  bool redact(Event& event, Sees sees) const override { return access::redact(event, sees, viewer_->party.identifiers); }

 private:
  AccessRule& rule_;
  std::shared_ptr<const access::Viewer> viewer_;
  std::vector<std::string> sites_;
};

// Notes that the event was shown, and the grant by which it was seen, where it needed one.
void saw(access::Looks& looks, const PartyId& sender, const Event& event, const journey::Held* grant);

// What a viewer sees of the entries of one snapshot. For one request; not thread-safe.
class Eyes {
 public:
  Eyes(store::Snapshot& snapshot, AccessRule& rule, std::shared_ptr<const access::Viewer> viewer);

  struct Seen {
    bool seen = false;
    bool redacted = false;  // the event has been changed: its stored text is not to be shown
    const journey::Held* grant = nullptr;
  };
  [[nodiscard]] Result<journey::Look> look(const Entry& entry, const Event& event) {
    return visibility_.look(event, entry.party, entry.position);
  }
  // Takes out of the event what is not to be seen.
  [[nodiscard]] Result<Seen> see(const Entry& entry, Event& event);
  // Of entries that are no events: what it sent or what is about itself; the operator: everything.
  [[nodiscard]] bool sees_other(const Entry& entry) const { return viewer_->sees_sent_by(entry.party); }

 private:
  std::shared_ptr<const access::Viewer> viewer_;
  ViewerSight sight_;
  journey::Terms terms_;
  journey::Audiences audiences_;
  journey::Visibility visibility_;
};

}  // namespace fairway::exchange
