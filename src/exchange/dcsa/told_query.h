// The query parameters that DCSA's APIs from 2025 on have in common: Track & Trace 3.0 (standards.md 1.3), Verified Gross Mass 1.0.
//
// Values; any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/status.h"
#include "exchange/dcsa/page_parameters.h"
#include "http/message.h"
#include "model/event.h"

namespace fairway::exchange::dcsa {

// What an API calls them.
struct ToldParameters {
  std::string_view from, to;  // bounds of the time of the last update, both included
  bool types = false;         // eventTypes
};

struct ToldQuery {
  std::optional<Reference> booking, transport_document, equipment;  // all that are given hold together
  std::set<std::string> types;                                      // empty: any
  std::optional<int64_t> updated_from_us, updated_to_us;            // both included
  PageParameters page;

  [[nodiscard]] std::vector<Reference> index() const;
  [[nodiscard]] bool matches(const Event& event, int64_t received_us) const;
};

// Code::invalid for an unknown parameter, an unknown type, what is no time or number, and another query's cursor. A limit past the
// greatest page is taken for that.
[[nodiscard]] Result<ToldQuery> parse_told_query(const http::Fields& query, const ToldParameters& parameters);

}  // namespace fairway::exchange::dcsa
