// Subscriptions to named queries: what is asked for, what is taken, what is posted, and when the engine lets it leave.
#include "exchange/epcis/subscriptions.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/limits.h"
#include "exchange/callbacks/lane.h"
#include "exchange/callbacks/signature.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis::subscription_test {
namespace {

constexpr int64_t kSecond = 1'000'000, kHour = 3600 * kSecond;
const http::Fields kQuery = {{"EQ_bizStep", "arriving|departing"}};

Result<std::string> filter_of(std::string_view body, const http::Fields& query = kQuery) {
  return filter_for("gates", query, parse_json(body)->as_object(), EpcFormat::as_captured);
}

Event captured(std::string_view step, std::string_view more = "") {
  CapturedEvent made{
      parse_json(R"({"type":"ObjectEvent","eventID":"urn:e:1","eventTime":"2026-11-21T08:00:00Z","eventTimeZoneOffset":"+00:00",
    "action":"OBSERVE","epcList":["urn:epc:id:bic:CSQU3054383"],"bizStep":")" +
                 std::string(step) + "\"" + std::string(more) + "}")
          ->as_object(),
      {}};
  Event event;
  event.source.format = "EPCIS";
  event.original = gateway::epcis::keep(made);
  event.references = {*Reference::make(ReferenceKind::equipment, "CSQU3054383")};
  return event;
}

TEST(EpcisSubscription, SaysWhenItIsTold) {
  for (const char* body : {R"({"stream":true})", R"({"stream":true,"reportIfEmpty":false})", R"({"stream":false,"schedule":{"hour":"1"}})",
                           R"({"schedule":{"second":"*"},"reportIfEmpty":true,"initialRecordTime":"2026-11-21T08:00:00+08:00"})"}) {
    const auto filter = filter_of(body);
    ASSERT_TRUE(filter) << body << filter.error().text();
    const auto read = standing_query(*filter);
    ASSERT_TRUE(read) << *filter;
    EXPECT_EQ(read->query_name, "gates");
    EXPECT_EQ(read->query.conditions.size(), 1u);
  }
  for (const char* body :
       {"{}", R"({"stream":false})", R"({"stream":"true"})", R"({"stream":true,"schedule":{"hour":"1"}})", R"({"schedule":{}})",
        R"({"schedule":"1"})", R"({"stream":true,"reportIfEmpty":true})", R"({"stream":true,"initialRecordTime":"2026-11-21T08:00:00"})",
        R"({"stream":true,"initialRecordTime":5})", R"({"schedule":{"hour":"25"}})"}) {
    const auto filter = filter_of(body);
    ASSERT_FALSE(filter) << body;
    EXPECT_EQ(filter.error().code, Code::invalid);
  }
  EXPECT_FALSE(filter_of(R"({"stream":true})", {{"maxEventCount", "5"}}));
  EXPECT_FALSE(filter_of(R"({"stream":true})", {{"eventCountLimit", "5"}, {"orderBy", "eventTime"}}));
  EXPECT_EQ(filter_of(R"({"stream":true})", {{"EQ_bizStep", std::string(limits::kCallbackFilterBytesMax, 'x')}}).error().code,
            Code::too_large);
}

TEST(EpcisSubscription, TakesWhatTheQueryFinds) {
  const auto filter = SubscriptionKind().read_filter(*filter_of(R"({"stream":true,"initialRecordTime":"2026-11-21T08:00:00Z"})"));
  ASSERT_TRUE(filter);
  const int64_t since = parse_rfc3339("2026-11-21T08:00:00Z")->micros;
  const auto takes = [&](const Event& event, int64_t received_us) {
    const Entry entry{7, EntryKind::event, "pty_1", received_us, ""};
    return (*filter)->takes({&entry, &event});
  };
  EXPECT_TRUE(takes(captured("arriving"), since));
  EXPECT_FALSE(takes(captured("arriving"), since - 1));
  EXPECT_FALSE(takes(captured("loading"), since));
  Event other = captured("arriving");
  other.source.format = "DCSA";
  EXPECT_FALSE(takes(other, since));
  EXPECT_EQ((*filter)->leaves_us(since), 0);
  EXPECT_FALSE((*filter)->reports_nothing());
}

TEST(EpcisSubscription, OfAnEventSeenInPartNoMoreIsLeft) {
  const Event whole = captured("arriving", R"(,"disposition":"damaged","ex:price":"77")");
  Event seen = whole;
  SubscriptionKind().reduce(whole, seen);
  const auto left = gateway::epcis::kept(seen);
  ASSERT_TRUE(left);
  EXPECT_EQ(text_of(left->body, "bizStep"), "arriving");
  EXPECT_FALSE(left->body.contains("disposition"));
  EXPECT_EQ(seen.original.find("77"), std::string::npos);
  seen = whole, seen.references.clear();
  SubscriptionKind().reduce(whole, seen);
  EXPECT_EQ(seen.original.find("CSQU3054383"), std::string::npos);
}

TEST(EpcisSubscription, IsPostedAsASignedQueryDocument) {
  callbacks::Subscription subscription;
  subscription.id = "sub-1";
  subscription.filter = *filter_of(R"({"stream":true})", {{"EQ_bizStep", "arriving"}, {"orderBy", "eventTime"}, {"orderDirection", "ASC"}});
  Event first = captured("arriving"), second = captured("arriving");
  first.occurred.micros = 2, second.occurred.micros = 1;
  const Entry one{1, EntryKind::event, "p", kSecond, ""}, two{2, EntryKind::event, "p", 2 * kSecond, ""};
  const std::vector<callbacks::Shown> shown = {{&one, &first}, {&two, &second}};
  const std::vector<std::string> secrets = {"token"};
  const auto letter = SubscriptionKind().write(shown, {subscription, "d-1", 5 * kSecond, secrets});
  ASSERT_TRUE(letter);
  const json::value body = *parse_json(letter->body);
  EXPECT_EQ(body.at("type").as_string(), "EPCISQueryDocument");
  const json::value& results = body.at("epcisBody").at("queryResults");
  EXPECT_EQ(results.at("subscriptionID").as_string(), "sub-1");
  EXPECT_EQ(results.at("queryName").as_string(), "gates");
  const json::array& events = results.at("resultsBody").at("eventList").as_array();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events.at(0).at("recordTime").as_string(), "1970-01-01T00:00:02Z") << "the earlier event first, as the query orders them";
  EXPECT_EQ(letter->headers.back(),
            (std::pair<std::string, std::string>("gs1-signature", to_base64(callbacks::hmac_sha256("token", letter->body)))));
  const auto empty = SubscriptionKind().write({}, {subscription, "d-2", 0, {}});
  ASSERT_TRUE(empty);
  EXPECT_NE(empty->body.find(R"("eventList":[])"), std::string::npos);
  EXPECT_EQ(empty->headers.size(), 1u);
}

// The engine's side: what may leave when, by a clock that strikes each hour.
class ClockLane : public testing::Test {
 protected:
  ClockLane() {
    lane_.filter = std::move(*kind_.read_filter(*filter_of(R"({"schedule":{"minute":"0"},"reportIfEmpty":true})")));
    lane_.kind = &kind_;
    lane_.subscription.created_us = kHour / 2;
    lane_.scanned = 9;
  }
  SubscriptionKind kind_;
  callbacks::Lane lane_;
};

TEST_F(ClockLane, WhatCameBeforeTheMomentLeaves) {
  lane_.queue = {{3, 1}, {5, kHour - 1}, {7, kHour}};
  EXPECT_FALSE(lane_.ready(kHour - 1));
  EXPECT_EQ(lane_.leaving(kHour, 10), 2u) << "what came long before leaves at the first moment after the making";
  EXPECT_EQ(lane_.leaving(kHour, 1), 1u);
  EXPECT_TRUE(lane_.ready(kHour));
  EXPECT_FALSE(lane_.owes_report(kHour, 9));
  EXPECT_EQ(lane_.leaving(2 * kHour, 10), 3u);
}

TEST_F(ClockLane, AReportOfNothingIsOwedOnceAMoment) {
  EXPECT_FALSE(lane_.owes_report(kHour - 1, 9));
  EXPECT_TRUE(lane_.owes_report(kHour, 9));
  EXPECT_FALSE(lane_.owes_report(kHour, 10)) << "something may stand there";
  lane_.queue = {{9, kHour}};
  EXPECT_TRUE(lane_.owes_report(kHour, 9)) << "what came at the moment itself is the next one's";
  lane_.progress.reported_us = kHour;
  EXPECT_FALSE(lane_.owes_report(kHour + 1, 9));
  lane_.queue.clear();
  EXPECT_TRUE(lane_.owes_report(7 * kHour, 9)) << "of several that were missed one";
  lane_.progress.pending = callbacks::make_report("sub-1", 9, kHour);
  EXPECT_FALSE(lane_.owes_report(7 * kHour, 9));
}

TEST_F(ClockLane, AReportReadsBack) {
  const callbacks::Delivery report = callbacks::make_report("sub-1", 9, kHour);
  EXPECT_EQ(report.id, callbacks::make_report("sub-1", 12, kHour).id);
  EXPECT_NE(report.id, callbacks::make_report("sub-1", 9, 2 * kHour).id);
  const auto back = callbacks::progress_from_json(to_json(callbacks::Progress{5, 2, 11, 12, report, 0}));
  ASSERT_TRUE(back && back->pending);
  EXPECT_TRUE(back->pending->report);
  EXPECT_EQ(back->reported_us, 12);
}

}  // namespace
}  // namespace fairway::exchange::epcis::subscription_test
