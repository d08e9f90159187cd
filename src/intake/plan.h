// Plan: the batches that a submission becomes, and how their receipts turn into its outcome.
//
// A message's entries stay in one batch where they fit, so that a message is stored whole or not at all. Not thread-safe.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "gateway/decoded.h"
#include "intake/claims.h"
#include "intake/outcome.h"
#include "store/store.h"

namespace fairway::intake {

// What makes an event unique in the store: who sent it and the id the sender gave it.
[[nodiscard]] std::string event_identity(const PartyId& sender, std::string_view id);

// Which message and event an entry of a batch belongs to; `event` is kMessageItself for the message's own entry.
struct Slot {
  static constexpr uint32_t kMessageItself = UINT32_MAX;
  uint32_t message = 0;
  uint32_t event = 0;
  bool operator==(const Slot&) const = default;
};

struct PlannedBatch {
  store::Batch batch;
  std::vector<Slot> slots;  // one an entry
  size_t bytes = 0;
};

// The entry of an event that this party sends, with its terms, its identity and its digest: for rooms that put it into a batch of their
// own. `amended`: the references of the event that it amends.
[[nodiscard]] store::NewEntry event_entry(const Event& event, const PartyId& sender, int64_t received_us,
                                          std::span<const Reference> amended = {});

class Plan {
 public:
  Plan(PartyId sender, int64_t received_us, StoredThings stored)
      : sender_(std::move(sender)), received_us_(received_us), claims_(sender_, std::move(stored)) {}

  // Takes the message in: its fate is refused at once where nothing of it was understood.
  void add(gateway::DecodedMessage message);
  // The batches so far; the plan keeps what it needs for settle().
  [[nodiscard]] std::vector<PlannedBatch> take_batches();
  // Enters the receipts of a batch. Events that clash and may be restated as corrections are collected for take_batches() again.
  void settle(std::span<const Slot> slots, const store::Receipt& receipt);
  [[nodiscard]] Outcome finish();

 private:
  void add_telling(gateway::DecodedMessage message);
  PlannedBatch& batch_for(size_t bytes);
  void place(store::NewEntry entry, Slot slot);
  void place_event(const Event& event, Slot slot);
  void settle_event(EventFate& fate, Slot slot, const store::Appended& appended);
  void restate(Slot slot, const Event& event, std::string_view digest);

  PartyId sender_;
  int64_t received_us_;
  Claims claims_;
  Outcome outcome_;
  std::vector<PlannedBatch> batches_;
  size_t batches_begun_ = 0;
  // Kept until settled: the digest of each event, and the events of formats that derive ids.
  std::vector<std::vector<std::string>> digests_;
  std::vector<std::vector<Event>> derived_;
};

}  // namespace fairway::intake
