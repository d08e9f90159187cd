// Callbacks: what of them is pure. The engine is driven from outside, in tests/blackbox/test_webhooks.py.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "exchange/callbacks/delivery.h"
#include "exchange/callbacks/signature.h"
#include "exchange/callbacks/subscription.h"
#include "exchange/callbacks/webhooks.h"

namespace fairway::exchange::callbacks {
namespace {

TEST(CallbackAddress, IsSplitBehindTheAuthority) {
  struct {
    const char *url, *server, *target;
  } const rows[] = {
      {"https://a.example", "https://a.example", "/"},
      {"https://a.example:8443/x/y?z=1", "https://a.example:8443", "/x/y?z=1"},
      {"http://[::1]:80?q", "http://[::1]:80", "/?q"},
  };
  for (const auto& row : rows) {
    const auto address = address_from(row.url);
    ASSERT_TRUE(address) << row.url;
    EXPECT_EQ(address->server, row.server);
    EXPECT_EQ(address->target, row.target);
  }
}

TEST(CallbackAddress, RefusesWhatCannotBeCalled) {
  for (const char* url : {"", "https://", "https://:80/", "ftp://a/", "unix:/x", "https://u:p@a/", "https://a/#f", "https://a/ b",
                          "https://a/\r\nx:1", "https://a/\xc3\xa9", "HTTPS//a", "https:/a"})
    EXPECT_FALSE(address_from(url)) << url;
  EXPECT_EQ(address_from("https://a/" + std::string(3000, 'x')).error().code, Code::too_large);
}

// RFC 4231, test case 2.
TEST(CallbackSignature, IsHmacSha256) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(CallbackSignature, HasOneForEachSecret) {
  const std::vector<std::string> secrets = {"new", "old"};
  EXPECT_EQ(signature_of("body", 1'795'422'000'999'999, secrets),
            "t=1795422000,v1=" + to_hex(hmac_sha256("new", "1795422000.body")) + ",v1=" + to_hex(hmac_sha256("old", "1795422000.body")));
}

TEST(CallbackDelivery, KeepsItsIdAndReadsBack) {
  Delivery delivery = make_delivery("wh_1", {7, 9});
  EXPECT_EQ(delivery.id, make_delivery("wh_1", {7, 9, 11}).id) << "the first entry tells it";
  EXPECT_NE(delivery.id, make_delivery("wh_2", {7, 9}).id);
  EXPECT_NE(delivery.id, make_delivery("wh_1", {8, 9}).id);
  delivery.fate = Fate::dead, delivery.attempts = 3, delivery.status = 503, delivery.error = "answered 503", delivery.at_us = 12,
  delivery.again = true;
  Progress progress{5, 2, 11, 12, delivery, 0};
  const auto back = progress_from_json(to_json(progress));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), to_json(progress));
  EXPECT_EQ(back->pending->positions, (std::vector<Position>{7, 9}));
  EXPECT_FALSE(delivery_from_json("{}"));
}

TEST(CallbackSubscription, ReadsBack) {
  const Subscription subscription{
      "wh_1", "webhook", "pty_1", "https://a/", "label", R"({"milestones":["gate_in"]})", {{"sealed", 0}, {"older", 77}}, State::paused,
      "why",  99,        0};
  const auto back = subscription_from_json("wh_1", to_json(subscription));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), to_json(subscription));
}

TEST(WebhookFilter, IsReadStrictly) {
  for (const char* text : {"[]", "1", "", R"({"references":"equipment:A"})", R"({"references":[]})", R"({"references":[1]})",
                           R"({"references":["nothing:A"]})", R"({"colours":["red"]})", R"({"classifiers":["maybe"]})"})
    EXPECT_FALSE(references_in(text)) << text;
  const auto references = references_in(R"({"references":["equipment:MSCU6639870","booking:B1"],"milestones":["gate_in"]})");
  ASSERT_TRUE(references);
  EXPECT_EQ(references->size(), 2u);
}

}  // namespace
}  // namespace fairway::exchange::callbacks
