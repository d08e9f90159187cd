// Told: what the entry of a step says, and reading it back.
//
//   {"format": "ONERECORD", "step": …, "objects": […], "types": […], …, "document": {…}}
//
// The members before the document are what notifications (notifications.h) go by; the document is as it was kept. Pure but for the batch;
// any thread. Code::invalid for an entry that is none of ONE Record's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/onerecord/book.h"
#include "model/entry.h"

namespace fairway::exchange::onerecord {

inline constexpr std::string_view kCreated = "created";      // a logistics object, whole
inline constexpr std::string_view kRevised = "revised";      // its new revision
inline constexpr std::string_view kEvent = "event";          // a logistics event
inline constexpr std::string_view kRequested = "requested";  // an action request; its later steps are its statuses: "accepted", …
inline constexpr std::string_view kNotified = "notified";    // what another server told us

struct Told {
  std::string step;
  std::vector<std::string> objects;  // addresses of the logistics objects it is about
  std::vector<std::string> types;    // their types
  uint64_t revision = 0;             // of the object, after the step
  std::vector<std::string> changed;  // IRIs of its properties that this revision changed
  // Of an action request.
  std::string request, request_type;  // ID; "ChangeRequest", …
  PartyId requester, holder;
  bool notify = false;  // the requester wants to hear what becomes of it

  [[nodiscard]] bool of_request() const { return !request.empty(); }
};

void tell(store::Batch& batch, const Call& call, const Told& told, const ld::Node& document);
[[nodiscard]] Told told_of(std::string_view step, const Head& head);
// What there is to say of an action request.
[[nodiscard]] Told told_of_request(std::string_view step, const ld::Node& request);

[[nodiscard]] Result<Told> told_in(const Entry& entry);
[[nodiscard]] Result<ld::Node> document_in(const Entry& entry);

}  // namespace fairway::exchange::onerecord
