// The query parameters of DCSA Track & Trace 2.2 (standards.md 1.2), of GET /v1/events and GET /dcsa/tnt/v2/events.
//
// Lists are comma-separated and mean "any of"; parameters together mean "all of". Code::invalid for an unknown parameter or code,
// and for a parameter that cannot belong to the event types asked for, as the DCSA conformance suite wants. Values; any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "exchange/cursor.h"
#include "http/message.h"
#include "model/entry.h"
#include "model/event.h"

namespace fairway::exchange {

struct TimeBound {
  enum class Operator : uint8_t { eq, gt, gte, lt, lte } op = Operator::eq;
  int64_t micros = 0;
};

struct EventsQuery {
  // By event type: the DCSA codes asked for; empty means any.
  std::set<EventType> types;
  std::set<std::string> shipment_codes, transport_codes, equipment_codes, document_types;
  std::vector<Reference> bookings, transport_documents, equipment, vessels, transport_calls;
  std::set<std::string> voyages, services, unlocodes;
  std::vector<TimeBound> created;
  size_t limit = 0;
  bool newest_first = false;  // sort=eventCreatedDateTime:DESC: by entry, newest first
  Cursor cursor;
  std::string fingerprint;   // of everything but limit and cursor: a cursor belongs to its query
  bool nothing = false;      // asks for what no event has
  bool contradicts = false;  // no type of event of 2.2 can have all of this at once
  // Filters look only where 2.2 says, and what 2.2 has no code for is left out: an aircraft's events.
  bool to_the_letter = false;

  // The references of the most selective filter, for PageQuery::index.
  [[nodiscard]] const std::vector<Reference>& index() const;
  [[nodiscard]] bool matches(const Event& event, int64_t received_us) const;
};

[[nodiscard]] Result<EventsQuery> parse_events_query(const http::Fields& query);
// The value of a parameter `limit`: 1 to limits::kPageSizeMax.
[[nodiscard]] Result<size_t> page_limit_from(std::string_view value);

}  // namespace fairway::exchange
