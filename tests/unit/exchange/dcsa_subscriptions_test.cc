// Event subscriptions of Track & Trace 2.2: what a filter says and lets through, and what a letter is. They are driven from outside in
// tests/blackbox/test_dcsa_subscriptions.py.
#include "exchange/dcsa/subscriptions.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "exchange/callbacks/signature.h"

namespace fairway::exchange::dcsa::subscriptions_test {
namespace {

constexpr int64_t kReceived = 1'700'000'000'000'000;
constexpr std::array<std::string_view, 2> kOthers = {"callbackUrl", "secret"};

Event gated_in() {
  Event event;
  event.id = "5a5a0000-0000-4000-8000-000000000001";
  event.milestone = Milestone::gate_in;
  event.occurred = *parse_rfc3339("2026-01-02T03:04:05+08:00");
  event.place.unlocode = "HKHKG";
  event.transport.voyage = "031W";
  event.transport.service = "FE1";
  for (const char* key : {"equipment:MSCU1234566", "booking:BKG1", "transport_document:MAEU1", "vessel:9321483", "transport_call:TC1"})
    event.references.push_back(*Reference::from_key(key));
  return event;
}

std::string filter_of(std::string_view body) {
  const auto parsed = parse_json(body);
  EXPECT_TRUE(parsed) << body;
  const auto filter = filter_in(parsed->get_object(), kOthers);
  return filter ? *filter : "refused: " + filter.error().detail;
}

bool takes(std::string_view filter, const Event& event) {
  Entry entry;
  entry.received_us = kReceived;
  const auto read = EventSubscriptionKind().read_filter(filter);
  EXPECT_TRUE(read) << filter << " " << read.error().text();
  return read && (*read)->takes({&entry, &event});
}

TEST(EventSubscription, FilterIsKeptInTheFormOfTheStandard) {
  EXPECT_EQ(filter_of(R"({"callbackUrl":"https://a.example/","secret":"s"})"), "{}");
  EXPECT_EQ(filter_of(R"({"equipmentReference":" MSCU1234566 ","eventType":["EQUIPMENT","SHIPMENT"]})"),
            R"({"eventType":["EQUIPMENT","SHIPMENT"],"equipmentReference":"MSCU1234566"})");
  EXPECT_EQ(filter_of(R"({"eventType":"EQUIPMENT, ,SHIPMENT","carrierBookingReference":["B1","B2"]})"),
            R"({"eventType":["EQUIPMENT","SHIPMENT"],"carrierBookingReference":"B1,B2"})");
  EXPECT_EQ(filter_of(R"({"eventType":[],"vesselIMONumber":"","scheduleID":null,"colour":null})"), "{}");
}

TEST(EventSubscription, FilterReadsBackAsItIsKept) {
  for (const char* body : {"{}", R"({"eventType":"EQUIPMENT,TRANSPORT","vesselIMONumber":["9321483"],"UNLocationCode":"HKHKG,CNYTN"})"}) {
    const std::string filter = filter_of(body);
    EXPECT_EQ(filter_of(filter), filter);
  }
}

TEST(EventSubscription, MembersThatAreNoneAreRefused) {
  EXPECT_EQ(filter_of(R"({"colour":"red"})"), "refused: colour");
  EXPECT_EQ(filter_of(R"({"subscriptionID":"x"})"), "refused: subscriptionID");
  for (const char* value : {"7", "true", "{}", "[7]", "[[\"SHIPMENT\"]]", "[\"\"]", "[null]"})
    EXPECT_EQ(filter_of(R"({"eventType":)" + std::string(value) + "}"), "refused: eventType") << value;
}

TEST(EventSubscription, EachFilterLetsItsOwnThroughAndNoOther) {
  struct {
    const char *lets, *stops;
  } const rows[] = {
      {R"({"eventType":["EQUIPMENT"]})", R"({"eventType":["TRANSPORT","SHIPMENT"]})"},
      {R"({"equipmentEventTypeCode":["GTIN","GTOT"]})", R"({"equipmentEventTypeCode":["LOAD"]})"},
      {R"({"equipmentReference":"MSCU1234566"})", R"({"equipmentReference":"MSCU1234571"})"},
      {R"({"equipmentReference":"MSCU1234571,MSCU1234566"})", R"({"shipmentEventTypeCode":["DRFT"]})"},
      {R"({"carrierBookingReference":"BKG1"})", R"({"carrierBookingReference":"BKG2"})"},
      {R"({"bookingReference":"BKG1"})", R"({"transportEventTypeCode":["ARRI"]})"},
      {R"({"transportDocumentReference":"MAEU1"})", R"({"transportDocumentReference":"MAEU2"})"},
      {R"({"vesselIMONumber":"9321483"})", R"({"vesselIMONumber":"9074729"})"},
      {R"({"transportCallID":"TC1"})", R"({"transportCallID":"TC2"})"},
      {R"({"exportVoyageNumber":"031W"})", R"({"carrierVoyageNumber":"032W"})"},
      {R"({"carrierServiceCode":"FE1"})", R"({"carrierServiceCode":"FE2"})"},
      {R"({"UNLocationCode":"CNYTN,HKHKG"})", R"({"UNLocationCode":"CNYTN"})"},
      {R"({"equipmentReference":"MSCU1234566","UNLocationCode":"HKHKG"})",
       R"({"equipmentReference":"MSCU1234566","UNLocationCode":"CNYTN"})"},
      {"{}", R"({"documentTypeCode":["BKG"]})"},
  };
  const Event event = gated_in();
  for (const auto& [lets, stops] : rows) {
    EXPECT_TRUE(takes(lets, event)) << lets;
    EXPECT_FALSE(takes(stops, event)) << stops;
  }
}

TEST(EventSubscription, WhatTwoPointTwoHasNoCodeForIsNotTold) {
  Event event = gated_in();
  event.transport.mode = TransportMode::air;
  EXPECT_FALSE(takes("{}", event));
}

TEST(EventSubscription, WhatNoEventCouldPassIsRefused) {
  for (const char* filter :
       {R"({"eventType":["SHIP"]})", R"({"documentTypeCode":["XYZ"]})", R"({"transportDocumentTypeCode":["BOX"]})",
        R"({"equipmentReference":"ABCDEFGHIJKLMNOP"})", R"({"eventType":["SHIPMENT"],"transportEventTypeCode":["ARRI"]})",
        R"({"shipmentEventTypeCode":["DRFT"],"equipmentEventTypeCode":["GTIN"]})",
        R"({"shipmentEventTypeCode":["DRFT"],"transportCallID":"TC1"})",
        R"({"eventType":["SHIPMENT","TRANSPORT"],"equipmentEventTypeCode":["GTIN"]})",
        R"({"scheduleID":"9679a405-3316-42a5-8533-aba000f5689c"})", R"({"transportDocumentTypeCode":["BOL"]})", "[]", "x"}) {
    const auto read = EventSubscriptionKind().read_filter(filter);
    ASSERT_FALSE(read) << filter;
    EXPECT_EQ(read.error().code, Code::invalid) << filter;
  }
}

std::string_view header(const callbacks::Letter& letter, std::string_view name) { return http::find(letter.headers, name); }

TEST(EventSubscription, LettersAreSignedByTheNewestSecretAlone) {
  const Event event = gated_in();
  Entry entry;
  entry.received_us = kReceived;
  const std::vector<callbacks::Shown> shown = {{&entry, &event}, {&entry, &event}};
  callbacks::Subscription subscription;
  subscription.id = "8fbdc2d8-57c8-48b9-a04b-18fd8ec1d809";
  const std::vector<std::string> secrets = {std::string(32, '\0'), "older", "oldest"};
  const auto letter = EventSubscriptionKind().write(shown, {subscription, "delivery", kReceived, secrets});
  ASSERT_TRUE(letter) << letter.error().text();
  const auto body = parse_json(letter->body);
  ASSERT_TRUE(body && body->is_array());
  EXPECT_EQ(body->get_array().size(), 2u);
  const auto signature = [&](const std::string& secret) { return "sha256=" + to_hex(callbacks::hmac_sha256(secret, letter->body)); };
  EXPECT_EQ(header(*letter, "notification-signature"), signature(secrets[0]));
  EXPECT_EQ(header(*letter, "fairway-previous-signature"), signature(secrets[1]) + "," + signature(secrets[2]));
  EXPECT_EQ(header(*letter, "subscription-id"), subscription.id);
  EXPECT_EQ(header(*letter, "api-version"), "2.2.0");
  const auto alone = EventSubscriptionKind().write(shown, {subscription, "delivery", kReceived, {secrets.data(), 1}});
  ASSERT_TRUE(alone);
  EXPECT_EQ(header(*alone, "fairway-previous-signature"), "");
  EXPECT_FALSE(EventSubscriptionKind().write(shown, {subscription, "delivery", kReceived, {}})) << "never unsigned";
}

}  // namespace
}  // namespace fairway::exchange::dcsa::subscriptions_test
