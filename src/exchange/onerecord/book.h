// Book: the logistics objects, their revisions, events and action requests, kept in the store.
//
//   state "onerecord/o/ID"          the object's head
//   state "onerecord/v/ID/NUMBER"   a revision: when it was made (16 hex digits) and its document
//   state "onerecord/e/ID/EVENT"    a logistics event, likewise
//   state "onerecord/a/REQUEST"     an action request, likewise
//   state "onerecord/b/ID/REQUEST"  the requests about an object
//   state "onerecord/s/TOPIC/REQUEST"  the subscriptions of a topic (the first 16 bytes of its SHA-256, in hex)
//   state "onerecord/d/ID/PARTY/REQUEST"  what an access delegation lets a party do: "GRANT PERMISSION…"
//
// Every step is an entry of kind `document` in the log (told.h), in one batch with its state; a logistics event that stands for a milestone
// is an entry of kind `event` in the same batch. For one request; errors are the store's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/onerecord/call.h"
#include "store/store.h"

namespace fairway::exchange::onerecord {

struct Head {
  std::string id;
  PartyId holder;
  std::string type;  // IRI
  int64_t created_us = 0, modified_us = 0, events_us = 0;
  uint64_t revision = 1;
  uint64_t events = 0, requests = 0;
  std::vector<std::string> references;  // Reference::key(): what it is known by, its papers' included
  uint64_t version = 0;                 // of the state record

  [[nodiscard]] std::string address() const { return std::string(kObjects) + id; }
};

// A document and when it was written.
struct Kept {
  int64_t us = 0;
  ld::Node node;
  uint64_t version = 0;
};

[[nodiscard]] bool is_id(std::string_view id);
// The ID of an object of this server by its address, "" for any other address.
[[nodiscard]] std::string_view object_id(std::string_view address);

[[nodiscard]] Result<std::optional<Head>> find_head(store::Snapshot& snapshot, std::string_view id);
[[nodiscard]] Result<std::optional<Kept>> find_revision(store::Snapshot& snapshot, const Head& head, uint64_t revision);
[[nodiscard]] Result<std::optional<Kept>> find_event(store::Snapshot& snapshot, std::string_view object, std::string_view event);
[[nodiscard]] Result<std::vector<Kept>> events_of(store::Snapshot& snapshot, std::string_view object);
[[nodiscard]] Result<std::optional<Kept>> find_request(store::Snapshot& snapshot, std::string_view id);
// The requests about an object, the oldest first.
[[nodiscard]] Result<std::vector<Kept>> requests_of(store::Snapshot& snapshot, std::string_view object);
[[nodiscard]] Result<std::vector<Kept>> subscriptions_to(store::Snapshot& snapshot, std::string_view topic);

// Writes for a batch. `now_us` is kept with the document.
void put_head(store::Batch& batch, const Head& head);
void put_revision(store::Batch& batch, const Head& head, const ld::Node& node, int64_t now_us);
void put_event(store::Batch& batch, const Head& head, std::string_view event, const ld::Node& node, int64_t now_us);
void put_request(store::Batch& batch, std::string_view id, const Kept& request);
void list_request(store::Batch& batch, std::string_view object, std::string_view request);
void list_subscription(store::Batch& batch, std::string_view topic, std::string_view request, bool stands);
// Commits what `work` put into the batch, unless it failed; what somebody else has written meanwhile makes the whole of it run again, a few
// times.
using Work = std::function<Result<http::Response>(store::Snapshot& snapshot, store::Batch& batch)>;
[[nodiscard]] Result<http::Response> transact(Call& call, const Work& work);

}  // namespace fairway::exchange::onerecord
