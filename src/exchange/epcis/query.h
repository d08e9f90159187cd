// The simple query language of EPCIS 2.0 (8.2.7): parameters read into conditions, and whether an event fulfils them.
//
// Lists are divided by '|'. Standard words are understood in each of their spellings, EPCs by what they identify: a URN finds a Digital
// Link. Values; const functions from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/epcis/event.h"
#include "http/message.h"

namespace fairway::exchange::epcis {

using gateway::epcis::CapturedEvent;

enum class Comparison : uint8_t { eq, gt, ge, lt, le, exists };

// Where in an event a parameter looks.
enum class Place : uint8_t {
  event,           // user extensions
  ilmd,            //
  error,           // errorDeclaration's extensions
  sensor_element,  //
  sensor_metadata,
  sensor_report,
  read_point,
  biz_location,
};

struct Condition {
  std::string parameter;  // as it was asked, for errors
  size_t row = SIZE_MAX;  // of the table of fixed parameters; SIZE_MAX: an extension, or one of the families below
  Comparison comparison = Comparison::eq;
  std::string name;  // of the extension, the type of a bizTransaction, the unit of a value
  Place place = Place::event;
  bool inner = false;                 // at any depth below the top
  std::vector<std::string> values;    // any of them, in order
  std::vector<std::string> patterns;  // …or any of these, which end in '*'
  double number = 0;
  std::optional<int64_t> micros;  // where the value is a time
  bool truth = true;
  enum class Family : uint8_t { fixed, extension, biz_transaction, source, destination, sensor_value, never } family = Family::fixed;
};

struct Query {
  std::vector<Condition> conditions;
  enum class Order : uint8_t { none, event_time, record_time } order = Order::none;
  bool descending = true;
  std::optional<size_t> event_count_limit, max_event_count;
  std::string fingerprint;  // of all that makes it this query: a page token belongs to it

  // Keys of gateway/epcis/kept.h one of which every matching event has; empty: any may match.
  [[nodiscard]] std::vector<std::string> keys() const;
  [[nodiscard]] bool matches(const CapturedEvent& event, int64_t recorded_us) const;
};

// Code::invalid names the parameter that is not known or cannot be understood. perPage, nextPageToken and the headers' namesakes are no
// part of a query and passed over.
[[nodiscard]] Result<Query> parse_query(const http::Fields& parameters);

// The parameters of a query written as JSON: {"EQ_bizStep": ["shipping", "receiving"], "GE_eventTime": "…", "perPage": 10}.
[[nodiscard]] Result<http::Fields> parameters_of(const json::object& query);

}  // namespace fairway::exchange::epcis
