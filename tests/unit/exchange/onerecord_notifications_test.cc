#include "exchange/onerecord/notifications.h"

#include <gtest/gtest.h>

#include "exchange/onerecord/told.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::exchange::onerecord {
namespace {

TEST(NotificationsUrl, StandsBesideTheLogisticsObjects) {
  const auto url = [](std::string_view organization) { return notifications_url(organization).value_or("none"); };
  EXPECT_EQ(url("https://1r.example.com/logistics-objects/acme"), "https://1r.example.com/notifications");
  EXPECT_EQ(url("https://1r.example.com:8443/api/v2/logistics-objects/acme"), "https://1r.example.com:8443/api/v2/notifications");
  EXPECT_EQ(url("http://a/logistics-objects/b/logistics-objects/c"), "http://a/logistics-objects/b/notifications");
  EXPECT_EQ(url("onerecord:logistics-objects/pty_1"), "");
  for (const char* organization :
       {"", "acme", "ftp://a/logistics-objects/b", "https://a/b", "https://a/logistics-objects/", "https:///logistics-objects/b",
        "https://u@a/logistics-objects/b", "https://a/logistics-objects/b?c", "https://a/logistics-objects/b#c"})
    EXPECT_FALSE(notifications_url(organization)) << organization;
}

ld::Node subscription() {
  ld::Node node;
  node.types = {ld::api("Subscription")};
  node.add(ld::api("hasTopicType"), ld::Value::link(ld::api(kByType)));
  node.add(ld::api("hasTopic"), ld::Value::literal(ld::cargo("Piece"), ld::xsd("anyURI")));
  node.add(ld::api("includeSubscriptionEventType"), ld::Value::link(ld::api(kObjectCreated)));
  node.add(ld::api("includeSubscriptionEventType"), ld::Value::link(ld::api(kEventReceived)));
  return node;
}

TEST(NotificationWish, IsReadFromASubscriptionAndBackFromAFilter) {
  ld::Node node = subscription();
  node.add(ld::api("sendLogisticsObjectBody"), ld::Value::literal("true", ld::xsd("boolean")));
  node.add(ld::api("expiresAt"), ld::Value::literal("2026-12-01T00:00:00Z", ld::xsd("dateTime")));
  auto wanted = wanted_in(node);
  ASSERT_TRUE(wanted);
  EXPECT_EQ(wanted->event_types, (std::vector<std::string>{std::string(kObjectCreated), std::string(kEventReceived)}));
  EXPECT_TRUE(wanted->body);
  EXPECT_FALSE(wanted->statuses);
  EXPECT_EQ(wanted->expires_us, 1'796'083'200'000'000);
  wanted->request = "r1";
  wanted->base = "https://port.example/onerecord";
  const auto back = wanted_from_json(to_json(*wanted));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), to_json(*wanted));
}

TEST(NotificationWish, IsReadStrictly) {
  ld::Node node = subscription();
  node.set(ld::api("hasTopicType"), ld::Value::link(ld::api("SOMETHING")));
  EXPECT_FALSE(wanted_in(node));
  node = subscription();
  node.add(ld::api("includeSubscriptionEventType"), ld::Value::link(ld::api("CHANGE_REQUEST_ACCEPTED")));
  EXPECT_FALSE(wanted_in(node));
  node = subscription();
  node.add(ld::api("expiresAt"), ld::Value::literal("soon"));
  EXPECT_FALSE(wanted_in(node));
  for (const char* text : {"", "[]", "{}", R"({"topicType":"LOGISTICS_OBJECT_TYPE","topic":"x"})", R"({"topic":"x","request":"r"})"})
    EXPECT_FALSE(wanted_from_json(text)) << text;
}

TEST(ToldStep, IsReadFromItsEntry) {
  Entry entry;
  entry.kind = EntryKind::document;
  entry.body =
      R"({"format":"ONERECORD","step":"accepted","objects":["onerecord:logistics-objects/a"],"types":["T"],"request":"r","requestType":)"
      R"("ChangeRequest","requester":"pty_a","holder":"pty_b","notify":true,"document":{"@id":"onerecord:action-requests/r","@type":"x:y"}})";
  const auto told = told_in(entry);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->objects, std::vector<std::string>{"onerecord:logistics-objects/a"});
  EXPECT_TRUE(told->of_request() && told->notify);
  EXPECT_EQ(told->requester + told->holder, "pty_apty_b");
  EXPECT_TRUE(document_in(entry));
  for (const char* body : {"", "[]", "{}", R"({"format":"EDIFACT","step":"created"})"}) {
    entry.body = body;
    EXPECT_FALSE(told_in(entry)) << body;
    EXPECT_FALSE(document_in(entry)) << body;
  }
}

}  // namespace
}  // namespace fairway::exchange::onerecord
