// Claims: what a sender has told so far of each claim that it tells again under one identity (gateway::Claim), and what a further telling
// makes of it.
//
// Of all that is told of a claim, what was written last holds: it corrects the telling before it. What was written earlier and comes late
// changes nothing, and a withdrawal retracts everything that was told, also what is still to come of before it. What is known of a claim is
// a state of the store, written in one batch with the entries: two tellings at one moment cannot both be the last. Not thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/decoded.h"
#include "model/event.h"
#include "store/store.h"

namespace fairway::intake {

// What a plan reads of the store; nothing where it cannot be read, since writing then fails, too.
struct StoredThings {
  std::function<std::optional<Event>(std::string_view identity)> event;
  std::function<std::optional<store::StateValue>(const std::string& key)> state;
};

struct Telling {
  bool superseded = false;    // a later one is known, or this very withdrawal: nothing is to be done
  bool changes = false;       // what is known of the claim: to be saved
  std::vector<Event> events;  // to be appended, in order
};

class Claims {
 public:
  Claims(PartyId sender, StoredThings stored) : sender_(std::move(sender)), stored_(std::move(stored)) {}

  // `event`: what the message tells; none for a withdrawal.
  [[nodiscard]] Telling tell(const gateway::Claim& claim, std::optional<Event> event, int64_t received_us);
  // The event that this sender told under that id, stored or told just now.
  [[nodiscard]] std::optional<Event> find(const std::string& id) const;
  // Adds to the batch what has changed of the claim, once the entries of its telling are in it. `batch_number` tells batches apart.
  void save(std::string_view identity, store::Batch& batch, size_t batch_number);

 private:
  struct Known {
    bool told = false;
    int64_t written_us = 0;
    bool withdrawn = false;
    std::vector<std::string> tellings;  // ids of the events that are not retracted, in the order they were told
    uint64_t version = 0;               // of the state, with what this plan writes of it
    size_t batch_number = SIZE_MAX;     // the last batch that writes it
    size_t write = 0;                   // and where in that batch
  };
  Known& known(const std::string& key);
  void withdraw(Known& known, int64_t written_us, std::vector<Event>& events);
  [[nodiscard]] std::string key_of(std::string_view identity) const;

  PartyId sender_;
  StoredThings stored_;
  std::unordered_map<std::string, Known> known_;     // by state key
  std::unordered_map<std::string, Event> told_now_;  // by event id
};

}  // namespace fairway::intake
