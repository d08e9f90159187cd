// Subscriptions to named queries (EPCIS 2.0, 8.2.5) as a kind of callbacks: what one says, and what is posted.
//
// The callbacks' filter of one: {"queryName": "…", "query": {"EQ_bizStep": "shipping|receiving"}, "stream": true}, or instead of stream
// {"schedule": {…}, "reportIfEmpty": true}; "initialRecordTime" and "epcFormat" where they are given. The query stands there itself, since
// named queries do not change. Values and const functions; any thread.
#pragma once

#include <optional>
#include <string>

#include "exchange/callbacks/kind.h"
#include "exchange/epcis/answers.h"
#include "exchange/epcis/query.h"
#include "exchange/epcis/schedule.h"

namespace fairway::exchange::epcis {

inline constexpr std::string_view kSubscription = "epcis";

struct StandingQuery {
  std::string query_name;
  Query query;
  std::optional<Schedule> schedule;  // else each event at once
  json::object schedule_text;
  bool report_if_empty = false;
  int64_t since_us = 0;  // what was recorded before is not for it
  std::string since_text;
  EpcFormat format = EpcFormat::as_captured;
};

// The filter for a subscription to that query, of the body that asks for it ("stream", "schedule", "reportIfEmpty", "initialRecordTime").
// Code::invalid for a member that is not understood and for members that contradict each other.
[[nodiscard]] Result<std::string> filter_for(std::string_view query_name, const http::Fields& query, const json::object& body,
                                             EpcFormat format);
[[nodiscard]] Result<StandingQuery> standing_query(std::string_view filter);

class SubscriptionKind final : public callbacks::Kind {
 public:
  [[nodiscard]] std::string_view name() const override { return kSubscription; }
  [[nodiscard]] Result<std::unique_ptr<const callbacks::Filter>> read_filter(std::string_view json) const override;
  // An EPCISQueryDocument. GS1-Signature is base64 of the HMAC-SHA-256 of the body, its key the signatureToken.
  [[nodiscard]] Result<callbacks::Letter> write(std::span<const callbacks::Shown> shown,
                                                const callbacks::Occasion& occasion) const override;
  [[nodiscard]] size_t entries_per_letter(const callbacks::Subscription&) const override { return limits::kEpcisPageSizeDefault; }
  void reduce(const Event& whole, Event& seen) const override;
};

}  // namespace fairway::exchange::epcis
