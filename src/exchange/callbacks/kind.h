// Kind: what one sort of callbacks takes, and how it writes it. The dispatcher does the rest: order, sight, attempts, dead letters.
//
// A kind is added to callbacks.h's Callbacks before it starts (README.md says how), and asked from any of its threads: const, and no
// state of its own that changes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "access/viewer.h"
#include "base/status.h"
#include "exchange/callbacks/subscription.h"
#include "http/message.h"
#include "model/entry.h"
#include "model/event.h"
#include "store/store.h"

namespace fairway::exchange::callbacks {

// One entry as the subscription's party sees it: what is hidden from it is gone from both.
struct Shown {
  const Entry* entry = nullptr;
  const Event* event = nullptr;  // null where the entry is no event
};

// Whether an entry that is no event is for a viewer.
struct Sighting {
  bool shown = false;
  PartyId owner;  // whose it is, where the access log must tell; "" for what is the viewer's own
};

// A subscription's filter, read once.
class Filter {
 public:
  virtual ~Filter() = default;
  [[nodiscard]] virtual bool takes(const Shown& shown) const = 0;
  // When an entry that came then may leave, where letters leave by a clock: the clock's next moment after it; 0: at once.
  [[nodiscard]] virtual int64_t leaves_us(int64_t /*came_us*/) const { return 0; }
  // Whether a letter leaves at each moment of that clock, with nothing in it where there is nothing.
  [[nodiscard]] virtual bool reports_nothing() const { return false; }
  // Of an entry that is no event and that takes() took: whether the viewer may see it, as things stand in the snapshot. Asked when the
  // entry is found and again before each attempt. Where the kind has no rule of its own, a party is shown its own and the operator all,
  // but an alert nobody other than the party whose rule found it.
  [[nodiscard]] virtual Result<Sighting> sees(const Entry& entry, store::Snapshot& /*snapshot*/,
                                              const std::shared_ptr<const access::Viewer>& viewer) const {
    return Sighting{entry.kind == EntryKind::alert ? entry.party == viewer->party.id : viewer->sees_sent_by(entry.party), {}};
  }
};

// What is posted.
struct Letter {
  std::string content_type = "application/json";
  http::Fields headers;  // names in lower case
  std::string body;
};

// Of one attempt.
struct Occasion {
  const Subscription& subscription;
  std::string_view delivery;  // its id: the same at each attempt
  int64_t now_us = 0;
  std::span<const std::string> secrets;  // in clear, the newest first; several while a rotation overlaps
};

class Kind {
 public:
  virtual ~Kind() = default;
  // As Subscription::kind has it.
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Code::invalid says what of it is wrong; the routes ask this before they keep one.
  [[nodiscard]] virtual Result<std::unique_ptr<const Filter>> read_filter(std::string_view json) const = 0;
  // The letter that carries these, in the order of the log; none of them where the filter reports nothing.
  [[nodiscard]] virtual Result<Letter> write(std::span<const Shown> shown, const Occasion& occasion) const = 0;

  // Entries that may be for it at all. Who sees those that are no events is said by Filter::sees().
  [[nodiscard]] virtual bool reads(EntryKind kind) const { return kind == EntryKind::event; }
  // The most that one letter carries, at most limits::kCallbackEventsPerDeliveryMax.
  [[nodiscard]] virtual size_t entries_per_letter(const Subscription&) const { return 1; }
  // Puts into an event that is seen in part what may be seen with it of the `whole`, in the kind's own form: its original, which says all.
  virtual void reduce(const Event& /*whole*/, Event& /*seen*/) const {}
  // Whether a letter that was answered so has arrived.
  [[nodiscard]] virtual bool arrived(int status) const { return status >= 200 && status < 300; }
};

}  // namespace fairway::exchange::callbacks
