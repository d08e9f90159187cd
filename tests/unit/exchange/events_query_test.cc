// GET /v1/events: the parameters of DCSA Track & Trace 2.2 and what each of them lets through.
#include "exchange/events_query.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace fairway::exchange {
namespace {

constexpr int64_t kReceived = 1'700'000'000'000'000;

Event loaded_event() {
  Event event;
  event.id = "e1";
  event.milestone = Milestone::loaded;
  event.occurred = *parse_rfc3339("2026-01-02T03:04:05+08:00");
  event.created = *parse_rfc3339("2026-01-02T03:10:00+08:00");
  event.place.unlocode = "HKHKG";
  event.transport.voyage = "031W";
  event.transport.service = "FE1";
  for (const char* key : {"equipment:MSCU1234566", "booking:BKG1", "transport_document:MAEU1", "vessel:9321483", "transport_call:TC1"})
    event.references.push_back(*Reference::from_key(key));
  return event;
}

EventsQuery parse(const http::Fields& fields) {
  auto query = parse_events_query(fields);
  EXPECT_TRUE(query) << query.error().text();
  return query.value_or(EventsQuery{});
}

std::string refusal(const http::Fields& fields) {
  auto query = parse_events_query(fields);
  return query ? "" : query.error().detail;
}

TEST(EventsQueryTest, EachFilterLetsItsOwnThroughAndNoOther) {
  const Event event = loaded_event();
  const std::vector<std::pair<http::Fields, http::Fields>> filters = {
      {{{"eventType", "EQUIPMENT"}}, {{"eventType", "TRANSPORT,SHIPMENT"}}},
      {{{"equipmentEventTypeCode", "DISC,LOAD"}}, {{"equipmentEventTypeCode", "GTIN"}}},
      {{{"equipmentReference", "MSCU1234566"}}, {{"equipmentReference", "MSCU1234571"}}},
      {{{"carrierBookingReference", "BKG1"}}, {{"carrierBookingReference", "BKG2"}}},
      {{{"transportDocumentReference", "MAEU1"}}, {{"transportDocumentID", "MAEU2"}}},
      {{{"vesselIMONumber", "9321483"}}, {{"vesselIMONumber", "9321495"}}},
      {{{"transportCallID", "TC1"}}, {{"transportCallID", "TC2"}}},
      {{{"exportVoyageNumber", "031W"}}, {{"carrierVoyageNumber", "032W"}}},
      {{{"carrierServiceCode", "FE1"}}, {{"carrierServiceCode", "FE2"}}},
      {{{"UNLocationCode", "CNYTN,HKHKG"}}, {{"UNLocationCode", "CNYTN"}}},
      {{{"eventCreatedDateTime:gte", "2026-01-01T19:10:00Z"}}, {{"eventCreatedDateTime:gt", "2026-01-01T19:10:00Z"}}},
      {{{"eventCreatedDateTime:lte", "2026-01-02T03:10:00+08:00"}}, {{"eventCreatedDateTime:lt", "2026-01-02T03:10:00 08:00"}}},
      {{{"eventCreatedDateTime", "2026-01-01T19:10:00Z"}}, {{"eventCreatedDateTime:eq", "2026-01-01T19:10:01Z"}}},
  };
  for (const auto& [lets, stops] : filters) {
    EXPECT_TRUE(parse(lets).matches(event, kReceived)) << lets[0].first;
    EXPECT_FALSE(parse(stops).matches(event, kReceived)) << stops[0].first;
  }
}

TEST(EventsQueryTest, CodesOfTwoTypesTogetherMatchNothing) {
  EXPECT_FALSE(parse({{"equipmentEventTypeCode", "LOAD"}, {"transportEventTypeCode", "ARRI"}}).matches(loaded_event(), kReceived));
}

TEST(EventsQueryTest, AnEventWithoutCreationTimeHasThatOfItsReceipt) {
  Event event = loaded_event();
  event.created.reset();
  EXPECT_TRUE(parse({{"eventCreatedDateTime", to_rfc3339_utc(kReceived)}}).matches(event, kReceived));
}

TEST(EventsQueryTest, RefusesWhatContradictsOrIsUnknown) {
  EXPECT_EQ(refusal({{"eventType", "SHIPMENT"}, {"transportEventTypeCode", "ARRI"}}),
            "transportEventTypeCode never belongs to the eventType asked for");
  EXPECT_EQ(refusal({{"eventType", "TRANSPORT"}, {"documentTypeCode", "BKG"}}),
            "documentTypeCode never belongs to the eventType asked for");
  EXPECT_EQ(refusal({{"eventType", "SHIP"}}), "eventType=SHIP");
  EXPECT_EQ(refusal({{"documentTypeCode", "XYZ"}}), "documentTypeCode=XYZ");
  EXPECT_EQ(refusal({{"equipmentReference", std::string(16, 'A')}}), "equipmentReference=" + std::string(16, 'A'));
  EXPECT_EQ(refusal({{"eventCreatedDateTime:ge", "2026-01-01T00:00:00Z"}}), "eventCreatedDateTime:ge=2026-01-01T00:00:00Z");
  EXPECT_EQ(refusal({{"eventCreatedDateTime", "yesterday"}}), "eventCreatedDateTime=yesterday");
  EXPECT_EQ(refusal({{"colour", "red"}}), "colour=red");
  EXPECT_EQ(refusal({{"sort", "price"}}), "sort=price");
  EXPECT_EQ(refusal({{"equipmentReference", " , "}}), "equipmentReference=");
}

TEST(EventsQueryTest, LimitsThePage) {
  EXPECT_EQ(parse({}).limit, limits::kPageSizeDefault);
  EXPECT_EQ(parse({{"limit", "1000"}}).limit, limits::kPageSizeMax);
  for (const char* wrong : {"0", "1001", "-1", "ten", "99999999999999999999"})
    EXPECT_EQ(refusal({{"limit", wrong}}), std::string("limit=") + wrong);
}

TEST(EventsQueryTest, ACursorBelongsToItsQuery) {
  const EventsQuery first = parse({{"equipmentReference", "MSCU1234566"}, {"limit", "2"}});
  const std::string cursor = first.cursor.next(42).text(first.fingerprint);
  EXPECT_EQ(parse({{"equipmentReference", "MSCU1234566"}, {"limit", "5"}, {"cursor", cursor}}).cursor.after(), 42u);
  EXPECT_NE(refusal({{"equipmentReference", "MSCU1234571"}, {"cursor", cursor}}), "");
  EXPECT_NE(refusal({{"cursor", "nonsense"}}), "");
}

TEST(EventsQueryTest, LooksUpTheMostSelectiveReference) {
  EXPECT_EQ(parse({{"carrierBookingReference", "B1"}, {"equipmentReference", "MSCU1234566"}}).index().front().kind(),
            ReferenceKind::equipment);
  EXPECT_EQ(parse({{"vesselIMONumber", "9321483"}}).index().front().kind(), ReferenceKind::vessel);
  EXPECT_TRUE(parse({{"UNLocationCode", "HKHKG"}}).index().empty());
}

}  // namespace
}  // namespace fairway::exchange
